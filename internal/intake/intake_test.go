package intake

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
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

var lock = map[string]string{
	"slug": "lock", "seller": "acme", "title-en": "Lock", "summary-en": "Locks doors.", "summary-fr": "Verrouille les portes.",
	"key_points-en": "Safe\nFast\nSmall", "key_points-fr": "Sûr\nRapide\nPetit", "text-en": "## Use\n\nTurn it.", "text-fr": "## Usage\n\nTournez-le.",
	"categories": "security", "logo": "logo.svg", "product_code": "0002", "regions": "eu-west-2", "version": "1.10", "released": "2026-03-30",
	"image-cloudgouv-eu-west-1": "ami-0000aaaa", "image-eu-west-2": "ami-0000bbbb", "pricing": "vm_type",
	"offers-vm_type": "| Name | Nom | Hourly | Yearly | Per | Audience |\n|---|---|---|---|---|---|\n| Small | Petite | 0,060 € | 420.00 | vm | |\n| Large | Grande | 0.1 | 900 | vm | nuage_public |",
	"license-en":     "https://www.acme.example/license", "license-fr": "https://www.acme.example/licence",
}

var bris = map[string]string{
	"seller": "bris", "name": "Bris", "summary-en": "Breaks things.", "summary-fr": "Casse des choses.", "text-en": "We break things.", "text-fr": "Nous cassons des choses.",
	"logo": "logo.svg", "website": "https://www.bris.example/", "country": "fr", "certifications": "HDS, ISO 27001",
}

var billing = map[string]string{
	"slug": "billing", "seller": "acme", "title-en": "Bill", "title-fr": "Facture", "summary-en": "Sends bills.", "summary-fr": "Envoie des factures.",
	"key_points-en": "- Clear\n- Quick\n- Kind", "key_points-fr": "1. Clair\n2. Rapide\n3. Aimable", "text-en": "Bills.", "text-fr": "Des factures.",
	"categories": "databases,security", "logo": "logo.svg", "documentation": "https://docs.acme.example/", "support-email": "help@acme.example",
}

var advice = map[string]string{
	"slug": "advice", "seller": "acme", "title-en": "Advice", "title-fr": "Conseil", "summary-en": "We advise.", "summary-fr": "Nous conseillons.",
	"key_points-en": "Honest\nShort\nFree of fear", "key_points-fr": "Honnête\nBref\nSans peur", "text-en": "We advise you.", "text-fr": "Nous vous conseillons.",
	"categories": "support", "logo": "logo.svg", "privacy_policy-en": "https://www.acme.example/privacy", "privacy_policy-fr": "https://www.acme.example/confidentialite", "service_of": "acme/vault",
}

// read reads an issue, which must not fail.
func read(t testing.TB, root *content.Root, body string, opt Options) *Result {
	t.Helper()
	r, err := Read(t.Context(), root, []byte(body), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checked is the catalog with the result's files and those that were added.
func checked(t testing.TB, root *content.Root, opt Options, r *Result) *check.Result {
	t.Helper()
	files := map[string][]byte{}
	for _, f := range r.Files {
		files[f.Path] = f.Data
	}
	if opt.Added != nil {
		err := fs.WalkDir(opt.Added, ".", func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				files[name], err = fs.ReadFile(opt.Added, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := check.Run(t.Context(), root.With(files), check.Options{Today: opt.Today, Words: opt.Words})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestFromNothing: a request becomes a draft that lacks its logo; with the logo,
// it is complete, and published where that is asked for.
func TestFromNothing(t *testing.T) {
	root, opt := catalogOf(t)
	logo, err := os.ReadFile("../check/testdata/valid/content/sellers/acme/logo.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		for _, test := range []struct {
			kind   kind
			said   map[string]string
			folder string
		}{
			{showcase, bris, "content/sellers/bris"},
			{omi, lock, "content/sellers/acme/lock"},
			{outsourced, billing, "content/sellers/acme/billing"},
			{service, advice, "content/sellers/acme/advice"},
		} {
			t.Run(lang+" "+string(test.kind), func(t *testing.T) {
				opt := opt
				body := issue(t, root, opt.Words, lang, test.kind, test.said)
				r := read(t, root, body, opt)
				if r.Language != lang || r.Status != catalog.Draft || len(r.Files) != 1 || path.Dir(r.Files[0].Path) != test.folder || len(r.Findings) > 0 || !slices.Equal(r.Missing, []string{test.folder + "/logo.svg"}) {
					t.Fatalf("%+v, refused: %s", r, r.Refused)
				}
				for _, f := range checked(t, root, opt, r).Findings {
					if f.Severity == diag.Error {
						t.Errorf("the draft: %s: %s", f.Path, f.Message)
					}
				}
				opt.Added = fstest.MapFS{test.folder + "/logo.svg": {Data: logo}}
				if r = read(t, root, body, opt); !r.Complete() || r.Status != catalog.Draft {
					t.Errorf("with its logo: %+v", r)
				}
				opt.Publish = true
				if r = read(t, root, body, opt); !r.Complete() || r.Status != catalog.Published {
					t.Errorf("to publish: %+v", r)
				}
				c := checked(t, root, opt, r)
				for _, f := range c.Findings {
					t.Errorf("published: %s: %s", f.Path, f.Message)
				}
				if test.kind != omi {
					return
				}
				p := c.Catalog.Product("acme/lock")
				if p.Versions[0].Version != "1.10" || p.Versions[0].Status != catalog.Published || p.Offers[0].Hourly.String() != "0.06" || p.Offers[1].ID != "large" || p.Offers[1].Audience != "nuage_public" || p.KeyPoints[1].In(1) != "Rapide" || p.ProductCode != "0002" {
					t.Errorf("it says %+v", p)
				}
			})
		}
	}
}
