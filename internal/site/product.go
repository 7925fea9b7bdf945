package site

import (
	"slices"
	"strconv"

	"vitrine/internal/catalog"
)

func itoa(n int) string { return strconv.Itoa(n) }

// sortBy sorts by a text of each item.
func sortBy[T any](items []T, text func(T) string, compare func(a, b string) int) {
	slices.SortStableFunc(items, func(a, b T) int { return compare(text(a), text(b)) })
}

// of returns a seller's visible products in the language's order.
func (s *Site) of(l *lang, seller *catalog.Seller) []*catalog.Product {
	var out []*catalog.Product
	for _, p := range seller.Products {
		if s.opt.Visible.Product(p) {
			out = append(out, p)
		}
	}
	sortBy(out, func(p *catalog.Product) string { return l.text(p.Title) }, l.Sorter())
	return out
}

// product renders a product's page in every language.
func (s *Site) product(w *writer, p *catalog.Product) error {
	bodies, err := s.bodies(&p.Entry)
	if err != nil {
		return err
	}
	for _, l := range s.languages {
		v := s.view(l, productPath(p), l.text(p.Title), l.text(p.Summary))
		v.Draft = p.Status == catalog.Draft
		v.crumbs(v.navigation("products"), link{Name: l.text(p.Seller.Name), Href: s.in(l, sellerPath(p.Seller))}, link{Name: v.Title})
		page, err := s.productView(l, p)
		if err != nil {
			return err
		}
		page.Body = bodies[l.index]
		v.Page = page
		v.Kind, v.Data = "product", s.href(productAPI(p))
		v.Image, v.ImageText = s.posterURL(l, s.productPoster(p)), page.Name+" – "+page.Seller.Name
		v.say(s.ldProduct(l, p, page))
		if err := s.execute(w, l, "product", v); err != nil {
			return err
		}
	}
	return s.productAPIFile(w, p, s.bodyTexts(bodies))
}

func (s *Site) productView(l *lang, p *catalog.Product) (*productView, error) {
	e := &p.Entry
	v := &productView{
		Name: l.text(p.Title), Summary: l.text(p.Summary),
		Logo:          s.picture(e, p.Logo, ""),
		TypeName:      string(p.Type),
		Regions:       p.Regions,
		Seller:        link{Name: l.text(p.Seller.Name), Href: s.in(l, sellerPath(p.Seller))},
		Documentation: l.text(p.Documentation),
		Support:       contact(l, p.Support),
		Published:     published(p),
		Changed:       s.changed(p),
	}
	if !p.Activation.Empty() {
		v.Activation = pieces(l.text(p.Activation))
	}
	for _, k := range p.KeyPoints {
		v.KeyPoints = append(v.KeyPoints, l.text(k))
	}
	for _, c := range s.categories() {
		if slices.Contains(p.Categories, c.ID) {
			v.Categories = append(v.Categories, link{Name: l.text(c.Name), Href: s.in(l, categoryPath(c.ID))})
		}
	}
	for _, shot := range p.Screenshots {
		if picture := s.picture(e, shot.File, l.text(shot.Alt)); picture.Src != "" {
			v.Screenshots = append(v.Screenshots, picture)
		}
	}
	s.words(l, p, v)
	s.versions(l, p, v)
	for i := range p.Offers {
		v.Offers = append(v.Offers, s.offer(l, &p.Offers[i]))
	}
	return v, s.relations(l, p, v)
}

// words fills in what the interface says of the product's type and pricing.
func (s *Site) words(l *lang, p *catalog.Product, v *productView) {
	v.Type, v.TypeHelp = l.Word("type."+v.TypeName), l.Word("type.help."+v.TypeName)
	if p.Pricing != "" {
		v.Pricing, v.PricingHelp = l.Word("pricing."+string(p.Pricing)), l.Word("pricing.help."+string(p.Pricing))
	}
	v.Price = s.price(l, p)
	v.License = s.document(l, &p.Entry, l.Word("product.license"), p.License)
	v.Template = s.document(l, &p.Entry, l.Word("product.template"), p.DeploymentTemplate)
	v.Privacy = s.document(l, &p.Entry, l.Word("product.privacy"), p.PrivacyPolicy)
}

// versions fills in the versions that buyers can see, newest first as listed,
// and the latest one a Region.
func (s *Site) versions(l *lang, p *catalog.Product, v *productView) {
	for i := range p.Versions {
		n := &p.Versions[i]
		if s.opt.Visible.Version(n) {
			v.Versions = append(v.Versions, versionView{
				Version: n.Version, Released: n.Released.Time(), OS: n.OS, Architecture: n.Architecture,
				Notes: pieces(l.text(n.Notes)), Images: n.Images, Draft: n.Status == catalog.Draft,
			})
		}
	}
	for _, region := range p.Regions {
		if n := p.Latest(region, s.opt.Visible); n != nil {
			v.Latest = append(v.Latest, latestView{Region: region, Version: n.Version, Released: n.Released.Time(), OMI: n.Image(region)})
		}
	}
}

// relations fills in the other products that the page shows.
func (s *Site) relations(l *lang, p *catalog.Product, v *productView) error {
	var related []*catalog.Product
	for _, ref := range p.Related {
		if to := s.visible(ref); to != nil && to != p && !slices.Contains(s.services[p], to) && ref != p.ServiceOf {
			related = append(related, to) // what the page does not show elsewhere
		}
	}
	var err error
	if v.Related, err = s.cards(l, related); err != nil {
		return err
	}
	if v.Services, err = s.cards(l, s.services[p]); err != nil {
		return err
	}
	if to := s.visible(p.ServiceOf); to != nil {
		v.ServiceOf, err = s.cards(l, []*catalog.Product{to})
	}
	return err
}
