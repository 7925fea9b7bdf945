package build_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/content"
)

// BenchmarkRefresh is what a preview does at a save of a product: another body or
// title, and a page that is asked for then. VITRINE_BENCH_CATALOG names a catalog to copy and use instead
// of a small one, such as one that `go run ./internal/large 10000 DIR` made.
func BenchmarkRefresh(b *testing.B) {
	var dir string
	if from := os.Getenv("VITRINE_BENCH_CATALOG"); from != "" {
		dir = b.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(filepath.Join(from, "content"))); err != nil {
			b.Fatal(err)
		}
	} else {
		dir = benchRoot(b).Dir()
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	session, r, _, _, err := build.NewSession(b.Context(), dir, build.Options{BaseURL: "http://localhost/", At: "2026-11-24"})
	if err != nil {
		b.Fatal(err)
	}
	var source string
	for p := range r.Catalog.Products {
		if p.Pricing != "" && len(p.Versions) > 0 {
			source = p.Source // the last one with a price
		}
	}
	name := filepath.Join(dir, source)
	was, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	body := func(data []byte) []byte {
		for _, heading := range []string{"# English\n", "# Français\n"} {
			data = bytes.Replace(data, []byte(heading), fmt.Appendf(nil, "%s\nVault %d.\n", heading, n), 1)
		}
		return data
	}
	title := func(data []byte) []byte {
		_, rest, _ := bytes.Cut(data, []byte("\nsummary:"))
		front, _, _ := bytes.Cut(data, []byte("\ntitle:"))
		return fmt.Appendf(nil, "%s\ntitle: Product %d\nsummary:%s", front, n, rest)
	}
	own := strings.TrimSuffix(strings.TrimPrefix(source, "content/sellers/"), "product.md")
	for _, edit := range []struct {
		name string
		edit func([]byte) []byte
		page string // that is rendered then
	}{
		{"body", body, ""},
		{"title", title, ""},
		{"body-shown", body, "fr/products/" + own + "index.html"},
		{"title-listed", title, "fr/products/index.html"},
		{"title-home", title, "fr/index.html"},
	} {
		b.Run(edit.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n++
				if err := os.WriteFile(name, edit.edit(bytes.Clone(was)), 0o644); err != nil {
					b.Fatal(err)
				}
				r, s, err := session.Refresh(b.Context(), []string{source})
				if err == nil && r.Counts().Errors > 0 {
					b.Fatalf("the catalog has findings: %+v", r.Findings[0])
				}
				if err == nil && edit.page != "" {
					err = s.Render(s.Unit(edit.page), func(string, []byte) error { return nil })
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
