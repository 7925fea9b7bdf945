package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"vitrine/i18n"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/site"
	"vitrine/internal/stamp"
	"vitrine/themes"
)

type digest = [sha256.Size]byte

// Memory is what runs on a catalog leave for later ones: a folder of files that
// may be deleted at any time. Whatever is wrong with one, the work is done again.
//
//	program   the digest of the executable, by its stamp
//	files     the stamps of the catalog's files
//	entries   what was read and checked of each entry, by its files' stamps and bytes
//	dates     what the history of a commit tells
//	site-*    what was written to an output folder, by what it was made of
//
// It stands outside of the catalog, since what is in there comes from strangers: a
// file of theirs that says that their entries were checked must not be believed.
//
// A nil *Memory remembers nothing.
type Memory struct {
	dir     string
	program digest
	looking sync.WaitGroup // until which what follows is not known
	before  *stamp.Tree    // the catalog's files at an earlier run, or nil
	tree    *stamp.Tree    // the catalog's files, when the memory was opened
	id      digest         // the tree's: the same as long as nothing changes; zero where stamps cannot tell
	known   bool           // the file has it
	noticed bool           // there was something to say that each build says again
}

// sources are the folders that a catalog is made of.
var sources = []string{"content", "themes", "i18n"}

// mostUnused is how long the memory of a catalog is kept that nobody builds.
const mostUnused = 60 * 24 * time.Hour

// OpenMemory opens the memory of a catalog in a folder that holds those of all
// catalogs, and begins to look at the catalog's files: none may be read before
// Look returned. It is nil where there can be none.
func OpenMemory(folder, root string) *Memory {
	real, err := filepath.Abs(root)
	if err == nil {
		real, err = filepath.EvalSymlinks(real)
	}
	if err != nil || folder == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(real))
	m := &Memory{dir: filepath.Join(folder, hex.EncodeToString(sum[:8]))}
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return nil
	}
	if m.program, err = m.programDigest(); err != nil {
		return nil // without it, one program would believe what another one did
	}
	m.looking.Go(func() { m.look(real) })
	return m
}

// programDigest returns the digest of the executable.
func (m *Memory) programDigest() (sum digest, err error) {
	name, err := os.Executable()
	if err != nil {
		return sum, err
	}
	s := stamp.Of(name)
	key := s.Append(stamp.AppendText(nil, name))
	if known := m.read("program"); len(known) == len(key)+len(sum) && bytes.HasPrefix(known, key) {
		return digest(known[len(key):]), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, err
	}
	h.Sum(sum[:0])
	if s.Settled(time.Now()) {
		m.write("program", append(key, sum[:]...))
	}
	return sum, nil
}

// look looks at the catalog's files. Where they are as they were, so is the
// tree's id.
func (m *Memory) look(root string) {
	var id digest
	if data := m.read("files"); len(data) > 2*len(id) && digest(data) == m.program {
		id = digest(data[len(id):])
		m.before, _, _ = stamp.ReadTree(data[2*len(id):])
	}
	m.tree = stamp.Look(root, m.before, sources...)
	switch {
	case m.before != nil && id != digest{} && m.tree.Equal(m.before):
		m.id, m.known = id, true
	case m.tree.Settled():
		m.id = sha256.Sum256(m.tree.Append(nil))
	}
}

// Look waits until the catalog's files were looked at. It reports whether an
// earlier run of the same program left something.
func (m *Memory) Look() bool {
	if m == nil {
		return false
	}
	m.looking.Wait()
	return m.before != nil
}

// Save keeps what was seen of the catalog's files.
func (m *Memory) Save() {
	if m == nil || m.known {
		return
	}
	m.write("files", m.tree.Append(slices.Concat(m.program[:], m.id[:])))
	m.forget()
}

// forget deletes the memories of catalogs that were not built for long. Somebody
// may keep other things in the folder: only our own files go, and a folder that is
// empty then.
func (m *Memory) forget() {
	programs, _ := filepath.Glob(filepath.Join(filepath.Dir(m.dir), "????????????????", "program"))
	for _, name := range programs {
		dir := filepath.Dir(name)
		info, err := os.Stat(dir)
		if _, other := hex.DecodeString(filepath.Base(dir)); err != nil || other != nil || dir == m.dir || time.Since(info.ModTime()) < mostUnused {
			continue
		}
		for _, ours := range []string{"files", "entries", "dates", "site-*", "new-*", "program"} {
			names, _ := filepath.Glob(filepath.Join(dir, ours))
			for _, name := range names {
				_ = os.Remove(name)
			}
		}
		_ = os.Remove(dir)
	}
}

// entries opens what is known of the entries.
func (m *Memory) entries(words *i18n.Set) *content.Cache {
	if m == nil {
		return nil
	}
	m.Look()
	key := sha256.New()
	key.Write(m.program[:])
	sum := words.Digest()
	key.Write(sum[:])
	return content.OpenCache(filepath.Join(m.dir, "entries"), digest(key.Sum(nil)), check.Rules(), m.tree)
}

// key digests what pages are made of beside the entries.
func (m *Memory) key(r *check.Result, theme *themes.Theme) site.Key {
	if m == nil {
		return site.Key{}
	}
	h := sha256.New()
	words, parts := r.Words.Digest(), theme.Digest()
	for _, d := range []digest{m.program, r.Catalog.Digest, words, parts} {
		h.Write(d[:])
	}
	return site.Key(h.Sum(nil))
}

// notice keeps builds from being skipped that have something to say.
func (m *Memory) notice() {
	if m != nil {
		m.noticed = true
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// read returns what was written under a name; nil where there is nothing whole.
func (m *Memory) read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil || len(data) < 4 {
		return nil
	}
	end := len(data) - 4
	sum := crc32.Checksum(data[:end], castagnoli)
	if !bytes.Equal(data[end:], []byte{byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)}) {
		return nil
	}
	return data[:end]
}

// write keeps something under a name. If it cannot, the next run does the work
// again.
func (m *Memory) write(name string, data []byte) {
	sum := crc32.Checksum(data, castagnoli)
	data = append(data, byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24))
	f, err := os.CreateTemp(m.dir, "new-*")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(m.dir, name))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
}
