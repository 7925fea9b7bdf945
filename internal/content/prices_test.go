package content

import (
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// priceList reads a price list in a small catalog.
func priceList(t *testing.T, text string) (*Tree, []diag.Finding) {
	t.Helper()
	root := RootOf(fstest.MapFS{
		"content/catalog.yaml":              {Data: []byte("title: T\ndescription: {en: T, fr: T}\nbase_url: https://t.example/\nlanguages: [en, fr]\nregions: [{id: eu-west-2}]\ncategories: [{id: a, name: {en: A, fr: A}}]\n")},
		"content/prices/eu-west-2.json":     {Data: []byte(text)},
		"content/sellers/acme/showcase.md":  {Data: []byte("---\nstatus: draft\n---\n")},
		"content/sellers/acme/x/product.md": {Data: []byte("---\nstatus: draft\ntype: omi\n---\n")},
	})
	tree, err := Load(t.Context(), root, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found []diag.Finding
	for _, f := range tree.Findings {
		if strings.HasPrefix(f.Path, pricesDir) {
			found = append(found, f)
		}
	}
	return tree, found
}

const goodPrices = `{
  "region": "eu-west-2",
  "currency": "EUR",
  "fetched": "2026-06-01",
  "hourly": {
    "CustomCore:v6-p2": 0.0435,
    "CustomRam": 0.005
  }
}
`

func TestPricesAsWritten(t *testing.T) {
	tree, found := priceList(t, goodPrices)
	if len(found) > 0 {
		t.Fatalf("findings: %v", found)
	}
	list := tree.Catalog.Prices["eu-west-2"]
	if got := string(FormatPrices(list)); got != goodPrices {
		t.Errorf("written again:\n%s", got)
	}
	vm, _ := catalog.ParseVMType("tinav6.c2r4p2")
	if hour, ok := list.VM(vm); !ok || hour.String() != "0.107" {
		t.Errorf("an hour costs %s, %t", hour, ok)
	}
}

// TestHostilePrices: whatever the file holds, it is refused, in a bounded time,
// with findings that lie in it.
func TestHostilePrices(t *testing.T) {
	hourly := func(s string) string { return strings.Replace(goodPrices, `"CustomRam": 0.005`, s, 1) }
	for name, text := range map[string]string{
		"empty":              "",
		"not UTF-8":          "\xff\xfe{",
		"a list":             "[]",
		"deep":               strings.Repeat("[", 100_000),
		"deep below a price": hourly(`"CustomRam": ` + strings.Repeat("[", 100_000)),
		"large":              goodPrices + strings.Repeat(" ", maxPrices),
		"many prices":        hourly(strings.Repeat(`"CustomRam": 1,`, 6000) + `"CustomRam": 1`),
		"a long number":      hourly(`"CustomRam": 0.` + strings.Repeat("1", 50_000)),
		"an exponent":        hourly(`"CustomRam": 1e999999999`),
		"nothing":            hourly(`"CustomRam": null`),
		"a word":             hourly(`"CustomRam": NaN`),
		"a control":          hourly(`"CustomRam\u0007": 1`),
		"a second value":     goodPrices + "{}",
		"half":               goodPrices[:len(goodPrices)/2],
		"a path":             strings.Replace(goodPrices, `"region": "eu-west-2"`, `"region": "../../eu-west-2"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			tree, found := priceList(t, text)
			if len(found) == 0 || tree.Catalog.Prices["eu-west-2"] != nil {
				t.Fatalf("it passed: %v", tree.Catalog.Prices)
			}
			lines := strings.Count(text, "\n") + 1
			for _, f := range found {
				if f.Start.Line > lines {
					t.Errorf("a finding in line %d of %d", f.Start.Line, lines)
				}
				if len(f.Message.String()) > 1000 {
					t.Errorf("a message of %d characters", len(f.Message.String()))
				}
			}
		})
	}
}
