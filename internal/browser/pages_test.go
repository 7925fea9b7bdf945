package browser_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/browser"
)

// page is an HTML page of a built site.
type page struct {
	path  string // "fr/products/perlune/perlune-dns/"
	lang  string // "" for the pages at the root
	shape string // the path without the language and without names: "products/*/*/"
	parts []string
}

// pages lists a site's pages; those that only lead to another one are left out.
func pages(t *testing.T, s *browser.Site) []page {
	t.Helper()
	var all []page
	files := os.DirFS(s.Dir)
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		p := page{path: strings.TrimSuffix(name, "index.html")}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			return err
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			p.parts = append(p.parts, n.Data)
			for _, a := range n.Attr {
				switch {
				case a.Key == "http-equiv" && a.Val == "refresh":
					return nil
				case a.Key == "class":
					p.parts = append(p.parts, strings.Fields(a.Val)...)
				case n.DataAtom != atom.Meta:
					p.parts = append(p.parts, n.Data+" "+a.Key)
				}
			}
		}
		slices.Sort(p.parts)
		p.parts = slices.Compact(p.parts)
		p.shape = p.path
		if first, rest, ok := strings.Cut(p.path, "/"); ok {
			p.lang = first
			section, names, _ := strings.Cut(rest, "/")
			p.shape = section + "/" + strings.Repeat("*/", strings.Count(names, "/"))
			if strings.Contains(names, "page/") {
				p.shape += "page"
			}
		}
		all = append(all, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// kinds chooses, among pages of the same shape, the fewest that together have
// every element, attribute and class that any of them has: every kind of page,
// whatever templates make of it.
func kinds(all []page) []page {
	var chosen []page
	shown := make(map[string]bool)
	news := func(p page) (n int) {
		for _, part := range p.parts {
			if !shown[p.lang+p.shape+part] {
				n++
			}
		}
		return n
	}
	left := slices.Clone(all)
	for len(left) > 0 {
		left = slices.DeleteFunc(left, func(p page) bool { return news(p) == 0 })
		if len(left) == 0 {
			break
		}
		best := slices.MaxFunc(left, func(a, b page) int { return news(a) - news(b) })
		chosen = append(chosen, best)
		for _, part := range best.parts {
			shown[best.lang+best.shape+part] = true
		}
	}
	return chosen
}

// visit opens pages in two tabs at once and calls look for each.
func visit(t *testing.T, s *browser.Site, all []page, v browser.View, look func(t *testing.T, tab *browser.Tab, p page, i int)) {
	t.Helper()
	const tabs = 2
	b := browser.Open(t)
	for n := range tabs {
		t.Run(fmt.Sprintf("tab %d", n+1), func(t *testing.T) {
			t.Parallel()
			tab := b.Tab(t, v)
			for i := n; i < len(all); i += tabs {
				tab.Go(s.URL + all[i].path)
				look(t, tab, all[i], i)
			}
		})
	}
}

func TestKindsAreFound(t *testing.T) {
	s := browser.Sample(t)
	all := pages(t, s)
	if len(all) < 150 {
		t.Errorf("only %d pages", len(all))
	}
	var shapes []string
	for _, p := range kinds(all) {
		t.Logf("%s (%s)", p.path, p.shape)
		shapes = append(shapes, p.shape)
	}
	for _, want := range []string{"", "/", "404.html/", "products/", "products/*/*/", "sellers/", "sellers/*/", "categories/", "categories/*/", "pages/*/"} {
		if !slices.Contains(shapes, want) {
			t.Errorf("no page of the shape %q", want)
		}
	}
	if len(shapes) > len(all)/3 {
		t.Errorf("%d of %d pages are kinds of their own", len(shapes), len(all))
	}
}
