package catalog

import (
	"slices"
	"strings"
)

// Address is a page of the site that sellers may link to, such as
// /fr/products/acme/vault/.
type Address struct {
	Path    string // below the site's root, ends with a slash
	Page    *Page  // one of these where the page is an entry's
	Seller  *Seller
	Product *Product
}

// Address finds the page that a path with a leading slash means, whatever its
// status. Later pages of lists have no lasting address and are not found.
func (c *Catalog) Address(path string) (Address, bool) {
	path = strings.Trim(path, "/")
	a := Address{Path: path + "/"}
	parts := strings.Split(path, "/")
	if c.Language(parts[0]) < 0 {
		return a, false
	}
	section := ""
	if len(parts) > 1 {
		section = parts[1]
	}
	switch rest := parts[min(2, len(parts)):]; {
	case len(parts) == 1:
		return a, true
	case len(rest) == 0:
		return a, section == "products" || section == "sellers" || section == "categories"
	case section == "products" && len(rest) == 2:
		a.Product = c.Product(rest[0] + "/" + rest[1])
		return a, a.Product != nil
	case section == "sellers" && len(rest) == 1:
		a.Seller = c.Seller(rest[0])
		return a, a.Seller != nil
	case section == "categories" && len(rest) == 1:
		return a, slices.ContainsFunc(slices.Concat(c.Categories, c.Services), func(c Category) bool { return c.ID == rest[0] })
	case section == "pages" && len(rest) == 1:
		i := slices.IndexFunc(c.Pages, func(p *Page) bool { return p.Slug == rest[0] })
		if i >= 0 {
			a.Page = c.Pages[i]
		}
		return a, i >= 0
	}
	return a, false
}

// Entry returns the entry whose page it is, or nil.
func (a Address) Entry() *Entry {
	switch {
	case a.Page != nil:
		return &a.Page.Entry
	case a.Seller != nil:
		return &a.Seller.Entry
	case a.Product != nil:
		return &a.Product.Entry
	}
	return nil
}

// Address reports whether the page of an address is visible.
func (v Visibility) Address(a Address) bool {
	switch {
	case a.Page != nil:
		return v.Page(a.Page)
	case a.Seller != nil:
		return v.Seller(a.Seller)
	case a.Product != nil:
		return v.Product(a.Product)
	}
	return true
}
