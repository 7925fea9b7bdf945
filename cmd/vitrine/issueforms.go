package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/spf13/pflag"

	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/intake"
)

const issueFormsAbout = `Write the issue forms by which sellers ask for a listing without git, in English and
French, to .github/ISSUE_TEMPLATE. They are made from the schema and from
content/catalog.yaml: run it again when its Regions or categories change.`

func runIssueForms(_ context.Context, env *environment, args []string) error {
	var check bool
	var lang string
	f := env.flags("issue-forms", "", issueFormsAbout, func(f *pflag.FlagSet) {
		f.BoolVar(&check, "check", false, "write nothing; name the forms that would change, and fail if there are any")
		langFlag(f, &lang)
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	root, book, err := env.open(lang, "issue-forms")
	if err != nil {
		return err
	}
	defer root.Close()
	words, err := wordsOf(root)
	if err != nil {
		return err
	}
	settings := content.ReadSettings(root)
	if settings == nil || len(settings.Languages) == 0 {
		return fmt.Errorf("%s: cannot be read: vitrine check shows why", content.CatalogPath)
	}
	changed := 0
	for _, file := range intake.Forms(settings, words) {
		now, err := fs.ReadFile(root.FS(), file.Path)
		if err == nil && bytes.Equal(now, file.Data) {
			continue
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: cannot be read: %w", file.Path, cause(err))
		}
		changed++
		fmt.Fprintln(env.stdout, file.Path)
		if !check {
			if err := put(env.root, file); err != nil {
				return err
			}
		}
	}
	if !check {
		fmt.Fprintln(env.stderr, diag.Say("%s", diag.Plural(changed, "%d form written", "%d forms written")).In(book))
		return nil
	}
	fmt.Fprintln(env.stderr, diag.Say("%s", diag.Plural(changed, "%d form is not up to date", "%d forms are not up to date")).In(book))
	if changed > 0 {
		return errFindings
	}
	return nil
}

// put writes a file below a folder. No link is followed on the way, and no link
// or special file is written through.
func put(dir string, file intake.File) error {
	failed := func(err error) error { return fmt.Errorf("%s: cannot be written: %w", file.Path, cause(err)) }
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return failed(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return failed(err)
	}
	defer root.Close()
	for name := file.Path; name != "."; name = path.Dir(name) {
		if info, err := root.Lstat(name); err == nil && info.IsDir() == (name == file.Path) || err == nil && info.Mode().Type()&^fs.ModeDir != 0 {
			return failed(fmt.Errorf("%s is a link or no plain file", name))
		}
	}
	if err := root.MkdirAll(path.Dir(file.Path), 0o755); err != nil {
		return failed(err)
	}
	if err := root.WriteFile(file.Path, file.Data, 0o644); err != nil {
		return failed(err)
	}
	return nil
}
