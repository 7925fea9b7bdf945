// Command cost counts what a check and a build of a fixed catalog allocate and
// write, and compares it with the figures that are committed: never times, which
// another machine, or the same one on another day, has otherwise. It fails where
// something got worse. Run it from the repository's root:
//
//	go run ./internal/cost [-update]
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"vitrine/internal/build"
	"vitrine/internal/content"
	"vitrine/internal/corpus"
)

const (
	products = 300
	day      = "2026-12-01"
	figures  = "internal/cost/figures.json"
)

func main() {
	update := flag.Bool("update", false, "write the figures instead of comparing them")
	flag.Parse()
	if err := run(*update); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

func run(update bool) error {
	dir, err := os.MkdirTemp("", "vitrine-cost-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	now, err := count(dir)
	if err != nil {
		return err
	}
	if update {
		return write(figures, now)
	}
	committed, err := read(figures)
	if err != nil {
		return err
	}
	lines, worse := compare(committed, now)
	fmt.Print(strings.Join(lines, ""))
	if worse {
		return fmt.Errorf("that is more than is committed; where it has to be, run go run ./internal/cost -update")
	}
	return nil
}

// count checks and builds a catalog, and counts.
func count(dir string) ([]figure, error) {
	// As many workers everywhere, since each has buffers of its own, and no garbage
	// collector, which would empty the pools of buffers now and then.
	runtime.GOMAXPROCS(2)
	debug.SetGCPercent(-1)
	if err := corpus.Catalog(dir, products); err != nil {
		return nil, err
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	ctx, out := context.Background(), filepath.Join(dir, "public")
	before := allocated()
	r, err := build.Check(ctx, root, build.Options{At: day})
	if err != nil {
		return nil, err
	}
	checked := allocated()
	if len(r.Findings) > 0 {
		return nil, fmt.Errorf("the catalog has findings: %+v", r.Findings[0])
	}
	s, _, err := build.Plan(ctx, root, r, build.Options{At: day})
	if err != nil {
		return nil, err
	}
	stats, err := build.Build(ctx, root, s, out)
	if err != nil {
		return nil, err
	}
	built := allocated()
	pages, bytes, err := weigh(out)
	if err != nil {
		return nil, err
	}
	return []figure{
		{"check: allocations a product", float64(checked.Mallocs-before.Mallocs) / products},
		{"check: bytes allocated a product", float64(checked.TotalAlloc-before.TotalAlloc) / products},
		{"build: allocations a page", float64(built.Mallocs-checked.Mallocs) / float64(pages)},
		{"build: bytes allocated a page", float64(built.TotalAlloc-checked.TotalAlloc) / float64(pages)},
		{"site: bytes a page", float64(bytes) / float64(pages)},
		{"site: bytes of all files a product", float64(stats.Bytes) / products},
	}, nil
}

func allocated() (m runtime.MemStats) {
	runtime.ReadMemStats(&m)
	return m
}

// weigh counts a site's pages and their bytes.
func weigh(dir string) (pages, bytes int64, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		info, err := d.Info()
		if err == nil {
			pages++
			bytes += info.Size()
		}
		return err
	})
	return pages, bytes, err
}
