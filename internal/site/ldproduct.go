package site

import (
	"strings"

	"vitrine/internal/catalog"
)

// ldProduct describes a product on its own page.
func (s *Site) ldProduct(l *lang, p *catalog.Product, v *productView) *ldProduct {
	page := s.absolute(l.Tag + "/" + productPath(p))
	d := &ldProduct{
		ID: s.absolute(s.languages[0].Tag+"/"+productPath(p)) + "#product", Name: v.Name, Description: v.Summary, URL: page,
		Image: []string{s.posterURL(l, s.productPoster(p))},
	}
	for _, c := range v.Categories {
		d.Category = append(d.Category, c.Name)
	}
	if f := p.File(p.Logo); f != nil {
		d.Image = append(d.Image, s.absolute(filePath(f)))
	}
	seller := s.ldSellerRef(l, p.Seller)
	d.Offers = s.ldOffers(l, p, page, ldRef{seller.ID})
	if p.Type == catalog.Service {
		d.Type, d.Provider, d.ServiceType = "Service", seller, strings.Join(d.Category, ", ")
		return d
	}
	d.Type, d.Brand, d.SKU = [2]string{"Product", "SoftwareApplication"}, seller, p.ProductCode
	if len(d.Category) > 0 {
		d.Application = d.Category[0]
	}
	if len(v.Latest) > 0 {
		n := p.Latest(v.Latest[0].Region, s.opt.Visible)
		d.System, d.Software = n.OS, n.Version
	}
	if v.License != nil {
		d.License = s.full(v.License.Href)
	}
	if v.Documentation != "" {
		d.Help = &ldArticle{"CreativeWork", v.Documentation}
	}
	for _, shot := range v.Screenshots {
		d.Screenshots = append(d.Screenshots, s.full(shot.Src))
	}
	d.Modified = isoDay(v.Changed)
	return d
}

// full returns the full address of a link on a page.
func (s *Site) full(href string) string {
	if below, ok := strings.CutPrefix(href, s.base.Path); ok {
		return s.absolute(below)
	}
	return href
}

// ldOffers describes how one pays. Where only the seller knows, nothing is said
// of a price.
func (s *Site) ldOffers(l *lang, p *catalog.Product, page string, seller ldRef) (out []ldOffer) {
	offer := ldOffer{Type: "Offer", URL: page, Currency: s.catalog.Currency, Availability: "https://schema.org/InStock", Seller: seller}
	if p.Pricing == catalog.Free && len(p.Offers) == 0 {
		offer.Price = "0"
		return []ldOffer{offer}
	}
	for i := range p.Offers {
		o := &p.Offers[i]
		to := offer
		to.Name, to.Description = l.text(o.Name), l.text(o.Description)
		if o.Audience == "nuage_public" {
			to.Customers = "http://purl.org/goodrelations/v1#PublicInstitution"
		}
		for _, r := range rates(o) {
			amount := decimalText(r.amount)
			if to.Price == "" {
				to.Price = amount
			}
			to.Prices = append(to.Prices, ldRate{"UnitPriceSpecification", amount, s.catalog.Currency, l.rateUnit(r), unitCodes[r.unit], false})
		}
		if to.Price != "" {
			out = append(out, to)
		}
	}
	return out
}

// rateUnit writes what a rate is for: "per VM and hour".
func (l *lang) rateUnit(r rate) string {
	if r.per != "" {
		return l.Word("unit." + r.unit + "." + r.per)
	}
	return l.Word("unit." + r.unit + "ly")
}
