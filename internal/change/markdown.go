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
	d.block("<ul>\n", p.findingRows(), "</ul>\n\n", 40000)
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

// findingRows writes what the change brings, one that is found at several places
// once, as far as a screen shows it.
func (p *printer) findingRows() (rows []string) {
	said := 0
	for i := 0; i < len(p.Findings) && !p.Findings[i].Before; i++ {
		f := p.Findings[i]
		if slices.ContainsFunc(p.Findings[:i], f.says) {
			continue
		}
		if len(rows) == maxFirstFindings {
			if left := p.Counts.Errors + p.Counts.Warnings - said; left > 0 {
				rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more", "%d more")))+"</li>\n")
			}
			break
		}
		var places []string
		n := 0
		for _, g := range p.Findings[i:] {
			if !f.says(g) {
				continue
			}
			if n++; n <= maxPlaces {
				places = append(places, code(g.place()))
			}
		}
		said += n
		if n > maxPlaces {
			places = append(places, "… "+p.say(diag.Say("and %s", diag.Plural(n-maxPlaces, "%d more", "%d more"))))
		}
		rows = append(rows, "<li>"+p.found(f)+"<br>"+strings.Join(places, ", ")+"</li>\n")
	}
	return rows
}

// maxPlaces is how many places of one fault the first screen names.
const maxPlaces = 3

// says reports whether another finding says the same of another place.
func (f Finding) says(g Finding) bool {
	return f.Rule == g.Rule && f.Severity == g.Severity && f.Message == g.Message && f.Before == g.Before
}

func (f Finding) place() string {
	if f.Line == 0 {
		return f.Path
	}
	return fmt.Sprintf("%s:%d", f.Path, f.Line)
}

// found says what a rule found.
func (p *printer) found(f Finding) string {
	severity := p.say(diag.Say("error"))
	if f.Severity == "warning" {
		severity = p.say(diag.Say("warning"))
	}
	if f.Before {
		severity += " (" + p.say(diag.Say("there before this change")) + ")"
	}
	return p.is(severity, code(f.Message)+" ("+code(f.Rule)+")")
}

// adviceRows writes all findings, with what to do.
func (p *printer) adviceRows() (rows []string) {
	for _, f := range p.Findings {
		row := "<li>" + p.found(f) + "<br>" + code(f.place())
		if f.Help != "" {
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
		case e.Change == "unpublished" && f.Path[0] == "versions" && f.Path[len(f.Path)-1] == "status": // they go with it
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
