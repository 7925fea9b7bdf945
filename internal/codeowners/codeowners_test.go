package codeowners_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/codeowners"
	"vitrine/internal/content"
)

// TestUpToDate: the repository's own file is what its catalog says.
func TestUpToDate(t *testing.T) {
	f := of(t, "../..")
	committed, err := os.ReadFile(filepath.Join("../..", codeowners.Path))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range codeowners.Difference(bytes.ReplaceAll(committed, []byte("\r\n"), []byte("\n")), f.Data) {
		t.Errorf("run vitrine codeowners: %s", line)
	}
}

func of(t *testing.T, dir string) *codeowners.File {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f, err := codeowners.Of(root)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// owned returns the owners that GitHub finds for a file: those of the last line
// that fits.
func owned(data []byte, name string) (owners string) {
	for line := range strings.Lines(string(data)) {
		pattern, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if pattern == "*" || strings.HasPrefix(pattern, "/") && strings.HasSuffix(pattern, "/") && strings.HasPrefix("/"+name, pattern) {
			owners = rest
		}
	}
	return owners
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOwned: whatever sellers write as maintainers, every file of the repository
// is the staff's to review, and none but a seller's own folder is a seller's.
func TestOwned(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/catalog.yaml", "staff: [staff-a, org/staff-b]\n")
	hostile := []string{
		"[good, also-good]", "[org/team]", `["* @evil"]`, `["@evil\n* @evil"]`, `["evil # x"]`, `["evil@evil.example"]`, `["!evil", "[e]vil", "\\evil", "é", "-evil", "evil-", "a--b", "a/b/c", "/x", "x/"]`,
		`[]`, `good`, `{a: b}`, `[[good]]`, `["good", "GOOD", "@good"]`, "!!!", "[good_corp]",
	}
	for i, m := range hostile {
		write(t, dir, fmt.Sprintf("content/sellers/s%d/showcase.md", i), "---\nstatus: published\nmaintainers: "+m+"\n---\n")
	}
	write(t, dir, "content/sellers/Odd name/showcase.md", "---\nmaintainers: [evil]\n---\n")
	f := of(t, dir)
	if again := of(t, dir); !bytes.Equal(again.Data, f.Data) {
		t.Error("two runs differ")
	}
	if bytes.Contains(f.Data, []byte("evil")) || bytes.Contains(f.Data, []byte("Odd")) {
		t.Errorf("somebody got in:\n%s", f.Data)
	}
	for _, name := range []string{"README.md", ".github/CODEOWNERS", ".github/workflows/check.yml", "content/catalog.yaml", "content/sellers/new/showcase.md", "content/sellers/s2/showcase.md", "go.mod"} {
		if got := owned(f.Data, name); got != "@staff-a @org/staff-b" {
			t.Errorf("%s is owned by %s", name, got)
		}
	}
	for i := range hostile {
		if got := owned(f.Data, fmt.Sprintf("content/sellers/s%d/x/product.md", i)); !strings.HasSuffix(got, "@staff-a @org/staff-b") {
			t.Errorf("%s: owned by %s", hostile[i], got)
		}
	}
	for i, want := range map[int]string{0: "@good @also-good @staff-a @org/staff-b", 1: "@org/team @staff-a @org/staff-b", 11: "@good @staff-a @org/staff-b", 13: "@good_corp @staff-a @org/staff-b"} {
		if got := owned(f.Data, fmt.Sprintf("content/sellers/s%d/showcase.md", i)); got != want {
			t.Errorf("%s: owned by %q, want %q", hostile[i], got, want)
		}
	}
}

// TestTooLarge: GitHub would pass over the whole file.
func TestTooLarge(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/catalog.yaml", "staff: [staff]\n")
	var names []string
	for i := range 900 {
		names = append(names, fmt.Sprintf("organisation-with-a-long-name-%d/team-with-a-long-name-%d", i, i))
	}
	for i := range 60 {
		write(t, dir, fmt.Sprintf("content/sellers/s%d/showcase.md", i), "---\nmaintainers: ["+strings.Join(names, ", ")+"]\n---\n")
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := codeowners.Of(root); err == nil || !strings.Contains(err.Error(), "GitHub passes over a file of 3000000 or more") {
		t.Errorf("%v", err)
	}
}

func TestDifference(t *testing.T) {
	for _, test := range []struct{ was, is, want string }{
		{"a\nb\n", "a\nb\n", ""},
		{"a\nb\n", "a\nc\n", "-2: b|+2: c"},
		{"a\nb\n", "b\na\n", "-1: a|+1: b"},
		{"a\n", "a\na\n", "+2: a"},
		{"a", "a\n", "-1: a|+1: a"},
		{"\x1b[31m\n", "a\n", `-1: \u001b[31m|+1: a`},
	} {
		if got := strings.Join(codeowners.Difference([]byte(test.was), []byte(test.is)), "|"); got != test.want {
			t.Errorf("%q and %q: %q, want %q", test.was, test.is, got, test.want)
		}
	}
}
