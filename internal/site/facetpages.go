package site

import (
	"net/url"

	"vitrine/internal/catalog"
)

// planFacets plans the pages of the facets' values that have no other page:
// types, pricing modes, Regions, certifications.
func (s *plan) planFacets() {
	for i, f := range s.languages[0].facets() {
		if f.Key == "category" || f.Key == "seller" {
			continue
		}
		for _, v := range f.Values {
			s.planList(v.path, v.Count, func(l *lang, p pager) []*catalog.Product { return l.withValue(i, v.ID, p) }, func(w *writer, l *lang, p pager) error { return s.facet(w, l, i, v.ID, p) })
		}
	}
}

// facet renders a page of the products that have a value of a facet.
func (s *Site) facet(w *writer, l *lang, i int, id string, p pager) error {
	f := &l.facets()[i]
	value := f.value(id)
	title, intro := l.facetTitle(f.Key, value)
	v, page, err := s.list(l, p, title, l.Word("facet.description", "title", title, "site", l.frame.Site), l.withValue(i, id, p), value.Count)
	if err != nil {
		return err
	}
	v.enter("products")
	page.Intro, page.Refine = intro, s.refine(l, f.Key, id)
	v.crumbs(v.navigation("products"), link{Name: title})
	return s.execute(w, l, "products", v)
}

// withValue returns the products of a page that have a value of a facet.
func (l *lang) withValue(i int, id string, p pager) []*catalog.Product {
	var products []*catalog.Product
	for _, d := range of(p, l.having()[i][id]) {
		products = append(products, l.products[d])
	}
	return products
}

// value returns a value that the facet has.
func (f *facet) value(id string) *facetValue {
	for i := range f.Values {
		if f.Values[i].ID == id {
			return &f.Values[i]
		}
	}
	return nil
}

// facetTitle returns the heading of a value's page, and what explains it.
func (l *lang) facetTitle(key string, v *facetValue) (title, intro string) {
	switch key {
	case "type":
		return l.Word("type.plural." + v.ID), l.Word("type.help." + v.ID)
	case "pricing":
		return l.Word("facet.title.pricing", "name", v.Name), l.Word("pricing.help." + v.ID)
	}
	return l.Word("facet.title."+key, "name", v.Name), ""
}

// refine returns the address of the search for the products with a value.
func (s *Site) refine(l *lang, key, id string) string {
	return s.in(l, "products/") + "?" + url.Values{key: {id}}.Encode()
}
