package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"vitrine/i18n"
	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/change"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/site"
)

const ciAbout = `Do what the check of a pull request does, here or in CI: check the catalog, tell
what the change means, and build a preview of the site. All of it is written to
a folder:

  findings.json            what vitrine check --format json says
  change.json, .md, .html  what vitrine diff says; with --base
  site/                    the site with the change, without entries that have
                           errors; each page says that it is a preview

With --base, the catalog is judged as a change of that commit, as by vitrine
check --base. On GitHub, findings are annotations and stand in the job's summary;
on GitLab, gitlab.json is a Code Quality report. The exit status is that of vitrine check.`

// previewURL is where a preview is looked at, if nobody says otherwise: a server
// of files that was started in its folder.
const previewURL = "http://127.0.0.1:8080/"

func runCI(ctx context.Context, env *environment, args []string) error {
	var lang, base, actor, out string
	var noCache bool
	opt := build.Options{Preview: true, At: catalog.DateOf(time.Now())}
	f := env.flags("ci", "", ciAbout, func(f *pflag.FlagSet) {
		f.StringVar(&base, "base", "", "judge the change since this commit, such as origin/main")
		f.StringVar(&actor, "actor", "", "with --base: the GitHub handle of who makes the change ($GITHUB_ACTOR)")
		f.StringVar(&out, "out", "", "the folder to write to (.vitrine/ci beside content/)")
		f.StringVar(&opt.BaseURL, "base-url", previewURL, "where the preview is looked at")
		langFlag(f, &lang)
		cacheFlag(f, &noCache)
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	book, err := bookOf(lang, "ci")
	if err != nil {
		return err
	}
	if _, err := site.ParseBaseURL(opt.BaseURL); err != nil {
		return &usageError{err.Error(), "ci"}
	}
	opt.Lang, opt.Book = lang, book
	if out == "" {
		out = env.root
		for _, name := range []string{".vitrine", "ci"} { // which may be a link in somebody's change
			out = filepath.Join(out, name)
			if info, err := os.Lstat(out); err == nil && !info.IsDir() {
				return fmt.Errorf("%s is no folder: delete it, or name another one with --out", out)
			}
		}
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := build.Guard(root.Dir(), out); err != nil {
		return err
	}
	ctx, progress := env.follow(ctx, false, book)
	defer progress.close()
	opt.Memory = env.memory(noCache)
	env.tuneFor(opt.Memory)
	opt.Texts = check.KeepTexts()
	defer opt.Texts.Close()
	r, c, err := env.judge(ctx, root, base, actor, "ci", opt, book)
	progress.pause()
	if err != nil {
		return err
	}
	dir, err := openReports(out)
	if err != nil {
		return err
	}
	defer dir.Close()
	var unexplained error
	if c != nil { // first, since the summary of a job begins with it
		unexplained = env.explainChange(dir, c.Change(), lang, book)
	}
	if err := env.announce(dir, root, r, lang, book); err != nil {
		return err
	}
	if unexplained != nil {
		return unexplained
	}
	err = env.buildPreview(ctx, root, r, filepath.Join(out, "site"), opt, book)
	progress.close()
	if r.Counts().Errors > 0 {
		if err != nil {
			tell(env.stderr, err)
		}
		return errFindings
	}
	return err
}

// mostPrinted is how many findings stand in a log. A change can bring any number
// of them; all are in findings.json.
const mostPrinted = 200

// announce writes the findings: all to their file, and for people as annotations
// on GitHub or else as text.
func (env *environment) announce(dir *reports, root *content.Root, r *check.Result, lang string, book *diag.Book) error {
	found := diag.In(book, r.Findings)
	err := dir.write("findings.json", func(w io.Writer) error { return diag.JSON(w, found, r.Counts()) })
	if err == nil && env.getenv("GITLAB_CI") == "true" {
		err = dir.write("gitlab.json", func(w io.Writer) error { return diag.GitLab(w, found, env.prefix()) })
	}
	if err != nil {
		return err
	}
	if env.getenv("GITHUB_ACTIONS") == "true" {
		return env.write(root, r, "github", lang, book)
	}
	shown := r.Findings[:min(mostPrinted, len(r.Findings))]
	if err := env.print(root, shown, env.stdout, book); err != nil {
		return err
	}
	if left := len(r.Findings) - len(shown); left > 0 {
		fmt.Fprintln(env.stderr, diag.Say("%s: %s has all", diag.Plural(left, "%d more finding", "%d more findings"), diag.Visible(dir.path("findings.json"))).In(book))
	}
	fmt.Fprintln(env.stderr, r.Counts().Summary().In(book))
	return nil
}

// explainChange writes what a change means for buyers, on GitHub into the job's
// summary as well.
func (env *environment) explainChange(dir *reports, c *change.Change, lang string, book *diag.Book) error {
	words, err := i18n.Load(nil)
	if err != nil {
		return err
	}
	opt := change.Options{Lang: lang, Book: book, Words: words}
	var text bytes.Buffer
	if err := c.Markdown(&text, opt); err != nil {
		return err
	}
	for _, report := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"change.json", c.JSON},
		{"change.md", copied(text.Bytes())},
		{"change.html", func(w io.Writer) error { return c.HTML(w, opt) }},
	} {
		if err := dir.write(report.name, report.write); err != nil {
			return err
		}
	}
	if file := env.getenv("GITHUB_STEP_SUMMARY"); file != "" && env.getenv("GITHUB_ACTIONS") == "true" {
		return appendSummary(file, copied(text.Bytes()))
	}
	return nil
}

func copied(data []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(data); return err }
}

// buildPreview builds the site with the change, and says what is not in it.
func (env *environment) buildPreview(ctx context.Context, root *content.Root, r *check.Result, out string, opt build.Options, book *diag.Book) error {
	say := func(t diag.Text) { fmt.Fprintln(env.stderr, t.In(book)) }
	if r.Broken {
		say(diag.Say("there is no preview: %s cannot be read", content.CatalogPath))
		return os.RemoveAll(out)
	}
	output, err := build.OpenOutput(root, out, opt)
	if err != nil {
		return err
	}
	s, _, err := build.Plan(ctx, root, r, opt)
	if err != nil {
		return err
	}
	stats, err := output.Build(ctx, s, r)
	if err != nil {
		return err
	}
	faulty := 0
	for e := range r.Catalog.Entries {
		if e.Faulty {
			faulty++
		}
	}
	if faulty > 0 {
		say(diag.Say("not in the preview, since they have errors: %s", diag.Plural(faulty, "%d entry", "%d entries")))
	}
	say(diag.Say("preview of %s of %s: %s", diag.Plural(stats.Products, "%d product", "%d products"), diag.Plural(stats.Sellers, "%d seller", "%d sellers"), diag.Visible(out)))
	return nil
}

// reports is a folder that reports are written to.
type reports struct {
	*os.Root
	dir string
}

func openReports(dir string) (*reports, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot make the folder %s: %w", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	d := &reports{root, dir}
	// What an earlier run left must not be taken for what this one says.
	for _, name := range []string{"findings.json", "change.json", "change.md", "change.html", "gitlab.json"} {
		if err := d.RemoveAll(name); err != nil {
			return nil, d.failed(name, err)
		}
	}
	if info, err := d.Lstat("site"); err == nil && !info.IsDir() {
		return nil, d.failed("site", errors.New("it is no folder: delete it"))
	}
	return d, nil
}

func (d *reports) path(name string) string { return filepath.Join(d.dir, name) }

// write makes a file that is not there. The folder may be one of the change, so a
// link that stands in the file's place is not followed.
func (d *reports) write(name string, write func(io.Writer) error) error {
	f, err := d.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err == nil {
		err = errors.Join(write(f), f.Close())
	}
	if err != nil {
		return d.failed(name, err)
	}
	return nil
}

func (d *reports) failed(name string, err error) error {
	return fmt.Errorf("cannot write %s: %w", d.path(name), err)
}
