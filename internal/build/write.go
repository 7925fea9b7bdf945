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
	prover       *prover

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

// render renders every unit and stages what is new.
func (w *writer) render(ctx context.Context, s *site.Site) error {
	units := s.Units()
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
				u := &units[i]
				if err := s.Render(u, func(name string, data []byte) error { return w.file(u, name, data) }); err != nil {
					return err
				}
				tell(Rendering, int(done.Add(1)), len(units))
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
	if err := w.prover.verdict(); err != nil {
		return err
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
// Unchanged ones are looked through for secrets as well: what is secret changes.
func (w *writer) file(u *site.Unit, name string, data []byte) error {
	digest := sha256.Sum256(data)
	w.prover.file(u, name, data, digest)
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
