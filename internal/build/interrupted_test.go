//go:build unix

package build_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// kill leaves what a run leaves that is killed while it moves a catalog's site
// into out: the staging folder with its manifest and the files that were not
// moved yet. Those that moved tells are in place already.
func kill(t *testing.T, dir, out string, moved func(name string) bool) {
	t.Helper()
	staging := filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".vitrine")
	mustRun(t, dir, staging+".tmp")
	if err := os.MkdirAll(staging, 0o755); err != nil {
		t.Fatal(err)
	}
	staging = filepath.Join(staging, "site")
	if err := errors.Join(os.RemoveAll(staging), os.Rename(filepath.Dir(staging)+".tmp", staging)); err != nil {
		t.Fatal(err)
	}
	n := 0
	for name, what := range tree(t, staging) {
		if strings.HasPrefix(what, "d") || name == "manifest.json" || !moved(name) {
			continue
		}
		to := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(staging, name), to); err != nil {
			t.Fatal(err)
		}
		n++
	}
	t.Logf("killed after %d files", n)
}

func TestInterrupted(t *testing.T) {
	for name, moved := range map[string]func(string) bool{
		"before the first file": func(string) bool { return false },
		"after the files":       func(name string) bool { return strings.HasPrefix(name, "files/") },
		"in the middle":         func(name string) bool { return strings.HasPrefix(name, "files/") || strings.HasPrefix(name, "en/") },
		"after the last file":   func(string) bool { return true },
	} {
		t.Run(name, func(t *testing.T) {
			dir := catalogDir(t, "root")
			edit(t, dir, vault, "related: [acme/relay]\n", "")
			out := filepath.Join(dir, "public")

			// The first site has no relay, the killed run's has one and lacks
			// the page, the next run's has neither: each leaves something.
			edit(t, dir, relay, "status: published", "status: draft")
			mustRun(t, dir, out)
			edit(t, dir, relay, "status: draft", "status: published")
			edit(t, dir, vault, "Coffre Vault", "Strongroom")
			kill(t, dir, out, moved)
			edit(t, dir, relay, "status: published", "status: draft")
			edit(t, dir, vault, "Strongroom", "Third name")
			stats := mustRun(t, dir, out)
			if len(stats.Foreign) > 0 {
				t.Errorf("its own files are taken for foreign ones: %q", stats.Foreign)
			}
			wantClean(t, dir, out)
			mustRun(t, dir, out)
			wantClean(t, dir, out)
		})
	}
}

// A run may be killed while it makes the very first site: then all is in the
// staging folder, without a manifest.
func TestInterruptedFirst(t *testing.T) {
	dir := catalogDir(t, "root")
	out := filepath.Join(dir, "public")
	staging := filepath.Join(dir, ".public.vitrine")
	if err := os.MkdirAll(filepath.Join(staging, "en", "old"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(staging, "en", "old", "index.html"), []byte("half a pa"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, out)
	wantClean(t, dir, out)
}

// A run may be killed in the middle of a file, the list of the files included.
func TestInterruptedManifest(t *testing.T) {
	dir := catalogDir(t, "root")
	out := filepath.Join(dir, "public")
	mustRun(t, dir, out)
	edit(t, dir, relay, "Use it.", "Change it.")
	kill(t, dir, out, func(string) bool { return false })
	if err := os.Truncate(filepath.Join(dir, ".public.vitrine", "site", "manifest.json"), 100); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, out)
	wantClean(t, dir, out)
}

// A run that follows a killed one may be killed too, or fail on a file, before
// it has written anything. What the first one left is still ours.
func TestInterruptedTwice(t *testing.T) {
	dir := catalogDir(t, "root")
	edit(t, dir, vault, "related: [acme/relay]\n", "")
	out := filepath.Join(dir, "public")
	edit(t, dir, relay, "status: published", "status: draft")
	mustRun(t, dir, out)
	edit(t, dir, relay, "status: draft", "status: published")
	kill(t, dir, out, func(name string) bool { return strings.HasPrefix(name, "files/") || strings.HasPrefix(name, "en/") })

	ctx, cancel := context.WithCancel(t.Context())
	if _, err := run(ctx, dir, out, cancel); !errors.Is(err, context.Canceled) {
		t.Fatalf("the second run was not interrupted: %v", err)
	}
	edit(t, dir, relay, "status: published", "status: draft")
	mustRun(t, dir, out)
	wantClean(t, dir, out)
}

// An interrupted run changes nothing.
func TestCancelled(t *testing.T) {
	dir := catalogDir(t, "root")
	out := filepath.Join(dir, "public")
	mustRun(t, dir, out)
	before := tree(t, out)
	edit(t, dir, relay, "Use it.", "Change it.")
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := run(ctx, dir, out, cancel); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, out)); diff != "" {
		t.Errorf("the site changed:\n%s", diff)
	}
	mustRun(t, dir, out)
	wantClean(t, dir, out)
}

// Of builds to one folder, whenever they start, each comes through or is told
// that another one is writing.
func TestManyAtOnce(t *testing.T) {
	for range 3 {
		dir := catalogDir(t, "root")
		out := filepath.Join(dir, "public")
		const builds, each = 8, 8
		var group sync.WaitGroup
		errs := make(chan error, builds*each)
		for range builds {
			group.Go(func() {
				for range each {
					_, err := run(t.Context(), dir, out, nil)
					errs <- err
				}
			})
		}
		group.Wait()
		close(errs)
		done := 0
		for err := range errs {
			switch {
			case err == nil:
				done++
			case !strings.Contains(err.Error(), "another build is writing to "+out):
				t.Error(err)
			}
		}
		if done == 0 {
			t.Error("no build came through")
		}
		wantClean(t, dir, out)
	}
}

// The lock is the system's: it ends with the process that held it. Another
// process's lock is not taken over.
func TestLocked(t *testing.T) {
	dir := catalogDir(t, "root")
	out := filepath.Join(dir, "public")
	mustRun(t, dir, out)
	before := tree(t, out)
	staging := filepath.Join(dir, ".public.vitrine")
	if err := os.MkdirAll(filepath.Join(staging, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	held := hold(t, staging)
	edit(t, dir, relay, "Use it.", "Change it.")
	_, err := run(t.Context(), dir, out, nil)
	if err == nil || !strings.Contains(err.Error(), "another build is writing to "+out+": wait until it ends") {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, out)); diff != "" {
		t.Errorf("the site changed:\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(staging, "en")); err != nil {
		t.Errorf("the other build's files are gone: %v", err)
	}
	held.Close()
	mustRun(t, dir, out)
	wantClean(t, dir, out)
}
