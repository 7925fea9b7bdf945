// Package content reads sellers' files into a catalog. Every value has a
// place: file, line and column. What is wrong with a file's form, its encoding,
// its YAML, its keys, is reported here; what the values mean together is for
// package check.
//
// Documents are large and entries are small: a document lives while its own
// rules run (Options.Visit), and is read again in the rare case that a place in
// it is asked for later.
package content

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// The catalog's layout.
const (
	contentDir   = "content"
	catalogFile  = "content/catalog.yaml"
	pagesDir     = "content/pages"
	sellersDir   = "content/sellers"
	showcaseFile = "showcase.md"
	productFile  = "product.md"
)

var (
	ruleSlug = &diag.Rule{
		ID: "slug-form", Severity: diag.Error, Fixed: true,
		Title: "a folder's name is a slug: lowercase letters and digits, joined by single hyphens, at most 64 characters",
	}
	ruleStray = &diag.Rule{
		ID: "file-misplaced", Severity: diag.Error, Fixed: true,
		Title: "below content/ stands only what the catalog's layout names",
	}
	ruleEntryMissing = &diag.Rule{
		ID: "entry-missing", Severity: diag.Error, Fixed: true,
		Title: "a folder of a seller or a product holds its entry",
	}
	ruleNoEntries = &diag.Rule{
		ID: "catalog-empty", Severity: diag.Error, Fixed: true,
		Title: "a catalog has at least one seller",
		Help:  "add content/sellers/<seller>/showcase.md",
	}
)

// Tree is what was loaded.
type Tree struct {
	Catalog  *catalog.Catalog
	Settings *Document // catalog.yaml
	Findings []diag.Finding
	Files    int // source files read
}

// Options are the choices of Load.
type Options struct {
	// Settings is called with the catalog's settings before any entry is read.
	Settings func(*catalog.Settings)
	// Visit is called for every entry whose front matter could be read, from
	// several goroutines. It may report findings and add to the entry.
	Visit func(*Document)
}

// unit is one entry to read.
type unit struct {
	kind   Kind
	path   string
	slug   string
	seller string // slug, of a product
	folder Folder
}

// Load reads a catalog. The result does not depend on the order in which files
// are read. Faults of the content are findings; an error means that there is no
// catalog to read, or that ctx was cancelled.
func Load(ctx context.Context, root *Root, opt Options) (*Tree, error) {
	t := &Tree{Catalog: &catalog.Catalog{}}
	if err := t.loadSettings(root); err != nil {
		return nil, err
	}
	if t.Settings.Front == nil {
		return t, nil // every entry would be judged by settings that are not there
	}
	if opt.Settings != nil {
		opt.Settings(&t.Catalog.Settings)
	}
	units, err := t.find(root)
	if err != nil {
		return nil, err
	}
	documents := make([]*Document, len(units))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	const batch = 16 // entries a task: a goroutine an entry would cost more than many of them
	for from := 0; from < len(units); from += batch {
		group.Go(func() error {
			for i := from; i < min(from+batch, len(units)); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				d, err := t.read(root, &units[i], opt.Visit)
				if err != nil {
					return err
				}
				documents[i] = d
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	t.assemble(units, documents)
	return t, nil
}

func (t *Tree) loadSettings(root *Root) error {
	d, _ := root.readDocument(catalogFile, CatalogFile)
	if _, err := root.Size(catalogFile); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s in %s: choose the catalog's root with -C DIR", catalogFile, root.Dir())
	}
	t.Settings, t.Files = d, 1
	if d.Front != nil {
		t.Catalog.Settings = decodeSettings(d.Front)
		validate(d, &t.Catalog.Settings, catalogSchema)
	}
	t.Findings = append(t.Findings, d.Findings...)
	if len(t.Catalog.Languages) == 0 {
		t.Catalog.Languages = []string{"en", "fr"}
	}
	return nil
}

// read reads one entry and lets its rules run. What remains of the document
// is its entry and its findings.
func (t *Tree) read(root *Root, u *unit, visit func(*Document)) (d *Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: the program failed on this file; this is a fault of vitrine, please report it: %v", u.path, p)
		}
	}()
	settings := &t.Catalog.Settings
	var data []byte
	folder, readErr := root.sub(u.folder.Path)
	if readErr == nil {
		defer folder.Close()
		data, readErr = folder.ReadFile(path.Base(u.path), maxEntry)
	}
	d, digest := parseDocument(u.path, u.kind, data, readErr)
	d.Folder = u.folder
	d.Folder.root = folder
	d.decode(settings.Languages)
	e := d.Entry()
	e.Source, e.Slug, e.Body, e.Digest = u.path, u.slug, d.Body[0], digest
	if !ValidSlug(u.slug) {
		d.Findings = append(d.Findings, slugFault(u))
	}
	if d.Front != nil {
		validate(d, settings, d.schema())
		if visit != nil {
			visit(d)
		}
	}
	d.Source, d.Front, d.Folder = nil, nil, Folder{} // the entry stays
	return d, nil
}

func slugFault(u *unit) diag.Finding {
	name := path.Dir(u.path)
	if u.kind == PageEntry {
		name = u.path
	}
	help := "rename it: lowercase letters and digits, joined by single hyphens"
	switch {
	case slices.Contains(devices, u.slug):
		help = "rename it: Windows keeps this name for a device, so nobody could check the catalog out there"
	case len(u.slug) > maxSlug:
		help = fmt.Sprintf("rename it: %d characters, limit %d", len(u.slug), maxSlug)
	}
	return diag.Finding{
		Rule: ruleSlug, Severity: ruleSlug.Severity, Span: diag.Span{Path: name},
		Message: fmt.Sprintf("the name %s cannot be part of an address", diag.Quote(u.slug)),
		Help:    help,
	}
}

// assemble puts the entries together in their order.
func (t *Tree) assemble(units []unit, documents []*Document) {
	sellers := make(map[string]*catalog.Seller)
	for i, d := range documents {
		u := &units[i]
		t.Findings = append(t.Findings, d.Findings...)
		t.Files++
		switch d.Kind {
		case PageEntry:
			t.Catalog.Pages = append(t.Catalog.Pages, d.Page)
		case SellerEntry:
			t.Catalog.Sellers = append(t.Catalog.Sellers, d.Seller)
			sellers[u.slug] = d.Seller
		case ProductEntry:
			s := sellers[u.seller] // units have the showcase before its products
			if s == nil {
				continue
			}
			d.Product.Seller = s
			s.Products = append(s.Products, d.Product)
		}
	}
	if len(t.Catalog.Sellers) == 0 {
		t.Findings = append(t.Findings, diag.Finding{
			Rule: ruleNoEntries, Severity: diag.Error, Span: diag.Span{Path: sellersDir},
			Message: "the catalog has no seller", Help: ruleNoEntries.Help,
		})
	}
}

func (t *Tree) stray(rule *diag.Rule, name, message, help string) {
	t.Findings = append(t.Findings, diag.Finding{Rule: rule, Severity: rule.Severity, Span: diag.Span{Path: name}, Message: message, Help: help})
}

// find lists the entries to read: pages, then each showcase before its
// products. What stands where nothing belongs is a finding.
func (t *Tree) find(root *Root) ([]unit, error) {
	top, err := root.list(contentDir)
	if err != nil {
		return nil, fmt.Errorf("cannot read the folder %s: %w", contentDir, reason(err))
	}
	var units []unit
	for _, item := range top {
		name := path.Join(contentDir, item.name)
		switch {
		case item.mode.IsDir() && name == pagesDir:
			units = append(units, t.findPages(root)...)
		case item.mode.IsDir() && name == sellersDir:
			units = append(units, t.findSellers(root)...)
		case name == catalogFile:
		case !item.mode.IsDir() && !item.mode.IsRegular():
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		default:
			if strings.HasPrefix(item.name, "catalog.") {
				t.stray(ruleStray, name, "nothing of this name belongs here", "rename it to catalog.yaml, or put what it says there")
				continue
			}
			t.stray(ruleStray, name, "nothing of this name belongs here", "content/ holds catalog.yaml, pages/ and sellers/: move it there, or out of content/")
		}
	}
	return units, nil
}

func (t *Tree) listed(root *Root, dir string) []item {
	items, err := root.list(dir)
	if err != nil {
		t.Findings = append(t.Findings, fileFault(dir, err))
	}
	return items
}

func (t *Tree) findPages(root *Root) []unit {
	var units []unit
	for _, item := range t.listed(root, pagesDir) {
		name := path.Join(pagesDir, item.name)
		slug, isPage := strings.CutSuffix(item.name, ".md")
		switch {
		case !item.mode.IsRegular() && !item.mode.IsDir():
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		case item.mode.IsDir(), !isPage:
			t.stray(ruleStray, name, "content/pages/ holds Markdown files alone", "name a page content/pages/<slug>.md")
		default:
			units = append(units, unit{kind: PageEntry, path: name, slug: slug, folder: Folder{Path: pagesDir}})
		}
	}
	return units
}

func (t *Tree) findSellers(root *Root) []unit {
	var units []unit
	for _, item := range t.listed(root, sellersDir) {
		name := path.Join(sellersDir, item.name)
		switch {
		case item.mode.IsDir():
			units = append(units, t.findSeller(root, item.name)...)
		case !item.mode.IsRegular():
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		default:
			t.stray(ruleStray, name, "content/sellers/ holds a folder a seller", "a showcase is content/sellers/<seller>/showcase.md")
		}
	}
	return units
}

// findSeller lists one seller's entries.
func (t *Tree) findSeller(root *Root, seller string) []unit {
	dir := path.Join(sellersDir, seller)
	folder, folders := t.folder(root, dir)
	var units []unit
	if i := slices.Index(folder.Files, showcaseFile); i >= 0 {
		folder.Files = slices.Delete(folder.Files, i, i+1)
		units = append(units, unit{kind: SellerEntry, path: path.Join(dir, showcaseFile), slug: seller, folder: folder})
	} else {
		t.missing(folder, showcaseFile, "the seller has no showcase, so none of its products can be shown")
	}
	for _, product := range folders {
		dir := path.Join(dir, product)
		folder, below := t.folder(root, dir)
		for _, b := range below {
			t.stray(ruleStray, path.Join(dir, b), "a product's folder has no folders in it", "put the files beside product.md")
		}
		if i := slices.Index(folder.Files, productFile); i >= 0 {
			folder.Files = slices.Delete(folder.Files, i, i+1)
			units = append(units, unit{kind: ProductEntry, path: path.Join(dir, productFile), slug: product, seller: seller, folder: folder})
		} else {
			t.missing(folder, productFile, "the folder has no product in it")
		}
	}
	return units
}

// missing reports a folder without its entry; a file that was meant to be it
// is named.
func (t *Tree) missing(f Folder, entry, message string) {
	if slices.Contains(f.Odd, entry) {
		return // reported for what it is
	}
	help := "add " + path.Join(f.Path, entry)
	for _, name := range f.Files {
		if strings.EqualFold(name, entry) || strings.HasSuffix(strings.ToLower(name), ".md") {
			help = fmt.Sprintf("rename %s to %s", diag.Visible(path.Join(f.Path, name)), entry)
		}
	}
	t.stray(ruleEntryMissing, f.Path, message, help)
}

// folder lists a folder's files and folders.
func (t *Tree) folder(root *Root, dir string) (f Folder, folders []string) {
	f.Path = dir
	for _, item := range t.listed(root, dir) {
		name := path.Join(dir, item.name)
		switch {
		case item.mode.IsDir():
			folders = append(folders, item.name)
		case !item.mode.IsRegular():
			f.Odd = append(f.Odd, item.name)
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		default:
			f.Files = append(f.Files, item.name)
		}
	}
	return f, folders
}
