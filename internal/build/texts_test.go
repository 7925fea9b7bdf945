package build_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
)

// render checks a catalog, with or without keeping texts, and renders all of its
// site after something happened to it.
func render(t *testing.T, dir string, texts *check.Texts, happens func()) map[string]string {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := build.Check(t.Context(), root, build.Options{At: "2026-06-15", Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := build.Plan(t.Context(), root, r, build.Options{At: "2026-06-15"})
	if err != nil {
		t.Fatal(err)
	}
	happens()
	files := make(map[string]string)
	units := s.Units()
	for i := range units {
		if err := s.Render(&units[i], func(name string, data []byte) error { files[name] = string(data); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Texts that the check kept look like those that are parsed again.
func TestKeptTexts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "catalog")
	for _, sub := range []string{"content", "i18n"} {
		if err := os.CopyFS(filepath.Join(dir, sub), os.DirFS(filepath.Join("../..", sub))); err != nil {
			t.Fatal(err)
		}
	}
	nothing := func() {}
	want := render(t, dir, nil, nothing)
	if len(want) < 100 {
		t.Fatalf("the sample catalog has %d files", len(want))
	}
	kept := check.KeepTexts()
	defer kept.Close()
	if diff := cmp.Diff(want, render(t, dir, kept, nothing)); diff != "" {
		t.Error(diff)
	}
	closed := check.KeepTexts()
	if diff := cmp.Diff(want, render(t, dir, closed, closed.Close)); diff != "" {
		t.Error("without the file:", diff)
	}

	// A text that is no longer the one that was kept is never shown.
	var sources []string
	_ = filepath.Walk(filepath.Join(dir, "content"), func(p string, info os.FileInfo, _ error) error {
		if filepath.Base(p) == "product.md" {
			sources = append(sources, p)
		}
		return nil
	})
	for _, p := range sources {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.Replace(data, []byte("\n# English\n"), []byte("\n# English\n\nA new beginning.\n"), 1)
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	changed := render(t, dir, nil, nothing)
	if cmp.Equal(want, changed) {
		t.Fatal("no text was changed")
	}
	if diff := cmp.Diff(changed, render(t, dir, kept, nothing)); diff != "" {
		t.Error("after a change:", diff)
	}
}
