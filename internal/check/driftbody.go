package check

import (
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/markdown"
)

// body compares the sections of the text.
func (d *driftPass) body(was, now *content.Document) {
	a, b := d.sections(was), d.sections(now)
	changed := -1
	for i := range d.languages {
		if a[i] != nil && b[i] != nil && !alike(string(a[i].text), string(b[i].text)) {
			changed = i
			break
		}
	}
	if changed < 0 {
		return
	}
	for i, kept := range d.languages {
		if a[i] == nil || b[i] == nil || !alike(string(a[i].text), string(b[i].text)) {
			continue
		}
		before, after := a[changed].blocks(), b[changed].blocks()
		n := 0 // the first paragraph that differs
		for n < len(before)-1 && n < len(after)-1 && alike(string(before[n].text), string(after[n].text)) {
			n++
		}
		at, still := b[i].heading, string(b[i].text)
		if own := b[i].blocks(); len(own) == len(before) {
			at, still = own[n].span(), string(own[n].text)
		}
		f := d.reportAt(ruleDrift, d.now, now.Source.Span(at[0], at[1]), d.help("body", kept),
			"the text changed in %s, from %s to %s, but in %s it is still %s", d.name(d.languages[changed]),
			diag.Quote(excerpt(string(before[n].text), string(after[n].text))), diag.Quote(excerpt(string(after[n].text), string(before[n].text))),
			d.name(kept), diag.Quote(excerpt(still, "")))
		span := after[n].span()
		f.Related = []diag.Note{{Span: now.Source.Span(span[0], span[1]), Message: diag.Say("changed here")}}
	}
}

// piece is a piece of a body: its offset in the source, and its text.
type piece struct {
	heading [2]int // of a section
	from    int
	text    []byte
}

// span is the piece's first line.
func (p *piece) span() [2]int {
	line, _, _ := strings.Cut(string(p.text), "\n")
	return [2]int{p.from, p.from + len(line)}
}

// blocks are the piece's paragraphs: what stands between empty lines.
func (p *piece) blocks() []piece {
	var out []piece
	at := p.from
	for block := range strings.SplitSeq(string(p.text), "\n\n") {
		if trimmed := strings.TrimSpace(block); trimmed != "" {
			out = append(out, piece{from: at + strings.Index(block, trimmed), text: []byte(trimmed)})
		}
		at += len(block) + 2
	}
	if len(out) == 0 {
		return []piece{*p}
	}
	return out
}

// sections returns the section of each language; nil where there is none.
func (d *driftPass) sections(doc *content.Document) []*piece {
	out := make([]*piece, len(d.languages))
	text := doc.Text()
	if _, over := markdown.Limits(text); over {
		return out
	}
	sections := markdown.Parse(text).Sections
	for i, s := range sections {
		end := len(text)
		if i+1 < len(sections) {
			end = sections[i+1].Heading.From
		}
		at := doc.Body[0]
		for j, l := range d.languages {
			if d.words.NameOf(l) == s.Title && out[j] == nil {
				out[j] = &piece{[2]int{at + s.Heading.From, at + s.Heading.To}, at + s.Heading.To, text[s.Heading.To:end]}
			}
		}
	}
	return out
}
