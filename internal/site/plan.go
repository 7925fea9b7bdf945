package site

import (
	"fmt"
	"time"

	"vitrine/internal/api"
	"vitrine/internal/catalog"
	"vitrine/internal/raster"
)

// perPage is how many products or sellers a page of a list shows.
const perPage = 24

// plan lists a site's units, or some of them.
type plan struct {
	*Site
	units   []Unit
	indexed []indexed // the pages for the sitemap
}

// Units returns the plan. Paths are unique.
func (s *Site) Units() []Unit { return s.all().units }

// plan lists the site's units. The order is that of the files' importance to
// somebody who waits for them; it has no other meaning.
func (site *Site) plan() *plan {
	s := &plan{Site: site}
	s.planHomePosters()
	for _, seller := range s.sellers {
		s.addPoster(s.sellerPoster(seller))
	}
	for _, p := range s.products {
		s.addPoster(s.productPoster(p))
	}
	s.planLists()
	for _, p := range s.pages {
		s.planPage(p)
	}
	for _, seller := range s.sellers {
		s.planSeller(seller)
	}
	for _, p := range s.products {
		s.planProduct(p)
	}
	s.planFeeds()
	s.planFormer()
	s.each(comparePath, s.compare)
	s.planAssets()
	s.planAPI()
	s.planSitemap() // of the pages above
	s.add(s.robots, "robots.txt")
	s.add(s.llms, "llms.txt")
	return s
}

// planLists plans what is no entry's own: the home pages, the search and the
// lists.
func (s *plan) planLists() {
	s.add(s.choose, "index.html")
	s.add(s.notFound, "404.html")
	for _, l := range s.languages {
		s.add(func(w *writer) error { return s.languageNotFound(w, l) }, l.Tag+"/404.html")
		s.add(func(w *writer) error { return s.openSearch(w, l) }, openSearchPath(l))
	}
	for _, l := range s.languages { // early: it takes the longest
		s.add(func(w *writer) error { return s.search(w, l) }, searchPath(l))
	}
	s.each("", s.home)
	s.each("categories/", s.categoryList)
	s.each(newPath, s.newPage)
	s.planList("products/", len(s.products), func(l *lang, p pager) []*catalog.Product { return of(p, l.products) }, s.productList)
	s.pagesFrom(1, "sellers/", len(s.sellers), s.sellerList, func(k *keyer, l *lang, p pager) {
		k.filters(l)
		k.number(len(l.sellers))
		for _, seller := range of(p, l.sellers) {
			k.seller(seller)
		}
	})
	for _, c := range s.categories() {
		in := func(l *lang, p pager) []*catalog.Product { return of(p, l.in()[c.ID]) }
		s.planList(categoryPath(c.ID), s.counts()[categoryFacet][c.ID], in, func(w *writer, l *lang, p pager) error { return s.category(w, l, c, p) })
	}
	s.planFacets()
}

func (s *plan) planPage(p *catalog.Page) {
	s.entry(pagePath(p), &p.Entry, func(w *writer) error { return s.page(w, p) })
	s.depends(func(k *keyer) { k.whole(s.Site, &p.Entry) })
}

func (s *plan) planSeller(seller *catalog.Seller) {
	s.entry(sellerPath(seller), &seller.Entry, func(w *writer) error { return s.seller(w, seller) }, api.SellerPath(seller.Slug))
	s.depends(func(k *keyer) {
		k.whole(s.Site, &seller.Entry)
		k.seller(seller)
	})
	s.files(&seller.Entry)
	s.pagesFrom(2, sellerPath(seller), len(s.bySeller[seller]),
		func(w *writer, l *lang, p pager) error { return s.sellerProducts(w, l, seller, p) },
		func(k *keyer, l *lang, _ pager) {
			k.filters(l)
			k.seller(seller)
		})
}

func (s *plan) planProduct(p *catalog.Product) {
	s.entry(productPath(p), &p.Entry, func(w *writer) error { return s.product(w, p) }, productAPI(p))
	s.depends(func(k *keyer) { k.productPage(s.Site, p) })
	s.files(&p.Entry)
}

func (s *plan) planAssets() {
	for _, a := range s.opt.Theme.Assets {
		s.add(func(w *writer) error { return w.emit(a.Path, a.Data) }, a.Path)
		s.depends(func(*keyer) {}) // its bytes are in its name
	}
}

// add plans a unit.
func (s *plan) add(render func(*writer) error, paths ...string) {
	s.units = append(s.units, Unit{Paths: paths, render: render})
}

// depends says what the unit that was planned last is made of, beside what all
// pages show.
func (s *plan) depends(on func(*keyer)) { s.units[len(s.units)-1].depends = on }

// indexed is a page, in every language, that search engines should know.
type indexed struct {
	path    string    // below the language's part of the site: "products/page/2/"
	changed time.Time // zero where not known
}

// each plans a page in every language, a unit each. Its path is below the
// language's part of the site.
func (s *plan) each(path string, render func(*writer, *lang) error) {
	s.indexed = append(s.indexed, indexed{path: path})
	for _, l := range s.languages {
		s.add(func(w *writer) error { return render(w, l) }, fileOf(l.Tag+"/"+path))
	}
}

// entry plans an entry's page in every language, in one unit with the other
// files that are made of its text.
func (s *plan) entry(path string, e *catalog.Entry, render func(*writer) error, more ...string) {
	s.indexed = append(s.indexed, indexed{path, e.Changed})
	var paths []string
	for _, l := range s.languages {
		paths = append(paths, fileOf(l.Tag+"/"+path))
	}
	s.add(render, append(paths, more...)...)
	s.units[len(s.units)-1].Entry = e
}

// files plans the files that an entry refers to.
func (s *plan) files(e *catalog.Entry) {
	for i := range e.Files {
		f := &e.Files[i]
		s.add(func(w *writer) error {
			data, err := s.opt.File(f)
			if err != nil {
				return err
			}
			return w.emit(filePath(f), raster.Clean(data))
		}, filePath(f))
		s.depends(func(k *keyer) { k.key(f.Digest) })
	}
}

// pager is one page of a list.
type pager struct {
	Number, Last int    // from 1
	first        string // the path of the list's first page, below a language's part of the site
}

// planList plans a list of n products, whose first page is at a path, in every
// language. What a page of it shows are the products that on returns.
func (s *plan) planList(path string, n int, on func(*lang, pager) []*catalog.Product, render func(*writer, *lang, pager) error) {
	s.pagesFrom(1, path, n, render, func(k *keyer, l *lang, p pager) { k.list(l, n, on(l, p)) })
}

// pagesFrom plans the pages of a list of n items from one number on, where those
// before are planned elsewhere.
func (s *plan) pagesFrom(number int, path string, n int, render func(*writer, *lang, pager) error, depends func(*keyer, *lang, pager)) {
	for last := lastPage(n); number <= last; number++ {
		p := pager{number, last, path}
		s.indexed = append(s.indexed, indexed{path: p.path(number)})
		for _, l := range s.languages {
			s.add(func(w *writer) error { return render(w, l, p) }, fileOf(l.Tag+"/"+p.path(number)))
			s.depends(func(k *keyer) { depends(k, l, p) })
		}
	}
}

// lastPage returns how many pages a list of n items has; an empty one has one.
func lastPage(n int) int { return max(1, (n+perPage-1)/perPage) }

// path returns the path of the list's page with this number.
func (p pager) path(number int) string {
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
func (s *Site) categories() []catalog.Category { return s.allCategories }
