package lsp

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// inText offers what may be written in the text below the front matter: the
// headings of the languages' sections, and what a link may lead to.
func (c *completer) inText(from int) {
	t := string(c.d.text)
	start := max(from, strings.LastIndexByte(t[:c.offset], '\n')+1)
	before := t[start:c.offset]
	if strings.HasPrefix(before, "#") && !strings.HasPrefix(before, "##") {
		c.p.from, c.p.to = start, lineEnd(t, start, len(t))
		c.headings(t[from:])
		return
	}
	open := strings.LastIndex(before, "](")
	if open < 0 || strings.ContainsAny(before[open+2:], ") \t") {
		return
	}
	c.p.from = start + open + 2
	c.p.to = c.p.from
	for c.p.to < len(t) && strings.IndexByte(") \t\r\n", t[c.p.to]) < 0 {
		c.p.to++
	}
	c.folder()
	bracket := strings.LastIndexByte(before[:open], '[')
	if picture := bracket > 0 && before[bracket-1] == '!'; !picture && c.catalog != nil {
		c.pages(c.section(t[from:c.offset]))
	}
}

// headings offers those of the sections that are not there.
func (c *completer) headings(body string) {
	for _, l := range c.languages() {
		h := "# " + c.name(l)
		if !slices.ContainsFunc(strings.Split(body, "\n"), func(line string) bool { return strings.TrimRight(line, " \r") == h }) {
			c.add(completionItem{Label: h, Kind: kindText, Detail: c.s.say(diag.Say("the text in %s", diag.Quote(l))), FilterText: h, SortText: c.order(true)}, h)
		}
	}
}

// section is the language of the text's last section, or the catalog's first one.
func (c *completer) section(body string) string {
	lines := strings.Split(body, "\n")
	for _, line := range slices.Backward(lines) {
		for _, l := range c.languages() {
			if strings.TrimRight(line, " \r") == "# "+c.name(l) {
				return l
			}
		}
	}
	return c.languages()[0]
}

// folder offers the files that are beside the entry.
func (c *completer) folder() {
	entries, err := os.ReadDir(c.d.in.file(path.Dir(c.d.path)))
	if err != nil || c.d.kind == content.PageEntry {
		return
	}
	for _, e := range entries {
		if e.Type().IsRegular() && path.Ext(e.Name()) != ".md" && content.ValidFileName(e.Name()) {
			c.value(choice{Value: e.Name(), Kind: kindFile})
		}
	}
}

// pages offers the pages of entries.
func (c *completer) pages(language string) {
	add := func(e *catalog.Entry, name catalog.Text, where string) {
		if e.Source == c.d.path || e.Status == catalog.Unpublished {
			return
		}
		c.value(choice{Value: "/" + language + "/" + where + "/", Detail: c.inLanguage(name), Kind: kindReference})
	}
	for _, s := range c.catalog.Sellers {
		add(&s.Entry, s.Name, "sellers/"+s.Slug)
		for _, p := range s.Products {
			add(&p.Entry, p.Title, "products/"+p.Ref())
		}
	}
	for _, p := range c.catalog.Pages {
		add(&p.Entry, p.Title, "pages/"+p.Slug)
	}
	for _, cat := range slices.Concat(c.catalog.Categories, c.catalog.Services) {
		c.value(choice{Value: "/" + language + "/categories/" + cat.ID + "/", Detail: c.inLanguage(cat.Name), Kind: kindReference})
	}
}

// linkForm finds links and pictures in a line.
var linkForm = regexp.MustCompile(`!?\[[^\]\n]*\]\(([^)\s]*)[^)\n]*\)`)

// linkAt returns the destination of the link at an offset, and its place.
func linkAt(t string, offset int) (to string, from, end int) {
	start := strings.LastIndexByte(t[:offset], '\n') + 1
	line := t[start:lineEnd(t, start, len(t))]
	for _, m := range linkForm.FindAllStringSubmatchIndex(line, -1) {
		if start+m[0] <= offset && offset <= start+m[1] {
			return line[m[2]:m[3]], start + m[2], start + m[3]
		}
	}
	return "", 0, 0
}
