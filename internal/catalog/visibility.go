package catalog

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// Visibility is which entries a site shows.
type Visibility struct {
	At     Date // the day whose public state is meant
	Drafts bool // show drafts as well, for a preview
}

// Page reports whether a page is visible.
func (v Visibility) Page(p *Page) bool { return v.shows(&p.Entry) }

// Seller reports whether a showcase is visible.
func (v Visibility) Seller(s *Seller) bool { return v.shows(&s.Entry) }

// Product reports whether a product is visible: it needs a showcase that is.
// (Rule 2 of the marketplace: a showcase exists before any product.) On a day
// before its first version, an OMI product was not there yet.
func (v Visibility) Product(p *Product) bool {
	return p.Seller != nil && v.shows(&p.Seller.Entry) && v.shows(&p.Entry) && !v.before(p)
}

// before reports whether the day is before all versions of a product.
func (v Visibility) before(p *Product) bool {
	return !v.Drafts && len(p.Versions) > 0 && !slices.ContainsFunc(p.Versions, func(n Version) bool { return n.Released <= v.At })
}

// Entries calls yield for every entry and whether it is visible.
func (v Visibility) Entries(c *Catalog) iter.Seq2[*Entry, bool] {
	return func(yield func(*Entry, bool) bool) {
		for _, p := range c.Pages {
			if !yield(&p.Entry, v.Page(p)) {
				return
			}
		}
		for _, s := range c.Sellers {
			if !yield(&s.Entry, v.Seller(s)) {
				return
			}
			for _, p := range s.Products {
				if !yield(&p.Entry, v.Product(p)) {
					return
				}
			}
		}
	}
}

// Version reports whether a version of a visible product is visible: from the
// day of its release to the day it was unpublished.
func (v Visibility) Version(n *Version) bool {
	switch {
	case n.Status == Draft:
		return v.Drafts
	case v.At < n.Released && !v.Drafts:
		return false
	case n.Status == Unpublished:
		return v.At < n.Gone // nobody knows of versions without such a day
	}
	return n.Status == Published
}

// shows reports whether an entry is visible by its own status and dates.
func (v Visibility) shows(e *Entry) bool {
	switch {
	case e.Faulty:
		return false
	case e.Status == Draft:
		return v.Drafts
	case v.At < e.PublishOn:
		return v.Drafts && e.Status == Published
	}
	end, ends := e.end()
	return (e.Status == Published || e.Status == Unpublished) && (!ends || v.At < end)
}

// end returns the first day on which an entry that was public is so no more,
// and whether there is one. The day is "" where an unpublished entry does not
// say since when: it was never public as far as we know.
func (e *Entry) end() (day Date, ends bool) {
	day, ends = e.UnpublishOn, e.UnpublishOn != ""
	if e.Status != Unpublished {
		return day, ends
	}
	if e.Withdrawal == nil {
		return "", true
	}
	if !ends || e.Withdrawal.Since < day {
		day = e.Withdrawal.Since
	}
	return day, true
}

// Gone says since when something that was public is so no more, and why.
type Gone struct {
	Since Date
	Withdrawal
}

// GonePage returns when and why a page went that was public; nil where it is
// public, or never was.
func (v Visibility) GonePage(p *Page) *Gone { return v.gone(&p.Entry) }

// GoneSeller returns when and why a showcase went that was public, or nil.
func (v Visibility) GoneSeller(s *Seller) *Gone { return v.gone(&s.Entry) }

// GoneProduct returns when and why a product went that was public, or nil. It
// goes with its seller at the latest; its own reason comes first.
func (v Visibility) GoneProduct(p *Product) *Gone {
	if p.Seller == nil || p.Faulty {
		return nil
	}
	own, seller := v.gone(&p.Entry), v.gone(&p.Seller.Entry)
	switch {
	case seller == nil && !v.shows(&p.Seller.Entry):
		return nil // without a showcase, no product was ever public
	case seller == nil:
		return own
	case own == nil && !(v.shows(&p.Entry) && p.Status != Draft && p.PublishOn < seller.Since):
		return nil
	case own == nil: // the seller's note and replacement are not the product's
		return &Gone{seller.Since, Withdrawal{Since: seller.Since, Reason: seller.Reason, Purge: seller.Purge}}
	}
	own.Since = min(own.Since, seller.Since)
	own.Purge = own.Purge || seller.Purge // the product's name tells the seller's
	return own
}

func (v Visibility) gone(e *Entry) *Gone {
	end, ends := e.end()
	if e.Faulty || e.Status == Draft || e.Status == "" || !ends || end == "" || v.At < end || end <= e.PublishOn {
		return nil
	}
	g := &Gone{Since: end}
	if e.Withdrawal != nil {
		g.Withdrawal = *e.Withdrawal
	}
	return g
}

// Replacement follows a reference to the product that buyers should look at
// instead: one that is visible, or nil. A replacement may have been replaced.
func (v Visibility) Replacement(c *Catalog, ref string) *Product {
	for range 16 { // a circle ends as well
		p := c.Product(ref)
		if p == nil || v.Product(p) {
			return p
		}
		g := v.GoneProduct(p)
		if g == nil {
			return nil
		}
		ref = g.Replacement
	}
	return nil
}

// Public returns a copy of a catalog that holds what is visible and nothing
// else. A site made of it says what the public state says by itself.
func (v Visibility) Public(c *Catalog) *Catalog {
	out := &Catalog{Settings: c.Settings, Prices: c.Prices}
	for _, p := range c.Pages {
		if v.Page(p) {
			out.Pages = append(out.Pages, p)
		}
	}
	for _, s := range c.Sellers {
		if !v.Seller(s) {
			continue
		}
		seller := new(*s)
		seller.Products = nil
		for _, p := range s.Products {
			if v.Product(p) {
				visible := new(*p)
				visible.Versions = slices.DeleteFunc(slices.Clone(p.Versions), func(n Version) bool { return !v.Version(&n) })
				visible.Seller = seller
				seller.Products = append(seller.Products, visible)
			}
		}
		out.Sellers = append(out.Sellers, seller)
	}
	return out
}

// Remains returns a catalog of what the small page of an entry needs that was
// public and is gone: of the entry no more than it may say, and what is visible
// of its seller and of its replacement.
func (v Visibility) Remains(c *Catalog, gone *Entry) *Catalog {
	out := &Catalog{Settings: c.Settings, Prices: c.Prices}
	sellers := make(map[string]*Seller)
	shown := func(s *Seller) *Seller {
		if sellers[s.Slug] == nil {
			sellers[s.Slug] = &Seller{Entry: v.remains(c, &s.Entry)}
			if v.Seller(s) {
				sellers[s.Slug] = new(*s)
				sellers[s.Slug].Products = nil
			}
		}
		return sellers[s.Slug]
	}
	for _, p := range c.Pages {
		switch {
		case v.Page(p):
			out.Pages = append(out.Pages, p)
		case &p.Entry == gone:
			out.Pages = append(out.Pages, &Page{Entry: v.remains(c, gone), Title: p.Title})
		}
	}
	for _, s := range c.Sellers {
		if &s.Entry == gone {
			shown(s).Name = s.Name
		}
		for _, p := range s.Products {
			if &p.Entry == gone {
				seller := shown(s)
				seller.Products = append(seller.Products, &Product{Entry: v.remains(c, gone), Seller: seller, Type: p.Type, Title: p.Title, Pricing: p.Pricing})
			}
		}
	}
	if gone.Withdrawal != nil {
		if p := v.Replacement(c, gone.Withdrawal.Replacement); p != nil {
			seller := shown(p.Seller)
			to := new(*p)
			to.Seller, to.Versions = seller, nil
			seller.Products = append(seller.Products, to)
		}
	}
	for _, slug := range slices.Sorted(maps.Keys(sellers)) {
		s := sellers[slug]
		slices.SortFunc(s.Products, func(a, b *Product) int { return strings.Compare(a.Slug, b.Slug) })
		out.Sellers = append(out.Sellers, s)
	}
	return out
}

// remains returns what the small page of an entry that is gone needs of it.
func (v Visibility) remains(c *Catalog, e *Entry) Entry {
	out := Entry{
		Source: e.Source, Slug: e.Slug, Aliases: e.Aliases, Faulty: e.Faulty,
		Status: e.Status, PublishOn: e.PublishOn, UnpublishOn: e.UnpublishOn,
	}
	if e.Withdrawal != nil {
		out.Withdrawal = new(*e.Withdrawal)
		out.Withdrawal.Replacement = ""
		if p := v.Replacement(c, e.Withdrawal.Replacement); p != nil {
			out.Withdrawal.Replacement = p.Ref()
		}
	}
	return out
}
