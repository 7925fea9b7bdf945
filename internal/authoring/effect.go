package authoring

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
)

// Effect is what buyers notice when something is unpublished.
type Effect struct {
	Pages  []string // addresses below the site's root whose pages go
	Latest []Latest // of a version: what is the latest one then
	Links  []Link   // visible entries that lead there
}

// Latest is the latest version in a Region: "" where there is none left.
type Latest struct{ Region, Version string }

// Link is an entry that refers to another: by a key of its front matter, or by
// a link in its text, where the key is "".
type Link struct{ Path, Key string }

// Effect tells what a change that unpublishes an entry, or a version, means for
// buyers on a day.
func (a *Author) Effect(t Target, c *Change, version string, day catalog.Date) Effect {
	v := catalog.Visibility{At: day}
	if version != "" {
		return Effect{Latest: a.latest(t, c, v)}
	}
	var effect Effect
	gone := make(map[*catalog.Entry]bool)
	add := func(e *catalog.Entry, address string) {
		gone[e] = true
		for _, l := range a.languages() {
			effect.Pages = append(effect.Pages, "/"+l+address)
		}
	}
	now := catalog.Visibility{At: a.Today}
	switch {
	case t.Page != nil && now.Page(t.Page):
		add(&t.Page.Entry, "/pages/"+t.Page.Slug+"/")
	case t.Product != nil && now.Product(t.Product):
		add(&t.Product.Entry, "/products/"+t.Product.Ref()+"/")
	case t.Seller != nil && now.Seller(t.Seller):
		add(&t.Seller.Entry, "/sellers/"+t.Seller.Slug+"/")
		for _, p := range t.Seller.Products {
			if now.Product(p) {
				add(&p.Entry, "/products/"+p.Ref()+"/")
			}
		}
	}
	effect.Links = a.links(gone, now)
	return effect
}

// links lists the visible entries that lead to others which go.
func (a *Author) links(gone map[*catalog.Entry]bool, v catalog.Visibility) (links []Link) {
	c := a.Checked.Catalog
	goes := func(ref string) bool {
		p := c.Product(ref)
		return p != nil && gone[&p.Entry]
	}
	for p := range c.Products {
		switch {
		case !v.Product(p) || gone[&p.Entry]:
		case slices.ContainsFunc(p.Related, goes):
			links = append(links, Link{p.Source, "related"})
		case goes(p.ServiceOf):
			links = append(links, Link{p.Source, "service_of"})
		}
	}
	for e := range c.Entries {
		if e.Withdrawal != nil && goes(e.Withdrawal.Replacement) {
			links = append(links, Link{e.Source, "unpublished.replacement"})
		}
	}
	for e, visible := range v.Entries(c) {
		if !visible || gone[e] {
			continue
		}
		if slices.ContainsFunc(e.Links, func(l catalog.Link) bool {
			to, _, _ := strings.Cut(l.To, "#")
			address, ok := c.Address(to)
			return ok && address.Entry() != nil && gone[address.Entry()]
		}) {
			links = append(links, Link{e.Source, ""})
		}
	}
	return links
}

// latest tells what the latest version in each of a product's Regions is then.
func (a *Author) latest(t Target, c *Change, v catalog.Visibility) (all []Latest) {
	p := c.Then.Catalog.Product(t.Product.Ref())
	if p == nil {
		return nil
	}
	for _, region := range p.Regions {
		number := ""
		if n := p.Latest(region, v); n != nil {
			number = n.Version
		}
		all = append(all, Latest{region, number})
	}
	return all
}

func joined(words []string) string { return strings.Join(words, ", ") }
