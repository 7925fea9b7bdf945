package build_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/site"
)

// edits are what happens to a catalog's files, each with the paths that it
// touches. Some leave it faulty; doing one again may undo it.
var edits = []func(e *editor){
	func(e *editor) {
		e.replace("content/sellers/acme/vault/product.md", "Garde les secrets", "Garde bien les secrets")
	},
	func(e *editor) {
		e.replace("content/sellers/acme/vault/product.md", "status: published", "status: draft")
	},
	func(e *editor) { e.replace("content/sellers/acme/vault/product.md", "type: omi", "type: omni") },
	func(e *editor) { e.replace("content/sellers/acme/showcase.md", "name: Acme", "name: Acme Deux") },
	func(e *editor) { e.replace("content/catalog.yaml", "Catalogue de test", "Un autre catalogue") },
	func(e *editor) { e.rename("content/sellers/acme/vault", "content/sellers/acme/safe") },
	func(e *editor) { e.rename("content/sellers/acme", "content/sellers/acme-group") },
	func(e *editor) { e.copy("content/sellers/acme/vault", "content/sellers/acme/second") },
	func(e *editor) { e.toggle("content/sellers/acme/vault/stray.pdf", "%PDF-") },
	func(e *editor) { e.toggle("content/sellers/acme/vault/product.md", "") },
	func(e *editor) { e.toggle("i18n/fr.yaml", "words: {skip: Sauter}\n") },
	func(e *editor) { e.toggle("i18n/en.yaml", "words: {skipp: Skip}\n") },
	func(e *editor) {
		e.toggle("themes/default/templates/404.html", `{{define "main"}}<h1>{{.T "skip"}}</h1>{{end}}`)
	},
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
	if strings.Contains(s, b) {
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

// copy makes a folder like another one, or deletes it again.
func (e *editor) copy(from, to string) {
	if _, err := os.Stat(e.path(to)); err == nil {
		e.must(os.RemoveAll(e.path(to)))
	} else if os.CopyFS(e.path(to), os.DirFS(e.path(from))) != nil {
		e.must(os.RemoveAll(e.path(to)))
	}
	e.touched = append(e.touched, to)
}

// toggle takes a file away, or puts it back.
func (e *editor) toggle(name, text string) {
	data, err := os.ReadFile(e.path(name))
	switch {
	case err == nil:
		e.gone[name] = data
		e.must(os.Remove(e.path(name)))
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
		err := s.Render(&units[i], func(name string, data []byte) error {
			out[name] = string(bytes.Clone(data))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	return out
}

// Whatever is edited, and however often, a session gives what a clean build
// gives.
func TestASessionEqualsACleanBuild(t *testing.T) {
	n := 120
	if testing.Short() {
		n = 20
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	opt := build.Options{BaseURL: "http://localhost/", At: "2026-06-15"}
	session, _, _, _, err := build.NewSession(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 2))
	e := &editor{t: t, dir: dir, gone: make(map[string][]byte)}
	shown := 0
	for i := range n {
		e.touched = nil
		var which []int
		for range 1 + random.IntN(2) {
			k := random.IntN(len(edits))
			which = append(which, k)
			edits[k](e)
		}
		r, s, err := session.Refresh(t.Context(), e.touched)
		got := state(t, r, s, err)
		_, r, s, _, err = build.NewSession(t.Context(), dir, opt)
		if diff := cmp.Diff(state(t, r, s, err), got); diff != "" {
			t.Fatalf("after the edits %v (%d) the session differs (-clean +session):\n%.3000s", which, i, diff)
		}
		if s != nil {
			shown++
		}
	}
	if shown < n/10 {
		t.Errorf("only %d of %d edits left a site to compare", shown, n)
	}
}
