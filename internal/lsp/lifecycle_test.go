package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLifecycle(t *testing.T) {
	e := connect(t, catalogCopy(t), Options{})
	if code, _ := e.refused("textDocument/hover", object{}); code != notInitialized {
		t.Errorf("before initialize: %d", code)
	}
	e.tell("textDocument/didOpen", object{}) // dropped
	answer := e.greet(fullClient, "en")
	var told struct {
		ServerInfo   struct{ Name string }
		Capabilities struct{ PositionEncoding string }
	}
	if err := json.Unmarshal(answer, &told); err != nil || told.ServerInfo.Name != "vitrine" || told.Capabilities.PositionEncoding != "utf-16" {
		t.Errorf("initialize answers %s", answer)
	}
	if code, _ := e.refused("initialize", object{}); code != -32600 {
		t.Errorf("a second initialize: %d", code)
	}
	if code, _ := e.refused("textDocument/semanticTokens/full", object{}); code != -32601 {
		t.Errorf("an unknown method: %d", code)
	}
	e.tell("$/unknown", object{})
	e.tell("workspace/unknown", nil)
	e.send(object{"id": nil})
	e.tell("textDocument/didChange", object{"textDocument": 7}) // no parameters of it
	e.wait("registration", func() bool { return len(e.asked) == 1 && e.asked[0].Method == "client/registerCapability" })
	e.ask("shutdown", nil)
	if code, _ := e.refused("textDocument/hover", object{}); code != -32600 {
		t.Errorf("after shutdown: %d", code)
	}
	e.tell("exit", nil)
	if err := <-e.result; err != nil {
		t.Errorf("after shutdown and exit: %v", err)
	}
}

// TestGone: without shutdown, the program ends as the protocol asks, whether the
// editor says exit or closes the pipe.
func TestGone(t *testing.T) {
	for name, end := range map[string]func(*editor){
		"exit":            func(e *editor) { e.tell("exit", nil) },
		"the pipe closed": func(e *editor) { _ = e.to.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			e := start(t, catalogCopy(t), Options{})
			e.open(vault, "")
			end(e)
			select {
			case err := <-e.result:
				if !errors.Is(err, ErrNoShutdown) {
					t.Errorf("%v, want %v", err, ErrNoShutdown)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("the server did not end")
			}
		})
	}
}

// TestCancel: a request that is cancelled is answered with its own error.
func TestCancel(t *testing.T) {
	done := make(chan struct{})
	handlers["test/wait"] = func(s *server, ctx context.Context, _ string) (any, error) {
		close(done)
		<-ctx.Done()
		return nil, nil
	}
	e := start(t, catalogCopy(t), Options{})
	t.Cleanup(func() { delete(handlers, "test/wait") })
	id := e.begin("test/wait", nil)
	<-done
	e.tell("$/cancelRequest", object{"id": id})
	if m := e.answer(id); m.Error == nil || m.Error.Code != requestCancelled {
		t.Errorf("answered %+v", m)
	}
}

// TestFault: a fault of the program goes to the log, and the next request is
// answered.
func TestFault(t *testing.T) {
	handlers["test/panic"] = func(*server, context.Context, string) (any, error) { panic("a fault") }
	e := start(t, catalogCopy(t), Options{})
	t.Cleanup(func() { delete(handlers, "test/panic") })
	if code, _ := e.refused("test/panic", nil); code != -32603 {
		t.Errorf("code %d", code)
	}
	e.wait("log", func() bool { return len(e.logged) > 0 && strings.Contains(e.logged[0], "a fault") })
	e.open(vault, "")
	e.found(vault)
}

// TestOutside: files that no catalog is read from get no findings and no answers.
func TestOutside(t *testing.T) {
	dir := catalogCopy(t)
	e := start(t, dir, Options{})
	for _, name := range []string{"README.md", "content/sellers/acme/vault/notes.md", "../elsewhere.md"} {
		e.open(name, "---\nstatus: x\n---\n# Text\n")
		if got := e.on("textDocument/hover", name, "---\nsta‸tus: x\n---\n", nil); string(got) != "null" {
			t.Errorf("%s: hover %s", name, got)
		}
		if got := e.ask("textDocument/codeAction", object{"textDocument": object{"uri": e.uri(name)}, "range": textRange{}, "context": object{}}); string(got) != "[]" {
			t.Errorf("%s: actions %s", name, got)
		}
	}
	e.open(vault, "")
	e.found(vault)
	for uri, p := range e.shown {
		if uri != e.uri(vault) && len(p.Diagnostics) > 0 {
			t.Errorf("%s has findings: %+v", uri, p.Diagnostics)
		}
	}
}

// TestWatched: files that change on the disk are looked at again.
func TestWatched(t *testing.T) {
	dir := catalogCopy(t)
	e := start(t, dir, Options{})
	e.open(vault, "")
	e.found(vault)
	logo := filepath.Join(dir, "content/sellers/acme/vault/logo.svg")
	data, err := os.ReadFile(logo)
	if err != nil {
		t.Fatal(err)
	}
	shown := func(n int) func() bool { return func() bool { return len(e.shown[e.uri(vault)].Diagnostics) == n } }
	if err := os.Remove(logo); err != nil {
		t.Fatal(err)
	}
	e.tell("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uriOf(logo), "type": 3}}})
	e.wait("finding", shown(1))
	if err := os.WriteFile(logo, data, 0o600); err != nil {
		t.Fatal(err)
	}
	e.tell("textDocument/didSave", object{"textDocument": object{"uri": e.uri(vault)}}) // an editor that watches nothing
	e.wait("no finding", shown(0))
}

// TestTwoCatalogs: each file is judged by its own catalog, also one that the editor
// did not name.
func TestTwoCatalogs(t *testing.T) {
	e, other := start(t, catalogCopy(t), Options{}), catalogCopy(t)
	rel, err := filepath.Rel(e.root, filepath.Join(other, vault))
	if err != nil {
		t.Fatal(err)
	}
	rel = filepath.ToSlash(rel)
	e.open(vault, "")
	e.open(rel, strings.Replace(e.file(vault), "categories: [security]", "categories: [securty]", 1))
	if found := e.found(rel); len(found) != 1 || found[0].Code != "category-unknown" {
		t.Errorf("found %+v", found)
	}
	if found := e.found(vault); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}

// TestFolderRemoved: of a folder that leaves the editor's workspace, no findings stay.
func TestFolderRemoved(t *testing.T) {
	e, other := start(t, catalogCopy(t), Options{}), catalogCopy(t)
	if err := os.Remove(filepath.Join(other, "content/sellers/acme/vault/logo.svg")); err != nil {
		t.Fatal(err)
	}
	folder, file := []object{{"uri": uriOf(other), "name": "other"}}, uriOf(filepath.Join(other, vault))
	shown := func(n int) func() bool { return func() bool { return len(e.shown[file].Diagnostics) == n } }
	e.tell("workspace/didChangeWorkspaceFolders", object{"event": object{"added": folder, "removed": []object{}}})
	e.wait("finding", shown(1))
	e.tell("workspace/didChangeWorkspaceFolders", object{"event": object{"added": []object{}, "removed": folder}})
	e.wait("no finding", shown(0))
}

// TestNewCatalog: texts that are open before their catalog.yaml is there become part
// of the catalog when it is saved.
func TestNewCatalog(t *testing.T) {
	for name, tell := range map[string]func(*editor){
		"saved": func(e *editor) {
			e.tell("textDocument/didSave", object{"textDocument": object{"uri": e.uri("content/catalog.yaml")}})
		},
		"watched": func(e *editor) {
			e.tell("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": e.uri("content/catalog.yaml"), "type": 1}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := catalogCopy(t)
			file := filepath.Join(dir, "content/catalog.yaml")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			e := start(t, dir, Options{})
			e.open("content/catalog.yaml", string(data))
			e.open(vault, strings.Replace(e.file(vault), "categories: [security]", "categories: [securty]", 1))
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			tell(e)
			if found := e.found(vault); len(found) != 1 || found[0].Code != "category-unknown" {
				t.Errorf("found %+v", found)
			}
		})
	}
}

// TestNewEntry: a product that is not saved yet is part of the catalog when its
// folder is there.
func TestNewEntry(t *testing.T) {
	dir := catalogCopy(t)
	if err := os.CopyFS(filepath.Join(dir, "content/sellers/acme/safe"), os.DirFS(filepath.Join(dir, "content/sellers/acme/relay"))); err != nil {
		t.Fatal(err)
	}
	safe := "content/sellers/acme/safe/product.md"
	if err := os.Remove(filepath.Join(dir, safe)); err != nil {
		t.Fatal(err)
	}
	e := start(t, dir, Options{})
	relay := e.file("content/sellers/acme/relay/product.md")
	e.open(safe, relay)
	if found := e.found(safe); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
	e.open("content/sellers/acme/relay/product.md", strings.Replace(relay, "logo: logo.svg\n", "logo: logo.svg\nrelated: [acme/safe]\n", 1))
	if found := e.found("content/sellers/acme/relay/product.md"); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}

// TestBrokenSettings: while catalog.yaml cannot be read, that is what is said.
func TestBrokenSettings(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	e.open(vault, "")
	e.open("content/catalog.yaml", "")
	sound := e.texts["content/catalog.yaml"]
	e.write("content/catalog.yaml", "title: {en: \"\n"+sound)
	if found := e.found("content/catalog.yaml"); len(found) != 1 || found[0].Code != "yaml-syntax" {
		t.Errorf("found %+v", found)
	}
	if got := labels(e.completions("content/catalog.yaml", "tit‸")); len(got) == 0 || got[0] != "title" {
		t.Errorf("offered %q", got)
	}
	e.write("content/catalog.yaml", sound)
	if found := e.found("content/catalog.yaml"); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}

// TestFrench: the editor's language is spoken, unless another one is asked for.
func TestFrench(t *testing.T) {
	for _, test := range []struct{ locale, asked, want string }{{"fr-FR", "", "aide"}, {"fr_CA", "", "aide"}, {"de", "", "help:"}, {"fr", "en", "help:"}, {"en", "fr", "aide"}} {
		e := connect(t, catalogCopy(t), Options{Language: test.asked})
		e.greet(fullClient, test.locale)
		e.open(vault, "---\ntype: omi\nstatus: x\n---\n")
		if found := e.found(vault); len(found) == 0 || !strings.Contains(found[0].Message, "\n"+test.want) {
			t.Errorf("%s, --lang %s: %+v", test.locale, test.asked, found)
		}
	}
}

// TestEndWhileAsked: requests that come in while the server ends do not disturb it.
func TestEndWhileAsked(t *testing.T) {
	root := catalogCopy(t)
	for range 30 {
		e := start(t, root, Options{})
		e.ask("shutdown", nil)
		e.tell("exit", nil)
		go func() {
			for range 50 {
				e.tell("textDocument/hover", object{})
			}
		}()
		select {
		case err := <-e.result:
			if err != nil {
				t.Fatal(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the server did not end")
		}
	}
}
