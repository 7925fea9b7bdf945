package intake

import (
	"maps"
	"os"
	"strings"
	"testing"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// catalogOf opens a copy of the small valid catalog, with staff.
func catalogOf(t testing.TB) (*content.Root, Options) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile(dir + "/content/catalog.yaml")
	if err == nil {
		err = os.WriteFile(dir+"/content/catalog.yaml", append(settings, "staff: [orlune-staff]\n"...), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return root, Options{Actor: "acme-team", Issue: 12, Words: words, Lang: "en", Today: "2026-03-31"}
}

// issue is the body that GitHub makes of a form: a heading for each field, with
// what was answered below it.
func issue(t testing.TB, root *content.Root, words *i18n.Set, lang string, of kind, said map[string]string) string {
	t.Helper()
	left := maps.Clone(said)
	for _, f := range forms(content.ReadSettings(root), words) {
		if f.lang != lang || f.kind != of {
			continue
		}
		var b strings.Builder
		for _, q := range f.fields {
			text := said[q.id]
			delete(left, q.id)
			switch {
			case q.shape == boxes:
				ticked := strings.Split(text, ",")
				text = ""
				for _, o := range q.options {
					mark := " "
					for _, v := range ticked {
						if v == o.value {
							mark = "x"
						}
					}
					text += "- [" + mark + "] " + o.text + "\n"
				}
			case text == "" && q.filled != "":
				text = q.filled
			case text == "" && q.shape == pick:
				text = "None"
			case text == "":
				text = "_No response_"
			case q.shape == pick:
				for _, o := range q.options {
					if o.value == text {
						text = o.text
						break
					}
				}
			}
			b.WriteString("### " + q.label + "\n\n" + strings.TrimRight(text, "\n") + "\n\n")
		}
		for id := range left {
			t.Fatalf("the form %s has no field %s", of, id)
		}
		return strings.TrimRight(b.String(), "\n")
	}
	t.Fatalf("there is no form %s in %s", of, lang)
	return ""
}

// with is a set of answers with some others.
func with(said map[string]string, pairs ...string) map[string]string {
	said = maps.Clone(said)
	for i := 0; i < len(pairs); i += 2 {
		said[pairs[i]] = pairs[i+1]
	}
	return said
}

var relayOMI = map[string]string{
	"slug": "lock", "seller": "acme", "title-en": "Lock", "summary-en": "Locks doors.", "summary-fr": "Verrouille les portes.",
	"key_points-en": "Safe\nFast\nSmall", "key_points-fr": "Sûr\nRapide\nPetit", "text-en": "## Use\n\nTurn it.", "text-fr": "## Usage\n\nTournez-le.",
	"categories": "security", "logo": "logo.svg", "product_code": "pty-0a0a0a0a", "regions": "eu-west-2", "version": "1.10", "released": "2026-03-30",
	"image-cloudgouv-eu-west-1": "ami-0000aaaa", "image-eu-west-2": "ami-0000bbbb", "pricing": "vm_type",
	"offers-vm_type": "| Name | Nom | Hourly | Yearly | Per | Audience |\n|---|---|---|---|---|---|\n| Small | Petite | 0,060 € | 420.00 | vm | |\n| Large | Grande | 0.1 | 900 | vm | nuage_public |",
	"license-en":     "https://www.acme.example/license", "license-fr": "https://www.acme.example/licence",
}

var brisShowcase = map[string]string{
	"seller": "bris", "name": "Bris", "summary-en": "Breaks things.", "summary-fr": "Casse des choses.", "text-en": "We break things.", "text-fr": "Nous cassons des choses.",
	"logo": "logo.svg", "website": "https://www.bris.example/", "country": "fr", "certifications": "HDS, ISO 27001",
}

func TestNewProduct(t *testing.T) {
	root, opt := catalogOf(t)
	for _, lang := range []string{"en", "fr"} {
		r, err := Read(t.Context(), root, []byte(issue(t, root, opt.Words, lang, omi, relayOMI)), opt)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Files) != 1 || r.Files[0].Path != "content/sellers/acme/lock/product.md" || r.Status != catalog.Draft {
			t.Fatalf("%+v, refused: %s", r, r.Refused)
		}
		if len(r.Findings) > 0 || len(r.Missing) != 1 {
			t.Errorf("findings %v, missing %v", r.Findings, r.Missing)
		}
		t.Log(string(r.Files[0].Data))
		var b strings.Builder
		_ = r.Markdown(&b, Place{"https://github.com/a/b", "listing/issue-12"})
		t.Log(b.String())
	}
}
