package catalog

import "github.com/shopspring/decimal"

// ProductType is one of the three kinds of products.
type ProductType string

// The product types.
const (
	OMI        ProductType = "omi"        // an OUTSCALE machine image
	Outsourced ProductType = "outsourced" // SaaS or PaaS, run and billed by the seller
	Service    ProductType = "service"    // a professional service
)

// Pricing is the pricing mode of an OMI product.
type Pricing string

// The pricing modes.
const (
	PerVMType    Pricing = "vm_type" // hourly and yearly rates
	Subscription Pricing = "subscription"
	BYOL         Pricing = "byol" // bring your own license
	Free         Pricing = "free"
)

// Decimal is an exact decimal number.
type Decimal struct{ decimal.Decimal }

// ParseDecimal reads a number such as "1234.50". It keeps the number of
// decimal places as written.
func ParseDecimal(s string) (Decimal, error) {
	d, err := decimal.NewFromString(s)
	return Decimal{d}, err
}

// Product is one product of a seller. Keys that do not belong to its type are
// empty.
type Product struct {
	Entry
	Seller             *Seller // nil where the folder has no showcase
	Type               ProductType
	Title              Text
	Summary            Text
	Categories         []string
	KeyPoints          []Text
	Logo               string // a file's name
	Screenshots        []Screenshot
	Regions            []string
	ProductCode        string
	Pricing            Pricing
	Versions           []Version
	Offers             []Offer
	License            Text // a file's name or an https link, a language each
	Activation         Text
	DeploymentTemplate Text // a file's name or a link
	Documentation      Text
	Support            Contact
	PrivacyPolicy      Text
	ServiceOf          string // "seller/product"
	Related            []string
}

// Ref is the product's reference, "seller/product".
func (p *Product) Ref() string {
	if p.Seller == nil {
		return "/" + p.Slug
	}
	return p.Seller.Slug + "/" + p.Slug
}

// Screenshot is a picture of a product.
type Screenshot struct {
	File string
	Alt  Text
}

// Version is a release of an OMI product.
type Version struct {
	Version      string // as written: 1.10 is not 1.1
	Status       Status
	Released     Date
	Images       []Image // in the order of the product's Regions
	OS           string
	Architecture string
	Notes        Text
	Withdrawal   *Withdrawal
	Gone         Date // the day from which an unpublished version is not public: its own, else its product's; "" where not known
}

// Image is a version's OMI in one Region.
type Image struct {
	Region string
	OMI    string
}

// Image returns the version's OMI id in a Region, or "".
func (v *Version) Image(region string) string {
	for _, i := range v.Images {
		if i.Region == region {
			return i.OMI
		}
	}
	return ""
}

// Offer is one way to pay for a product. Rates are in the catalog's currency,
// excluding taxes; a rate that was not given is nil.
type Offer struct {
	ID               string
	Name             Text
	Description      Text
	Audience         string // "all" or "nuage_public"
	Hourly, Yearly   *Decimal
	Per              string // "vm" or "vcpu"
	Rate             *Decimal
	CommitmentMonths int
	Billing          string // "monthly", "quarterly" or "yearly"
	VMTypes          []string
}

// Latest returns the newest visible version with an OMI in the Region, or nil:
// the one with the latest release date, the first listed where dates are equal
// or missing. (Rule 7 of the marketplace: the latest version is computed among
// published versions only, a Region each; a preview of drafts counts none.)
func (p *Product) Latest(region string, v Visibility) *Version {
	var latest *Version
	for i := range p.Versions {
		n := &p.Versions[i]
		if n.Status != Draft && v.Version(n) && n.Image(region) != "" && (latest == nil || n.Released > latest.Released) {
			latest = n
		}
	}
	return latest
}
