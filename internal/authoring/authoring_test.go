package authoring_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/i18n"
	"vitrine/internal/authoring"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/format"
	"vitrine/internal/phrasebook"
)

// desk copies the small valid catalog, with a third language if that is asked
// for, and checks it.
func desk(t *testing.T, language string, german bool) *authoring.Author {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	if german {
		name := filepath.Join(dir, "content/catalog.yaml")
		settings, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		english, err := os.ReadFile("../../i18n/en.yaml")
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(
			os.WriteFile(name, bytes.Replace(settings, []byte("[en, fr]"), []byte("[en, fr, de]"), 1), 0o644),
			os.Mkdir(filepath.Join(dir, "i18n"), 0o755),
			os.WriteFile(filepath.Join(dir, "i18n/de.yaml"), bytes.Replace(english, []byte("name: English"), []byte("name: Deutsch"), 1), 0o644),
		)
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return checked(t, root, language)
}

func checked(t *testing.T, root *content.Root, language string) *authoring.Author {
	t.Helper()
	overlay, err := root.Overlay("i18n")
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load(overlay)
	if err != nil {
		t.Fatal(err)
	}
	const today = "2026-11-24"
	r, err := check.Run(context.Background(), root, check.Options{Today: today, Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return &authoring.Author{Root: root, Checked: r, Today: today, Language: language}
}

// TestNewEntries makes every kind of entry, in each language, in catalogs of two
// and of three: each is a draft without errors, in canonical form, and cannot be
// published as it is.
func TestNewEntries(t *testing.T) {
	type kind struct {
		name string
		make func(a *authoring.Author) (*authoring.Change, error)
	}
	ctx := context.Background()
	product := func(of catalog.ProductType, pricing catalog.Pricing) kind {
		return kind{"acme/new", func(a *authoring.Author) (*authoring.Change, error) {
			return a.NewProduct(ctx, "acme/new", of, pricing, map[string]any{"title": "New"})
		}}
	}
	kinds := []kind{
		{"nova", func(a *authoring.Author) (*authoring.Change, error) { return a.NewShowcase(ctx, "nova", nil) }},
		{"content/pages/new.md", func(a *authoring.Author) (*authoring.Change, error) { return a.NewPage(ctx, "new", nil) }},
		product(catalog.Outsourced, ""), product(catalog.Service, ""),
	}
	for _, p := range []catalog.Pricing{catalog.PerVMType, catalog.Subscription, catalog.BYOL, catalog.Free} {
		kinds = append(kinds, product(catalog.OMI, p))
	}
	for _, language := range phrasebook.Languages {
		for _, german := range []bool{false, true} {
			for _, k := range kinds {
				a := desk(t, language, german)
				c, err := k.make(a)
				if err != nil {
					t.Fatal(k.name, err)
				}
				if c.Blocked() || len(c.Found) == 0 {
					t.Errorf("%s: as a draft: %s\n%s", k.name, errorsOf(c.Found), c.After)
				}
				if german && !bytes.Contains(c.After, []byte("\n# Deutsch\n")) {
					t.Errorf("%s has no German section:\n%s", k.name, c.After)
				}
				r, err := format.Run(ctx, c.As, format.Options{Below: func(p string) bool { return p == c.Path }, Check: true})
				if err != nil || len(r.Changed)+len(r.Findings) > 0 {
					t.Errorf("%s is not in canonical form: %v %v", k.name, err, r)
				}
				if err := a.Write(c); err != nil {
					t.Fatal(err)
				}
				if err := a.Write(c); err == nil {
					t.Errorf("%s is overwritten", k.name)
				}
				a = checked(t, a.Root, language)
				target, err := a.Find(k.name)
				if err != nil {
					t.Fatal(err)
				}
				c, err = a.Publish(ctx, target, authoring.Publishing{})
				if err != nil || !c.Blocked() {
					t.Errorf("%s can be published as it is: %v", k.name, err)
				}
				for _, want := range []string{"section-missing", "value-empty"} {
					if want == "value-empty" && target.Page != nil {
						want = "language-missing"
					}
					if !slices.ContainsFunc(c.Found, func(f diag.Finding) bool { return f.Rule.ID == want && f.Severity == diag.Error }) {
						t.Errorf("%s, published as it is, has no %s", k.name, want)
					}
				}
			}
		}
	}
}

func errorsOf(found []diag.Finding) string {
	var all []string
	for _, f := range found {
		if f.Severity == diag.Error {
			all = append(all, f.Path+": "+f.Message.String())
		}
	}
	return strings.Join(all, "\n")
}

// TestCompose makes an entry of given values: a draft whatever they say, in
// canonical form, with the texts as they were given.
func TestCompose(t *testing.T) {
	a, ctx := desk(t, "en", false), context.Background()
	c, err := a.Compose(ctx, content.ProductEntry, "acme/new", map[string]any{
		"status": "published", "type": "service", "title": "New: better",
		"summary":    map[string]any{"en": "It's new.", "fr": "C'est nouveau !"},
		"categories": []any{"support"}, "evil\nkey: x": "y", "aliases": []any{"---", "no"},
	}, map[string]string{"en": "Text.\n\n---\nstatus: published\n---\n", "fr": "L'un.\n\n# English\n\nx"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nstatus: draft\n", "fr: C’est nouveau\u202f!", "\ntitle: \"New: better\"\n", "\n# Français\n\nL’un.\n"} {
		if !strings.Contains(string(c.After), want) {
			t.Errorf("there is no %q in\n%s", want, c.After)
		}
	}
	if strings.Count(string(c.After), "status: published") != 1 { // in the text
		t.Errorf("a value escapes in\n%s", c.After)
	}
	if p := c.Then.Catalog.Product("acme/new"); p == nil || p.Status != catalog.Draft || !slices.Equal(p.Aliases, []string{"---", "no"}) {
		t.Errorf("it is read as %+v", p)
	}
	if !c.Blocked() { // a key that nobody knows, and a second section
		t.Error("a check of it finds nothing")
	}
	if _, err := a.Compose(ctx, content.ProductEntry, "acme/vault", nil, nil); err == nil {
		t.Error("a product that is there is made anew")
	}
	if _, err := a.Compose(ctx, content.SellerEntry, "../x", nil, nil); err == nil {
		t.Error("a name leads out of the catalog")
	}
}
