package site

import (
	"github.com/shopspring/decimal"

	"vitrine/internal/catalog"
)

// months is the length of a billing period. The rate of a subscription offer
// is what one period costs.
var months = map[string]int64{"monthly": 1, "quarterly": 3, "yearly": 12}

// price writes what a product costs: its lowest rate for all buyers, such as
// "from €0.05 per hour", or else why none can be given; "" for drafts alone.
func (s *Site) price(l *lang, p *catalog.Product) string {
	if p.Pricing == catalog.Free {
		return l.Word("price.free")
	}
	if rate := s.rate(l, p); rate != "" {
		return rate
	}
	switch {
	case p.Pricing == catalog.BYOL:
		return l.Word("price.byol")
	case p.Type != catalog.OMI:
		return l.Word("price.request")
	}
	return ""
}

// rate writes a product's lowest rate for all buyers, or "".
func (s *Site) rate(l *lang, p *catalog.Product) string {
	var best *catalog.Offer
	var least decimal.Decimal // an hour, or a month
	for i := range p.Offers {
		o := &p.Offers[i]
		if o.Audience != "all" {
			continue
		}
		var rate decimal.Decimal
		switch {
		case p.Pricing == catalog.PerVMType && o.Hourly != nil:
			rate = o.Hourly.Decimal
		case p.Pricing == catalog.Subscription && o.Rate != nil && months[o.Billing] > 0:
			rate = o.Rate.Div(decimal.NewFromInt(months[o.Billing]))
		default:
			continue
		}
		if best == nil || rate.LessThan(least) {
			best, least = o, rate
		}
	}
	if best == nil {
		return ""
	}
	amount, unit := best.Hourly, "unit.hour."+best.Per
	if p.Pricing == catalog.Subscription {
		amount, unit = best.Rate, "unit."+best.Billing
	}
	return l.Word("price.from", "price", s.money(l, amount), "unit", l.Word(unit))
}

// money writes an amount in the catalog's currency.
func (s *Site) money(l *lang, d *catalog.Decimal) string {
	return l.Money(decimalText(d), s.catalog.Currency)
}

// offer shows one offer.
func (s *Site) offer(l *lang, o *catalog.Offer) offerView {
	v := offerView{Name: l.text(o.Name), Description: l.text(o.Description), Public: o.Audience == "nuage_public", VMTypes: o.VMTypes}
	rate := func(d *catalog.Decimal, unit string) {
		if d != nil {
			v.Rates = append(v.Rates, rateView{s.money(l, d), l.Word(unit)})
		}
	}
	rate(o.Hourly, "unit.hour."+o.Per)
	rate(o.Yearly, "unit.year."+o.Per)
	rate(o.Rate, "unit."+o.Billing)
	if o.CommitmentMonths > 0 {
		v.Commitment = l.Count("offer.months", o.CommitmentMonths)
	}
	if o.Billing != "" {
		v.Billing = l.Word("billing." + o.Billing)
	}
	return v
}
