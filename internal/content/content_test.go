package content

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// settings is a small catalog.yaml without findings.
const settings = `title: {en: Test, fr: Test}
description: {en: A catalog., fr: Un catalogue.}
base_url: https://catalog.example/
languages: [en, fr]
regions: [{id: eu-west-2, default: true}]
categories: [{id: security, name: {en: Security, fr: Sécurité}}]
`

// product is a draft; its warnings do not matter here.
const product = "---\ntype: service\nstatus: draft\ntitle: Vault\n---\n# English\na\n# Français\nb\n"

const showcase = "---\nstatus: draft\nname: Acme\n---\n# English\na\n# Français\nb\n"

// catalogOf writes a catalog of these files, and what a catalog must have.
func catalogOf(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	all := map[string]string{
		catalogFile: settings, "content/sellers/acme/showcase.md": showcase, "content/sellers/acme/vault/product.md": product,
	}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func load(t testing.TB, dir string, visit func(*Document)) *Tree {
	t.Helper()
	root, err := OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, err := Load(t.Context(), root, Options{Visit: visit})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// places writes findings of one rule, or of all, with their places.
func places(found []diag.Finding, rule *diag.Rule) []string {
	var out []string
	for _, f := range found {
		if rule == nil || f.Rule == rule {
			out = append(out, fmt.Sprintf("%s:%d:%d-%d:%d: %s [%s]", f.Path, f.Start.Line, f.Start.Column, f.End.Line, f.End.Column, f.Message, f.Rule.ID))
		}
	}
	return out
}

// document parses a product's front matter.
func document(t *testing.T, front string) *Document {
	t.Helper()
	d, _ := parseDocument("product.md", ProductEntry, []byte("---\n"+front+"---\n"), nil)
	if d.Front == nil || len(d.Findings) > 0 {
		t.Fatalf("the front matter cannot be read: %v", places(d.Findings, nil))
	}
	return d
}

func TestValuesHavePlaces(t *testing.T) {
	d := document(t, `plain: omi  # a comment
double: "a \" b" # a comment
single: 'it''s'
été: "créé là" # à
fr: é à
empty:
none: ~
quotes: ""
list: [a, "é", {k: v}]
map:
  deep: x
block: |
  one
  two
folded: one
  two
`)
	tests := []struct {
		name string
		path []any
		want string // the place, line:column-column
		text string // what stands there
	}{
		{"plain", []any{"plain"}, "2:8-11", "omi"},
		{"double quoted", []any{"double"}, "3:9-17", `"a \" b"`},
		{"single quoted", []any{"single"}, "4:9-16", `'it''s'`},
		{"behind accents", []any{"été"}, "5:6-15", `"créé là"`},
		{"with accents", []any{"fr"}, "6:5-8", "é à"},
		{"nothing is at its key", []any{"empty"}, "7:1-6", "empty"},
		{"null is at its key", []any{"none"}, "8:1-5", "none"},
		{"empty quotes", []any{"quotes"}, "9:9-11", `""`},
		{"a list is at its key", []any{"list"}, "10:1-5", "list"},
		{"item", []any{"list", 0}, "10:8-9", "a"},
		{"quoted item", []any{"list", 1}, "10:11-14", `"é"`},
		{"in an item", []any{"list", 2, "k"}, "10:20-21", "v"},
		{"a mapping is at its key", []any{"map"}, "11:1-4", "map"},
		{"in a mapping", []any{"map", "deep"}, "12:9-10", "x"},
		{"block", []any{"block"}, "13:8-9", "|"},
		{"folded", []any{"folded"}, "16:9-12", "one"},
		{"missing in a mapping", []any{"map", "none"}, "11:1-4", "map"},
		{"missing item", []any{"list", 9}, "10:1-5", "list"},
		{"missing", []any{"nosuch"}, "1:1-4", "---"},
		{"below a text", []any{"plain", "x"}, "2:8-11", "omi"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := d.At(test.path...)
			got := fmt.Sprintf("%d:%d-%d", s.Start.Line, s.Start.Column, s.End.Column)
			text := string(d.Source.Data[d.Source.Offset(s.Start):d.Source.Offset(s.End)])
			if got != test.want || text != test.text || s.Start.Line != s.End.Line {
				t.Errorf("At(%v) is %s, %q; want %s, %q", test.path, got, text, test.want, test.text)
			}
		})
	}
}

func TestPlacesCountCharactersBehindBOMAndCRLF(t *testing.T) {
	d, _ := parseDocument("product.md", ProductEntry, []byte("\ufeff---\r\nétat: \"é\"\r\nfin: 🙂x\r\n---\r\n"), nil)
	for key, want := range map[string]string{"état": "2:7-10", "fin": "3:6-8"} {
		s := d.At(key)
		if got := fmt.Sprintf("%d:%d-%d", s.Start.Line, s.Start.Column, s.End.Column); got != want {
			t.Errorf("%s is at %s, want %s", key, got, want)
		}
	}
	want := []string{
		"product.md:1:1-1:1: the file begins with a byte order mark [text-bom]",
		"product.md:1:4-1:4: the line ends with CR LF (Windows) [text-line-end]",
	}
	if diff := cmp.Diff(want, places(d.Findings, nil)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestScalarsStayAsWritten(t *testing.T) {
	d := document(t, `type: omi
product_code: 0001
versions: [{version: 1.10, status: "no", released: 2026-01-02}, {version: 0x1F}, {version: 1_000}, {version: 1e3}, {version: .5}]
offers: [{hourly: 1.50, yearly: 0.0300, rate: 12, commitment_months: 0012}, {rate: 1e3, hourly: 010}]
regions: [yes, null, 12:30, true]
`)
	d.decode([]string{"en"})
	p := d.Product
	got := []string{p.ProductCode, string(p.Versions[0].Released)}
	for _, v := range p.Versions {
		got = append(got, v.Version)
	}
	amounts := func(amounts ...*catalog.Decimal) {
		for _, a := range amounts {
			if a == nil {
				got = append(got, "none")
			} else {
				got = append(got, a.StringFixed(-a.Exponent()))
			}
		}
	}
	amounts(p.Offers[0].Hourly, p.Offers[0].Yearly, p.Offers[0].Rate, p.Offers[1].Rate, p.Offers[1].Hourly)
	got = append(got, p.Regions...)
	want := []string{"0001", "2026-01-02", "1.10", "0x1F", "1_000", "1e3", ".5", "1.50", "0.0300", "12", "none", "none", "yes", "", "12:30", "true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	if s := p.Versions[0].Status; s != "" {
		t.Errorf("the word no is the status %q", s)
	}
}

// many is a catalog of many entries, every third of them faulty.
func many(t testing.TB) string {
	files := make(map[string]string)
	for i := range 12 {
		dir := fmt.Sprintf("content/sellers/s%02d/", i)
		files[dir+"showcase.md"] = showcase
		for j := range 12 {
			text := strings.Replace(product, "Vault", fmt.Sprintf("Vault %d", j), 1)
			if (i+j)%3 == 0 {
				text = strings.Replace(text, "status", "staus: x\nstatus", 1)
			}
			files[fmt.Sprintf("%sp%02d/product.md", dir, j)] = text
		}
		files[dir+"p-none/readme.txt"] = "x"
		files[fmt.Sprintf("content/pages/p%d.md", i)] = "---\nstatus: draft\ntitle: [\n---\n"
	}
	return catalogOf(t, files)
}

func TestTheResultOfLoadDoesNotDependOnOrder(t *testing.T) {
	dir := many(t)
	with := func(procs int) *Tree {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		return load(t, dir, nil)
	}
	one := with(1)
	if len(one.Findings) < 100 || len(one.Catalog.Sellers) != 13 || one.Files != 1+12+13+12*12+1 {
		t.Fatalf("%d findings, %d sellers, %d files", len(one.Findings), len(one.Catalog.Sellers), one.Files)
	}
	for range 5 {
		other := with(16)
		if diff := cmp.Diff(places(one.Findings, nil), places(other.Findings, nil)); diff != "" {
			t.Fatalf("findings differ (-one +many):\n%s", diff)
		}
		if diff := cmp.Diff(one.Catalog, other.Catalog); diff != "" {
			t.Fatalf("catalogs differ (-one +many):\n%s", diff)
		}
	}
}

func TestLoadFailsWhereThereIsNoCatalog(t *testing.T) {
	root, err := OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := Load(t.Context(), root, Options{}); err == nil || !regexp.MustCompile(`^there is no content/catalog\.yaml in .*-C DIR$`).MatchString(err.Error()) {
		t.Errorf("error %v", err)
	}
	if _, err := OpenRoot(filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "cannot open the catalog's root") {
		t.Errorf("error %v", err)
	}
}

func TestFilesAreReadAgainOnlyAsTheyWereChecked(t *testing.T) {
	dir := catalogOf(t, map[string]string{"content/sellers/acme/showcase.md": "\ufeff" + strings.ReplaceAll(showcase, "\n", "\r\n")})
	bodies := make(map[string]string)
	tree := load(t, dir, nil)
	load(t, catalogOf(t, nil), func(d *Document) {
		if d.Kind == SellerEntry {
			bodies["acme"] = string(d.Text())
		}
	})
	root, err := OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	e := &tree.Catalog.Sellers[0].Entry
	if body, err := root.Body(e); err != nil || string(body) != bodies["acme"] {
		t.Errorf("body %q, %v; want %q", body, err, bodies["acme"])
	}
	if d := root.Reopen(e); d == nil || d.At("name").Start != (diag.Position{Line: 3, Column: 7}) {
		t.Errorf("the document is not opened again: %v", d)
	}
	if err := os.WriteFile(filepath.Join(dir, e.Source), []byte(showcase+"c"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := root.Body(e); err == nil || !strings.Contains(err.Error(), "changed") || root.Reopen(e) != nil {
		t.Errorf("a changed file is read as if it were the same: %v", err)
	}
}
