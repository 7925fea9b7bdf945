package api

import (
	"io"
	"reflect"
	"strings"
)

// The objects of an OpenAPI document (OpenAPI 3.1), as far as they are needed.
type openAPI struct {
	OpenAPI    string              `json:"openapi"`
	Info       openAPIInfo         `json:"info"`
	Servers    []openAPIServer     `json:"servers"`
	Paths      map[string]pathItem `json:"paths"`
	Components components          `json:"components"`
}

type openAPIInfo struct {
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Version     string          `json:"version"`
	Contact     *openAPIContact `json:"contact,omitempty"`
}

type openAPIContact struct {
	Email string `json:"email"`
}

type openAPIServer struct {
	URL string `json:"url"`
}

type pathItem struct {
	Get operation `json:"get"`
}

type operation struct {
	OperationID string              `json:"operationId"`
	Summary     string              `json:"summary"`
	Tags        []string            `json:"tags"`
	Security    []struct{}          `json:"security"` // none is needed
	Parameters  []parameter         `json:"parameters,omitempty"`
	Responses   map[string]response `json:"responses"`
}

type parameter struct {
	Name        string  `json:"name"`
	In          string  `json:"in"`
	Description string  `json:"description"`
	Required    bool    `json:"required"`
	Schema      *schema `json:"schema"`
}

type response struct {
	Description string               `json:"description"`
	Content     map[string]mediaType `json:"content,omitempty"`
}

type mediaType struct {
	Schema *schema `json:"schema"`
}

type components struct {
	Schemas map[string]*schema `json:"schemas"`
}

// Info is what the OpenAPI document says of the site.
type Info struct {
	Title       string
	Description string
	Email       string // "" where there is none
	Server      string // the site's address, ends with a slash
	Languages   []string
}

// WriteOpenAPI writes the OpenAPI document.
func WriteOpenAPI(w io.Writer, info Info) error {
	m := maker{languages: info.Languages, refs: "#/components/schemas/", defs: make(map[string]*schema)}
	for _, k := range kinds {
		t := reflect.TypeOf(k.document)
		m.define(t.Name(), func() *schema {
			s := m.object(t)
			s.Title = k.title
			return s
		})
	}
	slug := &schema{Type: "string", Pattern: "^[a-z0-9]+(-[a-z0-9]+)*$"}
	seller := parameter{"seller", "path", "Id of the seller.", true, slug}
	product := parameter{"product", "path", "The part of the product's id behind the slash.", true, slug}
	region := parameter{"region", "path", "Id of a Region of the catalog.", true, slug}
	missing := response{Description: "There is no such product, seller or price list, or it is no longer offered. The answer is a page for people."}
	get := func(id, summary, kind string, parameters ...parameter) pathItem {
		o := operation{OperationID: id, Summary: summary, Tags: []string{"catalog"}, Security: []struct{}{}, Parameters: parameters}
		o.Responses = map[string]response{"200": {"The document.", map[string]mediaType{
			"application/json": {&schema{Ref: m.refs + kind}},
		}}}
		if parameters != nil {
			o.Responses["404"] = missing
		}
		return pathItem{o}
	}
	doc := openAPI{
		OpenAPI: "3.1.0",
		Info:    openAPIInfo{Title: info.Title, Description: info.Description, Version: "1"},
		Servers: []openAPIServer{{strings.TrimSuffix(info.Server, "/")}},
		Paths: map[string]pathItem{
			"/" + CatalogPath:                          get("getCatalog", "The catalog, with lists of its sellers and products", "Catalog"),
			"/" + ProductPath("{seller}", "{product}"): get("getProduct", "A product", "Product", seller, product),
			"/" + PricesPath("{region}"):               get("getPrices", "What VMs cost in a Region", "Prices", region),
			"/" + SellerPath("{seller}"):               get("getSeller", "A seller and its showcase", "Seller", seller),
		},
		Components: components{m.defs},
	}
	if info.Email != "" {
		doc.Info.Contact = &openAPIContact{info.Email}
	}
	return Write(w, doc, "  ")
}
