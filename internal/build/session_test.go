package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/site"
)

const (
	vaultFile = "content/sellers/acme/vault/product.md"
	bora      = "content/sellers/bora"
)

// edits are what happens to a catalog's files, each with the paths that it
// touches. Doing one again may undo it.
var edits = []func(e *editor){
	// Texts, and what lists and other entries tell of them.
	func(e *editor) { e.replace(vaultFile, "Garde les secrets", "Garde bien les secrets") },
	func(e *editor) { e.replace(vaultFile, "title: Coffre Vault", "title: Zinc Vault") },
	func(e *editor) { e.replace(vaultFile, "rate: 10.00", "rate: 12.50") },
	func(e *editor) { e.replace(vaultFile, "Démarrez-le.", "Démarrez-le donc.") },
	func(e *editor) { e.replace(vaultFile, "categories: [security]", "categories: [databases, security]") },
	func(e *editor) { e.replace(bora+"/relay/product.md", "status: published", "status: draft") },
	func(e *editor) {
		e.replace(bora+"/vault/product.md", "# English\n", "# English\n\nSee [the vault](/en/products/acme/vault/) and pty-0a1b2c3d.\n")
	},
	func(e *editor) { e.replace("content/sellers/acme/showcase.md", "name: Acme", "name: Zacme") },
	func(e *editor) {
		e.replace("content/sellers/acme/showcase.md", "logo: logo.svg", "certifications: [HDS]\nlogo: logo.svg")
	},
	func(e *editor) { e.replace("content/pages/about.md", "status: published", "status: draft") },
	// Statuses and addresses.
	func(e *editor) { e.replace(vaultFile, "status: published", "status: draft") },
	func(e *editor) {
		e.replace(bora+"/care/product.md", "status: published\ntitle", "status: unpublished\nunpublished: {since: 2026-05-20, reason: superseded, replacement: acme/vault}\ntitle")
	},
	func(e *editor) {
		e.replace(bora+"/showcase.md", "status: published", "status: unpublished\nunpublished: {since: 2026-05-20, reason: seller-left}")
	},
	func(e *editor) {
		e.replace(vaultFile, "related: [acme/relay]", "aliases: [strongbox]\nrelated: [bora/vault]")
	},
	// Files and folders.
	func(e *editor) { e.rename("content/sellers/acme/vault", "content/sellers/acme/safe") },
	func(e *editor) { e.rename("content/sellers/acme", "content/sellers/acme-group") },
	func(e *editor) {
		e.copy("content/sellers/acme/vault", "content/sellers/acme/second", "3d", "4f", "ami-0", "ami-2", "aliases: [strongbox]\n", "")
	},
	func(e *editor) {
		e.copy(bora, "content/sellers/celtis", "4d", "5d", "ami-1", "ami-3", "bora/", "celtis/")
	},
	func(e *editor) { e.replace("content/sellers/acme/relay/logo.svg", "<svg ", "<svg  ") },
	func(e *editor) { e.replace(bora+"/vault/logo.svg", "viewBox=\"0 0 64 64\"", "viewBox=\"0 0 32 32\"") },
	// The settings.
	func(e *editor) { e.replace("content/catalog.yaml", "Catalogue de test", "Un autre catalogue") },
	func(e *editor) { e.replace("content/catalog.yaml", "fr: Sécurité", "fr: Sûreté") },
}

// passing are edits that are undone by the next save: most leave a catalog faulty,
// or one that cannot be shown; a theme or words of its own take long to try.
var passing = []func(e *editor){
	func(e *editor) { e.replace(vaultFile, "type: omi", "type: omni") },
	func(e *editor) {
		e.replace(bora+"/vault/product.md", "product_code: \"pty-0a1b2c4d\"", "product_code: \"pty-0a1b2c3d\"")
	},
	func(e *editor) { e.replace(bora+"/vault/product.md", "ami-10000001", "ami-00000001") },
	func(e *editor) { e.rename(bora+"/relay", "content/sellers/acme/relay-of-bora") },
	func(e *editor) { e.toggle(vaultFile, "") },
	func(e *editor) { e.toggle("i18n/fr.yaml", "words: {skip: Sauter}\n") },
	func(e *editor) {
		e.toggle("themes/default/templates/404.html", `{{define "main"}}<h1>{{.T "skip"}}</h1>{{end}}`)
	},
	func(e *editor) {
		e.toggle("themes/default/assets/style.css", ":root {--accent: #123456; --on-accent: #fff}")
	},
	func(e *editor) { e.replace(bora+"/showcase.md", "status: published", "status published") },
	func(e *editor) { e.replace("content/catalog.yaml", "languages: [en, fr]", "languages: [en, fr") },
	func(e *editor) { e.rename("content/sellers", "content/elsewhere") },
	func(e *editor) { e.toggle("content/sellers/acme/vault/stray.pdf", "%PDF-") },
	func(e *editor) { e.toggle(bora+"/showcase.md", "") },
	func(e *editor) { e.toggle("content/sellers/acme/vault/logo.svg", "") },
	func(e *editor) { e.toggle("content/pages/about.md", "") },
	func(e *editor) { e.toggle("i18n/en.yaml", "words: {skipp: Skip}\n") },
	func(e *editor) { e.toggle("themes/default/templates/page.html", `{{if}}`) },
}

type editor struct {
	t       *testing.T
	dir     string
	touched []string
	gone    map[string][]byte // files that were taken away
}

func (e *editor) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

func (e *editor) must(err error) {
	if err != nil {
		e.t.Fatal(err)
	}
}

// replace puts one text in the place of the other, whichever is there.
func (e *editor) replace(name, a, b string) {
	data, err := os.ReadFile(e.path(name))
	if err != nil {
		return
	}
	s := string(data)
	if !strings.Contains(s, a) || strings.Contains(b, a) && strings.Contains(s, b) {
		a, b = b, a
	}
	e.must(os.WriteFile(e.path(name), []byte(strings.Replace(s, a, b, 1)), 0o644))
	e.touched = append(e.touched, name)
}

// rename moves a folder to another name, or back.
func (e *editor) rename(a, b string) {
	if _, err := os.Stat(e.path(a)); err != nil {
		a, b = b, a
	}
	if _, err := os.Stat(e.path(b)); err == nil || os.Rename(e.path(a), e.path(b)) != nil {
		return
	}
	e.touched = append(e.touched, a, b)
}

// copy makes a folder like another one, with other texts in the place of some,
// or deletes it again.
func (e *editor) copy(from, to string, replace ...string) {
	e.touched = append(e.touched, to)
	if _, err := os.Stat(e.path(to)); err == nil || os.CopyFS(e.path(to), os.DirFS(e.path(from))) != nil {
		e.must(os.RemoveAll(e.path(to)))
		return
	}
	e.must(filepath.WalkDir(e.path(to), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := os.ReadFile(name)
		e.must(err)
		return os.WriteFile(name, []byte(strings.NewReplacer(replace...).Replace(string(data))), 0o644)
	}))
}

// toggle takes a file away, or puts it back.
func (e *editor) toggle(name, text string) {
	data, err := os.ReadFile(e.path(name))
	switch {
	case err == nil:
		e.gone[name] = data
		e.must(os.Remove(e.path(name)))
		if top, _, _ := strings.Cut(name, "/"); top != "content" { // a theme or words of its own are tried, which takes long
			e.must(os.RemoveAll(e.path(top)))
		}
	case e.gone[name] != nil && text == "":
		if os.WriteFile(e.path(name), e.gone[name], 0o644) != nil {
			return // its folder is elsewhere
		}
	case text != "":
		if !strings.HasPrefix(name, "content/") {
			e.must(os.MkdirAll(filepath.Dir(e.path(name)), 0o755))
		}
		if os.WriteFile(e.path(name), []byte(text), 0o644) != nil {
			return
		}
	}
	e.touched = append(e.touched, name)
}

// state is all that a session gives: what was found, and every byte.
func state(t *testing.T, r *check.Result, s *site.Site, err error) map[string]string {
	t.Helper()
	out := make(map[string]string)
	if err != nil {
		out["error"] = err.Error()
	}
	if r != nil {
		for i, f := range r.Findings {
			out[fmt.Sprintf("finding %d", i)] = fmt.Sprint(f.Path, f.Start, f.Severity, f.Rule.ID, f.Message, f.Help)
		}
	}
	if s == nil {
		return out
	}
	units := s.Units()
	for i := range units {
		for _, p := range units[i].Paths { // as a preview finds it
			if u := s.Unit(p); u == nil || !slices.Equal(u.Paths, units[i].Paths) {
				t.Fatalf("%s is not found", p)
			}
		}
		err := s.Render(s.Unit(units[i].Paths[0]), func(name string, data []byte) error {
			out[name] = string(bytes.Clone(data))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	for _, none := range []string{"", "en", "fr/products/acme/", "fr/products/acme/none/index.html", "og/acme/vault", "acme/vault"} {
		if s.Unit(none) != nil {
			t.Fatalf("a file is found at %q", none)
		}
	}
	return out
}

// built is what a build of the site writes, where there are no errors.
func built(t *testing.T, dir string, r *check.Result, s *site.Site) map[string]string {
	t.Helper()
	out := make(map[string]string)
	if s == nil || r.Counts().Errors > 0 {
		return out
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	to := filepath.Join(t.TempDir(), "public")
	if _, err := build.Build(t.Context(), root, s, to); err != nil {
		out["error"] = err.Error()
	}
	_ = filepath.WalkDir(to, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			data, err := os.ReadFile(name)
			out[strings.TrimPrefix(name, to)] = string(data)
			return err
		}
		return err
	})
	return out
}

// twoSellers is the valid catalog with a second seller: one who offers the same
// under other codes.
func twoSellers(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	err := os.CopyFS(dir, os.DirFS("../check/testdata/valid"))
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, bora), os.DirFS(filepath.Join(dir, "content/sellers/acme")))
	}
	other := strings.NewReplacer("name: Acme", "name: Bora", "pty-0a1b2c3d", "pty-0a1b2c4d", "ami-0", "ami-1", "acme/", "bora/")
	for _, name := range []string{"showcase.md", "vault/product.md", "relay/product.md", "care/product.md"} {
		if err == nil {
			var data []byte
			name := filepath.Join(dir, bora, name)
			if data, err = os.ReadFile(name); err == nil {
				err = os.WriteFile(name, []byte(other.Replace(string(data))), 0o644)
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// Whatever is edited, and however often, a session gives what a clean build
// gives.
func TestASessionEqualsACleanBuild(t *testing.T) {
	n := 500
	if testing.Short() {
		n = 40
	}
	dir := twoSellers(t)
	opt := build.Options{BaseURL: "http://localhost/", At: "2026-06-15"}
	session, r, _, _, err := build.NewSession(t.Context(), dir, opt)
	if err != nil || len(r.Findings) > 0 {
		t.Fatalf("%v, %+v", err, r.Findings)
	}
	random := rand.New(rand.NewPCG(4, 2))
	e := &editor{t: t, dir: dir, gone: make(map[string][]byte)}
	var undo func(*editor)
	shown, faultless := 0, 0
	for i := range n {
		e.touched = nil
		if undo != nil { // of the save before
			undo(e)
			undo = nil
		}
		var which []int
		for range 1 + random.IntN(2) {
			k := random.IntN(len(edits))
			which = append(which, k)
			edits[k](e)
		}
		if random.IntN(4) == 0 {
			k := random.IntN(len(passing))
			which = append(which, -k)
			undo = passing[k]
			undo(e)
		}
		r, s, err := session.Refresh(t.Context(), e.touched)
		got := state(t, r, s, err)
		_, clean, want, _, err := build.NewSession(t.Context(), dir, opt)
		if fresh := state(t, clean, want, err); !maps.Equal(fresh, got) {
			diff := cmp.Diff(fresh, got)
			t.Fatalf("after the edits %v (%d) the session differs (-clean +session):\n%.3000s", which, i, diff)
		}
		if s != nil {
			shown++
		}
		if i%10 == 0 {
			b := built(t, dir, r, s)
			if diff := cmp.Diff(built(t, dir, clean, want), b); diff != "" {
				t.Fatalf("after the edits %v (%d) the build differs (-clean +session):\n%.3000s", which, i, diff)
			}
			faultless += min(1, len(b))
		}
	}
	if shown < n/2 || faultless == 0 && !testing.Short() {
		t.Errorf("only %d of %d edits left a site to compare, %d of them one to build", shown, n, faultless)
	}
}
