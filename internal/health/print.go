package health

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// title is who a group is: a seller with those who may change its folder.
func (g *Group) title(book *diag.Book) string {
	var handles []string
	for _, h := range g.Handles {
		handles = append(handles, "@"+strings.TrimPrefix(h, "@"))
	}
	name := g.Seller
	if name == "" {
		name = diag.Say("staff").In(book)
	}
	if len(handles) == 0 {
		return name
	}
	return fmt.Sprintf("%s (%s)", name, strings.Join(handles, ", "))
}

func (w When) text() diag.Text {
	switch w {
	case Now:
		return diag.Say("now")
	case Soon:
		return diag.Say("soon")
	}
	return diag.Say("look")
}

// Text writes the report for a terminal.
func (r *Report) Text(w io.Writer, book *diag.Book) error {
	var b bytes.Buffer
	for n, g := range r.Groups {
		if n > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", diag.Visible(g.title(book)))
		help := make([]string, len(g.Items)+1)
		for k, i := range g.Items {
			help[k] = i.Help.In(book)
		}
		for k, i := range g.Items {
			said := fmt.Sprintf(book.Phrase("%s: %s"), i.When.text().In(book), diag.Visible(i.Message.In(book)))
			fmt.Fprintf(&b, "  %s: %s [%s]\n", i.Place(), said, i.Kind)
			if help[k] != "" && help[k] != help[k+1] { // what is the same for several stands below them
				fmt.Fprintf(&b, "    %s %s\n", book.Phrase("help:"), diag.Visible(help[k]))
			}
		}
	}
	if len(r.Findings) > 0 {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintln(&b, diag.Say("What vitrine check finds, by rule:").In(book))
		for _, c := range r.Findings {
			fmt.Fprintf(&b, "  %s %s\n", c.many().In(book), c.Rule.ID)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// maxMarkdown is how many bytes of Markdown are written: GitHub takes an issue of
// 65,536 characters.
const maxMarkdown = 60_000

// Markdown writes the report for an issue. Whatever comes from files stands in
// code elements, escaped, so that nobody is sent a message for it. Where it would
// be too long, what matters least is counted instead.
func (r *Report) Markdown(w io.Writer, book *diag.Book) error {
	for n := len(order); ; n-- {
		text := r.markdown(order[:n], book)
		if len(text) > maxMarkdown && n > 1 {
			continue
		}
		if len(text) > maxMarkdown {
			text = text[:bytes.LastIndexByte(text[:maxMarkdown], '\n')+1]
			text = fmt.Appendf(text, "\n%s\n", html.EscapeString(diag.Say("… and more: vitrine report shows all of it").In(book)))
		}
		_, err := w.Write(text)
		return err
	}
}

// markdown writes the items of some urgencies.
func (r *Report) markdown(of []When, book *diag.Book) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", html.EscapeString(r.Summary().In(book)))
	left, kinds := 0, make(map[Kind]int)
	for _, g := range r.Groups {
		for _, i := range g.Items {
			if !slices.Contains(of, i.When) {
				left++
				kinds[i.Kind]++
			}
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "\n%s\n\n", html.EscapeString(diag.Say("There is no room here for %s: vitrine report shows all.", diag.Plural(left, "%d item more", "%d items more")).In(book)))
		for _, k := range slices.Sorted(maps.Keys(kinds)) {
			fmt.Fprintf(&b, "- %d `%s`\n", kinds[k], k)
		}
	}
	for _, g := range r.Groups {
		head := fmt.Sprintf("\n### %s\n\n| | %s | %s |\n|---|---|---|\n", diag.Code(g.title(book)), book.Phrase("place"), book.Phrase("what to do"))
		for _, i := range g.Items {
			if !slices.Contains(of, i.When) {
				continue
			}
			said := diag.Code(i.Message.In(book)) + " " + diag.Code(string(i.Kind))
			if !i.Help.IsZero() {
				said += "<br>" + html.EscapeString(i.Help.In(book))
			}
			fmt.Fprintf(&b, "%s| %s | %s | %s |\n", head, i.When.text().In(book), diag.Code(i.Place()), said)
			head = ""
		}
	}
	if len(r.Findings) > 0 {
		fmt.Fprintf(&b, "\n### %s\n\n| | |\n|---|---|\n", book.Phrase("What vitrine check finds, by rule"))
		for _, c := range r.Findings {
			fmt.Fprintf(&b, "| %s | `%s` |\n", c.many().In(book), c.Rule.ID)
		}
	}
	return b.Bytes()
}

// many says how many findings of a rule there are.
func (c Count) many() diag.Text {
	if c.Severity == diag.Error {
		return diag.Say("%s", diag.Plural(c.N, "%d error", "%d errors"))
	}
	return diag.Say("%s", diag.Plural(c.N, "%d warning", "%d warnings"))
}
