package content

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"hash/crc32"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// Cache keeps what was read and checked of each entry from one run to the next.
// A record is used where the entry's files have the stamps that they had, or
// else the same bytes. It is no more than a help: whatever is wrong with its
// file, entries are read instead.
//
// The file is a sequence of parts, each with its length and checksum; a part
// holds records as package gob writes them. It is written anew as a whole, with
// the records of the entries that there are.
type Cache struct {
	name  string // of the file
	key   [32]byte
	rules map[string]*diag.Rule
	known map[string]*record // by the entry's path
	mu    sync.Mutex
	fresh map[string]*record // of this run
	stale bool               // the file lacks something of this run
}

// record is what is kept of an entry.
type record struct {
	Path     string
	Digest   [32]byte // of the source
	Stamps   []Stamp  // of the entry's file and those beside it, in order of the names
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
}

type keptNote struct {
	Span    diag.Span
	Message diag.Packed
}

func init() { gob.Register(diag.Packed{}) }

// cacheForm is raised when the form of records changes.
const cacheForm = "vitrine entries 1"

// part is how many records a part of the file has: parts are read side by side.
const partRecords = 512

// OpenCache reads the records that a run of the same program left in a file.
// The key holds all that records depend on beside the entry's own files: the
// program and the settings. Without a file that fits, the cache is empty.
func OpenCache(name string, key [32]byte, rules []*diag.Rule) *Cache {
	c := &Cache{name: name, key: sha256.Sum256(append([]byte(cacheForm), key[:]...)), rules: make(map[string]*diag.Rule), known: make(map[string]*record), fresh: make(map[string]*record)}
	for _, r := range rules {
		c.rules[r.ID] = r
	}
	data, err := os.ReadFile(name)
	if err != nil || len(data) < len(c.key) || [32]byte(data[:32]) != c.key {
		return c
	}
	var parts [][]byte
	for data = data[32:]; len(data) >= 8; {
		n, sum := binary.LittleEndian.Uint32(data), binary.LittleEndian.Uint32(data[4:])
		if data = data[8:]; uint64(n) > uint64(len(data)) {
			break // half-written
		}
		if crc32.Checksum(data[:n], castagnoli) == sum {
			parts = append(parts, data[:n])
		}
		data = data[n:]
	}
	c.decode(parts)
	return c
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (c *Cache) decode(parts [][]byte) {
	found := make([][]record, len(parts))
	sideBySide(len(parts), func(i int) {
		d := gob.NewDecoder(bytes.NewReader(parts[i]))
		var n int
		if d.Decode(&n) != nil || n < 0 || n > partRecords {
			return
		}
		found[i] = make([]record, n)
		for k := range found[i] {
			if d.Decode(&found[i][k]) != nil {
				found[i] = found[i][:k]
				return
			}
		}
	})
	for i := range found {
		for k := range found[i] {
			c.known[found[i][k].Path] = &found[i][k]
		}
	}
}

// sideBySide runs n tasks on all cores.
func sideBySide(n int, task func(i int)) {
	var group sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := worker; i < n; i += runtime.GOMAXPROCS(0) {
				task(i)
			}
		})
	}
	group.Wait()
}

// get returns an entry's document as it was kept, where its files have the
// stamps that they had.
func (c *Cache) get(name string, stamps []Stamp) *Document {
	r := c.known[name]
	if r == nil || !slices.Equal(r.Stamps, stamps) {
		return nil
	}
	return c.document(r)
}

// same returns an entry's document as it was kept, where its files have other
// stamps, yet the bytes that they had: after a checkout, say.
func (c *Cache) same(name string, stamps []Stamp, root *Root) *Document {
	r := c.known[name]
	if r == nil || !slices.EqualFunc(r.Stamps, stamps, func(a, b Stamp) bool { return a.Name == b.Name && a.Mode.Type() == b.Mode.Type() && a.Size == b.Size }) {
		return nil
	}
	d := c.document(r)
	if d == nil {
		return nil
	}
	data, err := root.ReadFile(name, maxEntry)
	if err != nil || sha256.Sum256(data) != r.Digest {
		return nil
	}
	for i := range d.Entry().Files {
		if _, err := root.File(&d.Entry().Files[i]); err != nil {
			return nil
		}
	}
	return d
}

func (c *Cache) document(r *record) *Document {
	d := &Document{Kind: r.Kind, Page: r.Page, Seller: r.Seller, Product: r.Product}
	if r.Kind == PageEntry && d.Page == nil || r.Kind == SellerEntry && d.Seller == nil || r.Kind == ProductEntry && d.Product == nil {
		return nil
	}
	d = d.copy() // the record stays as it was read
	for _, k := range r.Findings {
		f := diag.Finding{Rule: c.rules[k.Rule], Severity: k.Severity, Span: k.Span, Message: k.Message.Unpack(), Help: k.Help.Unpack()}
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

// put keeps an entry's document. Files that were written just before they were
// looked at are not sure: their entry is read again the next time.
func (c *Cache) put(name string, stamps []Stamp, l *look, d *Document) {
	for i := range stamps {
		if !stamps[i].settled(l.at) {
			c.mu.Lock()
			c.stale = true
			c.mu.Unlock()
			return
		}
	}
	d = d.copy() // before it becomes a part of a catalog
	r := &record{Path: name, Digest: d.Entry().Digest, Stamps: stamps, Kind: d.Kind, Page: d.Page, Seller: d.Seller, Product: d.Product}
	for i := range d.Findings {
		f := &d.Findings[i]
		k := keptFinding{Rule: f.Rule.ID, Severity: f.Severity, Span: f.Span, Message: f.Message.Pack(), Help: f.Help.Pack()}
		for _, n := range f.Related {
			k.Related = append(k.Related, keptNote{n.Span, n.Message.Pack()})
		}
		r.Findings = append(r.Findings, k)
	}
	c.mu.Lock()
	c.fresh[name] = r
	c.stale = true
	c.mu.Unlock()
}

// keep takes a record over into this run.
func (c *Cache) keep(name string) {
	c.mu.Lock()
	c.fresh[name] = c.known[name]
	c.mu.Unlock()
}

// Save writes the records of this run, where they are others than those of the
// run before.
func (c *Cache) Save() error {
	if !c.stale && len(c.fresh) == len(c.known) {
		return nil
	}
	records := make([]*record, 0, len(c.fresh))
	for _, r := range c.fresh {
		records = append(records, r)
	}
	slices.SortFunc(records, func(a, b *record) int { return cmp.Compare(a.Path, b.Path) })
	chunks := slices.Collect(slices.Chunk(records, partRecords))
	parts := make([][]byte, len(chunks))
	failed := make([]error, len(chunks))
	sideBySide(len(chunks), func(i int) {
		var b bytes.Buffer
		e := gob.NewEncoder(&b)
		failed[i] = e.Encode(len(chunks[i]))
		for _, r := range chunks[i] {
			failed[i] = errors.Join(failed[i], e.Encode(r))
		}
		parts[i] = b.Bytes()
	})
	if err := errors.Join(failed...); err != nil {
		return err
	}
	f, err := createIn(filepath.Dir(c.name))
	if err != nil {
		return err
	}
	_, err = f.Write(c.key[:])
	for _, p := range parts {
		var head [8]byte
		binary.LittleEndian.PutUint32(head[:], uint32(len(p))) //nolint:gosec // a part has some megabytes
		binary.LittleEndian.PutUint32(head[4:], crc32.Checksum(p, castagnoli))
		_, err1 := f.Write(head[:])
		_, err2 := f.Write(p)
		err = errors.Join(err, err1, err2)
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), c.name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// createIn makes a temporary file in the cache's folder. The folder has a
// .gitignore of its own, so that nobody commits it.
func createIn(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	ignore := filepath.Join(dir, ".gitignore")
	if _, err := os.Lstat(ignore); err != nil {
		if err := os.WriteFile(ignore, []byte("*\n"), 0o644); err != nil {
			return nil, err
		}
	}
	return os.CreateTemp(dir, "new-*")
}

// stamps returns the stamps that an entry's record depends on: those of its
// file and of what is beside it. Folders beside a showcase are its products'.
func (l *look) stamps(u *unit) []Stamp {
	if u.kind == PageEntry {
		if s := l.stamp(u.path); s != nil {
			return []Stamp{*s}
		}
		return nil
	}
	in := l.folders[u.folder.Path]
	if u.kind == SellerEntry {
		in = slices.DeleteFunc(slices.Clone(in), func(s Stamp) bool { return s.Mode.IsDir() })
	}
	if !slices.ContainsFunc(in, func(s Stamp) bool { return s.Name == path.Base(u.path) }) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(in), func(s Stamp) bool { return passedOver(s.Name) })
}

// passedOver reports whether a name is one that the catalog does not see: dot
// files, and what editors leave behind.
func passedOver(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") }
