package content

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Replace writes all or nothing, keeps the mode, and writes only what it was
// asked to replace.
func TestReplace(t *testing.T) {
	dir := catalogOf(t, map[string]string{"content/pages/a.md": "old"})
	root, err := OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	name := filepath.Join(dir, "content/pages/a.md")
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}

	if err := root.Replace("content/pages/a.md", []byte("other"), []byte("new")); !errors.Is(err, errChanged) || read(name) != "old" {
		t.Errorf("a file that changed is written: %v, %q", err, read(name))
	}
	if err := root.Replace("content/pages/a.md", []byte("old"), []byte("new")); err != nil || read(name) != "new" {
		t.Errorf("%v, %q", err, read(name))
	}
	if info, err := os.Stat(name); err != nil || info.Mode() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if files, err := os.ReadDir(filepath.Dir(name)); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v", files, err)
	}

	outside := filepath.Join(t.TempDir(), "b.md")
	if err := errors.Join(os.WriteFile(outside, []byte("old"), 0o644), os.Symlink(outside, filepath.Join(dir, "content/pages/b.md"))); err != nil {
		t.Fatal(err)
	}
	if err := root.Replace("content/pages/b.md", []byte("old"), []byte("new")); err == nil || read(outside) != "old" {
		t.Errorf("a link is followed: %v, %q", err, read(outside))
	}
}
