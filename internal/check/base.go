package check

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Base is what a change is judged against.
type Base struct {
	Ref     string        // how the commit is called: "origin/main"
	Files   *content.Root // the catalog as it was where the change began
	Tip     *content.Root // the catalog as it is there now: it says who owns what
	Moved   []string      // those of them that have changed at Tip as well
	Touched []string      // paths below the catalog's root that differ from Files; "../" for those outside of it
	Actor   string        // the GitHub handle of who makes the change; "" where not known: then owners are not compared
}

// pass loads the catalog as it was and lets the rules of the catalog run on it,
// so that faults which were there before can be told.
func (b *Base) pass(ctx context.Context, l *loader, now *content.Tree) (*catalogPass, error) {
	if !b.Files.HasCatalog() {
		p := l.pass(b.Files, &content.Tree{Catalog: &catalog.Catalog{}, Settings: now.Settings})
		return p, nil // the catalog begins with this change
	}
	if slices.Contains(b.Touched, content.CatalogPath) {
		l = newLoader(l.words)
	}
	tree, err := now.Again(ctx, b.Files, b.Touched, l.options())
	if err != nil {
		return nil, err
	}
	if tree.Settings.Front == nil {
		return nil, fmt.Errorf("%s cannot be read at %s, so nothing can be compared with it: mend it there first", content.CatalogPath, b.Ref)
	}
	p := l.pass(b.Files, tree)
	p.found = append(p.found, p.judge()...)
	return p, nil
}

// compare marks the findings that were there before, and drops those of them
// that lie in what the change does not touch.
func (b *Base) compare(found []diag.Finding, was *catalogPass, today catalog.Date) []diag.Finding {
	type fault struct{ rule, path, message string }
	old := make(map[fault][]diag.Severity)
	before, _ := applySettings(was, today)
	moved := was.moved
	for _, f := range before {
		if to, ok := moved[path.Dir(f.Path)]; ok {
			f.Path = path.Join(to, path.Base(f.Path))
		}
		k := fault{f.Rule.ID, f.Path, f.Message.String()}
		old[k] = append(old[k], f.Severity)
	}
	folders := make(map[string]bool)
	for _, name := range b.Touched {
		folders[path.Dir(name)] = true
	}
	var kept []diag.Finding
	for _, f := range found {
		if f.Rule == ruleWaiverUnused && !slices.Contains(b.Touched, content.CatalogPath) {
			f.Severity = diag.Warning // the fault that it let pass is mended: its staff delete it
		}
		k := fault{f.Rule.ID, f.Path, f.Message.String()}
		if i := slices.IndexFunc(old[k], func(s diag.Severity) bool { return s >= f.Severity }); i >= 0 {
			f.Before = true
			old[k] = slices.Delete(old[k], i, i+1)
		}
		if !f.Before || folders[f.Path] || folders[path.Dir(f.Path)] && !strings.HasPrefix(f.Path, "content/pages/") || slices.Contains(b.Touched, f.Path) {
			kept = append(kept, f)
		}
	}
	return kept
}

// change lets the rules run that judge a change against what is published.
// It reports whether the change does nothing but unpublish, and what it changes.
func change(p, was *catalogPass, opt Options) (unpublishes bool, before *Was) {
	c := &changePass{catalogPass: p, before: was, base: opt.Base}
	c.pair()
	for _, rule := range changeRules {
		rule(c)
	}
	before = &Was{Catalog: was.catalog, Renamed: make(map[string]string)}
	for i := range c.pairs {
		if p := &c.pairs[i]; p.now != nil && p.now.Source != p.was.Source {
			before.Renamed[p.was.Source] = p.now.Source
		}
	}
	return c.onlyUnpublishes(), before
}

// Was is a catalog as it was before a change.
type Was struct {
	Catalog *catalog.Catalog
	Renamed map[string]string // sources of entries that got another name, and what they are now
}

// changeRules are the rules of a change.
var changeRules = []func(*changePass){owners, moved, vanished, aliased, frozen, drift}

// changePass is what the rules of a change work with.
type changePass struct {
	*catalogPass              // the catalog as it is
	before       *catalogPass // the catalog as it was
	base         *Base
	pairs        []pair
}

// pair is an entry that the change touches, as it was and as it is; now is nil
// where there is none any more.
type pair struct {
	was, now               *catalog.Entry
	wasProduct, nowProduct *catalog.Product // where it is one
	wasSeller, nowSeller   *catalog.Seller
}

// public reports whether buyers saw the entry: it was published, and not only
// for a day to come.
func (p *pair) public(today catalog.Date) bool {
	return p.was.Status == catalog.Unpublished || p.was.Status == catalog.Published && p.was.PublishOn <= today
}

// pair finds what became of each entry that the change touches. An entry that
// was renamed is found by its alias.
func (c *changePass) pair() {
	touched := make(map[string]bool)
	for _, name := range c.base.Touched {
		touched[name] = true
		touched[path.Dir(name)] = true
	}
	c.before.moved = make(map[string]string)
	add := func(p pair) {
		c.pairs = append(c.pairs, p)
		if p.now != nil && p.now.Source != p.was.Source {
			c.before.moved[path.Dir(p.was.Source)] = path.Dir(p.now.Source)
		}
	}
	for _, was := range c.before.catalog.Pages {
		if touched[was.Source] {
			p := pair{was: &was.Entry}
			if i := slices.IndexFunc(c.catalog.Pages, func(n *catalog.Page) bool { return c.became(&n.Entry, was.Slug) }); i >= 0 {
				p.now = &c.catalog.Pages[i].Entry
			}
			add(p)
		}
	}
	for _, was := range c.before.catalog.Sellers {
		now := c.catalog.Seller(was.Slug)
		if i := slices.IndexFunc(c.catalog.Sellers, func(s *catalog.Seller) bool { return c.became(&s.Entry, was.Slug) }); now == nil && i >= 0 {
			now = c.catalog.Sellers[i]
		}
		if touched[path.Dir(was.Source)] {
			p := pair{was: &was.Entry, wasSeller: was}
			if now != nil {
				p.now, p.nowSeller = &now.Entry, now
			}
			add(p)
		}
		for _, was := range was.Products {
			if !touched[path.Dir(was.Source)] {
				continue
			}
			p := pair{was: &was.Entry, wasProduct: was}
			if now != nil {
				c.find(&p, now, was.Slug)
			}
			add(p)
		}
	}
	slices.SortFunc(c.pairs, func(a, b pair) int { return cmp.Compare(a.was.Source, b.was.Source) })
}

// find looks for a product among a seller's: by its name, then by an alias.
func (c *changePass) find(p *pair, s *catalog.Seller, slug string) {
	i := slices.IndexFunc(s.Products, func(n *catalog.Product) bool { return n.Slug == slug })
	if i < 0 {
		i = slices.IndexFunc(s.Products, func(n *catalog.Product) bool { return c.became(&n.Entry, slug) })
	}
	if i >= 0 {
		p.now, p.nowProduct = &s.Products[i].Entry, s.Products[i]
	}
}

// became reports whether an entry has a slug, or is new and had it: what was
// there beside an entry is not that entry renamed.
func (c *changePass) became(e *catalog.Entry, slug string) bool {
	return e.Slug == slug || slices.Contains(e.Aliases, slug) && c.isNew(e)
}

// is reports whether an entry has a slug, or had it.
func is(e *catalog.Entry, slug string) bool {
	return e.Slug == slug || slices.Contains(e.Aliases, slug)
}
