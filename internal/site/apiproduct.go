package site

import (
	"slices"

	"vitrine/internal/api"
	"vitrine/internal/catalog"
)

// productAPIFile makes the JSON document of a product.
func (s *Site) productAPIFile(w *writer, p *catalog.Product, body api.Text) error {
	e := &p.Entry
	doc := api.Product{
		Schema: s.absolute(api.SchemaPath("product")), Version: api.Version,
		ID: p.Ref(), Type: string(p.Type), Title: s.texts(p.Title), Summary: s.texts(p.Summary),
		URL: s.pageURLs(productPath(p)),
		Seller: api.SellerRef{
			ID: p.Seller.Slug, Name: s.texts(p.Seller.Name),
			URL: s.pageURLs(sellerPath(p.Seller)), API: s.absolute(api.SellerPath(p.Seller.Slug)),
		},
		Categories: []api.CategoryRef{}, KeyPoints: make([]api.Text, 0, len(p.KeyPoints)),
		Logo: s.apiImage(e, p.Logo, nil), Preview: s.previews(s.productPoster(p)),
		ProductCode: p.ProductCode, Pricing: string(p.Pricing), Regions: p.Regions,
		License: s.apiDocuments(e, p.License), Activation: s.texts(p.Activation),
		DeploymentTemplate: s.apiDocuments(e, p.DeploymentTemplate), PrivacyPolicy: s.apiDocuments(e, p.PrivacyPolicy),
		Documentation: s.texts(p.Documentation), Support: s.apiContact(p.Support),
		Services: s.apiRefs(s.services[p]), Body: body, Changed: isoDay(s.changed(p)),
	}
	for _, c := range s.categories() {
		if slices.Contains(p.Categories, c.ID) {
			doc.Categories = append(doc.Categories, api.CategoryRef{ID: c.ID, Name: s.texts(c.Name)})
		}
	}
	for _, k := range p.KeyPoints {
		doc.KeyPoints = append(doc.KeyPoints, s.texts(k))
	}
	for _, shot := range p.Screenshots {
		if image := s.apiImage(e, shot.File, s.texts(shot.Alt)); image != nil {
			doc.Screenshots = append(doc.Screenshots, *image)
		}
	}
	s.apiVersions(&doc, p)
	for i := range p.Offers {
		doc.Offers = append(doc.Offers, s.apiOffer(&p.Offers[i]))
	}
	if to := s.visible(p.ServiceOf); to != nil {
		doc.ServiceOf = &s.apiRefs([]*catalog.Product{to})[0]
	}
	var related []*catalog.Product
	for _, ref := range p.Related {
		if to := s.visible(ref); to != nil && to != p {
			related = append(related, to)
		}
	}
	doc.Related = s.apiRefs(related)
	return s.apiFile(w, productAPI(p), &doc)
}

func (s *Site) apiVersions(doc *api.Product, p *catalog.Product) {
	for i := range p.Versions {
		n := &p.Versions[i]
		if !s.opt.Visible.Version(n) {
			continue
		}
		images := make(map[string]string, len(n.Images))
		for _, image := range n.Images {
			images[image.Region] = image.OMI
		}
		doc.Versions = append(doc.Versions, api.ProductVersion{
			Version: n.Version, Released: string(n.Released), Images: images,
			OS: n.OS, Architecture: n.Architecture, Notes: s.texts(n.Notes),
		})
	}
	for _, region := range p.Regions {
		if n := p.Latest(region, s.opt.Visible); n != nil {
			doc.Latest = append(doc.Latest, api.LatestVersion{
				Region: region, Version: n.Version, Released: string(n.Released), OMI: n.Image(region),
			})
		}
	}
}

func (s *Site) apiOffer(o *catalog.Offer) api.Offer {
	out := api.Offer{
		ID: o.ID, Name: s.texts(o.Name), Description: s.texts(o.Description), Audience: o.Audience,
		Rates: []api.Rate{}, CommitmentMonths: o.CommitmentMonths, Billing: o.Billing, VMTypes: o.VMTypes,
	}
	for _, r := range rates(o) {
		out.Rates = append(out.Rates, api.Rate{Amount: decimalText(r.amount), Currency: s.catalog.Currency, Unit: r.unit, Per: r.per})
	}
	return out
}

func (s *Site) apiRefs(products []*catalog.Product) []api.ProductRef {
	var out []api.ProductRef
	for _, p := range products {
		out = append(out, api.ProductRef{ID: p.Ref(), API: s.absolute(productAPI(p))})
	}
	return out
}

// rate is what an offer costs: an amount for a time, and perhaps for each VM.
type rate struct {
	amount *catalog.Decimal
	unit   string // hour, month, quarter or year
	per    string // vm, vcpu or ""
}

// units are the times that subscriptions are billed for.
var units = map[string]string{"monthly": "month", "quarterly": "quarter", "yearly": "year"}

// rates returns what an offer costs, that which it is known by first.
func rates(o *catalog.Offer) (out []rate) {
	if o.Hourly != nil {
		out = append(out, rate{o.Hourly, "hour", o.Per})
	}
	if o.Yearly != nil {
		out = append(out, rate{o.Yearly, "year", o.Per})
	}
	if o.Rate != nil && units[o.Billing] != "" {
		out = append(out, rate{o.Rate, units[o.Billing], ""})
	}
	return out
}

// decimalText writes a number as it was given: with a point, and as many places.
func decimalText(d *catalog.Decimal) string { return d.StringFixed(max(-d.Exponent(), 0)) }
