package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/history"
	"vitrine/internal/site"
	"vitrine/internal/stamp"
)

// Output is a folder that a site is built into, with what is remembered of the
// build before.
type Output struct {
	root   *content.Root
	dir    string // as it was named
	memory *Memory
	inputs digest // of all that a build is made from; zero where stamps cannot tell

	reading sync.WaitGroup // of the record
	looking sync.WaitGroup // at its files
	before  *record        // nil where nothing is known
	same    bool           // its files are all as they were
}

// OpenOutput looks at an output folder, which must not be, hold or lie in what the
// catalog is made from.
func OpenOutput(root *content.Root, dir string, opt Options) (*Output, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := Guard(root.Dir(), abs); err != nil {
		return nil, err
	}
	o := &Output{root: root, dir: dir, memory: opt.Memory}
	if o.memory == nil {
		return o, nil
	}
	o.reading.Go(func() { o.before = o.memory.record(abs) })
	o.looking.Go(func() { // there may be a hundred thousand: meanwhile, other work begins
		if o.reading.Wait(); o.before != nil {
			o.same = o.before.look(abs)
		}
	})
	if o.memory.Look(); o.memory.id != (digest{}) {
		h := sha256.New()
		h.Write(o.memory.id[:])
		fmt.Fprintf(h, "%q %q %q %t %t", history.State(root.Dir()), opt.BaseURL, opt.At, opt.Drafts, opt.Preview)
		h.Sum(o.inputs[:0])
	}
	return o, nil
}

// Unchanged returns what the build before returned, and what its check counted, if
// a build would come to the same: nothing of what it is made from has changed, nor
// of what it wrote. ok is false where that is not sure.
func (o *Output) Unchanged() (stats *Stats, counts diag.Counts, ok bool) {
	o.reading.Wait()
	if o.before == nil || o.inputs == (digest{}) || o.inputs != o.before.inputs {
		return nil, counts, false
	}
	if o.looking.Wait(); !o.same {
		return nil, counts, false
	}
	if _, err := os.Lstat(stagingOf(absolute(o.dir))); err == nil {
		return nil, counts, false // a build is at work, or was killed
	}
	return &o.before.stats, o.before.counts, true
}

func absolute(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	return abs
}

// Build renders the site of a checked catalog into the folder.
func (o *Output) Build(ctx context.Context, s *site.Site, r *check.Result) (*Stats, error) {
	o.looking.Wait()
	tell := tell(ctx)
	tell(Rendering, 0, len(s.Units()))
	w, err := newWriter(o.root.Dir(), o.dir, o.before)
	if err != nil {
		return nil, err
	}
	defer w.close()
	if w.prover, err = newProver(s); err != nil {
		return nil, err
	}
	if err := w.render(ctx, s, o.memory != nil); err != nil {
		return nil, err
	}
	tell(Writing, 0, 0)
	stats, err := w.commit()
	if err != nil {
		return nil, err
	}
	stats.Sellers, stats.Products = s.Counts()
	if o.memory != nil {
		o.keep(w, stats, r.Counts())
	}
	return stats, nil
}

// keep remembers what was written. Notices are said by builds that do something,
// so that one whose dates are not known is never skipped.
func (o *Output) keep(w *writer, stats *Stats, counts diag.Counts) {
	rec := &record{counts: counts, stats: *stats, dropped: w.prover.dropped(), parts: append(w.parts, part{})}
	if counts.Errors == 0 && !o.memory.noticed {
		rec.inputs = o.inputs
	}
	if w.prover != nil {
		rec.secrets = w.prover.key
	}
	rec.files = w.files
	if m := w.manifest; m != nil {
		m.part = len(w.parts)
		rec.insert(*m)
	}
	var names []string
	var at []int
	for i := range rec.files {
		if !rec.files[i].intact() {
			names, at = append(names, rec.files[i].path), append(at, i)
		}
	}
	for k, s := range stamp.Files(w.out, names) {
		rec.files[at[k]].stamp = s
	}
	o.memory.keep(w.out, rec)
}
