package history_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/internal/history"
)

// repository is a git repository whose commits are an hour apart.
type repository struct {
	t   *testing.T
	dir string
	now time.Time
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the git command is not installed: there is nothing to compare with")
	}
	// The user's own settings, such as signing or another first branch, would
	// make the test depend on the machine.
	for _, name := range []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"} {
		t.Setenv(name, os.DevNull)
	}
	r := &repository{t, t.TempDir(), time.Date(2026, 1, 1, 8, 0, 0, 0, time.FixedZone("", 3600))}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repository) git(args ...string) string {
	r.t.Helper()
	stamp := r.now.Format(time.RFC3339)
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	// Authors' dates are older: a rebased commit keeps them.
	cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+stamp, "GIT_AUTHOR_DATE=2020-01-01T00:00:00Z",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=c", "GIT_COMMITTER_EMAIL=c@example.org")
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repository) commit(message string) {
	r.t.Helper()
	r.now = r.now.Add(time.Hour)
	r.git("add", "-A")
	r.git("commit", "-q", "--allow-empty", "-m", message)
}

// sellers makes a history below a folder of the repository: "" or "sub/".
func sellers(r *repository, at string) {
	c := at + "content/sellers/"
	r.write("README.md", "read")
	r.commit("before there is a catalog")
	r.write(c+"acme/showcase.md", "1")
	r.write(c+"acme/vault/product.md", "1")
	r.write(c+"acme/old/product.md", "renamed later, as it is")
	r.write(c+"acme/gone/product.md", "deleted later")
	r.write(c+"acme/a name, with ünïcode.md", "1")
	r.write("content.md", "not in the folder")
	r.commit("first")
	r.write(c+"acme/vault/product.md", "2")
	r.commit("a change")
	r.write("README.md", "another change, elsewhere")
	r.commit("elsewhere")

	r.git("checkout", "-q", "-b", "branch")
	r.write(c+"globex/showcase.md", "1")
	r.commit("on the branch")
	r.write(c+"acme/vault/notes.md", "on the branch too")
	r.commit("again")
	r.git("checkout", "-q", "main")
	r.write(c+"acme/showcase.md", "2")
	r.commit("meanwhile")
	r.now = r.now.Add(time.Hour)
	r.git("merge", "-q", "--no-ff", "-m", "merge", "branch")

	r.git("mv", c+"acme/old", c+"acme/new")
	r.commit("rename")
	r.git("rm", "-q", c+"acme/gone/product.md")
	r.commit("delete")
	r.write(c+"acme/back/product.md", "1")
	r.commit("add")
	r.git("rm", "-q", c+"acme/back/product.md")
	r.commit("delete again")
	r.write(c+"acme/back/product.md", "1")
	r.commit("and it is back")
	// Same bytes, another mode.
	if err := os.Chmod(filepath.Join(r.dir, c+"globex/showcase.md"), 0o755); err != nil {
		r.t.Fatal(err)
	}
	r.commit("mode")
	// A file becomes a folder.
	r.write(c+"acme/turn", "a file")
	r.commit("file")
	r.git("rm", "-q", c+"acme/turn")
	r.write(c+"acme/turn/product.md", "a folder")
	r.commit("folder")
}

// want asks the git command for the date of each file of HEAD.
func (r *repository) want(root string) map[string]string {
	r.t.Helper()
	want := make(map[string]string)
	for name := range strings.SplitSeq(strings.TrimRight(r.git("-C", root, "ls-tree", "-rz", "--name-only", "HEAD", "content"), "\x00"), "\x00") {
		want[name] = r.git("-C", root, "log", "-1", "--format=%cI", "--no-merges", "--", name)
	}
	return want
}

func compare(t *testing.T, root string, want map[string]string) {
	t.Helper()
	got, err := history.Read(t.Context(), root, "content", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		w, err := time.Parse(time.RFC3339, want[name])
		if g := got[name].Changed; err != nil || !g.Equal(w) || g.Location() != time.UTC {
			t.Errorf("%s: %s, git says %s", name, g, want[name])
		}
	}
	if len(want) < 7 {
		t.Errorf("only %d files were compared: %v", len(want), want)
	}
	for name := range got {
		if !strings.HasPrefix(name, "content/") {
			t.Errorf("%s is not below the folder", name)
		}
	}
}

func TestChanges(t *testing.T) {
	for _, at := range []string{"", "sub/", "two levels/déep/"} {
		t.Run(fmt.Sprintf("root %q", at), func(t *testing.T) {
			r := newRepository(t)
			sellers(r, at)
			root := filepath.Join(r.dir, at)
			want := r.want(root)
			compare(t, root, want)

			// What is not committed has no date, and changes none.
			name := "content/sellers/acme/vault/product.md"
			r.write(at+name, "edited")
			r.write(at+"content/new.md", "new")
			compare(t, root, want)
			got, _ := history.Read(t.Context(), root, "content", nil)
			if when, ok := got["content/new.md"]; ok {
				t.Errorf("a file that is not committed has the date %v", when)
			}
		})
	}
}

// A root may be named relative to the current folder.
func TestNamesOfRoot(t *testing.T) {
	r := newRepository(t)
	sellers(r, "sub/")
	root := filepath.Join(r.dir, "sub")
	want := r.want(root)
	t.Chdir(root)
	compare(t, ".", want)
	t.Chdir(r.dir)
	compare(t, "sub", want)
}

func TestLinkToRoot(t *testing.T) {
	r := newRepository(t)
	sellers(r, "sub/")
	root := filepath.Join(r.dir, "sub")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Skip(err)
	}
	compare(t, link, r.want(root))
}

// A linked worktree keeps its objects elsewhere, and has a HEAD of its own.
func TestWorktree(t *testing.T) {
	r := newRepository(t)
	sellers(r, "")
	tree := filepath.Join(t.TempDir(), "tree")
	r.git("worktree", "add", "-q", "-b", "other", tree)
	other := &repository{t, tree, r.now.Add(24 * time.Hour)}
	other.write("content/sellers/acme/vault/product.md", "3")
	other.commit("only here")
	compare(t, tree, other.want(tree))
	compare(t, r.dir, r.want(r.dir))
	r.git("checkout", "-q", "--detach", "HEAD~3")
	compare(t, r.dir, r.want(r.dir))
}

// Packed objects and references are read like loose ones.
func TestPacked(t *testing.T) {
	r := newRepository(t)
	sellers(r, "")
	want := r.want(r.dir)
	r.git("gc", "-q")
	r.git("pack-refs", "--all")
	compare(t, r.dir, want)
}

// In a shallow clone, every file seems to be as new as the oldest commit.
func TestShallow(t *testing.T) {
	r := newRepository(t)
	sellers(r, "")
	for _, depth := range []string{"1", "3"} {
		clone := filepath.Join(t.TempDir(), "clone")
		r.git("clone", "-q", "--depth", depth, "file://"+r.dir, clone)
		if got, err := history.Read(t.Context(), clone, "content", nil); !errors.Is(err, history.ErrShallow) || got != nil {
			t.Errorf("depth %s: %v, %v", depth, got, err)
		}
	}
	clone := filepath.Join(t.TempDir(), "clone")
	r.git("clone", "-q", "file://"+r.dir, clone)
	compare(t, clone, r.want(clone))
}

func TestNoHistory(t *testing.T) {
	if got, err := history.Read(t.Context(), t.TempDir(), "content", nil); got != nil || err != nil {
		t.Errorf("outside a repository: %v, %v", got, err)
	}
	r := newRepository(t)
	if got, err := history.Read(t.Context(), r.dir, "content", nil); got != nil || err != nil {
		t.Errorf("before the first commit: %v, %v", got, err)
	}
	r.write("README.md", "x")
	r.commit("first")
	if got, err := history.Read(t.Context(), r.dir, "content", nil); len(got) > 0 || err != nil {
		t.Errorf("without the folder: %v, %v", got, err)
	}
	r.write("sub/content/a.md", "x")
	if got, err := history.Read(t.Context(), filepath.Join(r.dir, "sub"), "content", nil); len(got) > 0 || err != nil {
		t.Errorf("nothing of the folder is committed: %v, %v", got, err)
	}
}
