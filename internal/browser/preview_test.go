package browser_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/internal/browser"
	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/phrasebook"
	"vitrine/internal/preview"
)

// A page that is open follows each save, keeps its place, and is covered by what
// is wrong with a save until it is mended.
func TestPreviewFollowsSaves(t *testing.T) {
	b := browser.Open(t)
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	url, stop := servePreview(t, dir, "127.0.0.1:0")
	defer func() { stop() }()

	tab := b.Tab(t, browser.View{})
	tab.Go(url + "fr/products/kelvane/kelvane-postgres/")
	browser.Get[bool](tab, `document.querySelectorAll("details").forEach(d => d.open = true), scrollTo({top: 700, behavior: "instant"}), true`)
	name := filepath.Join(dir, "content/sellers/kelvane/kelvane-postgres/product.md")
	edit := func(old, now string) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), old) {
			t.Fatalf("%s has no %q", name, old)
		}
		if err := os.WriteFile(name, []byte(strings.Replace(string(data), old, now, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A text changes where it stands: what scripts know stays.
	browser.Get[bool](tab, `window.kept = true`)
	edit("que l’on démarre au lieu de l’installer", "que l’on démarre sans jamais l’installer")
	wait(t, tab, `document.body?.innerText.includes("sans jamais l’installer")`)
	wait(t, tab, `document.readyState === "complete" && Math.abs(scrollY - 700) < 5 && [...document.querySelectorAll("main details")].every(d => d.open)`)
	if !browser.Get[bool](tab, `window.kept === true`) {
		t.Error("the page was loaded anew for a text")
	}
	// A heading with an address of its own is for scripts as well: the page is
	// loaded anew, and put back to where it was.
	edit("# Français\n", "# Français\n\n## Tout nouveau\n\nUn paragraphe.\n")
	edit("# English\n", "# English\n\n## All new\n\nA paragraph.\n")
	wait(t, tab, `window.kept === undefined && document.body?.innerText.includes("Tout nouveau")`)
	wait(t, tab, `document.readyState === "complete" && Math.abs(scrollY - 700) < 5 && [...document.querySelectorAll("main details")].every(d => d.open)`)
	// A picture has the same name as before.
	logo := filepath.Join(filepath.Dir(name), "logo.svg")
	svg, err := os.ReadFile(logo)
	if err != nil {
		t.Fatal(err)
	}
	browser.Get[bool](tab, `window.kept = true`)
	if err := os.WriteFile(logo, bytes.Replace(svg, []byte("<svg "), []byte("<svg  "), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	wait(t, tab, `window.kept === undefined && document.readyState === "complete"`)

	edit("pricing: vm_type", "pricing: vmtype")
	wait(t, tab, `document.querySelector("#vitrine-preview [role=alertdialog]")`)
	said := browser.Get[string](tab, `document.querySelector("#vitrine-preview [role=alertdialog]").innerText`)
	for _, want := range []string{"product.md:", "vmtype", "^^^^", "aide\u00a0:", "Ouvrir dans l’éditeur"} {
		if !strings.Contains(said, want) {
			t.Errorf("the findings lack %q:\n%s", want, said)
		}
	}
	if !browser.Get[bool](tab, fmt.Sprintf("document.body.innerText.includes(%q)", "sans jamais l’installer")) {
		t.Error("the last good page is gone")
	}
	if c := browser.Get[string](tab, `getComputedStyle(document.querySelector("#vitrine-preview li pre")).backgroundColor`); c != "rgba(0, 0, 0, 0)" {
		t.Errorf("the theme colours the findings: %s", c)
	}
	tab.Shot("preview-overlay-fr")
	tab.Show(browser.Phone)
	tab.Shot("preview-overlay-fr-phone")
	tab.Show(browser.View{})
	edit("pricing: vmtype", "pricing: vm_type")
	wait(t, tab, `!document.querySelector("#vitrine-preview [role=alertdialog]")`)
	calm(t, tab)

	// The server is started again: each tab finds it, and what was saved meanwhile.
	second := b.Tab(t, browser.View{})
	second.Go(url + "en/products/kelvane/kelvane-postgres/")
	stop()
	edit("sans jamais l’installer", "sans l’installer du tout")
	edit("A paragraph.", "Another paragraph.")
	address, _ := strings.CutPrefix(strings.TrimSuffix(url, "/"), "http://")
	_, stop = servePreview(t, dir, address)
	wait(t, tab, `document.body?.innerText.includes("sans l’installer du tout")`)
	wait(t, second, `document.body?.innerText.includes("Another paragraph.")`)

	edit("status: published", "status: draft")
	wait(t, second, `document.querySelector("#vitrine-preview [data-bar]")`)
	second.Shot("preview-bar-en")
	second.Show(browser.Phone)
	second.Shot("preview-bar-en-phone")
	for _, page := range []string{"", "side?path=/fr/products/kelvane/kelvane-backup/"} {
		second.Go(url + "_preview/" + page)
		second.Shot("preview-" + strings.Trim(page[:min(4, len(page))]+"list", "/"))
		second.Show(browser.View{})
		second.Shot("preview-wide-" + page[:min(4, len(page))])
		second.Show(browser.Phone)
	}
}

// servePreview serves a preview of a catalog, watching it, until stop is called.
func servePreview(t *testing.T, dir, address string) (url string, stop func()) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	url = "http://" + listener.Addr().String() + "/"
	session, r, s, _, err := build.NewSession(t.Context(), dir, build.Options{BaseURL: url, At: "2026-12-01"})
	if err != nil {
		t.Fatal(err)
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	french, _ := phrasebook.In("fr")
	p := preview.New(r, s, preview.Options{
		Address: listener.Addr(), Dir: dir, Lines: root.LinesOf, Editor: "vscode://file{path}:{line}:{column}", Book: french, Refresh: session.Refresh,
		Report: func(*check.Result, error, time.Duration) {}, Log: t.Logf,
	})
	ctx, cancel := context.WithCancel(t.Context())
	go p.Run(ctx)
	go func() { _ = preview.Watch(ctx, dir, p.Touch, t.Logf) }()
	server := p.Server()
	go func() { _ = server.Serve(listener) }()
	return url, func() {
		cancel()
		_ = server.Close()
		root.Close()
	}
}
