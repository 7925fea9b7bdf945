package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/build"
)

// hovered is what is said of a marked place.
func (e *editor) hovered(path, marked string) string {
	e.t.Helper()
	var h *hover
	if err := json.Unmarshal(e.on("textDocument/hover", path, marked, nil), &h); err != nil {
		e.t.Fatal(err)
	}
	if h == nil {
		return ""
	}
	return h.Contents.Value
}

// marked is a file of the catalog with a mark before a text in it.
func (e *editor) marked(path, before string) string {
	e.t.Helper()
	s := e.file(path)
	i := strings.Index(s, before)
	if i < 0 {
		e.t.Fatalf("%s has no %q", path, before)
	}
	return s[:i] + "‸" + s[i:]
}

func TestHover(t *testing.T) {
	for _, test := range []struct {
		name, before, language string
		want                   []string // "" for nothing at all
	}{
		{"a key", "pricing:", "en", []string{"`pricing`", "Needed to publish"}},
		{"a key in French", "pricing:", "fr", []string{"`pricing`", "Nécessaire pour publier"}},
		{"a key's limit", "summary:", "en", []string{"At most 160 characters"}},
		{"a key of a version", "released:", "en", []string{"`released`"}},
		{"a category in both languages", "security]", "en", []string{"Security", "Sécurité"}},
		{"a product in both languages", "acme/relay]", "en", []string{"Relay", "Relais", "Passes messages on", "content/sellers/acme/relay/product.md"}},
		{"a Region", "cloudgouv-eu-west-1, eu-west-2]", "en", []string{"every OMI product is offered there"}},
		{"an OMI", "ami-00000001", "en", []string{`acme/vault 1.1.0 in cloudgouv-eu-west-1, with the status published`}},
		{"nothing", "Start it.", "en", []string{""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := start(t, catalogCopy(t), Options{Language: test.language})
			got := e.hovered(vault, e.marked(vault, test.before))
			for _, want := range test.want {
				if !strings.Contains(got, want) || want == "" && got != "" {
					t.Errorf("%q is not in %q", want, got)
				}
			}
		})
	}
}

// TestHoverOnFinding: a finding tells what vitrine explain says of its rule.
func TestHoverOnFinding(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	got := e.hovered(vault, strings.Replace(e.file(vault), "status: published", "status: pub‸lishd", 1))
	for _, want := range []string{"value-unknown", "What to do", "a misspelt status must not publish anything"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

func TestDefinition(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	text := strings.Replace(e.file(vault), "Start it.", "See [it](/en/products/acme/care/) and [us](/en/sellers/acme/) and [the picture](logo.svg).", 1)
	for _, test := range []struct {
		before, path string
		line         int
	}{
		{"acme/relay]", "content/sellers/acme/relay/product.md", 0},
		{"logo.svg", "content/sellers/acme/vault/logo.svg", 0},
		{"security]", "content/catalog.yaml", 16},
		{"eu-west-2]", "content/catalog.yaml", 10},
		{"it](", "content/sellers/acme/care/product.md", 0},
		{"/en/sellers", "content/sellers/acme/showcase.md", 0},
		{"the picture", "content/sellers/acme/vault/logo.svg", 0},
		{"Coffre", "", 0},
	} {
		i := strings.Index(text, test.before)
		var l *location
		if err := json.Unmarshal(e.on("textDocument/definition", vault, text[:i]+"‸"+text[i:], nil), &l); err != nil {
			t.Fatal(err)
		}
		if (l == nil) != (test.path == "") || l != nil && (l.URI != e.uri(test.path) || l.Range.Start.Line != test.line) {
			t.Errorf("%s leads to %+v, want %s line %d", test.before, l, test.path, test.line)
		}
	}
}

func TestSymbols(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	e.open(vault, "")
	var symbols []symbol
	if err := json.Unmarshal(e.ask("textDocument/documentSymbol", object{"textDocument": object{"uri": e.uri(vault)}}), &symbols); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range symbols {
		names = append(names, s.Name)
		for _, c := range s.Children {
			names = append(names, c.Name)
		}
	}
	if got, want := strings.Join(names, " "), "type status title summary categories key_points logo regions product_code pricing versions offers license activation related English Use Français Usage"; got != want {
		t.Errorf("the symbols are %s, want %s", got, want)
	}
}

// TestFixes applies the fix of each finding, until there is none: nothing is found
// any more.
func TestFixes(t *testing.T) {
	for _, test := range []struct{ name, old, wrong, title string }{
		{"a status", "status: published", "status: publishd", "write published"},
		{"a key", "logo:", "lgo:", "write logo"},
		{"a key in French", "logo:", "lgo:", "écrivez logo"},
		{"a category", "[security]", "[securty]", "write security"},
		{"a Region", "eu-west-2]", "eu-west-1]", "write eu-west-2"},
		{"a product", "acme/relay", "acme/rely", "write acme/relay"},
		{"a file", "logo.svg", "lgo.svg", "write logo.svg"},
		{"quotes", `"pty-0a1b2c3d"`, "pty-0a1b2c3d", `write "pty-0a1b2c3d"`},
		{"quotes of what looks like a number", "title: Coffre Vault", "title: 2026", `write "2026"`},
		{"an amount", "10.00", `"10,00"`, "write 10.00"},
		{"an OMI", "ami-00000001", "ami-0000000A", "write ami-0000000a"},
		{"http", "{en: https://www.acme.example/license,", "{en: http://www.acme.example/license,", "write https://www.acme.example/license"},
		{"a language", "{en: Keeps secrets., fr: Garde les secrets.}", "{en: Keeps secrets., FR: Garde les secrets.}", "write fr"},
		{"a section", "# Français", "# Francais", "write # Français"},
		{"typography", "Démarrez-le.", "Démarrez l'outil !", "put the file in canonical form"},
		{"the key status", "status: published\ntitle", "title", `add the key "status"`},
		{"the key type", "type: omi\n", "", `add the key "type"`},
		{"a version's status", "    status: published\n    released", "    released", `add the key "status"`},
		{"an offer's audience", "    audience: all\n", "", `add the key "audience"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			language := "en"
			if strings.HasPrefix(test.title, "écrivez") {
				language = "fr"
			}
			e := start(t, catalogCopy(t), Options{Language: language})
			sound := e.file(vault)
			now := strings.Replace(sound, test.old, test.wrong, 1)
			if now == sound {
				t.Fatalf("%q is not there", test.old)
			}
			e.open(vault, now)
			seen := false
			for range 3 {
				var actions []codeAction
				all := textRange{End: position{10_000, 0}}
				if err := json.Unmarshal(e.ask("textDocument/codeAction", object{"textDocument": object{"uri": e.uri(vault)}, "range": all, "context": object{"diagnostics": []int{}}}), &actions); err != nil {
					t.Fatal(err)
				}
				if len(actions) == 0 {
					break
				}
				action := actions[0]
				for _, a := range actions {
					if a.Title == test.title {
						action, seen = a, true
					}
				}
				now = applied(now, action.Edit.Changes[e.uri(vault)]...)
				e.write(vault, now)
			}
			if !seen {
				t.Errorf("no fix is called %q", test.title)
			}
			for _, d := range e.found(vault) {
				if d.Severity == 1 {
					t.Errorf("left: %+v\n%s", d, now)
				}
			}
		})
	}
}

// TestAddedKeys: keys that a fix adds stand where they belong, as their mapping is
// written.
func TestAddedKeys(t *testing.T) {
	for _, test := range []struct{ name, text, key, want string }{
		{"in order", "type: omi\ntitle: X\n", "status", "type: omi\nstatus: draft\ntitle: X\n"},
		{"at the beginning", "status: draft\n", "type", "type: omi\nstatus: draft\n"},
		{"behind a block", "type: omi\nstatus: draft\nsummary:\n  en: a\n  fr: b\nlogo: logo.svg\n", "categories", "type: omi\nstatus: draft\nsummary:\n  en: a\n  fr: b\ncategories: []\nlogo: logo.svg\n"},
		{"in braces", "type: omi\nstatus: draft\nsummary: {en: a}\n", "fr", "type: omi\nstatus: draft\nsummary: {en: a, fr: \"\"}\n"},
		{"at the beginning of braces", "type: omi\nstatus: draft\nsummary: {fr: a}\n", "en", "type: omi\nstatus: draft\nsummary: {en: \"\", fr: a}\n"},
		{"in a block", "type: omi\nstatus: draft\nsummary:\n  en: a\nlogo: logo.svg\n", "fr", "type: omi\nstatus: draft\nsummary:\n  en: a\n  fr: \"\"\nlogo: logo.svg\n"},
		{"in an item", "type: omi\nstatus: draft\nkey_points:\n  - en: a\n  - {en: c, fr: d}\n", "fr", "type: omi\nstatus: draft\nkey_points:\n  - en: a\n    fr: \"\"\n  - {en: c, fr: d}\n"},
		{"at the beginning of an item", "type: omi\nstatus: draft\nkey_points:\n  - fr: a\n", "en", "type: omi\nstatus: draft\nkey_points:\n  - en: \"\"\n    fr: a\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := start(t, catalogCopy(t), Options{})
			now := "---\n" + test.text + "---\n"
			e.open(vault, now)
			var actions []codeAction
			if err := json.Unmarshal(e.ask("textDocument/codeAction", object{"textDocument": object{"uri": e.uri(vault)}, "range": textRange{End: position{10_000, 0}}, "context": object{}}), &actions); err != nil {
				t.Fatal(err)
			}
			for _, a := range actions {
				if a.Title == `add the key "`+test.key+`"` {
					if got := applied(now, a.Edit.Changes[e.uri(vault)]...); got != "---\n"+test.want+"---\n" {
						t.Errorf("got\n%swant\n%s", got, test.want)
					}
					return
				}
			}
			t.Errorf("no such fix among %+v", actions)
		})
	}
}

// TestFormatting: an editor formats as vitrine fmt does, and a file in canonical
// form is left alone.
func TestFormatting(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	text := "---\nstatus: draft\ntype:   omi\ntitle: 'X'\n---\n\n# English\n\nText.\n\n# Français\n\nQuoi ?\n\n\n"
	e.open(vault, text)
	var edits []textEdit
	ask := func() {
		t.Helper()
		edits = nil
		if err := json.Unmarshal(e.ask("textDocument/formatting", object{"textDocument": object{"uri": e.uri(vault)}, "options": object{}}), &edits); err != nil {
			t.Fatal(err)
		}
	}
	ask()
	got := applied(text, edits...)
	if want := "---\ntype: omi\nstatus: draft\ntitle: \"X\"\n---\n\n# English\n\nText.\n\n# Français\n\nQuoi\u202f?\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	e.write(vault, got)
	if ask(); len(edits) != 0 {
		t.Errorf("a second time: %+v", edits)
	}
}

// TestFixOfRemembered: what a run before has found can be mended as well.
func TestFixOfRemembered(t *testing.T) {
	dir, folder := catalogCopy(t), t.TempDir()
	name := filepath.Join(dir, filepath.FromSlash(vault))
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(data), "status: published", "status: publishd", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		e := start(t, dir, Options{Memory: func(root string) *build.Memory { return build.OpenMemory(folder, root) }})
		e.wait("findings", func() bool { return len(e.shown[e.uri(vault)].Diagnostics) > 0 }) // nothing is open
		r := e.ask("textDocument/codeAction", object{"textDocument": object{"uri": e.uri(vault)}, "range": textRange{End: position{100, 0}}, "context": object{}})
		if string(r) != "[]" {
			t.Errorf("a file that is not open has fixes: %s", r)
		}
		e.open(vault, "")
		e.found(vault)
		r = e.ask("textDocument/codeAction", object{"textDocument": object{"uri": e.uri(vault)}, "range": textRange{End: position{100, 0}}, "context": object{}})
		if !strings.Contains(string(r), `"newText":"published"`) {
			t.Errorf("fixes: %s", r)
		}
	}
}
