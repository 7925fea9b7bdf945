package site_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/catalog"
)

// TestEstimates holds the estimates of the sample catalog to figures that were
// computed by hand, in both languages. In eu-west-2, a vCore of generation 6 and
// performance 2 costs 0.041 an hour, a GiB 0.0055.
func TestEstimates(t *testing.T) {
	_, pages, _ := sample(t)
	for product, test := range map[string]struct{ vm, english, french, note string }{
		// (4 × 0.041 + 16 × 0.0055 + 0.140) × 730 = 286.16; at 920 a year: 0.252 × 8760 + 920
		"kelvane/kelvane-postgres": {"tinav6.c4r16p2", "€286.16 €3,433.92 €3,127.52", "286,16 € 3 433,92 € 3 127,52 €", "for each VM"},
		// (4 × 0.041 + 8 × 0.0055 + 4 × 0.012) × 730 = 186.88; at 84 a year and vCPU: 0.208 × 8760 + 336
		"drakkel/drakkel-cluster": {"tinav6.c4r8p2", "€186.88 €2,242.56 €2,158.08", "186,88 € 2 242,56 € 2 158,08 €", "for each vCPU"},
		// (2 × 0.041 + 8 × 0.0055) × 730 + 160 = 251.98
		"brisemar/brisemar-backup": {"tinav6.c2r8p2", "€251.98 €3,023.76", "251,98 € 3 023,76 €", "however many VMs"},
		// (2 × 0.041 + 4 × 0.0055) × 730 = 75.92
		"brisemar/brisemar-gateway": {"tinav6.c2r4p2", "€75.92 €911.04", "75,92 € 911,04 €", "not included"},
		// (4 × 0.041 + 8 × 0.0055) × 730 = 151.84
		"galipote/galipote-press": {"tinav6.c4r8p2", "€151.84 €1,822.08", "151,84 € 1 822,08 €", "no license fee"},
	} {
		for lang, want := range map[string]string{"en": test.english, "fr": test.french} {
			section := estimateOf(pages[lang+"/products/"+product+"/index.html"])
			if section == nil {
				t.Errorf("%s has no estimate in %s", product, lang)
				continue
			}
			got := ""
			for _, table := range elements(section, func(n *html.Node) bool { return n.DataAtom == atom.Table }) {
				if !strings.Contains(text(table), "eu-west-2:") && !strings.Contains(text(table), "eu-west-2 :") || strings.Contains(text(table), "cloudgouv") {
					continue
				}
				for _, row := range elements(table, func(n *html.Node) bool { return n.DataAtom == atom.Tr }) {
					if strings.HasPrefix(text(row), test.vm) {
						var amounts []string
						for _, d := range elements(row, func(n *html.Node) bool { return n.DataAtom == atom.Td }) {
							amounts = append(amounts, text(d))
						}
						got = strings.Join(amounts, " ")
					}
				}
			}
			if got != want {
				t.Errorf("%s in %s: %s costs %q, want %q", product, lang, test.vm, got, want)
			}
			for _, limit := range map[string][]string{"en": {test.note, "storage", "730 hours"}, "fr": {"stockage", "hors taxes", "730 heures"}}[lang] {
				if !strings.Contains(text(section), limit) {
					t.Errorf("%s in %s does not say %q", product, lang, limit)
				}
			}
		}
	}
}

func estimateOf(page *html.Node) *html.Node {
	if page == nil {
		return nil
	}
	found := elements(page, func(n *html.Node) bool { return n.DataAtom == atom.Section && attr(n, "aria-labelledby") == "estimate" })
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// TestEstimatesAreForOMIs: every OMI product has one, no other product has.
func TestEstimatesAreForOMIs(t *testing.T) {
	_, pages, c := sample(t)
	n := 0
	for p := range c.Products {
		page := pages["en/products/"+p.Ref()+"/index.html"]
		if p.Status != catalog.Published || page == nil {
			continue
		}
		if got := estimateOf(page) != nil; got != (p.Type == catalog.OMI) {
			t.Errorf("%s, a product of type %s: an estimate is there: %t", p.Ref(), p.Type, got)
		}
		n++
	}
	if n < 30 {
		t.Errorf("%d products", n)
	}
}
