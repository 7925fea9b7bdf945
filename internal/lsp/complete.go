package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// maxItems is how many completions are offered; further letters narrow them.
const maxItems = 200

// completer offers what may be written at a place.
type completer struct {
	s       *server
	d       *document
	catalog *catalog.Catalog // nil where catalog.yaml cannot be read
	words   *i18n.Set
	p       place
	at      slot
	offset  int
	mending bool // what is made goes into a file as it is
	items   []completionItem
	cut     bool
}

func (s *server) completion(ctx context.Context, d *document, _ *placeParams, offset int) (any, error) {
	c := s.completer(ctx, d, offset)
	if from, to, ok := d.front(); ok && offset >= from && offset <= to {
		if d.kind != content.CatalogFile && offset == to && to < len(d.text) && !strings.HasSuffix(string(d.text[:offset]), "\n") {
			return nil, nil
		}
		c.front(from, to)
	} else if ok && offset > to {
		c.inText(to)
	} else if !ok && offset <= len("---") {
		c.fence()
	}
	return completionList{IsIncomplete: c.cut, Items: append([]completionItem{}, c.items...)}, nil
}

func (s *server) completer(ctx context.Context, d *document, offset int) *completer {
	c := &completer{s: s, d: d, offset: offset}
	if r := d.in.latest(ctx); r != nil && !r.Broken {
		c.catalog = r.Catalog
		c.words = r.Words
	}
	return c
}

// front offers keys and values.
func (c *completer) front(from, to int) {
	p, ok := placeAt(string(c.d.text), from, to, c.offset)
	if !ok {
		return
	}
	c.p = p
	at, ok := slotAt(c.d.kind, p.parent.path())
	if !ok {
		return
	}
	if p.value {
		if at, ok = at.enter(p.key); !ok {
			return
		}
		c.at = at
		c.values()
		return
	}
	c.at = at
	switch {
	case at.list && !p.flow: // an item without its hyphen
		c.p.hyphen = true
		if c.at = slotOfItem(at.key); c.at.single && !c.at.languages {
			c.values()
			return
		}
		c.newItem()
	case at.keys != nil || at.regions || at.severities || at.languages:
		if p.parent.scalar != "" {
			return // a text is there already
		}
		c.keys()
	case p.item:
		c.values()
	}
}

// keys offers the keys that are not there yet, those that are needed first.
func (c *completer) keys() {
	taken := make(map[string]bool)
	for _, n := range c.p.parent.children {
		if n.from != c.p.from {
			taken[n.key] = true
		}
	}
	facts := c.p.facts()
	switch {
	case c.at.languages:
		for _, l := range c.languages() {
			if !taken[l] {
				c.key(l, c.name(l), markup{}, c.scalarForm(c.at.key), true)
			}
		}
	case c.at.regions:
		for _, r := range c.regions() {
			if !taken[r.Value] {
				c.key(r.Value, r.Detail, markup{}, c.scalarForm(c.at.key.Item()), true)
			}
		}
	case c.at.severities:
		for _, r := range changeable() {
			if !taken[r.ID] {
				c.key(r.ID, c.s.book.Phrase(r.Title), c.s.about(r), " ${1|off,warning,error|}", false)
			}
		}
	}
	for _, k := range c.at.keys {
		if taken[k.Name()] || !k.Fits(facts) {
			continue
		}
		c.key(k.Name(), k.Title(c.s.language), markup{"markdown", k.About(c.s.language)}, c.form(k, facts), k.Needed(facts))
	}
}

// key offers one key. The form is what stands behind the colon, a snippet.
func (c *completer) key(name, detail string, about markup, form string, needed bool) {
	item := completionItem{Label: name, Kind: kindProperty, Detail: detail, SortText: c.order(needed)}
	if about.Value != "" {
		item.Documentation = &about
	}
	text := name
	if !c.p.colon {
		text += ":" + form
		if c.p.quoted {
			text = name
		}
	}
	c.add(item, text)
}

// order sorts what is needed before what is not, each as it was offered.
func (c *completer) order(first bool) string {
	group := "1"
	if first {
		group = "0"
	}
	return group + fmt.Sprintf("%04d", len(c.items))
}

// newItem offers a list's item with the keys that it needs.
func (c *completer) newItem() {
	facts := c.p.facts()
	n := 0
	form := c.itemForm(c.at, facts, &n)
	c.add(completionItem{Label: "-", Kind: kindProperty, Detail: c.s.say(diag.Say("a new item of the list")), FilterText: c.word(), SortText: "0"}, form)
}

// word is what stands at the place already.
func (c *completer) word() string { return string(c.d.text[c.p.from:c.p.to]) }

// add offers a snippet in the place of the word.
func (c *completer) add(item completionItem, snippet string) {
	if len(c.items) >= maxItems {
		c.cut = true
		return
	}
	if c.p.space {
		snippet = " " + snippet
	}
	if c.p.hyphen && !strings.HasPrefix(snippet, "-") {
		snippet = "- " + snippet
	}
	if c.p.space || c.p.hyphen {
		if item.FilterText == "" {
			item.FilterText = item.Label
		}
	}
	e := c.d.text.span(c.p.from, c.p.to, c.s.encoding)
	item.TextEdit = &textEdit{Range: e, NewText: snippet}
	if strings.Contains(snippet, "$") {
		if c.s.client.TextDocument.Completion.CompletionItem.SnippetSupport {
			item.InsertTextFormat = snippetFormat
		} else {
			item.TextEdit.NewText = plain(snippet)
		}
	}
	if strings.Contains(snippet, "\n") {
		item.InsertTextMode = adjustIndent
	}
	c.items = append(c.items, item)
}

func (c *completer) languages() []string {
	if c.catalog == nil {
		return []string{"en", "fr"}
	}
	return c.catalog.Languages
}

// name is a language's own name.
func (c *completer) name(language string) string {
	if c.words == nil {
		return language
	}
	return c.words.NameOf(language)
}

// fence offers the line that an entry begins with.
func (c *completer) fence() {
	line, _, _ := strings.Cut(string(c.d.text), "\n")
	c.p.from, c.p.to = 0, len(strings.TrimRight(line, "\r"))
	if c.offset > c.p.to || strings.Trim(line, "-\r") != "" {
		return
	}
	closing := "\n---"
	if slices.Contains(strings.Split(string(c.d.text), "\n")[1:], "---") {
		closing = ""
	}
	c.add(completionItem{Label: "---", Kind: kindText, Detail: c.s.say(diag.Say("the front matter"))}, "---\n$1"+closing)
}
