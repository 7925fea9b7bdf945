package check_test

import (
	"crypto/sha256"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/stamp"
)

// cached checks a catalog with what a file keeps of runs before, and keeps what
// it found. A cache of another program has another key.
func cached(t *testing.T, dir, file, key string) *check.Result {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	tree := stamp.Look(dir, nil, "content")
	tree.Looked = tree.Looked.Add(time.Hour) // as if the files had not been written just now
	cache := content.OpenCache(file, sha256.Sum256([]byte(key)), check.Rules(), tree)
	r, err := check.Run(t.Context(), root, check.Options{Today: today, Words: words, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Keep(cache); err != nil {
		t.Fatal(err)
	}
	return r
}

// alike fails the test where a result is another than that of a run without a
// cache: in its findings, or in what is known of an entry.
func alike(t *testing.T, what string, got, want *check.Result) {
	t.Helper()
	if diff := cmp.Diff(lines(want.Findings), lines(got.Findings)); diff != "" {
		t.Errorf("%s: findings (-without a cache +with one):\n%s", what, diff)
	}
	parents := cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "Products.Seller" || p.Last().String() == ".Seller" }, cmp.Ignore())
	if diff := cmp.Diff(want.Catalog.Sellers, got.Catalog.Sellers, parents, sameText); diff != "" {
		t.Errorf("%s: sellers (-without a cache +with one):\n%s", what, diff)
	}
	if diff := cmp.Diff(want.Catalog.Pages, got.Catalog.Pages, sameText); diff != "" {
		t.Errorf("%s: pages (-without a cache +with one):\n%s", what, diff)
	}
}

// sameText takes a text that is nil for one that says nothing.
var sameText = cmp.Transformer("text", func(t catalog.Text) string { return strings.Join(t, "\x00") })

// tick waits until the file system's clock has gone on.
func tick() { time.Sleep(20 * time.Millisecond) }

// TestCache checks the catalogs of all fixtures with a cache: filled, used, cut
// off, spoilt, of another program, and after a checkout that gave every file
// another time.
func TestCache(t *testing.T) {
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	dirs := make(map[string]string)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dirs[strings.TrimSuffix(filepath.Base(name), ".txtar")] = catalogDir(t, archive, "wrong/")
	}
	for id, dir := range dirs {
		t.Run(id, func(t *testing.T) {
			want := run(t, dir, nil)
			file := filepath.Join(t.TempDir(), "entries")
			alike(t, "empty cache", cached(t, dir, file, "a"), want)
			full, err := os.ReadFile(file)
			if err != nil && !want.Broken && want.Files > 1 {
				t.Fatal("nothing was kept:", err)
			}
			alike(t, "full cache", cached(t, dir, file, "a"), want)
			alike(t, "another program's cache", cached(t, dir, file, "b"), want)
			if len(full) == 0 {
				return
			}
			if err := os.WriteFile(file, full[:random.IntN(len(full))], 0o644); err != nil {
				t.Fatal(err)
			}
			alike(t, "cut off", cached(t, dir, file, "a"), want)
			for range 20 {
				full[random.IntN(len(full))] ^= byte(1 + random.IntN(255))
			}
			if err := os.WriteFile(file, full, 0o644); err != nil {
				t.Fatal(err)
			}
			alike(t, "spoilt", cached(t, dir, file, "a"), want)
		})
	}
}

// TestCacheSeesEveryChange changes a file in a way that is hard to see.
func TestCacheSeesEveryChange(t *testing.T) {
	product := "content/sellers/acme/vault/product.md"
	old := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, change := range map[string]func(path string) error{
		"same size and time": func(p string) error {
			data, err := os.ReadFile(p)
			if err == nil {
				err = os.WriteFile(p, []byte(strings.Replace(string(data), "published", "publisheD", 1)), 0o644)
			}
			if err == nil {
				err = os.Chtimes(p, old, old)
			}
			return err
		},
		"put in its place": func(p string) error {
			data, err := os.ReadFile(p)
			if err == nil {
				err = os.WriteFile(p+".new", []byte(strings.Replace(string(data), "published", "publisheD", 1)), 0o644)
			}
			if err == nil {
				err = os.Chtimes(p+".new", old, old)
			}
			if err == nil {
				err = os.Rename(p+".new", p)
			}
			return err
		},
		"a file beside it": func(p string) error {
			return os.WriteFile(filepath.Join(filepath.Dir(p), "more.pdf"), []byte("%PDF-"), 0o644)
		},
		"a logo's bytes": func(p string) error {
			return os.WriteFile(filepath.Join(filepath.Dir(p), "logo.svg"), []byte("<svg"), 0o644)
		},
		"the settings": func(p string) error {
			return edit(filepath.Join(p, "../../../../catalog.yaml"), "eu-west-2 => eu-west-9")
		},
		"a folder in it": func(p string) error { return os.MkdirAll(filepath.Join(filepath.Dir(p), "below"), 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, file := catalogDir(t, nil, ""), filepath.Join(t.TempDir(), "entries")
			p := filepath.Join(dir, product)
			if err := os.Chtimes(p, old, old); err != nil {
				t.Fatal(err)
			}
			before := cached(t, dir, file, "a")
			tick()
			if err := change(p); err != nil {
				t.Fatal(err)
			}
			want := run(t, dir, nil)
			if lines(before.Findings) == lines(want.Findings) {
				t.Fatalf("the change is none: %s", lines(want.Findings))
			}
			alike(t, "after the change", cached(t, dir, file, "a"), want)
			alike(t, "once more", cached(t, dir, file, "a"), want)
		})
	}
}

// TestCacheGrowsNoFurther adds to the file for each edit, until it is written
// anew.
func TestCacheGrowsNoFurther(t *testing.T) {
	dir, file := catalogDir(t, nil, ""), filepath.Join(t.TempDir(), "entries")
	cached(t, dir, file, "a")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	p := filepath.Join(dir, "content/sellers/acme/vault/product.md")
	text, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	most := int64(0)
	for n := range 80 {
		if err := os.WriteFile(p, append(text, []byte(strings.Repeat("\n", n%7))...), 0o644); err != nil {
			t.Fatal(err)
		}
		cached(t, dir, file, "a")
		if info, err := os.Stat(file); err == nil {
			most = max(most, info.Size())
		}
	}
	if most > 50*info.Size() || most <= info.Size() {
		t.Errorf("the file had %d bytes, and at most %d", info.Size(), most)
	}
	alike(t, "after many edits", cached(t, dir, file, "a"), run(t, dir, nil))
}
