package site

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
)

// Address is a page of the site, for those who compare two sites.
type Address struct {
	Path  string         // below the site's root, ends with a slash
	Kind  string         // page: an entry's own; list; redirect: from a name that an entry had; notice: of what is gone
	Entry *catalog.Entry // whose own page it is, or nil
}

// Addresses lists the site's pages in the order of their paths.
func (s *Site) Addresses() []Address {
	var all []Address
	units := s.Units()
	for i := range units {
		u := &units[i]
		for _, p := range u.Paths {
			address, ok := strings.CutSuffix(p, "index.html")
			if !ok || address == "" {
				continue
			}
			a := Address{Path: address, Kind: "list"}
			switch {
			case u.Entry != nil:
				a.Kind, a.Entry = "page", u.Entry
			case u.Gone != nil:
				a.Kind = "notice"
			case u.Leads != nil:
				a.Kind = "redirect"
			}
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b Address) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// Card renders the card of a product as lists show it, in the language with this
// tag; "" where the site does not show it.
func (s *Site) Card(tag string, p *catalog.Product) string {
	for _, l := range s.languages {
		if _, shown := s.number[p]; shown && l.Tag == tag {
			card, err := s.card(l, p)
			if err != nil {
				return ""
			}
			return string(card)
		}
	}
	return ""
}
