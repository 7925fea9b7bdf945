package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// commit puts the staged files in place.
func (w *writer) commit() (*Stats, error) {
	stats := &Stats{Files: len(w.files) + 1, Written: len(w.staged)}
	for i := range w.files {
		stats.Bytes += w.files[i].size
	}
	if w.fresh {
		if err := os.Rename(filepath.Join(w.staging, stagedSite), w.out); err != nil {
			return nil, fmt.Errorf("cannot put the site in place: %w", cause(err))
		}
		return stats, nil
	}
	if err := w.makeWay(); err != nil {
		return nil, fmt.Errorf("cannot use the output folder: %w", cause(err))
	}
	if err := w.foreign(stats); err != nil {
		return nil, fmt.Errorf("cannot use the output folder: %w", cause(err))
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
	if err := w.clear(stats); err != nil {
		return nil, err
	}
	// Last: until then, those in staging say what is ours.
	if err := w.move(manifestName); err != nil && !errors.Is(err, fs.ErrNotExist) { // not staged where nothing changed
		return nil, err
	}
	w.unsettled = false
	return stats, nil
}

// stale lists the files of the builds before that the site no longer has.
func (w *writer) stale() (names []string) {
	for name := range w.owned {
		if !w.made(name) {
			names = append(names, name)
		}
	}
	if w.before != nil { // both lists are in order
		next := 0
		for i := range w.before.files {
			name := w.before.files[i].path
			for next < len(w.files) && w.files[next].path < name {
				next++
			}
			if (next == len(w.files) || w.files[next].path != name) && name != manifestName {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// made reports whether the site has a file.
func (w *writer) made(name string) bool {
	_, ok := slices.BinarySearchFunc(w.files, name, func(f written, name string) int { return strings.Compare(f.path, name) })
	return ok || name == manifestName
}

// ours reports whether a build before wrote a file.
func (w *writer) ours(name string) bool { return w.owned[name] || w.before.find(name) != nil }

// clear deletes the files of the builds before that are no longer made.
func (w *writer) clear(stats *Stats) error {
	for _, name := range w.stale() {
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

// makeWay deletes what is ours and stands where a folder must be. Whatever else
// stands in the way of a file is never overwritten: then it fails, before anything
// is moved.
func (w *writer) makeWay() error {
	looked := make(map[string]bool) // folders
	var stale []string
	for _, name := range append(w.staged, manifestName) {
		p := filepath.Join(w.out, filepath.FromSlash(name))
		if info, err := os.Lstat(p); err == nil && (info.IsDir() || !w.ours(name)) {
			return inTheWay(p)
		}
		for dir := path.Dir(name); dir != "." && !looked[dir]; dir = path.Dir(dir) {
			looked[dir] = true
			p := filepath.Join(w.out, filepath.FromSlash(dir))
			switch info, err := os.Lstat(p); {
			case err != nil || info.IsDir():
			case w.ours(dir):
				stale = append(stale, p)
			default:
				return inTheWay(p)
			}
		}
	}
	for _, p := range stale {
		if err := os.Remove(p); err != nil {
			return err
		}
	}
	return nil
}

func inTheWay(p string) error {
	return fmt.Errorf("%s was not written by vitrine, and the site needs its place: move it away, or name another folder with --out", p)
}

// foreign lists what stands in the output folder and is not ours. With a record of
// the build before, that is what was there then: looking through the folder would
// take longer than most builds.
func (w *writer) foreign(stats *Stats) error {
	if w.before != nil {
		stats.Foreign = slices.DeleteFunc(slices.Clone(w.before.stats.Foreign), func(name string) bool {
			_, err := os.Lstat(filepath.Join(w.out, filepath.FromSlash(name)))
			return err != nil || w.made(name)
		})
		return nil
	}
	return filepath.WalkDir(w.out, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(w.out, p)
		if name := filepath.ToSlash(rel); err == nil && !w.ours(name) && !w.made(name) {
			stats.Foreign = append(stats.Foreign, name)
		}
		return err
	})
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
