package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vitrine/internal/diag"
	"vitrine/internal/format"
)

const fmtAbout = `Put entries and catalog.yaml into canonical form: the order of keys, quotes,
spaces, line ends, and the typography of French texts. What they say does not
change, and comments stay. With paths, what lies below them is formatted.
Files that cannot be read are named, and left as they are.`

func runFmt(ctx context.Context, env *environment, args []string) error {
	var check bool
	var lang string
	f := env.flags("fmt", "[PATH…]", fmtAbout, func(f *pflag.FlagSet) {
		f.BoolVar(&check, "check", false, "write nothing; name the files that would change, and fail if there are any")
		langFlag(f, &lang)
	})
	paths, err := f.parse(args, 1_000_000)
	if err != nil {
		return err
	}
	root, book, err := env.open(lang, "fmt")
	if err != nil {
		return err
	}
	defer root.Close()
	if paths, err = env.below(paths, "fmt"); err != nil {
		return err
	}
	below := func(name string) bool {
		return len(paths) == 0 || slices.ContainsFunc(paths, func(p string) bool { return p == "." || name == p || strings.HasPrefix(name, p+"/") })
	}
	r, err := format.Run(ctx, root, format.Options{Below: below, Check: check})
	if r == nil {
		return err
	}
	for _, c := range r.Changed {
		fmt.Fprintln(env.stdout, diag.Visible(c.Path))
		if check {
			hint(env.stdout, c)
		}
	}
	err = errors.Join(err, env.print(root, r.Findings, env.stdout, book))
	changed := diag.Plural(len(r.Changed), "%d changed", "%d changed")
	if check {
		changed = diag.Plural(len(r.Changed), "%d to change", "%d to change")
	}
	summary := diag.Say("%s, %s", diag.Plural(r.Files, "%d file", "%d files"), changed)
	if n := diag.Count(r.Findings).Errors; n > 0 {
		summary = diag.Say("%s, %s", summary, diag.Plural(n, "%d error", "%d errors"))
	}
	fmt.Fprintln(env.stderr, summary.In(book))
	if err == nil && (len(r.Findings) > 0 || check && len(r.Changed) > 0) {
		return errFindings
	}
	return err
}

// hint writes the first line that would change, before and after, as diff -u
// does.
func hint(w io.Writer, c format.Change) {
	before, after := bytes.SplitAfter(c.Before, []byte("\n")), bytes.SplitAfter(c.After, []byte("\n"))
	n := 0
	for n < min(len(before), len(after))-1 && bytes.Equal(before[n], after[n]) {
		n++
	}
	fmt.Fprintf(w, "  @@ %d @@\n", n+1)
	old, mended := []rune(string(before[n])), []rune(string(after[n]))
	at := 0
	for at < min(len(old), len(mended)) && old[at] == mended[at] {
		at++
	}
	excerpt(w, "-", old, at)
	excerpt(w, "+", mended, at)
}

// excerpt writes a line, of a long one what is near a character. No-break
// spaces are written out: the difference must be seen.
func excerpt(w io.Writer, mark string, line []rune, at int) {
	const before, most = 40, 100
	text, ended := strings.CutSuffix(string(line), "\n")
	if line = []rune(text); len(line) > most {
		left := max(0, min(at-before, len(line)-most))
		text = string(line[left : left+most])
		if left > 0 {
			text = "…" + text
		}
		if left+most < len(line) {
			text += "…"
		}
	}
	text = strings.NewReplacer("\u00a0", `\u00a0`, "\u202f", `\u202f`).Replace(diag.Visible(text))
	switch {
	case ended:
		fmt.Fprintf(w, "  %s%s\n", mark, text)
	case text != "":
		fmt.Fprintf(w, "  %s%s\n  \\ no line feed at the end\n", mark, text)
	}
}
