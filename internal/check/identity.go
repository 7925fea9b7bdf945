package check

import (
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var (
	ruleCodeTwice = &diag.Rule{
		ID: "product-code-duplicate", Severity: diag.Error, Fixed: true,
		Title: "a product code belongs to one product of the whole catalog, unpublished ones included",
	}
	ruleOMITwice = &diag.Rule{
		ID: "omi-duplicate", Severity: diag.Warning,
		Title: "an OMI id is given once: an image has another id in each Region, and a version an image of its own",
	}
)

func uniqueCodes(p *catalogPass) {
	first := make(map[string]*catalog.Product)
	for product := range p.catalog.Products {
		code := strings.ToLower(product.ProductCode)
		if code == "" {
			continue
		}
		if other := first[code]; other != nil {
			f := p.report(ruleCodeTwice, &product.Entry, []any{"product_code"}, diag.Say("each product has a code of its own: ask for one in your account"), "the product code %s is taken by %s", diag.Quote(product.ProductCode), other.Ref())
			f.Related = []diag.Note{{Span: p.span(&other.Entry, "product_code"), Message: diag.Say("first used here")}}
			continue
		}
		first[code] = product
	}
}

func uniqueOMIs(p *catalogPass) {
	type use struct {
		product *catalog.Product
		version int
		region  string
	}
	first := make(map[string]use)
	for product := range p.catalog.Products {
		for i, v := range product.Versions {
			for _, image := range v.Images {
				if image.OMI == "" {
					continue
				}
				if u, taken := first[image.OMI]; taken {
					f := p.report(ruleOMITwice, &product.Entry, []any{"versions", i, "images", image.Region}, diag.Say("copy the id of this version's image in this Region"), "the OMI %s is given already, by %s %s", diag.Quote(image.OMI), u.product.Ref(), diag.Visible(u.product.Versions[u.version].Version))
					f.Related = []diag.Note{{Span: p.span(&u.product.Entry, "versions", u.version, "images", u.region), Message: diag.Say("first given here")}}
					continue
				}
				first[image.OMI] = use{product, i, image.Region}
			}
		}
	}
}

var ruleAlias = &diag.Rule{
	ID: "alias-taken", Severity: diag.Error,
	Title: "a former slug leads to one entry, and is never given away",
}

// aliases compares former slugs with the slugs and former slugs beside them.
func aliases(p *catalogPass) {
	type named struct {
		entry *catalog.Entry
		alias int // -1 for the slug itself
	}
	unique := func(entries []*catalog.Entry) {
		first := make(map[string]named)
		for _, e := range entries {
			first[e.Slug] = named{e, -1}
		}
		for _, e := range entries {
			for i, a := range e.Aliases {
				if a == "" {
					continue
				}
				other, taken := first[a]
				if !taken {
					first[a] = named{e, i}
					continue
				}
				if other.entry == e {
					p.report(ruleAlias, e, []any{"aliases", i}, diag.Say("delete it"), "%s is this entry's name already", diag.Quote(a))
					continue
				}
				f := p.report(ruleAlias, e, []any{"aliases", i}, diag.Say("delete it here, or there"), "the alias %s is taken", diag.Quote(a))
				note := diag.Note{Span: p.span(other.entry), Message: diag.Say("by this entry")}
				if other.alias >= 0 {
					note.Span = p.span(other.entry, "aliases", other.alias)
				}
				f.Related = []diag.Note{note}
			}
		}
	}
	var pages, sellers []*catalog.Entry
	for _, page := range p.catalog.Pages {
		pages = append(pages, &page.Entry)
	}
	for _, s := range p.catalog.Sellers {
		sellers = append(sellers, &s.Entry)
		var products []*catalog.Entry
		for _, product := range s.Products {
			products = append(products, &product.Entry)
		}
		unique(products)
	}
	unique(pages)
	unique(sellers)
}

var ruleSlugReserved = &diag.Rule{
	ID: "slug-reserved", Severity: diag.Error, Fixed: true,
	Title: "no seller or category is named like a part of the site's addresses",
}

// reserved is what the site needs in addresses: /products/page/2/.
const reserved = "page"

func slugs(p *catalogPass) {
	for _, s := range p.catalog.Sellers {
		if s.Slug == reserved {
			p.reportAt(ruleSlugReserved, &s.Entry, diag.Span{Path: path.Dir(s.Source)}, diag.Say("rename the folder"), "the site needs the name %s for its own addresses", diag.Quote(reserved))
		}
		if i := slices.Index(s.Aliases, reserved); i >= 0 {
			p.report(ruleSlugReserved, &s.Entry, []any{"aliases", i}, diag.Say("delete it"), "the site needs the name %s for its own addresses", diag.Quote(reserved))
		}
	}
}
