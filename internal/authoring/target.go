package authoring

import (
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Target is an entry that is there: one of Page, Seller and Product.
type Target struct {
	Page    *catalog.Page
	Seller  *catalog.Seller
	Product *catalog.Product
}

// Entry is what all kinds of entries have in common.
func (t Target) Entry() *catalog.Entry {
	switch {
	case t.Page != nil:
		return &t.Page.Entry
	case t.Seller != nil:
		return &t.Seller.Entry
	}
	return &t.Product.Entry
}

// Name is how people name the entry: seller/product, seller, or a page's slug.
func (t Target) Name() string {
	if t.Product != nil {
		return t.Product.Ref()
	}
	return t.Entry().Slug
}

func (t Target) file() content.SourceFile {
	kind := content.ProductEntry
	switch {
	case t.Page != nil:
		kind = content.PageEntry
	case t.Seller != nil:
		kind = content.SellerEntry
	}
	return content.SourceFile{Path: t.Entry().Source, Kind: kind}
}

// Find finds the entry that a name means: seller/product, a seller's name, or
// the path of an entry's file or folder below the catalog's root.
func (a *Author) Find(name string) (Target, error) {
	c := a.Checked.Catalog
	name = strings.TrimSuffix(strings.TrimPrefix(name, "./"), "/")
	if p := c.Product(name); p != nil {
		return Target{Product: p}, nil
	}
	if s := c.Seller(name); s != nil {
		return Target{Seller: s}, nil
	}
	for _, p := range c.Pages {
		if p.Source == name {
			return Target{Page: p}, nil
		}
	}
	for _, s := range c.Sellers {
		if s.Source == name || path.Dir(s.Source) == name {
			return Target{Seller: s}, nil
		}
		for _, p := range s.Products {
			if p.Source == name || path.Dir(p.Source) == name {
				return Target{Product: p}, nil
			}
		}
	}
	return Target{}, refuse(a.meant(name), "there is no entry %s", diag.Quote(name))
}

// meant says which name may have been meant.
func (a *Author) meant(name string) diag.Text {
	c := a.Checked.Catalog
	seller, product, isRef := strings.Cut(name, "/")
	var names []string
	for _, s := range c.Sellers {
		if slices.Contains(s.Aliases, seller) {
			return diag.Say("it is called %s now", strings.TrimSuffix(s.Slug+"/"+product, "/"))
		}
		if !isRef {
			names = append(names, s.Slug)
		}
		for _, p := range s.Products {
			if s.Slug == seller && slices.Contains(p.Aliases, product) {
				return diag.Say("it is called %s now", p.Ref())
			}
			if isRef {
				names = append(names, p.Ref())
			}
		}
	}
	if near := diag.Nearest(name, names); near != "" {
		return diag.Say("did you mean %s?", near)
	}
	return diag.Say("write seller/product, a seller's name, or the path of its file")
}

// version returns the index of a product's version.
func version(p *catalog.Product, number string) (int, error) {
	var numbers []string
	for i, v := range p.Versions {
		if v.Version == number {
			return i, nil
		}
		numbers = append(numbers, diag.Visible(v.Version))
	}
	if len(numbers) == 0 {
		return 0, refuse(diag.Say("vitrine new version adds one"), "%s has no versions", p.Ref())
	}
	return 0, refuse(diag.Say("its versions are %s", strings.Join(numbers, ", ")), "%s has no version %s", p.Ref(), diag.Quote(number))
}
