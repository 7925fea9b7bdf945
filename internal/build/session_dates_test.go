package build_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
)

// A session knows the dates that a clean build knows: of entries that come, go,
// are brought back, and after a commit.
func TestASessionKnowsTheDates(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the git command is not installed")
	}
	dir := twoSellers(t)
	day := "2026-05-20"
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@acme.example"}, args...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+day+"T10:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	git("add", "content/pages", bora, "content/sellers/acme/showcase.md")
	git("commit", "-q", "-m", "the sellers")
	day = "2026-05-25" // later: no product is published before its seller
	git("add", "-A")
	git("commit", "-q", "-m", "all")
	opt := build.Options{BaseURL: "http://localhost/", At: "2026-06-15"}
	away := filepath.Join(t.TempDir(), "vault")
	inPlace := filepath.Join(dir, "content/sellers/acme/vault")
	if err := os.Rename(inPlace, away); err != nil {
		t.Fatal(err)
	}
	session, _, _, _, err := build.NewSession(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	e := &editor{t: t, dir: dir, gone: make(map[string][]byte)}
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"brought back", func() {
			e.must(os.Rename(away, inPlace))
			e.touched = append(e.touched, "content/sellers/acme/vault")
		}},
		{"new", func() {
			e.copy("content/sellers/acme/vault", "content/sellers/acme/second", "3d", "4f", "ami-0", "ami-2")
		}},
		{"edited", func() { e.replace(vaultFile, "Garde les secrets", "Garde bien les secrets") }},
		{"committed", func() {
			git("add", "-A")
			git("commit", "-q", "-m", "more")
			e.replace(bora+"/care/product.md", "status: published", "status: draft")
		}},
		{"renamed", func() { e.rename("content/sellers/acme/second", "content/sellers/acme/third") }},
		{"gone", func() { e.copy("", "content/sellers/acme/third") }},
	} {
		e.touched = nil
		step.do()
		r, s, err := session.Refresh(t.Context(), e.touched)
		got := state(t, r, s, err)
		_, r, s, _, err = build.NewSession(t.Context(), dir, opt)
		if diff := cmp.Diff(state(t, r, s, err), got); diff != "" {
			t.Fatalf("%s: the session differs (-clean +session):\n%.2000s", step.name, diff)
		}
	}
}
