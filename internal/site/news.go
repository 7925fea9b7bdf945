package site

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
)

// item is an event in a language.
type item struct {
	Name   string // of the product, the version or the seller
	Title  string // a sentence that stands alone: "Vault 1.2 is available"
	Text   string
	Seller string // "" where hidden
	Path   string // of the page about it, below the language's part of the site
	When   time.Time
	id     string
	tags   []link // categories: Name is the word, Href the id
}

// item tells an event in a language.
func (s *Site) item(l *lang, e *event) item {
	i := item{When: e.when, id: s.eventID(l, e), Path: newPath}
	if e.seller != nil {
		i.Seller, i.Path = l.text(e.seller.Name), sellerPath(e.seller)
		i.Name, i.Text = i.Seller, l.text(e.seller.Summary)
	}
	if p := e.product; p != nil {
		i.Name, i.Text, i.Path = l.text(p.Title), l.text(p.Summary), productPath(p)
		for _, id := range p.Categories {
			i.tags = append(i.tags, link{Name: l.categories[id], Href: id})
		}
	}
	if e.version != nil {
		i.Name += " " + e.version.Version
	}
	switch {
	case e.kind == eventVersion:
		i.Title = l.Word("event.version", "name", i.Name)
		if !e.version.Notes.Empty() {
			i.Text = plain(l.text(e.version.Notes))
		}
	case e.kind == eventUpdated:
		i.Title = l.Word("event.updated", "name", i.Name)
	case e.kind == eventPublished && e.product == nil:
		i.Title = l.Word("event.seller", "name", i.Name)
	case e.kind == eventPublished:
		i.Title = l.Word("event.product", "name", i.Name, "seller", i.Seller)
	case e.version != nil:
		i.Title = l.Word("event.withdrawn.version", "name", i.Name)
		i.Text = l.Word("event.withdrawn.version.text")
	case e.seller != nil:
		i.Title, i.Text = l.Word("event.withdrawn.product", "seller", i.Seller), l.Word("event.withdrawn.product.text")
	default:
		i.Title, i.Text = l.Word("event.withdrawn.any"), l.Word("event.withdrawn.product.text")
	}
	if e.reason != "" {
		i.Text = l.Word("event.reason", "reason", l.Word("event.reason."+strings.ReplaceAll(e.reason, "-", "_"))) + " " + i.Text
	}
	return i
}

// plain returns a short text without the marks of code.
func plain(s string) string {
	if !strings.Contains(s, "`") {
		return s
	}
	var b strings.Builder
	for _, p := range pieces(s) {
		b.WriteString(p.Text)
	}
	return b.String()
}

// newPath is the page that tells what is new, below a language's part of the
// site.
const newPath = "new/"

// newGroup is one kind of news on that page.
type newGroup struct {
	ID    string
	Title string
	Items []newItem
}

type newItem struct {
	Name   string
	Text   string
	Seller string // "" where the name says it, or it is hidden
	Href   string // "" where there is no page about it
	When   time.Time
}

type newView struct {
	Groups []newGroup
}

// newPage renders what is new: products, versions and withdrawals, a hundred at
// most. Changed pages are for the feeds: nobody reads a list of them.
func (s *Site) newPage(w *writer, l *lang) error {
	title := l.Word("new.title")
	v := s.view(l, newPath, title, l.Word("new.description", "site", l.frame.Site))
	v.crumbs(link{Name: title})
	page := &newView{}
	v.Page = page
	groups := []struct {
		id   string
		most int
		has  func(*event) bool
	}{
		{"products", 40, func(e *event) bool { return e.kind == eventPublished && e.product != nil }},
		{"versions", 30, func(e *event) bool { return e.kind == eventVersion }},
		{"sellers", 10, func(e *event) bool { return e.kind == eventPublished && e.product == nil }},
		{"withdrawals", 20, func(e *event) bool { return e.kind == eventWithdrawn }},
	}
	for _, g := range groups {
		group := newGroup{ID: g.id, Title: l.Word("new." + g.id)}
		for i := range s.events.all {
			e := &s.events.all[i]
			if !g.has(e) {
				continue
			}
			told := s.item(l, e)
			item := newItem{Name: told.Name, Text: told.Text, When: told.When}
			if e.product != nil {
				item.Seller = told.Seller
			} else if e.kind == eventWithdrawn {
				item.Name = told.Title
			}
			if told.Path != newPath {
				item.Href = s.in(l, told.Path)
			}
			if group.Items = append(group.Items, item); len(group.Items) == g.most {
				break
			}
		}
		if len(group.Items) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
	return s.execute(w, l, "new", v)
}

// newVersion is a version in the list of the home page.
type newVersion struct {
	Name     string // of the product
	Version  string
	Href     string
	Released time.Time
}

// newVersions returns the versions that were released last, one a product.
func (s *Site) newVersions(l *lang, most int) []newVersion {
	var out []newVersion
	for _, p := range s.products {
		var newest *catalog.Version
		for i := range p.Versions {
			v := &p.Versions[i]
			if s.opt.Visible.Version(v) && v.Released <= s.opt.Visible.At && (newest == nil || v.Released > newest.Released) {
				newest = v
			}
		}
		if newest != nil && newest.Released != "" {
			out = append(out, newVersion{l.text(p.Title), newest.Version, s.in(l, productPath(p)), newest.Released.Time()})
		}
	}
	slices.SortStableFunc(out, func(a, b newVersion) int {
		return cmp.Or(b.Released.Compare(a.Released), strings.Compare(a.Href, b.Href))
	})
	return out[:min(most, len(out))]
}
