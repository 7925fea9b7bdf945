package site

import (
	"fmt"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/raster"
)

// perPage is how many products or sellers a page of a list shows.
const perPage = 24

// plan lists the site's units. The order is that of the files' importance to
// somebody who waits for them; it has no other meaning.
func (s *Site) plan() {
	s.add(s.choose, "index.html")
	s.add(s.notFound, "404.html")
	for _, l := range s.languages {
		s.add(func(w *writer) error { return s.home(w, l) }, fileOf(l.Tag))
		s.add(func(w *writer) error { return s.languageNotFound(w, l) }, l.Tag+"/404.html")
		s.add(func(w *writer) error { return s.atom(w, l) }, l.Tag+"/feed.atom")
		s.add(func(w *writer) error { return s.categoryList(w, l) }, fileOf(l.Tag+"/categories"))
		s.paged(l.Tag+"/products/", len(l.products), func(w *writer, p pager) error { return s.productList(w, l, p) })
		s.paged(l.Tag+"/sellers/", len(l.sellers), func(w *writer, p pager) error { return s.sellerList(w, l, p) })
		for _, c := range s.categories() {
			in := inCategory(l.products, c.ID)
			s.paged(categoryPath(l.Tag, c.ID), len(in), func(w *writer, p pager) error { return s.category(w, l, c, in, p) })
		}
	}
	for _, p := range s.pages {
		s.entry(func(w *writer) error { return s.page(w, p) }, func(tag string) string { return pagePath(tag, p) })
	}
	for _, seller := range s.sellers {
		s.entry(func(w *writer) error { return s.seller(w, seller) }, func(tag string) string { return sellerPath(tag, seller) })
		s.files(&seller.Entry)
	}
	for _, p := range s.products {
		s.entry(func(w *writer) error { return s.product(w, p) }, func(tag string) string { return productPath(tag, p) })
		s.files(&p.Entry)
	}
	for _, a := range s.opt.Theme.Assets {
		s.add(func(w *writer) error { return w.emit(a.Path, a.Data) }, a.Path)
	}
	s.planSitemap()
	s.add(s.robots, "robots.txt")
}

// add plans a unit.
func (s *Site) add(render func(*writer) error, paths ...string) {
	s.units = append(s.units, Unit{Paths: paths, render: render})
}

// entry plans an entry's page in each language, in one unit.
func (s *Site) entry(render func(*writer) error, address func(tag string) string) {
	var paths []string
	for _, l := range s.languages {
		paths = append(paths, fileOf(address(l.Tag)))
	}
	s.add(render, paths...)
}

// files plans the files that an entry refers to.
func (s *Site) files(e *catalog.Entry) {
	for i := range e.Files {
		f := &e.Files[i]
		s.add(func(w *writer) error {
			data, err := s.opt.File(f)
			if err != nil {
				return err
			}
			return w.emit(filePath(f), raster.Clean(data))
		}, filePath(f))
	}
}

// pager is one page of a list.
type pager struct {
	Number, Last int // from 1
	first        string
}

// paged plans a list of n items whose first page is at an address.
func (s *Site) paged(address string, n int, render func(*writer, pager) error) {
	last := max(1, (n+perPage-1)/perPage)
	for number := 1; number <= last; number++ {
		p := pager{number, last, address}
		s.add(func(w *writer) error { return render(w, p) }, fileOf(p.address(number)))
	}
}

// address returns the address of the list's page with this number.
func (p pager) address(number int) string {
	if number <= 1 {
		return p.first
	}
	return fmt.Sprintf("%spage/%d/", p.first, number)
}

// of returns the page's items.
func of[T any](p pager, all []T) []T {
	from := min((p.Number-1)*perPage, len(all))
	return all[from:min(from+perPage, len(all))]
}

// categories returns all categories, those of services last. An id has one
// page, whatever list it is in.
func (s *Site) categories() []catalog.Category {
	return slices.Concat(s.catalog.Categories, s.catalog.Services)
}

func inCategory(products []*catalog.Product, id string) []*catalog.Product {
	var in []*catalog.Product
	for _, p := range products {
		if slices.Contains(p.Categories, id) {
			in = append(in, p)
		}
	}
	return in
}
