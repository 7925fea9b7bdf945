package preview

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

func newTracker(t *testing.T) *tracker {
	t.Helper()
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "content", "pages"), 0o755); err != nil {
		t.Fatal(err)
	}
	tr := &tracker{watcher: w, root: dir, folders: make(map[string]bool), touched: make(map[string]bool)}
	if err := tr.addAll(); err != nil {
		t.Fatal(err)
	}
	return tr
}

// Where the system lost events, everything is looked at.
func TestLostEvents(t *testing.T) {
	tr := newTracker(t)
	changed := make(chan []string, 9)
	go tr.run(t.Context(), func(touched []string) { changed <- touched }, t.Logf)
	tr.watcher.Errors <- fsnotify.ErrEventOverflow
	if got := <-changed; !slices.Equal(got, Everything) {
		t.Errorf("%q is looked at", got)
	}
}

// Where no more folders can be watched, files are looked at.
func TestTheLimitOfWatches(t *testing.T) {
	for err, want := range map[error]bool{fmt.Errorf("add: %w", syscall.ENOSPC): true, syscall.EMFILE: true, os.ErrPermission: false, nil: false} {
		if limit(err) != want {
			t.Errorf("%v: %t", err, !want)
		}
	}
	if testing.Short() {
		t.Skip("it looks every two seconds")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "content", "pages", "about.md")
	if err := os.MkdirAll(filepath.Dir(page), 0o755); err != nil {
		t.Fatal(err)
	}
	changed := make(chan []string, 9)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go poll(ctx, dir, func(touched []string) { changed <- touched })
	time.Sleep(100 * time.Millisecond)
	if err := os.WriteFile(page, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-changed:
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "about.md") }) {
			t.Errorf("%q was touched", got)
		}
	case <-time.After(10 * time.Second):
		t.Error("a save is not seen")
	}
}
