package site

import (
	"slices"
	"strconv"

	"vitrine/internal/catalog"
)

func itoa(n int) string { return strconv.Itoa(n) }

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
		Contact:       contact(l, p.Seller.Contact),
		Certified:     p.Seller.Certifications,
		Ref:           p.Ref(),
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
	v.Estimate = s.estimate(l, p)
	v.Contact.Website = l.text(p.Seller.Website)
	s.subscribe(l, p, v)
	s.deploy(p, v)
	err := s.relations(l, p, v)
	v.Sections = sections(l, v)
	return v, err
}

// newestVersions is how many versions are shown at once.
const newestVersions = 5

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
			v.Versions = append(v.Versions, l.version(n))
		}
	}
	if n := newestVersions; len(v.Versions) > n {
		v.Versions, v.Older = v.Versions[:n], v.Versions[n:]
	}
	for _, region := range p.Regions {
		if n := p.Latest(region, s.opt.Visible); n != nil {
			v.Latest = append(v.Latest, latestView{Region: region, Version: n.Version, Released: n.Released.Time(), OMI: n.Image(region)})
		}
	}
	v.Newest = v.Latest
	if len(v.Latest) > 0 && !slices.ContainsFunc(v.Latest, func(n latestView) bool { return n.Version != v.Latest[0].Version }) {
		v.Newest = []latestView{{Version: v.Latest[0].Version, Released: v.Latest[0].Released}}
	}
}

// version shows one version.
func (l *lang) version(n *catalog.Version) versionView {
	v := versionView{
		Version: n.Version, Title: l.Word("product.version", "version", n.Version), Caption: l.Word("product.images", "version", n.Version),
		Released: n.Released.Time(), OS: n.OS, Architecture: n.Architecture, Images: n.Images,
	}
	if n.Released != "" {
		v.Day, v.ISO = l.Date(v.Released), string(n.Released)
	}
	if notes := l.text(n.Notes); notes != "" {
		v.Notes = pieces(notes)
	}
	if n.Status == catalog.Draft {
		v.Draft = l.Word("status.draft")
	}
	return v
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
		if v.ServiceOf, err = s.cards(l, []*catalog.Product{to}); err != nil {
			return err
		}
	}
	shown := append(append(related, s.services[p]...), p, s.visible(p.ServiceOf))
	v.Others, err = s.cards(l, others(s.shelf(l, p.Seller), p, shown))
	v.AllOthers = len(s.bySeller[p.Seller])
	return err
}

// mostOthers is how many other products of the seller a product's page shows.
const mostOthers = 6

// others returns the products of the same seller that follow a product, the
// first ones after the last, without those that the page shows already. So each
// of a seller's products is linked from as many others.
func others(of *shelf, p *catalog.Product, shown []*catalog.Product) (out []*catalog.Product) {
	all := of.products
	for i := 1; i < len(all) && len(out) < mostOthers; i++ {
		if o := all[(of.place[p]+i)%len(all)]; !slices.Contains(shown, o) {
			out = append(out, o)
		}
	}
	return out
}
