package site_test

import (
	"encoding/json"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// thing is one of the things that a page tells search engines of.
type thing map[string]any

func (t thing) is(kind string) bool {
	switch is := t["@type"].(type) {
	case string:
		return is == kind
	case []any:
		for _, k := range is {
			if k == kind {
				return true
			}
		}
	}
	return false
}

// linkedData returns what a page tells search engines of, as they read it.
func linkedData(t *testing.T, name string, page *html.Node) (things []thing) {
	t.Helper()
	for n := range page.Descendants() {
		if n.DataAtom != atom.Script || attr(n, "type") != "application/ld+json" {
			continue
		}
		var doc struct {
			Context string  `json:"@context"`
			Graph   []thing `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(n.FirstChild.Data), &doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if doc.Context != "https://schema.org" {
			t.Errorf("%s: the context is %q", name, doc.Context)
		}
		things = append(things, doc.Graph...)
	}
	return things
}

// find returns the only thing of a kind.
func find(t *testing.T, name string, things []thing, kind string) (found thing) {
	t.Helper()
	for _, th := range things {
		if th.is(kind) {
			if found != nil {
				t.Errorf("%s has more than one %s", name, kind)
			}
			found = th
		}
	}
	return found
}

func TestLinkedDataOfEveryPage(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		products := 0
		for name, page := range f.indexed(t) {
			things := linkedData(t, name, page)
			shown := 0
			for n := range page.Descendants() {
				if n.DataAtom == atom.Li && n.Parent.Parent != nil && attr(n.Parent.Parent, "class") == "crumbs" {
					shown++
				}
			}
			if crumbs := find(t, name, things, "BreadcrumbList"); crumbs == nil != (shown == 0) {
				t.Errorf("%s shows %d breadcrumbs and tells of %v", name, shown, crumbs)
			} else if crumbs != nil {
				items := crumbs["itemListElement"].([]any)
				for i, item := range items {
					item := item.(map[string]any)
					if item["position"] != float64(i+1) || item["name"] == "" || item["item"] == nil != (i == len(items)-1) {
						t.Errorf("%s: breadcrumb %d of %d is %v", name, i+1, len(items), item)
					}
				}
				if len(items) != shown {
					t.Errorf("%s: %d breadcrumbs, %d are shown", name, len(items), shown)
				}
			}
			for _, th := range things {
				texts(map[string]any(th), func(s string) {
					if strings.HasPrefix(s, "https://catalog.example/") && !f.there(base, s) {
						t.Errorf("%s names %s, which is not there", name, s)
					}
				})
			}
			if parts := strings.Split(path.Dir(name), "/"); len(parts) == 4 && parts[1] == "products" && parts[2] != "page" {
				products++
				product, service := find(t, name, things, "Product"), find(t, name, things, "Service")
				if (product == nil) == (service == nil) {
					t.Errorf("%s is not of one product or service", name)
				}
				for _, offer := range offers(product) {
					for _, needed := range []string{"price", "priceCurrency", "availability", "url", "seller"} {
						if offer[needed] == nil || offer[needed] == "" {
							t.Errorf("%s: an offer lacks %s", name, needed)
						}
					}
				}
			}
		}
		if products < 80 {
			t.Errorf("only %d pages of products", products)
		}
	}
}

func offers(product thing) (out []thing) {
	list, _ := product["offers"].([]any)
	for _, o := range list {
		out = append(out, o.(map[string]any))
	}
	return out
}

func TestLinkedDataOfKindsOfPages(t *testing.T) {
	f, c := render(t, site.Options{})
	pages := f.pages(t)
	on := func(name, kind string) thing {
		t.Helper()
		th := find(t, name, linkedData(t, name, pages[name+"index.html"]), kind)
		if th == nil {
			t.Fatalf("%s tells of no %s", name, kind)
		}
		return th
	}
	postgres := on("fr/products/kelvane/kelvane-postgres/", "Product")
	if !thing(postgres).is("SoftwareApplication") || postgres["softwareVersion"] != "5.2.0" || postgres["operatingSystem"] != "Debian 13" || postgres["brand"].(map[string]any)["name"] != "Kelvane" {
		t.Errorf("product: %v", postgres)
	}
	got := offers(postgres)
	if len(got) != 3 || got[0]["price"] != "0.140" || got[0]["priceCurrency"] != "EUR" || got[2]["eligibleCustomerType"] == nil || got[0]["eligibleCustomerType"] != nil {
		t.Errorf("offers: %v", got)
	}
	if rates := got[0]["priceSpecification"].([]any); len(rates) != 2 || rates[1].(map[string]any)["unitCode"] != "ANN" || rates[1].(map[string]any)["valueAddedTaxIncluded"] != false {
		t.Errorf("rates: %v", rates)
	}
	for p := range c.Products {
		if p.Pricing == catalog.Free && len(p.Offers) == 0 && f.public("en/products/"+p.Ref()+"/index.html") {
			if got := offers(on("en/products/"+p.Ref()+"/", "Product")); len(got) != 1 || got[0]["price"] != "0" {
				t.Errorf("%s is free, its offers are %v", p.Ref(), got)
			}
		}
	}
	dba := on("fr/products/kelvane/kelvane-dba/", "Service")
	if dba["provider"].(map[string]any)["name"] != "Kelvane" || dba["offers"] != nil || dba["sku"] != nil {
		t.Errorf("service: %v", dba)
	}
	kelvane := on("en/sellers/kelvane/", "Organization")
	if len(kelvane["hasCertification"].([]any)) != 2 || kelvane["@id"] != dba["provider"].(map[string]any)["@id"] {
		t.Errorf("seller: %v", kelvane)
	}
	search := on("fr/", "WebSite")["potentialAction"].(map[string]any)
	if to := search["target"].(map[string]any)["urlTemplate"]; to != c.BaseURL+"fr/products/?q={search_term_string}" || search["query-input"] != "required name=search_term_string" {
		t.Errorf("search: %v", search)
	}
	on("", "WebSite")
	on("", "Organization")
}

// hostile are texts that try to leave the place that they are put into.
var hostile = []string{
	`</script><b>x</b>`, `<!--<script>`, `{{.}}{{template "x"}}`, `"'` + "`" + `\"`, "a\u2028b\u2029c", "خزنة آمنة \u202eabc", `]]><x/>`, `&lt;&amp;`,
	`\u003c/script>`, "*a* [b](c) `d`",
}

func TestHostileTextsStayTexts(t *testing.T) {
	for _, text := range hostile {
		f := small(t, bases[1], func(c *catalog.Catalog) {
			both := catalog.Text{text, text}
			c.Title, c.Description = both, both
			seller := c.Sellers[0]
			seller.Name, seller.Summary, seller.Certifications = both, both, []string{text}
			p := seller.Products[0]
			p.Title, p.Summary, p.Versions[0].Version, p.Versions[0].OS, p.Offers[0].Name = both, both, text, text, both
		})
		const name = "fr/products/acme/vault/index.html"
		page := f.pages(t)[name]
		product := find(t, name, linkedData(t, name, page), "Product")
		if product["name"] != text || product["operatingSystem"] != text || offers(product)[0]["name"] != text {
			t.Errorf("%q becomes %v", text, product)
		}
		head := social(page)
		if head["og:title"] != text || head["og:description"] != text || head["og:site_name"] != text {
			t.Errorf("%q becomes %v", text, head)
		}
		for n := range page.Descendants() {
			if n.DataAtom == atom.B || n.Data == "x" || n.DataAtom == atom.Script && attr(n, "src") == "" && attr(n, "type") == "" {
				t.Errorf("%q makes an element %s", text, n.Data)
			}
		}
		doc := decode(t, f["api/v1/products/acme/vault.json"])
		if doc["title"].(map[string]any)["fr"] != text {
			t.Errorf("%q becomes %v", text, doc["title"])
		}
		if search := openSearch(t, f["fr/opensearch.xml"]); search.Description != text {
			t.Errorf("%q becomes %q", text, search.Description)
		}
		if first, _, _ := strings.Cut(string(f["llms.txt"]), "\n"); len(first) < len(text) || strings.Contains(first, "[b](") {
			t.Errorf("%q becomes %q", text, first)
		}
	}
}
