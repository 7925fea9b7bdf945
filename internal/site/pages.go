package site

import (
	"strings"

	"vitrine/internal/api"
	"vitrine/internal/catalog"
)

// latestOnHome is how many products the home page shows.
const latestOnHome = 12

// versionsOnHome is how many versions it shows.
const versionsOnHome = 8

func (s *Site) home(w *writer, l *lang) error {
	v := s.view(l, "", l.frame.Site, l.frame.About)
	page := &homeView{Products: len(s.products), Sellers: len(s.sellers)}
	v.Page = page
	site, by := s.ldHome(l)
	v.say(site, by)
	page.Categories, page.Services = s.categoryCards(l)
	page.Versions = s.newItems(l, s.releases(), versionsOnHome, nil)
	var err error
	if page.Latest, err = s.cards(l, s.latest()); err != nil {
		return err
	}
	return s.execute(w, l, "home", v)
}

func (s *Site) categoryCards(l *lang) (products, services []categoryCard) {
	cards := func(of []catalog.Category) (out []categoryCard) {
		for _, c := range of {
			out = append(out, categoryCard{
				Href: s.in(l, categoryPath(c.ID)), Name: l.text(c.Name), Description: l.text(c.Description),
				Products: s.counts()[categoryFacet][c.ID],
			})
		}
		sortBy(l, out, func(c categoryCard) string { return c.Name })
		return out
	}
	return cards(s.catalog.Categories), cards(s.catalog.Services)
}

func (s *Site) categoryList(w *writer, l *lang) error {
	title := l.Word("categories.title")
	about := l.Word("categories.description", "site", l.frame.Site)
	v := s.view(l, "categories/", title, about)
	page := &categoryListView{}
	page.Categories, page.Services = s.categoryCards(l)
	v.Page = page
	v.crumbs(link{Name: title})
	return s.execute(w, l, "categories", v)
}

// listPage makes the view of one page of a list.
func (s *Site) listPage(l *lang, p pager, title, description string) *view {
	if p.Number > 1 {
		title = l.Word("pager.title", "title", title, "n", l.Number(itoa(p.Number)))
	}
	return s.view(l, p.path(p.Number), title, description)
}

// inFirstView is how many cards of a list are seen at once on a phone and on a
// desktop alike: their pictures are not loaded late.
const inFirstView = 3

// list makes the view of a page of products, which is one of a list of so many.
func (s *Site) list(l *lang, p pager, title, description string, products []*catalog.Product, total int) (*view, *productListView, error) {
	v := s.listPage(l, p, title, description)
	page := &productListView{Total: total, Pages: s.pageLinks(l, p)}
	v.Page = page
	var err error
	page.Products, err = s.cards(l, products)
	for i := range min(inFirstView, len(page.Products)) {
		page.Products[i] = safe(strings.Replace(string(page.Products[i]), ` loading="lazy"`, "", 1))
	}
	return v, page, err
}

func (s *Site) productList(w *writer, l *lang, p pager) error {
	title := l.Word("products.title")
	about := l.Word("products.description", "site", l.frame.Site)
	v, _, err := s.list(l, p, title, about, of(p, l.products), len(l.products))
	if err != nil {
		return err
	}
	v.crumbs(link{Name: title})
	return s.execute(w, l, "products", v)
}

func (s *Site) category(w *writer, l *lang, c catalog.Category, p pager) error {
	name := l.text(c.Name)
	about := l.text(c.Description)
	if about == "" {
		about = l.Word("category.description", "category", name, "site", l.frame.Site)
	}
	in := l.in()[c.ID]
	v, page, err := s.list(l, p, name, about, of(p, in), len(in))
	if err != nil {
		return err
	}
	page.Intro = l.text(c.Description)
	v.OwnFeed = s.feedOf(l, categoryPath(c.ID), name)
	page.Refine = s.refine(l, "category", c.ID)
	v.crumbs(v.navigation("categories"), link{Name: name})
	return s.execute(w, l, "products", v)
}

func (s *Site) sellerList(w *writer, l *lang, p pager) error {
	title := l.Word("sellers.title")
	about := l.Word("sellers.description", "site", l.frame.Site)
	v := s.listPage(l, p, title, about)
	page := &sellerListView{Total: len(l.sellers), Pages: s.pageLinks(l, p)}
	v.Page = page
	for _, seller := range of(p, l.sellers) {
		page.Sellers = append(page.Sellers, s.sellerCard(l, seller))
	}
	v.crumbs(link{Name: title})
	return s.execute(w, l, "sellers", v)
}

// page renders one of the catalog's own pages in every language.
func (s *Site) page(w *writer, p *catalog.Page) error {
	bodies, err := s.bodies(&p.Entry)
	if err != nil {
		return err
	}
	for _, l := range s.languages {
		v := s.view(l, pagePath(p), l.text(p.Title), l.text(p.Summary))
		v.Page = &pageView{Body: bodies[l.index]}
		v.Draft = p.Status == catalog.Draft
		v.crumbs(link{Name: v.Title})
		if err := s.execute(w, l, "page", v); err != nil {
			return err
		}
	}
	return nil
}

// seller renders a showcase in every language.
func (s *Site) seller(w *writer, seller *catalog.Seller) error {
	bodies, err := s.bodies(&seller.Entry)
	if err != nil {
		return err
	}
	for _, l := range s.languages {
		name := l.text(seller.Name)
		v := s.view(l, sellerPath(seller), name, l.text(seller.Summary))
		v.Draft = seller.Status == catalog.Draft
		v.crumbs(v.navigation("sellers"), link{Name: name})
		v.OwnFeed = s.feedOf(l, sellerPath(seller), name)
		page := &sellerView{
			Name: name, Summary: l.text(seller.Summary),
			Logo:           s.picture(&seller.Entry, seller.Logo, ""),
			Certifications: seller.Certifications,
			Contact:        contact(l, seller.Contact),
			Body:           bodies[l.index],
		}
		v.Page = page
		v.Data = s.href(api.SellerPath(seller.Slug))
		v.Image, v.ImageText = s.posterURL(l, s.sellerPoster(seller)), name
		v.say(s.ldSeller(l, seller))
		page.Contact.Website = l.text(seller.Website)
		if seller.Country != "" {
			page.Country = l.Country(seller.Country)
		}
		for _, d := range seller.Documents {
			if doc := s.document(l, &seller.Entry, l.text(d.Title), d.File); doc != nil {
				page.Documents = append(page.Documents, *doc)
			}
		}
		products := s.shelf(l, seller).products
		p := pager{1, lastPage(len(products)), sellerPath(seller)}
		page.Total, page.Pages = len(products), s.pageLinks(l, p)
		if page.Products, err = s.cards(l, of(p, products)); err != nil {
			return err
		}
		if err := s.execute(w, l, "seller", v); err != nil {
			return err
		}
	}
	return s.sellerAPI(w, seller, s.bodyTexts(bodies))
}

// sellerProducts renders a later page of a showcase's products: the first ones
// are on the showcase, so that it stays small however much its seller offers.
func (s *Site) sellerProducts(w *writer, l *lang, seller *catalog.Seller, p pager) error {
	name := l.text(seller.Name)
	all := s.shelf(l, seller).products
	v, _, err := s.list(l, p, l.Word("seller.list", "seller", name), l.text(seller.Summary), of(p, all), len(all))
	if err != nil {
		return err
	}
	v.crumbs(v.navigation("sellers"), link{Name: name, Href: s.in(l, sellerPath(seller))}, link{Name: l.Word("pager.page", "n", l.Number(itoa(p.Number)))})
	return s.execute(w, l, "products", v)
}

func contact(l *lang, c catalog.Contact) contactView {
	v := contactView{Email: c.Email, Phone: c.Phone, URL: l.text(c.URL)}
	if c.Phone != "" {
		v.Tel = telephone(c.Phone)
	}
	return v
}

// choose renders the page at the site's root.
func (s *Site) choose(w *writer) error {
	first := s.languages[0]
	v := s.view(first, "", first.frame.Site, first.frame.About)
	v.Canonical = s.absolute("")
	page := &chooseView{}
	for _, l := range s.languages {
		page.Choices = append(page.Choices, choice{l.Tag, l.Name, l.frame.Home, l.frame.Site, l.frame.About, l.Word("choose.enter")})
	}
	v.Page = page
	site, by := s.ldMarketplace(first, v.Canonical)
	v.say(site, by)
	return s.executeFile(w, first, "choose", "index.html", v)
}

// notFound renders the page for addresses outside any language.
func (s *Site) notFound(w *writer) error {
	first := s.languages[0]
	v := s.notFoundView(first)
	page := &chooseView{}
	for _, l := range s.languages {
		page.Choices = append(page.Choices, choice{l.Tag, l.Name, l.frame.Home, l.Word("notfound.title"), l.Word("notfound.text"), l.frame.Site})
	}
	v.Page = page
	return s.executeFile(w, first, "choose", "404.html", v)
}

func (s *Site) languageNotFound(w *writer, l *lang) error {
	return s.executeFile(w, l, "404", l.Tag+"/404.html", s.notFoundView(l))
}

func (s *Site) notFoundView(l *lang) *view {
	title := l.Word("notfound.title")
	v := s.view(l, "", title, title)
	v.NoIndex, v.Canonical = true, ""
	return v
}
