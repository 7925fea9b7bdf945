package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/authoring"
	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// author is what new, publish and unpublish have in common: they change one file
// of a catalog that was checked.
type author struct {
	*authoring.Author
	env     *environment
	command string
	lang    string
	noCache bool
	book    *diag.Book
	asker   *asker // nil where nobody sits at a terminal
}

func (a *author) flags(f *pflag.FlagSet) {
	langFlag(f, &a.lang)
	cacheFlag(f, &a.noCache)
}

// open checks the catalog. Whoever gets no error closes its Root.
func (a *author) open(ctx context.Context) error {
	var err error
	if a.book, err = bookOf(a.lang, a.command); err != nil {
		return err
	}
	root, err := content.OpenRoot(a.env.root)
	if err != nil {
		return err
	}
	today := catalog.DateOf(time.Now())
	following, progress := a.env.follow(ctx, false, a.book)
	memory := a.env.memory(a.noCache)
	a.env.tuneFor(memory)
	r, err := build.Check(following, root, build.Options{Memory: memory, At: today})
	progress.close()
	if err == nil && r.Broken {
		err = errors.Join(a.env.print(root, r.Findings, a.env.stderr, a.book), errFindings)
	}
	if err != nil {
		return errors.Join(err, root.Close())
	}
	a.Author = &authoring.Author{Root: root, Checked: r, Today: today, Language: a.lang}
	a.asker = a.env.asker(ctx, a.book)
	return nil
}

// usage is an error of whoever called the command, in their language.
func (a *author) usage(message string, args ...any) error {
	return &usageError{diag.Say(message, args...).In(a.book), a.command}
}

// closing turns what was refused into an error of whoever asked for it, in
// their language, and says that nothing was written.
func (a *author) closing(err error) error {
	if r, ok := errors.AsType[*authoring.Refused](err); ok {
		return &usageError{r.In(a.book), a.command}
	}
	if u, ok := errors.AsType[*content.Unreadable](err); ok {
		return errors.Join(a.env.print(a.Root, u.Findings, a.env.stdout, a.book), errFindings)
	}
	if errors.Is(err, errEnded) {
		return errors.New(diag.Say("the questions ended without an answer: nothing was written").In(a.book))
	}
	return err
}

// words are what people are told of a key.
func (a *author) words(kind content.Kind, path ...string) content.Words {
	return content.Describe(kind, a.lang, path...)
}

// judge judges an answer by its key's form.
func (a *author) judge(kind content.Kind, path ...string) func(string) error {
	return func(answer string) error {
		for _, f := range content.Judge(kind, &a.Checked.Catalog.Settings, answer, path...) {
			if f.Severity == diag.Error {
				return &authoring.Refused{Why: f.Message, Help: f.Help}
			}
		}
		return nil
	}
}

// find finds the entry that an argument names.
func (a *author) find(name string) (authoring.Target, error) {
	t, err := a.Find(name)
	if err == nil {
		return t, nil
	}
	if below, pathErr := a.env.below([]string{name}, a.command); pathErr == nil {
		return a.Find(below[0])
	}
	return t, err
}

// show shows the warnings that come with a change; where there are errors, write
// shows all.
func (a *author) show(c *authoring.Change) error {
	if c.Blocked() {
		return nil
	}
	return a.env.print(c.As, c.Found, a.env.stdout, a.book)
}

// write writes a change and shows it. Where the check has errors that are not
// there now, nothing is written.
func (a *author) write(c *authoring.Change, name string) error {
	if c.Blocked() {
		found := c.Found
		if c.Before == nil { // what a new draft lacks is no news
			found = slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool { return f.Severity != diag.Error })
		}
		if err := a.env.print(c.As, found, a.env.stdout, a.book); err != nil {
			return err
		}
		a.note(diag.Say("nothing was written: %s has %s; mend them and try again", name, diag.Plural(diag.Count(c.Found).Errors, "%d error", "%d errors")))
		return errFindings
	}
	if err := a.Write(c); err != nil {
		return err
	}
	if c.Before == nil {
		fmt.Fprintf(a.env.stdout, "A %s\n", c.Path)
		return nil
	}
	fmt.Fprintf(a.env.stdout, "M %s\n", c.Path)
	for _, line := range changedLines(c.Before, c.After) {
		fmt.Fprintf(a.env.stdout, "  %s\n", diag.Visible(line))
	}
	return nil
}

// note says something beside the result.
func (a *author) note(t diag.Text) { fmt.Fprintln(a.env.stderr, t.In(a.book)) }

// next says what to do next, a line for each step.
func (a *author) next(steps ...diag.Text) {
	a.note(diag.Say("next:"))
	for _, s := range steps {
		if !s.IsZero() {
			fmt.Fprintf(a.env.stderr, "- %s\n", s.In(a.book))
		}
	}
}

// commit says how a file or a folder gets into git: one line to copy.
func (a *author) commit(file, message string) {
	git := "git"
	if dir := filepath.ToSlash(filepath.Clean(a.env.root)); dir != "." {
		git += " -C " + shellWord(dir)
	}
	a.note(diag.Say("nothing is committed yet. To do so:"))
	fmt.Fprintf(a.env.stderr, "  %s add %s && %s commit -m %s\n", git, shellWord(file), git, shellText(message))
}

var (
	plainWord = regexp.MustCompile(`^[A-Za-z0-9_./][A-Za-z0-9_./-]*$`)
	plainText = regexp.MustCompile(`^[A-Za-z0-9_./ -]+$`)
)

// shellWord writes a word of a command line that people copy: whatever a seller
// wrote is one word, and runs nothing.
func shellWord(s string) string {
	if s = diag.Visible(s); plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// shellText does so for a text.
func shellText(s string) string {
	if plainText.MatchString(s) {
		return `"` + s + `"`
	}
	return shellWord(s)
}

// changedLines lists the lines that differ, marked as diff does.
func changedLines(before, after []byte) (out []string) {
	lines := func(b []byte) []string {
		return strings.Split(strings.ReplaceAll(strings.TrimSuffix(string(b), "\n"), "\r", ""), "\n")
	}
	old, now := lines(before), lines(after)
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		old, now = old[1:], now[1:]
	}
	for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
		old, now = old[:len(old)-1], now[:len(now)-1]
	}
	if len(old)*len(now) > 4_000_000 {
		return nil // too long to compare, and to show
	}
	common := make([][]int, len(old)+1) // how many lines are the same from there on
	for i := range common {
		common[i] = make([]int, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(now) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); old[i] == now[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	for len(old) > 0 || len(now) > 0 {
		i, j := len(common)-1-len(old), len(common[0])-1-len(now)
		switch {
		case len(old) > 0 && len(now) > 0 && old[0] == now[0]:
			old, now = old[1:], now[1:]
		case len(now) == 0 || len(old) > 0 && common[i+1][j] >= common[i][j+1]:
			out, old = append(out, "-"+old[0]), old[1:]
		default:
			out, now = append(out, "+"+now[0]), now[1:]
		}
	}
	return out
}
