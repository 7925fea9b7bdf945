package lsp

import (
	"context"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// target is what a word at a place stands for: one of these.
type target struct {
	from, to int // the word
	entry    *catalog.Entry
	name     catalog.Text
	about    catalog.Text
	category *catalog.Category
	region   string
	file     string // in the entry's folder
	omi      string
}

// target tells what stands at the offset; ok is false where it is nothing that is
// somewhere else.
func (c *completer) target() (t target, ok bool) {
	from, to, ok := c.d.front()
	switch {
	case !ok || c.catalog == nil:
		return t, false
	case c.offset <= to:
		return c.named(from, to)
	}
	link, start, end := linkAt(string(c.d.text), c.offset)
	t.from, t.to = start, end
	if strings.HasPrefix(link, "/") {
		address, known := c.catalog.Address(strings.SplitN(link, "#", 2)[0])
		if !known {
			return t, false
		}
		t.setEntry(address.Page, address.Seller, address.Product)
		return t, t.entry != nil
	}
	t.file = link
	return t, content.ValidFileName(link)
}

func (t *target) setEntry(page *catalog.Page, seller *catalog.Seller, product *catalog.Product) {
	switch {
	case page != nil:
		t.entry, t.name, t.about = &page.Entry, page.Title, page.Summary
	case seller != nil:
		t.entry, t.name, t.about = &seller.Entry, seller.Name, seller.Summary
	case product != nil:
		t.entry, t.name, t.about = &product.Entry, product.Title, product.Summary
	}
}

// named tells what a value of the front matter names.
func (c *completer) named(from, to int) (t target, ok bool) {
	p, ok := placeAt(string(c.d.text), from, to, c.offset)
	if !ok {
		return t, false
	}
	at, ok := slotAt(c.d.kind, p.parent.path())
	word := strings.Trim(string(c.d.text[p.from:p.to]), `"'`)
	t.from, t.to = p.from, p.to
	if !ok || word == "" {
		return t, false
	}
	if !p.value && !(p.item && at.single) {
		t.region = word
		return t, at.regions && c.catalog.Region(word) != nil
	}
	if p.value {
		if at, ok = at.enter(p.key); !ok {
			return t, false
		}
	}
	k := at.key
	switch {
	case !at.single:
		return t, false
	case k.Reference():
		t.setEntry(nil, nil, c.catalog.Product(word))
		return t, t.entry != nil
	case k.File():
		t.file = word
		return t, content.ValidFileName(word)
	case content.OMIForm.MatchString(word):
		t.omi = word
		return t, true
	}
	switch k.Path() {
	case "product.categories":
		for _, cat := range slices.Concat(c.catalog.CategoriesOf(p.facts().Type), c.catalog.Categories) {
			if cat.ID == word {
				t.category = &cat
				return t, true
			}
		}
	case "product.regions":
		t.region = word
		return t, c.catalog.Region(word) != nil
	case "catalog.navigation":
		if i := slices.IndexFunc(c.catalog.Pages, func(p *catalog.Page) bool { return p.Slug == word }); i >= 0 {
			t.setEntry(c.catalog.Pages[i], nil, nil)
			return t, true
		}
	}
	return t, false
}

func (s *server) definition(ctx context.Context, d *document, _ *placeParams, offset int) (any, error) {
	c := s.completer(ctx, d, offset)
	t, ok := c.target()
	if !ok {
		return nil, nil
	}
	switch {
	case t.entry != nil:
		return location{URI: d.in.uriOf(t.entry.Source)}, nil
	case t.file != "":
		name := path.Join(path.Dir(d.path), t.file)
		if _, err := os.Lstat(d.in.file(name)); err != nil {
			return nil, nil
		}
		return location{URI: d.in.uriOf(name)}, nil
	case t.category != nil:
		return c.setting(t.category.ID, "service_categories", "categories"), nil
	case t.region != "":
		return c.setting(t.region, "regions"), nil
	}
	return nil, nil
}

// setting finds the item with an id in one of the lists of catalog.yaml.
func (c *completer) setting(id string, lists ...string) any {
	t := c.d.in.text(content.CatalogPath)
	root := outline(string(t), 0, len(t))
	for _, list := range lists {
		n := root.child(list)
		if n == nil {
			continue
		}
		for _, item := range n.children {
			if k := item.child("id"); k != nil && k.scalar == id {
				return location{c.d.in.uriOf(content.CatalogPath), t.span(k.value, k.end, c.s.encoding)}
			}
		}
	}
	return nil
}

// text is a file's text: the editor's where it is open.
func (w *workspace) text(name string) text {
	if d := w.open(name); d != nil {
		return d.text
	}
	data, _ := os.ReadFile(w.file(name)) //nolint:gosec // a file of the catalog
	return text(data)
}

// open is the document of a file that is open, or nil.
func (w *workspace) open(name string) *document {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	for _, d := range w.s.documents {
		if d.in == w && d.path == name {
			return d
		}
	}
	return nil
}

// uriOf is the URI of a file, as the editor has it where it is open.
func (w *workspace) uriOf(name string) string {
	if d := w.open(name); d != nil {
		return d.uri
	}
	return uriOf(w.file(name))
}
