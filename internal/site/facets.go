package site

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/search"
)

// A facet is one of the ways to narrow down the products. Its values are pages
// of their own, and filters of the search.
type facet struct {
	Key    string // of the search's address: ?type=omi
	Name   string
	All    string // address of the page with all values; "" where there is none
	Values []facetValue
	First  []facetValue // those that most products have, for pages without the script
	Rest   []facetValue // the others, where no page has them
}

// firstValues is how many of a facet's values a page shows at once.
const firstValues = 10

// facetValue is a value that some product has.
type facetValue struct {
	Key   string // the facet's
	ID    string // the same in every language
	Name  string
	Href  string
	Count int    // products
	path  string // of its page, below the language's part of the site
}

// facetValues are a product's values of each facet, in the order of facetKeys.
func (s *Site) facetValues(p *catalog.Product) [len(facetKeys)][]string {
	return [...][]string{
		{string(p.Type)},
		p.Categories,
		{p.Seller.Slug},
		{string(p.Pricing)},
		p.Regions,
		s.certificationsOf[p.Seller],
	}
}

// Indexes in facetKeys.
const (
	categoryFacet      = 1
	sellerFacet        = 2
	certificationFacet = 5
)

var facetKeys = [...]string{"type", "category", "seller", "pricing", "region", "certification"}

// counts are how many products have each value of each facet. They are the same
// in every language.
type counts [len(facetKeys)]map[string]int

// count looks at each product once.
func (s *Site) count() (n counts) {
	for i := range n {
		n[i] = make(map[string]int)
	}
	for _, p := range s.products {
		for i, ids := range s.facetValues(p) {
			if i == sellerFacet || i == certificationFacet {
				continue // counted below, a seller at once
			}
			for k, id := range ids {
				if !slices.Contains(ids[:k], id) {
					n[i][id]++
				}
			}
		}
	}
	for _, seller := range s.sellers {
		products := len(s.bySeller[seller])
		n[sellerFacet][seller.Slug] = products
		for _, id := range s.certificationsOf[seller] {
			n[certificationFacet][id] += products
		}
	}
	return n
}

// newFacets returns a language's facets, whose values are in the catalog's order
// or in that of their names.
func (s *Site) newFacets(l *lang) []facet {
	lists, counts := s.facetLists(l), s.counts()
	out := make([]facet, len(facetKeys))
	for i, key := range facetKeys {
		out[i] = facet{Key: key, Name: l.Word("facet." + key)}
		for _, v := range lists[i] {
			if v.Count = counts[i][v.ID]; v.Count > 0 {
				v.Href = s.in(l, v.path)
				out[i].Values = append(out[i].Values, v)
			}
		}
	}
	out[categoryFacet].All, out[sellerFacet].All = s.in(l, "categories/"), s.in(l, "sellers/")
	for i := range out {
		out[i].shorten()
	}
	return out
}

// having lists the products that have each value of each facet, by their indexes
// in a language's order.
func (s *Site) having(l *lang) (out [len(facetKeys)]map[string][]int32) {
	for i := range out {
		out[i] = make(map[string][]int32)
	}
	for d, p := range l.products {
		for i, ids := range s.facetValues(p) {
			for k, id := range ids {
				if !slices.Contains(ids[:k], id) {
					out[i][id] = append(out[i][id], int32(d))
				}
			}
		}
	}
	return out
}

// shorten picks the values that a page shows at once, in the order of all.
func (f *facet) shorten() {
	f.First = f.Values
	if len(f.Values) <= firstValues+2 {
		return
	}
	byCount := slices.Clone(f.Values)
	slices.SortStableFunc(byCount, func(a, b facetValue) int { return cmp.Compare(b.Count, a.Count) })
	first := make(map[string]bool)
	for _, v := range byCount[:firstValues] {
		first[v.ID] = true
	}
	f.First = nil
	for _, v := range f.Values {
		if first[v.ID] {
			f.First = append(f.First, v)
		} else if f.All == "" {
			f.Rest = append(f.Rest, v)
		}
	}
}

// facetLists are the values that there may be.
func (s *Site) facetLists(l *lang) (out [len(facetKeys)][]facetValue) {
	add := func(i int, id, name, path string) {
		out[i] = append(out[i], facetValue{Key: facetKeys[i], ID: id, Name: name, path: path})
	}
	for _, t := range []catalog.ProductType{catalog.OMI, catalog.Outsourced, catalog.Service} {
		add(0, string(t), l.Word("type."+string(t)), "types/"+string(t)+"/")
	}
	for _, list := range [][]catalog.Category{s.catalog.Categories, s.catalog.Services} {
		from := len(out[1])
		for _, c := range list {
			if !slices.ContainsFunc(out[1][:from], func(v facetValue) bool { return v.ID == c.ID }) {
				add(1, c.ID, l.text(c.Name), categoryPath(c.ID))
			}
		}
		sortBy(l, out[1][from:], func(v facetValue) string { return v.Name })
	}
	for _, seller := range l.sellers {
		add(2, seller.Slug, l.text(seller.Name), sellerPath(seller))
	}
	for _, p := range []catalog.Pricing{catalog.PerVMType, catalog.Subscription, catalog.BYOL, catalog.Free} {
		add(3, string(p), l.Word("pricing."+string(p)), "pricing/"+string(p)+"/")
	}
	for _, r := range s.catalog.Regions {
		add(4, r.ID, r.ID, "regions/"+r.ID+"/")
	}
	for _, c := range s.certifications {
		add(5, c.id, c.name, "certifications/"+c.id+"/")
	}
	sortBy(l, out[5], func(v facetValue) string { return v.Name })
	return out
}

// certification is one that showcases name, in the spelling most of them use.
type certification struct{ id, name string }

// certify collects the certifications of showcases. Sellers write them as they
// like; spellings with one slug are one certification.
func (s *Site) certify() {
	s.certificationsOf = make(map[*catalog.Seller][]string)
	spellings := make(map[string]map[string]int)
	for _, seller := range s.sellers {
		for _, name := range seller.Certifications {
			id := slug(name)
			if id == "" || slices.Contains(s.certificationsOf[seller], id) {
				continue
			}
			s.certificationsOf[seller] = append(s.certificationsOf[seller], id)
			if spellings[id] == nil {
				spellings[id] = make(map[string]int)
			}
			spellings[id][name]++
		}
	}
	for id, names := range spellings {
		var best certification
		for name, n := range names {
			if c := cmp.Compare(n, names[best.name]); c > 0 || c == 0 && name < best.name {
				best = certification{id, name}
			}
		}
		s.certifications = append(s.certifications, best)
	}
	slices.SortFunc(s.certifications, func(a, b certification) int { return strings.Compare(a.id, b.id) })
}

// slug writes a name for an address: "ISO/IEC 27001" is iso-iec-27001.
func slug(name string) string {
	return strings.Join(strings.FieldsFunc(search.Fold(name), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	}), "-")
}
