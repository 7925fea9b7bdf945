package site_test

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"maps"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// social returns what a page's head tells other sites, by property.
func social(page *html.Node) map[string]string {
	out := make(map[string]string)
	for n := range page.Descendants() {
		if n.DataAtom == atom.Meta {
			if key := attr(n, "property") + attr(n, "name"); key != "" {
				out[key] = attr(n, "content")
			}
		}
	}
	return out
}

func TestEveryPageHasAPicture(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		named := make(map[string]bool)
		for name, page := range f.indexed(t) {
			head := social(page)
			if path.Base(name) == "404.html" {
				if head["og:url"] != "" || head["og:image"] != "" {
					t.Errorf("%s is nowhere, but has %v", name, head)
				}
				continue
			}
			if got, want := head["og:url"], base+strings.TrimSuffix(name, "index.html"); got != want {
				t.Errorf("%s: og:url is %s, want %s", name, got, want)
			}
			kind := "website"
			if strings.Contains(name, "/products/") && strings.Count(name, "/") == 4 && !strings.Contains(name, "/page/") {
				kind = "product"
			}
			if head["og:type"] != kind || head["twitter:card"] != "summary_large_image" || head["og:image:alt"] == "" {
				t.Errorf("%s: %v", name, head)
			}
			if own := strings.HasPrefix(name, "fr/"); own != (head["og:locale"] == "fr_FR") || own == (head["og:locale:alternate"] == "fr_FR") {
				t.Errorf("%s: locale %s, others %s", name, head["og:locale"], head["og:locale:alternate"])
			}
			image := strings.TrimPrefix(head["og:image"], base)
			named[image] = true
			m, err := png.DecodeConfig(bytes.NewReader(f[image]))
			if err != nil || m.Width != 1200 || m.Height != 630 || head["og:image:width"] != "1200" || head["og:image:height"] != "630" {
				t.Errorf("%s: picture %s: %v", name, image, err)
			}
			if entry := kind == "product" || strings.Contains(name, "/sellers/") && strings.Count(name, "/") == 3; entry != strings.HasPrefix(image, "og/") {
				t.Errorf("%s has the picture %s", name, image)
			}
		}
		for name := range f {
			if path.Ext(name) == ".png" && !strings.HasPrefix(name, "files/") && !named[name] {
				t.Errorf("no page has the picture %s", name)
			}
		}
	}
}

func TestPicturesOfNamesThatCannotBeWritten(t *testing.T) {
	f := small(t, bases[0], func(c *catalog.Catalog) { c.Sellers[0].Products[0].Title = catalog.Text{"Vault", "保管庫"} })
	pages := f.pages(t)
	for name, want := range map[string]string{"en": "og/acme/vault.en.png", "fr": "fr/og.png"} {
		if got := social(pages[name+"/products/acme/vault/index.html"])["og:image"]; got != bases[0]+want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if f["og/acme/vault.fr.png"] != nil {
		t.Error("there is a picture without a name")
	}
}

func TestOnePictureForAllLanguagesWhereItSaysTheSame(t *testing.T) {
	f := small(t, bases[0], func(*catalog.Catalog) {})
	if f["og/acme/vault.png"] == nil || f["og/acme.png"] == nil {
		t.Error("there is no picture for all languages")
	}
	f = small(t, bases[0], func(c *catalog.Catalog) { c.Sellers[0].Name = catalog.Text{"Acme", "Acmé"} })
	if f["og/acme/vault.en.png"] == nil || bytes.Equal(f["og/acme/vault.en.png"], f["og/acme/vault.fr.png"]) {
		t.Error("a seller with a name in each language has no picture in each")
	}
}

func TestPicturesHaveTheThemesColours(t *testing.T) {
	f := small(t, bases[0], func(*catalog.Catalog) {})
	m, err := png.Decode(bytes.NewReader(f["og/acme/vault.png"]))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := m.At(0, 0).RGBA(); r>>8 != 0x2b || g>>8 != 0x46 || b>>8 != 0xc8 { // --accent of style.css
		t.Errorf("the background is %x %x %x", r>>8, g>>8, b>>8)
	}
}

// The pages of a language, the sitemap and x-default agree on which pages are
// the same in other languages.
func TestAlternatesAreReciprocal(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		alternates := make(map[string]map[string]string) // a page's address to language to address
		for name, page := range f.indexed(t) {
			to, canonical := make(map[string]string), ""
			for n := range page.Descendants() {
				if n.DataAtom == atom.Link && attr(n, "hreflang") != "" {
					to[attr(n, "hreflang")] = attr(n, "href")
				}
				if n.DataAtom == atom.Link && attr(n, "rel") == "canonical" {
					canonical = attr(n, "href")
				}
			}
			if path.Base(name) == "404.html" {
				if canonical != "" || len(to) > 0 {
					t.Errorf("%s is no page of its own, but has %s and %v", name, canonical, to)
				}
				continue
			}
			if want := base + strings.TrimSuffix(name, "index.html"); canonical != want {
				t.Errorf("%s: canonical %s, want %s", name, canonical, want)
			}
			alternates[canonical] = to
		}
		for address, to := range alternates {
			if to["x-default"] == "" || len(to) != 3 {
				t.Errorf("%s has the alternates %v", address, to)
			}
			for _, other := range to {
				if !maps.Equal(alternates[other], to) {
					t.Errorf("%s has the alternates %v, but %s has %v", address, to, other, alternates[other])
				}
			}
		}
		for _, u := range sitemap(t, f["sitemap.xml"]) {
			to := make(map[string]string)
			for _, l := range u.Links {
				to[l.Lang] = l.Href
			}
			if !maps.Equal(alternates[u.Loc], to) {
				t.Errorf("the sitemap gives %s the alternates %v, its page has %v", u.Loc, to, alternates[u.Loc])
			}
		}
	}
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	Links   []struct {
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
}

func sitemap(t *testing.T, data []byte) []sitemapURL {
	t.Helper()
	var doc struct {
		URLs []sitemapURL `xml:"url"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil || len(doc.URLs) == 0 {
		t.Fatalf("the sitemap has %d addresses: %v", len(doc.URLs), err)
	}
	return doc.URLs
}

func TestLastModIsTheEntrysLastChange(t *testing.T) {
	f := small(t, bases[0], func(c *catalog.Catalog) {
		c.Sellers[0].Changed = time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("", -2*3600))
		c.Sellers[0].Products[0].PublishOn = "2026-02-02" // the history knows nothing of it
	})
	for _, u := range sitemap(t, f["sitemap.xml"]) {
		want := ""
		if strings.HasSuffix(u.Loc, "/sellers/acme/") {
			want = "2026-03-02"
		}
		if u.LastMod != want {
			t.Errorf("%s: %q, want %q", u.Loc, u.LastMod, want)
		}
	}
}

type openSearchDocument struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string
	LongName    string
	Description string
	Image       string
	Language    string
	URLs        []struct {
		Rel      string `xml:"rel,attr"`
		Type     string `xml:"type,attr"`
		Template string `xml:"template,attr"`
	} `xml:"Url"`
}

func openSearch(t *testing.T, data []byte) (doc openSearchDocument) {
	t.Helper()
	if err := xml.Unmarshal(data, &doc); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return doc
}

func TestOpenSearch(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		for name, page := range f.indexed(t) {
			tag, _, _ := strings.Cut(name, "/")
			if tag != "fr" {
				tag = "en"
			}
			to := ""
			for n := range page.Descendants() {
				if n.DataAtom == atom.Link && attr(n, "rel") == "search" {
					to = attr(n, "href")
				}
			}
			if "https://catalog.example"+to != base+tag+"/opensearch.xml" {
				t.Errorf("%s links to the description %q", name, to)
			}
		}
		doc := openSearch(t, f["fr/opensearch.xml"])
		if len([]rune(doc.ShortName)) > 16 || doc.ShortName != "Place de marché" || doc.LongName != "Place de marché Orlune" || doc.Language != "fr" || !f.there(base, doc.Image) {
			t.Errorf("%+v", doc)
		}
		if u := doc.URLs[0]; u.Type != "text/html" || u.Template != base+"fr/products/?q={searchTerms}" {
			t.Errorf("search: %+v", u)
		}
	}
}

func TestLLMs(t *testing.T) {
	for _, base := range bases {
		f, _ := render(t, site.Options{BaseURL: base})
		text := string(f["llms.txt"])
		if !strings.HasPrefix(text, "# Orlune Marketplace\n\n> Software, ") {
			t.Errorf("llms.txt begins with %.80q", text)
		}
		links := 0
		for line := range strings.Lines(text) {
			if _, rest, ok := strings.Cut(line, "]("); ok {
				links++
				if to, _, _ := strings.Cut(rest, ")"); !f.there(base, to) {
					t.Errorf("%s is not there", to)
				}
			}
		}
		if links < 30 {
			t.Errorf("only %d links", links)
		}
	}
	f := small(t, bases[0], func(c *catalog.Catalog) {
		for range 3000 {
			c.Sellers = append(c.Sellers, c.Sellers[0])
			c.Sellers[0].Summary = catalog.Text{strings.Repeat("x", 160), ""}
		}
		c.Sellers[0].Products = nil
	})
	if n := len(f["llms.txt"]); n > 64<<10 {
		t.Errorf("llms.txt of 3000 sellers has %d bytes", n)
	}
}
