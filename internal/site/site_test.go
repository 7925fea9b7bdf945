package site_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

func TestEveryInternalLinkHasAPage(t *testing.T) {
	for _, base := range []string{"https://catalog.example/", "https://catalog.example/below/here/"} {
		f, _ := render(t, site.Options{BaseURL: base})
		prefix := strings.TrimPrefix(base, "https://catalog.example")
		pages := f.pages(t)
		ids := make(map[string]bool)
		for name, page := range pages {
			for n := range page.Descendants() {
				if id := attr(n, "id"); id != "" {
					if ids[name+"#"+id] {
						t.Errorf("%s has the id %s twice", name, id)
					}
					ids[name+"#"+id] = true
				}
			}
		}
		links := 0
		for name, page := range pages {
			for n := range page.Descendants() {
				for _, key := range []string{"href", "src"} {
					to := attr(n, key)
					to = strings.TrimPrefix(to, "https://catalog.example") // canonical, alternates
					to, fragment, _ := strings.Cut(to, "#")
					if to == "" && fragment != "" {
						if !ids[name+"#"+fragment] {
							t.Errorf("%s links to #%s, which is not there", name, fragment)
						}
						continue
					}
					if !strings.HasPrefix(to, "/") {
						continue
					}
					to, _, _ = strings.Cut(to, "?") // what the search is asked
					links++
					target, ok := strings.CutPrefix(to, prefix)
					if target == "" || strings.HasSuffix(target, "/") {
						target += "index.html"
					}
					if f[target] == nil || !ok {
						t.Errorf("%s links to %s, which is not there", name, to)
					}
				}
			}
		}
		if links < 1000 {
			t.Errorf("only %d internal links were looked at", links)
		}
	}
}

func TestEveryPageIsInEveryLanguage(t *testing.T) {
	f, c := render(t, site.Options{})
	for name := range f {
		tag, rest, _ := strings.Cut(name, "/")
		if c.Language(tag) < 0 || strings.HasPrefix(rest, "search/") && rest != "search/index.json" {
			continue // the names of the search's parts say what is in them
		}
		for _, other := range c.Languages {
			if f[other+"/"+rest] == nil {
				t.Errorf("%s is not there in %s", name, other)
			}
		}
	}
	for name, page := range f.pages(t) {
		tag, rest, _ := strings.Cut(name, "/")
		if c.Language(tag) < 0 || rest == "404.html" {
			continue
		}
		alternates := make(map[string]string)
		canonical, noIndex := "", false
		for n := range page.Descendants() {
			switch {
			case n.DataAtom == atom.Html && attr(n, "lang") != tag:
				t.Errorf("%s has the language %s", name, attr(n, "lang"))
			case n.DataAtom == atom.Link && attr(n, "hreflang") != "":
				alternates[attr(n, "hreflang")] = attr(n, "href")
			case n.DataAtom == atom.Link && attr(n, "rel") == "canonical":
				canonical = attr(n, "href")
			case n.DataAtom == atom.Meta && attr(n, "name") == "robots":
				noIndex = true
			}
		}
		if noIndex && canonical == "" {
			if len(alternates) > 0 {
				t.Errorf("%s is for no search engine, and has the alternates %v", name, alternates)
			}
			continue
		}
		if canonical != alternates[tag] {
			t.Errorf("%s: canonical %s is not its own alternate %s", name, canonical, alternates[tag])
		}
		if got := slices.Sorted(maps.Keys(alternates)); !slices.Equal(got, []string{"en", "fr", "x-default"}) {
			t.Errorf("%s has the alternates %v", name, got)
		}
	}
}

func TestNothingHiddenIsOnTheSite(t *testing.T) {
	f, c := render(t, site.Options{})
	var secrets, addresses []string // addresses may stand on the product's own small page
	// By the statuses themselves: catalog.Visibility is what is tested.
	public := func(p *catalog.Product) bool {
		return p.Status == catalog.Published && p.Seller.Status == catalog.Published && p.PublishOn <= at && (p.UnpublishOn == "" || at < p.UnpublishOn)
	}
	for p := range c.Products {
		for _, v := range p.Versions {
			if !public(p) || v.Status != catalog.Published {
				for _, i := range v.Images {
					secrets = append(secrets, i.OMI)
				}
			}
		}
		if !public(p) {
			addresses = append(addresses, p.Ref())
			secrets = append(secrets, p.ProductCode, p.Seller.Slug+"/"+p.Slug+".logo")
			secrets = append(secrets, p.Summary...)
		}
	}
	if len(secrets) < 20 {
		t.Fatalf("the content has too little to hide: %v", secrets)
	}
	for name, data := range f {
		for _, s := range secrets {
			if s != "" && bytes.Contains(data, []byte(s)) {
				t.Errorf("%s shows %q", name, s)
			}
		}
		for _, ref := range addresses {
			_, slug, _ := strings.Cut(ref, "/")
			if bytes.Contains(data, []byte(ref)) && !strings.HasSuffix(name, "/"+slug+"/index.html") {
				t.Errorf("%s names %q", name, ref)
			}
		}
	}
}

func TestDraftsAreShownInAPreviewOnly(t *testing.T) {
	f, _ := render(t, site.Options{Visible: catalog.Visibility{Drafts: true}})
	page := f["fr/products/kelvane/kelvane-cache/index.html"]
	if page == nil {
		t.Fatal("a draft has no page in the preview")
	}
	for _, want := range []string{`<meta name="robots" content="noindex">`, "brouillon"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("a draft's page lacks %q", want)
		}
	}
	if !bytes.Contains(f["robots.txt"], []byte("Disallow: /")) {
		t.Error("a preview lets robots in")
	}
}

func TestAPreviewOfAChangeSaysSoOnEveryPage(t *testing.T) {
	f, _ := render(t, site.Options{Preview: true})
	for name := range f.pages(t) {
		banner := "nothing here is an offer yet"
		if strings.HasPrefix(name, "fr/") {
			banner = "rien ici n’est encore une offre"
		}
		for _, want := range []string{`<meta name="robots" content="noindex">`, banner} {
			if !strings.Contains(string(f[name]), want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	if !bytes.Contains(f["robots.txt"], []byte("Disallow: /")) {
		t.Error("a preview lets robots in")
	}
	public, _ := render(t, site.Options{})
	if bytes.Contains(public["en/index.html"], []byte("change-banner")) {
		t.Error("the public site has the banner")
	}
}

func TestPagesAskNoOtherHostAndRunOnlyTheThemesScripts(t *testing.T) {
	f, _ := render(t, site.Options{})
	for name, page := range f.pages(t) {
		headings := 0
		for n := range page.Descendants() {
			switch n.DataAtom {
			case atom.Style, atom.Iframe, atom.Object, atom.Embed:
				t.Errorf("%s has an element %s", name, n.Data)
			case atom.Script:
				if data := attr(n, "type") == "application/ld+json"; !data && (n.FirstChild != nil || !strings.HasPrefix(attr(n, "src"), "/assets/")) {
					t.Errorf("%s has a script that is not the theme's", name)
				}
			case atom.Form:
				if !strings.HasPrefix(attr(n, "action"), "/") {
					t.Errorf("%s has a form that is sent to %q", name, attr(n, "action"))
				}
			case atom.H1:
				headings++
			case atom.Img:
				if attr(n, "alt") == "" && !strings.Contains(attr(n, "class"), "logo") {
					t.Errorf("%s: the picture %s has no text", name, attr(n, "src"))
				}
				if attr(n, "width") == "" || attr(n, "height") == "" {
					t.Errorf("%s: the picture %s has no size", name, attr(n, "src"))
				}
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s has an attribute %s", name, a.Key)
				}
			}
			if src := attr(n, "src"); src != "" && !strings.HasPrefix(src, "/") {
				t.Errorf("%s loads %s", name, src)
			}
			if n.DataAtom == atom.Link && attr(n, "rel") == "stylesheet" && !strings.HasPrefix(attr(n, "href"), "/") {
				t.Errorf("%s loads %s", name, attr(n, "href"))
			}
		}
		if headings == 0 {
			t.Errorf("%s has no heading of level 1", name)
		}
	}
}

func TestRenderingIsDeterministic(t *testing.T) {
	first, _ := render(t, site.Options{})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second, _ := render(t, site.Options{})
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs between two builds", name)
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}
}

func TestFeedsAndSitemapAreXMLAndNameOnlyPagesThatExist(t *testing.T) {
	f, c := render(t, site.Options{})
	for _, name := range []string{"sitemap.xml", "en/feed.atom", "fr/feed.atom"} {
		d := xml.NewDecoder(bytes.NewReader(f[name]))
		addresses := 0
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			to := ""
			switch token := token.(type) {
			case xml.CharData:
				if s := strings.TrimSpace(string(token)); strings.HasPrefix(s, c.BaseURL) {
					to = s
				}
			case xml.StartElement:
				for _, a := range token.Attr {
					if a.Name.Local == "href" {
						to = a.Value
					}
				}
			}
			target, ok := strings.CutPrefix(to, c.BaseURL)
			if !ok {
				continue
			}
			addresses++
			if target == "" || strings.HasSuffix(target, "/") {
				target += "index.html"
			}
			if f[target] == nil {
				t.Errorf("%s names %s, which is not there", name, to)
			}
		}
		if addresses < 40 {
			t.Errorf("%s names only %d addresses", name, addresses)
		}
	}
}

func TestBaseURLsThatAreNone(t *testing.T) {
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, base := range []string{"", "catalog.example", "/below/", "ftp://catalog.example/", "https://catalog.example/?a=b"} {
		_, err := site.New(&catalog.Catalog{}, site.Options{BaseURL: base, Words: words})
		if err == nil || !strings.Contains(err.Error(), "is not a base URL") {
			t.Errorf("base URL %q: %v", base, err)
		}
	}
}
