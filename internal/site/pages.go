package site

import (
	"vitrine/internal/catalog"
)

// latestOnHome is how many products the home page shows.
const latestOnHome = 12

func (s *Site) home(w *writer, l *lang) error {
	v := homeView{view: s.view(l, "", l.frame.Site, l.frame.About), Products: len(s.products), Sellers: len(s.sellers)}
	v.Categories, v.Services = s.categoryCards(l)
	v.Latest = s.cards(l, s.latest(latestOnHome))
	return s.execute(w, "home", fileOf(l.Tag), v)
}

func (s *Site) categoryCards(l *lang) (products, services []categoryCard) {
	compare := l.Sorter()
	cards := func(of []catalog.Category) (out []categoryCard) {
		for _, c := range of {
			out = append(out, categoryCard{
				Href: s.href(categoryPath(l.Tag, c.ID)), Name: l.text(c.Name), Description: l.text(c.Description),
				Products: len(inCategory(s.products, c.ID)),
			})
		}
		sortBy(out, func(c categoryCard) string { return c.Name }, compare)
		return out
	}
	return cards(s.catalog.Categories), cards(s.catalog.Services)
}

func (s *Site) categoryList(w *writer, l *lang) error {
	title := l.Word("categories.title")
	about := l.Word("categories.description", "site", l.frame.Site)
	v := categoryListView{view: s.view(l, "categories/", title, about)}
	v.Categories, v.Services = s.categoryCards(l)
	v.crumbs(link{Name: title})
	return s.execute(w, "categories", fileOf(l.Tag+"/categories"), v)
}

// list makes the view of a page of products.
func (s *Site) list(l *lang, p pager, title, description string, products []*catalog.Product) productListView {
	v := productListView{view: s.view(l, p.address(p.Number)[len(l.Tag)+1:], title, description), Total: len(products), Pages: s.pageLinks(p)}
	if p.Number > 1 {
		v.Title = l.Word("pager.title", "title", title, "n", l.Number(itoa(p.Number)))
	}
	v.Products = s.cards(l, of(p, products))
	return v
}

func (s *Site) productList(w *writer, l *lang, p pager) error {
	title := l.Word("products.title")
	about := l.Word("products.description", "site", l.frame.Site)
	v := s.list(l, p, title, about, l.products)
	v.crumbs(link{Name: title})
	return s.execute(w, "products", fileOf(p.address(p.Number)), v)
}

func (s *Site) category(w *writer, l *lang, c catalog.Category, in []*catalog.Product, p pager) error {
	name := l.text(c.Name)
	about := l.text(c.Description)
	if about == "" {
		about = l.Word("category.description", "category", name, "site", l.frame.Site)
	}
	v := s.list(l, p, name, about, in)
	v.Intro = l.text(c.Description)
	v.crumbs(v.navigation("categories"), link{Name: name})
	return s.execute(w, "products", fileOf(p.address(p.Number)), v)
}

func (s *Site) sellerList(w *writer, l *lang, p pager) error {
	title := l.Word("sellers.title")
	about := l.Word("sellers.description", "site", l.frame.Site)
	v := sellerListView{view: s.view(l, p.address(p.Number)[len(l.Tag)+1:], title, about), Total: len(l.sellers), Pages: s.pageLinks(p)}
	if p.Number > 1 {
		v.Title = l.Word("pager.title", "title", title, "n", l.Number(itoa(p.Number)))
	}
	for _, seller := range of(p, l.sellers) {
		v.Sellers = append(v.Sellers, s.sellerCard(l, seller))
	}
	v.crumbs(link{Name: title})
	return s.execute(w, "sellers", fileOf(p.address(p.Number)), v)
}

// page renders one of the catalog's own pages in every language.
func (s *Site) page(w *writer, p *catalog.Page) error {
	bodies, err := s.bodies(&p.Entry)
	if err != nil {
		return err
	}
	for _, l := range s.languages {
		v := pageView{view: s.view(l, "pages/"+p.Slug+"/", l.text(p.Title), l.text(p.Summary)), Body: bodies[l.index]}
		v.Draft = p.Status == catalog.Draft
		v.crumbs(link{Name: v.Title})
		if err := s.execute(w, "page", fileOf(pagePath(l.Tag, p)), v); err != nil {
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
		v := sellerView{
			view: s.view(l, "sellers/"+seller.Slug+"/", name, l.text(seller.Summary)),
			Name: name, Summary: l.text(seller.Summary),
			Logo:           s.picture(&seller.Entry, seller.Logo, ""),
			Certifications: seller.Certifications,
			Contact:        contact(l, seller.Contact),
			Body:           bodies[l.index],
		}
		v.Draft = seller.Status == catalog.Draft
		v.Contact.Website = l.text(seller.Website)
		if seller.Country != "" {
			v.Country = l.Country(seller.Country)
		}
		for _, d := range seller.Documents {
			if doc := s.document(l, &seller.Entry, l.text(d.Title), d.File); doc != nil {
				v.Documents = append(v.Documents, *doc)
			}
		}
		v.Products = s.cards(l, s.of(l, seller))
		v.crumbs(v.navigation("sellers"), link{Name: name})
		if err := s.execute(w, "seller", fileOf(sellerPath(l.Tag, seller)), v); err != nil {
			return err
		}
	}
	return nil
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
	v := chooseView{view: s.view(first, "", first.frame.Site, first.frame.About)}
	v.Canonical = s.absolute("")
	for _, l := range s.languages {
		lead := l.Word("choose.enter")
		v.Choices = append(v.Choices, choice{Language: l.Language, Href: s.href(l.Tag + "/"), Title: l.frame.Site, About: l.frame.About, Lead: lead})
	}
	return s.execute(w, "choose", "index.html", v)
}

// notFound renders the page for addresses outside any language.
func (s *Site) notFound(w *writer) error {
	first := s.languages[0]
	title := first.Word("notfound.title")
	v := chooseView{view: s.view(first, "", title, title)}
	v.NoIndex, v.Canonical = true, ""
	for _, l := range s.languages {
		lead := l.Word("notfound.title")
		text := l.Word("notfound.text")
		v.Choices = append(v.Choices, choice{Language: l.Language, Href: s.href(l.Tag + "/"), Title: lead, About: text, Lead: l.frame.Site})
	}
	return s.execute(w, "choose", "404.html", v)
}

func (s *Site) languageNotFound(w *writer, l *lang) error {
	title := l.Word("notfound.title")
	v := pageView{view: s.view(l, "", title, title)}
	v.NoIndex, v.Canonical = true, ""
	return s.execute(w, "404", l.Tag+"/404.html", v)
}
