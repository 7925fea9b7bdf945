package site_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// bases are a site at its host's root, and one below it.
var bases = []string{"https://catalog.example/", "https://catalog.example/below/here/"}

// schemas compiles the schemas that the site itself has, by their addresses, and
// those of its OpenAPI document.
func schemas(t *testing.T, f files, base string) (compile func(address string) *jsonschema.Schema) {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for _, name := range []string{"schema/catalog.json", "schema/product.json", "schema/seller.json", "schema/prices.json", "openapi.json"} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(f["api/v1/"+name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.AddResource(base+"api/v1/"+name, value); err != nil {
			t.Fatal(err)
		}
	}
	return func(address string) *jsonschema.Schema {
		t.Helper()
		s, err := c.Compile(address)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func decode(t *testing.T, data []byte) map[string]any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value.(map[string]any)
}

// texts yields every text of a JSON value.
func texts(value any, yield func(string)) {
	switch value := value.(type) {
	case string:
		yield(value)
	case []any:
		for _, v := range value {
			texts(v, yield)
		}
	case map[string]any:
		for _, v := range value {
			texts(v, yield)
		}
	}
}

// there reports whether the site has what an address of it means.
func (f files) there(base, address string) bool {
	path, ours := strings.CutPrefix(address, base)
	path, _, _ = strings.Cut(path, "#")
	path, _, _ = strings.Cut(path, "?")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	return ours && f[path] != nil
}

func TestEveryDocumentKeepsItsSchemaAndNamesWhatIsThere(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		compile := schemas(t, f, base)
		met := make(map[string]int)
		for name, data := range f {
			kind, isAPI := strings.CutPrefix(name, "api/v1/")
			if !isAPI || kind == "openapi.json" || strings.HasPrefix(kind, "schema/") {
				continue
			}
			doc := decode(t, data)
			schema := doc["$schema"].(string)
			kind = strings.TrimSuffix(schema[strings.LastIndex(schema, "/")+1:], ".json")
			met[kind]++
			for _, s := range []string{schema, base + "api/v1/openapi.json#/components/schemas/" + strings.ToUpper(kind[:1]) + kind[1:]} {
				if err := compile(s).Validate(doc); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			texts(doc, func(s string) {
				if strings.HasPrefix(s, "https://catalog.example/") && !strings.ContainsAny(s, " <") && !f.there(base, s) {
					t.Errorf("%s names %s, which is not there", name, s)
				}
			})
			doc["surprise"] = true
			if compile(schema).Validate(doc) == nil {
				t.Errorf("the schema of %s lets unknown members pass", name)
			}
		}
		if met["catalog"] != 1 || met["seller"] < 10 || met["product"] < 40 {
			t.Errorf("documents: %v", met)
		}
	}
}

func TestOpenAPIIsWhole(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		doc := decode(t, f["api/v1/openapi.json"])
		server := doc["servers"].([]any)[0].(map[string]any)["url"].(string)
		for path := range doc["paths"].(map[string]any) {
			address := server + strings.NewReplacer("{seller}", "kelvane", "{product}", "kelvane-postgres", "{region}", "eu-west-2").Replace(path)
			if !f.there(base, address) {
				t.Errorf("there is no %s", address)
			}
		}
		known := doc["components"].(map[string]any)["schemas"].(map[string]any)
		var walk func(any)
		walk = func(value any) {
			switch value := value.(type) {
			case []any:
				for _, v := range value {
					walk(v)
				}
			case map[string]any:
				if ref, ok := value["$ref"].(string); ok && known[strings.TrimPrefix(ref, "#/components/schemas/")] == nil {
					t.Errorf("%s is not there", ref)
				}
				for _, v := range value {
					walk(v)
				}
			}
		}
		walk(doc)
	}
}

func TestAProductsDocumentSaysWhatItsPageSays(t *testing.T) {
	f, c := render(t, site.Options{})
	ids := make(map[string]bool)
	for _, p := range decode(t, f["api/v1/catalog.json"])["products"].([]any) {
		ids[p.(map[string]any)["id"].(string)] = true
	}
	for p := range c.Products {
		if page := f.public("en/products/" + p.Ref() + "/index.html"); page != ids[p.Ref()] || page != (f["api/v1/products/"+p.Ref()+".json"] != nil) {
			t.Errorf("%s: its page and its document are not both there, or not both missing", p.Ref())
		}
	}
	var doc struct {
		Title    map[string]string
		Code     string `json:"product_code"`
		Versions []struct {
			Version string
			Images  map[string]string
		}
		Offers []struct {
			ID    string
			Rates []map[string]string
		}
		License map[string]map[string]any
		Body    map[string]string
		Related []struct{ ID string }
	}
	if err := json.Unmarshal(f["api/v1/products/kelvane/kelvane-postgres.json"], &doc); err != nil {
		t.Fatal(err)
	}
	var versions []string
	for _, v := range doc.Versions {
		versions = append(versions, v.Version)
	}
	if want := []string{"5.2.0", "5.1.1", "4.6.3", "4.4.0"}; !slices.Equal(versions, want) { // 5.1.0 is unpublished
		t.Errorf("versions %v, want %v", versions, want)
	}
	if doc.Code != "pty-1aa2d307" || doc.Versions[0].Images["eu-west-2"] != "ami-1ae518af" {
		t.Errorf("product code %q, images %v", doc.Code, doc.Versions[0].Images)
	}
	want := []map[string]string{
		{"amount": "0.140", "currency": "EUR", "unit": "hour", "per": "vm"},
		{"amount": "920.00", "currency": "EUR", "unit": "year", "per": "vm"},
	}
	if !slices.EqualFunc(doc.Offers[0].Rates, want, maps.Equal) {
		t.Errorf("rates %v, want %v", doc.Offers[0].Rates, want)
	}
	if d := doc.License["fr"]; d["media_type"] != "application/pdf" || !f.there(c.BaseURL, d["url"].(string)) || d["bytes"].(float64) < 100 {
		t.Errorf("license in French: %v", d)
	}
	for tag, start := range map[string]string{"en": "<p>Kelvane Postgres is a PostgreSQL server", "fr": "<p>Kelvane Postgres est un serveur"} {
		if !strings.HasPrefix(doc.Body[tag], start) {
			t.Errorf("the text in %s begins with %.60q", tag, doc.Body[tag])
		}
	}
}

func TestAnEmptyCatalogHasDocuments(t *testing.T) {
	const base = "https://catalog.example/"
	f := small(t, base, func(c *catalog.Catalog) { c.Sellers, c.Categories, c.Regions = nil, nil, nil })
	doc := decode(t, f["api/v1/catalog.json"])
	if err := schemas(t, f, base)(doc["$schema"].(string)).Validate(doc); err != nil {
		t.Error(err)
	}
}
