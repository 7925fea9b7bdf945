package site

import (
	"slices"
	"strconv"

	"vitrine/internal/api"
	"vitrine/internal/catalog"
)

// estimateFrame is what all estimates of a language share: where the calculator
// is, and how it writes amounts.
type estimateFrame struct {
	Script         string // loaded on first use
	Prices         string // the folder of the Regions' price lists
	Money          string // an amount with its currency: €{amount}
	Group, Decimal string
}

// estimateView is what a product costs with its VMs, as far as can be computed.
type estimateView struct {
	Lead    string
	Notes   []string // what the figures leave out, and how the license comes in
	Formula string   // of the license
	Regions []estimateRegion
	Names   string // the Regions' ids, with spaces between, for the calculator
	Pricing string // vm_type, subscription, byol or free
	Yearly  bool   // the license has a yearly rate as well
	Data    string // the product's JSON document
}

// estimateRegion is what typical sizes cost in one Region.
type estimateRegion struct {
	Region  string
	Caption string
	Day     string // of the prices
	Rows    []estimateRow
}

type estimateRow struct {
	VM          string
	Recommended bool
	Month, Year string
	YearYearly  string // with the yearly rate; "" where there is none
}

// mostSizes is how many VM types an estimate's table shows.
const mostSizes = 4

// newEstimateFrame makes what estimates of a language share.
func (s *Site) newEstimateFrame(l *lang) estimateFrame {
	f := estimateFrame{Script: s.href(s.opt.Theme.Asset("estimate.js")), Prices: s.href(api.Root + "prices/")}
	f.Money, f.Group, f.Decimal = l.MoneyForm(s.catalog.Currency)
	return f
}

// estimate makes the estimate of an OMI product; nil where no price list of its
// Regions has prices for it.
func (s *Site) estimate(l *lang, p *catalog.Product) *estimateView {
	if p.Type != catalog.OMI {
		return nil
	}
	offer, ok := estimated(p)
	if !ok {
		return nil
	}
	v := &estimateView{Pricing: string(p.Pricing), Data: s.href(productAPI(p)), Yearly: p.Pricing == catalog.PerVMType && offer.Yearly != nil}
	hours := strconv.Itoa(catalog.MonthHours)
	for _, region := range p.Regions {
		list := s.catalog.Prices[region]
		rows := s.estimateRows(l, p, offer, list)
		if len(rows) == 0 {
			continue
		}
		v.Regions = append(v.Regions, estimateRegion{
			Region: region, Rows: rows, Day: l.Date(list.Fetched.Time()),
			Caption: l.Word("estimate.caption", "region", region, "hours", hours),
		})
		if v.Names != "" {
			v.Names += " "
		}
		v.Names += region
	}
	if v.Regions == nil {
		return nil
	}
	v.Lead, v.Formula = l.Word("estimate.lead."+v.Pricing, "hours", hours), l.Word("estimate.formula.license."+v.Pricing)
	if offer != nil && p.Pricing != catalog.BYOL && p.Pricing != catalog.Free && len(p.Offers) > 1 {
		v.Notes = append(v.Notes, l.Word("estimate.with", "offer", l.text(offer.Name)))
	}
	license := v.Pricing
	if p.Pricing == catalog.PerVMType {
		license += "." + offer.Per
	}
	v.Notes = append(v.Notes, l.Word("estimate.license."+license))
	return v
}

// estimated returns the offer that a product's estimate is made with: the first
// for all buyers. It is nil for a product whose license the marketplace does not
// bill; false where a product that is billed has no such offer.
func estimated(p *catalog.Product) (*catalog.Offer, bool) {
	if p.Pricing != catalog.PerVMType && p.Pricing != catalog.Subscription {
		return nil, true
	}
	for i := range p.Offers {
		if p.Offers[i].Audience == "all" {
			return &p.Offers[i], true
		}
	}
	return nil, false
}

// estimateRows are the figures of one Region: the VM types that the offer
// recommends, then common ones.
func (s *Site) estimateRows(l *lang, p *catalog.Product, offer *catalog.Offer, list *catalog.PriceList) (rows []estimateRow) {
	add := func(vm catalog.VMType, recommended bool) {
		name := vm.String()
		if len(rows) == mostSizes || slices.ContainsFunc(rows, func(r estimateRow) bool { return r.VM == name }) {
			return
		}
		usage := catalog.Usage{VM: vm, VMs: 1, Hours: catalog.MonthHours}
		e, ok := list.Estimate(p.Pricing, offer, usage)
		if !ok {
			return
		}
		row := estimateRow{VM: name, Recommended: recommended, Month: s.cents(l, e.Month()), Year: s.cents(l, e.Year())}
		usage.Yearly = true
		if yearly, ok := list.Estimate(p.Pricing, offer, usage); ok && p.Pricing == catalog.PerVMType {
			row.YearYearly = s.cents(l, yearly.Year())
		}
		rows = append(rows, row)
	}
	for i := range p.Offers {
		if o := &p.Offers[i]; offer == nil || o == offer { // another offer's types have another rate
			for _, t := range o.VMTypes {
				if vm, ok := catalog.ParseVMType(t); ok {
					add(vm, true)
				}
			}
		}
	}
	for _, vm := range list.Typical() {
		if vm.Memory == 2*vm.Cores { // the others are for the calculator
			add(vm, false)
		}
	}
	return rows
}

// cents writes an amount that is rounded to the cent.
func (s *Site) cents(l *lang, d catalog.Decimal) string {
	return l.Money(d.StringFixed(2), s.catalog.Currency)
}

// pricesAPI writes a Region's price list for programs, the calculator among them.
func (s *Site) pricesAPI(w *writer, list *catalog.PriceList) error {
	doc := api.Prices{
		Schema: s.absolute(api.SchemaPath("prices")), Version: api.Version,
		Region: list.Region, Currency: list.Currency, Fetched: string(list.Fetched),
		Hourly: make(map[string]string, len(list.Hourly)), VMTypes: []string{},
	}
	for name, price := range list.Hourly {
		doc.Hourly[name] = price.String()
	}
	for _, vm := range list.Typical() {
		doc.VMTypes = append(doc.VMTypes, vm.String())
	}
	return s.apiFile(w, api.PricesPath(list.Region), &doc)
}
