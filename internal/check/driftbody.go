package check

import (
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/markdown"
)

// body compares the sections of the text with each other's changes: paragraph
// by paragraph where all of them have as many as before, else as a whole.
func (d *driftPass) body(was, now *content.Document) {
	a, b := d.sections(was), d.sections(now)
	for i := 1; i < len(d.languages); i++ {
		if a[0] == nil || b[0] == nil || a[i] == nil || b[i] == nil {
			continue
		}
		wasFirst, nowFirst, wasOther, nowOther := a[0].blocks(), b[0].blocks(), a[i].blocks(), b[i].blocks()
		if n := len(nowFirst); n == len(wasFirst) && n == len(wasOther) && n == len(nowOther) {
			for n := range nowFirst {
				d.paragraph(now, i, &wasFirst[n], &nowFirst[n], &wasOther[n], &nowOther[n])
			}
			continue
		}
		n, m := firstChange(wasFirst, nowFirst), firstChange(wasOther, nowOther)
		first, other := [2]*piece{a[0], b[0]}, [2]*piece{a[i], b[i]}
		if n >= 0 && m < 0 {
			first = [2]*piece{&wasFirst[min(n, len(wasFirst)-1)], &nowFirst[min(n, len(nowFirst)-1)]}
		} else if m >= 0 && n < 0 {
			other = [2]*piece{&wasOther[min(m, len(wasOther)-1)], &nowOther[min(m, len(nowOther)-1)]}
		}
		d.paragraph(now, i, first[0], first[1], other[0], other[1])
	}
}

// firstChange returns the first paragraph that is another one, or -1.
func firstChange(was, now []piece) int {
	for n := range max(len(was), len(now)) {
		if n >= len(was) || n >= len(now) || !alike(string(was[n].text), string(now[n].text)) {
			return n
		}
	}
	return -1
}

// paragraph reports a part of the text that changed in the first language or in
// the i-th, and not in both.
func (d *driftPass) paragraph(now *content.Document, i int, wasFirst, nowFirst, wasOther, nowOther *piece) {
	first, other := !alike(string(wasFirst.text), string(nowFirst.text)), !alike(string(wasOther.text), string(nowOther.text))
	changed, kept := d.languages[0], d.languages[i]
	before, after, still := wasFirst, nowFirst, nowOther
	switch {
	case first == other:
		return
	case other:
		changed, kept = kept, changed
		before, after, still = wasOther, nowOther, nowFirst
	}
	at := still.span()
	f := d.reportAt(ruleDrift, d.now, now.Source.Span(at[0], at[1]), d.help("body", kept),
		"the text changed in %s, from %s to %s, but in %s it is still %s", d.name(changed),
		diag.Quote(excerpt(string(before.text), string(after.text))), diag.Quote(excerpt(string(after.text), string(before.text))),
		d.name(kept), diag.Quote(excerpt(string(still.text), "")))
	at = after.span()
	f.Related = []diag.Note{{Span: now.Source.Span(at[0], at[1]), Message: diag.Say("changed here")}}
}

// piece is a piece of a body: its offset in the source, and its text.
type piece struct {
	heading [2]int // of a section
	from    int
	text    []byte
}

// span is a section's heading, or the first line of a paragraph.
func (p *piece) span() [2]int {
	if p.heading[1] > 0 {
		return p.heading
	}
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
