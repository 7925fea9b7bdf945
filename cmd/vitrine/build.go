package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/site"
)

const buildAbout = `Check the catalog and write the site to a folder. Nothing is written where the
check finds an error. Files in the folder that vitrine did not write stay.`

func runBuild(ctx context.Context, env *environment, args []string) error {
	var opt build.Options
	var out, at, profile string
	var allowInvalid, noCache, timings bool
	f := env.flags("build", "", buildAbout, func(f *pflag.FlagSet) {
		f.StringVar(&out, "out", "", "the folder to write to (public beside content/)")
		f.StringVar(&opt.BaseURL, "base-url", "", "the address of the site's first page (catalog.yaml's)")
		f.BoolVar(&opt.Drafts, "drafts", false, "show drafts as well, for a preview; pages then ask not to be indexed")
		f.BoolVar(&opt.Preview, "preview", false, "say on every page that it shows a change that is not published, and ask not to be indexed")
		f.StringVar(&at, "at", "", "build the public state of a day, such as 2026-03-31 (today)")
		f.StringVar(&profile, "profile", "", "write a CPU profile of the build to a file, for go tool pprof")
		cacheFlag(f, &noCache)
		f.BoolVar(&timings, "timings", false, "show how long each stage took")
		f.BoolVar(&allowInvalid, "allow-invalid", false, "leave out entries with errors and build the others")
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	if profile != "" {
		stop, err := startProfile(profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	opt.At = catalog.DateOf(time.Now())
	if at != "" {
		if _, err := time.Parse(time.DateOnly, at); err != nil {
			return &usageError{fmt.Sprintf("%s is not a day: write it as 2026-03-31", diag.Quote(at)), "build"}
		}
		opt.At = catalog.Date(at)
	}
	if opt.BaseURL != "" {
		if _, err := site.ParseBaseURL(opt.BaseURL); err != nil {
			return &usageError{err.Error(), "build"}
		}
	}
	if out == "" {
		out = filepath.Join(env.root, "public")
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	start := time.Now()
	ctx, progress := env.follow(ctx, !timings, nil)
	defer progress.close()
	progress.tell(build.Looking, 0, 0)
	opt.Memory = env.memory(noCache)
	output, err := build.OpenOutput(root, out, opt)
	if err != nil {
		return err
	}
	if stats, counts, ok := output.Unchanged(); ok {
		progress.close()
		env.count(counts, nil)
		env.built(out, stats, start)
		if timings {
			progress.timings()
		}
		return nil
	}
	env.tuneFor(opt.Memory)
	opt.Texts = check.KeepTexts()
	defer opt.Texts.Close()
	r, err := build.Check(ctx, root, opt)
	progress.pause()
	if err != nil {
		return err
	}
	if err := env.report(root, r, nil); err != nil {
		return err
	}
	if r.Broken {
		return errFindings
	}
	if r.Counts().Errors > 0 && !allowInvalid {
		fmt.Fprintln(env.stderr, "nothing was written; --allow-invalid builds the site without the entries that have errors")
		return errFindings
	}
	s, notices, err := build.Plan(ctx, root, r, opt)
	progress.pause()
	if err != nil {
		return err
	}
	for _, n := range notices {
		fmt.Fprintf(env.stderr, "note: %s\n", diag.Visible(n))
	}
	stats, err := output.Build(ctx, s, r)
	progress.close()
	if err != nil {
		return err
	}
	env.built(out, stats, start)
	if timings {
		progress.timings()
	}
	return nil
}

// built says what was built.
func (env *environment) built(out string, stats *build.Stats, start time.Time) {
	if len(stats.Foreign) > 0 {
		fmt.Fprintf(env.stderr, "note: left alone, since vitrine did not write it: %s\n", foreign(out, stats.Foreign))
	}
	fmt.Fprintf(env.stderr, "%s: %s of %s; %d files, %s; %d new or changed, %d deleted; %.2f s\n",
		out, diag.Plural(stats.Products, "%d product", "%d products"), diag.Plural(stats.Sellers, "%d seller", "%d sellers"), stats.Files, content.Bytes(stats.Bytes), stats.Written, stats.Deleted, time.Since(start).Seconds())
}

// startProfile profiles the program until stop is called.
func startProfile(name string) (stop func(), err error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("cannot write the profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}

// report prints the errors of a check that other work follows, and counts the
// warnings.
func (env *environment) report(root *content.Root, r *check.Result, book *diag.Book) error {
	serious := slices.DeleteFunc(slices.Clone(r.Findings), func(f diag.Finding) bool { return f.Severity != diag.Error })
	if err := env.print(root, serious, env.stderr, book); err != nil {
		return err
	}
	env.count(r.Counts(), book)
	return nil
}

// count says how many findings there are.
func (env *environment) count(counts diag.Counts, book *diag.Book) {
	summary := counts.Summary().In(book)
	if counts.Warnings > 0 {
		summary = diag.Say("%s (vitrine check shows them)", counts.Summary()).In(book)
	}
	fmt.Fprintln(env.stderr, summary)
}

// foreign names a few of the files that are not ours.
func foreign(out string, names []string) string {
	const most = 3
	var shown []string
	for _, n := range names[:min(most, len(names))] {
		shown = append(shown, diag.Visible(filepath.Join(out, n)))
	}
	s := strings.Join(shown, ", ")
	if more := len(names) - most; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}
