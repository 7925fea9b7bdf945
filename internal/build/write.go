package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"vitrine/internal/site"
)

// manifestName is the list of the site's files, and the mark of a folder that
// this program made.
const manifestName = "manifest.json"

// manifest is manifest.json. It does not list itself.
type manifest struct {
	Version int            `json:"version"`
	Files   []manifestFile `json:"files"`
}

type manifestFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

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
type writer struct {
	out, staging string // absolute
	fresh        bool   // there is no output folder yet
	lock         *os.File
	owned        map[string]bool // files of the builds before
	unsettled    bool            // the output holds files that only the staging folder knows of

	mu     sync.Mutex
	files  []manifestFile
	staged []string
	folder sync.Map // folders made in staging
}

const (
	stagedSite  = "site"
	stagedOwned = "owned.json"
)

// newWriter prepares a build into the folder out. The folder must not be, hold
// or lie in what the catalog is made from.
func newWriter(source, out string) (*writer, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	if err := Guard(source, abs); err != nil {
		return nil, err
	}
	w := &writer{out: abs, staging: filepath.Join(filepath.Dir(abs), "."+filepath.Base(abs)+".vitrine"), owned: make(map[string]bool)}
	setUmask()
	if err := w.prepare(out); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// prepare locks the staging folder, notes which files are ours, and empties it.
func (w *writer) prepare(out string) error {
	if err := w.hold(out); err != nil {
		return err
	}
	info, err := os.Stat(w.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		w.fresh = true
	case err != nil:
		return fmt.Errorf("cannot use the output folder %s: %w", out, cause(err))
	case !info.IsDir():
		return fmt.Errorf("cannot write the site to %s: it is a file; name a folder with --out", out)
	}
	if !w.own(filepath.Join(w.out, manifestName)) {
		return fmt.Errorf("%s is not one that vitrine wrote: move it away, or name another folder with --out", filepath.Join(out, manifestName))
	}
	before := len(w.owned)
	w.own(filepath.Join(w.staging, stagedOwned)) // of a run that was killed: it may be cut off
	w.own(filepath.Join(w.staging, stagedSite, manifestName))
	if len(w.owned) > before {
		w.unsettled = true
		if err := w.keepOwned(); err != nil {
			return fmt.Errorf("cannot write to %s: %w", w.staging, cause(err))
		}
	}
	site := filepath.Join(w.staging, stagedSite)
	if err := errors.Join(os.RemoveAll(site), os.Mkdir(site, 0o755)); err != nil {
		return fmt.Errorf("cannot clear %s: %w", site, cause(err))
	}
	return nil
}

// hold makes the staging folder and locks it. A run that ends removes its
// folder, so the one that was locked may be gone: then it is made again.
func (w *writer) hold(out string) error {
	for range 100 {
		if err := os.MkdirAll(w.staging, 0o755); err != nil {
			return fmt.Errorf("cannot make the folder %s: %w", w.staging, cause(err))
		}
		f, err := lock(w.staging)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("another build is writing to %s: wait until it ends", out)
		}
		locked, err := f.Stat()
		if err == nil {
			if now, err := os.Stat(w.staging); err == nil && os.SameFile(locked, now) {
				w.lock = f
				return nil
			}
		}
		_ = f.Close()
	}
	return fmt.Errorf("other builds keep writing to %s: wait until they end", out)
}

// own notes the files that a manifest lists, if there is one. It reports
// whether the manifest is one of ours.
func (w *writer) own(name string) bool {
	data, err := os.ReadFile(name)
	if err != nil {
		return true // without a manifest, nothing in the folder is ours
	}
	var m manifest
	if json.Unmarshal(data, &m) != nil || m.Version != 1 {
		return false
	}
	w.owned[manifestName] = true
	for _, f := range m.Files {
		if filepath.IsLocal(f.Path) {
			w.owned[f.Path] = true
		}
	}
	return true
}

// keepOwned writes down what is ours before the record of a killed run is
// cleared: this run may be killed as well.
func (w *writer) keepOwned() error {
	m := manifest{Version: 1}
	for _, name := range slices.Sorted(maps.Keys(w.owned)) {
		m.Files = append(m.Files, manifestFile{Path: name})
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	name := filepath.Join(w.staging, stagedOwned)
	if err := os.WriteFile(name+".new", data, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// Guard refuses an output folder that is, holds or lies in what the catalog is
// made from.
func Guard(source, out string) error {
	root, err := filepath.Abs(source)
	if err == nil {
		out, err = filepath.Abs(out)
	}
	if err != nil {
		return err
	}
	root, out = real(root), real(out)
	home, _ := os.UserHomeDir()
	if out == filepath.Dir(out) || home != "" && out == real(home) {
		return fmt.Errorf("%s cannot be the output folder: name a folder of its own with --out", out)
	}
	if within(root, out) {
		return fmt.Errorf("%s cannot be the output folder: the catalog lies in it; name a folder of its own with --out", out)
	}
	for _, dir := range []string{"content", "themes", "i18n", ".git"} {
		if in := filepath.Join(root, dir); within(out, in) {
			return fmt.Errorf("%s cannot be the output folder: the catalog is made from %s; name a folder of its own with --out", out, in)
		}
	}
	return nil
}

// real resolves symbolic links in the part of a path that exists.
func real(p string) string {
	if r, err := filepath.EvalSymlinks(p); err == nil {
		return r
	}
	if parent := filepath.Dir(p); parent != p {
		return filepath.Join(real(parent), filepath.Base(p))
	}
	return p
}

// within reports whether a path is a folder or lies in it.
func within(p, dir string) bool {
	rel, err := filepath.Rel(dir, p)
	return err == nil && filepath.IsLocal(rel)
}

// render renders every unit and stages what is new.
func (w *writer) render(ctx context.Context, s *site.Site) error {
	units := s.Units()
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
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
				if err := s.Render(&units[i], w.file); err != nil {
					return err
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	slices.SortFunc(w.files, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	for i := 1; i < len(w.files); i++ {
		if w.files[i].Path == w.files[i-1].Path {
			return fmt.Errorf("two pages would be written to %s", w.files[i].Path)
		}
	}
	list, err := json.MarshalIndent(manifest{1, w.files}, "", " ")
	if err != nil {
		return err
	}
	list = append(list, '\n')
	if !w.fresh && w.same(manifestName, list) {
		return nil
	}
	return w.stage(manifestName, list)
}

// file notes one file of the site and stages it unless it is there already.
func (w *writer) file(name string, data []byte) error {
	digest := sha256.Sum256(data)
	same := !w.fresh && w.same(name, data)
	w.mu.Lock()
	w.files = append(w.files, manifestFile{name, hex.EncodeToString(digest[:]), int64(len(data))})
	if !same {
		w.staged = append(w.staged, name)
	}
	w.mu.Unlock()
	if same {
		return nil
	}
	return w.stage(name, data)
}

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

func (w *writer) stage(name string, data []byte) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return fmt.Errorf("the page %q would be written outside the output folder", name)
	}
	if err := w.mkdir(path.Dir(name)); err != nil {
		return fmt.Errorf("cannot make the folder for %s: %w", name, cause(err))
	}
	if err := os.WriteFile(filepath.Join(w.staging, stagedSite, filepath.FromSlash(name)), data, 0o644); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, cause(err))
	}
	return nil
}

// mkdir makes a folder in staging. It remembers which ones there are: asking
// the system about each parent of each page takes longer than making them.
func (w *writer) mkdir(dir string) error {
	if _, made := w.folder.Load(dir); made || dir == "." {
		return nil
	}
	if err := w.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(w.staging, stagedSite, filepath.FromSlash(dir)), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	w.folder.Store(dir, true)
	return nil
}

// commit puts the staged files in place.
func (w *writer) commit() (*Stats, error) {
	stats := &Stats{Files: len(w.files) + 1, Written: len(w.staged)}
	made := make(map[string]bool, len(w.files)+1)
	made[manifestName] = true
	for _, f := range w.files {
		made[f.Path] = true
		stats.Bytes += f.Bytes
	}
	if w.fresh {
		if err := os.Rename(filepath.Join(w.staging, stagedSite), w.out); err != nil {
			return nil, fmt.Errorf("cannot put the site in place: %w", cause(err))
		}
		return stats, nil
	}
	if err := w.foreign(stats, made); err != nil {
		return nil, err
	}
	// What pages refer to comes before them, and pages before what lists them.
	slices.SortFunc(w.staged, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	w.unsettled = true
	for _, name := range w.staged {
		if err := w.move(name); err != nil {
			return nil, err
		}
	}
	if err := w.clear(stats, made); err != nil {
		return nil, err
	}
	// Last: until then, those in staging say what is ours.
	if err := w.move(manifestName); err != nil && !errors.Is(err, fs.ErrNotExist) { // not staged where nothing changed
		return nil, err
	}
	w.unsettled = false
	return stats, nil
}

// clear deletes the files of the builds before that are no longer made.
func (w *writer) clear(stats *Stats, made map[string]bool) error {
	for _, name := range slices.Sorted(maps.Keys(w.owned)) {
		if made[name] {
			continue
		}
		err := os.Remove(filepath.Join(w.out, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("cannot delete %s, which the site no longer has: %w", name, cause(err))
		}
		stats.Deleted++
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if os.Remove(filepath.Join(w.out, filepath.FromSlash(dir))) != nil {
				break // not empty
			}
		}
	}
	return nil
}

// rank orders files by who refers to them.
func rank(name string) int {
	switch ext := path.Ext(name); {
	case strings.HasPrefix(name, "assets/"), strings.HasPrefix(name, "files/"):
		return 0
	case ext == ".html" && strings.Count(name, "/") > 3:
		return 1
	case ext == ".html":
		return 2
	}
	return 3
}

// foreign lists what stands in the output folder and is not ours. Such a file
// is never overwritten; one that holds just what the site would write is ours.
// It fails where something stands in the way of a page, before anything is
// moved, and clears the way of what is ours.
func (w *writer) foreign(stats *Stats, made map[string]bool) error {
	files := map[string]bool{manifestName: true} // to be moved
	folders := make(map[string]bool)             // that they need
	for _, name := range w.staged {
		files[name] = true
		for dir := path.Dir(name); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	var stale []string // ours, where a folder must be
	err := filepath.WalkDir(w.out, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(w.out, p)
		name := filepath.ToSlash(rel)
		switch {
		case err != nil:
			return err
		case d.IsDir() && !files[name]:
			return nil
		case !d.IsDir() && w.owned[name]:
			if folders[name] {
				stale = append(stale, p)
			}
			return nil
		case files[name], folders[name]:
			return fmt.Errorf("%s was not written by vitrine, and the site needs its place: move it away, or name another folder with --out", p)
		case !made[name]:
			stats.Foreign = append(stats.Foreign, name)
		}
		return nil
	})
	for _, p := range stale {
		err = errors.Join(err, os.Remove(p))
	}
	if err != nil {
		return fmt.Errorf("cannot use the output folder: %w", cause(err))
	}
	return nil
}

func (w *writer) move(name string) error {
	from, to := filepath.Join(w.staging, stagedSite, filepath.FromSlash(name)), filepath.Join(w.out, filepath.FromSlash(name))
	if _, err := os.Lstat(from); err != nil {
		return err
	}
	err := os.Rename(from, to)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(to), 0o755); err == nil {
			err = os.Rename(from, to)
		}
	}
	if err != nil {
		return fmt.Errorf("cannot put %s in place: %w", name, cause(err))
	}
	return nil
}

// close removes what the build left beside the output folder, unless the next
// run needs it to know what is ours.
func (w *writer) close() {
	if w.lock == nil {
		return
	}
	if !w.unsettled {
		_ = os.RemoveAll(w.staging)
	}
	_ = w.lock.Close()
}

// cause strips the operation and the path from an I/O error.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
