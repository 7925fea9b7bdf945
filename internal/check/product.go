package check

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var ruleCategory = &diag.Rule{
	ID: "category-unknown", Severity: diag.Error,
	Title: "a product's categories are in the catalog: services have categories of their own",
	Why:   "Buyers find products through the filters, which have the categories of catalog.yaml. A product in any other category would not be found.",
	Help:  "name categories of catalog.yaml",
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
				"the category %s is not in the catalog", diag.Quote(id)).Fix.Replace = diag.Nearest(id, ids)
		}
	}
}

var ruleTwice = &diag.Rule{
	ID: "item-duplicate", Severity: diag.Error,
	Title: "a list names nothing twice",
	Why:   "The page would show it twice. Most often another one was meant.",
	Help:  "delete one of the two",
}

// choose is the help for a word that is not one of those that are known; the
// intro has a %s for them.
func choose(word string, known []string, intro string) diag.Text {
	if n := diag.Nearest(word, known); n != "" {
		return diag.Say("did you mean %s?", diag.Visible(n))
	}
	const most = 20
	if len(known) == 0 {
		return diag.Say("there is none yet")
	}
	list := diag.Say("%s", diag.Visible(strings.Join(known[:min(most, len(known))], ", ")))
	if len(known) > most {
		list = diag.Say("%s and %d more", list, len(known)-most)
	}
	return diag.Say(intro, list)
}

var (
	ruleRegion = &diag.Rule{
		ID: "region-unknown", Severity: diag.Error,
		Title: "a product's Regions are in the catalog",
		Why:   "Buyers are told where they can start a product. Only the Regions where the marketplace sells, listed in catalog.yaml, can be meant.",
		Help:  "name Regions of catalog.yaml",
	}
	ruleRegionDefault = &diag.Rule{
		ID: "region-default-missing", Severity: diag.Error, Lack: true,
		Title: "an OMI product is offered in every default Region of the catalog",
		Why:   "The marketplace offers every OMI product in its main Region, cloudgouv-eu-west-1, and in others if the seller wants. catalog.yaml says which Regions are never left out.",
		Help:  "add the Region to the product's regions",
	}
	ruleRegionEmpty = &diag.Rule{
		ID: "region-without-version", Severity: diag.Error, Lack: true,
		Title: "in each of its Regions, a published OMI product has a published version",
		Why:   "Marketplace rule 7: the latest version is looked for among published versions, Region by Region. A Region without any would be offered with nothing to start.",
		Help:  "add the OMI of this Region to a published version, or delete the Region",
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
			p.report(ruleRegion, []any{"regions", i}, choose(id, ids, "the Regions are %s"), "Region %s is not in the catalog", diag.Quote(id)).Fix.Replace = diag.Nearest(id, ids)
		case p.Product.Status == catalog.Published && hasPublished(p.Product) && !publishedIn(p.Product, id):
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

// publishedIn reports whether a published version has an OMI in a Region,
// perhaps one that is released later.
func publishedIn(p *catalog.Product, region string) bool {
	return slices.ContainsFunc(p.Versions, func(v catalog.Version) bool { return v.Status == catalog.Published && v.Image(region) != "" })
}

var (
	ruleOMI = &diag.Rule{
		ID: "omi-form", Severity: diag.Error, Fixed: true,
		Title: "an OMI id is ami- and eight lowercase hexadecimal digits",
		Why:   "Buyers start their VM with this id. The OUTSCALE API writes it as ami- and eight hexadecimal digits; anything else starts nothing.",
		Help:  "copy the id from the console",
	}
	ruleImageRegion = &diag.Rule{
		ID: "version-region-unknown", Severity: diag.Error,
		Title: "a version's OMIs are in the product's Regions",
		Why:   "Buyers are shown the OMI ids by Region. One in a Region where the product is not offered would promise what cannot be bought.",
		Help:  "add the Region to the product's regions, or delete it in the version",
	}
	ruleVersionTwice = &diag.Rule{
		ID: "version-duplicate", Severity: diag.Error,
		Title: "a version is listed once",
		Why:   "Buyers and support name a version by its number. Marketplace rule 4: the OMI of a published version stays as it is; a change is a new version.",
		Help:  "give the newer version a number of its own",
	}
)

var omiForm = content.OMIForm

var ruleAccount = &diag.Rule{
	ID: "account-form", Severity: diag.Error,
	Title: "the number of an OUTSCALE account is twelve digits",
	Why:   "The online check compares the number with that of the account which the seller's OMIs belong to. Account numbers have twelve digits, and may begin with zeros.",
	Help:  "copy the account's number from the console, in quotes",
}

// accounts checks the accounts of a showcase.
func accounts(p *entryPass) {
	if p.Seller == nil {
		return
	}
	var ids []string
	for _, r := range p.settings.Regions {
		ids = append(ids, r.ID)
	}
	for _, a := range p.Seller.Accounts {
		if !slices.Contains(ids, a.Region) {
			p.Report(ruleRegion, p.KeyAt("accounts", a.Region), choose(a.Region, ids, "the Regions are %s"), "Region %s is not in the catalog", diag.Quote(a.Region)).Fix.Replace = diag.Nearest(a.Region, ids)
		}
		if a.Number != "" && !content.AccountForm.MatchString(a.Number) {
			p.report(ruleAccount, []any{"accounts", a.Region}, diag.Say(`write its twelve digits in quotes, such as "012345678901"`), "%s is not the number of an account", diag.Quote(a.Number))
		}
	}
}

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
				help, near := choose(image.Region, p.Product.Regions, "the product's Regions are %s"), diag.Nearest(image.Region, p.Product.Regions)
				if p.settings.Region(image.Region) != nil {
					near = ""
					help = diag.Say("add it to the product's regions, or delete it here")
				}
				p.Report(ruleImageRegion, p.KeyAt(at...), help,
					"Region %s is not one of the product's", diag.Quote(image.Region)).Fix.Replace = near
			}
			if image.OMI != "" && !omiForm.MatchString(image.OMI) {
				help, mended := diag.Say("copy it from the console: ami- and eight characters of 0–9 and a–f"), ""
				if low := strings.ToLower(image.OMI); omiForm.MatchString(low) {
					help, mended = diag.Say("write %s", low), low
				}
				p.report(ruleOMI, at, help, "%s is not an OMI id", diag.Quote(image.OMI)).Fix.Replace = mended
			}
		}
	}
}

var (
	ruleCodeForm = &diag.Rule{
		ID: "product-code-form", Severity: diag.Error,
		Title: "a product code has the form that the catalog asks for",
		Why:   "What buyers use is metered and billed by the product code. The marketplace publishes no form for it; ours, in catalog.yaml, catches slips of the pen and codes that lost their zeros.",
		Help:  "copy the product code from your account",
	}
	ruleCodeReserved = &diag.Rule{
		ID: "product-code-reserved", Severity: diag.Error,
		Title: "a product code is not one of the operating systems' own",
		Why:   "The codes 0001 to 0009 belong to operating systems. A product under one of them would be billed as the system, not as the product.",
		Help:  "use the product code that your account was given",
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
		Why:   "Marketplace rule 3: the marketplace bills products per VM type and by subscription. Every buyer must find an offer there; offers for some buyers alone come on top.",
		Help:  "add an offer with audience: all",
	}
	ruleOfferPricing = &diag.Rule{
		ID: "offer-key-not-for-pricing", Severity: diag.Error,
		Title: "an offer has only the rates of the product's pricing mode",
		Why:   "Marketplace rule 3: each pricing mode has rates of its own. A rate of another mode would be shown to nobody, or be taken for what is billed.",
		Help:  "delete the key, or change the product's pricing",
	}
	ruleOfferTwice = &diag.Rule{
		ID: "offer-duplicate", Severity: diag.Error,
		Title: "an offer's id is used once in a product",
		Why:   "The id tells a product's offers apart, in the catalog's data and when a change is reviewed.",
		Help:  "give the offer an id of its own",
	}
	ruleVMType = &diag.Rule{
		ID: "vm-type-form", Severity: diag.Error,
		Title: "a VM type is written tinavW.cXrYpZ: generation, vCores, GiB of memory, performance 1 to 3",
		Why:   "Buyers look for the type in the console, where it has this form. Another one names no VM.",
		Help:  "write it as in tinav6.c4r8p2",
	}
	ruleCommitment = &diag.Rule{
		ID: "offer-billing-period", Severity: diag.Error,
		Title: "a commitment period is a whole number of billing periods",
		Why:   "A commitment that ends within a billing period could not be billed in whole rates. This is our own convention.",
		Help:  "make commitment_months a multiple of the billing period",
	}
)

var vmTypeForm = content.VMTypeForm

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
