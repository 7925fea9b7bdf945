package change

import (
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// maxTextLines is how many lines of values of an entry a terminal shows.
const maxTextLines = 40

// Text writes the change for a terminal: what Markdown says, without markup, and
// words that went and came as git diff --word-diff shows them.
func (c *Change) Text(w io.Writer, opt Options) error {
	p := &printer{c, opt}
	var b strings.Builder
	line := func(indent int, s string) { fmt.Fprintf(&b, "%*s%s\n", indent, "", plain(s)) }
	more := func(n int) string { return "… " + p.say(diag.Say("and %s", diag.Plural(n, "%d more", "%d more"))) }
	line(0, p.verdict())
	line(0, p.is(p.say(diag.Say("Next")), p.nextLine()))
	for _, row := range p.findingRows() {
		for i, s := range strings.Split(row, "<br>") {
			line(2+2*min(i, 1), s)
		}
	}
	line(0, "")
	line(0, p.say(diag.Say("What buyers will see")))
	for _, e := range p.Entries {
		line(2, p.is(p.title(e), p.headline(e)))
		lines := p.firstLines(withoutTexts(e))
		for i, s := range lines {
			if i == maxTextLines {
				line(4, more(len(lines)-i))
				break
			}
			line(4, s)
		}
		if e.Change == "added" || e.Change == "deleted" {
			continue // the file shows its texts
		}
		for _, f := range e.Fields {
			for _, t := range f.Texts {
				name := p.label(e.Kind, f.Path)
				if t.Language != "" {
					name += ", " + p.language(t.Language)
				}
				line(4, p.is(name, words(t.Runs)))
			}
		}
	}
	if left := p.Counts.Entries - len(p.Entries); left > 0 {
		line(2, "… "+p.say(diag.Say("and %s", diag.Plural(left, "%d more entry", "%d more entries"))))
	}
	if p.Counts.Outside > 0 {
		line(2, p.say(diag.Say("Outside of the sellers’ folders: %s", diag.Plural(p.Counts.Outside, "%d file", "%d files")))+p.areas())
	}
	if len(p.Entries) == 0 && p.Counts.Outside == 0 {
		line(2, p.say(diag.Say("no visible change")))
	}
	line(0, "")
	if pages := p.pageCounts(); pages != "" {
		line(0, p.say(diag.Say("Pages: %s", pages)))
	}
	line(0, p.footer())
	_, err := io.WriteString(w, b.String())
	return err
}

// withoutTexts returns a changed entry without its texts, which are shown word by
// word.
func withoutTexts(e Entry) Entry {
	if e.Change != "added" {
		e.Fields = slices.DeleteFunc(slices.Clone(e.Fields), func(f Field) bool { return len(f.Texts) > 0 })
	}
	return e
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain takes the markup out of a line of Markdown. What comes from files has no
// markup there, only character references.
func plain(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s), "<del>", "[-"), "</del>", "-]")
	return diag.Visible(html.UnescapeString(tag.ReplaceAllString(s, "")))
}

// words writes a text with the words that it lost and got, for plain to mend.
func words(list []Run) string {
	var b strings.Builder
	for _, r := range list {
		text := html.EscapeString(strings.ReplaceAll(r.Text, "\n", " ⏎ "))
		switch r.Is {
		case "cut":
			b.WriteString(" […] ")
		case "old":
			b.WriteString("[-" + text + "-]")
		case "new":
			b.WriteString("{+" + text + "+}")
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}
