package check

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var ruleCategory = &diag.Rule{
	ID: "category-unknown", Severity: diag.Error,
	Title: "a product's categories are in the catalog: services have categories of their own",
}

func categories(p *entryPass) {
	if p.Product == nil {
		return
	}
	switch p.Product.Type {
	case catalog.OMI, catalog.Outsourced, catalog.Service:
	default:
		return // which list they come from is not known
	}
	var ids []string
	for _, c := range p.settings.CategoriesOf(p.Product.Type) {
		ids = append(ids, c.ID)
	}
	for i, id := range p.Product.Categories {
		switch {
		case id == "":
		case slices.Contains(p.Product.Categories[:i], id):
			p.report(ruleTwice, []any{"categories", i}, diag.Say("delete one of the two"), "the category %s is named twice", diag.Quote(id))
		case !slices.Contains(ids, id):
			p.report(ruleCategory, []any{"categories", i}, choose(id, ids, "the categories are %s"),
				"the category %s is not in the catalog", diag.Quote(id))
		}
	}
}

var ruleTwice = &diag.Rule{
	ID: "item-duplicate", Severity: diag.Error,
	Title: "a list names nothing twice",
}

// choose is the help for a word that is not one of those that are known; the
// intro has a %s for them.
func choose(word string, known []string, intro string) diag.Text {
	if n := diag.Nearest(word, known); n != "" {
		return diag.Say("did you mean %s?", diag.Visible(n))
	}
	const most = 20
	list := diag.Say("%s", diag.Visible(strings.Join(known[:min(most, len(known))], ", ")))
	if len(known) == 0 {
		list = diag.Say("none yet")
	}
	if len(known) > most {
		list = diag.Say("%s and %d more", list, len(known)-most)
	}
	return diag.Say(intro, list)
}

var (
	ruleRegion = &diag.Rule{
		ID: "region-unknown", Severity: diag.Error,
		Title: "a product's Regions are in the catalog",
	}
	ruleRegionDefault = &diag.Rule{
		ID: "region-default-missing", Severity: diag.Error, Lack: true,
		Title: "an OMI product is offered in every default Region of the catalog",
	}
	ruleRegionEmpty = &diag.Rule{
		ID: "region-without-version", Severity: diag.Error, Lack: true,
		Title: "in each of its Regions, a published OMI product has a published version",
	}
)

func regions(p *entryPass) {
	if p.Product == nil || p.Product.Type != catalog.OMI {
		return
	}
	var ids []string
	for _, r := range p.settings.Regions {
		ids = append(ids, r.ID)
	}
	named := p.Product.Regions
	for i, id := range named {
		switch {
		case id == "":
		case slices.Contains(named[:i], id):
			p.report(ruleTwice, []any{"regions", i}, diag.Say("delete one of the two"), "the Region %s is named twice", diag.Quote(id))
		case !slices.Contains(ids, id):
			p.report(ruleRegion, []any{"regions", i}, choose(id, ids, "the Regions are %s"), "Region %s is not in the catalog", diag.Quote(id))
		case p.Product.Status == catalog.Published && p.Product.Latest(id) == nil && hasPublished(p.Product):
			p.report(ruleRegionEmpty, []any{"regions", i}, diag.Say("add the OMI of this Region to a published version, or delete the Region"), "no published version has an OMI in %s", diag.Quote(id))
		}
	}
	for _, r := range p.settings.Regions {
		if r.Default && len(named) > 0 && !slices.Contains(named, r.ID) {
			p.report(ruleRegionDefault, []any{"regions"}, diag.Say("add %s to the list", r.ID), "the Region %s is missing: every OMI product is offered there", diag.Quote(r.ID))
		}
	}
}

func hasPublished(p *catalog.Product) bool {
	return slices.ContainsFunc(p.Versions, func(v catalog.Version) bool { return v.Status == catalog.Published })
}

var (
	ruleOMI = &diag.Rule{
		ID: "omi-form", Severity: diag.Error, Fixed: true,
		Title: "an OMI id is ami- and eight lowercase hexadecimal digits",
	}
	ruleImageRegion = &diag.Rule{
		ID: "version-region-unknown", Severity: diag.Error,
		Title: "a version's OMIs are in the product's Regions",
	}
	ruleVersionTwice = &diag.Rule{
		ID: "version-duplicate", Severity: diag.Error,
		Title: "a version is listed once",
	}
)

var omiForm = regexp.MustCompile(`^ami-[0-9a-f]{8}$`)

func versions(p *entryPass) {
	if p.Product == nil {
		return
	}
	for i, v := range p.Product.Versions {
		if j := slices.IndexFunc(p.Product.Versions[:i], func(w catalog.Version) bool { return w.Version == v.Version }); j >= 0 && v.Version != "" {
			f := p.report(ruleVersionTwice, []any{"versions", i, "version"}, diag.Say("give the newer one a number of its own"), "version %s is listed twice", diag.Quote(v.Version))
			f.Related = []diag.Note{{Span: p.At("versions", j, "version"), Message: diag.Say("first listed here")}}
		}
		for _, image := range v.Images {
			at := []any{"versions", i, "images", image.Region}
			if len(p.Product.Regions) > 0 && !slices.Contains(p.Product.Regions, image.Region) {
				help := choose(image.Region, p.Product.Regions, "the product's Regions are %s")
				if p.settings.Region(image.Region) != nil {
					help = diag.Say("add it to the product's regions, or delete it here")
				}
				p.Report(ruleImageRegion, p.KeyAt(at...), help,
					"Region %s is not one of the product's", diag.Quote(image.Region))
			}
			if image.OMI != "" && !omiForm.MatchString(image.OMI) {
				help := diag.Say("copy it from the console: ami- and eight characters of 0–9 and a–f")
				if low := strings.ToLower(image.OMI); omiForm.MatchString(low) {
					help = diag.Say("write %s", low)
				}
				p.report(ruleOMI, at, help, "%s is not an OMI id", diag.Quote(image.OMI))
			}
		}
	}
}

var (
	ruleCodeForm = &diag.Rule{
		ID: "product-code-form", Severity: diag.Error,
		Title: "a product code has the form that the catalog asks for",
	}
	ruleCodeReserved = &diag.Rule{
		ID: "product-code-reserved", Severity: diag.Error,
		Title: "a product code is not one of the operating systems' own",
	}
)

func codes(p *entryPass) {
	if p.Product == nil || p.Product.ProductCode == "" {
		return
	}
	code := p.Product.ProductCode
	at := []any{"product_code"}
	if slices.Contains(p.settings.Codes.Reserved, code) {
		p.report(ruleCodeReserved, at, diag.Say("use the code that your account was given, such as \"pty-1a2b3c4d\""), "%s is the code of an operating system", diag.Quote(code))
	}
	form := p.code()
	if form != nil && !form.MatchString(code) {
		help := diag.Say("copy it from your account: such as \"pty-1a2b3c4d\"")
		if low := strings.ToLower(code); form.MatchString(low) {
			help = diag.Say(`write "%s"`, low)
		}
		p.report(ruleCodeForm, at, help, "%s is not a product code: the catalog expects %s", diag.Quote(code), p.settings.Codes.Pattern)
	}
}

var (
	ruleOfferAll = &diag.Rule{
		ID: "offer-for-all-missing", Severity: diag.Error, Lack: true,
		Title: "a product that the marketplace bills has an offer for all buyers",
	}
	ruleOfferPricing = &diag.Rule{
		ID: "offer-key-not-for-pricing", Severity: diag.Error,
		Title: "an offer has only the rates of the product's pricing mode",
	}
	ruleOfferTwice = &diag.Rule{
		ID: "offer-duplicate", Severity: diag.Error,
		Title: "an offer's id is used once in a product",
	}
	ruleVMType = &diag.Rule{
		ID: "vm-type-form", Severity: diag.Error,
		Title: "a VM type is written tinavW.cXrYpZ: generation, vCores, GiB of memory, performance 1 to 3",
	}
	ruleCommitment = &diag.Rule{
		ID: "offer-billing-period", Severity: diag.Error,
		Title: "a commitment period is a whole number of billing periods",
	}
)

var vmTypeForm = regexp.MustCompile(`^tinav[1-9][0-9]*\.c[1-9][0-9]*r[1-9][0-9]*p[123]$`)

func offers(p *entryPass) {
	if p.Product == nil || p.Product.Type != catalog.OMI {
		return
	}
	pricing := p.Product.Pricing
	billed := pricing == catalog.PerVMType || pricing == catalog.Subscription
	forAll := false
	for i, o := range p.Product.Offers {
		forAll = forAll || o.Audience == "all" || o.Audience == ""
		if j := slices.IndexFunc(p.Product.Offers[:i], func(q catalog.Offer) bool { return q.ID == o.ID }); j >= 0 && o.ID != "" {
			f := p.report(ruleOfferTwice, []any{"offers", i, "id"}, diag.Say("give this offer an id of its own"), "the offer id %s is used twice", diag.Quote(o.ID))
			f.Related = []diag.Note{{Span: p.At("offers", j, "id"), Message: diag.Say("first used here")}}
		}
		offerKeys(p, i, &o)
		for j, t := range o.VMTypes {
			if t != "" && !vmTypeForm.MatchString(t) {
				p.report(ruleVMType, []any{"offers", i, "vm_types", j}, diag.Say("write it as in tinav6.c4r8p2"), "%s is not a VM type", diag.Quote(t))
			}
		}
	}
	if billed && !forAll && len(p.Product.Offers) > 0 {
		p.report(ruleOfferAll, []any{"offers"}, diag.Say("add an offer with audience: all"), "no offer is for all buyers")
	}
}

// offerKeys compares an offer's rates with the product's pricing mode.
func offerKeys(p *entryPass, i int, o *catalog.Offer) {
	given := map[string]bool{
		"hourly": o.Hourly != nil, "yearly": o.Yearly != nil, "per": o.Per != "",
		"rate": o.Rate != nil, "commitment_months": o.CommitmentMonths != 0, "billing": o.Billing != "",
	}
	var foreign []string
	switch p.Product.Pricing {
	case catalog.PerVMType:
		foreign = []string{"rate", "commitment_months", "billing"}
	case catalog.Subscription:
		foreign = []string{"hourly", "yearly", "per"}
	}
	for _, key := range foreign {
		if given[key] {
			p.Report(ruleOfferPricing, p.KeyAt("offers", i, key), diag.Say("delete the key, or change the product's pricing"), "%s does not go with the pricing mode %s", key, p.Product.Pricing)
		}
	}
	months := map[string]int{"monthly": 1, "quarterly": 3, "yearly": 12}[o.Billing]
	if months > 0 && o.CommitmentMonths%months != 0 {
		p.report(ruleCommitment, []any{"offers", i, "commitment_months"}, diag.Say("write a multiple of %d, or change billing", months), "%d months cannot be billed %s", o.CommitmentMonths, o.Billing)
	}
}
