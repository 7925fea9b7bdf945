package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"vitrine/internal/authoring"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// asker asks questions on a terminal, in plain lines that a screen reader reads
// out in their order: no cursor is moved and nothing is coloured.
type asker struct {
	ctx   context.Context
	lines <-chan string // what is typed; closed at its end
	w     io.Writer
	book  *diag.Book
}

// question is one question.
type question struct {
	words    content.Words      // what is asked for: values to choose from among them
	initial  string             // the answer of who types nothing
	optional bool               // no answer is one
	judge    func(string) error // why an answer cannot be; may be nil
}

// errEnded says that nobody answers any more.
var errEnded = errors.New("the questions ended without an answer")

// asker returns an asker where somebody sits at a terminal, else nil: then
// nothing is asked.
func (env *environment) asker(ctx context.Context, book *diag.Book) *asker {
	shown, ok := env.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(os.Stdin.Fd())) || !term.IsTerminal(int(shown.Fd())) {
		return nil
	}
	return newAsker(ctx, os.Stdin, env.stderr, book)
}

// newAsker reads on its own, so that Ctrl-C ends a question that waits.
func newAsker(ctx context.Context, r io.Reader, w io.Writer, book *diag.Book) *asker {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return &asker{ctx, lines, w, book}
}

func (a *asker) say(t diag.Text) { fmt.Fprintln(a.w, t.In(a.book)) }

// ask asks until there is an answer that can be.
func (a *asker) ask(q question) (string, error) {
	for i, v := range q.words.Values {
		fmt.Fprintf(a.w, "%3d  %s\n", i+1, word(v))
	}
	for {
		a.prompt(q)
		answer, err := a.read()
		if err != nil {
			return "", err
		}
		if n, err := strconv.Atoi(answer); err == nil && n > 0 && n <= len(q.words.Values) {
			answer = q.words.Values[n-1].Value
		}
		switch {
		case answer == "?":
			fmt.Fprintln(a.w, q.words.About)
			continue
		case answer == "" && q.initial != "":
			answer = q.initial
		case answer == "" && q.optional:
			return "", nil
		case answer == "":
			a.say(diag.Say("this needs an answer; ? explains it"))
			continue
		}
		if q.judge == nil {
			return answer, nil
		}
		if err = q.judge(answer); err == nil {
			return answer, nil
		}
		refused, ok := errors.AsType[*authoring.Refused](err)
		if !ok {
			return "", err
		}
		fmt.Fprintln(a.w, refused.In(a.book))
	}
}

// word is a word to choose, and what it means.
func word(v content.Word) string { return strings.TrimRight(v.Value+"  "+v.About, " ") }

func (a *asker) prompt(q question) {
	title := diag.Say("%s", q.words.Title)
	switch n := len(q.words.Values); {
	case q.initial != "":
		title = diag.Say("%s [%s]", title, q.initial)
	case n > 0:
		title = diag.Say("%s (1 to %d)", title, n)
	case q.optional:
		title = diag.Say("%s (may be left empty)", title)
	}
	fmt.Fprintf(a.w, "%s ", diag.Say("%s:", title).In(a.book))
}

// read reads a line.
func (a *asker) read() (string, error) {
	select {
	case line, ok := <-a.lines:
		if !ok {
			fmt.Fprintln(a.w)
			return "", errEnded
		}
		return strings.TrimSpace(line), nil
	case <-a.ctx.Done():
		fmt.Fprintln(a.w)
		return "", a.ctx.Err()
	}
}

// yes asks whether to do something; to do nothing is the answer of who types
// nothing.
func (a *asker) yes(what diag.Text) (bool, error) {
	fmt.Fprintf(a.w, "%s ", diag.Say("%s (yes or no) [no]:", what).In(a.book))
	for {
		answer, err := a.read()
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes", "o", "oui":
			return true, nil
		case "", "n", "no", "non":
			return false, nil
		}
		fmt.Fprintf(a.w, "%s ", diag.Say("write yes or no:").In(a.book))
	}
}
