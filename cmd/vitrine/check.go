package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

const checkAbout = `Validate the catalog: keys, both languages, references, product codes, files.
All findings of all files are printed in one run. With paths, the whole catalog
is read, and what lies below the paths is reported.`

func runCheck(ctx context.Context, env *environment, args []string) error {
	var format string
	var strict bool
	f := env.flags("check", "[PATH…]", checkAbout, func(f *pflag.FlagSet) {
		f.StringVar(&format, "format", "text", "text or json")
		f.BoolVar(&strict, "strict", false, "let warnings fail the check too")
	})
	paths, err := f.parse(args, 1_000_000)
	if err != nil {
		return err
	}
	if format != "text" && format != "json" {
		return &usageError{fmt.Sprintf("there is no format %s: write text or json", diag.Quote(format)), "check"}
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	if paths, err = env.below(paths); err != nil {
		return err
	}
	r, err := build.Check(ctx, root, catalog.DateOf(time.Now()))
	if err != nil {
		return err
	}
	if len(paths) > 0 {
		r.Findings = slices.DeleteFunc(r.Findings, func(f diag.Finding) bool {
			return !slices.ContainsFunc(paths, func(p string) bool { return p == "." || f.Path == p || strings.HasPrefix(f.Path, p+"/") })
		})
	}
	errs, warnings := diag.Count(r.Findings)
	if format == "json" {
		if err := diag.JSON(env.stdout, r.Findings, r.Files, r.Waived); err != nil {
			return err
		}
	} else {
		if err := env.print(root, r.Findings, env.stdout); err != nil {
			return err
		}
		fmt.Fprintln(env.stderr, diag.Summary(r.Files, errs, warnings, r.Waived))
	}
	if errs > 0 || strict && warnings > 0 {
		return errFindings
	}
	return nil
}

// print writes findings for people.
func (env *environment) print(root *content.Root, findings []diag.Finding, w interface{ Write([]byte) (int, error) }) error {
	t := diag.Text{Color: env.color(w), Lines: root.LinesOf}
	return t.Print(w, findings)
}

// color reports whether an output is a terminal that takes colour.
func (env *environment) color(w any) bool {
	f, ok := w.(*os.File)
	if !ok || env.getenv("NO_COLOR") != "" || env.getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}

// below turns paths as people write them, from the current folder or from the
// catalog's root, into paths below the root.
func (env *environment) below(paths []string) ([]string, error) {
	root, err := filepath.Abs(env.root)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range paths {
		found := ""
		candidates := []string{p, filepath.Join(root, p)}
		if filepath.IsAbs(p) {
			candidates = candidates[:1]
		}
		for _, candidate := range candidates {
			abs, err := filepath.Abs(candidate)
			if err != nil {
				return nil, err
			}
			rel, err := filepath.Rel(root, abs)
			if err != nil || !filepath.IsLocal(rel) {
				continue
			}
			if _, err := os.Lstat(abs); !errors.Is(err, fs.ErrNotExist) {
				found = filepath.ToSlash(rel)
				break
			}
		}
		if found == "" {
			return nil, &usageError{fmt.Sprintf("there is no %s in the catalog", diag.Quote(p)), "check"}
		}
		out = append(out, found)
	}
	return out, nil
}
