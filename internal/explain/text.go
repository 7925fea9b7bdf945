package explain

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// List writes the rules, each on one line.
func List(w io.Writer, rules []*diag.Rule, book *diag.Book) error {
	b := bufio.NewWriter(w)
	id, severity := 0, 0 // the columns' widths
	for _, r := range rules {
		id = max(id, len(r.ID))
		severity = max(severity, utf8.RuneCountInString(book.Phrase(r.Severity.String())))
	}
	for _, r := range rules {
		fmt.Fprintf(b, "%-*s  %-*s  %s\n", id, r.ID, severity, book.Phrase(r.Severity.String()), book.Phrase(r.Title))
	}
	return b.Flush()
}

// Page writes a rule's page for a terminal.
func Page(w io.Writer, r *diag.Rule, e Example, book *diag.Book) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s: %s\n%s\n", r.ID, book.Phrase(r.Title), severity(r, book))
	part := func(title diag.Text, text string) { fmt.Fprintf(b, "\n%s\n%s", title.In(book), indented(text)) }
	part(diag.Say("Why"), wrapped(book.Phrase(r.Why)))
	part(diag.Say("What to do"), wrapped(book.Phrase(r.Help)))
	if e.Found != "" {
		wrong := diag.Say("Wrong")
		if e.Path != "" {
			wrong = diag.Say("Wrong, in %s", e.Path)
		} else {
			e.Wrong, e.Right = wrapped(e.Wrong), wrapped(e.Right)
		}
		part(wrong, e.Wrong)
		part(diag.Say("What vitrine check says"), e.Found)
		part(diag.Say("Right"), e.Right)
	}
	return b.Flush()
}

// severity says how much a rule weighs, and who may change that.
func severity(r *diag.Rule, book *diag.Book) string {
	s := diag.Say(r.Severity.String())
	if r.Lack {
		s = diag.Say("%s, in a draft only a warning", s)
	}
	if r.Fixed {
		return diag.Say("%s; catalog.yaml cannot change it", s).In(book)
	}
	return diag.Say("%s; catalog.yaml can change it: rules: {%s: off}", s, r.ID).In(book)
}

// wrapped breaks a text into lines of at most 78 characters.
func wrapped(s string) string {
	const width = 78
	var b strings.Builder
	n := 0
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '\n' }) { // not at no-break spaces
		size := utf8.RuneCountInString(word)
		switch {
		case n == 0:
		case n+1+size > width:
			b.WriteByte('\n')
			n = 0
		default:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(word)
		n += size
	}
	return b.String() + "\n"
}

func indented(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("  ")
		}
		b.WriteString(line)
	}
	return b.String()
}
