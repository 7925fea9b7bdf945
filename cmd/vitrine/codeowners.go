package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"vitrine/internal/codeowners"
	"vitrine/internal/diag"
)

const codeownersAbout = `Write .github/CODEOWNERS at the top of the git repository, from which GitHub knows
whom to ask for a review: a seller's folder is its maintainers' and the staff's,
everything else is the staff's. docs/desk.md explains it.

With --check, nothing is written: the exit status is 1 where the file that is
there is another one, and the lines that differ are shown.`

// maxDifference is how many lines that differ are shown.
const maxDifference = 60

func runCodeowners(_ context.Context, env *environment, args []string) error {
	var check bool
	var out, lang string
	f := env.flags("codeowners", "", codeownersAbout, func(f *pflag.FlagSet) {
		f.BoolVar(&check, "check", false, "write nothing: compare with the file that is there")
		f.StringVar(&out, "out", "", "write to this file; - is the standard output")
		langFlag(f, &lang)
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	if check && out != "" {
		return &usageError{"--check compares with " + codeowners.Path + " and writes nothing: leave out --out", "codeowners"}
	}
	root, book, err := env.open(lang, "codeowners")
	if err != nil {
		return err
	}
	defer root.Close()
	file, err := codeowners.Of(root)
	if err != nil {
		return err
	}
	say := func(t diag.Text) { fmt.Fprintln(env.stderr, diag.Visible(t.In(book))) }
	for _, n := range file.Notes {
		say(n)
	}
	switch out {
	case "":
	case "-":
		_, err := env.stdout.Write(file.Data)
		return err
	default:
		if err := os.WriteFile(out, file.Data, 0o644); err != nil {
			return fmt.Errorf("cannot write %s: %w", out, err)
		}
		return nil
	}
	committed, err := file.Committed()
	if err != nil {
		return err
	}
	if bytes.Equal(committed, file.Data) {
		say(diag.Say("%s is up to date", codeowners.Path))
		return nil
	}
	if !check {
		if err := file.Write(); err != nil {
			return err
		}
		say(diag.Say("%s is written: commit it", codeowners.Path))
		return nil
	}
	if committed == nil {
		say(diag.Say("there is no %s: run vitrine codeowners and commit it", codeowners.Path))
		return errFindings
	}
	lines := codeowners.Difference(committed, file.Data)
	for i, line := range lines {
		if i == maxDifference {
			fmt.Fprintln(env.stdout, diag.Say("… and %s", diag.Plural(len(lines)-i, "%d more line", "%d more lines")).In(book))
			break
		}
		fmt.Fprintln(env.stdout, line)
	}
	say(diag.Say("%s is not what the catalog says (- as it is, + as it should be): run vitrine codeowners and commit it", codeowners.Path))
	return errFindings
}
