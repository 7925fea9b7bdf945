package lsp

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// apply carries out a workspace edit on the disk, in its order, as an editor does.
func (e *editor) apply(answer json.RawMessage) (renamed int) {
	e.t.Helper()
	var edit struct{ DocumentChanges []json.RawMessage }
	if err := json.Unmarshal(answer, &edit); err != nil {
		e.t.Fatal(err)
	}
	for _, raw := range edit.DocumentChanges {
		var move renameFile
		var change documentEdit
		_ = json.Unmarshal(raw, &move)
		if move.Kind == "rename" {
			renamed++
			if err := os.Rename(pathOf(move.OldURI), pathOf(move.NewURI)); err != nil {
				e.t.Fatal(err)
			}
			continue
		}
		if err := json.Unmarshal(raw, &change); err != nil {
			e.t.Fatal(err)
		}
		name := pathOf(change.TextDocument.URI)
		data, err := os.ReadFile(name)
		if err != nil {
			e.t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(applied(string(data), change.Edits...)), 0o600); err != nil {
			e.t.Fatal(err)
		}
	}
	return renamed
}

// linked is a catalog in which much refers to much, committed to a repository.
func linked(t *testing.T) string {
	t.Helper()
	dir := catalogCopy(t)
	edit := func(path string, oldnew ...string) {
		t.Helper()
		name := filepath.Join(dir, filepath.FromSlash(path))
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.NewReplacer(oldnew...).Replace(string(data))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	edit("content/sellers/acme/relay/product.md",
		"logo: logo.svg\n", "logo: logo.svg\nrelated: [\"acme/vault\", acme/care]\n",
		"Use it.", "Use [it](/en/products/acme/vault/#use), [all](/en/sellers/acme/) and [this][v].\n\n[v]: /en/products/acme/vault/",
		"Utilisez-le.", "Utilisez [ceci](/fr/products/acme/vault/#usage), [tout](/fr/sellers/acme/) et [cela][v].\n\n[v]: /fr/products/acme/vault/")
	edit("content/sellers/acme/vault/product.md", "reason: superseded}", "reason: superseded, replacement: acme/relay}")
	edit("content/pages/about.md", "A catalog.", "A [catalog](/en/products/acme/vault/).", "Un catalogue.", "Un [catalogue](/fr/products/acme/vault/).")
	edit("content/catalog.yaml", "currency: EUR\n", "currency: EUR\nstaff: [orlune-staff]\n")
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "-A"}, {"-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "base"}} {
		if out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput(); err != nil {
			t.Skipf("git: %v %s", err, out)
		}
	}
	if found := judged(t, dir); len(found) > 0 {
		t.Fatalf("the catalog is not sound: %v", found)
	}
	return dir
}

// soundChange fails where the change since the last commit has findings.
func soundChange(t *testing.T, dir string) {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, _, err := build.CheckChange(context.Background(), root, build.Options{At: today}, "main", "orlune-staff")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Severity == diag.Error {
			t.Errorf("%s:%d: %s [%s]", f.Path, f.Start.Line, f.Message, f.Rule.ID)
		}
	}
}

// TestRename renames entries on the disk: everything that refers to them follows,
// and the check of the change finds nothing.
func TestRename(t *testing.T) {
	const relay, showcase = "content/sellers/acme/relay/product.md", "content/sellers/acme/showcase.md"
	for _, test := range []struct {
		name, path, before, placeholder, to string
		moved, left                         string   // a file that is there now, what no file has any more
		has                                 []string // FILE: TEXT
	}{
		{
			"a product, at a reference", relay, "acme/vault\"", "vault", "strongbox",
			"content/sellers/acme/strongbox/product.md", "acme/vault",
			[]string{
				relay + `: related: ["acme/strongbox", acme/care]`, relay + ": (/fr/products/acme/strongbox/#usage)", relay + ": [v]: /en/products/acme/strongbox/",
				"content/sellers/acme/care/product.md: service_of: acme/strongbox", "content/pages/about.md: (/en/products/acme/strongbox/)",
				"content/sellers/acme/strongbox/product.md: aliases: [vault]",
			},
		},
		{
			"a product, at a link", "content/pages/about.md", "catalog](", "vault", "acme/strongbox",
			"content/sellers/acme/strongbox/product.md", "acme/vault", nil,
		},
		{
			"a product, at its first line", relay, "---", "relay", "ferry",
			"content/sellers/acme/ferry/product.md", "acme/relay",
			[]string{vault + ": related: [acme/ferry]", vault + ": replacement: acme/ferry}"},
		},
		{
			"a product, at its title", relay, "title:", "relay", "ferry",
			"content/sellers/acme/ferry/product.md", "acme/relay", nil,
		},
		{
			"a seller, at its name", showcase, "name:", "acme", "zenith",
			"content/sellers/zenith/vault/product.md", "acme/",
			[]string{"content/sellers/zenith/showcase.md: aliases: [acme]", "content/sellers/zenith/care/product.md: service_of: zenith/vault", "content/sellers/zenith/relay/product.md: (/fr/sellers/zenith/)"},
		},
		{
			"a page, in the navigation", "content/catalog.yaml", "about]", "about", "what-this-is",
			"content/pages/what-this-is.md", "[about]\nregions",
			[]string{"content/pages/what-this-is.md: aliases: [about]", "content/catalog.yaml: navigation: [what-this-is]"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := linked(t)
			e := start(t, dir, Options{})
			where := e.spot(test.path, e.marked(test.path, test.before), object{"newName": test.to})
			var p *prepared
			if err := json.Unmarshal(e.ask("textDocument/prepareRename", where), &p); err != nil || p == nil || p.Placeholder != test.placeholder {
				t.Fatalf("prepared %+v, want %s", p, test.placeholder)
			}
			if n := e.apply(e.ask("textDocument/rename", where)); n != 1 {
				t.Errorf("%d files were renamed", n)
			}
			soundChange(t, dir)
			if _, err := os.Stat(filepath.Join(dir, test.moved)); err != nil {
				t.Error(err)
			}
			_ = filepath.Walk(filepath.Join(dir, "content"), func(name string, info os.FileInfo, err error) error {
				if data, _ := os.ReadFile(name); err == nil && strings.Contains(strings.ReplaceAll(string(data), "www.acme.example/", ""), test.left) {
					t.Errorf("%s has %s:\n%s", name, test.left, data)
				}
				return nil
			})
			for _, has := range test.has {
				name, text, _ := strings.Cut(has, ": ")
				if !strings.Contains(e.file(name), text) {
					t.Errorf("%s lacks %s:\n%s", name, text, e.file(name))
				}
			}
		})
	}
}

// TestRenameBack: a name that an entry had before is its own again.
func TestRenameBack(t *testing.T) {
	for name, aliases := range map[string]string{"in brackets": "aliases: [safe, chest]\n", "in a block": "aliases:\n  - safe\n  - chest\n"} {
		t.Run(name, func(t *testing.T) {
			dir := linked(t)
			e := start(t, dir, Options{})
			with := strings.Replace(e.file(vault), "related: [acme/relay]\n", "related: [acme/relay]\n"+aliases, 1)
			if err := os.WriteFile(filepath.Join(dir, vault), []byte(with), 0o600); err != nil {
				t.Fatal(err)
			}
			e.apply(e.ask("textDocument/rename", e.spot(vault, "‸"+with, object{"newName": "safe"})))
			soundChange(t, dir)
			if got := e.file("content/sellers/acme/safe/product.md"); !strings.Contains(got, "aliases: [chest, vault]\n") {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

func TestRenameRefused(t *testing.T) {
	e := start(t, linked(t), Options{})
	for _, test := range []struct{ before, to, want string }{
		{"acme/relay]", "Relay", "lowercase letters"},
		{"acme/relay]", "care", "there is an entry content/sellers/acme/care already"},
		{"acme/relay]", "relay", "its name already"},
		{"acme/relay]", "other/relay", "lowercase letters"},
		{"Keeps", "x", "nothing is renamed here"},
	} {
		code, message := e.refused("textDocument/rename", e.spot(vault, e.marked(vault, test.before), object{"newName": test.to}))
		if code != requestFailed || !strings.Contains(message, test.want) {
			t.Errorf("%s: %d %s", test.to, code, message)
		}
	}
	simple := connect(t, linked(t), Options{})
	simple.greet(`{}`, "en")
	if _, message := simple.refused("textDocument/rename", simple.spot(vault, simple.marked(vault, "acme/relay]"), object{"newName": "ferry"})); !strings.Contains(message, "rename content/sellers/acme/relay yourself") {
		t.Error(message)
	}
}

// TestRenameInNeovim: an editor that says what it can do with files, and nothing of
// documentChanges, in which alone it is told of them.
func TestRenameInNeovim(t *testing.T) {
	dir := linked(t)
	e := connect(t, dir, Options{})
	e.greet(`{"workspace": {"workspaceEdit": {"resourceOperations": ["rename", "create", "delete"]}}}`, "en")
	from, to := filepath.Join(dir, "content/sellers/acme/vault"), filepath.Join(dir, "content/sellers/acme/strongbox")
	if got := e.ask("workspace/willRenameFiles", object{"files": []object{{"oldUri": uriOf(from), "newUri": uriOf(to)}}}); string(got) == "null" {
		t.Error("references do not follow a folder")
	}
	if n := e.apply(e.on("textDocument/rename", vault, e.marked(vault, "---"), object{"newName": "strongbox"})); n != 1 {
		t.Errorf("%d files were renamed", n)
	}
	soundChange(t, dir)
}

// TestRenameInTree: an editor that renames a folder in its list of files asks first,
// and references follow.
func TestRenameInTree(t *testing.T) {
	dir := linked(t)
	e := start(t, dir, Options{})
	from, to := filepath.Join(dir, "content/sellers/acme/vault"), filepath.Join(dir, "content/sellers/acme/strongbox")
	answer := e.ask("workspace/willRenameFiles", object{"files": []object{{"oldUri": uriOf(from), "newUri": uriOf(to)}}})
	if n := e.apply(answer); n != 0 {
		t.Errorf("%d files were renamed: that is for the editor", n)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	soundChange(t, dir)
}

// TestRenameOfUnsaved: what is open counts, not what is on the disk.
func TestRenameOfUnsaved(t *testing.T) {
	e := start(t, linked(t), Options{})
	about := "content/pages/about.md"
	e.open(about, strings.Replace(e.file(about), "A [catalog]", "New line. 😀\nA [catalog]", 1))
	var edit struct{ DocumentChanges []documentEdit }
	if err := json.Unmarshal(e.on("textDocument/rename", vault, e.marked(vault, "---"), object{"newName": "strongbox"}), &edit); err != nil {
		t.Fatal(err)
	}
	for _, d := range edit.DocumentChanges {
		if d.TextDocument.URI != e.uri(about) {
			continue
		}
		if d.TextDocument.Version == nil || *d.TextDocument.Version != 1 {
			t.Errorf("the version is %v", d.TextDocument.Version)
		}
		if got := applied(e.texts[about], d.Edits...); strings.Count(got, "acme/strongbox/") != 2 || strings.Contains(got, "vault") {
			t.Errorf("got\n%s", got)
		}
		return
	}
	t.Error("the open file has no edit")
}
