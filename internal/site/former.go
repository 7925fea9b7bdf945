package site

import (
	"fmt"

	"vitrine/internal/catalog"
)

// former is an entry whose page stands, or stood, at more than one address.
type former struct {
	entry     *catalog.Entry
	addresses []string // paths below a language's part of the site, its own one first
	title     catalog.Text
	summary   catalog.Text
	gone      *gone // nil where it is visible
}

// planFormer plans what stands where something stood: a small page at each
// address of what is gone, and a redirect at each former address of what is
// not. No address is given twice: what an entry is called comes before what
// another one was called.
func (s *plan) planFormer() {
	all := s.formers()
	taken := make(map[string]bool)
	for _, p := range s.products {
		taken[productPath(p)] = true // those without former addresses are not in all
	}
	for _, seller := range s.sellers {
		taken[sellerPath(seller)] = true
	}
	for _, p := range s.pages {
		taken[pagePath(p)] = true
	}
	for _, f := range all {
		taken[f.addresses[0]] = true
	}
	for _, f := range all {
		var free []string
		for _, a := range f.addresses[1:] {
			if !taken[a] {
				taken[a] = true
				free = append(free, a)
			}
		}
		if f.gone != nil {
			s.planGone(f, append(free, f.addresses[0]))
		} else if len(free) > 0 {
			s.add(func(w *writer) error { return s.redirect(w, f, free) }, s.filesOf(free)...)
			s.units[len(s.units)-1].Leads = f.entry
		}
	}
}

// formers lists the entries that are gone, and the visible ones that had other
// names, in the order of the catalog.
func (s *Site) formers() (all []former) {
	visible := s.opt.Visible
	add := func(f former, shown bool) {
		if shown && len(f.addresses) > 1 || f.gone != nil {
			all = append(all, f)
		}
	}
	for _, p := range s.catalog.Pages {
		f := former{entry: &p.Entry, title: p.Title, summary: p.Summary}
		for _, name := range names(&p.Entry) {
			f.addresses = append(f.addresses, "pages/"+name+"/")
		}
		if g := visible.GonePage(p); g != nil {
			f.gone = s.gonePage(p, g)
		}
		add(f, visible.Page(p))
	}
	for _, seller := range s.catalog.Sellers {
		f := former{entry: &seller.Entry, title: seller.Name, summary: seller.Summary}
		for _, name := range names(&seller.Entry) {
			f.addresses = append(f.addresses, "sellers/"+name+"/")
		}
		if g := visible.GoneSeller(seller); g != nil {
			f.gone = s.goneSeller(seller, g)
		}
		add(f, visible.Seller(seller))
		for _, p := range seller.Products {
			f := former{entry: &p.Entry, title: p.Title, summary: p.Summary}
			for _, below := range names(&seller.Entry) {
				for _, name := range names(&p.Entry) {
					f.addresses = append(f.addresses, "products/"+below+"/"+name+"/")
				}
			}
			if g := visible.GoneProduct(p); g != nil {
				f.gone = s.goneProduct(p, g)
			}
			add(f, visible.Product(p))
		}
	}
	return all
}

// names returns what an entry is called in addresses, and what it was called.
func names(e *catalog.Entry) []string { return append([]string{e.Slug}, e.Aliases...) }

// filesOf returns the files of pages in every language.
func (s *Site) filesOf(addresses []string) (files []string) {
	for _, l := range s.languages {
		for _, a := range addresses {
			files = append(files, fileOf(l.Tag+"/"+a))
		}
	}
	return files
}

// redirectView is a page that leads to another one at once.
type redirectView struct {
	To link
}

// redirect renders the page that leads from former addresses to an entry's own.
func (s *Site) redirect(w *writer, f former, from []string) error {
	for _, l := range s.languages {
		v := s.view(l, f.addresses[0], l.text(f.title), l.text(f.summary)) // canonical and alternates are the entry's
		v.NoIndex = true
		v.Redirect = s.in(l, f.addresses[0])
		v.Page = &redirectView{link{Name: v.Title, Href: v.Redirect}}
		if err := s.everywhere(w, l, "redirect", from, v); err != nil {
			return err
		}
	}
	return nil
}

// everywhere renders one page of a language and hands it over at each of
// several addresses.
func (s *Site) everywhere(w *writer, l *lang, kind string, addresses []string, v *view) error {
	defer w.buffer.Reset()
	if err := l.theme.Execute(&w.buffer, kind, "", v); err != nil {
		return fmt.Errorf("page %s: %w", fileOf(l.Tag+"/"+addresses[0]), err)
	}
	for _, a := range addresses {
		if err := w.emit(fileOf(l.Tag+"/"+a), w.buffer.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
