package content

import (
	"crypto/sha256"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
	"vitrine/internal/stamp"
)

// Cache keeps what was read and checked of each entry from one run to the next.
// A record is used where the entry's files have the stamps that they had, or
// else the same bytes. It is no more than a help: whatever is wrong with its
// file, entries are read instead.
//
// It holds what is found in an entry alone, which depends on the entry's files,
// on catalog.yaml, on the words and on the program, and on nothing else: above
// all not on the day.
type Cache struct {
	name  string // of the file
	key   digest // of the program and the words
	rules map[string]*diag.Rule
	load  func() cacheFile

	cacheFile // with the header that the settings give; empty where the file has another one
	mu        sync.Mutex
	fresh     []*record       // of this run, that the file lacks
	used      map[string]bool // paths of this run's records that it has
	tree      *stamp.Tree
}

type digest = [sha256.Size]byte

// record is what is kept of an entry.
type record struct {
	Path     string
	Digest   digest        // of the source
	Files    []stamp.Named // the entry's file and those beside it, in order of the names
	Kind     Kind
	Page     *catalog.Page
	Seller   *catalog.Seller
	Product  *catalog.Product
	Findings []keptFinding
}

// keptFinding is a finding in plain values.
type keptFinding struct {
	Rule          string
	Severity      diag.Severity
	Span          diag.Span
	Message, Help diag.Packed
	Related       []keptNote
	Fix           diag.Fix
}

type keptNote struct {
	Span    diag.Span
	Message diag.Packed
}

// OpenCache opens the records that runs of the same program left in a file. The
// key is that of the program and of the words. The tree is what is in the
// catalog's folders: entries must be read after it was looked at.
func OpenCache(name string, key [sha256.Size]byte, rules []*diag.Rule, tree *stamp.Tree) *Cache {
	c := &Cache{name: name, key: key, rules: make(map[string]*diag.Rule), used: make(map[string]bool), tree: tree}
	for _, r := range rules {
		c.rules[r.ID] = r
	}
	var group sync.WaitGroup
	var file cacheFile
	group.Go(func() { file = readCache(name) }) // while catalog.yaml is read
	c.load = func() cacheFile {
		group.Wait()
		return file
	}
	return c
}

// settle takes the records that were made with the settings.
func (c *Cache) settle(settings *Document) {
	h := sha256.New()
	h.Write(c.key[:])
	if settings.Source != nil {
		h.Write(settings.Source.Data)
	}
	header := digest(h.Sum(nil))
	if file := c.load(); file.header == header {
		c.cacheFile = file
	}
	c.header = header
}

// document returns an entry's document as it was kept; nil where its files are
// others now.
func (c *Cache) document(root *Root, u *unit) *Document {
	r := c.known[u.path]
	files := c.files(u)
	if r == nil || files == nil {
		return nil
	}
	same := slices.Equal(r.Files, files)
	if !same && !r.verify(root, files) {
		return nil
	}
	d := r.document(c.rules)
	if d == nil {
		return nil
	}
	if !same { // the next run need not read them
		c.put(u, d)
		return d
	}
	c.mu.Lock()
	c.used[u.path] = true
	c.mu.Unlock()
	return d
}

// verify reports whether files with other stamps have the bytes that they had,
// after a checkout, say.
func (r *record) verify(root *Root, files []stamp.Named) bool {
	if !slices.EqualFunc(r.Files, files, func(a, b stamp.Named) bool {
		return a.Name == b.Name && a.Mode.Type() == b.Mode.Type() && a.Size == b.Size
	}) {
		return false
	}
	data, err := root.ReadFile(r.Path, maxEntry)
	if err != nil || sha256.Sum256(data) != r.Digest {
		return false
	}
	d := Document{Kind: r.Kind, Page: r.Page, Seller: r.Seller, Product: r.Product}
	e := d.Entry()
	for i := range e.Files {
		if _, err := root.File(&e.Files[i]); err != nil {
			return false
		}
	}
	return true
}

// document makes a document of what was kept. It is made once: the record's
// entry becomes a part of the catalog.
func (r *record) document(rules map[string]*diag.Rule) *Document {
	d := &Document{Kind: r.Kind, Page: r.Page, Seller: r.Seller, Product: r.Product}
	for _, k := range r.Findings {
		f := diag.Finding{Rule: rules[k.Rule], Severity: k.Severity, Span: k.Span, Message: k.Message.Unpack(), Help: k.Help.Unpack(), Fix: k.Fix}
		if f.Rule == nil {
			return nil
		}
		for _, n := range k.Related {
			f.Related = append(f.Related, diag.Note{Span: n.Span, Message: n.Message.Unpack()})
		}
		d.Findings = append(d.Findings, f)
	}
	return d
}

// put keeps an entry's document. It is called before the entry becomes a part of
// a catalog. Files that were written just before they were looked at are not
// sure: their entry is read again the next time.
func (c *Cache) put(u *unit, d *Document) {
	files := c.files(u)
	if files == nil || slices.ContainsFunc(files, func(n stamp.Named) bool { return !n.Settled(c.tree.Looked) }) {
		return
	}
	d = d.copy()
	r := &record{Path: u.path, Digest: d.Entry().Digest, Files: files, Kind: d.Kind, Page: d.Page, Seller: d.Seller, Product: d.Product}
	for i := range d.Findings {
		f := &d.Findings[i]
		k := keptFinding{Rule: f.Rule.ID, Severity: f.Severity, Span: f.Span, Message: f.Message.Pack(), Help: f.Help.Pack(), Fix: f.Fix}
		for _, n := range f.Related {
			k.Related = append(k.Related, keptNote{n.Span, n.Message.Pack()})
		}
		r.Findings = append(r.Findings, k)
	}
	c.mu.Lock()
	c.fresh = append(c.fresh, r)
	c.mu.Unlock()
}

// files returns the files that an entry's record depends on: its own and those
// beside it. It is nil where they are not all that counts: a product's folder
// that wrongly has folders in it is looked at each time.
func (c *Cache) files(u *unit) []stamp.Named {
	if u.kind == PageEntry {
		if s := c.tree.Find(u.path); s.Mode.IsRegular() {
			return []stamp.Named{{Name: path.Base(u.path), Stamp: s}}
		}
		return nil
	}
	folder := c.tree.Folders[u.folder.Path]
	if folder == nil || !c.tree.Find(u.path).Mode.IsRegular() {
		return nil
	}
	files := make([]stamp.Named, 0, len(folder.In))
	for _, n := range folder.In {
		switch {
		case passedOver(n.Name):
		case !n.Mode.IsDir():
			files = append(files, n)
		case u.kind == ProductEntry:
			return nil
		}
	}
	return files
}

// passedOver reports whether a name is one that the catalog does not see: dot
// files, and what editors leave behind.
func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
}
