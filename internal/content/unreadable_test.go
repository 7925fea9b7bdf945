//go:build unix

package content

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// nobody is a user who may read what all may read.
const nobody = 65534

// TestUnreadable: what the user who runs the check may not read is a finding,
// not the end of the run. Root may read everything, so as root the test runs
// again as another user, from a copy that this user may execute.
func TestUnreadable(t *testing.T) {
	if dir := os.Getenv("VITRINE_UNREADABLE"); dir != "" {
		for _, f := range places(load(t, dir, nil).Findings, ruleFileUnreadable) {
			fmt.Println(f)
		}
		return
	}
	dir := catalogOf(t, map[string]string{
		"content/sellers/acme/shut/product.md": product, "content/sellers/closed/showcase.md": showcase, "content/pages/about.md": showcase,
	})
	for _, name := range []string{"sellers/acme/vault/product.md", "sellers/acme/shut", "sellers/closed", "pages"} {
		name = filepath.Join(dir, "content", name)
		if err := os.Chmod(name, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(name, 0o755) }) // or the folder cannot be removed
	}
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Skipf("no copy of the test can be made: %v", err)
	}
	program := filepath.Join(dir, "content.test")
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // TempDir's parent is for its owner alone
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.run=^TestUnreadable$")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "VITRINE_UNREADABLE="+dir)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const says = ":0:0-0:0: cannot be read: permission denied [file-unreadable]\n"
	want := "content/pages" + says + "content/sellers/closed" + says + "content/sellers/acme/shut" + says + "content/sellers/acme/vault/product.md" + says
	if diff := cmp.Diff(want, strings.TrimSuffix(string(out), "PASS\n")); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestOnlyPlainFilesAreRead: a link could lead out of the catalog, and reading
// a FIFO would never end.
func TestOnlyPlainFilesAreRead(t *testing.T) {
	dir := catalogOf(t, map[string]string{
		"content/pages/large.md": strings.Repeat("a", 2*maxEntry), "content/pages/full.md": "---\nstatus: draft\n---\n" + strings.Repeat("a\n", 100_000), "secret.md": product,
	})
	in := func(name string) string { return filepath.Join(dir, "content", filepath.FromSlash(name)) }
	for name, target := range map[string]string{
		"pages/link.md": "full.md", "sellers/link": "acme", "sellers/acme/outside": "/etc", "sellers/acme/dangling.md": "none",
		"sellers/acme/vault/logo.svg": "product.md",
	} {
		if err := os.Symlink(target, in(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(in("sellers/acme/vault/product.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../../../secret.md", in("sellers/acme/vault/product.md")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pages/fifo.md", "sellers/acme/fifo"} {
		if err := syscall.Mkfifo(in(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree := load(t, dir, nil)
	const kind = ":0:0-0:0: this is a symbolic link or a special file [file-kind]"
	want := []string{
		"content/pages/fifo.md" + kind, "content/pages/link.md" + kind, "content/sellers/acme/dangling.md" + kind, "content/sellers/acme/fifo" + kind,
		"content/sellers/acme/outside" + kind, "content/sellers/link" + kind, "content/sellers/acme/vault/logo.svg" + kind, "content/sellers/acme/vault/product.md" + kind,
	}
	if diff := cmp.Diff(want, places(tree.Findings, ruleFileKind)); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	want = []string{"content/pages/large.md:0:0-0:0: the file has 512.0 kB, limit 256.0 kB [file-too-large]"}
	if diff := cmp.Diff(want, places(tree.Findings, ruleFileLarge)); diff != "" {
		t.Errorf("sizes (-want +got):\n%s", diff)
	}
	if n := len(tree.Catalog.Sellers[0].Products); n != 0 {
		t.Errorf("%d products are read through a link", n)
	}
}

func TestCatalogYAMLThatIsNoPlainFileIsAFinding(t *testing.T) {
	dir := catalogOf(t, nil)
	name := filepath.Join(dir, catalogFile)
	if err := os.Rename(name, filepath.Join(dir, "elsewhere.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../elsewhere.yaml", name); err != nil {
		t.Fatal(err)
	}
	want := []string{"content/catalog.yaml:0:0-0:0: this is a symbolic link or a special file [file-kind]"}
	if diff := cmp.Diff(want, places(load(t, dir, nil).Findings, ruleFileKind)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
