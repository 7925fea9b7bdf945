//go:build unix

package build_test

import (
	"bytes"
	"crypto/sha256"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/raster"
	"vitrine/internal/site"
	"vitrine/themes"
)

// proofDay is after the last version of the sample catalog, which has drafts
// and unpublished entries.
const proofDay = "2026-12-01"

// sample loads the repository's own catalog.
func sample(t *testing.T) (*content.Root, *check.Result) {
	t.Helper()
	root, err := content.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	r, err := build.Check(t.Context(), root, build.Options{At: proofDay})
	if err != nil {
		t.Fatal(err)
	}
	return root, r
}

// options are those of a site of the sample catalog.
func options(t *testing.T, root *content.Root, r *check.Result) site.Options {
	t.Helper()
	theme, err := themes.Load("default", nil)
	if err != nil {
		t.Fatal(err)
	}
	return site.Options{
		BaseURL: "https://catalog.example/", Visible: catalog.Visibility{At: proofDay},
		Words: r.Words, Theme: theme, Body: root.Body, File: root.File,
	}
}

// write builds a site of a catalog into a folder.
func write(t *testing.T, root *content.Root, c *catalog.Catalog, opt site.Options, out string) error {
	t.Helper()
	s, err := site.New(c, opt)
	if err != nil {
		t.Fatal(err)
	}
	_, err = build.Build(t.Context(), root, s, out)
	return err
}

// TestABuildThatWouldShowASecretFails plays a program that is at fault: the page
// of a public product shows, once, what is another's.
func TestABuildThatWouldShowASecretFails(t *testing.T) {
	root, r := sample(t)
	c := r.Catalog
	host := c.Product("perlune/perlune-vpn")
	draft, gone := c.Product("cobalune/cobalune-paie"), c.Product("brisemar/brisemar-sync")
	draft.ProductCode = "pty-0badc0de"
	faulty := c.Product("ostrelle/ostrelle-coffre")
	faulty.Faulty = true
	later := c.Product("tavolin/tavolin-formulaires")
	later.PublishOn = "2027-01-01"
	version := c.Product("perlune/perlune-dns").Versions[0]
	if draft.Status != catalog.Draft || gone.Status != catalog.Unpublished || version.Status != catalog.Draft {
		t.Fatal("the sample catalog is another one")
	}
	code := func(s string) string { return "`" + s + "`" }
	for name, leak := range map[string]struct{ text, source string }{
		"a draft's summary":                   {draft.Summary[1], draft.Source},
		"the beginning of it":                 {draft.Summary[0][:60], draft.Source},
		"a draft's title in capitals":         {"LORVETTE PLANNING", "content/sellers/lorvette/lorvette-planning/product.md"},
		"a draft's key point":                 {draft.KeyPoints[0][1], draft.Source},
		"a draft's product code":              {code(draft.ProductCode), draft.Source},
		"a draft's address":                   {"fr/products/" + draft.Ref() + "/", draft.Source},
		"an unpublished product's note":       {gone.Withdrawal.Note[1], gone.Source},
		"an unpublished product's OMI":        {code(gone.Versions[0].Images[0].OMI), gone.Source},
		"an unpublished product's text":       {"It was made for file servers that had to leave a machine room", gone.Source},
		"an unpublished product's file":       {"x/" + gone.Ref() + ".logo.svg", gone.Source},
		"an unpublished showcase":             {"en/sellers/mistrane/", "content/sellers/mistrane/showcase.md"},
		"a draft version's OMI":               {code(version.Images[0].OMI), "content/sellers/perlune/perlune-dns/product.md"},
		"a draft version's notes":             {version.Notes[0], "content/sellers/perlune/perlune-dns/product.md"},
		"a summary from a faulty entry":       {faulty.Summary[0], faulty.Source},
		"a summary that is public later only": {later.Summary[0], later.Source},
	} {
		t.Run(name, func(t *testing.T) {
			opt := options(t, root, r)
			var calls atomic.Int32
			opt.Body = func(e *catalog.Entry) ([]byte, error) {
				data, err := root.Body(e)
				if e.Source == host.Source && calls.Add(1) == 1 {
					data = append(bytes.Clone(data), "\n\nBy the way: "+leak.text+"\n"...)
				}
				return data, err
			}
			out := filepath.Join(t.TempDir(), "out")
			err := write(t, root, c, opt, out)
			if err == nil {
				t.Fatal("the build succeeds")
			}
			for _, want := range []string{"nothing was written", "products/perlune/perlune-vpn", leak.source} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not name %q: %v", want, err)
				}
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("something was written")
			}
		})
	}
}

func TestABuildThatWouldPublishAnothersFileFails(t *testing.T) {
	root, r := sample(t)
	host, draft := r.Catalog.Product("perlune/perlune-vpn"), r.Catalog.Product("cobalune/cobalune-paie")
	out := filepath.Join(t.TempDir(), "out")
	opt := options(t, root, r)
	if err := write(t, root, r.Catalog, opt, out); err != nil {
		t.Fatal(err)
	}
	before := tree(t, out)
	var calls atomic.Int32
	opt.File = func(f *catalog.File) ([]byte, error) {
		if f.Path == host.Files[0].Path && calls.Add(1) == 1 {
			f = draft.File(draft.Logo)
		}
		return root.File(f)
	}
	err := write(t, root, r.Catalog, opt, out)
	if err == nil || !strings.Contains(err.Error(), "files/perlune/perlune-vpn.") || !strings.Contains(err.Error(), "is the file "+draft.File(draft.Logo).Path) {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, out)); diff != "" {
		t.Errorf("the site that was there is another one:\n%s", diff)
	}
}

// TestWhatThePublicStateSaysIsNoAlarm makes drafts of titles and texts that the
// site has anyway.
func TestWhatThePublicStateSaysIsNoAlarm(t *testing.T) {
	root, r := sample(t)
	public, draft := r.Catalog.Product("perlune/perlune-vpn"), r.Catalog.Product("cobalune/cobalune-paie")
	draft.Title = catalog.Text{"Products", "Produits"}
	draft.ProductCode = "2026"
	draft.Summary = public.Summary
	draft.KeyPoints = public.KeyPoints
	draft.Files = append(draft.Files, public.Files...)
	if err := write(t, root, r.Catalog, options(t, root, r), filepath.Join(t.TempDir(), "out")); err != nil {
		t.Error(err)
	}
}

// TestWhatTheInterfaceSaysIsNoAlarm gives a draft's title and a withdrawn
// version's note words that stand in files of the search alone, and in feeds that
// tell of withdrawals.
func TestWhatTheInterfaceSaysIsNoAlarm(t *testing.T) {
	root, r := sample(t)
	draft := r.Catalog.Product("cobalune/cobalune-paie")
	version := &r.Catalog.Product("kelvane/kelvane-postgres").Versions[2]
	if version.Withdrawal == nil {
		t.Fatal("no version that is withdrawn")
	}
	for _, title := range []string{
		"Clear the search", "4ion", // index.json, words.….json
		"It is no longer offered", "Perlune: a product is withdrawn", "replaced by another",
	} {
		draft.Title = catalog.Text{title, title}
		version.Withdrawal.Note = catalog.Text{"Kelvane Postgres 5.1.0 is withdrawn. This version is no longer offered.", "Cette version n’est plus proposée."}
		if err := write(t, root, r.Catalog, options(t, root, r), filepath.Join(t.TempDir(), "out")); err != nil {
			t.Errorf("%q: %v", title, err)
		}
	}
}

// TestNothingRemainsOfWhatIsUnpublished unpublishes published products, one at
// a time, and searches the site for each of its texts, codes and files. What is
// on the site without the product as well is nothing of its own.
func TestNothingRemainsOfWhatIsUnpublished(t *testing.T) {
	root, r := sample(t)
	opt := options(t, root, r)
	i := -1
	for p := range r.Catalog.Products {
		if !opt.Visible.Product(p) {
			continue
		}
		if i++; i%6 != 0 { // all of them take a minute
			continue
		}
		t.Run(p.Slug, func(t *testing.T) {
			was := p.Entry
			p.Status = catalog.Unpublished
			p.Withdrawal = &catalog.Withdrawal{Since: proofDay, Reason: "other", Purge: i%8 == 0}
			defer func() { p.Entry = was }()
			out := filepath.Join(t.TempDir(), "out")
			if err := write(t, root, r.Catalog, opt, out); err != nil {
				t.Fatal(err)
			}
			without := ""
			wanted := remains(t, root, p)
			for name, text := range texts(t, out) {
				if ownPage(p, name) || name == "manifest.json" {
					continue
				}
				for _, s := range wanted {
					if !strings.Contains(text, s) {
						continue
					}
					if without == "" { // the catalog without the product
						without = filepath.Join(t.TempDir(), "without")
						products := p.Seller.Products
						p.Seller.Products = slices.DeleteFunc(slices.Clone(products), func(o *catalog.Product) bool { return o == p })
						err := write(t, root, r.Catalog, opt, without)
						p.Seller.Products = products
						if err != nil {
							t.Fatal(err)
						}
					}
					if data, err := os.ReadFile(filepath.Join(without, name)); err != nil || !strings.Contains(html.UnescapeString(string(data)), s) {
						t.Errorf("%s still has %q", name, s)
					}
				}
			}
		})
	}
	if i < 40 {
		t.Errorf("only %d products are public", i+1)
	}
}

// ownPage reports whether a file is the page of a product, at an address that it
// has or had.
func ownPage(p *catalog.Product, name string) bool {
	part := strings.Split(name, "/")
	return len(part) == 5 && part[1] == "products" &&
		slices.Contains(append(p.Seller.Aliases, p.Seller.Slug), part[2]) && slices.Contains(append(p.Aliases, p.Slug), part[3])
}

// remains lists what a product says, and its files' digests.
func remains(t *testing.T, root *content.Root, p *catalog.Product) (all []string) {
	all = append(all, p.Ref(), p.ProductCode)
	all = append(append(all, p.Title...), p.Summary...)
	for _, k := range p.KeyPoints {
		all = append(all, k...)
	}
	for _, o := range p.Offers {
		all = append(all, o.Description...)
	}
	for _, v := range p.Versions {
		for _, n := range v.Notes {
			all = append(all, strings.Split(n, "`")...)
		}
		for _, image := range v.Images {
			all = append(all, image.OMI)
		}
	}
	body, err := root.Body(&p.Entry)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		line = strings.TrimLeft(strings.TrimSpace(line), "#- ")
		if !strings.ContainsAny(line, "*`[|<_") && len(line) > 20 {
			all = append(all, line)
		}
	}
	for i := range p.Files {
		data, err := root.File(&p.Files[i])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, digestText(raster.Clean(data)))
	}
	return slices.DeleteFunc(all, func(s string) bool { return len(strings.TrimSpace(s)) < 4 })
}

func digestText(data []byte) string {
	sum := sha256.Sum256(data)
	return string(sum[:])
}

// texts returns the files of a site, without HTML's escapes, and behind each
// its digest.
func texts(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		name, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(name)] = html.UnescapeString(string(data)) + digestText(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
