package lsp

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
)

// workspace is one catalog: its last check, and what was touched since. One
// goroutine checks it, again and again.
type workspace struct {
	s    *server
	dir  string
	ctx  context.Context
	stop context.CancelFunc
	wake chan struct{} // holds one: something was touched, or somebody waits

	mu        sync.Mutex
	touched   map[string]bool // paths below the root
	edits     int             // how often something was touched
	checked   int             // edits that the last check has seen
	waiting   int             // who wants the check at once
	cancel    func()          // ends the check that is running: there is something newer
	ended     chan struct{}   // closed when the next check ends
	result    *check.Result   // the last one, or nil
	failed    error           // why there is none
	published map[string]string
}

func newWorkspace(s *server, dir string) *workspace {
	w := &workspace{s: s, dir: dir, wake: make(chan struct{}, 1), touched: make(map[string]bool), ended: make(chan struct{}), published: make(map[string]string)}
	w.ctx, w.stop = context.WithCancel(s.ctx)
	w.touch()
	return w
}

// touch notes that files or folders are no longer what they were.
func (w *workspace) touch(paths ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range paths {
		w.touched[p] = true
	}
	w.edits++
	if w.cancel != nil && w.result != nil { // the first check is what all others begin from
		w.cancel()
	}
	w.ring()
}

func (w *workspace) ring() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// current returns the check of what is in the editor now. It waits for it, and
// no pause for further keys is made.
func (w *workspace) current(ctx context.Context) (*check.Result, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting++
	defer func() { w.waiting-- }()
	for want := w.edits; w.checked < want; {
		w.ring()
		ended := w.ended
		w.mu.Unlock()
		select {
		case <-ended:
		case <-ctx.Done():
		case <-w.ctx.Done():
		}
		w.mu.Lock()
		if err := errors.Join(ctx.Err(), w.ctx.Err()); err != nil {
			return nil, err
		}
	}
	return w.result, w.failed
}

// latest returns the last check there is, after the first one.
func (w *workspace) latest(ctx context.Context) *check.Result {
	w.mu.Lock()
	r := w.result
	w.mu.Unlock()
	if r == nil {
		r, _ = w.current(ctx)
	}
	return r
}

// run checks the catalog whenever something was touched, after a pause in which
// nothing more was.
func (w *workspace) run() {
	for {
		select {
		case <-w.ctx.Done():
			w.takeBack()
			return
		case <-w.wake:
		}
		w.settle()
		w.check()
	}
}

// settle waits until nothing is touched any more: for ten pauses at most.
func (w *workspace) settle() {
	pause := time.NewTimer(w.s.opt.Pause)
	defer pause.Stop()
	longest := time.After(10 * w.s.opt.Pause)
	for {
		w.mu.Lock()
		hurry := w.waiting > 0 || w.result == nil
		w.mu.Unlock()
		if hurry {
			return
		}
		select {
		case <-w.ctx.Done():
			return
		case <-w.wake:
			pause.Reset(w.s.opt.Pause)
		case <-pause.C:
			return
		case <-longest:
			return
		}
	}
}

// check checks the catalog once, and publishes what was found. Where something
// newer comes meanwhile, it is given up; what was touched is kept for the next.
func (w *workspace) check() {
	w.s.mu.Lock() // no edit between the texts and their number
	unsaved := make(map[string][]byte)
	open := make(map[string]*document)
	for _, d := range w.s.documents {
		if d.in == w {
			unsaved[d.path], open[d.path] = []byte(d.text), d
		}
	}
	w.mu.Lock()
	edits, touched := w.edits, slices.Sorted(maps.Keys(w.touched))
	if w.checked == edits {
		w.mu.Unlock()
		w.s.mu.Unlock()
		return
	}
	before := w.result
	ctx, cancel := context.WithCancel(w.ctx)
	w.cancel = cancel
	w.mu.Unlock()
	w.s.mu.Unlock()
	defer cancel()

	r, err := w.examine(ctx, before, unsaved, touched)
	w.mu.Lock()
	w.cancel = nil
	if ctx.Err() != nil {
		w.ring()
		w.mu.Unlock()
		return
	}
	w.checked, w.failed = edits, err
	if err == nil {
		w.result = r
		if w.edits == edits {
			clear(w.touched)
		}
	}
	close(w.ended)
	w.ended = make(chan struct{})
	w.mu.Unlock()
	if err != nil {
		w.s.log(levelError, err.Error())
		return
	}
	w.publish(r, open)
}

// examine checks the catalog with texts laid over its files.
func (w *workspace) examine(ctx context.Context, before *check.Result, unsaved map[string][]byte, touched []string) (r *check.Result, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			w.s.recovered("checking", fault)
			err = errors.New("the check failed")
		}
	}()
	root, err := content.OpenRoot(w.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	today := w.s.opt.Today()
	if before == nil || slices.ContainsFunc(touched, everything) { // as it is on the disk, which the cache may know
		opt := build.Options{At: today}
		if before == nil && w.s.opt.Memory != nil {
			opt.Memory = w.s.opt.Memory(w.dir)
		}
		if before, err = build.Check(ctx, root, opt); err != nil {
			return nil, err
		}
		touched = slices.Collect(maps.Keys(unsaved))
	}
	root.Lay(unsaved)
	if before.Broken || len(touched) > 0 {
		return before.Again(ctx, root, touched, check.Options{Today: today, Words: before.Words})
	}
	return before, nil
}

// everything reports whether a path stands for the whole catalog: its words, or
// folders that hold all entries.
func everything(path string) bool {
	return path == "." || path == "content" || path == "content/sellers" || path == "i18n" || strings.HasPrefix(path, "i18n/")
}

// file returns the name of a file of the catalog.
func (w *workspace) file(path string) string { return filepath.Join(w.dir, filepath.FromSlash(path)) }
