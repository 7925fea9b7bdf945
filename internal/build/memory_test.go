package build_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"vitrine/internal/build"
)

// The memory of a catalog that nobody builds any more goes, and nothing else that
// stands in the folder.
func TestForget(t *testing.T) {
	folder, long := t.TempDir(), time.Now().AddDate(0, -3, 0)
	files := map[string]bool{ // whether they stay
		"0123456789abcdef/program":     false,
		"0123456789abcdef/site-01":     false,
		"fedcba9876543210/program":     false,
		"fedcba9876543210/letter.txt":  true,
		"my-old-documents/program":     true,
		"my-old-documents/thesis.txt":  true,
		"00112233445566778/holiday.go": true,
	}
	for name := range files {
		p := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name := range files {
		if err := os.Chtimes(filepath.Join(folder, filepath.Dir(name)), long, long); err != nil {
			t.Fatal(err)
		}
	}
	m := build.OpenMemory(folder, t.TempDir())
	m.Look()
	m.Save()
	for name, stays := range files {
		if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != stays {
			t.Errorf("%s: %v; it stays: %t", name, err, stays)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "0123456789abcdef")); err == nil {
		t.Error("the folder is still there")
	}
}
