package diag

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

// maxAnnotations is how many annotations of one kind GitHub shows for a step.
const maxAnnotations = 10

// GitHub writes findings as workflow commands, which GitHub shows beside the
// lines of a change: the worst first, and no more than it shows. It reports how
// many were left out. Paths are put below prefix, the catalog's root as seen
// from the repository's.
func GitHub(w io.Writer, findings []Finding, prefix string) (left int, err error) {
	b := bufio.NewWriter(w)
	shown := make(map[int]int)
	for _, f := range worstFirst(findings) {
		if shown[weight(f)]++; shown[weight(f)] > maxAnnotations {
			left++
			continue
		}
		level := f.Severity.String()
		if f.Before {
			level = "notice"
		}
		fmt.Fprintf(b, "::%s file=%s", level, property(prefix+f.Path))
		if f.Start.Line > 0 {
			fmt.Fprintf(b, ",line=%d,endLine=%d", f.Start.Line, f.End.Line)
			if f.Start.Line == f.End.Line { // GitHub takes columns within one line alone
				fmt.Fprintf(b, ",col=%d,endColumn=%d", f.Start.Column, f.End.Column)
			}
		}
		text := Visible(f.Message.String())
		if !f.Help.IsZero() {
			text += "\n" + Visible(f.Help.String())
		}
		fmt.Fprintf(b, ",title=%s::%s\n", property(f.Rule.ID), data(text))
	}
	return left, b.Flush()
}

// weight orders findings, and tells the kinds of annotations apart.
func weight(f Finding) int {
	if f.Before {
		return 0
	}
	return int(f.Severity)
}

func worstFirst(findings []Finding) []Finding {
	sorted := slices.Clone(findings)
	slices.SortStableFunc(sorted, func(a, b Finding) int { return cmp.Compare(weight(b), weight(a)) })
	return sorted
}

// data escapes a workflow command's message.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes a workflow command's property.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(Visible(s))
}

// maxSummary is how many bytes of a step's summary are written: GitHub drops one
// of more than 1 MiB as a whole.
const maxSummary = 1_000_000

// GitHubSummary writes the findings as Markdown for a job's summary, the worst
// first, and says how many there was no room for. Whatever comes from files
// stands in code elements, escaped.
func GitHubSummary(w io.Writer, findings []Finding, summary string, book *Book) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "## vitrine check\n\n%s\n", html.EscapeString(summary))
	if len(findings) > 0 {
		fmt.Fprintf(&b, "\n| | %s | %s |\n|---|---|---|\n", book.Phrase("place"), book.Phrase("finding"))
	}
	for i, f := range worstFirst(findings) {
		severity := book.Phrase(f.Severity.String())
		if f.Before {
			severity += ", " + book.Phrase(before)
		}
		said := code(f.Message.In(book)) + " " + code(f.Rule.ID)
		if !f.Help.IsZero() {
			said += "<br>" + code(f.Help.In(book))
		}
		row := fmt.Sprintf("| %s | %s | %s |\n", severity, code(place(f.Span)), said)
		if b.Len()+len(row) > maxSummary {
			fmt.Fprintf(&b, "\n%s\n", html.EscapeString(Say("%s: vitrine check shows them", Plural(len(findings)-i, "%d more finding", "%d more findings")).In(book)))
			break
		}
		b.WriteString(row)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// code writes a text as a code element in a table's cell.
func code(s string) string { return "<code>" + Inert(s) + "</code>" }

// Inert returns a text for a place where HTML, Markdown and GitHub read along:
// every character that means something to one of them is a character reference.
// It must stand in a code element, where GitHub looks for no mention.
func Inert(s string) string {
	var b strings.Builder
	for _, r := range Visible(s) {
		if strings.ContainsRune("<>&\"'|`*_[]()!@#:$~\\", r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
