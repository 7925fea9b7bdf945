package site_test

import (
	"testing"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/site"
	"vitrine/themes"
)

// small renders a catalog of one seller and one product, made by hand: texts may
// be such as the rules for content refuse.
func small(t *testing.T, base string, change func(*catalog.Catalog)) files {
	t.Helper()
	both := func(s string) catalog.Text { return catalog.Text{s, s} }
	seller := &catalog.Seller{
		Entry: catalog.Entry{Slug: "acme", Status: catalog.Published, Source: "content/sellers/acme/showcase.md"},
		Name:  both("Acme"), Summary: both("We sell."), Certifications: []string{"HDS"},
	}
	rate, err := catalog.ParseDecimal("0.10")
	if err != nil {
		t.Fatal(err)
	}
	seller.Products = []*catalog.Product{{
		Entry:  catalog.Entry{Slug: "vault", Status: catalog.Published, Source: "content/sellers/acme/vault/product.md"},
		Seller: seller, Type: catalog.OMI, Pricing: catalog.PerVMType, Title: both("Vault"), Summary: both("It keeps."),
		Categories: []string{"security"}, Regions: []string{"eu-west-2"}, ProductCode: "0042",
		Versions: []catalog.Version{{Version: "1.10", Status: catalog.Published, OS: "Debian 13", Images: []catalog.Image{{Region: "eu-west-2", OMI: "ami-00000001"}}}},
		Offers:   []catalog.Offer{{ID: "one", Name: both("One"), Audience: "all", Hourly: &rate, Per: "vcpu"}},
	}}
	c := &catalog.Catalog{
		Settings: catalog.Settings{
			Title: both("Market"), Description: both("All of it."), Languages: []string{"en", "fr"}, Currency: "EUR",
			Regions: []catalog.Region{{ID: "eu-west-2"}}, Categories: []catalog.Category{{ID: "security", Name: both("Security")}},
		},
		Sellers: []*catalog.Seller{seller},
	}
	change(c)
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	theme, err := themes.Load("default", nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.New(c, site.Options{
		BaseURL: base, Visible: catalog.Visibility{At: at}, Words: words, Theme: theme,
		Body: func(*catalog.Entry) ([]byte, error) { return []byte("# English\nText.\n# Français\nTexte.\n"), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return all(t, s)
}
