package corpus

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/content"
)

func TestLargeCatalogIsClean(t *testing.T) {
	const n = 150
	dir := filepath.Join(t.TempDir(), "large")
	if err := Catalog(dir, n); err != nil {
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
		if err := Catalog(dir, 30); err != nil {
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

// Both programs are given the same texts.
func TestHugoHasTheSameTexts(t *testing.T) {
	ours, theirs := t.TempDir(), t.TempDir()
	if err := errors.Join(Catalog(ours, 30), Hugo(theirs, 30)); err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob(filepath.Join(ours, "content/sellers/*/*/product.md"))
	if err != nil || len(sources) != 30 {
		t.Fatalf("%d products, %v", len(sources), err)
	}
	for _, name := range sources {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(source), "# English\n")
		en, fr, _ := strings.Cut(body, "\n# Français\n")
		for tag, want := range map[string]string{"en": en, "fr": fr} {
			page, err := os.ReadFile(filepath.Join(theirs, tag, "products", filepath.Base(filepath.Dir(name))+".md"))
			if err != nil {
				t.Fatal(err)
			}
			if front, got, _ := strings.Cut(string(page), "\n---\n"); got != want || !strings.HasPrefix(front, "---\ntitle: ") {
				t.Errorf("%s in %s differs:\n%s\nwant\n%s", name, tag, page, want)
			}
		}
	}
}
