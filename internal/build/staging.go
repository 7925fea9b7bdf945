package build

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// What is in the staging folder.
const (
	stagedSite  = "site"
	stagedOwned = "owned.json"
)

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
	if !w.before.find(manifestName).intact() && !w.own(filepath.Join(w.out, manifestName)) {
		return fmt.Errorf("%s is not one that vitrine wrote: move it away, or name another folder with --out", filepath.Join(out, manifestName))
	}
	known := len(w.owned)
	w.own(filepath.Join(w.staging, stagedOwned)) // of a run that was killed: it may be cut off
	w.own(filepath.Join(w.staging, stagedSite, manifestName))
	if len(w.owned) > known {
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
		err := os.MkdirAll(w.staging, 0o755)
		if errors.Is(err, fs.ErrExist) {
			continue // another run removed it in the middle of the call
		}
		if err != nil {
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

// allOwned lists the files that builds before wrote.
func (w *writer) allOwned() []string {
	names := slices.Collect(maps.Keys(w.owned))
	if w.before != nil {
		for i := range w.before.files {
			names = append(names, w.before.files[i].path)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// keepOwned writes down what is ours before the record of a killed run is
// cleared: this run may be killed as well.
func (w *writer) keepOwned() error {
	m := manifest{Version: 1}
	for _, name := range w.allOwned() {
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
