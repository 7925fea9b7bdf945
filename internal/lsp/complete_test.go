package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

const vault = "content/sellers/acme/vault/product.md"

// labels are the completions at a marked place of a file.
func (e *editor) completions(path, marked string) []completionItem {
	e.t.Helper()
	var list completionList
	if err := json.Unmarshal(e.on("textDocument/completion", path, marked, nil), &list); err != nil {
		e.t.Fatal(err)
	}
	return list.Items
}

func labels(items []completionItem) (all []string) {
	slices.SortStableFunc(items, func(a, b completionItem) int { return strings.Compare(a.SortText, b.SortText) })
	for _, i := range items {
		all = append(all, i.Label)
	}
	return all
}

func TestCompletion(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	body := "\n---\n# English\n\nText.\n\n# Français\n\nTexte.\n"
	front := func(s string) string { return "---\n" + s + body }
	for _, test := range []struct {
		name, path, text string
		first            string   // the first ones, in order, a space between
		not              []string // that are not offered
	}{
		{"keys of an empty front matter", vault, front("‸"), "type status title summary categories key_points logo", nil},
		{"no front matter closed yet", vault, "---\n‸", "type status title", nil},
		{"half a key on a fresh line", vault, front("type: omi\nstat‸\ntitle: X"), "status", []string{"type", "title"}},
		{"keys that are there are not offered", vault, front("type: omi\nstatus: draft\n‸\ntitle: X"), "summary", []string{"type", "status", "title"}},
		{"keys of the type alone", vault, front("type: service\n‸"), "status", []string{"product_code", "versions"}},
		{"what a service needs", vault, front("type: service\nstatus: draft\ntitle: X\nsummary: {en: a, fr: b}\ncategories: [a]\nkey_points: []\nlogo: logo.svg\n‸"), "privacy_policy", nil},
		{"what unpublishing needs", vault, front("type: outsourced\nstatus: unpublished\ntitle: X\nsummary: {en: a, fr: b}\ncategories: [a]\nkey_points: []\nlogo: logo.svg\n‸"), "unpublished", nil},
		{"statuses", vault, front("type: omi\nstatus: ‸"), "draft published unpublished", nil},
		{"statuses without a space", vault, front("type: omi\nstatus:‸"), "draft published unpublished", nil},
		{"half a status", vault, front("status: pub‸\ntype: omi"), "published unpublished", []string{"draft"}},
		{"types", vault, front("type: ‸"), "omi outsourced service", nil},
		{"pricing modes", vault, front("type: omi\npricing: ‸\n"), "vm_type subscription byol free", nil},
		{"languages in braces", vault, front("summary: {‸}"), "en fr", nil},
		{"the other language", vault, front("summary: {en: a, ‸}"), "fr", []string{"en"}},
		{"braces not closed", vault, front("summary: {en: a, ‸\nlogo: logo.svg"), "fr", []string{"en"}},
		{"languages in a block", vault, front("summary:\n  ‸\nlogo: logo.svg"), "en fr", nil},
		{"the other language in a block", vault, front("summary:\n  en: a\n  ‸\nlogo: logo.svg"), "fr", []string{"en"}},
		{"a list of languages", vault, front("key_points:\n  - en: a\n    ‸\nlogo: logo.svg"), "fr", []string{"en"}},
		{"a new item in braces", vault, front("key_points:\n  - {‸\nlogo: logo.svg"), "en fr", nil},
		{"categories in brackets", vault, front("type: omi\ncategories: [‸]"), "databases security", []string{"support"}},
		{"categories of a service", vault, front("type: service\ncategories: [‸]"), "support", []string{"databases"}},
		{"categories that are not there yet", vault, front("type: omi\ncategories: [security, ‸]"), "databases", []string{"security"}},
		{"a bracket not closed", vault, front("type: omi\nregions: [cl‸\nproduct_code: \"x\""), "cloudgouv-eu-west-1", []string{"eu-west-2"}},
		{"the second Region", vault, front("type: omi\nregions: [cloudgouv-eu-west-1, ‸\nproduct_code: \"x\""), "eu-west-2", []string{"cloudgouv-eu-west-1"}},
		{"categories in a block", vault, front("type: omi\ncategories:\n  - ‸\nlogo: logo.svg"), "databases security", nil},
		{"categories at the margin", vault, front("type: omi\ncategories:\n- security\n- ‸\nlogo: logo.svg"), "databases", []string{"security"}},
		{"an item without its hyphen", vault, front("type: omi\ncategories:\n  - security\n  ‸\nlogo: logo.svg"), "databases", []string{"security"}},
		{"a list that is not begun", vault, front("type: omi\ncategories: ‸"), "[databases] [security]", nil},
		{"keys of a version", vault, front("type: omi\nversions:\n  - ‸"), "version status images", nil},
		{"further keys of a version", vault, front("type: omi\nversions:\n  - version: \"1\"\n    ‸\nlogo: logo.svg"), "status images", []string{"version", "logo"}},
		{"between keys of a version", vault, front("type: omi\nversions:\n  - version: \"1\"\n    ‸\n    status: draft\nlogo: logo.svg"), "images", []string{"version", "status"}},
		{"half a key of a version", vault, front("type: omi\nversions:\n  - version: \"1\"\n    rel‸\n    status: draft"), "images released", []string{"version", "related"}},
		{"a version's Regions", vault, front("type: omi\nregions: [eu-west-2]\nversions:\n  - version: \"1\"\n    images: {‸}"), "eu-west-2", []string{"cloudgouv-eu-west-1"}},
		{"reasons, in braces", vault, front("unpublished: {since: 2026-01-01, reason: ‸}"), "end-of-life security superseded", nil},
		{"reasons, in a version's block", vault, front("type: omi\nversions:\n  - version: \"1\"\n    unpublished:\n      reason: s‸\n"), "security superseded seller-left", []string{"legal"}},
		{"replacements", vault, front("unpublished: {replacement: ‸}"), "acme/care acme/relay", []string{"acme/vault"}},
		{"related products", vault, front("related: [acme/relay, ‸]"), "acme/care", []string{"acme/vault", "acme/relay"}},
		{"half a product by its title", vault, front("related: [Rela‸]"), "acme/relay", []string{"acme/care"}},
		{"files of the folder", vault, front("logo: ‸"), "logo.svg", []string{"product.md"}},
		{"screenshots", vault, front("screenshots:\n  - file: ‸"), "logo.svg", nil},
		{"a document is no picture", vault, front("type: omi\nlicense: {en: ‸}"), "", []string{"logo.svg"}},
		{"audiences", vault, front("type: omi\noffers:\n  - id: a\n    audience: ‸"), "all nuage_public", nil},
		{"keys of a drift", vault, front("drift:\n  - key: ‸"), "title summary key_points", []string{"status"}},
		{"a day", vault, front("publish_on: ‸"), "2026-06-15", nil},
		{"in quotes", vault, front("type: omi\ncategories: [\"sec‸\"]"), "security", nil},
		{"nothing in a comment", vault, front("type: omi # ‸"), "", nil},
		{"nothing in a text", vault, front("title: A new th‸"), "", nil},
		{"nothing in a folded text", vault, front("summary:\n  en: >\n    some ‸\n  fr: x"), "", nil},
		{"countries", "content/sellers/acme/showcase.md", front("country: F‸"), "", []string{"DE"}},
		{"keys of a showcase", "content/sellers/acme/showcase.md", front("status: draft\n‸"), "name summary logo maintainers", []string{"type"}},
		{"keys of catalog.yaml", "content/catalog.yaml", "title: X\n‸", "description base_url languages regions categories", nil},
		{"a rule's severity", "content/catalog.yaml", "rules:\n  file-unused: ‸\n", "error warning off", nil},
		{"rules", "content/catalog.yaml", "rules:\n  file-un‸", "account-form alias-taken", []string{"yaml-syntax"}},
		{"pages", "content/catalog.yaml", "navigation: [‸]", "about", nil},
		{"sections", vault, "---\ntype: omi\n---\n# English\n\nText.\n\n#‸\n", "# Français", []string{"# English"}},
		{"links", vault, "---\ntype: omi\n---\n# Français\n\nVoir [le relais](/fr/pro‸)\n", "/fr/products/acme/care/ /fr/products/acme/relay/", []string{"/fr/products/acme/vault/"}},
		{"links to files", vault, "---\ntype: omi\n---\n# English\n\n![the logo](‸\n", "logo.svg", []string{"/en/products/acme/care/"}},
		{"no completion in prose", vault, "---\ntype: omi\n---\n# English\n\nSome te‸xt.\n", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			e.t = t
			got := labels(e.completions(test.path, test.text))
			var want []string
			if test.first != "" {
				want = strings.Split(test.first, " ")
			}
			if test.name == "sections" {
				want = []string{test.first}
			}
			if len(got) < len(want) || !slices.Equal(got[:len(want)], want) || test.first == "" && len(test.not) == 0 && len(got) > 0 {
				t.Errorf("offered %q, want first %q", got, want)
			}
			for _, n := range test.not {
				if slices.Contains(got, n) {
					t.Errorf("%s is offered among %q", n, got)
				}
			}
		})
	}
}

// TestCompletionWrites applies completions: what stands there afterwards is what
// somebody would have typed.
func TestCompletionWrites(t *testing.T) {
	body := "\n---\n# English\n"
	for _, test := range []struct{ name, text, label, want string }{
		{"a key with its choice", "---\nsta‸" + body, "status", "---\nstatus: ${1|draft,published,unpublished|}" + body},
		{"a key whose colon is there", "---\nsta‸: draft" + body, "status", "---\nstatus: draft" + body},
		{"a text a language", "---\nsumm‸" + body, "summary", "---\nsummary:\n  en: \"$1\"\n  fr: \"$2\"" + body},
		{"the same in braces", "---\ntype: omi\noffers:\n  - {na‸}" + body, "name", "---\ntype: omi\noffers:\n  - {name: {en: \"$1\", fr: \"$2\"}}" + body},
		{"a value behind a colon", "---\nstatus:‸" + body, "draft", "---\nstatus: draft" + body},
		{"a value in the place of another", "---\nstatus: pub‸lished" + body, "unpublished", "---\nstatus: unpublished" + body},
		{"a category in quotes", "---\ntype: omi\ncategories: [\"da‸\"]" + body, "databases", "---\ntype: omi\ncategories: [\"databases\"]" + body},
		{"a whole list", "---\ntype: omi\ncategories: ‸" + body, "[databases]", "---\ntype: omi\ncategories: [databases]" + body},
		{"an item with its hyphen", "---\ntype: omi\ncategories:\n  ‸" + body, "databases", "---\ntype: omi\ncategories:\n  - databases" + body},
		{"a section", "---\ntype: omi\n---\n#‸", "# English", "---\ntype: omi\n---\n# English"},
		{"a link", "---\ntype: omi\n---\n# English\n\n[é 😀](/en/‸x)", "", "---\ntype: omi\n---\n# English\n\n[é 😀](/en/‸x)"},
		{"behind é and an emoji", "---\nsummary: {en: \"é😀\", f‸}" + body, "fr", "---\nsummary: {en: \"é😀\", fr: \"$1\"}" + body},
		{"a version", "---\ntype: omi\nversions:\n  ‸" + body, "-", "---\ntype: omi\nversions:\n  - version: $1\n  status: ${2|draft,published,unpublished|}\n  images:\n    cloudgouv-eu-west-1: $3\n    eu-west-2: $4" + body},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := start(t, catalogCopy(t), Options{})
			clean, _, _ := at(test.text)
			items := e.completions(vault, test.text)
			i := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == test.label })
			if test.label == "" {
				return
			}
			if i < 0 {
				t.Fatalf("%s is not among %q", test.label, labels(items))
			}
			if got := applied(clean, *items[i].TextEdit); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// applied is a text after edits, as an editor applies them: all at once.
func applied(t string, edits ...textEdit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b textEdit) int {
		return text(t).offset(b.Range.Start, utf16Units) - text(t).offset(a.Range.Start, utf16Units)
	})
	for _, e := range edits {
		from, to := text(t).offset(e.Range.Start, utf16Units), text(t).offset(e.Range.End, utf16Units)
		t = t[:from] + e.NewText + t[to:]
	}
	return t
}

// TestPlainSnippets: an editor without snippets gets what it can insert.
func TestPlainSnippets(t *testing.T) {
	for snippet, want := range map[string]string{
		"status: ${1|draft,published|}": "status: draft", "title: $1": "title:", "a\n  en: \"$1\"\n  fr: \"$2\"": "a\n  en: \"\"\n  fr: \"\"", "x ${1:y}!": "x y!",
	} {
		if got := plain(snippet); got != want {
			t.Errorf("plain(%q) = %q, want %q", snippet, got, want)
		}
	}
}

func TestCompletionOfUsedValues(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	care := "content/sellers/acme/care/product.md"
	if got := labels(e.completions(care, "---\ntype: omi\noffers:\n  - id: a\n    vm_types: [‸]\n---\n")); !slices.Equal(got, []string{"tinav6.c4r8p2"}) {
		t.Errorf("offered %q", got)
	}
	if got := labels(e.completions("content/sellers/acme/showcase.md", "---\ncountry: F‸\n---\n")); !slices.Contains(got, "FR") || slices.Contains(got, "DE") {
		t.Errorf("offered %q", got)
	}
}
