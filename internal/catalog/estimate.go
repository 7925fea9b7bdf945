package catalog

import "github.com/shopspring/decimal"

// MonthHours are the hours of a month: a year's 8,760, divided by twelve.
const MonthHours = 730

const monthsAYear = 12

// Usage is what a buyer means to run.
type Usage struct {
	VM     VMType
	VMs    int
	Hours  int  // a month
	Yearly bool // pay the license by the offer's yearly rate instead of its hourly one
}

// Estimate is what a usage costs in a year, excluding taxes. The amounts are
// exact: sums and products of what the price list and the offer say.
type Estimate struct {
	VMs     Decimal
	License Decimal // zero where the marketplace does not bill it
}

// Estimate computes what a product costs with its VMs. The offer is nil for a
// product whose license the marketplace does not bill. It is false where the
// list does not price the VM type, or the offer has no such rate.
//
//	VMs      number of VMs × hours a month × price of an hour × 12
//	license  hourly: number of VMs or of their vCores × hours a month × rate × 12
//	         yearly: number of VMs or of their vCores × rate
//	         subscription: rate × billing periods a year
func (l *PriceList) Estimate(pricing Pricing, o *Offer, u Usage) (Estimate, bool) {
	hour, ok := l.VM(u.VM)
	if !ok {
		return Estimate{}, false
	}
	n := func(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
	hours := n(u.Hours * monthsAYear)
	e := Estimate{VMs: Decimal{hour.Mul(n(u.VMs)).Mul(hours)}}
	if o == nil || pricing != PerVMType && pricing != Subscription {
		return e, true
	}
	units := n(u.VMs)
	if o.Per == "vcpu" {
		units = units.Mul(n(u.VM.Cores))
	}
	switch periods := billingPeriods[o.Billing]; {
	case pricing == Subscription && o.Rate != nil && periods > 0:
		e.License = Decimal{o.Rate.Mul(n(periods))}
	case pricing == PerVMType && u.Yearly && o.Yearly != nil:
		e.License = Decimal{o.Yearly.Mul(units)}
	case pricing == PerVMType && !u.Yearly && o.Hourly != nil:
		e.License = Decimal{o.Hourly.Mul(units).Mul(hours)}
	default:
		return Estimate{}, false
	}
	return e, true
}

// billingPeriods are how many billing periods a year has.
var billingPeriods = map[string]int{"monthly": 12, "quarterly": 4, "yearly": 1}

// Year is what a year costs, to the cent; a half is rounded up.
func (e Estimate) Year() Decimal { return Decimal{e.VMs.Add(e.License.Decimal).Round(2)} }

// Month is what a month costs, a twelfth of the exact year, to the cent; a half
// is rounded up.
func (e Estimate) Month() Decimal {
	return Decimal{e.VMs.Add(e.License.Decimal).DivRound(decimal.NewFromInt(monthsAYear), 2)}
}
