package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/i18n"
	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/change"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

const diffAbout = `Say what a change means for buyers: entries, values, texts word by word, pages,
links and files, what the rules say, and who has to act. The change begins where
HEAD left BASE; without HEAD, it leads to the files as they are, committed or not.

With --from, a change that was written with --format json is printed, also one that
a stranger made; no repository is needed. The HTML page shows entries before and
after, where the change is not from a file.

The exit status does not depend on what is found: vitrine check judges.`

func runDiff(ctx context.Context, env *environment, args []string) error {
	var format, lang, actor, at, from string
	var noCache bool
	f := env.flags("diff", "BASE [HEAD]", diffAbout, func(f *pflag.FlagSet) {
		f.StringVar(&format, "format", "markdown", "markdown, json or html")
		langFlag(f, &lang)
		f.StringVar(&actor, "actor", "", "the GitHub handle of who makes the change ($GITHUB_ACTOR)")
		f.StringVar(&at, "at", "", "mean the public state of a day, such as 2026-03-31 (today)")
		f.StringVar(&from, "from", "", "print the change in this file, - for standard input")
		cacheFlag(f, &noCache)
	})
	args, err := f.parse(args, 2)
	if err != nil {
		return err
	}
	switch {
	case !slices.Contains([]string{"markdown", "json", "html"}, format):
		return &usageError{fmt.Sprintf("there is no format %s: write markdown, json or html", diag.Quote(format)), "diff"}
	case from != "" && len(args) > 0:
		return &usageError{"--from prints a change that was made: BASE and HEAD do not go with it", "diff"}
	case from == "" && len(args) == 0:
		return &usageError{"vitrine diff needs the commit that the change began from, such as origin/main", "diff"}
	}
	if _, err := bookOf(lang, "diff"); err != nil {
		return err
	}
	if from != "" {
		c, err := readChange(from)
		if err != nil {
			return err
		}
		if !f.Changed("lang") {
			lang = c.Lang
		}
		return env.show(c, format, lang)
	}
	opt := build.Options{At: catalog.DateOf(time.Now()), Lang: lang}
	if at != "" {
		day, err := time.Parse(time.DateOnly, at)
		if err != nil {
			return &usageError{fmt.Sprintf("%s is not a day: write it as 2026-03-31", diag.Quote(at)), "diff"}
		}
		opt.At = catalog.DateOf(day)
	}
	opt.Book, _ = phrasebook.In(lang)
	if actor == "" {
		actor = env.getenv("GITHUB_ACTOR")
	}
	actor = strings.TrimSpace(strings.TrimPrefix(actor, "@"))
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	head := ""
	if len(args) == 2 {
		head = args[1]
	}
	opt.Memory = env.memory(noCache)
	env.tuneFor(opt.Memory)
	c, _, err := build.Diff(ctx, root, opt, args[0], head, actor)
	if err != nil {
		return err
	}
	return env.show(c, format, lang)
}

// show prints a change.
func (env *environment) show(c *change.Change, format, lang string) error {
	if format == "json" {
		return c.JSON(env.stdout)
	}
	book, _ := phrasebook.In(lang)
	words, err := i18n.Load(nil)
	if err != nil {
		return err
	}
	opt := change.Options{Lang: lang, Book: book, Words: words}
	if format == "html" {
		return c.HTML(env.stdout, opt)
	}
	return c.Markdown(env.stdout, opt)
}

// readChange reads a change from a file, or from standard input.
func readChange(name string) (*change.Change, error) {
	var in io.Reader = os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", name, errors.Unwrap(err))
		}
		defer f.Close()
		in = f
	}
	c, err := change.Read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}
