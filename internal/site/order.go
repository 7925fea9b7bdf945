package site

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/catalog"
)

// sortBy puts items into a language's order of their texts; equal ones stay as
// they are.
func sortBy[T any](l *lang, items []T, text func(T) string) {
	type keyed struct {
		key  string
		at   int
		item T
	}
	all := make([]keyed, len(items))
	for i, item := range items {
		all[i] = keyed{l.SortKey(text(item)), i, item}
	}
	slices.SortFunc(all, func(a, b keyed) int { return cmp.Or(strings.Compare(a.key, b.key), a.at-b.at) })
	for i := range all {
		items[i] = all[i].item
	}
}

// sort puts products and sellers into a language's order.
func (s *Site) sort(l *lang, before *Site) {
	title, name := l.title, l.name
	if was := before.language(l); was != nil {
		l.products = resort(l, was.products, before.products, s.products, title, byRef)
		l.sellers = resort(l, was.sellers, before.sellers, s.sellers, name, bySlug)
		return
	}
	l.products = slices.Clone(s.products)
	sortBy(l, l.products, title)
	l.sellers = slices.Clone(s.sellers)
	sortBy(l, l.sellers, name)
}

func (l *lang) title(p *catalog.Product) string { return l.text(p.Title) }

func (l *lang) name(s *catalog.Seller) string { return l.text(s.Name) }

// The orders of entries in a catalog.

func bySlug(a, b *catalog.Seller) int { return strings.Compare(a.Slug, b.Slug) }

func byRef(a, b *catalog.Product) int {
	return cmp.Or(strings.Compare(a.Seller.Slug, b.Seller.Slug), strings.Compare(a.Slug, b.Slug))
}

// resort sorts entries of a catalog, given those that were sorted for another
// one: what is new is put between what is in both. was and now are in the
// catalog's order, and an entry that did not change is the same one in both.
func resort[T comparable](l *lang, sorted, was, now []T, text func(T) string, order func(a, b T) int) []T {
	gone, added := make(map[T]bool), []T(nil)
	for i, j := 0, 0; i < len(was) || j < len(now); {
		switch {
		case i < len(was) && j < len(now) && was[i] == now[j]:
			i, j = i+1, j+1
		case j == len(now) || i < len(was) && order(was[i], now[j]) <= 0:
			gone[was[i]] = true
			i++
		default:
			added = append(added, now[j])
			j++
		}
	}
	sortBy(l, added, text)
	out := make([]T, 0, len(now))
	from := 0 // of sorted: what comes before is in out
	keep := func(to int) {
		for ; from < to; from++ {
			if len(gone) == 0 || !gone[sorted[from]] {
				out = append(out, sorted[from])
			}
		}
	}
	for _, item := range added {
		key := l.SortKey(text(item))
		at, _ := slices.BinarySearchFunc(sorted, item, func(a, _ T) int {
			return cmp.Or(strings.Compare(l.SortKey(text(a)), key), order(a, item))
		})
		keep(max(from, at))
		out = append(out, item)
	}
	keep(len(sorted))
	return out
}

// shelf returns a visible seller's products in a language's order.
func (s *Site) shelf(l *lang, seller *catalog.Seller) *shelf {
	if of, ok := l.sorted.Load(seller); ok {
		return of.(*shelf)
	}
	of := &shelf{slices.Clone(s.bySeller[seller]), make(map[*catalog.Product]int)}
	sortBy(l, of.products, l.title)
	for i, p := range of.products {
		of.place[p] = i
	}
	l.sorted.Store(seller, of)
	return of
}

// byCategory lists the products of each category, in the order given.
func byCategory(products []*catalog.Product) map[string][]*catalog.Product {
	in := make(map[string][]*catalog.Product)
	for _, p := range products {
		for i, id := range p.Categories {
			if !slices.Contains(p.Categories[:i], id) {
				in[id] = append(in[id], p)
			}
		}
	}
	return in
}
