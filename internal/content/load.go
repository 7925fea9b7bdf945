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
	"crypto/sha1" //nolint:gosec // git's own hash
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// CatalogPath is where the catalog's settings stand below its root.
const CatalogPath = "content/catalog.yaml"

// The catalog's layout.
const (
	contentDir   = "content"
	catalogFile  = CatalogPath
	pagesDir     = "content/pages"
	sellersDir   = "content/sellers"
	showcaseFile = "showcase.md"
	productFile  = "product.md"
)

var (
	ruleSlug = &diag.Rule{
		ID: "slug-form", Severity: diag.Error, Fixed: true,
		Title: "a folder's name is a slug: lowercase letters and digits, joined by single hyphens, at most 64 characters",
		Why:   "The name is a part of the page's address, which people type, read out and link to. It must mean the same on every system, Windows among them.",
		Help:  "rename the folder or the page",
	}
	ruleStray = &diag.Rule{
		ID: "file-misplaced", Severity: diag.Error, Fixed: true,
		Title: "every file below content/ is in a place that the catalog knows",
		Why:   "A file in another place would never be published, and nobody would notice. The layout is our own, and the same for all sellers.",
		Help:  "move the file to its place, or out of content/",
	}
	ruleEntryMissing = &diag.Rule{
		ID: "entry-missing", Severity: diag.Error, Fixed: true,
		Title: "a seller's folder holds showcase.md, a product's folder product.md",
		Why:   "Without this file there is nothing to show. Marketplace rule 2: a seller's showcase exists before any of its products.",
		Help:  "add the file, or rename the one that was meant",
	}
	ruleNoEntries = &diag.Rule{
		ID: "catalog-empty", Severity: diag.Error, Fixed: true,
		Title: "a catalog has at least one seller",
		Why:   "A catalog without sellers is most likely the wrong folder, or half a checkout. Building it would replace the whole site by an empty one.",
		Help:  "add content/sellers/<seller>/showcase.md",
	}
)

// Tree is what was loaded.
type Tree struct {
	Catalog  *catalog.Catalog
	Settings *Document // catalog.yaml
	Findings []diag.Finding
	Files    int // source files read
	Prices   []PriceFile

	units      []unit
	documents  []*Document    // of units: their entries and findings
	priceFiles int            // of Files
	listing    []diag.Finding // of what stands where, beside the entries' own
}

// Options are the choices of Load.
type Options struct {
	// Settings is called with the catalog's settings before any entry is read.
	Settings func(*catalog.Settings)
	// Cache, if not nil, spares reading the entries that it knows.
	Cache *Cache
	// Visit is called for every entry whose front matter could be read, from
	// several goroutines. It may report findings and add to the entry.
	Visit func(*Document)
	// Progress is told how many entries were read, and of how many: ever more, one
	// call at a time. It may be nil.
	Progress func(done, total int)
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
	if opt.Cache != nil {
		opt.Cache.settle(t.Settings)
		root.seen = opt.Cache.tree
		defer func() { root.seen = nil }() // later, it is history
	}
	everything := finder{within: func(string) bool { return true }}
	units, err := everything.find(root)
	if err != nil {
		return nil, err
	}
	t.listing = everything.found
	t.readPrices(root, everything.prices)
	documents, err := t.readAll(ctx, root, units, opt)
	if err != nil {
		return nil, err
	}
	t.assemble(units, documents)
	t.expectSellers()
	return t, nil
}

// readAll reads entries, on all cores.
func (t *Tree) readAll(ctx context.Context, root *Root, units []unit, opt Options) ([]*Document, error) {
	documents := make([]*Document, len(units))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	done := 0
	const batch = 16 // entries a task: a goroutine an entry would cost more than many of them
	for from := 0; from < len(units); from += batch {
		group.Go(func() error {
			for i := from; i < min(from+batch, len(units)); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				d, err := t.known(root, &units[i], opt)
				if err != nil {
					return err
				}
				documents[i] = d
			}
			if opt.Progress != nil {
				mu.Lock()
				defer mu.Unlock()
				done += min(batch, len(units)-from)
				opt.Progress(done, len(units))
			}
			return nil
		})
	}
	return documents, group.Wait()
}

// ReadSettings reads catalog.yaml alone. It returns nil where there is none, or
// none that can be read.
func ReadSettings(root *Root) *catalog.Settings {
	t := &Tree{Catalog: &catalog.Catalog{}}
	if err := t.loadSettings(root); err != nil || t.Settings.Front == nil {
		return nil
	}
	return &t.Catalog.Settings
}

// noCatalog says that a folder is no catalog's root.
func noCatalog(root *Root) error {
	return fmt.Errorf("there is no %s in %s: choose the catalog's root with -C DIR", catalogFile, root.Dir())
}

func (t *Tree) loadSettings(root *Root) error {
	d, digest := root.readDocument(catalogFile, CatalogFile)
	if _, err := root.Size(catalogFile); errors.Is(err, fs.ErrNotExist) {
		return noCatalog(root)
	}
	t.Settings, t.Files = d, 1
	if d.Front != nil {
		t.Catalog.Settings = decodeSettings(d.Front)
		t.Catalog.Digest = digest
		validate(d, &t.Catalog.Settings, catalogSchema)
	}
	t.Findings = append(t.Findings, d.Findings...)
	if len(t.Catalog.Languages) == 0 {
		t.Catalog.Languages = []string{"en", "fr"}
	}
	return nil
}

// known returns an entry's document from the cache, or reads it.
func (t *Tree) known(root *Root, u *unit, opt Options) (*Document, error) {
	if opt.Cache == nil {
		return t.read(root, u, opt.Visit)
	}
	if d := opt.Cache.document(root, u); d != nil {
		return d, nil
	}
	d, err := t.read(root, u, opt.Visit)
	if err == nil && (d.Kind != ProductEntry || d.Product != nil) {
		opt.Cache.put(u, d)
	}
	return d, err
}

// read reads one entry and lets its rules run. What remains of the document
// is its entry and its findings. A folder without its product has findings
// alone. A product's folder is listed here, since it is open here.
func (t *Tree) read(root *Root, u *unit, visit func(*Document)) (d *Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: the program failed on this file; this is a fault of vitrine, please report it: %v", u.path, p)
		}
	}()
	settings := &t.Catalog.Settings
	var data []byte
	var finder finder
	folder, readErr := root.sub(u.folder.Path)
	if readErr == nil {
		defer folder.Close()
	}
	if u.kind == ProductEntry {
		var ok bool
		if u.folder, ok = finder.product(folder, readErr, u.folder.Path); !ok {
			return &Document{Kind: u.kind, Findings: finder.found}, nil
		}
	}
	if readErr == nil {
		data, readErr = folder.ReadFile(path.Base(u.path), maxEntry)
	}
	d, digest := parseDocument(u.path, u.kind, data, readErr)
	d.Findings = append(d.Findings, finder.found...)
	d.Folder = u.folder
	d.Folder.root = folder
	d.decode(settings.Languages)
	e := d.Entry()
	e.Source, e.Slug, e.Body, e.Digest, e.Blob = u.path, u.slug, d.Body[0], digest, blobHash(data)
	if d.Source != nil {
		e.Front = sha256.Sum256(d.Source.Data[:d.Body[0]])
	}
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
	help := diag.Say("rename it: lowercase letters and digits, joined by single hyphens")
	switch {
	case slices.Contains(devices, u.slug):
		help = diag.Say("rename it: Windows keeps this name for a device, so nobody could check the catalog out there")
	case len(u.slug) > maxSlug:
		help = diag.Say("rename it: %d characters, limit %d", len(u.slug), maxSlug)
	}
	return diag.Finding{
		Rule: ruleSlug, Severity: ruleSlug.Severity, Span: diag.Span{Path: name},
		Message: diag.Say("the name %s cannot be part of an address", diag.Quote(u.slug)),
		Help:    help,
	}
}

// assemble puts the entries together in their order.
func (t *Tree) assemble(units []unit, documents []*Document) {
	t.units, t.documents = units, documents
	t.Findings = append(t.Findings, t.listing...)
	sellers := make(map[string]*catalog.Seller)
	for i, d := range documents {
		u := &units[i]
		t.Findings = append(t.Findings, d.Findings...)
		if d.Kind == ProductEntry && d.Product == nil {
			continue // a folder without a product
		}
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
}

// expectSellers reports a catalog without any.
func (t *Tree) expectSellers() {
	if len(t.Catalog.Sellers) == 0 {
		t.Findings = append(t.Findings, diag.Finding{
			Rule: ruleNoEntries, Severity: diag.Error, Span: diag.Span{Path: sellersDir},
			Message: diag.Say("the catalog has no seller"), Help: diag.Say(ruleNoEntries.Help),
		})
	}
}

// blobHash is the hash by which git knows a file with these bytes.
func blobHash(data []byte) (sum [20]byte) {
	h := sha1.New() //nolint:gosec // git's own hash
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	h.Sum(sum[:0])
	return sum
}
