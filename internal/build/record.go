package build

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/site"
	"vitrine/internal/stamp"
)

// record is what a build remembers of what it wrote to a folder.
type record struct {
	inputs  digest // of all that the build was made from, for telling that nothing changed; zero where not known
	counts  diag.Counts
	stats   Stats
	secrets digest // of what the site was searched for and must not show; see prover
	dropped []string
	parts   []part
	files   []written // in order of their paths, manifest.json among them
}

// part is a unit of the site.
type part struct {
	key     site.Key
	dropped bool // its files say something that was looked for and is public as well
}

// written is a file of the site.
type written struct {
	path  string
	sum   digest
	size  int64
	part  int         // index into the parts
	stamp stamp.Stamp // in the output folder; zero where not known
}

// recordName is the name of the record of an output folder.
func recordName(out string) string {
	sum := sha256.Sum256([]byte(out))
	return "site-" + hex.EncodeToString(sum[:8])
}

// record reads what the last build into a folder remembered; nil where there is
// nothing.
func (m *Memory) record(out string) *record {
	if m == nil {
		return nil
	}
	data := m.read(recordName(out))
	if len(data) < 2*len(m.program) || digest(data) != m.program {
		return nil
	}
	r := &reader{data: data[len(m.program):], ok: true}
	rec := &record{inputs: r.digest()}
	for _, n := range rec.numbers() {
		*n = int(r.number())
	}
	rec.stats.Bytes = r.number()
	rec.stats.Foreign = r.texts()
	rec.secrets, rec.dropped = r.digest(), r.texts()
	rec.parts = make([]part, r.count())
	for i := range rec.parts {
		rec.parts[i] = part{site.Key(r.digest()), r.number() != 0}
	}
	rec.files = make([]written, r.count())
	for i := range rec.files {
		f := &rec.files[i]
		f.path, f.sum, f.size, f.part, f.stamp = r.text(), r.digest(), r.number(), int(r.number()), r.stamp()
		if f.part >= len(rec.parts) || !filepath.IsLocal(filepath.FromSlash(f.path)) {
			return nil
		}
	}
	if !r.ok {
		return nil
	}
	return rec
}

// keep writes the record of an output folder.
func (m *Memory) keep(out string, rec *record) {
	w := &writing{data: make([]byte, 0, 1<<16+160*len(rec.files))}
	w.digest(m.program)
	w.digest(rec.inputs)
	for _, n := range rec.numbers() {
		w.number(int64(*n))
	}
	w.number(rec.stats.Bytes)
	w.texts(rec.stats.Foreign)
	w.digest(rec.secrets)
	w.texts(rec.dropped)
	w.number(int64(len(rec.parts)))
	for _, p := range rec.parts {
		w.digest(digest(p.key))
		w.flag(p.dropped)
	}
	w.number(int64(len(rec.files)))
	for i := range rec.files {
		f := &rec.files[i]
		w.text(f.path)
		w.digest(f.sum)
		w.number(f.size)
		w.number(int64(f.part))
		w.data = f.stamp.Append(w.data)
	}
	m.write(recordName(out), w.data)
	m.forgetSites()
}

// numbers are the record's numbers in the order in which they are kept.
func (r *record) numbers() []*int {
	c, s := &r.counts, &r.stats
	return []*int{&c.Files, &c.Errors, &c.Warnings, &c.Waived, &s.Files, &s.Sellers, &s.Products}
}

// mostSites is how many output folders of a catalog are remembered.
const mostSites = 8

// forgetSites deletes the records of the output folders that were built the
// longest ago, when there are many.
func (m *Memory) forgetSites() {
	names, _ := filepath.Glob(filepath.Join(m.dir, "site-*"))
	if len(names) <= mostSites {
		return
	}
	slices.SortFunc(names, func(a, b string) int {
		x, y := stamp.Of(a), stamp.Of(b)
		return int(max(-1, min(1, x.Modified-y.Modified)))
	})
	for _, name := range names[:len(names)-mostSites] {
		_ = os.Remove(name)
	}
}

// look asks for the stamps of the files in the output folder, and reports whether
// they are all as they were. Of those that are not, the stamp becomes zero.
func (r *record) look(out string) bool {
	names := make([]string, len(r.files))
	for i := range r.files {
		names[i] = r.files[i].path
	}
	same := true
	for i, s := range stamp.Files(out, names) {
		if f := &r.files[i]; s != f.stamp || s == (stamp.Stamp{}) {
			f.stamp, same = stamp.Stamp{}, false
		}
	}
	return same
}

// find returns the file with a path, or nil.
func (r *record) find(path string) *written {
	if r == nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(r.files, path, func(f written, path string) int { return strings.Compare(f.path, path) })
	if !ok {
		return nil
	}
	return &r.files[i]
}

// insert adds a file.
func (r *record) insert(f written) {
	i, _ := slices.BinarySearchFunc(r.files, f.path, func(f written, path string) int { return strings.Compare(f.path, path) })
	r.files = slices.Insert(r.files, i, f)
}

// intact returns the parts whose files are all as they were written, as indexes by
// their keys.
func (r *record) intact() map[site.Key]int {
	if r == nil {
		return nil
	}
	whole := make([]bool, len(r.parts))
	for i := range r.files {
		whole[r.files[i].part] = true
	}
	for i := range r.files {
		if !r.files[i].intact() {
			whole[r.files[i].part] = false
		}
	}
	known := make(map[site.Key]int, len(r.parts))
	for p, ok := range whole {
		if ok {
			known[r.parts[p].key] = p
		}
	}
	return known
}

// of returns the files of each part.
func (r *record) of() [][]*written {
	of := make([][]*written, len(r.parts))
	for i := range r.files {
		p := r.files[i].part
		of[p] = append(of[p], &r.files[i])
	}
	return of
}
