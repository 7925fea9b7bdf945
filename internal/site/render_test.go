package site_test

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/site"
	"vitrine/themes"
)

// at is the day that the tests build: the repository's content has entries
// that are published and drafts that are not yet, seen from it.
const at = "2026-12-01"

// files is a rendered site: path to bytes.
type files map[string][]byte

// render checks and renders the repository's own content.
func render(t *testing.T, opt site.Options) (files, *catalog.Catalog) {
	t.Helper()
	return renderDir(t, "../..", opt, func(*catalog.Catalog) {})
}

// renderChanged renders it with a change.
func renderChanged(t *testing.T, opt site.Options, change func(*catalog.Catalog)) (files, *catalog.Catalog) {
	t.Helper()
	return renderDir(t, "../..", opt, change)
}

// renderDir checks and renders the catalog in a folder, with a change.
func renderDir(t *testing.T, dir string, opt site.Options, change func(*catalog.Catalog)) (files, *catalog.Catalog) {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	r, err := check.Run(t.Context(), root, check.Options{Today: at, Words: words(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Severity == diag.Error {
			t.Fatalf("%s: %s", f.Path, f.Message)
		}
	}
	change(r.Catalog)
	opt.Words, opt.Theme, opt.Body, opt.File = words(t), theme(t), root.Body, root.File
	if opt.BaseURL == "" {
		opt.BaseURL = r.Catalog.BaseURL
	}
	opt.Visible.At = at
	s, err := site.New(r.Catalog, opt)
	if err != nil {
		t.Fatal(err)
	}
	return all(t, s), r.Catalog
}

// words are those of the interface.
func words(t *testing.T) *i18n.Set {
	t.Helper()
	set, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func theme(t *testing.T) *themes.Theme {
	t.Helper()
	th, err := themes.Load("default", nil)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// all renders every unit, from many goroutines as a build does.
func all(t *testing.T, s *site.Site) files {
	t.Helper()
	out := make(files)
	var mu sync.Mutex
	var group sync.WaitGroup
	units := s.Units()
	for i := range units {
		group.Go(func() {
			made := make(map[string]bool)
			err := s.Render(&units[i], func(name string, data []byte) error {
				mu.Lock()
				defer mu.Unlock()
				if folder := path.Dir(name) + "/"; slices.Contains(units[i].Paths, folder) {
					made[folder] = true // of files that are planned without their names
				} else {
					made[name] = true
				}
				out[name] = bytes.Clone(data)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
			if got := slices.Sorted(maps.Keys(made)); !slices.Equal(got, slices.Sorted(slices.Values(units[i].Paths))) {
				t.Errorf("a unit planned %v and made %v", units[i].Paths, got)
			}
		})
	}
	group.Wait()
	return out
}

// pages yields the HTML pages, parsed.
func (f files) pages(t *testing.T) map[string]*html.Node {
	t.Helper()
	out := make(map[string]*html.Node)
	for name, data := range f {
		if path.Ext(name) != ".html" {
			continue
		}
		n, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		out[name] = n
	}
	return out
}

// indexed yields the HTML pages that search engines may know: those that are
// neither a small page of what is gone nor a former address.
func (f files) indexed(t *testing.T) map[string]*html.Node {
	t.Helper()
	out := f.pages(t)
	for name := range out {
		if bytes.Contains(f[name], []byte(`<meta name="robots" content="noindex">`)) && path.Base(name) != "404.html" {
			delete(out, name)
		}
	}
	return out
}

// public reports whether an entry's page is there, and more than a small page of
// what is gone.
func (f files) public(name string) bool {
	return f[name] != nil && !bytes.Contains(f[name], []byte(`<meta name="robots" content="noindex">`))
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
