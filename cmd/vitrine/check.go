package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/explain"
)

const checkAbout = `Validate the catalog: keys, both languages, references, product codes, files.
All findings of all files are printed in one run. With paths, the whole catalog
is read, and what lies below the paths is reported. A theme and words of the
catalog's own, in themes/ and i18n/, are tried on a page of each kind.

With --base, the catalog is judged as a change of that commit: what was published
may not change or vanish, texts change in all languages together, and a seller's
folder is changed by its maintainers. What the change did not bring is marked as
such and does not fail the check.

With --online, the OUTSCALE API is asked about the OMIs of published and
unpublished versions, with the keys that OUTSCALE's tools use: OSC_ACCESS_KEY,
OSC_SECRET_KEY and OSC_REGION, or a profile a Region in ~/.osc/config.json. What
could not be asked is neither right nor wrong: it is counted as not checked, and
where nothing else is wrong, the exit status is 3.`

func runCheck(ctx context.Context, env *environment, args []string) error {
	var format, lang, base, actor string
	var strict, noCache bool
	var asking onlineFlags
	f := env.flags("check", "[PATH…]", checkAbout, func(f *pflag.FlagSet) {
		f.StringVar(&format, "format", "text", "text, json, sarif or github")
		langFlag(f, &lang)
		cacheFlag(f, &noCache)
		f.BoolVar(&strict, "strict", false, "let warnings fail the check too")
		f.StringVar(&base, "base", "", "judge the change since this commit, such as origin/main")
		f.StringVar(&actor, "actor", "", "with --base: the GitHub handle of who makes the change ($GITHUB_ACTOR)")
		f.BoolVar(&asking.online, "online", false, "ask the OUTSCALE API about the OMIs")
		asking.cacheFlag(f)
	})
	paths, err := f.parse(args, 1_000_000)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"text", "json", "sarif", "github"}, format) {
		return &usageError{fmt.Sprintf("there is no format %s: write text, json, sarif or github", diag.Quote(format)), "check"}
	}
	root, book, err := env.open(lang, "check")
	if err != nil {
		return err
	}
	defer root.Close()
	if paths, err = env.below(paths, "check"); err != nil {
		return err
	}
	inquiry, err := env.inquire(asking, paths, "check")
	if err != nil {
		return err
	}
	ctx, progress := env.follow(ctx, false, book)
	defer progress.close()
	memory := env.memory(noCache)
	env.tuneFor(memory)
	r, c, err := env.judge(ctx, root, base, actor, "check", build.Options{Memory: memory, Online: inquiry.online()}, book)
	progress.close()
	if err != nil {
		return err
	}
	theme := len(paths) == 0 && (c == nil || c.Theme) || slices.ContainsFunc(paths, func(p string) bool { return concerns("themes", p) || concerns("i18n", p) })
	if len(paths) > 0 && !r.Broken { // a catalog.yaml that cannot be read concerns every entry
		r.Findings = slices.DeleteFunc(r.Findings, func(f diag.Finding) bool {
			return !slices.ContainsFunc(paths, func(p string) bool { return concerns(f.Path, p) })
		})
	}
	counts := r.Counts()
	if err := env.write(root, r, format, lang, book); err != nil {
		return err
	}
	unasked := env.conclude(inquiry, r, book)
	if theme && !r.Broken {
		err = build.CheckTheme(root, r)
	}
	if errors.Is(unasked, errKeys) {
		return unasked
	}
	if counts.Errors > 0 || strict && counts.Warnings > 0 && !r.Unpublishes {
		if err != nil {
			tell(env.stderr, err)
		}
		return errFindings
	}
	if err == nil {
		err = unasked
	}
	return err
}

// judge checks the catalog, or a change of it, and says what it is compared
// with. Errors of usage are those of the command.
func (env *environment) judge(ctx context.Context, root *content.Root, base, actor, command string, opt build.Options, book *diag.Book) (*check.Result, *build.Comparison, error) {
	opt.At = catalog.DateOf(time.Now())
	if base == "" {
		if actor != "" {
			return nil, nil, &usageError{"--actor goes with --base: without a base, there is no change that somebody makes", command}
		}
		r, err := build.Check(ctx, root, opt)
		return r, nil, err
	}
	if given := actor != ""; !given {
		actor = env.getenv("GITHUB_ACTOR")
	} else if actor = strings.TrimSpace(strings.TrimPrefix(actor, "@")); actor == "" {
		return nil, nil, &usageError{"--actor needs a GitHub handle, such as @acme-team", command}
	}
	r, c, err := build.CheckChange(ctx, root, opt, base, actor)
	if err != nil {
		return nil, nil, err
	}
	say := func(t diag.Text) { fmt.Fprintln(env.stderr, t.In(book)) }
	say(diag.Say("compared with %s (%s): the change touches %s", diag.Visible(base), c.Commit, diag.Plural(c.Touched, "%d file", "%d files")))
	if c.Behind {
		say(diag.Say("note: %s has moved on since; the change is judged from where it began", diag.Visible(base)))
	}
	if actor == "" {
		say(diag.Say("note: who may make this change was not checked: say who makes it with --actor HANDLE"))
	}
	return r, c, nil
}

// concerns reports whether a finding in a file or folder is one of what was
// asked for: it lies there or below, or it is about a folder that holds it. An
// entry is asked for with the files of its folder.
func concerns(found, asked string) bool {
	below := func(p, dir string) bool { return dir == "." || p == dir || strings.HasPrefix(p, dir+"/") }
	entry := strings.HasPrefix(asked, "content/sellers/") && path.Ext(asked) == ".md"
	return below(found, asked) || below(asked, found) || entry && path.Dir(found) == path.Dir(asked)
}

// write writes a check's findings in a format and a language, and for people
// the summary.
func (env *environment) write(root *content.Root, r *check.Result, format, lang string, book *diag.Book) error {
	found := diag.In(book, r.Findings)
	counts := r.Counts()
	summary := counts.Summary().In(book)
	switch format {
	case "json":
		return diag.JSON(env.stdout, found, counts)
	case "sarif":
		examples := explain.BuiltIn()[lang]
		return diag.SARIF(env.stdout, found, check.Rules(), diag.SARIFOptions{
			Version: version(), Prefix: env.prefix(), Book: book,
			Page: func(r *diag.Rule) string { return explain.Markdown(r, examples[r.ID], book) },
		})
	case "github":
		left, err := diag.GitHub(env.stdout, found, env.prefix())
		if err != nil {
			return err
		}
		fmt.Fprintln(env.stderr, summary)
		file := env.getenv("GITHUB_STEP_SUMMARY")
		if left > 0 {
			more := diag.Plural(left, "%d more finding", "%d more findings")
			note := diag.Say("GitHub shows ten annotations of a kind; vitrine check shows %s", more)
			if file != "" {
				note = diag.Say("GitHub shows ten annotations of a kind; the job's summary has %s", more)
			}
			fmt.Fprintln(env.stderr, note.In(book))
		}
		if file == "" {
			return nil
		}
		return appendSummary(file, func(w io.Writer) error { return diag.GitHubSummary(w, found, summary, book) })
	}
	if err := env.print(root, r.Findings, env.stdout, book); err != nil {
		return err
	}
	fmt.Fprintln(env.stderr, summary)
	return nil
}

// appendSummary adds to the summary of a GitHub job.
func appendSummary(file string, write func(io.Writer) error) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		err = errors.Join(write(f), f.Close())
	}
	if err != nil {
		return fmt.Errorf("cannot write the job's summary: %w", err)
	}
	return nil
}

// prefix is the catalog's root as seen from its repository's, with a slash at its
// end; "" where they are the same. Outside of a repository, it is seen from the
// current folder.
func (env *environment) prefix() string {
	if abs, err := filepath.Abs(env.root); err == nil {
		for dir := abs; ; dir = filepath.Dir(dir) {
			if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
				if rel, err := filepath.Rel(dir, abs); err == nil && rel != "." {
					return filepath.ToSlash(rel) + "/"
				}
				return ""
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	dir := filepath.ToSlash(filepath.Clean(env.root))
	if dir == "." || filepath.IsAbs(env.root) {
		return ""
	}
	return dir + "/"
}

// print writes findings for people.
func (env *environment) print(root *content.Root, findings []diag.Finding, w interface{ Write([]byte) (int, error) }, book *diag.Book) error {
	t := diag.Printer{Color: env.color(w), Book: book, Lines: root.LinesOf}
	return t.Print(w, findings)
}

// color reports whether an output is a terminal that takes colour.
func (env *environment) color(w any) bool {
	return env.getenv("NO_COLOR") == "" && env.getenv("TERM") != "dumb" && terminal(w)
}

// terminal reports whether an output is a terminal, or another device that people
// look at.
func terminal(w any) bool {
	if o, ok := w.(*output); ok {
		w = o.Writer
	}
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}

// below turns paths as people write them, from the current folder or from the
// catalog's root, into paths below the root.
func (env *environment) below(paths []string, command string) ([]string, error) {
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
			return nil, &usageError{fmt.Sprintf("there is no %s in the catalog", diag.Quote(p)), command}
		}
		out = append(out, found)
	}
	return out, nil
}
