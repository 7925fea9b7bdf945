package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"vitrine/internal/site"
	"vitrine/internal/stamp"
)

// writer puts a site into a folder. New and changed files are first written to
// a staging folder beside it; only when all of them are there are they moved to
// their places, and what is no longer made is deleted. Files with the same bytes
// as before are not touched. The staging folder holds
//
//	site/       the new files
//	owned.json  the files of the builds before, as a manifest
//
// A run that was killed leaves it: owned.json and the new manifest in site/ then
// tell the next run which files in the output are ours.
//
// Units whose files stand there already, by the record of the build before, are
// not rendered at all.
type writer struct {
	out, staging string // absolute
	fresh        bool   // there is no output folder yet
	lock         *os.File
	before       *record         // of the build before, or nil
	owned        map[string]bool // files of the builds before, where there is no record of them
	unsettled    bool            // the output holds files that only the staging folder knows of
	prover       *prover
	stage        *stage

	parts  []part // one a unit
	kept   []int  // by unit: its part of the record before, or -1 where it is rendered
	mu     sync.Mutex
	files  []written // of those that are rendered; in the end, of all
	staged []string

	manifest *written
}

// newWriter prepares a build into the folder out. The folder must not be, hold
// or lie in what the catalog is made from. The record is that of the build
// before, whose files were looked at, or nil.
func newWriter(source, out string, before *record) (*writer, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	if err := Guard(source, abs); err != nil {
		return nil, err
	}
	w := &writer{out: abs, staging: stagingOf(abs), before: before, owned: make(map[string]bool)}
	setUmask()
	if err := w.prepare(out); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// stagingOf returns the staging folder of an output folder.
func stagingOf(out string) string {
	return filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".vitrine")
}

// render renders every unit that is not there yet and stages what is new.
func (w *writer) render(ctx context.Context, s *site.Site, remember bool) error {
	units := s.Units()
	w.parts = make([]part, len(units))
	if remember {
		sideBySide(len(units), func(i int) { w.parts[i].key = s.Key(&units[i]) })
	}
	w.keep()
	var unproven [][]*written // by part: files that must be looked through
	if !w.proven() {
		unproven = w.before.of()
	}
	w.stage = newStage(filepath.Join(w.staging, stagedSite))
	group, ctx := errgroup.WithContext(ctx)
	tell := tell(ctx)
	var next, done atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(units) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if k := w.kept[i]; k < 0 || unproven != nil && !w.prove(&units[i], i, unproven[k]) {
					w.kept[i], w.parts[i].dropped = -1, false
					if err := s.Render(&units[i], func(name string, data []byte) error { return w.file(&units[i], i, name, data) }); err != nil {
						return err
					}
				}
				tell(Rendering, int(done.Add(1)), len(units))
			}
		})
	}
	err := group.Wait()
	if e := w.stage.close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	return w.prover.verdict()
}

// sideBySide runs n small tasks on all cores.
func sideBySide(n int, task func(i int)) {
	const batch = 64
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for {
				from := int(next.Add(batch)) - batch
				if from >= n {
					return
				}
				for i := from; i < min(from+batch, n); i++ {
					task(i)
				}
			}
		})
	}
	group.Wait()
}

// keep finds the units whose files stand in the output folder already.
func (w *writer) keep() {
	known := w.before.intact()
	w.kept = make([]int, len(w.parts))
	for i := range w.parts {
		w.kept[i] = -1
		if p, ok := known[w.parts[i].key]; ok {
			w.kept[i], w.parts[i].dropped = p, w.before.parts[p].dropped
		}
	}
}

// proven reports whether the files that stand there need not be looked through
// again: the same was looked for when they were written, and all that was found
// and let pass, since the public state says it as well, is still there.
func (w *writer) proven() bool {
	if w.prover == nil || w.before == nil {
		return true
	}
	said := 0
	for _, p := range w.before.parts {
		if p.dropped {
			said++
		}
	}
	for i := range w.parts {
		if w.parts[i].dropped {
			said--
		}
	}
	if said == 0 && w.prover.key == w.before.secrets {
		w.prover.drop(w.before.dropped)
		return true
	}
	for i := range w.parts {
		w.parts[i].dropped = false
	}
	return false
}

// prove looks through the files of a unit that stand there already: what is
// secret has changed. It reports whether they are what they were.
func (w *writer) prove(u *site.Unit, i int, files []*written) bool {
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(w.out, filepath.FromSlash(f.path)))
		if err != nil || sha256.Sum256(data) != f.sum {
			return false
		}
		w.parts[i].dropped = w.prover.file(u, f.path, data, f.sum) || w.parts[i].dropped
	}
	return true
}

// file notes one file of the site and stages it unless it is there already.
func (w *writer) file(u *site.Unit, i int, name string, data []byte) error {
	f := written{path: name, sum: sha256.Sum256(data), size: int64(len(data)), part: i}
	if w.prover.file(u, name, data, f.sum) {
		w.parts[i].dropped = true
	}
	same := false
	if before := w.before.find(name); before != nil && before.stamp != (stamp.Stamp{}) {
		if same = before.sum == f.sum; same {
			f.stamp = before.stamp
		}
	} else {
		same = !w.fresh && w.same(name, data)
	}
	w.mu.Lock()
	w.files = append(w.files, f)
	if !same {
		w.staged = append(w.staged, name)
	}
	w.mu.Unlock()
	if same {
		return nil
	}
	return w.stage.write(name, data)
}

// settle puts all files in their order, and stages the manifest.
func (w *writer) settle() error {
	slices.SortFunc(w.files, func(a, b written) int { return strings.Compare(a.path, b.path) })
	all := w.files
	if w.before != nil {
		unit := make([]int, len(w.before.parts)) // by part: the unit that has its files now, or -1
		for p := range unit {
			unit[p] = -1
		}
		for i, p := range w.kept {
			if p >= 0 {
				unit[p] = i
			}
		}
		all = make([]written, 0, len(w.before.files)+len(w.files))
		next := 0
		for i := range w.before.files {
			f := w.before.files[i]
			if f.part = unit[f.part]; f.part < 0 {
				continue
			}
			for ; next < len(w.files) && w.files[next].path <= f.path; next++ {
				all = append(all, w.files[next])
			}
			all = append(all, f)
		}
		all = append(all, w.files[next:]...)
	}
	w.files = all
	for i := 1; i < len(all); i++ {
		if all[i].path == all[i-1].path {
			return fmt.Errorf("two pages would be written to %s", all[i].path)
		}
	}
	if len(w.staged) == 0 && w.before != nil && len(all) == len(w.before.files)-1 && w.before.find(manifestName).intact() {
		w.manifest = w.before.find(manifestName)
		return nil // nothing was made, and nothing is gone
	}
	list := manifestOf(all)
	w.manifest = &written{path: manifestName, sum: sha256.Sum256(list), size: int64(len(list))}
	before := w.before.find(manifestName)
	if before.intact() && before.sum == w.manifest.sum {
		w.manifest.stamp = before.stamp
		return nil
	}
	if !w.fresh && w.same(manifestName, list) {
		return nil
	}
	return stageFile(filepath.Join(w.staging, stagedSite), manifestName, list)
}

func (f *written) intact() bool { return f != nil && f.stamp != (stamp.Stamp{}) }

// same reports whether the output folder holds these bytes already.
func (w *writer) same(name string, data []byte) bool {
	p := filepath.Join(w.out, filepath.FromSlash(name))
	info, err := os.Lstat(p)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	f, err := os.Open(p)
	if err != nil {
		return false
	}
	defer f.Close()
	var chunk [32 << 10]byte
	for len(data) > 0 {
		n, err := f.Read(chunk[:])
		if n == 0 || err != nil && err != io.EOF || n > len(data) || !bytes.Equal(chunk[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}
