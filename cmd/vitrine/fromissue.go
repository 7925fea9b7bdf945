package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/intake"
)

const fromIssueAbout = `Turn the text of an issue that one of the forms made into the files of its entry,
and answer it. The text is read from FILE, or from standard input. A new entry
is written as a draft; a version is added to its product; an unpublish request
changes the product's status. What is missing or wrong is told in the words of the
form, in its language. Nothing is fetched and nothing is committed.

With --publish, what is complete is written as published. An entry that is
published already is never overwritten, and a seller's folder is changed only for
those who may: its maintainers and the catalog's staff.`

func runFromIssue(ctx context.Context, env *environment, args []string) error {
	var format, lang, pending, files, out, repository, at string
	var opt intake.Options
	f := env.flags("from-issue", "[FILE]", fromIssueAbout, func(f *pflag.FlagSet) {
		f.StringVar(&opt.Actor, "actor", "", "the GitHub handle of who filed the issue")
		f.IntVar(&opt.Issue, "issue", 0, "the issue's number")
		f.StringVar(&pending, "pending", "", "a file with the requests that are not merged yet: in each line an issue's number, a space and a path")
		f.StringVar(&files, "files", "", "a folder with files that were added to the request, below it as below the catalog's root")
		f.StringVar(&out, "out", "", "write below this folder, and leave the catalog as it is")
		f.BoolVar(&opt.Publish, "publish", false, "write what is complete as published")
		f.StringVar(&repository, "repository", "", "the repository's address, such as https://github.com/owner/name, for links in the reply")
		f.StringVar(&format, "format", "text", "of the reply: text, markdown or json")
		f.StringVar(&at, "at", "", "the day of an unpublish request, such as 2026-03-31; today if not given")
		langFlag(f, &lang)
	})
	args, err := f.parse(args, 1)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"text", "markdown", "json"}, format) {
		return &usageError{fmt.Sprintf("there is no format %s: write text, markdown or json", diag.Quote(format)), "from-issue"}
	}
	if _, err := bookOf(lang, "from-issue"); err != nil {
		return err
	}
	if repository != "" && !repositoryForm.MatchString(repository) {
		return &usageError{fmt.Sprintf("%s is not a repository's address: write https://github.com/owner/name", diag.Quote(repository)), "from-issue"}
	}
	opt.Lang, opt.Today = lang, catalog.DateOf(time.Now())
	if at != "" {
		if _, err := time.Parse(time.DateOnly, at); err != nil {
			return &usageError{fmt.Sprintf("--at %s is not a date: write year-month-day, such as 2026-03-31", diag.Quote(at)), "from-issue"}
		}
		opt.Today = catalog.Date(at)
	}
	if opt.Pending, err = readPending(pending); err != nil {
		return err
	}
	body, err := readBody(args)
	if err != nil {
		return err
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	if opt.Words, err = wordsOf(root); err != nil {
		return err
	}
	if files != "" {
		added, err := os.OpenRoot(files)
		if err != nil {
			return &usageError{fmt.Sprintf("cannot read the folder %s: %v", diag.Quote(files), cause(err)), "from-issue"}
		}
		defer added.Close()
		opt.Added = added.FS()
	}
	r, err := intake.Read(ctx, root, body, opt)
	if err != nil {
		return err
	}
	if out == "" {
		out = env.root
	}
	for _, file := range r.Files {
		if err := put(out, file); err != nil {
			return err
		}
	}
	return env.answer(r, format, repository, opt)
}

var repositoryForm = regexp.MustCompile(`^https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$`)

// answer prints the reply.
func (env *environment) answer(r *intake.Result, format, repository string, opt intake.Options) error {
	if opt.Actor == "" {
		fmt.Fprintln(env.stderr, "note: who may make this request was not checked: say who filed it with --actor HANDLE")
	}
	place := intake.Place{Repository: repository, Branch: fmt.Sprintf("listing/issue-%d", opt.Issue)}
	var err error
	switch format {
	case "json":
		err = r.JSON(env.stdout, place)
	case "markdown":
		err = r.Markdown(env.stdout, place)
	default:
		for _, file := range r.Files {
			fmt.Fprintln(env.stdout, file.Path)
		}
		err = r.Text(env.stdout)
	}
	if err == nil && !r.Complete() {
		return errFindings
	}
	return err
}

// readBody reads the issue's text, with a byte more than is taken.
func readBody(args []string) ([]byte, error) {
	in := io.Reader(os.Stdin)
	if len(args) > 0 {
		f, err := os.Open(args[0])
		if err != nil {
			return nil, &usageError{fmt.Sprintf("cannot read %s: %v", diag.Quote(args[0]), cause(err)), "from-issue"}
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("cannot read the issue: %w", cause(err))
	}
	return body, nil
}

func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// readPending reads the list of requests that are not merged yet.
func readPending(name string) ([]intake.Pending, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, &usageError{fmt.Sprintf("cannot read %s: %v", diag.Quote(name), cause(err)), "from-issue"}
	}
	defer f.Close()
	var all []intake.Pending
	s := bufio.NewScanner(f)
	for s.Scan() {
		number, file, _ := strings.Cut(s.Text(), " ")
		if n, err := strconv.Atoi(number); err == nil && file != "" {
			all = append(all, intake.Pending{Issue: n, Path: file})
		}
	}
	return all, s.Err()
}

// wordsOf loads the words of the interface, with the catalog's own.
func wordsOf(root *content.Root) (*i18n.Set, error) {
	overlay, err := root.Overlay("i18n")
	if err != nil {
		return nil, err
	}
	return i18n.Load(overlay)
}
