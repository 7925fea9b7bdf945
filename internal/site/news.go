package site

import (
	"slices"
	"strings"
	"time"
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
		i.Text = l.Word("event.reason", "reason", l.Word("reason."+e.reason)) + " " + i.Text
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

// versionsOnNew is how many versions the page of what is new shows.
const versionsOnNew = 20

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

// newPage renders what is new: products, versions, sellers and withdrawals, some of
// each. Changed pages are for the feeds: nobody reads a list of them. Versions are
// those released last, also where they came with their product.
func (s *Site) newPage(w *writer, l *lang) error {
	title := l.Word("new.title")
	v := s.view(l, newPath, title, l.Word("new.description", "site", l.frame.Site))
	v.crumbs(link{Name: title})
	groups := []newGroup{
		{"products", l.Word("new.products"), s.newItems(l, s.events().all, 24, func(e *event) bool { return e.kind == eventPublished && e.product != nil })},
		{"versions", l.Word("new.versions"), s.newItems(l, s.releases(), versionsOnNew, nil)},
		{"sellers", l.Word("new.sellers"), s.newItems(l, s.events().all, 10, func(e *event) bool { return e.kind == eventPublished && e.product == nil })},
		{"withdrawals", l.Word("new.withdrawals"), s.newItems(l, s.events().all, 20, func(e *event) bool { return e.kind == eventWithdrawn })},
	}
	v.Page = &newView{slices.DeleteFunc(groups, func(g newGroup) bool { return len(g.Items) == 0 })}
	return s.execute(w, l, "new", v)
}

// newItems tells the first of the events that are meant; nil means all.
func (s *Site) newItems(l *lang, events []event, most int, meant func(*event) bool) (items []newItem) {
	for i := range events {
		e := &events[i]
		if len(items) == most {
			break
		}
		if meant != nil && !meant(e) {
			continue
		}
		told := s.item(l, e)
		item := newItem{Name: told.Name, Text: told.Text, When: told.When}
		if e.product != nil {
			item.Seller = told.Seller
		} else if e.kind == eventWithdrawn {
			item.Name = told.Title // the seller's name would say too little
		}
		if told.Path != newPath {
			item.Href = s.in(l, told.Path)
		}
		items = append(items, item)
	}
	return items
}
