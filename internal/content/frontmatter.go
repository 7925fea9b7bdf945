package content

import (
	"bytes"

	"github.com/adrg/frontmatter"

	"vitrine/internal/diag"
)

var ruleFrontMatter = &diag.Rule{
	ID: "front-matter", Severity: diag.Error, Fixed: true,
	Title: "an entry begins with front matter between two lines ---",
	Why:   "The keys between the two lines are what the site is made from: without them nothing is known of the entry. Site generators share this form, and GitHub shows it as a table.",
	Help:  "the file's first line is ---, then come the keys, then a line --- again, then the texts",
}

const fence = "---"

// split takes a source apart: front matter and body, as offsets.
func split(s *Source) (front, body [2]int, found []diag.Finding) {
	if front, body, ok := quickSplit(s.Data); ok {
		return front, body, nil
	}
	return librarySplit(s)
}

// quickSplit is split for a file as it should be: each fence is a line of its own.
// Whatever may be meant otherwise is left to the library.
func quickSplit(text []byte) (front, body [2]int, ok bool) {
	const line = fence + "\n"
	if !bytes.HasPrefix(text, []byte(line)) {
		return front, body, false
	}
	at := len(line)
	for l := range bytes.Lines(text[at:]) {
		if string(bytes.TrimSpace(l)) == fence {
			return [2]int{len(line), at}, [2]int{at + len(line), len(text)}, string(l) == line
		}
		at += len(l)
	}
	return front, body, false
}

// librarySplit has the library find the fences. What it lets through is looked
// at here: it trims lines, so an indented --- ends the front matter as well, and
// it takes an unclosed block for none.
func librarySplit(s *Source) (front, body [2]int, found []diag.Finding) {
	text := s.Data
	grabbed := false
	var grab []byte
	format := frontmatter.NewFormat(fence, fence, func(data []byte, _ any) error {
		grab, grabbed = data, true
		return nil
	})
	rest, err := frontmatter.Parse(bytes.NewReader(text), nil, format)
	body = [2]int{len(text) - len(rest), len(text)}
	fault := func(at int, message string) diag.Finding {
		line := bytes.IndexByte(text[at:], '\n')
		if line < 0 {
			line = len(text) - at
		}
		return s.finding(ruleFrontMatter, at, at+line, message)
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return front, body, []diag.Finding{fault(0, "the file is empty")}
	case err == nil && !grabbed && string(bytes.TrimSpace(first)) == fence:
		return front, body, []diag.Finding{fault(0, "the front matter that begins here is never closed")}
	case err != nil || !grabbed:
		return front, body, []diag.Finding{fault(0, "the file has no front matter")}
	}
	opening := bytes.Index(text, []byte(fence))
	start := opening + bytes.IndexByte(text[opening:], '\n') + 1
	front = [2]int{start, start + len(grab)}
	if string(bytes.TrimRight(first, " \t")) != fence {
		message := "the front matter does not begin in the first line"
		if string(bytes.TrimSpace(first)) == fence {
			message = "the line --- that begins the front matter is indented"
		}
		found = append(found, fault(0, message))
	}
	closing := text[front[1]:body[0]]
	if string(bytes.TrimRight(closing, " \t\n")) != fence {
		found = append(found, fault(front[1], "this indented line --- ends the front matter"))
	}
	return front, body, found
}
