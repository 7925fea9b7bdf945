package content

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
)

// Again loads the catalog from a root that differs from what t was loaded from
// in the touched files alone: the catalog as it was at another commit, or as it
// is after a file was saved. What lies in folders that were not touched is taken
// over, so a change of one entry costs the reading of one; the sellers there, and
// the pages, are the same in both catalogs. t stays as it is.
func (t *Tree) Again(ctx context.Context, base *Root, touched []string, opt Options) (*Tree, error) {
	if slices.Contains(touched, catalogFile) {
		return Load(ctx, base, opt) // every entry was judged by other settings
	}
	changed := make(folders)
	for _, name := range touched {
		changed[folderOf(name)] = true
	}
	b := &Tree{Settings: t.Settings, Files: 1}
	b.Catalog = &catalog.Catalog{Settings: t.Catalog.Settings}
	found := finder{within: func(folder string) bool { return changed[folder] }}
	units, err := found.find(base)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	b.listing = found.found
	b.readPrices(base, found.prices)
	kept := make(map[string]*Document) // by path: those of changed folders in which nothing of theirs was touched
	among := pathsOf(touched)
	for i := range t.units {
		if u := &t.units[i]; changed.of(u) && !among.of(u) {
			kept[u.path] = t.documents[i]
		}
	}
	again := slices.DeleteFunc(slices.Clone(units), func(u unit) bool { return kept[u.path] != nil })
	documents, err := b.readAll(ctx, base, again, opt)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if d := kept[u.path]; d != nil {
			again = append(again, u)
			documents = append(documents, d.copy())
		}
	}
	for _, f := range t.listing {
		if folder := folderOf(f.Path); folder != "" && !changed[folder] {
			b.listing = append(b.listing, f)
		}
	}
	again, documents = inOrder(again, documents)
	b.assemble(again, documents)
	b.takeOver(t, changed)
	return b, nil
}

// takeOver adds what lies in folders that were not touched to what was read of
// the others. Entries are shared by both catalogs: they do not change.
func (t *Tree) takeOver(from *Tree, changed folders) {
	read, documents := t.units, t.documents
	t.units = make([]unit, 0, len(from.units)+len(read))
	t.documents = make([]*Document, 0, cap(t.units))
	next := 0
	until := func(u *unit) { // the end, where it is nil
		n := next
		for next < len(read) && (u == nil || order(&read[next], u) < 0) {
			next++
		}
		t.units, t.documents = append(t.units, read[n:next]...), append(t.documents, documents[n:next]...)
	}
	for i := range from.units {
		if u := &from.units[i]; !changed.of(u) {
			if i == 0 || from.units[i-1].name() != u.name() { // folders are taken whole
				until(u)
			}
			t.units, t.documents = append(t.units, *u), append(t.documents, from.documents[i])
		}
	}
	until(nil)

	if !changed[pagesDir] {
		t.Catalog.Pages = from.Catalog.Pages
	}
	for _, s := range from.Catalog.Sellers {
		if !changed.seller(s.Slug) {
			t.Catalog.Sellers = append(t.Catalog.Sellers, s)
		}
	}
	slices.SortFunc(t.Catalog.Sellers, func(a, b *catalog.Seller) int { return strings.Compare(a.Slug, b.Slug) })

	t.Files = 1 + t.priceFiles
	t.Findings = slices.Concat(t.Settings.Findings, t.listing)
	for _, d := range t.documents {
		t.Findings = append(t.Findings, d.Findings...)
		if d.Kind != ProductEntry || d.Product != nil {
			t.Files++
		}
	}
	t.expectSellers()
}

// folders are folders in which something was touched: sellers', that of the
// pages, and "" for what lies above them.
type folders map[string]bool

// of reports whether an entry's folder is among them.
func (f folders) of(u *unit) bool {
	if u.kind == PageEntry {
		return f[pagesDir]
	}
	return f.seller(u.name())
}

func (f folders) seller(slug string) bool {
	var path [len(sellersDir) + 1 + maxSlug]byte // it is asked of every entry: nothing is allocated
	return f[string(append(append(path[:0], sellersDir+"/"...), slug...))]
}

// name returns the seller whose folder holds the entry; "" of a page.
func (u *unit) name() string {
	if u.kind == SellerEntry {
		return u.slug
	}
	return u.seller
}

// paths are paths that were touched, and the folders that hold them.
type paths struct {
	named   map[string]bool // themselves
	holding map[string]bool // their own folders
	above   map[string]bool // the folders of a product that they are in, however deep
}

func pathsOf(touched []string) paths {
	p := paths{make(map[string]bool), make(map[string]bool), make(map[string]bool)}
	for _, name := range touched {
		p.named[name], p.holding[path.Dir(name)] = true, true
		if parts := strings.SplitN(name, "/", 5); len(parts) == 5 {
			p.above[strings.Join(parts[:4], "/")] = true
		}
	}
	return p
}

// of reports whether something of an entry was touched: its file, or another
// one of its folder.
func (p *paths) of(u *unit) bool {
	switch u.kind {
	case PageEntry:
		return p.named[u.path]
	case SellerEntry:
		return p.holding[u.folder.Path]
	}
	return p.above[u.folder.Path] || p.named[u.folder.Path]
}

// folderOf returns the folder that a path is judged with: a seller's, that of
// the pages, or "" for what lies above them.
func folderOf(name string) string {
	if rest, ok := strings.CutPrefix(name, sellersDir+"/"); ok {
		seller, _, _ := strings.Cut(rest, "/")
		return name[:len(sellersDir)+1+len(seller)]
	}
	if name == pagesDir || strings.HasPrefix(name, pagesDir+"/") {
		return pagesDir
	}
	return ""
}

// copy copies the entry: catalogs fill in what they know of it, and each has its
// own.
func (d *Document) copy() *Document {
	c := *d
	switch d.Kind {
	case PageEntry:
		p := *d.Page
		c.Page = &p
	case SellerEntry:
		s := *d.Seller
		s.Products = nil
		c.Seller = &s
	case ProductEntry:
		if d.Product != nil {
			p := *d.Product
			c.Product = &p
		}
	}
	if d.Kind != ProductEntry || d.Product != nil {
		e := c.Entry()
		e.Faulty, e.Changed, e.Published = false, time.Time{}, time.Time{} // they are of the catalog that it was in
	}
	return &c
}

// inOrder puts units and their documents into the order in which find lists
// them.
func inOrder(units []unit, documents []*Document) ([]unit, []*Document) {
	sorted := make([]int, len(units))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(i, j int) int { return order(&units[i], &units[j]) })
	u, d := make([]unit, len(units)), make([]*Document, len(units))
	for i, from := range sorted {
		u[i], d[i] = units[from], documents[from]
	}
	return u, d
}

// order compares two units by where find lists them.
func order(a, b *unit) int {
	return cmp.Or(strings.Compare(folderOf(a.path), folderOf(b.path)), cmp.Compare(a.kind, b.kind), strings.Compare(a.slug, b.slug))
}
