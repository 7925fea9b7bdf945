// Command comment keeps one comment under a pull request with what its check
// found, for .github/workflows/report.yml:
//
//	comment [--lang en|fr] VITRINE RUN
//
// RUN is the number of the check's run, VITRINE the program that prints what a
// change means. The environment has GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL,
// GITHUB_SERVER_URL and DEFAULT_BRANCH.
//
// The run was a stranger's, and may have said whatever it liked. So everything is
// asked from the API but one small file of the run, which VITRINE reads and prints
// with every text escaped; and where the change could have changed its own check,
// the comment says so first.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stderr); err != nil {
		fmt.Fprintf(os.Stderr, "comment: %s\n", diag.Visible(err.Error()))
		os.Exit(1)
	}
}

// errNothing says that there is no comment to make.
var errNothing = errors.New("no comment")

func run(ctx context.Context, args []string, getenv func(string) string, log io.Writer) error {
	f := flag.NewFlagSet("comment", flag.ContinueOnError)
	f.SetOutput(log)
	lang := f.String("lang", "en", "the comment's language: "+strings.Join(phrasebook.Languages, " or "))
	if err := f.Parse(args); err != nil {
		return err
	}
	book, ok := phrasebook.In(*lang)
	id, err := strconv.ParseInt(f.Arg(1), 10, 64)
	if !ok || f.NArg() != 2 || err != nil {
		return errors.New("usage: comment [--lang en|fr] VITRINE RUN")
	}
	r := &reporter{
		github:  newAPI(getenv("GITHUB_API_URL"), getenv("GITHUB_REPOSITORY"), getenv("GITHUB_TOKEN")),
		server:  getenv("GITHUB_SERVER_URL"),
		branch:  getenv("DEFAULT_BRANCH"),
		vitrine: f.Arg(0), lang: *lang, book: book, log: log,
	}
	if err := r.report(ctx, id); !errors.Is(err, errNothing) {
		return err
	}
	return nil
}
