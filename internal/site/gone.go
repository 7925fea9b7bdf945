package site

import (
	"time"

	"vitrine/internal/catalog"
)

// gone is what the small page of something that is gone says, as far as it is
// the same in every language.
type gone struct {
	*catalog.Gone
	kind        string          // product, seller or page: words begin with gone.<kind>
	effect      string          // the word for what goes on; "" for none
	seller      *catalog.Seller // a visible one
	replacement *catalog.Product
}

func (s *Site) gonePage(_ *catalog.Page, g *catalog.Gone) *gone {
	return &gone{Gone: g, kind: "page", replacement: s.replacement(g.Replacement)}
}

func (s *Site) goneSeller(_ *catalog.Seller, g *catalog.Gone) *gone {
	return &gone{Gone: g, kind: "seller", effect: "gone.effect.seller", replacement: s.replacement(g.Replacement)}
}

func (s *Site) goneProduct(p *catalog.Product, g *catalog.Gone) *gone {
	out := &gone{Gone: g, kind: "product", effect: "gone.effect." + string(p.Type), replacement: s.replacement(g.Replacement)}
	if p.Pricing == catalog.Subscription {
		out.effect = "gone.effect.subscription"
	}
	if s.opt.Visible.Seller(p.Seller) {
		out.seller = p.Seller
	}
	return out
}

// replacement finds the product to look at instead, or nil.
func (s *Site) replacement(ref string) *catalog.Product {
	return s.opt.Visible.Replacement(s.catalog, ref)
}

// goneView is the small page of something that is gone: the same in every
// language of the catalog, the page's own first.
type goneView struct {
	Parts []gonePart
}

type gonePart struct {
	Tag         string // of the language
	First       bool
	What        string // Unpublished product
	Title       string
	Lead        string
	Since       time.Time
	Day         string
	Reason      string
	Note        string
	Effect      string
	Replacement link
	Seller      link
	Products    link
	Words       goneWords
}

// goneWords are words in the part's language: those of the page are in its own.
type goneWords struct{ Since, Reason, Replacement string }

// planGone plans the small page of what is gone. Nothing else leads there: it
// is in no list, sitemap or feed.
func (s *plan) planGone(f former, addresses []string) {
	u := Unit{Paths: s.filesOf(addresses), Gone: f.entry, render: func(w *writer) error { return s.gone(w, f, addresses) }}
	if !f.gone.Purge {
		u.Says = append(u.Says, f.title...)
		u.Says = append(u.Says, f.gone.Note...)
		u.Says = append(u.Says, f.addresses[0])
	}
	s.units = append(s.units, u)
}

func (s *Site) gone(w *writer, f former, addresses []string) error {
	for i, l := range s.languages {
		page := &goneView{Parts: []gonePart{s.gonePart(l, f)}}
		for j, other := range s.languages {
			if j != i {
				page.Parts = append(page.Parts, s.gonePart(other, f))
			}
		}
		page.Parts[0].First = true
		v := s.view(l, f.addresses[0], page.Parts[0].Title, page.Parts[0].Lead)
		v.NoIndex, v.Canonical = true, ""
		if f.gone.Purge { // not even the address
			for i := range v.Alternates {
				v.Alternates[i].Href = s.href(v.Alternates[i].Tag + "/")
			}
		}
		v.Page = page
		if err := s.everywhere(w, l, "gone", addresses, v); err != nil {
			return err
		}
	}
	return nil
}

// gonePart makes the page's part in one language. A purged one names nothing.
func (s *Site) gonePart(l *lang, f former) gonePart {
	g := f.gone
	p := gonePart{Tag: l.Tag, Products: link{Name: l.Word("notfound.products"), Href: s.in(l, "products/")}}
	if g.Purge {
		p.Title, p.Lead = l.Word("gone.purged.title"), l.Word("gone.purged.text")
		return p
	}
	p.Words = goneWords{l.Word("gone.since"), l.Word("gone.reason"), l.Word("gone.replacement")}
	p.What, p.Title = l.Word("gone."+g.kind+".what"), l.text(f.title)
	p.Lead = l.Word("gone." + g.kind + ".text")
	p.Since, p.Day = g.Since.Time(), l.Date(g.Since.Time())
	p.Note = l.text(g.Note)
	if g.Reason != "" {
		p.Reason = l.Word("reason." + g.Reason)
	}
	if g.effect != "" {
		p.Effect = l.Word(g.effect)
	}
	if to := g.replacement; to != nil {
		p.Replacement = link{Name: l.text(to.Title), Href: s.in(l, productPath(to))}
	}
	if g.seller != nil {
		p.Seller = link{Name: l.Word("gone.showcase", "seller", l.text(g.seller.Name)), Href: s.in(l, sellerPath(g.seller))}
	}
	return p
}
