package site_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// searchFiles are what index.json says, as far as these tests read it.
type searchFiles struct {
	Facets, Words   string
	Postings, Cards []string
	Chunk           int
	Phrases         map[string]any
}

type facetFile struct {
	Count  int
	Facets []struct {
		Key, Name string
		Values    []struct {
			ID, Name string
			Products []int
		}
	}
}

func read[T any](t *testing.T, f files, name string) (out T) {
	t.Helper()
	if f[name] == nil {
		t.Fatalf("%s is not there", name)
	}
	if err := json.Unmarshal(f[name], &out); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func TestSearchHasEveryProductAndNoOther(t *testing.T) {
	f, c := render(t, site.Options{})
	for i, tag := range c.Languages {
		entry := read[searchFiles](t, f, tag+"/search/index.json")
		named := map[string]bool{"index.json": true}
		add := func(part, digest string) string {
			name := part + "." + digest + ".json"
			named[name] = true
			sum := sha256.Sum256(f[tag+"/search/"+name])
			if got := fmt.Sprintf("%x", sum[:4]); got != digest {
				t.Errorf("%s/search/%s has the digest %s", tag, name, got)
			}
			return tag + "/search/" + name
		}
		add("words", entry.Words)
		for n, digest := range entry.Postings {
			add(fmt.Sprintf("postings-%d", n), digest)
		}
		var cards []string
		for n, digest := range entry.Cards {
			cards = append(cards, read[[]string](t, f, add(fmt.Sprintf("cards-%d", n), digest))...)
		}
		facets := read[facetFile](t, f, add("facets", entry.Facets))
		for name := range f {
			if dir, file := path.Split(name); dir == tag+"/search/" && !named[file] {
				t.Errorf("index.json does not name %s", name)
			}
		}

		var public []*catalog.Product
		visible := catalog.Visibility{At: at}
		for p := range c.Products {
			if visible.Product(p) {
				public = append(public, p)
			}
		}
		if facets.Count != len(public) || len(cards) != len(public) {
			t.Errorf("%s: the search has %d products and %d cards, the catalog %d products", tag, facets.Count, len(cards), len(public))
		}
		of := func(ref string) *catalog.Product { return c.Product(ref) }
		for _, facet := range facets.Facets {
			for _, v := range facet.Values {
				var got []string
				d := 0
				for _, by := range v.Products {
					d += by
					_, rest, _ := strings.Cut(cards[d], "/"+tag+"/products/")
					ref, _, _ := strings.Cut(rest, `/"`)
					if of(ref) == nil || !strings.Contains(cards[d], htmlOf(of(ref).Title.In(i))) {
						t.Fatalf("%s: card %d is not of %s: %s", tag, d, ref, cards[d])
					}
					got = append(got, ref)
				}
				var want []string
				for _, p := range public {
					if slices.Contains(valuesOf(p, facet.Key), v.ID) {
						want = append(want, p.Ref())
					}
				}
				if slices.Sort(got); !slices.Equal(got, want) {
					t.Errorf("%s: %s=%s has %v, want %v", tag, facet.Key, v.ID, got, want)
				}
			}
		}
	}
}

// valuesOf are a product's values of a facet. The certifications of the sample
// catalog are written in one way each.
func valuesOf(p *catalog.Product, key string) []string {
	switch key {
	case "type":
		return []string{string(p.Type)}
	case "category":
		return p.Categories
	case "seller":
		return []string{p.Seller.Slug}
	case "pricing":
		return []string{string(p.Pricing)}
	case "region":
		return p.Regions
	}
	var out []string
	for _, c := range p.Seller.Certifications {
		out = append(out, strings.ReplaceAll(strings.ToLower(c), " ", "-"))
	}
	return out
}

func htmlOf(s string) string {
	return strings.NewReplacer("&", "&amp;", "'", "&#39;", `"`, "&#34;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func TestFacetsHavePagesOfTheirOwn(t *testing.T) {
	f, c := render(t, site.Options{})
	sitemap := string(f["sitemap.xml"])
	for _, p := range []string{"types/omi/", "types/service/", "pricing/vm_type/", "regions/eu-west-2/", "certifications/iso-27001/"} {
		for _, tag := range c.Languages {
			page := string(f[tag+"/"+p+"index.html"])
			if !strings.Contains(page, `<li class="card"`) || !strings.Contains(page, `rel="canonical" href="`+c.BaseURL+tag+"/"+p+`"`) {
				t.Errorf("%s/%s lists no products, or is not its own address", tag, p)
			}
			if !strings.Contains(string(f[tag+"/products/index.html"]), `href="/`+tag+"/"+p+`"`) {
				t.Errorf("the list of products in %s does not link %s", tag, p)
			}
			if !strings.Contains(sitemap, "<loc>"+c.BaseURL+tag+"/"+p+"</loc>") {
				t.Errorf("the sitemap has not %s/%s", tag, p)
			}
		}
	}
	if len(f["fr/types/omi/page/2/index.html"]) == 0 {
		t.Error("a list of 28 products has one page")
	}
}
