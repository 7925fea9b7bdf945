package site_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// rendered is the repository's content as buyers see it, rendered once for the
// tests that only look at it.
var rendered struct {
	files   files
	pages   map[string]*html.Node
	catalog *catalog.Catalog
}

func sample(t *testing.T) (files, map[string]*html.Node, *catalog.Catalog) {
	t.Helper()
	if rendered.files == nil {
		f, c := render(t, site.Options{})
		rendered.files, rendered.pages, rendered.catalog = f, f.indexed(t), c
	}
	return rendered.files, rendered.pages, rendered.catalog
}

// elements returns the elements below n that a function picks.
func elements(n *html.Node, pick func(*html.Node) bool) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && pick(d) {
			found = append(found, d)
		}
	}
	return found
}

func has(key, value string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, key)), value) }
}

// text returns what an element says, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func productFile(lang string, p *catalog.Product) string {
	return lang + "/products/" + p.Ref() + "/index.html"
}

func TestOnlyOMIsThatAnyBuyerMayUseHaveSnippets(t *testing.T) {
	_, pages, c := sample(t)
	with, without := 0, 0
	for p := range c.Products {
		page := pages[productFile("en", p)]
		if page == nil {
			continue
		}
		snippets := elements(page, func(n *html.Node) bool { return n.DataAtom == atom.Pre && attr(n, "data-copy") != "" })
		if p.Pricing != catalog.Free && p.Pricing != catalog.BYOL {
			without++
			if len(snippets) > 0 {
				t.Errorf("%s needs a subscription, and its page has snippets", p.Ref())
			}
			continue
		}
		with++
		if len(snippets) != 2*len(p.Regions) {
			t.Errorf("%s has %d snippets for %d Regions", p.Ref(), len(snippets), len(p.Regions))
			continue
		}
		for i, region := range p.Regions {
			omi := p.Latest(region, catalog.Visibility{At: at}).Image(region)
			terraform, octl := text(snippets[2*i]), text(snippets[2*i+1])
			for _, want := range []string{`region = "` + region + `"`, `image_id = "` + omi + `"`, `source = "outscale/outscale"`} {
				if !strings.Contains(terraform, want) {
					t.Errorf("%s: the Terraform snippet lacks %s:\n%s", p.Ref(), want, terraform)
				}
			}
			for _, want := range []string{"export OSC_REGION=" + region + " octl iaas api CreateVms", "--ImageId " + omi} {
				if !strings.Contains(octl, want) {
					t.Errorf("%s: the octl snippet lacks %s:\n%s", p.Ref(), want, octl)
				}
			}
		}
	}
	if with < 5 || without < 5 {
		t.Errorf("%d products with snippets and %d without are too few to tell", with, without)
	}
}

func TestWhatIsComparedIsOnTheProductsPages(t *testing.T) {
	_, pages, c := sample(t)
	rows := make(map[string]bool) // key of a row to whether some product has it
	for _, r := range elements(pages["fr/compare/index.html"], func(n *html.Node) bool { return attr(n, "data-row") != "" }) {
		rows[attr(r, "data-row")] = false
		if text(r) == "" {
			t.Errorf("the row %s has no name", attr(r, "data-row"))
		}
	}
	for p := range c.Products {
		page := pages[productFile("fr", p)]
		if page == nil {
			continue
		}
		said := make(map[string]string)
		for _, n := range elements(page, func(n *html.Node) bool { return attr(n, "data-compare") != "" }) {
			said[attr(n, "data-compare")] += text(n)
		}
		need := []string{"seller", "type", "price", "points", "categories"}
		if p.Type == catalog.OMI {
			need = append(need, "pricing", "regions", "latest", "license")
		}
		for _, key := range need {
			if said[key] == "" {
				t.Errorf("%s says nothing under %s", p.Ref(), key)
			}
		}
		for key := range said {
			if _, ok := rows[key]; !ok && key != "seller" { // which heads the column
				t.Errorf("%s has the value %s, for which there is no row", p.Ref(), key)
			}
			rows[key] = true
		}
	}
	for key, used := range rows {
		if !used {
			t.Errorf("no product has a value for the row %s", key)
		}
	}
}

// Whatever is compared, it is one page to search engines.
func TestComparingIsOnePage(t *testing.T) {
	f, _, c := sample(t)
	address := c.BaseURL + "en/compare/"
	if !strings.Contains(string(f["en/compare/index.html"]), `<link rel="canonical" href="`+address+`">`) || !strings.Contains(string(f["sitemap.xml"]), "<loc>"+address+"</loc>") {
		t.Error("the comparison has not its own address")
	}
}

// Nothing announces what then is not there, whatever a product or a draft lacks.
func TestNoPartOfAPageIsEmpty(t *testing.T) {
	for _, opt := range []site.Options{{}, {Visible: catalog.Visibility{Drafts: true}}} {
		f, _ := render(t, opt)
		for name, page := range f.pages(t) {
			for n := range page.Descendants() {
				switch n.DataAtom {
				case atom.Section, atom.Aside, atom.Nav, atom.Ul, atom.Ol, atom.Dl, atom.Dd, atom.Dt, atom.H1, atom.H2, atom.H3, atom.Table, atom.Details, atom.Figure, atom.Button:
					pictures := len(elements(n, func(n *html.Node) bool { return n.DataAtom == atom.Img }))
					inOffer := n.Parent != nil && has("class", "offer")(n.Parent) // its parts stand in the rows of a grid
					if text(n) == "" && pictures == 0 && !inOffer {
						t.Errorf("%s has an empty %s %q", name, n.Data, attr(n, "class")+attr(n, "id"))
					}
				}
			}
		}
	}
}

func TestEveryPublicOMICanBeCopied(t *testing.T) {
	_, pages, c := sample(t)
	omis := 0
	for p := range c.Products {
		page := pages[productFile("fr", p)]
		if page == nil {
			continue
		}
		var copied []string
		for _, n := range elements(page, func(n *html.Node) bool { return n.DataAtom == atom.Code }) {
			if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "data-copy" }) {
				copied = append(copied, text(n))
			}
		}
		var want []string
		for _, v := range p.Versions {
			for _, i := range v.Images {
				if v.Status == catalog.Published {
					want = append(want, i.OMI)
				}
			}
		}
		if !slices.Equal(copied, want) {
			t.Errorf("%s: %v can be copied, want %v", p.Ref(), copied, want)
		}
		omis += len(want)
	}
	if omis < 50 {
		t.Errorf("only %d OMIs", omis)
	}
}

func TestEveryProductSaysHowToSubscribeAndWhatToDoFirst(t *testing.T) {
	_, pages, c := sample(t)
	first := map[catalog.Pricing]string{catalog.PerVMType: "#subscribe", catalog.Subscription: "#subscribe", catalog.BYOL: "#deploy", catalog.Free: "#deploy", "": "#contact"}
	for p := range c.Products {
		page := pages[productFile("fr", p)]
		if page == nil {
			continue
		}
		if steps := elements(page, has("class", "steps")); len(steps) != 1 || len(elements(steps[0], func(n *html.Node) bool { return n.DataAtom == atom.Li })) < 2 {
			t.Errorf("%s does not say how to subscribe", p.Ref())
		}
		if to := attr(elements(page, has("class", "button"))[0], "href"); to != first[p.Pricing] {
			t.Errorf("%s: the first button leads to %s, want %s", p.Ref(), to, first[p.Pricing])
		}
		outside := strings.Contains(text(elements(page, has("class", "steps"))[0]), "hors de la place de marché")
		if byTheSeller := p.Type != catalog.OMI || p.Pricing == catalog.BYOL; outside != byTheSeller {
			t.Errorf("%s: that the seller bills outside the marketplace is said: %v, want %v", p.Ref(), outside, byTheSeller)
		}
	}
}

// large makes a catalog with one seller: a product with 60 versions and 30
// others.
func large(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	from := filepath.Join("..", "..", "content")
	seller := filepath.Join("sellers", "brisemar")
	for _, part := range []string{"pages", seller} { // whose products are put together anew
		if err := os.CopyFS(filepath.Join(dir, "content", part), os.DirFS(filepath.Join(from, part))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(from, "catalog.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "content", "catalog.yaml"), string(settings))
	base := filepath.Join(dir, "content", seller, "brisemar-gateway")
	source, err := os.ReadFile(filepath.Join(base, "product.md"))
	if err != nil {
		t.Fatal(err)
	}
	source = regexp.MustCompile(`(?m)^related: .*\n`).ReplaceAll(source, nil)
	for _, other := range []string{"archive", "backup", "gateway", "sync"} {
		if err := os.RemoveAll(filepath.Join(dir, "content", seller, "brisemar-"+other)); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 31 {
		folder := filepath.Join(dir, "content", seller, fmt.Sprintf("copy-%02d", n))
		if err := os.CopyFS(folder, os.DirFS(filepath.Join(from, seller, "brisemar-gateway"))); err != nil {
			t.Fatal(err)
		}
		var versions strings.Builder
		versions.WriteString("versions:\n")
		for v := range max(1, 60*(1-n)) { // 60 of the first
			fmt.Fprintf(&versions, "  - {version: \"1.%d\", status: published, released: 2025-01-%02d, images: {cloudgouv-eu-west-1: ami-00%02x%04x, eu-west-2: ami-01%02x%04x}, os: Debian 13, architecture: x86_64, notes: {en: \"Change %d.\", fr: \"Changement %d.\"}}\n", 60-v, max(1, 28-v), n, v, n, v, v, v)
		}
		text := regexp.MustCompile(`versions:\n(  .*\n)+`).ReplaceAllString(string(source), versions.String())
		text = regexp.MustCompile(`product_code: .*`).ReplaceAllString(text, fmt.Sprintf(`product_code: "pty-aaaa00%02x"`, n))
		text = regexp.MustCompile(`(?m)^title: .*`).ReplaceAllString(text, fmt.Sprintf(`title: "Copy %02d"`, n))
		write(t, filepath.Join(folder, "product.md"), text)
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestManyVersionsAndProducts(t *testing.T) {
	f, c := renderDir(t, large(t), site.Options{}, func(*catalog.Catalog) {})
	pages := f.pages(t)

	page := pages["en/products/brisemar/copy-00/index.html"]
	if page == nil {
		t.Fatal("the product has no page")
	}
	folded := elements(page, has("class", "older"))
	if len(folded) != 1 {
		t.Fatal("older versions are not folded")
	}
	version := has("class", "version")
	if all, old := len(elements(page, version)), len(elements(folded[0], version)); all != 60 || old != 55 {
		t.Errorf("%d versions, %d of them folded", all, old)
	}
	others := elements(page, func(n *html.Node) bool { return n.DataAtom == atom.Section && attr(n, "aria-labelledby") == "others" })
	if len(others) != 1 || len(elements(others[0], has("class", "card"))) != 6 {
		t.Errorf("the page does not show six other products of the seller")
	}

	// Each product is on exactly one page of the showcase.
	seen := make(map[string]int)
	for _, name := range []string{"fr/sellers/brisemar/index.html", "fr/sellers/brisemar/page/2/index.html"} {
		cards := elements(pages[name], has("class", "card"))
		if len(cards) > 24 {
			t.Errorf("%s has %d cards", name, len(cards))
		}
		for _, card := range cards {
			seen[attr(card, "data-product")]++
		}
	}
	for p := range c.Products {
		if want := 1; p.Status == catalog.Published && seen[p.Ref()] != want {
			t.Errorf("%s is on %d pages of the showcase", p.Ref(), seen[p.Ref()])
		}
	}
	if f["fr/sellers/brisemar/page/3/index.html"] != nil {
		t.Error("there is a page without products")
	}
}
