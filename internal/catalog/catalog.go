// Package catalog is the domain: what a marketplace's catalog holds, in plain
// values. It knows nothing of files, YAML or HTML. Values are filled once, by
// package content, and only read afterwards.
package catalog

import (
	"slices"
	"strings"
)

// Text is a text in each of the catalog's languages, in their order. A missing
// one is the empty string. A Text without elements was not given at all.
type Text []string

// In returns the text in the language with index i, or "".
func (t Text) In(i int) string {
	if i < 0 || i >= len(t) {
		return ""
	}
	return t[i]
}

// Empty reports whether no language has a text.
func (t Text) Empty() bool {
	return !slices.ContainsFunc(t, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// Settings is what catalog.yaml says.
type Settings struct {
	Digest      [32]byte // SHA-256 of catalog.yaml
	Title       Text
	Description Text
	BaseURL     string   // absolute, ends with a slash
	Theme       string   // folder below themes/
	Languages   []string // BCP 47 tags; the first is the default
	Currency    string   // ISO 4217
	Contact     Contact
	Navigation  []string // slugs of pages, for the footer
	Staff       []string // GitHub handles that may change everything
	Regions     []Region
	Categories  []Category // of OMI and outsourced products
	Services    []Category // of professional services
	Codes       CodeRules
	Severities  map[string]string // rule ID to off, warning or error
	Waivers     []Waiver
}

// Waiver lets one rule's findings in one file or folder pass for a while.
type Waiver struct {
	Rule   string
	Path   string // below the catalog's root
	Reason string
	Until  Date // the last day
}

// Region is a Region of the cloud in which products are offered.
type Region struct {
	ID      string
	Default bool // every OMI product must be in it
}

// Category is one entry of the taxonomy.
type Category struct {
	ID          string
	Name        Text
	Description Text
}

// CodeRules says which product codes are well-formed and which are taken by
// the operating systems.
type CodeRules struct {
	Pattern  string // a regular expression, RE2 syntax
	Reserved []string
}

// Contact is how to reach an organisation; any part may be missing.
type Contact struct {
	Email string
	Phone string
	URL   Text
}

// Catalog is everything that was loaded: sellers, products and pages of every
// status, each in the order of its slug.
type Catalog struct {
	Settings
	Sellers []*Seller
	Pages   []*Page
	Prices  map[string]*PriceList // what VMs cost, by Region
}

// Language returns the index of a language tag in Languages, or -1.
func (c *Settings) Language(tag string) int { return slices.Index(c.Languages, tag) }

// Region returns the Region with this id, or nil.
func (c *Settings) Region(id string) *Region {
	if i := slices.IndexFunc(c.Regions, func(r Region) bool { return r.ID == id }); i >= 0 {
		return &c.Regions[i]
	}
	return nil
}

// CategoriesOf returns the categories that products of type t choose from.
// A catalog without service categories uses the same ones for all.
func (c *Settings) CategoriesOf(t ProductType) []Category {
	if t == Service && len(c.Services) > 0 {
		return c.Services
	}
	return c.Categories
}

// Seller returns the seller with this slug, or nil.
func (c *Catalog) Seller(slug string) *Seller {
	i, ok := slices.BinarySearchFunc(c.Sellers, slug, func(s *Seller, slug string) int { return strings.Compare(s.Slug, slug) })
	if !ok {
		return nil
	}
	return c.Sellers[i]
}

// Product returns the product with this reference, "seller/product", or nil.
func (c *Catalog) Product(ref string) *Product {
	seller, slug, ok := strings.Cut(ref, "/")
	if !ok {
		return nil
	}
	s := c.Seller(seller)
	if s == nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(s.Products, slug, func(p *Product, slug string) int { return strings.Compare(p.Slug, slug) })
	if !ok {
		return nil
	}
	return s.Products[i]
}

// Products calls yield for every product, in the order of sellers and slugs.
func (c *Catalog) Products(yield func(*Product) bool) {
	for _, s := range c.Sellers {
		for _, p := range s.Products {
			if !yield(p) {
				return
			}
		}
	}
}

// With returns the catalog with other entries in the place of some: change
// returns what to put for one, and whether to. Sellers without a change, and their
// products, are the same in both catalogs, as are pages. change is not asked for
// the sellers that are passed over, nor for their products; pass may be nil.
func (c *Catalog) With(change func(*Entry) (Entry, bool), pass func(*Seller) bool) *Catalog {
	out := &Catalog{Settings: c.Settings, Sellers: slices.Clone(c.Sellers), Pages: slices.Clone(c.Pages)}
	for i, p := range c.Pages {
		if e, ok := change(&p.Entry); ok {
			out.Pages[i] = new(*p)
			out.Pages[i].Entry = e
		}
	}
	for i, s := range c.Sellers {
		if pass != nil && pass(s) {
			continue
		}
		own, changed := change(&s.Entry)
		var products map[int]Entry
		for j, p := range s.Products {
			if e, ok := change(&p.Entry); ok {
				if products == nil {
					products = make(map[int]Entry)
				}
				products[j] = e
			}
		}
		if !changed && products == nil {
			continue
		}
		seller := new(*s)
		if changed {
			seller.Entry = own
		}
		seller.Products = make([]*Product, len(s.Products))
		for j, p := range s.Products {
			p = new(*p)
			p.Seller = seller
			if e, ok := products[j]; ok {
				p.Entry = e
			}
			seller.Products[j] = p
		}
		out.Sellers[i] = seller
	}
	return out
}

// Entries calls yield for every entry: pages, then each seller and its products.
func (c *Catalog) Entries(yield func(*Entry) bool) {
	for _, p := range c.Pages {
		if !yield(&p.Entry) {
			return
		}
	}
	for _, s := range c.Sellers {
		if !yield(&s.Entry) {
			return
		}
		for _, p := range s.Products {
			if !yield(&p.Entry) {
				return
			}
		}
	}
}
