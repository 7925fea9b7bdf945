package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Printer prints findings for people: place, message, the source line with a
// caret under the span, notes and help.
type Printer struct {
	Color bool
	Book  *Book // the language; nil is English
	// Lines returns the lines of a file, or nil where it cannot be read.
	Lines func(path string) []string
}

// before marks a finding that was there before the change.
const before = "there before this change"

// Print writes the findings.
func (t Printer) Print(w io.Writer, findings []Finding) error {
	b := bufio.NewWriter(w)
	for _, f := range findings {
		severity := t.paint(severityColor(f.Severity), t.Book.Phrase(f.Severity.String()))
		said := fmt.Sprintf(t.Book.Phrase("%s: %s"), severity, Visible(f.Message.In(t.Book)))
		fmt.Fprintf(b, "%s: %s [%s]", t.paint("1", place(f.Span)), said, f.Rule.ID)
		if f.Before {
			fmt.Fprintf(b, " (%s)", t.Book.Phrase(before))
		}
		b.WriteByte('\n')
		t.excerpt(b, f.Span)
		for _, n := range f.Related {
			fmt.Fprintf(b, "  %s %s: %s\n", t.Book.Phrase("note:"), place(n.Span), Visible(n.Message.In(t.Book)))
			t.excerpt(b, n.Span)
		}
		if !f.Help.IsZero() {
			fmt.Fprintf(b, "  %s %s\n", t.paint("36", t.Book.Phrase("help:")), Visible(f.Help.In(t.Book)))
		}
	}
	return b.Flush()
}

func severityColor(s Severity) string {
	if s == Error {
		return "1;31"
	}
	return "1;33"
}

func (t Printer) paint(code, s string) string {
	if !t.Color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func place(s Span) string {
	if s.Start.Line == 0 {
		return Visible(s.Path)
	}
	return fmt.Sprintf("%s:%d:%d", Visible(s.Path), s.Start.Line, s.Start.Column)
}

// maxExcerpt is how many characters of a source line are shown.
const maxExcerpt = 120

// excerpt writes the source line of a span and marks the span below it.
func (t Printer) excerpt(w io.Writer, s Span) {
	if t.Lines == nil || s.Start.Line == 0 {
		return
	}
	lines := t.Lines(s.Path)
	if s.Start.Line > len(lines) {
		return
	}
	line := []rune(lines[s.Start.Line-1])
	from := min(s.Start.Column-1, len(line))
	to := len(line)
	if s.End.Line == s.Start.Line {
		to = min(max(s.End.Column-1, from), len(line))
	}
	left := 0 // cut long lines around the span
	if len(line) > maxExcerpt {
		left = max(0, min(from-maxExcerpt/3, len(line)-maxExcerpt))
	}
	right := min(left+maxExcerpt, len(line))
	to = min(to, right)
	before, marked, after := showRunes(line[left:from]), showRunes(line[from:max(from, to)]), showRunes(line[max(from, to):right])
	prefix, suffix := "", ""
	if left > 0 {
		prefix = "…"
	}
	if right < len(line) {
		suffix = "…"
	}
	number := fmt.Sprint(s.Start.Line)
	margin := strings.Repeat(" ", len(number))
	fmt.Fprintf(w, "  %s | %s%s%s%s%s\n", number, prefix, before, marked, after, suffix)
	carets := max(1, utf8.RuneCountInString(marked))
	fmt.Fprintf(w, "  %s | %s%s\n", margin, strings.Repeat(" ", utf8.RuneCountInString(prefix+before)), t.paint("1;32", strings.Repeat("^", carets)))
}

// showRunes is Visible, with tabs as one space so that the caret stays in place.
func showRunes(r []rune) string {
	return Visible(strings.ReplaceAll(string(r), "\t", " "))
}

// Summary is the last line of a run: how much was read and what was found.
func (c Counts) Summary() Text {
	found := Say("no findings")
	if c.Errors+c.Warnings > 0 {
		found = Say("%s, %s", Plural(c.Errors, "%d error", "%d errors"), Plural(c.Warnings, "%d warning", "%d warnings"))
	}
	if c.Before > 0 {
		found = Say("%s, %s", found, Plural(c.Before, "%d that was there before", "%d that were there before"))
	}
	if c.Waived > 0 {
		found = Say("%s, %s", found, Plural(c.Waived, "%d waived", "%d waived"))
	}
	if c.Unchecked > 0 {
		found = Say("%s, %s", found, Plural(c.Unchecked, "%d OMI not checked", "%d OMIs not checked"))
	}
	return Say("%s: %s", Plural(c.Files, "%d file checked", "%d files checked"), found)
}
