package content

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// The cache's file begins with a digest of all that records depend on beside the
// entries. Parts follow, each with its length and checksum, of records as package
// gob writes them. A run adds a part with what it read; a later record of an entry
// stands for the ones before. Where there are too many parts, the file is written
// anew.

const (
	partHead   = 8         // bytes before a part
	partFull   = 512       // records a part: parts are read side by side
	mostStored = 256 << 20 // bytes: a larger file is not ours to read
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// cacheFile is what a file has.
type cacheFile struct {
	header digest             // of all that its records depend on
	known  map[string]*record // by the entry's path
	parts  int
	size   int64 // bytes; 0 where it is not whole
}

// readCache reads the records of a file, as far as it is whole.
func readCache(name string) (c cacheFile) {
	f, err := os.Open(name)
	if err != nil {
		return c
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostStored {
		return c
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(f, data); err != nil || len(data) < len(c.header) {
		return c
	}
	c.header = digest(data)
	whole, size := partsOf(data[len(c.header):])
	found := make([][]record, len(whole))
	sideBySide(len(whole), func(i int) { found[i] = readPart(whole[i]) })
	c.known, c.parts = make(map[string]*record, partFull*len(whole)), len(whole)
	if size == len(data)-len(c.header) {
		c.size = info.Size()
	}
	for i := range found {
		for k := range found[i] {
			c.known[found[i][k].Path] = &found[i][k]
		}
	}
	return c
}

// partsOf returns the parts that are whole, and how many bytes they take. Behind a
// broken one, nothing is sure.
func partsOf(data []byte) (parts [][]byte, size int) {
	for len(data) >= partHead {
		n, sum := binary.LittleEndian.Uint32(data), binary.LittleEndian.Uint32(data[4:])
		if data = data[partHead:]; uint64(n) > uint64(len(data)) || crc32.Checksum(data[:n], castagnoli) != sum {
			return parts, size
		}
		parts = append(parts, data[:n])
		data = data[n:]
		size += partHead + int(n)
	}
	return parts, size
}

// readPart reads the records of a part. Their texts are parts of it.
func readPart(part []byte) []record {
	n, size := binary.Uvarint(part)
	if size <= 0 || n > partFull {
		return nil
	}
	records := make([]record, n)
	rest, ok := string(part[size:]), true
	for i := range records {
		r := &records[i]
		if rest, ok = unpack(rest, r); !ok || r.Kind == PageEntry && r.Page == nil || r.Kind == SellerEntry && r.Seller == nil || r.Kind == ProductEntry && r.Product == nil {
			return records[:i]
		}
	}
	return records
}

// writePart writes the records of a part behind what is there.
func writePart(to []byte, records []*record) []byte {
	from := len(to)
	to = append(to, make([]byte, partHead)...)
	to = binary.AppendUvarint(to, uint64(len(records)))
	for _, r := range records {
		to = pack(to, r)
	}
	part := to[from:]
	binary.LittleEndian.PutUint32(part, uint32(len(part)-partHead)) //nolint:gosec // some megabytes
	binary.LittleEndian.PutUint32(part[4:], crc32.Checksum(part[partHead:], castagnoli))
	return to
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

// Save keeps what this run read. The tree's entries must still be as Load
// returned them.
func (c *Cache) Save(t *Tree) error {
	parts := c.parts + len(c.fresh)/partFull + 1
	switch few := 2*(len(c.fresh)+len(c.used))/partFull + 32; {
	case len(c.fresh) == 0 && parts <= few:
		return nil
	case c.size > 0 && parts <= few:
		if err := c.add(); err == nil {
			return nil
		}
	}
	return c.rewrite(t)
}

// add writes the new records behind the others.
func (c *Cache) add() error {
	f, err := os.OpenFile(c.name, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	var header digest
	if _, err := io.ReadFull(f, header[:]); err != nil || header != c.header {
		return fmt.Errorf("%s is another run's by now", c.name)
	}
	if info, err := f.Stat(); err != nil || info.Size() != c.size {
		return fmt.Errorf("%s is another run's by now", c.name)
	}
	var out []byte
	for records := range slices.Chunk(c.fresh, partFull) {
		out = writePart(out, records)
	}
	_, err = f.Write(out)
	return err
}

// rewrite writes the file anew, with the records of this run.
func (c *Cache) rewrite(t *Tree) error {
	records := c.fresh
	for i, d := range t.documents {
		if u := &t.units[i]; c.used[u.path] {
			r := *c.known[u.path]
			d = d.alone()
			r.Page, r.Seller, r.Product = d.Page, d.Seller, d.Product
			records = append(records, &r)
		}
	}
	slices.SortFunc(records, func(a, b *record) int { return strings.Compare(a.Path, b.Path) })
	chunks := slices.Collect(slices.Chunk(records, partFull))
	parts := make([][]byte, len(chunks))
	sideBySide(len(chunks), func(i int) { parts[i] = writePart(nil, chunks[i]) })
	f, err := os.CreateTemp(filepath.Dir(c.name), "new-*")
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	_, _ = w.Write(c.header[:])
	for _, p := range parts {
		_, _ = w.Write(p)
	}
	if err = errors.Join(w.Flush(), f.Close()); err == nil {
		err = os.Rename(f.Name(), c.name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// alone copies the document without what its catalog ties it to.
func (d *Document) alone() *Document {
	d = d.copy()
	if d.Product != nil {
		d.Product.Seller = nil
	}
	return d
}
