package change

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// lines says what differs of an entry, a line a value; an item that came or went
// is one line.
func (p *printer) lines(e Entry) (lines []string) {
	for i := 0; i < len(e.Fields); i++ {
		f := e.Fields[i]
		switch f.Form {
		case "item":
			j := i + 1
			for j < len(e.Fields) && within(e.Fields[j].Path, f.Path) {
				j++
			}
			what := p.say(diag.Say("new"))
			if f.Change == "removed" {
				what = p.say(diag.Say("removed"))
			}
			line := p.is(p.label(e.Kind, f.Path), what)
			if inner := p.inner(e, e.Fields[i+1:j], len(f.Path)); inner != "" {
				line += " – " + inner
			}
			lines = append(lines, line)
			i = j - 1
		case "text", "body":
			lines = append(lines, p.is(p.label(e.Kind, f.Path), p.textLine(f)))
		default:
			lines = append(lines, p.is(p.label(e.Kind, f.Path), p.differs(f)))
		}
	}
	for _, l := range e.Links {
		host := code(l.Host)
		if host == "" {
			host = p.say(diag.Say("none"))
		}
		what := diag.Say("new address, host %s", host)
		if l.Change == "removed" {
			what = diag.Say("address gone, host %s", host)
		}
		lines = append(lines, p.is(p.say(what), code(l.URL)))
	}
	for _, f := range e.Files {
		lines = append(lines, p.fileLine(f))
	}
	return lines
}

// inner says what an item holds, in one line.
func (p *printer) inner(e Entry, fields []Field, depth int) string {
	var parts []string
	for _, f := range fields {
		value := ""
		switch {
		case f.Form == "item", f.Form == "text": // texts stand with the texts
			continue
		case slices.Equal(f.Now, fields[0].Path[depth-1:depth]): // what names it
			continue
		case f.Change == "removed":
			value = p.values(f, f.Was)
		default:
			value = p.values(f, f.Now)
		}
		parts = append(parts, p.shortLabel(e.Kind, f.Path, depth)+" "+value)
	}
	return strings.Join(parts, ", ")
}

// shortLabel names a value within an item.
func (p *printer) shortLabel(kind string, path []string, depth int) string {
	whole := p.label(kind, path)
	return strings.TrimPrefix(strings.TrimPrefix(whole, p.label(kind, path[:depth])), separator)
}

func within(path, of []string) bool {
	if len(path) <= len(of) {
		return false
	}
	for i := range of {
		if path[i] != of[i] {
			return false
		}
	}
	return true
}

// textLine says in which languages a text differs, and by how much.
func (p *printer) textLine(f Field) string {
	var parts []string
	for _, t := range f.Texts {
		was, now := 0, 0
		for _, r := range t.Runs {
			switch r.Is {
			case "old":
				was += len(strings.Fields(r.Text))
			case "new":
				now += len(strings.Fields(r.Text))
			}
		}
		parts = append(parts, fmt.Sprintf("%s +%d −%d", p.language(t.Language), now, was))
	}
	return p.say(diag.Say("words in %s", strings.Join(parts, ", ")))
}

// fileLine says what became of a file.
func (p *printer) fileLine(f File) string {
	size := func(s *Size) string {
		if s == nil {
			return p.say(diag.Say("nothing"))
		}
		out := p.say(bytes(s.Bytes))
		if s.Width > 0 {
			out += fmt.Sprintf(", %d × %d px", s.Width, s.Height)
		}
		return out
	}
	what := diag.Say("file changed")
	value := size(f.Was) + " → " + size(f.Now)
	switch {
	case f.Change == "added":
		what, value = diag.Say("file new"), size(f.Now)
	case f.Change == "removed":
		what, value = diag.Say("file gone"), size(f.Was)
	}
	if f.Was == nil && f.Now == nil {
		return p.is(p.say(what), code(f.Path))
	}
	return p.is(p.say(what), code(f.Path)+" ("+value+")")
}
