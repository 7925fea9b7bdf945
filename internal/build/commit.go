package build

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

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
