package change

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
)

func bytes(n int64) diag.Text { return content.Bytes(n) }

// details writes everything, folded: texts, values, pages, links and files,
// findings.
func (p *printer) details(d *blocks) {
	p.textTables(d)
	p.fold(d, diag.Say("All values"), p.valueRows(), 9000, false)
	p.fold(d, diag.Say("Pages: %s", p.pageCounts()), p.pageRows(), 6000, false)
	p.fold(d, diag.Say("Files outside of the sellers’ folders"), p.outsideRows(), 4000, false)
	p.fold(d, diag.Say("What the rules say, and what to do"), p.adviceRows(), 2500, false)
	if len(p.Why) > 0 && p.Verdict != "errors" {
		title := diag.Say("Why it is not trivial")
		if p.Trivial {
			title = diag.Say("Why it is trivial")
		}
		var rows []string
		for _, w := range p.Why {
			rows = append(rows, "<li>"+code(w)+"</li>\n")
		}
		p.fold(d, title, rows, 1000, false)
	}
}

// fold writes a list that is folded.
func (p *printer) fold(d *blocks, title diag.Text, rows []string, spare int, open bool) {
	mark := ""
	if open {
		mark = " open"
	}
	d.block("<details"+mark+"><summary>"+p.say(title)+"</summary><ul>\n", rows, "</ul></details>\n\n", spare)
}

// textTables writes texts word by word, the languages side by side.
func (p *printer) textTables(d *blocks) {
	var rows []string
	for _, e := range p.Entries {
		begun := false
		for _, f := range e.Fields {
			if len(f.Texts) == 0 {
				continue
			}
			if !begun && len(p.Entries) > 1 {
				rows = append(rows, fmt.Sprintf("<tr><td colspan=\"%d\">%s</td></tr>\n", len(p.Languages)+1, p.title(e)))
			}
			begun = true
			rows = append(rows, p.textRow(e, f))
			if i := slices.IndexFunc(f.Texts, func(t Text) bool { return t.Language == "" }); i >= 0 && len(f.Texts) > 1 { // what stands outside of the languages' sections
				rows = append(rows, fmt.Sprintf("<tr><td></td><td colspan=\"%d\">%s</td></tr>\n", len(p.Languages), p.runs(f.Texts[i].Runs)))
			}
		}
	}
	open := ""
	if len(rows) > 0 && len(rows) <= 4 {
		open = " open"
	}
	head := "<table><tr><th></th>"
	for _, l := range p.Languages {
		head += "<th>" + p.language(l) + "</th>"
	}
	d.block("<details"+open+"><summary>"+p.say(diag.Say("Texts, word by word"))+"</summary>"+head+"</tr>\n", rows, "</table></details>\n\n", 14000)
}

func (p *printer) textRow(e Entry, f Field) string {
	var b strings.Builder
	b.WriteString("<tr><td>" + p.label(e.Kind, f.Path) + "</td>")
	for _, l := range p.Languages {
		b.WriteString("<td>")
		i := slices.IndexFunc(f.Texts, func(t Text) bool { return t.Language == l })
		if i < 0 && len(f.Texts) == 1 && f.Texts[0].Language == "" {
			i = 0
		}
		if i < 0 {
			b.WriteString(p.say(diag.Say("as before")))
		} else {
			b.WriteString(p.runs(f.Texts[i].Runs))
		}
		b.WriteString("</td>")
	}
	b.WriteString("</tr>\n")
	return b.String()
}

// valueRows lists all values of entries that the first screen does not show
// whole.
func (p *printer) valueRows() (rows []string) {
	for i, e := range p.Entries {
		lines := p.lines(e)
		if i < maxFirstEntries && len(lines) <= maxFirstFields {
			continue
		}
		rows = append(rows, "<li>"+p.is(p.title(e), p.headline(e))+"</li>\n")
		for _, l := range lines {
			rows = append(rows, "<li>"+l+"</li>\n")
		}
		if e.Omitted > 0 {
			rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(e.Omitted, "%d more", "%d more")))+"</li>\n")
		}
	}
	if left := p.Counts.Entries - len(p.Entries); left > 0 {
		rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more entry", "%d more entries")))+"</li>\n")
	}
	return rows
}

// pageCounts says how many pages appear, change and go.
func (p *printer) pageCounts() string {
	n := make(map[string]int)
	for _, page := range p.Pages {
		n[page.Change]++
	}
	var parts []string
	for _, c := range []struct {
		change string
		says   diag.Text
	}{
		{"appears", diag.Say("%s", diag.Plural(n["appears"], "%d appears", "%d appear"))},
		{"changes", diag.Say("%s", diag.Plural(n["changes"], "%d changes", "%d change"))},
		{"goes", diag.Say("%s", diag.Plural(n["goes"], "%d goes", "%d go"))},
	} {
		if n[c.change] > 0 {
			parts = append(parts, p.say(c.says))
		}
	}
	if left := p.Counts.Pages - len(p.Pages); left > 0 {
		parts = append(parts, p.say(diag.Say("%s not listed", diag.Plural(left, "%d", "%d"))))
	}
	return strings.Join(parts, ", ")
}

// pageRows lists the pages.
func (p *printer) pageRows() (rows []string) {
	for _, page := range p.Pages {
		row := ""
		switch page.Change {
		case "appears":
			row = p.say(diag.Say("appears: %s", p.pageKind(page.Now)))
		case "goes":
			row = p.say(diag.Say("goes: %s", p.pageKind(page.Was)))
		default:
			row = p.say(diag.Say("changes"))
			if page.Was != page.Now {
				row = p.say(diag.Say("%s, now %s", p.pageKind(page.Was), p.pageKind(page.Now)))
			}
		}
		rows = append(rows, "<li>"+code("/"+page.Path)+" "+row+"</li>\n")
	}
	if left := p.Counts.Pages - len(p.Pages); left > 0 {
		rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more", "%d more")))+"</li>\n")
	}
	return rows
}

func (p *printer) pageKind(kind string) string {
	switch kind {
	case "list":
		return p.say(diag.Say("a list"))
	case "redirect":
		return p.say(diag.Say("a redirect"))
	case "notice":
		return p.say(diag.Say("a notice that it is gone"))
	}
	return p.say(diag.Say("an entry’s page"))
}

// outsideRows lists the files outside of the sellers' folders.
func (p *printer) outsideRows() (rows []string) {
	for _, f := range p.Outside {
		rows = append(rows, "<li>"+p.fileLine(f)+"</li>\n")
	}
	if left := p.Counts.Outside - len(p.Outside); left > 0 {
		rows = append(rows, "<li>… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more", "%d more")))+"</li>\n")
	}
	return rows
}
