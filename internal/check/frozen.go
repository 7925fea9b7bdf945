package check

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// What may no longer change once a product was published (rule 4 of the
// marketplace). Buyers have subscribed to it as it was.
var (
	ruleFrozenType = &diag.Rule{
		ID: "frozen-type", Severity: diag.Error,
		Title: "a product's type stays as it was published",
		Help:  "put the old type back, and make a new product for the other one",
		Why:   "The marketplace's rules freeze the type first: it decides who bills, and what the page promises to those who have subscribed.",
	}
	ruleFrozenPricing = &diag.Rule{
		ID: "frozen-pricing", Severity: diag.Error,
		Title: "the pricing mode of an OMI product stays as it was published",
		Help:  "put the old mode back, and make a new product for the other one",
		Why:   "The marketplace's rules freeze the pricing mode once the product is published: subscriptions that run are billed by it.",
	}
	ruleFrozenName = &diag.Rule{
		ID: "frozen-name", Severity: diag.Error,
		Title: "the name of an OMI product stays as it was published",
		Help:  "put the old name back, and make a new product for the new name",
		Why:   "The marketplace's rules freeze the name once the product is published: it stands on invoices and in the buyers' own documents.",
	}
	ruleFrozenCode = &diag.Rule{
		ID: "frozen-product-code", Severity: diag.Error, Fixed: true,
		Title: "the product code of an OMI product stays as it was published",
		Help:  "put the old code back: VMs that run are metered by it",
		Why:   "VMs that run are metered and billed by the code on their OMI; a code that was published is never given to another product, even once this one is unpublished.",
	}
	ruleFrozenRegions = &diag.Rule{
		ID: "frozen-regions", Severity: diag.Error,
		Title: "the Regions of an OMI product stay as they were published",
		Help:  "put the old list back, and make a new product for other Regions",
		Why:   "The marketplace's rules freeze the Regions once the product is published.",
	}
	ruleFrozenOMI = &diag.Rule{
		ID: "frozen-omi", Severity: diag.Error,
		Title: "the OMIs of a published version stay as they were published",
		Help:  "put the old id back, and give the new image a version of its own",
		Why:   "The marketplace's rules freeze the OMI of a published version: whoever starts the version again must get the same image.",
	}
	ruleFrozenRate = &diag.Rule{
		ID: "frozen-rate", Severity: diag.Error,
		Title: "the rates of an OMI product's offers stay as they were published",
		Help:  "put the old rate back, and add an offer with an id of its own, or make a new product",
		Why:   "The marketplace's rules freeze the rate excluding taxes once the product is published; what it is paid for (per, billing, commitment_months) belongs to the rate.",
	}
)

// frozen compares products that were published with what they are now.
func frozen(c *changePass) {
	for i := range c.pairs {
		p := &c.pairs[i]
		was, now := p.wasProduct, p.nowProduct
		if was == nil || now == nil || !p.public(c.today) || c.document(p.now) == nil {
			continue // what cannot be read is reported as such
		}
		e := &now.Entry
		if was.Type != now.Type {
			c.frozen(ruleFrozenType, e, []any{"type"}, diag.Say("the type"), string(was.Type), string(now.Type))
			continue // the other keys are of another type
		}
		if was.Type != catalog.OMI {
			continue
		}
		if was.Pricing != now.Pricing {
			c.frozen(ruleFrozenPricing, e, []any{"pricing"}, diag.Say("the pricing mode"), string(was.Pricing), string(now.Pricing))
		}
		c.frozenName(was, now)
		if was.ProductCode != now.ProductCode {
			c.frozen(ruleFrozenCode, e, []any{"product_code"}, diag.Say("the product code"), was.ProductCode, now.ProductCode)
		}
		if a, b := sorted(was.Regions), sorted(now.Regions); a != b {
			c.frozen(ruleFrozenRegions, e, []any{"regions"}, diag.Say("the list of Regions"), a, b)
		}
		c.frozenVersions(was, now)
		if was.Pricing == now.Pricing {
			c.frozenOffers(was, now)
		}
	}
}

// frozenName compares the names; one that is the same in all languages is
// reported once.
func (c *changePass) frozenName(was, now *catalog.Product) {
	for i, l := range c.catalog.Languages {
		a, b := was.Title.In(c.before.catalog.Language(l)), now.Title.In(i)
		switch {
		case alike(a, b):
		case single(was.Title) && single(now.Title):
			c.frozen(ruleFrozenName, &now.Entry, []any{"title"}, diag.Say("the name"), a, b)
			return
		default:
			c.frozen(ruleFrozenName, &now.Entry, []any{"title", l}, diag.Say("the name in %s", language(c.words, l)), a, b)
		}
	}
}

// single reports whether a text is the same in all languages.
func single(t catalog.Text) bool {
	return !slices.ContainsFunc(t, func(s string) bool { return s != t[0] })
}

// frozen reports a value that was published and is another one now.
func (c *changePass) frozen(rule *diag.Rule, e *catalog.Entry, at []any, what diag.Text, was, now string) {
	c.report(rule, e, at, diag.Text{}, "%s was published as %s and is %s now", what, shown(was), shown(now))
}

func shown(value string) diag.Text {
	if value == "" {
		return diag.Say("nothing")
	}
	return diag.Say("%s", diag.Quote(value))
}

func sorted(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), ", ") }

func (c *changePass) frozenVersions(was, now *catalog.Product) {
	for _, v := range was.Versions {
		i := slices.IndexFunc(now.Versions, func(n catalog.Version) bool { return n.Version == v.Version })
		if v.Status == catalog.Draft || v.Status == "" || i < 0 {
			continue // never public, or vanished: that is another rule
		}
		for _, image := range v.Images {
			if omi := now.Versions[i].Image(image.Region); omi != image.OMI {
				c.frozen(ruleFrozenOMI, &now.Entry, []any{"versions", i, "images", image.Region},
					diag.Say("the OMI of version %s in %s", diag.Visible(v.Version), diag.Visible(image.Region)), image.OMI, omi)
			}
		}
	}
}

func (c *changePass) frozenOffers(was, now *catalog.Product) {
	for _, o := range was.Offers {
		i := slices.IndexFunc(now.Offers, func(n catalog.Offer) bool { return n.ID == o.ID })
		if i < 0 {
			continue // no longer offered to new subscribers
		}
		n := &now.Offers[i]
		for _, rate := range []struct {
			key      string
			was, now string
		}{
			{"hourly", amount(o.Hourly), amount(n.Hourly)},
			{"yearly", amount(o.Yearly), amount(n.Yearly)},
			{"per", o.Per, n.Per},
			{"rate", amount(o.Rate), amount(n.Rate)},
			{"commitment_months", months(o.CommitmentMonths), months(n.CommitmentMonths)},
			{"billing", o.Billing, n.Billing},
		} {
			if rate.was != rate.now {
				c.frozen(ruleFrozenRate, &now.Entry, []any{"offers", i, rate.key},
					diag.Say("%s of the offer %s", rate.key, diag.Quote(o.ID)), rate.was, rate.now)
			}
		}
	}
}

// amount writes a rate with two decimal places or more; 12.5 and 12.50 are the
// same.
func amount(d *catalog.Decimal) string {
	if d == nil {
		return ""
	}
	s := d.String()
	whole, places, _ := strings.Cut(s, ".")
	if len(places) < 2 {
		return whole + "." + (places + "00")[:2]
	}
	return s
}

func months(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
