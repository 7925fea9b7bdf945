package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/content"
)

func TestLargeCatalogIsClean(t *testing.T) {
	const n = 150
	dir := filepath.Join(t.TempDir(), "large")
	if err := write(dir, n); err != nil {
		t.Fatal(err)
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := build.Check(t.Context(), root, build.Options{At: "2026-12-01"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings[:min(5, len(r.Findings))] {
		t.Errorf("%s:%d: %s [%s]", f.Path, f.Span.Start.Line, f.Message, f.Rule.ID)
	}
	got := 0
	for range r.Catalog.Products {
		got++
	}
	if got != n {
		t.Errorf("%d products, want %d", got, n)
	}
}

func TestLargeCatalogIsTheSameEachTime(t *testing.T) {
	sum := func() string {
		dir := filepath.Join(t.TempDir(), "large")
		if err := write(dir, 30); err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(filepath.Join(dir, name))
			fmt.Fprintf(h, "%s %d %s", name, len(data), data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	if a, b := sum(), sum(); a != b {
		t.Errorf("two catalogs differ: %s, %s", a, b)
	}
}
