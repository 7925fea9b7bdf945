package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vitrine/internal/corpus"
)

// hugoSite is the site for Hugo but for its content: the pages that vitrine
// makes, without what Hugo would have to be taught.
//
//go:embed all:hugo
var hugoSite embed.FS

// scenario is one way to run a program on a catalog.
type scenario struct {
	name string
	aims []aim
	hugo bool // measured with Hugo
	only bool // checks only, and writes no site
	run  func(ctx context.Context, l *lab, round int) (measure, error)
}

// scenarios are run in this order, each in every round: some need what the one
// before left.
var scenarios = []scenario{
	{name: "Hugo " + strings.TrimPrefix(hugoVersion, "v") + ", cold", hugo: true, run: func(ctx context.Context, l *lab, _ int) (measure, error) {
		if err := l.aside("hugo/public", "hugo/resources", "hugo/.hugo_build.lock"); err != nil {
			return measure{}, err
		}
		return runMeasured(ctx, l.path("hugo"), l.programs.hugo)
	}},
	{name: "vitrine build, cold, no cache", aims: coldAims, run: func(ctx context.Context, l *lab, _ int) (measure, error) {
		if err := errors.Join(l.restore(), l.aside("vitrine/public", "cache")); err != nil {
			return measure{}, err
		}
		return l.vitrine(ctx, "build", "--no-cache")
	}},
	{name: "vitrine build, cold, fills its cache", aims: coldAims, run: func(ctx context.Context, l *lab, _ int) (measure, error) {
		if err := l.aside("vitrine/public", "cache"); err != nil {
			return measure{}, err
		}
		return l.vitrine(ctx, "build")
	}},
	{name: "vitrine build, nothing changed", aims: []aim{{of: "wall", most: 0.005}, {of: "seconds", most: 0.2}}, run: func(ctx context.Context, l *lab, _ int) (measure, error) {
		return l.vitrine(ctx, "build")
	}},
	{name: "vitrine build, one body changed", aims: []aim{{of: "wall", most: 0.01}}, run: func(ctx context.Context, l *lab, round int) (measure, error) {
		return l.changed(ctx, fmt.Sprintf("Measured in round %d.", round), "\n# Français\n", fmt.Sprintf("\nMeasured in round %[1]d.\n\n# Français\n\nMesuré au tour %[1]d.\n", round))
	}},
	{name: "vitrine build, one title changed", aims: []aim{{of: "wall", most: 0.02}}, run: func(ctx context.Context, l *lab, round int) (measure, error) {
		return l.changed(ctx, fmt.Sprintf("Round %d ", round), `title: {en: "`, fmt.Sprintf(`title: {en: "Round %d `, round), `", fr: "`, fmt.Sprintf(`", fr: "Tour %d `, round))
	}},
	{name: "vitrine check, empty cache", only: true, run: func(ctx context.Context, l *lab, _ int) (measure, error) {
		if err := l.aside("cache"); err != nil {
			return measure{}, err
		}
		return l.vitrine(ctx, "check")
	}},
	{name: "vitrine check, again", only: true, run: func(ctx context.Context, l *lab, _ int) (measure, error) {
		return l.vitrine(ctx, "check")
	}},
}

// lab holds the same catalog for both programs:
//
//	hugo/     a site for Hugo
//	vitrine/  a catalog
//	cache/    vitrine's cache
//	aside/    what was built before
type lab struct {
	programs programs
	dir      string
	moved    int
	product  string // the source of the product that is edited
	source   string // what it was
}

func newLab(p programs, dir string, products int) (*lab, error) {
	l := &lab{programs: p, dir: dir}
	if err := errors.Join(os.MkdirAll(l.path("aside"), 0o755), os.Setenv("VITRINE_CACHE", l.path("cache"))); err != nil {
		return nil, err
	}
	if err := corpus.Catalog(l.path("vitrine"), products); err != nil {
		return nil, err
	}
	if p.hugo != "" {
		site, err := fs.Sub(hugoSite, "hugo")
		if err != nil {
			return nil, err
		}
		if err := os.CopyFS(l.path("hugo"), site); err != nil {
			return nil, err
		}
		if err := corpus.Hugo(l.path("hugo/content"), products); err != nil {
			return nil, err
		}
	}
	all, err := filepath.Glob(l.path("vitrine/content/sellers/*/*/product.md"))
	if err != nil {
		return nil, err
	}
	l.product = all[len(all)/2]
	source, err := os.ReadFile(l.product)
	l.source = string(source)
	return l, err
}

func (l *lab) path(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

// aside moves away what was built. It is not deleted: ext4 is slow to give
// inodes that were just freed, and every program would be measured slower.
func (l *lab) aside(names ...string) error {
	for _, name := range names {
		l.moved++
		err := os.Rename(l.path(name), l.path(fmt.Sprintf("aside/%d", l.moved)))
		if err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

func (l *lab) vitrine(ctx context.Context, command ...string) (measure, error) {
	return runMeasured(ctx, l.dir, l.programs.vitrine, append([]string{"-C", l.path("vitrine")}, command...)...)
}

// restore puts the product back that the round before edited.
func (l *lab) restore() error { return os.WriteFile(l.product, []byte(l.source), 0o644) }

// changed edits a product, of which each old text is replaced by a new one;
// builds; and looks whether its page shows what it must.
func (l *lab) changed(ctx context.Context, shows string, oldnew ...string) (measure, error) {
	if err := os.WriteFile(l.product, []byte(strings.NewReplacer(oldnew...).Replace(l.source)), 0o644); err != nil {
		return measure{}, err
	}
	m, err := l.vitrine(ctx, "build")
	if err != nil {
		return m, err
	}
	product := filepath.Dir(l.product)
	page := l.path("vitrine/public/en/products/" + filepath.Base(filepath.Dir(product)) + "/" + filepath.Base(product) + "/index.html")
	html, err := os.ReadFile(page)
	if err == nil && !strings.Contains(string(html), shows) {
		err = fmt.Errorf("%s does not show the change: %q", page, shows)
	}
	return m, err
}
