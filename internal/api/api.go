// Package api is the form of the site's JSON documents. Their JSON Schemas and
// the OpenAPI document are made from the same types: the tag doc says what a
// member is, enum which values it has, format what kind of text it is. Members
// without omitempty are always there.
package api

// Version is the version of the form. It is part of the documents' addresses:
// within a version, members are added and none is taken away or given another
// meaning.
const Version = 1

// Where the documents stand, below the site's root.
const (
	Root        = "api/v1/"
	CatalogPath = Root + "catalog.json"
	OpenAPIPath = Root + "openapi.json"
)

// ProductPath returns where a product's document stands.
func ProductPath(seller, product string) string {
	return Root + "products/" + seller + "/" + product + ".json"
}

// SellerPath returns where a seller's document stands.
func SellerPath(seller string) string { return Root + "sellers/" + seller + ".json" }

// SchemaPath returns where the schema of a kind of document stands: of catalog,
// product or seller.
func SchemaPath(kind string) string { return Root + "schema/" + kind + ".json" }

// Text is a text in each of the catalog's languages, by the language's tag.
type Text map[string]string

// Catalog is the document about the whole catalog.
type Catalog struct {
	Schema            string        `json:"$schema" format:"uri" doc:"Address of this document's JSON Schema."`
	Version           int           `json:"version" doc:"Version of the documents' form."`
	Title             Text          `json:"title" doc:"The marketplace's name."`
	Description       Text          `json:"description"`
	URL               Text          `json:"url" format:"uri" doc:"The home page in each language."`
	Languages         []Language    `json:"languages" doc:"The catalog's languages; the first is the default."`
	Currency          string        `json:"currency" doc:"Currency of all rates, an ISO 4217 code. Rates exclude taxes."`
	Contact           *Contact      `json:"contact,omitempty" doc:"How to reach the marketplace."`
	Links             Links         `json:"links"`
	Counts            Counts        `json:"counts"`
	Regions           []Region      `json:"regions" doc:"The Regions of the cloud in which OMI products are offered."`
	Categories        []Category    `json:"categories" doc:"Categories of OMI products and outsourced products."`
	ServiceCategories []Category    `json:"service_categories,omitempty" doc:"Categories of professional services, where they have some of their own."`
	Sellers           []SellerItem  `json:"sellers" doc:"All sellers, in the order of their ids."`
	Products          []ProductItem `json:"products" doc:"All products, in the order of their ids."`
}

// Language is one of the catalog's languages.
type Language struct {
	Tag  string `json:"tag" doc:"BCP 47 tag: the key of texts in this language."`
	Name string `json:"name" doc:"The language's own name."`
}

// Links are the site's other documents for machines.
type Links struct {
	OpenAPI string `json:"openapi" format:"uri" doc:"OpenAPI description of these documents."`
	Sitemap string `json:"sitemap" format:"uri" doc:"Every page, with its last change."`
	LLMs    string `json:"llms" format:"uri" doc:"What the site is, for language models."`
	Atom    Text   `json:"atom" format:"uri" doc:"Feed of what is new, in each language, as Atom."`
	Feed    Text   `json:"feed" format:"uri" doc:"The same as a JSON Feed."`
}

// Counts are how many there are of what the catalog shows.
type Counts struct {
	Sellers  int `json:"sellers"`
	Products int `json:"products"`
}

// Region is a Region of the cloud.
type Region struct {
	ID      string `json:"id"`
	Default bool   `json:"default" doc:"Every OMI product is in it."`
}

// Category is a category of products.
type Category struct {
	ID          string `json:"id"`
	Name        Text   `json:"name"`
	Description Text   `json:"description,omitempty"`
	URL         Text   `json:"url" format:"uri" doc:"Its page in each language."`
	Products    int    `json:"products" doc:"How many products are in it."`
}

// SellerItem is a seller in the catalog's list.
type SellerItem struct {
	ID       string `json:"id"`
	Name     Text   `json:"name"`
	Summary  Text   `json:"summary"`
	URL      Text   `json:"url" format:"uri" doc:"Its showcase in each language."`
	API      string `json:"api" format:"uri" doc:"Its document."`
	Products int    `json:"products" doc:"How many products it has."`
}

// ProductItem is a product in a list.
type ProductItem struct {
	ID         string   `json:"id" doc:"The seller's id and the product's, with a slash between them."`
	Type       string   `json:"type" enum:"omi,outsourced,service" doc:"omi: a machine image; outsourced: run and billed by the seller; service: a professional service, billed by the seller."`
	Pricing    string   `json:"pricing,omitempty" enum:"vm_type,subscription,byol,free" doc:"The pricing mode of an OMI product."`
	Title      Text     `json:"title"`
	Summary    Text     `json:"summary"`
	Categories []string `json:"categories" doc:"Ids of categories."`
	URL        Text     `json:"url" format:"uri" doc:"Its page in each language."`
	API        string   `json:"api" format:"uri" doc:"Its document."`
	Changed    string   `json:"changed,omitempty" format:"date" doc:"The day of its last change; left out where it is not known."`
}

// Contact is how to reach an organisation.
type Contact struct {
	Email string `json:"email,omitempty" format:"email"`
	Phone string `json:"phone,omitempty"`
	URL   Text   `json:"url,omitempty" format:"uri"`
}

// Image is a picture.
type Image struct {
	URL    string `json:"url" format:"uri"`
	Type   string `json:"media_type"`
	Width  int    `json:"width,omitempty" doc:"In pixels; left out where a drawing has no size of its own."`
	Height int    `json:"height,omitempty"`
	Alt    Text   `json:"alt,omitempty" doc:"What is to be seen."`
}

// Document is a file of the site, or a link to another one.
type Document struct {
	URL   string `json:"url" format:"uri"`
	Type  string `json:"media_type,omitempty" doc:"Of a file of this site; left out for links to other sites."`
	Bytes int64  `json:"bytes,omitempty" doc:"Size of a file of this site."`
}

// Documents are a document in each language, by the language's tag.
type Documents map[string]Document
