package preview_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/preview"
)

// live is a preview of a copy of the valid catalog, watching it.
type live struct {
	*preview.Preview
	t      *testing.T
	dir    string
	reload chan string // what came of each save: "" or an error
}

func newLive(t *testing.T) *live {
	t.Helper()
	l := &live{t: t, dir: t.TempDir(), reload: make(chan string, 100)}
	if err := os.CopyFS(l.dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	session, r, s, _, err := build.NewSession(t.Context(), l.dir, build.Options{BaseURL: "http://" + host + "/", At: "2026-06-15"})
	if err != nil {
		t.Fatal(err)
	}
	root, err := content.OpenRoot(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	l.Preview = preview.New(r, s, preview.Options{
		Address: address, Dir: l.dir, Lines: root.LinesOf, Editor: "vscode://file{path}:{line}:{column}",
		Refresh: session.Refresh,
		Report: func(_ *check.Result, err error, _ time.Duration) {
			said := ""
			if err != nil {
				said = err.Error()
			}
			l.reload <- said
		},
		Log: func(format string, args ...any) { t.Logf(format, args...) },
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go l.Run(ctx)
	go func() { done <- preview.Watch(ctx, l.dir, l.Touch, t.Logf) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		root.Close()
	})
	time.Sleep(100 * time.Millisecond) // until it watches
	return l
}

func (l *live) file(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

// edit replaces a text in a file, by writing a new one beside it and moving it
// into its place, as most editors do.
func (l *live) edit(name, old, now string) {
	l.t.Helper()
	data, err := os.ReadFile(l.file(name))
	if err != nil {
		l.t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(data), old, now)
	if changed == string(data) {
		l.t.Fatalf("%s has no %q", name, old)
	}
	l.write(name, changed)
}

func (l *live) write(name, data string) {
	l.t.Helper()
	if err := os.WriteFile(l.file(name)+"~", []byte(data), 0o644); err != nil {
		l.t.Fatal(err)
	}
	if err := os.Rename(l.file(name)+"~", l.file(name)); err != nil {
		l.t.Fatal(err)
	}
}

// saved waits for the catalog to be built again.
func (l *live) saved() string {
	l.t.Helper()
	select {
	case said := <-l.reload:
		return said
	case <-time.After(10 * time.Second):
		l.t.Fatal("nothing was built")
		return ""
	}
}

func (l *live) page(path string) (int, string) {
	w := ask(l, http.MethodGet, host, path)
	return w.Code, w.Body.String()
}

// state is what a page is told.
type state struct {
	Generation string
	Stale      bool
	Title      string
	Failure    string
	Findings   []struct{ Severity, Text, Edit string }
	Page       *struct {
		Source string
		Marks  []string
	}
}

func (l *live) state(path string) (s state) {
	l.t.Helper()
	if err := json.Unmarshal(ask(l, http.MethodGet, host, "/_preview/state?path="+path).Body.Bytes(), &s); err != nil {
		l.t.Fatal(err)
	}
	return s
}

const vault = "content/sellers/acme/vault/product.md"

func TestASaveShows(t *testing.T) {
	l := newLive(t)
	l.edit(vault, "Garde les secrets.", "Garde bien les secrets.")
	l.saved()
	if _, page := l.page("/fr/products/acme/vault/"); !strings.Contains(page, "Garde bien les secrets.") {
		t.Error("the page does not show what was saved")
	}
	// A word and a template of the catalog's own.
	for _, dir := range []string{"i18n", "themes/default/templates"} {
		if err := os.MkdirAll(l.file(dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	l.write("i18n/fr.yaml", "words: {skip: Sauter}\n")
	l.saved()
	l.write("themes/default/templates/404.html", `{{define "main"}}<h1>Perdu</h1>{{end}}`)
	for range 20 { // new folders and their files may come as several saves
		if _, page := l.page("/fr/404.html"); strings.Contains(page, "Perdu") && strings.Contains(page, "Sauter") {
			return
		}
		select {
		case <-l.reload:
		case <-time.After(200 * time.Millisecond):
		}
	}
	t.Error("a word or a template that was saved does not show")
}

func TestAFaultyPageStays(t *testing.T) {
	l := newLive(t)
	const path = "/fr/products/acme/vault/"
	if code, _ := l.page(path); code != 200 {
		t.Fatal(code)
	}
	l.edit(vault, "status: published", "status: publihsed")
	l.saved()
	if code, page := l.page(path); code != 200 || !strings.Contains(page, "Garde les secrets.") {
		t.Errorf("the last good page is gone: status %d", code)
	}
	s := l.state(path)
	if !s.Stale || len(s.Findings) == 0 {
		t.Fatalf("the page is told %+v", s)
	}
	for _, want := range []string{vault + ":", `"publihsed"`, "^^^^", "help: "} {
		if !strings.Contains(s.Findings[0].Text, want) {
			t.Errorf("the finding lacks %q:\n%s", want, s.Findings[0].Text)
		}
	}
	if form := regexp.MustCompile(`^vscode://file/.*/acme/vault/product\.md:\d+:\d+$`); !form.MatchString(s.Findings[0].Edit) {
		t.Errorf("the editor is asked for %s", s.Findings[0].Edit)
	}
	l.edit(vault, "status: publihsed", "status: published")
	l.saved()
	if s := l.state(path); s.Stale || len(s.Findings) > 0 {
		t.Errorf("it does not go away when it is mended: %+v", s)
	}
	l.write("themes_not_watched.txt", "x")
	if err := os.MkdirAll(l.file("themes/default/templates"), 0o755); err != nil {
		t.Fatal(err)
	}
	l.write("themes/default/templates/page.html", "{{if}}")
	for s := l.state(path); s.Failure == ""; s = l.state(path) {
		l.saved()
	}
	if code, _ := l.page(path); code != 200 {
		t.Errorf("with a broken theme, the page has status %d", code)
	}
}

func TestARenamedFolderIsFollowed(t *testing.T) {
	l := newLive(t)
	if err := os.Rename(l.file("content/sellers/acme/vault"), l.file("content/sellers/acme/safe")); err != nil {
		t.Fatal(err)
	}
	l.saved()
	l.edit("content/sellers/acme/safe/product.md", "Garde les secrets.", "Garde tous les secrets.")
	l.saved()
	if code, _ := l.page("/fr/products/acme/vault/"); code != 404 && !l.state("/fr/products/acme/vault/").Stale {
		t.Errorf("the old address has status %d", code)
	}
	if _, page := l.page("/fr/products/acme/safe/"); !strings.Contains(page, "Garde tous les secrets.") {
		t.Error("what was saved in a renamed folder does not show")
	}
}

func TestABurstIsOneBuild(t *testing.T) {
	l := newLive(t)
	for range 300 {
		l.write(vault, mustRead(t, l.file(vault)))
	}
	l.saved()
	time.Sleep(300 * time.Millisecond)
	if more := len(l.reload); more > 2 { // a slow machine may pause in the middle
		t.Errorf("300 saves at once made %d builds", 1+more)
	}
}

func mustRead(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEventsComeFromOwnPagesOnly(t *testing.T) {
	l := newLive(t)
	for _, path := range []string{"/_preview/events", "/_preview/state?path=/en/", "/_preview/"} {
		r := httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		l.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: another site gets status %d", path, w.Code)
		}
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = host
		l.ServeHTTP(w, r)
	}))
	server.Start()
	defer server.Close()
	answer, err := server.Client().Get(server.URL + "/_preview/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	next := func() {
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "data:") {
				return
			}
		}
		t.Fatal("no event came")
	}
	next() // at once
	l.edit(vault, "Garde les secrets.", "Garde mes secrets.")
	next()
}
