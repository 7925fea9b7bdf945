package browser_test

import (
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
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String() + "/"
	session, r, s, _, err := build.NewSession(t.Context(), dir, build.Options{BaseURL: url, At: "2026-12-01"})
	if err != nil {
		t.Fatal(err)
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	p := preview.New(r, s, preview.Options{
		Address: listener.Addr(), Dir: dir, Lines: root.LinesOf, Editor: "vscode://file{path}:{line}:{column}", Refresh: session.Refresh,
		Report: func(*check.Result, error, time.Duration) {}, Log: t.Logf,
	})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go p.Run(ctx)
	go func() { _ = preview.Watch(ctx, dir, p.Touch, t.Logf) }()
	server := p.Server()
	go func() { _ = server.Serve(listener) }()
	defer server.Close()

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
	edit("que l’on démarre au lieu de l’installer", "que l’on démarre sans jamais l’installer")
	wait(t, tab, `document.body?.innerText.includes("sans jamais l’installer")`)
	wait(t, tab, `document.readyState === "complete" && Math.abs(scrollY - 700) < 5 && [...document.querySelectorAll("main details")].every(d => d.open)`)

	edit("pricing: vm_type", "pricing: vmtype")
	wait(t, tab, `document.querySelector("#vitrine-preview [role=alertdialog]")`)
	said := browser.Get[string](tab, `document.querySelector("#vitrine-preview [role=alertdialog]").innerText`)
	for _, want := range []string{"product.md:", "vmtype", "^^^^", "help:", "Open in the editor"} {
		if !strings.Contains(said, want) {
			t.Errorf("the findings lack %q:\n%s", want, said)
		}
	}
	if !browser.Get[bool](tab, fmt.Sprintf("document.body.innerText.includes(%q)", "sans jamais l’installer")) {
		t.Error("the last good page is gone")
	}
	edit("pricing: vmtype", "pricing: vm_type")
	wait(t, tab, `!document.querySelector("#vitrine-preview [role=alertdialog]")`)
	calm(t, tab)
}
