package site_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// textOf returns the text of what is shown below a node in a language: all of
// it where tag is "".
func textOf(n *html.Node, tag string) string {
	var b strings.Builder
	var walk func(n *html.Node, lang string)
	walk = func(n *html.Node, lang string) {
		if l := attr(n, "lang"); l != "" {
			lang = l
		}
		if n.Type == html.TextNode && (tag == "" || lang == tag) {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, lang)
		}
	}
	walk(n, "")
	return strings.Join(strings.Fields(b.String()), " ")
}

func element(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return d
		}
	}
	return nil
}

func TestASmallPageSaysInBothLanguagesWhatIsGone(t *testing.T) {
	f, c := render(t, site.Options{})
	pages := f.pages(t)
	want := map[string][]string{
		"en": {"Perlune Tunnel", "no longer in the catalog", "December 15, 2025", "replaced by another", "The layer-2 bridge is part of", "Perlune VPN Gateway", "go on working", "showcase: Perlune"},
		"fr": {"Perlune Tunnel", "n’est plus au catalogue", "15 décembre 2025", "remplacement", "Le pont de niveau 2 fait partie", "Passerelle VPN Perlune", "continuent de fonctionner", "vendeur\u00a0: Perlune"},
	}
	for i, tag := range c.Languages {
		for _, address := range []string{"perlune/perlune-tunnel", "perlune-reseaux/perlune-tunnel"} {
			page := pages[tag+"/products/"+address+"/index.html"]
			if page == nil {
				t.Fatalf("there is no page at %s in %s", address, tag)
			}
			main := element(page, atom.Main)
			for _, other := range c.Languages {
				text := textOf(main, other)
				for _, w := range want[other] {
					if !strings.Contains(text, strings.ReplaceAll(w, "\u00a0", " ")) && !strings.Contains(text, w) {
						t.Errorf("%s: the %s part lacks %q: %s", tag, other, w, text)
					}
				}
			}
			if first := element(main, atom.Section); attr(first, "lang") != tag {
				t.Errorf("%s: the first part is in %s", tag, attr(first, "lang"))
			}
			if h := element(main, atom.H1); textOf(h, "") != "Perlune Tunnel" {
				t.Errorf("%s: the heading is %q", tag, textOf(h, ""))
			}
			links := 0
			for n := range main.Descendants() {
				if attr(n, "href") == "/"+c.Languages[i]+"/products/perlune/perlune-vpn/" {
					links++
				}
			}
			if links != 1 {
				t.Errorf("%s: %d links lead to the replacement in the page's language", tag, links)
			}
		}
	}
}

// TestNothingLeadsToWhatIsGone looks at every page but the small ones.
func TestNothingLeadsToWhatIsGone(t *testing.T) {
	f, _ := render(t, site.Options{})
	gone := []string{"perlune/perlune-tunnel", "brisemar/brisemar-sync", "mistrane/mistrane-tracker", "sellers/mistrane"}
	for name, data := range f {
		for _, ref := range gone {
			if bytes.Contains(data, []byte(ref)) && path.Base(path.Dir(name)) != path.Base(ref) {
				t.Errorf("%s names %s", name, ref)
			}
		}
	}
}

func TestAReplacementIsFollowedToWhatIsVisible(t *testing.T) {
	leave := func(p *catalog.Product, to string) {
		p.Status, p.Withdrawal = catalog.Unpublished, &catalog.Withdrawal{Since: "2026-11-01", Reason: "superseded", Replacement: to}
	}
	for _, c := range []struct{ vpn, waf, want string }{
		{"perlune/perlune-dns", "", "/en/products/perlune/perlune-dns/"},
		{"perlune/perlune-waf", "perlune/perlune-dns", "/en/products/perlune/perlune-dns/"},
		{"perlune/perlune-waf", "perlune/perlune-vpn", ""}, // a circle
		{"cobalune/cobalune-paie", "", ""},                 // a draft
		{"", "", ""},
	} {
		f, _ := renderChanged(t, site.Options{}, func(all *catalog.Catalog) {
			leave(all.Product("perlune/perlune-vpn"), c.vpn)
			if c.waf != "" {
				leave(all.Product("perlune/perlune-waf"), c.waf)
			}
		})
		page := f["en/products/perlune/perlune-tunnel/index.html"] // replaced by perlune-vpn
		if has := bytes.Contains(page, []byte("<dt>Replacement</dt>")); has != (c.want != "") || !bytes.Contains(page, []byte(c.want)) {
			t.Errorf("%v: a replacement is shown: %v", c, has)
		}
	}
}

func TestAPurgedPageNamesNothing(t *testing.T) {
	f, _ := renderChanged(t, site.Options{}, func(c *catalog.Catalog) {
		c.Product("perlune/perlune-tunnel").Withdrawal.Purge = true
		c.Seller("mistrane").Withdrawal.Purge = true
	})
	for _, name := range []string{"products/perlune/perlune-tunnel", "products/perlune-reseaux/perlune-tunnel", "sellers/mistrane", "products/mistrane/mistrane-tracker"} {
		for _, tag := range []string{"en", "fr"} {
			page := f[tag+"/"+name+"/index.html"]
			for _, want := range []string{"This page is no longer available.", "Cette page n’est plus disponible.", "noindex"} {
				if !bytes.Contains(page, []byte(want)) {
					t.Errorf("%s/%s lacks %q", tag, name, want)
				}
			}
			for _, secret := range []string{"erlune", "unnel", "istrane", "2025", "2026-", "<dl>", "canonical", "hreflang=\"x-default\""} {
				if bytes.Contains(page, []byte(secret)) {
					t.Errorf("%s/%s has %q", tag, name, secret)
				}
			}
		}
	}
}

func TestWhatGoesOnDependsOnTheProduct(t *testing.T) {
	kinds := map[string]string{
		"perlune/perlune-vpn": "product can no longer be chosen", "ostrelle/ostrelle-coffre": "", "tavolin/tavolin-docs": "running subscriptions do not change",
	}
	f, c := renderChanged(t, site.Options{}, func(c *catalog.Catalog) {
		for p := range c.Products {
			if p.Status == catalog.Published {
				p.UnpublishOn = "2026-11-30"
			}
			if p.Type != catalog.OMI {
				kinds[p.Ref()] = "outside the marketplace"
			}
		}
	})
	for ref, want := range kinds {
		p := c.Product(ref)
		if p.Status != catalog.Published || p.Seller.Status != catalog.Published {
			continue
		}
		page := string(f["en/products/"+ref+"/index.html"])
		if !strings.Contains(page, want) || !strings.Contains(page, "November 30, 2026") {
			t.Errorf("the page of %s, %s, does not say %q", ref, p.Type, want)
		}
		if omi := p.Type == catalog.OMI; strings.Contains(page, "VMs go on working") != omi {
			t.Errorf("the page of %s, %s, says that VMs go on working: %v", ref, p.Type, !omi)
		}
	}
}

func TestFormerAddressesLeadToTheNewOne(t *testing.T) {
	f, c := renderChanged(t, site.Options{BaseURL: "https://catalog.example/below/"}, func(c *catalog.Catalog) {
		c.Pages[0].Aliases = []string{"former-page"}
	})
	pages := f.pages(t)
	redirects := map[string]string{
		"products/perlune/perlune-vpn-gateway":         "products/perlune/perlune-vpn/",
		"products/perlune-reseaux/perlune-vpn-gateway": "products/perlune/perlune-vpn/",
		"products/perlune-reseaux/perlune-vpn":         "products/perlune/perlune-vpn/",
		"products/ostrelle/coffre":                     "products/ostrelle/ostrelle-coffre/",
		"sellers/perlune-reseaux":                      "sellers/perlune/",
		"pages/former-page":                            "pages/" + c.Pages[0].Slug + "/",
	}
	for from, to := range redirects {
		for _, tag := range c.Languages {
			page := pages[tag+"/"+from+"/index.html"]
			if page == nil {
				t.Errorf("nothing stands at %s/%s", tag, from)
				continue
			}
			said := make(map[string]string)
			for n := range page.Descendants() {
				switch {
				case n.DataAtom == atom.Meta && attr(n, "http-equiv") == "refresh", n.DataAtom == atom.Meta && attr(n, "name") == "robots":
					said[attr(n, "http-equiv")+attr(n, "name")] = attr(n, "content")
				case n.DataAtom == atom.Link && attr(n, "rel") == "canonical":
					said["canonical"] = attr(n, "href")
				case n.DataAtom == atom.A && n.Parent.DataAtom == atom.P:
					said["link"] = attr(n, "href")
				}
			}
			want := map[string]string{
				"refresh": "0; url=/below/" + tag + "/" + to, "robots": "noindex",
				"canonical": "https://catalog.example/below/" + tag + "/" + to, "link": "/below/" + tag + "/" + to,
			}
			if fmt.Sprint(said) != fmt.Sprint(want) {
				t.Errorf("%s/%s says %v, want %v", tag, from, said, want)
			}
			if bytes.Contains(f["sitemap.xml"], []byte(from+"/<")) {
				t.Errorf("the sitemap lists %s", from)
			}
		}
	}
}

// TestAFormerNameTakesNobodysPlace gives entries former names that are others'
// names, as only a catalog without the rule alias-taken has them.
func TestAFormerNameTakesNobodysPlace(t *testing.T) {
	change := func(c *catalog.Catalog) {
		c.Product("perlune/perlune-dns").Aliases = []string{"perlune-vpn", "perlune-tunnel", "was", "was"}
		c.Product("perlune/perlune-waf").Aliases = []string{"was"}
		c.Seller("perlune").Aliases = []string{"brisemar", "mistrane"}
	}
	before, _ := render(t, site.Options{})
	f, c := renderChanged(t, site.Options{}, change)
	for _, name := range []string{"en/products/perlune/perlune-vpn/index.html", "en/products/perlune/perlune-tunnel/index.html", "fr/sellers/brisemar/index.html", "fr/sellers/mistrane/index.html"} {
		if !bytes.Equal(f[name], before[name]) {
			t.Errorf("%s is another page now", name)
		}
	}
	if !bytes.Contains(f["en/products/perlune/was/index.html"], []byte("url=/en/products/perlune/perlune-dns/")) {
		t.Error("a name that two entries had does not lead to the first one")
	}
	s, err := site.New(c, site.Options{BaseURL: c.BaseURL, Visible: catalog.Visibility{At: at}, Words: words(t), Theme: theme(t)})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, u := range s.Units() {
		all = append(all, u.Paths...)
	}
	slices.Sort(all)
	if n := len(all); n != len(slices.Compact(all)) {
		t.Error("two units make the same file")
	}
}
