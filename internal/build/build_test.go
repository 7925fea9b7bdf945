//go:build unix

package build_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/content"
)

const (
	day   = "2026-06-15"
	relay = "content/sellers/acme/relay/product.md"
	vault = "content/sellers/acme/vault/product.md"
)

// catalogDir makes a folder with a small valid catalog.
func catalogDir(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.CopyFS(dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// edit replaces a text that must be there.
func edit(t *testing.T, dir, name, before, after string) {
	t.Helper()
	p := filepath.Join(dir, name)
	data, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), before) {
		t.Fatalf("%s has no %q", name, before)
	}
	if err := os.WriteFile(p, []byte(strings.Replace(string(data), before, after, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run builds a catalog into a folder; between is called between check and build.
func run(ctx context.Context, dir, out string, between func()) (*build.Stats, error) {
	root, err := content.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	r, err := build.Check(ctx, root, build.Options{At: day})
	if err != nil {
		return nil, err
	}
	for _, f := range r.Findings {
		if f.Severity.String() == "error" {
			return nil, fmt.Errorf("%s: %s", f.Path, f.Message)
		}
	}
	s, _, err := build.Plan(ctx, root, r, build.Options{At: day})
	if err != nil {
		return nil, err
	}
	if between != nil {
		between()
	}
	return build.Build(ctx, root, s, out)
}

func mustRun(t *testing.T, dir, out string) *build.Stats {
	t.Helper()
	stats, err := run(t.Context(), dir, out, nil)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

// tree describes the files of a tree: mode and digest of each.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	m := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, p)
		m[name] = info.Mode().String()
		if d.Type().IsRegular() {
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			m[name] += fmt.Sprintf(" %x", sha256.Sum256(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wantClean compares a site with a clean build of the same catalog.
func wantClean(t *testing.T, dir, out string) {
	t.Helper()
	clean := filepath.Join(t.TempDir(), "clean")
	mustRun(t, dir, clean)
	if diff := cmp.Diff(tree(t, clean), tree(t, out)); diff != "" {
		t.Errorf("the site is not that of a clean build (-clean +got):\n%s", diff)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(out), ".*.vitrine")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestSameBytes(t *testing.T) {
	dir := catalogDir(t, "root")
	one, two, three := filepath.Join(dir, "one"), filepath.Join(dir, "two"), filepath.Join(dir, "three")
	mustRun(t, dir, one)
	mustRun(t, dir, two)
	before := runtime.GOMAXPROCS(1)
	mustRun(t, dir, three)
	runtime.GOMAXPROCS(before)
	if diff := cmp.Diff(tree(t, one), tree(t, two)); diff != "" {
		t.Errorf("two builds differ:\n%s", diff)
	}
	if diff := cmp.Diff(tree(t, one), tree(t, three)); diff != "" {
		t.Errorf("builds on one core and on several differ:\n%s", diff)
	}
	if n := len(tree(t, one)); n < 40 {
		t.Errorf("the site has only %d files and folders", n)
	}
}

// The same after changes in another order, and into a folder that had others.
func TestAfterChanges(t *testing.T) {
	dir := catalogDir(t, "root")
	out := filepath.Join(dir, "public")
	mustRun(t, dir, out)
	edit(t, dir, vault, "related: [acme/relay]\n", "")
	for _, change := range [][2]string{
		{"status: published", "status: draft"},
		{"status: draft", "status: published"},
		{"en: Relay", "en: Zeta"},
		{"[databases]", "[security]"},
		{"Use it.", "Change it."},
		{"status: published", "status: unpublished\nunpublished: {since: 2026-05-05, reason: error}"},
	} {
		edit(t, dir, relay, change[0], change[1])
		mustRun(t, dir, out)
		wantClean(t, dir, out)
	}
}

// Synchronising tools look at the times of files.
func TestUnchangedFilesKeepTheirTime(t *testing.T) {
	dir := catalogDir(t, "root")
	out := filepath.Join(dir, "public")
	mustRun(t, dir, out)
	past := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for name := range tree(t, out) {
		if err := os.Chtimes(filepath.Join(out, name), past, past); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, dir, relay, "Use it.", "Change it.")
	stats := mustRun(t, dir, out)
	var changed []string
	for name, what := range tree(t, out) {
		info, err := os.Stat(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if !info.ModTime().Equal(past) && !strings.HasPrefix(what, "d") && name != "manifest.json" {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	if want := []string{"api/v1/products/acme/relay.json", "en/products/acme/relay/index.html"}; !cmp.Equal(changed, want) || stats.Written != len(want) {
		t.Errorf("changed are %q, %d by the count; want %q", changed, stats.Written, want)
	}
}

// Web servers run as other users, and hosts refuse other modes.
func TestModes(t *testing.T) {
	before := syscall.Umask(0o077)
	defer syscall.Umask(before)
	dir := catalogDir(t, "root")
	for _, out := range []string{filepath.Join(dir, "public"), filepath.Join(dir, "deep", "er", "public")} {
		for range 2 { // into a new folder, and into one that is there
			syscall.Umask(0o077)
			mustRun(t, dir, out)
			for name, what := range tree(t, out) {
				mode, _, _ := strings.Cut(what, " ")
				if mode != "-rw-r--r--" && mode != "drwxr-xr-x" {
					t.Errorf("%s has the mode %s", name, mode)
				}
			}
			edit(t, dir, relay, "Use it.", "Use it now. Use it.")
		}
	}
}

func TestNamesOfRoot(t *testing.T) {
	for _, name := range []string{"mes catalogues é", "a'b\"c", "日本", "%2e$HOME", "a.vitrine"} {
		t.Run(name, func(t *testing.T) {
			dir := catalogDir(t, name)
			out := filepath.Join(dir, "le site é")
			mustRun(t, dir, out)
			wantClean(t, dir, out)
			t.Chdir(dir)
			if stats := mustRun(t, ".", "le site é"); stats.Written != 0 || stats.Deleted != 0 {
				t.Errorf("a relative name means another folder: %+v", stats)
			}
		})
	}
}

// What was checked is what is built.
func TestChangeBetweenCheckAndBuild(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, dir string){
		relay:                                func(t *testing.T, dir string) { edit(t, dir, relay, "Use it.", "<script>") },
		"content/sellers/acme/showcase.md":   func(t *testing.T, dir string) { edit(t, dir, "content/sellers/acme/showcase.md", "vaults", "locks") },
		"content/sellers/acme/care/logo.svg": func(t *testing.T, dir string) { edit(t, dir, "content/sellers/acme/care/logo.svg", "#246", "#247") },
		"content/pages/about.md": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "content/pages/about.md")); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := catalogDir(t, "root")
			out := filepath.Join(dir, "public")
			mustRun(t, dir, out)
			before := tree(t, out)
			edit(t, dir, vault, "Start it.", "Stop it.") // something to write
			_, err := run(t.Context(), dir, out, func() { change(t, dir) })
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("the error does not name %s: %v", name, err)
			}
			if diff := cmp.Diff(before, tree(t, out)); diff != "" {
				t.Errorf("the old site did not stay:\n%s", diff)
			}
		})
	}
}

// hold locks a folder as a running build does.
func hold(t *testing.T, dir string) *os.File {
	t.Helper()
	f, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		t.Fatal(err)
	}
	return f
}
