package check

import (
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// maxPriceAge is how many days a price list stands for what VMs cost.
const maxPriceAge = 90

var rulePricesOld = &diag.Rule{
	ID: "prices-old", Severity: diag.Warning,
	Title: "a price list is at most 90 days old",
	Why:   "Buyers are shown estimates from the list, with its day. Prices change, and an estimate from old ones misleads; 90 days are our own convention.",
	Help:  "fetch the prices anew: vitrine prices",
}

// prices looks at the age of price lists.
func prices(p *catalogPass) {
	for _, list := range p.prices {
		if list.Fetched == (diag.Span{}) || p.today == "" {
			continue
		}
		switch age := int(p.today.Time().Sub(list.PriceList.Fetched.Time()) / (24 * time.Hour)); {
		case age > maxPriceAge:
			p.reportAt(rulePricesOld, nil, list.Fetched, diag.Say("fetch the prices anew: vitrine prices %s", list.Region), "the prices of %s are %d days old, limit %d", list.Region, age, maxPriceAge)
		case p.today < list.PriceList.Fetched && catalog.DateOf(list.PriceList.Fetched.Time().Add(-24*time.Hour)) > p.today: // a day ahead is the world's other side
			p.reportAt(rulePricesOld, nil, list.Fetched, diag.Say("correct the day, or fetch the prices anew: vitrine prices %s", list.Region), "the prices of %s are of a day to come", list.Region)
		}
	}
}
