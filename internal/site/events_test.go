package site_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/site"
	"vitrine/themes"
)

// renderCatalog renders a catalog that a test made, as of a day.
func renderCatalog(t *testing.T, c *catalog.Catalog, day catalog.Date) files {
	t.Helper()
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	theme, err := themes.Load("default", nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.New(c, site.Options{
		BaseURL: "https://shop.example/below/", Words: words, Theme: theme, Visible: catalog.Visibility{At: day},
		Body: func(*catalog.Entry) ([]byte, error) { return []byte("# English\nText.\n# Français\nTexte.\n"), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return all(t, s)
}

// moment is noon of a day, as a commit in another time zone has it.
func moment(day string) time.Time {
	return catalog.Date(day).Time().Add(12 * time.Hour).In(time.FixedZone("", 5*3600))
}

// seller makes a seller that was published when its product was.
func seller(slug, name string, products ...*catalog.Product) *catalog.Seller {
	s := &catalog.Seller{Name: catalog.Text{name, name}, Summary: catalog.Text{"About " + name, "Sur " + name}, Products: products}
	s.Slug, s.Source, s.Status = slug, "content/sellers/"+slug+"/showcase.md", catalog.Published
	s.Published = moment("2026-01-10")
	for _, p := range products {
		p.Seller, p.Source = s, "content/sellers/"+slug+"/"+p.Slug+"/product.md"
	}
	slices.SortFunc(s.Products, func(a, b *catalog.Product) int { return strings.Compare(a.Slug, b.Slug) })
	return s
}

func product(slug, title string, status catalog.Status) *catalog.Product {
	p := &catalog.Product{
		Type: catalog.OMI, Title: catalog.Text{title, title}, Categories: []string{"security"}, ProductCode: "pty-" + slug,
		Summary: catalog.Text{"What " + title + " does", "Ce que fait " + title},
	}
	p.Slug, p.Status = slug, status
	return p
}

func shop(sellers ...*catalog.Seller) *catalog.Catalog {
	return &catalog.Catalog{
		Settings: catalog.Settings{
			Title: catalog.Text{"Shop", "Boutique"}, Description: catalog.Text{"All there is", "Tout"}, Languages: []string{"en", "fr"}, Currency: "EUR",
			Categories: []catalog.Category{{ID: "networking", Name: catalog.Text{"Networking", "Réseau"}}, {ID: "security", Name: catalog.Text{"Security", "Sécurité"}}},
		},
		Sellers: sellers,
	}
}

// withdrawn marks an entry as gone.
func withdrawn(p *catalog.Product, w catalog.Withdrawal) *catalog.Product {
	p.Status, p.Withdrawal = catalog.Unpublished, &w
	return p
}

// everyKind is a catalog in which everything happened that makes an event, and
// what must make none.
func everyKind() *catalog.Catalog {
	vault := product("vault", "Vault", catalog.Published)
	vault.Published, vault.Changed = moment("2026-03-01"), moment("2026-06-01")
	vault.Versions = []catalog.Version{
		{Version: "3.0", Status: catalog.Published, Released: "2027-01-01"},
		{Version: "2.0", Status: catalog.Draft, Released: "2026-05-20"},
		{Version: "1.1", Status: catalog.Published, Released: "2026-04-01", Notes: catalog.Text{"Reads `vault.conf`.", "Lit `vault.conf`."}},
		{Version: "1.0", Status: catalog.Published, Released: "2026-03-01"},
		{Version: "0.9", Status: catalog.Unpublished, Released: "2026-02-01", Notes: catalog.Text{"Hidden notes", "Notes cachées"}, Withdrawal: &catalog.Withdrawal{Since: "2026-05-01", Reason: "security", Note: catalog.Text{"Hidden why", ""}}},
		{Version: "0.8", Status: catalog.Unpublished, Withdrawal: &catalog.Withdrawal{Since: "2026-05-02", Reason: "error", Purge: true}},
	}
	audit := product("audit", "Audit", catalog.Published)
	audit.Type = catalog.Service // no date at all: no event
	planned := product("planned", "Planned", catalog.Published)
	planned.Published, planned.PublishOn = moment("2026-02-01"), "2026-07-01"
	same := product("same-day", "Same Day", catalog.Published)
	same.Published, same.Changed = moment("2026-02-02"), moment("2026-02-02").Add(time.Hour)
	release := product("release", "Release", catalog.Published) // its page changed on the day of its release
	release.Published, release.Changed = moment("2026-02-03"), moment("2026-02-04")
	release.Versions = []catalog.Version{{Version: "7", Status: catalog.Published, Released: "2026-02-04"}}
	gone := withdrawn(product("gone", "Hidden Gone", ""), catalog.Withdrawal{Since: "2026-06-15", Reason: "end-of-life"})
	purged := withdrawn(product("purged", "Hidden Purged", ""), catalog.Withdrawal{Since: "2026-06-16", Reason: "legal", Purge: true})
	expired := product("expired", "Hidden Expired", catalog.Published)
	expired.Published, expired.UnpublishOn = moment("2026-01-20"), "2026-06-20"
	draft := product("draft", "Hidden Draft", catalog.Draft)
	draft.Versions = []catalog.Version{{Version: "1", Status: catalog.Published, Released: "2026-05-05"}}
	acme := seller("acme", "Acme", vault, audit, planned, same, release, gone, purged, expired, draft)
	left := withdrawn(product("left", "Hidden Left", ""), catalog.Withdrawal{Since: "2026-05-10", Reason: "seller-left"})
	other := product("other", "Hidden Other", catalog.Published)
	other.Published = moment("2026-05-11")
	globex := seller("globex", "Hidden Globex", left, other)
	globex.Status, globex.Withdrawal = catalog.Unpublished, &catalog.Withdrawal{Since: "2026-05-10", Reason: "seller-left"}
	return shop(acme, globex)
}

func TestEventsOfEveryKind(t *testing.T) {
	f := renderCatalog(t, everyKind(), "2026-07-15")
	const home = "https://shop.example/below/en/"
	want := []string{
		"2026-07-01T00:00:00Z New product: Planned, by Acme|What Planned does|products/acme/planned/",
		"2026-06-20T00:00:00Z Acme: a product is withdrawn|It is no longer offered.|sellers/acme/",
		"2026-06-15T00:00:00Z Acme: a product is withdrawn|Reason: end of life. It is no longer offered.|sellers/acme/",
		"2026-06-01T12:00:00Z Page updated: Vault|What Vault does|products/acme/vault/",
		"2026-05-10T00:00:00Z A product is withdrawn|Reason: the seller left the marketplace. It is no longer offered.|new/",
		"2026-05-10T00:00:00Z A product is withdrawn|Reason: the seller left the marketplace. It is no longer offered.|new/",
		"2026-05-01T00:00:00Z Vault 0.9 is withdrawn|Reason: security. This version is no longer offered. VMs that run it go on working.|products/acme/vault/",
		"2026-04-01T00:00:00Z Vault 1.1 is available|Reads vault.conf.|products/acme/vault/",
		"2026-03-01T12:00:00Z New product: Vault, by Acme|What Vault does|products/acme/vault/",
		"2026-02-04T00:00:00Z Release 7 is available|What Release does|products/acme/release/",
		"2026-02-03T12:00:00Z New product: Release, by Acme|What Release does|products/acme/release/",
		"2026-02-02T12:00:00Z New product: Same Day, by Acme|What Same Day does|products/acme/same-day/",
		"2026-01-10T12:00:00Z New seller: Acme|About Acme|sellers/acme/",
	}
	told := func(feed atomFeed) (lines []string) {
		for _, e := range feed.Entries {
			lines = append(lines, e.Updated+" "+e.Title+"|"+e.Summary+"|"+strings.TrimPrefix(e.Links[0].Href, home))
		}
		return lines
	}
	if diff := cmp.Diff(want, told(f.atom(t, "en/feed.atom"))); diff != "" {
		t.Errorf("the catalog's feed (-want +got):\n%s", diff)
	}
	ofSeller := slices.DeleteFunc(slices.Clone(want), func(s string) bool { return strings.Contains(s, "A product is") })
	if diff := cmp.Diff(ofSeller, told(f.atom(t, "en/sellers/acme/feed.atom"))); diff != "" {
		t.Errorf("the seller's feed (-want +got):\n%s", diff)
	}
	inCategory := slices.DeleteFunc(ofSeller, func(s string) bool { return strings.Contains(s, "Acme: ") || strings.Contains(s, "seller: ") })
	if diff := cmp.Diff(inCategory, told(f.atom(t, "en/categories/security/feed.atom"))); diff != "" {
		t.Errorf("the category's feed (-want +got):\n%s", diff)
	}
	if got := told(f.atom(t, "en/categories/networking/feed.atom")); got != nil {
		t.Errorf("an empty category tells %q", got)
	}
	french := f.atom(t, "fr/feed.atom").Entries[6]
	if french.Title != "Version retirée\u00a0: Vault 0.9" || !strings.HasPrefix(french.Summary, "Motif\u00a0: sécurité. Cette version n’est plus") {
		t.Errorf("in French: %+v", french)
	}
	for name, data := range f {
		if path.Ext(name) == ".html" && !f.public(name) || strings.HasPrefix(name, "assets/") {
			continue // a small page of what is gone names that, and the theme has words of its own
		}
		for _, hidden := range []string{"Hidden", "cachées", "globex", "acme/gone", "purged", "pty-gone", "expired", "0.8"} {
			if bytes.Contains(data, []byte(hidden)) {
				t.Errorf("%s shows %q", name, hidden)
			}
		}
	}
}

func TestNewPageTellsProductsVersionsAndWithdrawals(t *testing.T) {
	f := renderCatalog(t, everyKind(), "2026-07-15")
	page := string(f["fr/new/index.html"])
	at := 0
	for _, want := range []string{
		`<h2 id="products">Nouveaux produits</h2>`, "Planned", "Vault", `<h2 id="versions">`, "Vault 1.1", "Release 7",
		`<h2 id="sellers">`, "Acme", `<h2 id="withdrawals">Retraits</h2>`, "un produit est retiré", "fin de vie", "Vault 0.9", "lecteur de flux",
	} {
		next := strings.Index(page[at:], want)
		if next < 0 {
			t.Errorf("the page lacks %q after what came before", want)
			continue
		}
		at += next
	}
	if strings.Contains(page, "Page mise à jour") {
		t.Error("the page tells changes of pages")
	}
	if page := string(renderCatalog(t, shop(), "2026-07-15")["en/new/index.html"]); !strings.Contains(page, "There is no news yet.") {
		t.Error("a catalog without entries does not say that there is no news")
	}
}

// What a day's feed told, a later day's feed tells in the same words.
func TestADayShowsEventsUpToItself(t *testing.T) {
	later := renderCatalog(t, everyKind(), "2026-07-15").atom(t, "en/feed.atom").Entries
	for _, day := range []catalog.Date{"2026-01-09", "2026-01-10", "2026-04-01", "2026-05-31"} {
		want := slices.DeleteFunc(slices.Clone(later), func(e atomEntry) bool { return e.Updated[:10] > string(day) })
		got := renderCatalog(t, everyKind(), day).atom(t, "en/feed.atom").Entries
		// On an earlier day, a product that has gone since was there.
		got = slices.DeleteFunc(got, func(e atomEntry) bool { return strings.Contains(e.Title, "Hidden ") })
		if diff := cmp.Diff(want, append([]atomEntry{}, got...)); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", day, diff)
		}
	}
}

func TestEventsKeepTheirIDs(t *testing.T) {
	before := renderCatalog(t, everyKind(), "2026-07-15").atom(t, "en/feed.atom").Entries
	c := everyKind()
	// Another product comes, this one gets another name and another version.
	vault := c.Product("acme/vault")
	vault.Title, vault.Summary = catalog.Text{"Vault Pro", "Vault Pro"}, catalog.Text{"New words", "Autres mots"}
	vault.Versions = append(vault.Versions, catalog.Version{Version: "1.0.1", Status: catalog.Published, Released: "2026-03-02"})
	more := product("zz", "More", catalog.Published)
	more.Published = moment("2026-03-01")
	c.Sellers[0].Products = append(c.Sellers[0].Products, more)
	more.Seller = c.Sellers[0]
	after := make(map[string]string)
	for _, e := range renderCatalog(t, c, "2026-07-15").atom(t, "en/feed.atom").Entries {
		after[e.ID] = e.Updated
	}
	if len(after) != len(before)+2 {
		t.Errorf("%d events, then %d", len(before), len(after))
	}
	for _, e := range before {
		if after[e.ID] != e.Updated {
			t.Errorf("%s (%s) of %s is of %q afterwards", e.ID, e.Title, e.Updated, after[e.ID])
		}
	}
}

// Without a history, publication is what the front matter tells.
func TestEventsWithoutHistory(t *testing.T) {
	dated := product("dated", "Dated", catalog.Published)
	dated.PublishOn = "2026-02-01"
	versions := product("versions", "Versions", catalog.Published)
	versions.Versions = []catalog.Version{
		{Version: "2", Status: catalog.Published, Released: "2026-05-01"},
		{Version: "1", Status: catalog.Published, Released: "2026-03-01"},
		{Version: "0", Status: catalog.Draft, Released: "2026-01-01"},
	}
	s := seller("acme", "Acme", dated, versions, product("undated", "Undated", catalog.Published))
	s.Published = time.Time{}
	var got []string
	for _, e := range renderCatalog(t, shop(s), "2026-07-15").atom(t, "en/feed.atom").Entries {
		got = append(got, e.Updated[:10]+" "+e.Title)
	}
	want := []string{"2026-05-01 Versions 2 is available", "2026-03-01 New product: Versions, by Acme", "2026-02-01 New product: Dated, by Acme"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A feed tells the newest events; the page and the home page are bounded too.
func TestNewsIsBounded(t *testing.T) {
	var products []*catalog.Product
	for i := range 120 {
		p := product(fmt.Sprintf("p%03d", i), fmt.Sprintf("Product %03d", i), catalog.Published)
		p.Published = moment("2026-02-01").Add(time.Duration(i) * time.Minute)
		p.Versions = []catalog.Version{{Version: "2", Status: catalog.Published, Released: "2026-03-01"}}
		products = append(products, p)
	}
	f := renderCatalog(t, shop(seller("acme", "Acme", products...)), "2026-07-15")
	for _, name := range []string{"en/feed.atom", "en/sellers/acme/feed.atom", "en/categories/security/feed.atom"} {
		if n := len(f.atom(t, name).Entries); n != 50 {
			t.Errorf("%s tells %d events", name, n)
		}
	}
	if n := bytes.Count(f["en/new/index.html"], []byte("<time ")); n < 40 || n > 80 {
		t.Errorf("the page tells %d events", n)
	}
	home := f["en/index.html"]
	if n := bytes.Count(home, []byte("<time ")); n != 8 {
		t.Errorf("the home page tells %d versions", n)
	}
	if i, j := bytes.Index(home, []byte("Product 119")), bytes.Index(home, []byte("Product 110")); i < 0 || j < i {
		t.Error("the product that was published last is not the first on the home page")
	}
}
