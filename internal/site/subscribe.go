package site

import "vitrine/internal/catalog"

// subscribe fills in how one comes to use the product.
func (s *Site) subscribe(l *lang, p *catalog.Product, v *productView) {
	way := string(p.Type)
	if p.Type == catalog.OMI {
		way = string(p.Pricing)
	}
	for n := 1; l.Has("subscribe." + way + "." + itoa(n)); n++ {
		v.Subscribe = append(v.Subscribe, l.Word("subscribe."+way+"."+itoa(n)))
	}
	v.OnMarketplace = p.Pricing == catalog.PerVMType || p.Pricing == catalog.Subscription
	v.Tax = l.Word("price.tax")
	if p.Type != catalog.OMI {
		v.Tax = l.Word("price.tax.only")
	}
}

// fewSections is the number of parts up to which a page needs no list of them.
const fewSections = 2

// sections lists the parts of a product's page that it has.
func sections(l *lang, v *productView) (out []link) {
	add := func(there bool, id, word string) {
		if there {
			out = append(out, link{Name: l.Word(word), Href: "#" + id})
		}
	}
	add(true, "overview", "product.overview")
	add(len(v.Screenshots) > 0, "screenshots", "product.screenshots")
	add(len(v.Offers) > 0, "offers", "product.offers")
	add(v.Estimate != nil, "estimate", "estimate.title")
	add(len(v.Subscribe) > 0, "subscribe", "product.subscribe")
	add(len(v.Deploy) > 0, "deploy", "product.deploy")
	add(len(v.Versions) > 0, "versions", "product.versions")
	add(true, "contact", "product.contact")
	if len(out) <= fewSections {
		return nil
	}
	return out
}
