//go:build unix

package build_test

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lastMods builds a catalog and returns what its sitemap says of when pages
// changed, by their address below the base URL.
func lastMods(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	mustRun(t, dir, out)
	data, err := os.ReadFile(filepath.Join(out, "sitemap.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var sitemap struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(data, &sitemap); err != nil || len(sitemap.URLs) < 10 {
		t.Fatalf("%d addresses: %v", len(sitemap.URLs), err)
	}
	m := make(map[string]string)
	for _, u := range sitemap.URLs {
		_, path, _ := strings.Cut(strings.TrimPrefix(u.Loc, "https://"), "/")
		m[path] = u.LastMod
	}
	return m
}

// What the sitemap says is true, or left out: a shallow clone knows of no change
// before its first commit, which seems to have made everything.
func TestLastModOfTheHistory(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the git command is not installed")
	}
	dir := catalogDir(t, "root")
	git := func(date string, args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@acme.example"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	const first, second, third = "2026-01-02T10:00:00Z", "2026-02-03T10:00:00Z", "2026-03-04T10:00:00Z"
	git(first, "init", "-q", "-b", "main")
	git(first, "add", "-A")
	git(first, "commit", "-q", "-m", "one")
	edit(t, dir, relay, "Use it.", "Use it now. Use it.")
	git(second, "commit", "-q", "-a", "-m", "two")
	edit(t, dir, "content/sellers/acme/care/logo.svg", "#246", "#247") // a file of the product's
	git(third, "commit", "-q", "-a", "-m", "three")

	full := filepath.Join(t.TempDir(), "full")
	git(third, "clone", "-q", "file://"+dir, full)
	for _, dir := range []string{dir, full} {
		got := lastMods(t, dir)
		for path, want := range map[string]string{
			"en/products/acme/relay/": "2026-02-03", "fr/products/acme/relay/": "2026-02-03",
			"fr/products/acme/care/": "2026-03-04", "fr/products/acme/vault/": "2026-01-02", "en/sellers/acme/": "2026-01-02", "en/pages/about/": "2026-01-02",
			"en/": "", "fr/products/": "", "en/sellers/": "", "fr/categories/": "", // a list changes when something leaves it, too
		} {
			if got[path] != want {
				t.Errorf("%s changed on %q, want %q", path, got[path], want)
			}
		}
	}
	shallow := filepath.Join(t.TempDir(), "shallow")
	git(third, "clone", "-q", "--depth", "1", "file://"+dir, shallow)
	for path, day := range lastMods(t, shallow) {
		if day != "" {
			t.Errorf("in a shallow clone %s changed on %s", path, day)
		}
	}
}
