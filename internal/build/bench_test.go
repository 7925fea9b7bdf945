package build_test

import (
	"context"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/corpus"
	"vitrine/internal/history"
	"vitrine/internal/site"
)

const (
	benchProducts = 200 // in the catalog that the benchmarks read
	benchDay      = "2026-12-01"
)

func benchRoot(b *testing.B) *content.Root {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.Catalog(dir, benchProducts); err != nil {
		b.Fatal(err)
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { root.Close() })
	return root
}

// benchSite returns a planned site.
func benchSite(b *testing.B) (*content.Root, *site.Site) {
	b.Helper()
	root := benchRoot(b)
	r, err := build.Check(b.Context(), root, build.Options{At: benchDay})
	if err != nil {
		b.Fatal(err)
	}
	s, _, err := build.Plan(b.Context(), root, r, build.Options{At: benchDay})
	if err != nil {
		b.Fatal(err)
	}
	return root, s
}

func perProduct(b *testing.B) {
	b.ReportAllocs()
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*benchProducts), "µs/product")
}

func BenchmarkLoad(b *testing.B) {
	root := benchRoot(b)
	for b.Loop() {
		if _, err := content.Load(b.Context(), root, content.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	perProduct(b)
}

func BenchmarkCheck(b *testing.B) {
	root := benchRoot(b)
	var r *check.Result
	var err error
	for b.Loop() {
		if r, err = build.Check(b.Context(), root, build.Options{At: benchDay}); err != nil {
			b.Fatal(err)
		}
	}
	if len(r.Findings) > 0 {
		b.Fatalf("the catalog has findings: %+v", r.Findings[0])
	}
	perProduct(b)
}

// BenchmarkPlan plans a site, its theme included.
func BenchmarkPlan(b *testing.B) {
	root := benchRoot(b)
	r, err := build.Check(b.Context(), root, build.Options{At: benchDay})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := build.Plan(b.Context(), root, r, build.Options{At: benchDay}); err != nil {
			b.Fatal(err)
		}
	}
	perProduct(b)
}

// BenchmarkRender renders all units of a kind: the time and the allocations are
// those of all of them, the speed is that of the bytes that they make.
func BenchmarkRender(b *testing.B) {
	_, s := benchSite(b)
	kinds := make(map[string][]*site.Unit)
	units := s.Units()
	for i := range units {
		kind := kindOf(units[i].Paths[0])
		kinds[kind] = append(kinds[kind], &units[i])
	}
	for _, kind := range []string{"product", "seller", "list", "feed", "search", "poster", "api", "file", "sitemap"} {
		b.Run(kind, func(b *testing.B) {
			if len(kinds[kind]) == 0 {
				b.Fatal("the site has none")
			}
			var bytes int64
			for b.Loop() {
				bytes = 0
				for _, u := range kinds[kind] {
					if err := s.Render(u, func(_ string, data []byte) error { bytes += int64(len(data)); return nil }); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.SetBytes(bytes)
			b.ReportAllocs()
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(kinds[kind])), "µs/unit")
		})
	}
}

// kindOf tells the kind of a unit by the path of its first file.
func kindOf(name string) string {
	depth := strings.Count(name, "/")
	switch {
	case strings.HasPrefix(name, "api/"):
		return "api"
	case strings.HasPrefix(name, "files/"):
		return "file"
	case strings.HasSuffix(name, "/"):
		return "search"
	case strings.HasPrefix(name, "sitemap"):
		return "sitemap"
	case path.Ext(name) == ".png":
		return "poster"
	case path.Ext(name) == ".atom", path.Base(name) == "feed.json":
		return "feed"
	case strings.Contains(name, "/products/") && depth == 4 && !strings.Contains(name, "/page/"):
		return "product"
	case strings.Contains(name, "/sellers/") && depth == 3:
		return "seller"
	case path.Ext(name) == ".html" && (strings.Contains(name, "/products/") || strings.Contains(name, "/categories/") || strings.Contains(name, "/sellers/")):
		return "list"
	}
	return ""
}

// BenchmarkBuild renders and writes a site, to a new folder and to one where
// nothing changed. What is beyond the time of rendering is that of writing, and of
// looking for what must not be public.
func BenchmarkBuild(b *testing.B) {
	root, s := benchSite(b)
	run := func(b *testing.B, folder func(i int) string) {
		var stats *build.Stats
		var err error
		i := 0
		for b.Loop() {
			i++
			if stats, err = build.Build(b.Context(), root, s, folder(i)); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(stats.Bytes)
		perProduct(b)
	}
	b.Run("new", func(b *testing.B) {
		dir := b.TempDir()
		run(b, func(i int) string { return filepath.Join(dir, strconv.Itoa(i)) })
	})
	b.Run("unchanged", func(b *testing.B) {
		out := filepath.Join(b.TempDir(), "public")
		if _, err := build.Build(context.Background(), root, s, out); err != nil {
			b.Fatal(err)
		}
		run(b, func(int) string { return out })
	})
}

// benchRepository makes a repository of a hundred commits of a catalog.
func benchRepository(b *testing.B) *content.Root {
	b.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		b.Skip("the git command is not installed")
	}
	root := benchRoot(b)
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@acme.example"}, args...)...)
		cmd.Dir = root.Dir()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	sellers, err := filepath.Glob(filepath.Join(root.Dir(), "content/sellers/*"))
	if err != nil {
		b.Fatal(err)
	}
	for i := range 100 {
		if i < len(sellers) {
			git("add", sellers[i])
		}
		git("commit", "-q", "--allow-empty", "-m", "a commit")
	}
	git("add", "-A")
	git("commit", "-q", "-m", "the settings")
	return root
}

// BenchmarkHistory reads dates from a repository of a hundred commits.
func BenchmarkHistory(b *testing.B) {
	root := benchRepository(b)
	t, err := content.Load(b.Context(), root, content.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var entries []history.Entry
	for e := range t.Catalog.Entries {
		entries = append(entries, history.Entry{Path: e.Source, Blob: e.Blob, Published: true})
	}
	for b.Loop() {
		records, err := history.Read(b.Context(), root.Dir(), "content", entries)
		if err != nil {
			b.Fatal(err)
		}
		if len(records) < benchProducts {
			b.Fatalf("only %d files have a date", len(records))
		}
	}
	perProduct(b)
}

// BenchmarkCheckChange checks the catalog as BenchmarkCheck does, as a change
// of one file in a repository of a hundred commits: what is beyond the time of
// that is what a comparison costs.
func BenchmarkCheckChange(b *testing.B) {
	root := benchRepository(b)
	products, err := filepath.Glob(filepath.Join(root.Dir(), "content/sellers/*/*/product.md"))
	if err != nil {
		b.Fatal(err)
	}
	data, err := os.ReadFile(products[7])
	if err == nil {
		err = os.WriteFile(products[7], append(data, "\n\n"...), 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, c, err := build.CheckChange(b.Context(), root, build.Options{At: benchDay}, "main", "")
		if err != nil {
			b.Fatal(err)
		}
		if c.Touched != 1 || r.Counts().Errors > 0 {
			b.Fatalf("%d files are touched, findings: %v", c.Touched, r.Findings)
		}
	}
	perProduct(b)
}
