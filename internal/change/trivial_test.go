package change_test

import (
	"bytes"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/change"
	"vitrine/internal/content"
)

// edit changes a product's file, or others of the catalog. It reports whether it
// could.
type edit struct {
	name  string
	apply func(c fstest.MapFS, product string, r *rand.Rand) bool
}

// replace edits the first place in the product's file that a pattern finds.
func replace(name, pattern, by string) edit {
	form := regexp.MustCompile(pattern)
	return edit{name, func(c fstest.MapFS, product string, _ *rand.Rand) bool {
		was := c[product].Data
		at := form.FindSubmatchIndex(was)
		if at == nil {
			return false
		}
		now := slices.Concat(was[:at[0]], form.Expand(nil, []byte(by), was, at), was[at[1]:])
		c[product] = &fstest.MapFile{Data: now}
		return !bytes.Equal(was, now)
	}}
}

// put writes another file.
func putFile(name string, at func(product string) string, text string) edit {
	return edit{name, func(c fstest.MapFS, product string, _ *rand.Rand) bool {
		c[at(product)] = &fstest.MapFile{Data: []byte(text)}
		return true
	}}
}

var beside = func(product string) string { return path.Dir(path.Dir(product)) + "/showcase.md" }

// inShowcase edits the showcase of the product's seller.
func inShowcase(e edit) edit {
	return edit{e.name, func(c fstest.MapFS, product string, r *rand.Rand) bool { return e.apply(c, beside(product), r) }}
}

// harmless are the edits that a trivial change may have.
var harmless = []edit{
	replace("a letter in the summary", `(?m)^(  en: [^\n]*?\b[a-z]{4})([a-z]{2,}\b[^\n]*\n  fr:[^\n]*\ncategories)`, "${1}x$2"),
	replace("a letter in the French summary", `(?m)^(  fr: [^\n]*?\b[a-z]{4})([a-z]{2,}\b[^\n]*\ncategories)`, "${1}x$2"),
	replace("a letter in a key point", `(?m)^(  - en: (?:[A-Za-z]+ )*[a-z]{4})([a-z]{2,} )`, "${1}x$2"),
	replace("a letter in the text", `(# English\n\n[A-Z][^\n\x60]*? [a-z]{4})([a-z]{3,} )`, "${1}x$2"),
	replace("a letter in release notes", `(notes:\n      en: [^\n]*? [a-z]{4})([a-z]{2,} )`, "${1}x$2"),
	replace("a comment", `(?m)^type:`, "# a comment\ntype:"),
	replace("quotes", `(?m)^status: (\w+)$`, `status: "$1"`),
	replace("a patch version", `versions:\n  - version: "(\d+)\.(\d+)\.(\d)"\n    status: published\n    released: ([-\d]+)\n    images: \{([^}]*)\}(\n    os: [^\n]*)?(\n    architecture: [^\n]*)?`,
		"versions:\n  - version: \"$1.$2.9$3\"\n    status: published\n    released: 2026-11-01\n    images: {$5}$6$7\n"+
			"  - version: \"$1.$2.$3\"\n    status: published\n    released: $4\n    images: {$5}$6$7"),
}

// forbidden are edits that no trivial change may have, whatever else it has.
var forbidden = []edit{
	replace("a rate", `(?m)^(    (?:rate|hourly|yearly): )\d`, "${1}9$0"),
	replace("the product code", `product_code: "pty-.`, `product_code: "pty-f`),
	replace("the pricing mode", `(?m)^pricing: \w+`, "pricing: free"),
	replace("what is paid for", `(?m)^    per: vm$`, "    per: vcpu"),
	replace("an offer is gone", `(?s)\noffers:\n  - id: .*?\n((?:  - id|\w))`, "\noffers:\n$1"),
	replace("a new offer", `(?m)^offers:\n`, "offers:\n  - id: zzz\n    audience: all\n    hourly: 1\n"),
	replace("the documentation", `(?m)^documentation: .*`, "documentation: https://elsewhere.example/"),
	replace("the license", `(?m)^license: .*`, "license: {en: https://elsewhere.example/a, fr: https://elsewhere.example/b}"),
	replace("support", `(?m)^support: .*`, "support: {email: elsewhere@elsewhere.example}"),
	replace("a link in the text", `# English\n`, "# English\n\n[Here](https://elsewhere.example/).\n"),
	replace("a bare address in the text", `# English\n`, "# English\n\nhttps://elsewhere.example/\n"),
	replace("a word becomes a link", `(# English\n\n)(\w+)`, "$1[$2](https://elsewhere.example/)"),
	replace("an address in the text", `(https://docs\.)`, "https://doks."),
	replace("a host in words", `(# English\n\n)(\w+)`, "${1}elsewhere.example"),
	replace("a number in the text", `(?m)^(  (?:en|fr): [^\n]*?)(\d)`, "${1}9$2"),
	replace("a negation", `(# English\n\n\w+ )`, "${1}not "),
	replace("a letter of another script", `(# English\n\n[^\n]*?[a-z]{3})[aeo]([a-z])`, "${1}а$2"),
	replace("a bullet", `(?m)^- (\w)`, ", $1"),
	replace("another text", `(# Français\n\n)[^\n]+`, "${1}Tout autre chose."),
	replace("a heading", `(?m)^## (\w)`, "## x$1"),
	replace("code", `(?s)(\x60\x60\x60[a-z]*\n[^\n]*?)([a-z]{6})`, "${1}${2}x"),
	replace("the status", `(?m)^status: published`, "status: draft"),
	replace("a version's status", `(?m)^    status: published`, "    status: unpublished"),
	replace("a version is gone", `(?s)versions:\n.*?\n(  - version|\w)`, "versions:\n$1"),
	replace("an OMI", `ami-[0-9a-f]`, "ami-f0"),
	replace("a minor version", `versions:\n  - version: "(\d+)\.(\d+)\.(\d+)"`, "versions:\n  - version: \"$1.9$2.0\"\n    status: published\n  - version: \"$1.$2.$3\""),
	replace("a patch version elsewhere", `versions:\n  - version: "(\d+)\.(\d+)\.(\d+)"`, "versions:\n  - version: \"$1.$2.9$3\"\n    status: published\n    images: {us-east-1: ami-12345678}\n  - version: \"$1.$2.$3\""),
	replace("a patch version of a link", `versions:\n  - version: "(\d+)\.(\d+)\.(\d+)"\n    status: published\n    released: [-\d]+\n    images: \{([^}]*)\}`,
		"versions:\n  - version: \"$1.$2.9$3\"\n    status: published\n    images: {$4}\n    notes: {en: See https://elsewhere.example/, fr: Voir https://elsewhere.example/}\n$0"),
	replace("a Region", `(?m)^regions: \[`, "regions: [us-east-1, "),
	replace("a category", `(?m)^categories: \[`, "categories: [databases-and-more, "),
	replace("the title", `(?m)^title:`, "aliases: [zzz]\ntitle:"),
	replace("a date", `(?m)^title:`, "publish_on: 2030-01-01\ntitle:"),
	replace("a withdrawal", `(?m)^title:`, "unpublish_on: 2026-11-20\ntitle:"),
	replace("a drift marker", `(?m)^title:`, "drift: [{key: summary, until: 2026-12-01}]\ntitle:"),
	replace("a related product", `(?m)^related: .*`, "related: [zzz/zzz]"),
	replace("a key that nobody knows", `(?m)^title:`, "zzz: yes\ntitle:"),
	replace("another logo", `(?m)^logo: logo.svg`, "logo: other.svg"),
	replace("a screenshot", `(?m)^logo:`, "screenshots: [{file: a.png}]\nlogo:"),
	replace("a key point more", `(?m)^key_points:\n`, "key_points:\n  - en: One more\n    fr: Un de plus\n"),
	replace("another order of key points", `(?m)^key_points:\n((?:  - en: [^\n]*\n    fr: [^\n]*\n))((?:  - en: [^\n]*\n    fr: [^\n]*\n))`, "key_points:\n$2$1"),
	replace("what cannot be read", `(?m)^title:`, "title: [\ntitle:"),
	inShowcase(replace("the maintainers", `(?m)^maintainers: \[`, "maintainers: [mallory, ")),
	inShowcase(replace("the accounts", `(?m)^maintainers:`, "accounts: {eu-west-2: \"123456789012\"}\nmaintainers:")),
	inShowcase(replace("the website", `(?m)^website: .*`, "website: https://elsewhere.example/")),
	inShowcase(replace("the name", `(?m)^name: .*`, "name: Elsewhere")),
	putFile("a logo", func(p string) string { return path.Dir(p) + "/logo.svg" }, "<svg/>"),
	putFile("a document", func(p string) string { return path.Dir(p) + "/terms.pdf" }, "%PDF"),
	putFile("another product", func(p string) string { return path.Dir(path.Dir(p)) + "/zzz/product.md" }, "---\ntype: service\nstatus: draft\n---\n"),
	putFile("another seller", func(string) string { return "content/sellers/zzz/showcase.md" }, "---\nstatus: draft\n---\n"),
	putFile("a workflow", func(string) string { return ".github/workflows/x.yml" }, "on: push\n"),
	putFile("the theme", func(string) string { return "themes/default/assets/style.css" }, "*{}\n"),
	putFile("a page", func(string) string { return "content/pages/zzz.md" }, "---\nstatus: draft\n---\n"),
	{"another seller's text", func(c fstest.MapFS, product string, r *rand.Rand) bool {
		for name := range c {
			if path.Base(name) == "product.md" && path.Dir(path.Dir(name)) != path.Dir(path.Dir(product)) {
				return replace("", `(?m)^type:`, "# a comment\ntype:").apply(c, name, r)
			}
		}
		return false
	}},
	{"the product is deleted", func(c fstest.MapFS, product string, _ *rand.Rand) bool {
		delete(c, product)
		return true
	}},
	{"the settings", func(c fstest.MapFS, product string, r *rand.Rand) bool {
		return replace("", `(?m)^currency: EUR`, "currency: USD").apply(c, content.CatalogPath, r)
	}},
}

// TestTrivial: any mixture of edits with a forbidden one is not trivial, even
// where no rule finds anything; each harmless edit alone is.
func TestTrivial(t *testing.T) {
	k := newTrials(t)
	for i, e := range harmless {
		trivial := 0
		for _, product := range k.products {
			c, ok := k.try(t, product, []edit{e}, i)
			if ok && c.Trivial {
				trivial++
			}
			if ok && !c.Trivial && testing.Verbose() {
				t.Logf("%s in %s is not trivial: %q", e.name, product, c.Why)
			}
		}
		if trivial == 0 {
			t.Errorf("%s is nowhere trivial", e.name)
		}
	}
	for i, e := range forbidden {
		had := 0
		for j, product := range k.products {
			r := rand.New(rand.NewPCG(uint64(i), uint64(j)))
			mixture := []edit{e}
			for range r.IntN(3) {
				mixture = append(mixture, harmless[r.IntN(len(harmless))])
			}
			if r.IntN(3) == 0 {
				mixture = append(mixture, forbidden[r.IntN(len(forbidden))])
			}
			c, ok := k.try(t, product, mixture, j)
			if !ok {
				continue
			}
			if had++; c.Trivial {
				t.Errorf("trivial with %s in %s: %q\n%+v", e.name, product, c.Why, c.Entries)
			}
		}
		if had == 0 {
			t.Errorf("%s could be done nowhere", e.name)
		}
	}
}

// TestTrivialActor: the same edit by somebody else, or by nobody known, is not.
func TestTrivialActor(t *testing.T) {
	k := newTrials(t)
	for _, actor := range []string{"", "mallory"} {
		k.actor = actor
		for i, product := range k.products {
			if c, ok := k.try(t, product, harmless[5:6], i); ok && c.Trivial {
				t.Errorf("a change of %s by %q is trivial", product, actor)
			}
		}
	}
}

// trials are changes of the sample catalog in memory.
type trials struct {
	files    fstest.MapFS
	root     *content.Root
	tree     *content.Tree
	words    *i18n.Set
	products []string
	actor    string // "maintainer" for whoever maintains the seller
}

func newTrials(t *testing.T) *trials {
	t.Helper()
	k := &trials{files: make(fstest.MapFS), actor: "maintainer"}
	sample := os.DirFS("../..")
	err := fs.WalkDir(sample, "content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sample, name)
		k.files[name] = &fstest.MapFile{Data: data}
		if path.Base(name) == "product.md" {
			k.products = append(k.products, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	k.root = content.RootOf(k.files)
	if k.words, err = i18n.Load(nil); err != nil {
		t.Fatal(err)
	}
	if k.tree, err = content.Load(t.Context(), k.root, content.Options{}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(k.products)
	return k
}

// try applies edits to a product of a copy and says what they mean. It reports
// whether the first of them could be done.
func (k *trials) try(t *testing.T, product string, edits []edit, seed int) (*change.Change, bool) {
	t.Helper()
	files := maps.Clone(k.files)
	r := rand.New(rand.NewPCG(1, uint64(seed)))
	if !edits[0].apply(files, product, r) {
		return nil, false
	}
	for _, e := range edits[1:] {
		if files[product] != nil {
			e.apply(files, product, r)
		}
	}
	var touched []string
	for name, f := range files {
		if was := k.files[name]; was == nil || !bytes.Equal(was.Data, f.Data) {
			touched = append(touched, name)
		}
	}
	for name := range k.files {
		if files[name] == nil {
			touched = append(touched, name)
		}
	}
	slices.Sort(touched)
	after := content.RootOf(files)
	tree, err := k.tree.Again(t.Context(), after, touched, content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	actor := k.actor
	if actor == "maintainer" {
		actor = k.root.Maintainers(strings.Split(product, "/")[2])[0]
	}
	return change.Compare(change.Input{
		Actor: actor, At: catalog.Date("2026-11-24"), Was: k.tree.Catalog, Now: tree.Catalog, Before: k.root, After: after, Owners: k.root,
		Touched: touched, Words: k.words, Lang: "en",
	}), true
}
