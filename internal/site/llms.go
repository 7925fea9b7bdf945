package site

import (
	"fmt"
	"strings"

	"vitrine/internal/api"
)

// llmsSellers is how many sellers llms.txt names: it is to be read in one go.
const llmsSellers = 100

// llms writes llms.txt (llmstxt.org): what the site is and where to read on, for
// language models. It is in the catalog's first language.
func (s *Site) llms(w *writer) error {
	l := s.languages[0]
	b := &w.buffer
	section := func(key string) { fmt.Fprintf(b, "\n## %s\n\n", l.Word(key)) }
	item := func(name, address, about string) {
		fmt.Fprintf(b, "- [%s](%s)", mark(name), address)
		if about != "" {
			fmt.Fprintf(b, ": %s", mark(about))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "# %s\n\n> %s\n\n", mark(l.frame.Site), mark(l.frame.About))
	var names []string
	for _, other := range s.languages {
		names = append(names, other.Name)
	}
	fmt.Fprintf(b, "%s\n", l.Word("llms.intro",
		"products", l.Count("count.products", len(s.products)), "sellers", l.Count("count.sellers", len(s.sellers)),
		"languages", strings.Join(names, ", "), "currency", s.catalog.Currency))

	section("llms.pages")
	for _, other := range s.languages {
		item(other.Name, s.absolute(other.Tag+"/"), other.frame.About)
	}
	item(l.Word("products.title"), s.absolute(l.Tag+"/products/"), "")
	for _, f := range l.frame.Footer {
		item(f.Name, s.full(f.Href), "")
	}
	section("llms.data")
	item("catalog.json", s.absolute(api.CatalogPath), l.Word("llms.catalog"))
	item("openapi.json", s.absolute(api.OpenAPIPath), l.Word("llms.openapi"))
	item("sitemap.xml", s.absolute("sitemap.xml"), l.Word("llms.sitemap"))
	item("feed.atom", s.absolute(l.Tag+"/feed.atom"), l.Word("llms.feed"))

	section("categories.title")
	products, services := s.categoryCards(l)
	for _, c := range append(products, services...) {
		if c.Products > 0 {
			item(c.Name, s.full(c.Href), strings.TrimSpace(c.Description+" ("+l.Count("count.products", c.Products)+")"))
		}
	}
	section("sellers.title")
	for i, seller := range l.sellers {
		if i == llmsSellers {
			item(l.Word("llms.more"), s.absolute(l.Tag+"/sellers/"), "")
			break
		}
		item(l.text(seller.Name), s.absolute(l.Tag+"/"+sellerPath(seller)), l.text(seller.Summary))
	}
	return w.file("llms.txt")
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "<", `\<`, "\n", " ")

// mark writes a text into Markdown so that none of its characters means
// anything there.
func mark(s string) string { return marks.Replace(s) }
