package site

import "vitrine/internal/catalog"

// What search engines are told of a page, in the words of schema.org (JSON-LD).
// Templates print it: html/template escapes a struct inside a script element as
// JSON, so that no text can end the element.

type linkedData struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

type ldRef struct {
	ID string `json:"@id"`
}

type ldOrganization struct {
	Type           string            `json:"@type"`
	ID             string            `json:"@id"`
	Name           string            `json:"name"`
	URL            string            `json:"url"`
	Description    string            `json:"description,omitempty"`
	Logo           string            `json:"logo,omitempty"`
	Image          string            `json:"image,omitempty"`
	Email          string            `json:"email,omitempty"`
	Telephone      string            `json:"telephone,omitempty"`
	SameAs         []string          `json:"sameAs,omitempty"`
	ContactPoint   *ldContact        `json:"contactPoint,omitempty"`
	Address        *ldAddress        `json:"address,omitempty"`
	Certifications []ldCertification `json:"hasCertification,omitempty"`
}

type ldContact struct {
	Type        string `json:"@type"`
	ContactType string `json:"contactType"`
	Email       string `json:"email,omitempty"`
	Telephone   string `json:"telephone,omitempty"`
	URL         string `json:"url,omitempty"`
}

type ldAddress struct {
	Type    string `json:"@type"`
	Country string `json:"addressCountry"`
}

type ldCertification struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type ldSite struct {
	Type        string    `json:"@type"`
	ID          string    `json:"@id"`
	Name        string    `json:"name"`
	URL         string    `json:"url"`
	Description string    `json:"description,omitempty"`
	Language    string    `json:"inLanguage,omitempty"`
	Publisher   ldRef     `json:"publisher"`
	Action      *ldSearch `json:"potentialAction,omitempty"`
}

type ldSearch struct {
	Type   string   `json:"@type"`
	Target ldTarget `json:"target"`
	Query  string   `json:"query-input"`
}

type ldTarget struct {
	Type     string `json:"@type"`
	Template string `json:"urlTemplate"`
}

type ldCrumbs struct {
	Type  string    `json:"@type"`
	Items []ldCrumb `json:"itemListElement"`
}

type ldCrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"` // not of the page itself
}

// ldProduct is a product or a service; what does not belong to its type is
// empty.
type ldProduct struct {
	Type        any             `json:"@type"` // a name or several
	ID          string          `json:"@id"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	URL         string          `json:"url"`
	Image       []string        `json:"image"`
	Category    []string        `json:"category,omitempty"`
	Brand       *ldOrganization `json:"brand,omitempty"`
	SKU         string          `json:"sku,omitempty"`
	Offers      []ldOffer       `json:"offers,omitempty"`

	Application string     `json:"applicationCategory,omitempty"`
	System      string     `json:"operatingSystem,omitempty"`
	Software    string     `json:"softwareVersion,omitempty"`
	License     string     `json:"license,omitempty"`
	Help        *ldArticle `json:"softwareHelp,omitempty"`
	Screenshots []string   `json:"screenshot,omitempty"`
	Modified    string     `json:"dateModified,omitempty"`

	Provider    *ldOrganization `json:"provider,omitempty"`
	ServiceType string          `json:"serviceType,omitempty"`
}

type ldArticle struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
}

type ldOffer struct {
	Type         string   `json:"@type"`
	Name         string   `json:"name,omitempty"`
	Description  string   `json:"description,omitempty"`
	URL          string   `json:"url"`
	Price        string   `json:"price"`
	Currency     string   `json:"priceCurrency"`
	Availability string   `json:"availability"`
	Seller       ldRef    `json:"seller"`
	Customers    string   `json:"eligibleCustomerType,omitempty"`
	Prices       []ldRate `json:"priceSpecification,omitempty"`
}

type ldRate struct {
	Type     string `json:"@type"`
	Price    string `json:"price"`
	Currency string `json:"priceCurrency"`
	Unit     string `json:"unitText"`
	Code     string `json:"unitCode"`
	Tax      bool   `json:"valueAddedTaxIncluded"`
}

// unitCodes are the codes of times in UN/CEFACT Recommendation 20.
var unitCodes = map[string]string{"hour": "HUR", "month": "MON", "quarter": "QAN", "year": "ANN"}

// say adds a thing to what search engines are told of the page.
func (v *view) say(things ...any) { v.things = append(v.things, things...) }

// graph puts together what search engines are told of a page; nil where that is
// nothing.
func (s *Site) graph(v *view) *linkedData {
	things := v.things
	if len(v.Crumbs) > 0 {
		list := ldCrumbs{"BreadcrumbList", make([]ldCrumb, 0, len(v.Crumbs))}
		for i, c := range v.Crumbs {
			item := ldCrumb{Type: "ListItem", Position: i + 1, Name: c.Name}
			if c.Href != "" {
				item.Item = s.full(c.Href)
			}
			list.Items = append(list.Items, item)
		}
		things = append(things, list)
	}
	if len(things) == 0 || v.Canonical == "" {
		return nil
	}
	return &linkedData{"https://schema.org", things}
}

// ldMarketplace describes the marketplace and its site, for the first pages.
func (s *Site) ldMarketplace(l *lang, address string) (site ldSite, by ldOrganization) {
	by = ldOrganization{
		Type: "Organization", ID: s.absolute("") + "#marketplace", Name: l.frame.Site, URL: s.absolute(""),
		Description: l.frame.About, Logo: s.absolute(s.opt.Theme.Asset("icon.svg")),
		Email: s.catalog.Contact.Email, Telephone: s.catalog.Contact.Phone,
	}
	site = ldSite{
		Type: "WebSite", ID: address + "#site", Name: l.frame.Site, URL: address, Description: l.frame.About, Publisher: ldRef{by.ID},
	}
	return site, by
}

// ldHome describes the site to those who come to a language's first page.
func (s *Site) ldHome(l *lang) (site ldSite, by ldOrganization) {
	site, by = s.ldMarketplace(l, s.absolute(l.Tag+"/"))
	site.Language = l.Tag
	site.Action = &ldSearch{"SearchAction", ldTarget{"EntryPoint", s.searchTemplate(l, "search_term_string")}, "required name=search_term_string"}
	return site, by
}

// ldSellerRef names a seller on a page that is not its own.
func (s *Site) ldSellerRef(l *lang, seller *catalog.Seller) *ldOrganization {
	page := s.absolute(l.Tag + "/" + sellerPath(seller))
	return &ldOrganization{Type: "Organization", ID: s.ldSellerID(seller), Name: l.text(seller.Name), URL: page}
}

// ldSellerID names a seller in all languages alike.
func (s *Site) ldSellerID(seller *catalog.Seller) string {
	return s.absolute(s.languages[0].Tag+"/"+sellerPath(seller)) + "#seller"
}

// ldSeller describes a seller on its own page.
func (s *Site) ldSeller(l *lang, seller *catalog.Seller) *ldOrganization {
	o := s.ldSellerRef(l, seller)
	o.Description = l.text(seller.Summary)
	o.Email, o.Telephone = seller.Contact.Email, seller.Contact.Phone
	if f := seller.File(seller.Logo); f != nil {
		o.Logo = s.absolute(filePath(f))
	}
	o.Image = s.posterURL(l, s.sellerPoster(seller))
	if site := l.text(seller.Website); site != "" {
		o.SameAs = []string{site}
	}
	if to := l.text(seller.Contact.URL); to != "" {
		o.ContactPoint = &ldContact{"ContactPoint", "sales", o.Email, o.Telephone, to}
	}
	if seller.Country != "" {
		o.Address = &ldAddress{"PostalAddress", seller.Country}
	}
	for _, c := range seller.Certifications {
		o.Certifications = append(o.Certifications, ldCertification{"Certification", c})
	}
	return o
}
