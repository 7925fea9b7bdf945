package check

import (
	"cmp"
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
		Why:   "Marketplace rule 6: each OMI product has one product code of its own. What is used of two products under one code could not be told apart, and VMs of an unpublished product go on being billed.",
		Help:  "ask for a product code of its own in your account",
	}
	ruleOMITwice = &diag.Rule{
		ID: "omi-duplicate", Severity: diag.Warning,
		Title: "an OMI id is given once: an image has another id in each Region, and a version an image of its own",
		Why:   "One image has another id in each Region, and each version has images of its own. An id that stands twice was most likely copied, and buyers would start the wrong image.",
		Help:  "copy the id of this version's image in this Region",
	}
)

func uniqueCodes(p *catalogPass) {
	var coded []*catalog.Product
	for product := range p.catalog.Products {
		if product.ProductCode != "" {
			coded = append(coded, product)
		}
	}
	// Whoever had the code before has it, then whoever is published: the
	// finding stands at the newcomer.
	slices.SortStableFunc(coded, func(a, b *catalog.Product) int { return cmp.Compare(p.newcomer(a), p.newcomer(b)) })
	first := make(map[string]*catalog.Product)
	for _, product := range coded {
		code := strings.ToLower(product.ProductCode)
		if other := first[code]; other != nil {
			f := p.report(ruleCodeTwice, &product.Entry, []any{"product_code"}, diag.Say("each product has a code of its own: ask for one in your account"), "the product code %s is taken by %s", diag.Quote(product.ProductCode), other.Ref())
			f.Related = []diag.Note{{Span: p.span(&other.Entry, "product_code"), Message: diag.Say("first used here")}}
			continue
		}
		first[code] = product
	}
}

// newcomer ranks a product by its right to its product code: the least first.
func (p *catalogPass) newcomer(product *catalog.Product) int {
	if p.was != nil {
		if was := p.was.Product(product.Ref()); was != nil && was.ProductCode == product.ProductCode {
			return 0
		}
	}
	if product.Status == catalog.Draft {
		return 2
	}
	return 1
}

func uniqueOMIs(p *catalogPass) {
	type use struct {
		product        *catalog.Product
		version, image int
	}
	images := 0
	for product := range p.catalog.Products {
		for i := range product.Versions {
			images += len(product.Versions[i].Images)
		}
	}
	first := make(map[string]use, images)
	for product := range p.catalog.Products {
		for i := range product.Versions {
			for k := range product.Versions[i].Images {
				image := &product.Versions[i].Images[k]
				if image.OMI == "" {
					continue
				}
				if u, taken := first[image.OMI]; taken {
					f := p.report(ruleOMITwice, &product.Entry, []any{"versions", i, "images", image.Region}, diag.Say("copy the id of this version's image in this Region"), "the OMI %s is given already, by %s %s", diag.Quote(image.OMI), u.product.Ref(), diag.Visible(u.product.Versions[u.version].Version))
					f.Related = []diag.Note{{Span: p.span(&u.product.Entry, "versions", u.version, "images", u.product.Versions[u.version].Images[u.image].Region), Message: diag.Say("first given here")}}
					continue
				}
				first[image.OMI] = use{product, i, k}
			}
		}
	}
}

var ruleAlias = &diag.Rule{
	ID: "alias-taken", Severity: diag.Error,
	Title: "a former name (an alias) leads to one entry, and is never given to another",
	Why:   "Links to a former name lead to its entry for ever. A name that was given away would lead buyers to somebody else.",
	Help:  "delete the alias",
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
				if p.isNew(other.entry) && !p.isNew(e) {
					f := p.reportAt(ruleAlias, other.entry, diag.Span{Path: other.entry.Source}, diag.Say("choose another name"), "the name %s leads to another entry, whose former name it is", diag.Quote(a))
					f.Related = []diag.Note{{Span: p.span(e, "aliases", i), Message: diag.Say("this one")}}
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

// isNew reports whether a comparison shows that an entry was not there before.
func (p *catalogPass) isNew(e *catalog.Entry) bool {
	if p.was == nil {
		return false
	}
	for was := range p.was.Entries {
		if was.Source == e.Source {
			return false
		}
	}
	return true
}

var ruleSlugReserved = &diag.Rule{
	ID: "slug-reserved", Severity: diag.Error, Fixed: true,
	Title: "no seller or category is named like a part of the site's addresses",
	Why:   "The site has addresses of its own, such as /en/products/page/2/. A seller or a category of that name would take their place.",
	Help:  "choose another name",
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
