package history_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/history"
)

// branch makes a repository with a catalog below at ("" or "shop/") on main,
// and a change of it on the branch change, which is checked out.
func branch(t *testing.T, at string) *repository {
	r := newRepository(t)
	c := at + "content/sellers/"
	r.write("README.md", "1")
	r.write(at+"content/catalog.yaml", "title: a\n")
	r.write(c+"acme/showcase.md", "1\n")
	r.write(c+"acme/vault/product.md", "1\n")
	r.write(c+"acme/vault/logo.svg", "<svg/>")
	r.write(c+"acme/old/product.md", "moves\n")
	r.write(c+"globex/showcase.md", "1\n")
	r.write(c+"globex/é b/product.md", "1\n")
	r.commit("first")
	r.git("checkout", "-q", "-b", "change")
	r.write(c+"acme/vault/product.md", "2\n")
	r.write("README.md", "2")
	r.git("mv", c+"acme/old", c+"acme/new")
	r.commit("a change")
	r.git("checkout", "-q", "main")
	r.write(c+"globex/showcase.md", "2\n")
	r.commit("meanwhile, somebody else's")
	r.git("checkout", "-q", "change")
	return r
}

// touched compares with main and returns what is touched.
func touched(t *testing.T, root, ref string) []string {
	t.Helper()
	b, err := history.OpenBase(root, ref)
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Touched(t.Context(), "content")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// asGit returns the paths that git says differ between where the change left
// main and the working tree, untracked files included.
func (r *repository) asGit(at string) []string {
	r.t.Helper()
	start := r.git("merge-base", "main", "HEAD")
	names := strings.Split(r.git("diff", "-z", "--name-only", "--no-renames", start), "\x00")
	names = append(names, strings.Split(r.git("ls-files", "-z", "--others", "--exclude-standard"), "\x00")...)
	names = slices.DeleteFunc(names, func(n string) bool { return n == "" })
	for i, n := range names {
		rel, err := filepath.Rel("/"+at, "/"+n)
		if err != nil {
			r.t.Fatal(err)
		}
		names[i] = filepath.ToSlash(rel)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestTouchedIsWhatGitSays(t *testing.T) {
	for _, at := range []string{"", "shop/"} {
		c := at + "content/sellers/"
		steps := []struct {
			name string
			do   func(r *repository)
		}{
			{"committed", func(*repository) {}},
			{"not committed", func(r *repository) {
				r.write(c+"acme/showcase.md", "2\n")
				r.write(c+"initech/showcase.md", "new\n")
			}},
			{"deleted", func(r *repository) { r.git("rm", "-qr", c+"globex") }},
			{"a file becomes a folder, and the reverse", func(r *repository) {
				r.git("rm", "-qr", c+"acme/vault")
				r.write(c+"acme/vault", "a file")
				r.write(c+"acme/showcase.md.d/a", "a")
				r.git("rm", "-q", c+"acme/showcase.md")
				r.write(c+"acme/showcase.md/x", "a")
			}},
			{"a mode and an empty folder", func(r *repository) {
				if err := os.MkdirAll(filepath.Join(r.dir, c, "empty", "folder"), 0o755); err != nil {
					r.t.Fatal(err)
				}
			}},
			{"names that sort oddly", func(r *repository) {
				r.write(c+"acme/a.b/product.md", "1")
				r.write(c+"acme/a/product.md", "1")
				r.write(c+"acme/a-b/product.md", "1")
				r.commit("odd")
				r.write(c+"acme/a-b/product.md", "2")
			}},
			{"a merge of main", func(r *repository) {
				r.git("merge", "-q", "--no-edit", "main")
			}},
			{"detached", func(r *repository) { r.git("checkout", "-q", "--detach") }},
		}
		for _, step := range steps {
			t.Run(at+step.name, func(t *testing.T) {
				r := branch(t, at)
				step.do(r)
				if diff := cmp.Diff(r.asGit(at), touched(t, filepath.Join(r.dir, at), "main")); diff != "" {
					t.Errorf("(-git +got):\n%s", diff)
				}
			})
		}
	}
}

func TestAHiddenFileOrACarriageReturnIsNoChange(t *testing.T) {
	r := branch(t, "")
	want := touched(t, r.dir, "main")
	r.write("content/sellers/acme/.DS_Store", "x")
	r.write("content/sellers/acme/vault/product.md~", "x")
	r.write("public/index.html", "not committed, outside of content")
	r.write("content/sellers/globex/showcase.md", "1\r\n")
	if diff := cmp.Diff(want, touched(t, r.dir, "main")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALinkedWorktreeIsCompared(t *testing.T) {
	r := branch(t, "")
	other := filepath.Join(t.TempDir(), "linked")
	r.git("worktree", "add", "-q", other, "--detach", "change")
	if diff := cmp.Diff(r.asGit(""), touched(t, other, "main")); diff != "" {
		t.Errorf("(-git +got):\n%s", diff)
	}
}

func TestFilesAreThoseOfTheStart(t *testing.T) {
	r := branch(t, "shop/")
	b, err := history.OpenBase(filepath.Join(r.dir, "shop"), "main")
	if err != nil {
		t.Fatal(err)
	}
	if want := r.git("merge-base", "main", "HEAD")[:12]; b.Commit != want || !b.Behind {
		t.Errorf("compared with %s (behind: %v), want %s, which main has left", b.Commit, b.Behind, want)
	}
	files, err := b.Files()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	if err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if name != "." {
			names = append(names, "shop/"+name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := strings.Split(r.git("ls-tree", "-rtz", "--name-only", "main", "shop/"), "\x00")
	want = slices.DeleteFunc(want, func(n string) bool { return n == "" || n == "shop" })
	slices.Sort(want)
	slices.Sort(names)
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-git +got):\n%s", diff)
	}
	tip, err := b.Tip()
	if err != nil {
		t.Fatal(err)
	}
	for tree, want := range map[fs.FS]string{files: "1\n", tip: "2\n"} {
		if data, err := fs.ReadFile(tree, "content/sellers/globex/showcase.md"); err != nil || string(data) != want {
			t.Errorf("%q, %v; want %q", data, err, want)
		}
	}
	if _, err := fs.Stat(files, "content/nothing"); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestWhatCannotBeComparedSaysWhatToDo(t *testing.T) {
	r := branch(t, "")
	shallow := filepath.Join(t.TempDir(), "shallow")
	r.git("clone", "-q", "--depth", "1", "--no-single-branch", "file://"+r.dir, shallow)
	single := filepath.Join(t.TempDir(), "single")
	r.git("clone", "-q", "--depth", "1", "--branch", "change", "file://"+r.dir, single)
	clone := filepath.Join(t.TempDir(), "clone")
	r.git("clone", "-q", "--branch", "change", r.dir, clone)
	unborn := t.TempDir()
	r.git("init", "-q", unborn)
	r.git("checkout", "-q", "--orphan", "other")
	r.commit("of another origin")
	for _, test := range []struct{ name, dir, ref, want string }{
		{"shallow", shallow, "origin/main", "fetch-depth: 0"},
		{"shallow without the branch", single, "origin/main", "fetch-depth: 0"},
		{"no such branch", clone, "mian", "name a branch"},
		{"only the remote has it", clone, "main", "did you mean origin/main?"},
		{"no commit", unborn, "main", "has no commit yet"},
		{"no repository", t.TempDir(), "main", "is not in a git repository"},
		{"another history", r.dir, "main", "no history in common"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := history.OpenBase(test.dir, test.ref); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q in it", err, test.want)
			}
		})
	}
	// A clone that is shallow but reaches back far enough will do.
	r.git("checkout", "-q", "change")
	deep := filepath.Join(t.TempDir(), "deep")
	r.git("clone", "-q", "--depth", "2", "--no-single-branch", "file://"+r.dir, deep)
	if got := touched(t, filepath.Join(deep), "origin/main"); len(got) == 0 {
		t.Error("nothing is touched")
	}
}

// TestAPartialCloneSaysThatFilesAreMissing: what cannot be read must not look
// like what was never there.
func TestAPartialCloneSaysThatFilesAreMissing(t *testing.T) {
	r := branch(t, "")
	r.git("config", "uploadpack.allowFilter", "true")
	clone := filepath.Join(t.TempDir(), "partial")
	r.git("clone", "-q", "--filter=blob:none", "--branch", "change", "file://"+r.dir, clone)
	b, err := history.OpenBase(clone, "origin/main")
	if err != nil {
		t.Fatal(err)
	}
	files, err := b.Files()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.ReadFile(files, "content/sellers/acme/showcase.md"); err != nil || files.Err() != nil {
		t.Errorf("a file that the clone has: %v, %v", err, files.Err())
	}
	if _, err := fs.ReadFile(files, "README.md"); err == nil {
		t.Error("a file that the clone lacks is read")
	}
	if err := files.Err(); err == nil || !strings.Contains(err.Error(), "--no-filter") {
		t.Errorf("the error is %v", err)
	}
}
