package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watched are the folders of a catalog's root that the site is made from.
var watched = []string{"content", "themes", "i18n"}

// How long a burst of events may go on. A save is two or three events within a
// millisecond; git switching a branch writes hundreds of files in a second.
const (
	quietSave  = 4 * time.Millisecond  // without an event: a save is over
	quietBurst = 60 * time.Millisecond // the same, where there are many events
	burst      = 8                     // that many
	again      = 4 * quietBurst        // so soon after a burst, events belong to it
	halfSaved  = 80 * time.Millisecond // as long may a file be empty or missing that is being saved
	longest    = 2 * time.Second       // then what has been touched is looked at, come what may
)

// Everything, as what was touched, says that events were lost.
var Everything = []string{"."}

// Watch calls changed with the paths that were touched, below the catalog's
// root and with slashes, until ctx ends. A burst of events is one call. Where
// the system cannot watch so many folders, it looks at all files every two
// seconds instead, and says so.
//
// An event means "look there": a file in a folder that was made just now goes
// unreported, so a new folder is touched with everything in it.
func Watch(ctx context.Context, root string, changed func(touched []string), say func(format string, args ...any)) error {
	w, err := fsnotify.NewWatcher()
	if err == nil {
		defer w.Close()
		t := &tracker{watcher: w, root: root, folders: make(map[string]bool), touched: make(map[string]bool)}
		if err = t.addAll(); err == nil {
			t.run(ctx, changed, say)
			if ctx.Err() != nil {
				return nil
			}
			err = t.failed
		}
	}
	if !limit(err) {
		return fmt.Errorf("cannot watch the catalog's folders: %w", err)
	}
	say("the system cannot watch so many folders, so files are looked at every %s instead; to be faster, raise the limit: sysctl fs.inotify.max_user_watches=524288", pollEvery)
	poll(ctx, root, changed)
	return nil
}

// limit reports whether the system's limit of watches or files is reached.
func limit(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// tracker collects what is touched.
type tracker struct {
	watcher *fsnotify.Watcher
	root    string
	folders map[string]bool // that are watched
	touched map[string]bool
	events  int   // of the burst
	moved   bool  // a folder was moved
	failed  error // a folder that could not be watched
}

func (t *tracker) run(ctx context.Context, changed func([]string), say func(string, ...any)) {
	var first time.Time // event of the burst
	var over <-chan time.Time
	var flushed time.Time
	for t.failed == nil {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-t.watcher.Events:
			if !ok {
				return
			}
			if !t.event(e) {
				continue
			}
		case err, ok := <-t.watcher.Errors:
			if !ok {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				say("while watching: %v", err)
				continue
			}
			t.touched["."] = true // events were lost
		case <-over:
			over = nil
			if since := time.Since(first); t.busy() && since < longest {
				over = time.After(quietBurst)
				continue
			} else if since < halfSaved && t.halfSaved() {
				over = time.After(2 * quietSave)
				continue
			}
			t.flush(changed)
			flushed = time.Now()
			continue
		}
		now := time.Now()
		if over == nil {
			first = now
		}
		quiet := quietSave
		if t.events > burst || now.Sub(flushed) < again { // it was not over
			quiet = quietBurst
		}
		over = time.After(min(quiet, max(0, longest-now.Sub(first))))
	}
}

// event notes what an event touches; it reports whether that matters.
func (t *tracker) event(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	name := t.below(e.Name)
	if name == "" || ignored(name) {
		return false
	}
	t.touched[name] = true
	t.events++
	if e.Has(fsnotify.Rename) && t.folders[e.Name] {
		t.forget(e.Name)
	}
	if e.Has(fsnotify.Create) {
		t.add(e.Name, true)
	}
	return true
}

// below returns a path below the root with slashes, or "" for what the site is
// not made from.
func (t *tracker) below(name string) string {
	rel, err := filepath.Rel(t.root, name)
	if err != nil {
		return ""
	}
	rel = filepath.ToSlash(rel)
	top, _, _ := strings.Cut(rel, "/")
	if !slices.Contains(watched, top) {
		return ""
	}
	return rel
}

// ignored reports whether a path is one that the catalog passes over as well:
// dot files, and what editors leave behind.
func ignored(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#") ||
		strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".swx") || base == "4913" // Vim tries whether it can write
}

// forget stops watching a folder that was moved away: the system goes on to
// report what is in it, under names that it no longer has. All folders are
// watched anew when the burst is over: the folder may be in another place, and
// its own event, which is still to come, would end the watch there.
func (t *tracker) forget(dir string) {
	t.moved = true
	for name := range t.folders {
		if name == dir || strings.HasPrefix(name, dir+string(filepath.Separator)) {
			_ = t.watcher.Remove(name)
			delete(t.folders, name)
		}
	}
}

// add watches a folder and those below it. What is in a new folder counts as
// touched.
func (t *tracker) add(dir string, touch bool) {
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // gone again
		}
		name := t.below(p)
		if p != dir && ignored(filepath.ToSlash(p)) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if touch && name != "" {
			t.touched[name] = true
		}
		if !d.IsDir() {
			return nil
		}
		if err := t.watcher.Add(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		t.folders[p] = true
		return nil
	})
	if err != nil {
		t.failed = err
	}
}

// addAll watches the root, for folders that are not there yet, and everything
// that the site is made from.
func (t *tracker) addAll() error {
	if err := t.watcher.Add(t.root); err != nil {
		return err
	}
	for _, name := range watched {
		if dir := filepath.Join(t.root, name); exists(dir) {
			t.add(dir, false)
		}
	}
	return t.failed
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}

// busy reports whether git is at work: it holds a lock while it switches a
// branch.
func (t *tracker) busy() bool { return exists(filepath.Join(t.root, ".git", "index.lock")) }

// halfSaved reports whether an editor may be in the middle of a save: some move
// the file away before they write the new one, and most empty it first.
func (t *tracker) halfSaved() bool {
	for name := range t.touched {
		if path.Ext(name) == "" {
			continue // a folder
		}
		info, err := os.Lstat(filepath.Join(t.root, filepath.FromSlash(name)))
		if err != nil && exists(filepath.Join(t.root, filepath.FromSlash(path.Dir(name)))) || err == nil && info.Size() == 0 {
			return true
		}
	}
	return false
}

// flush hands over what was touched.
func (t *tracker) flush(changed func([]string)) {
	if t.moved || t.touched["."] {
		for name := range maps.Clone(t.touched) { // what was saved in them while nobody watched
			if dir := filepath.Join(t.root, filepath.FromSlash(name)); name != "." && isFolder(dir) {
				t.add(dir, true)
			}
		}
		if err := t.addAll(); err != nil {
			t.failed = err
		}
	}
	names := slices.Collect(maps.Keys(t.touched))
	if t.touched["."] {
		names = Everything
	}
	slices.Sort(names)
	clear(t.touched)
	t.events, t.moved = 0, false
	changed(names)
}
