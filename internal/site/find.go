package site

import (
	"strings"
)

// Unit returns the unit that makes the file at a path, or nil. It is always the
// same one. It plans no more than it has to: what stands there is mostly the
// page of an entry, or a list.
func (s *Site) Unit(path string) *Unit {
	if u, ok := s.asked.Load(path); ok {
		return u.(*Unit)
	}
	u := s.ownUnit(path)
	if u == nil {
		u = s.common()[path]
	}
	if u == nil {
		u = s.rest()[path]
	}
	if u == nil {
		return nil
	}
	first, _ := s.asked.LoadOrStore(path, u)
	return first.(*Unit)
}

// ownUnit looks for a path among those of the entries that it names: in
// fr/products/acme/vault/index.html and og/acme/vault.png, Vault of Acme.
func (s *Site) ownUnit(path string) *Unit {
	own := &plan{Site: s}
	names := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '.' })
	for i, name := range names {
		if seller := s.catalog.Seller(name); seller != nil && s.opt.Visible.Seller(seller) {
			own.planSeller(seller)
			own.addPoster(s.sellerPoster(seller))
			if i+1 < len(names) {
				if p := s.visible(seller.Slug + "/" + names[i+1]); p != nil {
					own.planProduct(p)
					own.addPoster(s.productPoster(p))
				}
			}
		}
		for _, p := range s.pages {
			if p.Slug == name {
				own.planPage(p)
			}
		}
	}
	return own.byPath()[path]
}

// planCommon plans what most pages need beside entries: lists and assets.
func (s *Site) planCommon() map[string]*Unit {
	p := &plan{Site: s}
	p.planLists()
	p.planAssets()
	return p.byPath()
}

// byPath lists the units by the paths of their files.
func (s *plan) byPath() map[string]*Unit {
	units := make(map[string]*Unit, len(s.units))
	for i := range s.units {
		for _, path := range s.units[i].Paths {
			units[path] = &s.units[i]
		}
	}
	return units
}
