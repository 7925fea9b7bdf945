package change

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// What the first screen shows; all of it is folded below.
const (
	maxFirstFindings = 6
	maxFirstEntries  = 8
	maxFirstFields   = 8
)

// Markdown writes the change as a comment for GitHub: the verdict, who acts next,
// what buyers will see, and folded below it the whole. It has at most 60,000
// characters; what there is no room for is counted. Whatever comes from files is
// inert: it mentions nobody, links nowhere and ends no markup.
func (c *Change) Markdown(w io.Writer, opt Options) error {
	p := &printer{c, opt}
	d := p.blocks(maxMarkdown)
	d.write("### " + p.verdict() + "\n\n")
	d.write(p.is("**"+p.say(diag.Say("Next"))+"**", p.nextLine()) + "\n\n")
	first := p.findingRows(maxFirstFindings)
	d.block("<ul>\n", first, "</ul>\n\n", 40000)
	p.first(d, "**"+p.say(diag.Say("What buyers will see"))+"**\n\n")
	p.details(d)
	d.write("<sub>" + p.footer() + "</sub>\n")
	return d.flush(w)
}

func (p *printer) blocks(most int) *blocks {
	return &blocks{most: most, more: func(n int) string {
		return "<p>… " + p.say(diag.Say("and %s", diag.Plural(n, "%d more", "%d more"))) + "</p>\n"
	}}
}

// nextLine says who acts next.
func (p *printer) nextLine() string {
	text := p.say(p.nextText(p.Next.Who))
	var handles []string
	for i, h := range p.Next.Handles {
		if i == 10 {
			handles = append(handles, "…")
			break
		}
		handles = append(handles, code(h))
	}
	if len(handles) > 0 {
		text += " (" + strings.Join(handles, ", ") + ")"
	}
	return text
}

// findingRows writes the first findings that the change brings, or where most is
// 0, all with what to do.
func (p *printer) findingRows(most int) (rows []string) {
	for i, f := range p.Findings {
		if most > 0 && (i == most || f.Before) {
			if left := p.Counts.Errors + p.Counts.Warnings - i; left > 0 {
				rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more", "%d more")))+"</li>\n")
			}
			break
		}
		severity := p.say(diag.Say("error"))
		if f.Severity == "warning" {
			severity = p.say(diag.Say("warning"))
		}
		if f.Before {
			severity += " (" + p.say(diag.Say("there before this change")) + ")"
		}
		row := "<li>" + p.is(severity, code(f.Message)+" "+code(f.Rule))
		place := f.Path
		if f.Line > 0 {
			place += fmt.Sprintf(":%d", f.Line)
		}
		row += "<br>" + code(place)
		if f.Help != "" && most == 0 {
			row += "<br>" + code(f.Help)
		}
		rows = append(rows, row+"</li>\n")
	}
	return rows
}

// first writes what buyers will see, as far as a screen shows it.
func (p *printer) first(d *blocks, title string) {
	var rows []string
	for i, e := range p.Entries {
		if i == maxFirstEntries {
			break
		}
		row := "<li>" + p.is(p.title(e), p.headline(e))
		lines := p.firstLines(e)
		if more := len(lines) - maxFirstFields; more > 0 {
			lines = append(lines[:maxFirstFields:maxFirstFields], "… "+p.say(diag.Say("and %s", diag.Plural(more, "%d more", "%d more"))))
		}
		if len(lines) > 0 {
			row += "<ul><li>" + strings.Join(lines, "</li><li>") + "</li></ul>"
		}
		rows = append(rows, row+"</li>\n")
	}
	if left := p.Counts.Entries - len(rows); left > 0 {
		rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more entry", "%d more entries")))+"</li>\n")
	}
	if p.Counts.Outside > 0 {
		rows = append(rows, "<li>"+p.say(diag.Say("Outside of the sellers’ folders: %s", diag.Plural(p.Counts.Outside, "%d file", "%d files")))+p.areas()+"</li>\n")
	}
	if len(rows) == 0 {
		rows = append(rows, "<li>"+p.say(diag.Say("no visible change"))+"</li>\n")
	}
	d.block(title+"<ul>\n", rows, "</ul>\n\n", 25000)
}

// firstLines says of an entry what matters most. What is new is told by its
// facts; of what is gone, its name is enough.
func (p *printer) firstLines(e Entry) []string {
	told := e
	told.Fields = nil
	texts := 0
	for _, f := range e.Fields {
		whole := e.Change == "added" || e.Change == "deleted"
		switch {
		case f.Path[0] == "status" && e.Change != "changed" && e.Change != "renamed", e.Change == "deleted":
		case whole && (f.Form == "text" || f.Form == "body"):
			texts++
		default:
			told.Fields = append(told.Fields, f)
		}
	}
	lines := p.lines(told)
	if texts > 0 {
		lines = append(lines, p.say(diag.Say("%s", diag.Plural(texts, "%d text", "%d texts"))))
	}
	return lines
}

// areas says what the files outside of the sellers' folders belong to.
func (p *printer) areas() string {
	n := make(map[string]int)
	for _, f := range p.Outside {
		n[f.Area]++
	}
	var parts []string
	for _, a := range []struct {
		area string
		name diag.Text
	}{
		{"workflow", diag.Say("workflows")},
		{"settings", diag.Say("settings")},
		{"page", diag.Say("pages")},
		{"theme", diag.Say("theme")},
		{"words", diag.Say("words of the interface")},
		{"prices", diag.Say("prices of VMs")},
		{"entry", diag.Say("files of no entry")},
		{"other", diag.Say("others")},
	} {
		if n[a.area] > 0 {
			part := p.say(a.name)
			if len(p.Outside) == p.Counts.Outside && len(n) > 1 {
				part += fmt.Sprintf(" %d", n[a.area])
			}
			parts = append(parts, part)
		}
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

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
	return strings.TrimPrefix(whole, p.label(kind, path[:depth])+" ")
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

// footer says what was compared, and the labels.
func (p *printer) footer() string {
	base := code(p.Base.Ref)
	if p.Base.Commit != "" {
		base += " " + code(p.Base.Commit)
	}
	s := p.say(diag.Say("Compared with %s; the change touches %s.", base, diag.Plural(p.Counts.Files, "%d file", "%d files")))
	if p.Head.Commit != "" {
		s += " " + p.say(diag.Say("It leads to %s.", code(p.Head.Commit)))
	}
	if p.Base.Behind {
		s += " " + p.say(diag.Say("The base has moved on since; the change is judged from where it began."))
	}
	if len(p.Labels) > 0 {
		var labels []string
		for _, l := range p.Labels {
			labels = append(labels, code(l))
		}
		s += " " + p.say(diag.Say("Labels: %s.", strings.Join(labels, " ")))
	}
	return s
}
