package api

// Product is the document about a product.
type Product struct {
	Schema             string           `json:"$schema" format:"uri" doc:"Address of this document's JSON Schema."`
	Version            int              `json:"version" doc:"Version of the documents' form."`
	ID                 string           `json:"id" doc:"The seller's id and the product's, with a slash between them."`
	Type               string           `json:"type" enum:"omi,outsourced,service" doc:"omi: a machine image; outsourced: run and billed by the seller; service: a professional service, billed by the seller."`
	Title              Text             `json:"title"`
	Summary            Text             `json:"summary"`
	URL                Text             `json:"url" format:"uri" doc:"Its page in each language."`
	Seller             SellerRef        `json:"seller"`
	Categories         []CategoryRef    `json:"categories"`
	KeyPoints          []Text           `json:"key_points"`
	Logo               *Image           `json:"logo,omitempty"`
	Screenshots        []Image          `json:"screenshots,omitempty"`
	Preview            Text             `json:"preview" format:"uri" doc:"A picture of 1200 by 630 pixels to be shown beside a link, in each language."`
	ProductCode        string           `json:"product_code,omitempty" doc:"Identifies an OMI product in metering and billing. It is a text: zeros at its beginning count."`
	Pricing            string           `json:"pricing,omitempty" enum:"vm_type,subscription,byol,free" doc:"The pricing mode of an OMI product. The marketplace bills vm_type and subscription; whatever else is to pay, the seller bills."`
	Regions            []string         `json:"regions,omitempty" doc:"The Regions in which an OMI product is offered."`
	Latest             []LatestVersion  `json:"latest,omitempty" doc:"The newest version in each Region."`
	Versions           []ProductVersion `json:"versions,omitempty" doc:"Versions that buyers can start, as the seller lists them: the newest first."`
	Offers             []Offer          `json:"offers,omitempty"`
	License            Documents        `json:"license,omitempty" doc:"The license agreement in each language."`
	Activation         Text             `json:"activation,omitempty" doc:"How the license key is used. Text between backquotes is code."`
	DeploymentTemplate Documents        `json:"deployment_template,omitempty"`
	PrivacyPolicy      Documents        `json:"privacy_policy,omitempty"`
	Documentation      Text             `json:"documentation,omitempty" format:"uri"`
	Support            *Contact         `json:"support,omitempty"`
	ServiceOf          *ProductRef      `json:"service_of,omitempty" doc:"The product that a service goes with."`
	Services           []ProductRef     `json:"services,omitempty" doc:"Services that go with the product."`
	Related            []ProductRef     `json:"related,omitempty"`
	Body               Text             `json:"body,omitempty" doc:"The product's full text, as HTML without scripts. Headings begin with h2. Addresses in it are to be resolved against the page's url."`
	Changed            string           `json:"changed,omitempty" format:"date" doc:"The day of its last change; left out where it is not known."`
}

// SellerRef points to a seller.
type SellerRef struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
	URL  Text   `json:"url" format:"uri" doc:"Its showcase in each language."`
	API  string `json:"api" format:"uri" doc:"Its document."`
}

// CategoryRef points to a category.
type CategoryRef struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
}

// ProductRef points to a product.
type ProductRef struct {
	ID  string `json:"id" doc:"The seller's id and the product's, with a slash between them."`
	API string `json:"api" format:"uri" doc:"Its document."`
}

// LatestVersion is the newest version in a Region.
type LatestVersion struct {
	Region   string `json:"region"`
	Version  string `json:"version"`
	Released string `json:"released,omitempty" format:"date"`
	OMI      string `json:"omi" doc:"Id of the OMI in this Region."`
}

// ProductVersion is a version of an OMI product.
type ProductVersion struct {
	Version      string            `json:"version" doc:"It is a text: 1.10 is not 1.1."`
	Released     string            `json:"released,omitempty" format:"date"`
	Images       map[string]string `json:"images" doc:"Id of the version's OMI, by Region."`
	OS           string            `json:"os,omitempty"`
	Architecture string            `json:"architecture,omitempty"`
	Notes        Text              `json:"notes,omitempty" doc:"What is new. Text between backquotes is code."`
}

// Offer is one way to pay for a product.
type Offer struct {
	ID               string   `json:"id"`
	Name             Text     `json:"name"`
	Description      Text     `json:"description,omitempty"`
	Audience         string   `json:"audience" enum:"all,nuage_public" doc:"Who may buy: all buyers, or the French public sector alone."`
	Rates            []Rate   `json:"rates" doc:"Either of them may be chosen where there are several."`
	CommitmentMonths int      `json:"commitment_months,omitempty" doc:"Commitment period of a subscription."`
	Billing          string   `json:"billing,omitempty" enum:"monthly,quarterly,yearly" doc:"Billing frequency of a subscription."`
	VMTypes          []string `json:"vm_types,omitempty" doc:"VM types that the seller recommends."`
}

// Rate is what something costs.
type Rate struct {
	Amount   string `json:"amount" pattern:"^[0-9]+(\\.[0-9]+)?$" doc:"Exact decimal number, excluding taxes."`
	Currency string `json:"currency" doc:"ISO 4217 code."`
	Unit     string `json:"unit" enum:"hour,month,quarter,year" doc:"The time that the amount is for."`
	Per      string `json:"per,omitempty" enum:"vm,vcpu" doc:"What the amount is multiplied by: VMs or their vCores. Left out for subscriptions."`
}

// Seller is the document about a seller.
type Seller struct {
	Schema         string           `json:"$schema" format:"uri" doc:"Address of this document's JSON Schema."`
	Version        int              `json:"version" doc:"Version of the documents' form."`
	ID             string           `json:"id"`
	Name           Text             `json:"name"`
	Summary        Text             `json:"summary"`
	URL            Text             `json:"url" format:"uri" doc:"Its showcase in each language."`
	Logo           *Image           `json:"logo,omitempty"`
	Preview        Text             `json:"preview" format:"uri" doc:"A picture of 1200 by 630 pixels to be shown beside a link, in each language."`
	Website        Text             `json:"website,omitempty" format:"uri"`
	Contact        *Contact         `json:"contact,omitempty"`
	Country        string           `json:"country,omitempty" doc:"ISO 3166-1 alpha-2 code."`
	Certifications []string         `json:"certifications,omitempty"`
	Documents      []SellerDocument `json:"documents,omitempty"`
	Products       []ProductItem    `json:"products" doc:"Its products, in the order of their ids."`
	Body           Text             `json:"body,omitempty" doc:"The showcase's full text, as HTML without scripts. Headings begin with h2. Addresses in it are to be resolved against the page's url."`
	Changed        string           `json:"changed,omitempty" format:"date" doc:"The day of its last change; left out where it is not known."`
}

// SellerDocument is a document that a seller offers.
type SellerDocument struct {
	Title Text      `json:"title"`
	Files Documents `json:"files" doc:"The document in each language."`
}
