package preview_test

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/preview"
	"vitrine/internal/site"
)

// A folder that goes takes its pages with it, and nothing else; when it comes
// back, so do they.
func TestAFolderIsRemoved(t *testing.T) {
	const path = "/fr/products/acme/vault/"
	for _, folder := range []string{"content/sellers/acme/vault", "content/sellers/acme", "content/sellers", "content"} {
		t.Run(folder, func(t *testing.T) {
			l := newLive(t)
			if code, _ := l.page(path); code != 200 {
				t.Fatal(code)
			}
			if err := os.RemoveAll(l.file(folder)); err != nil {
				t.Fatal(err)
			}
			l.saved()
			if code, _ := l.page("/fr/"); code != 200 {
				t.Errorf("the site is gone: status %d", code)
			}
			if err := os.CopyFS(l.file(folder), os.DirFS("../check/testdata/valid/"+folder)); err != nil {
				t.Fatal(err)
			}
			l.until("the page is back", func() bool {
				code, page := l.page(path)
				return code == 200 && strings.Contains(page, "Garde les secrets.") && !l.state(path).Stale
			})
			l.edit(vault, "Garde les secrets.", "Garde tous les secrets.") // and it is watched
			l.until("a later save shows", func() bool {
				_, page := l.page(path)
				return strings.Contains(page, "Garde tous les secrets.")
			})
		})
	}
}

// until waits for what builds bring about.
func (l *live) until(what string, holds func() bool) {
	l.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if holds() {
			return
		}
		select {
		case <-l.reload:
		case <-time.After(50 * time.Millisecond):
		}
	}
	l.t.Fatalf("in vain waited until %s", what)
}

// A file that is empty for a moment is not built: it is being saved. One that
// stays cut off is faulty, and mended by its rest.
func TestASaveInTheMiddle(t *testing.T) {
	l := newLive(t)
	const path = "/fr/products/acme/vault/"
	l.page(path)
	whole := mustRead(t, l.file(vault))
	write := func(data string) {
		t.Helper()
		if err := os.WriteFile(l.file(vault), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("")
	time.Sleep(15 * time.Millisecond)
	write(strings.Replace(whole, "Garde les", "Garde mes", 1))
	l.saved()
	if s := l.state(path); s.Stale {
		t.Errorf("an empty file was built: %+v", s)
	}
	l.page(path) // it is open in a browser
	write(whole[:len(whole)/2])
	l.until("half a file is faulty", func() bool { return l.state(path).Stale })
	if code, page := l.page(path); code != 200 || !strings.Contains(page, "Garde mes secrets.") {
		t.Errorf("the last good page is gone: status %d", code)
	}
	write(whole)
	l.until("the rest mends it", func() bool { return !l.state(path).Stale })
}

// A newer save gives up the build of an older one; what that one was for is
// built with it.
func TestANewerSaveComesFirst(t *testing.T) {
	root, err := content.OpenRoot("../check/testdata/valid")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	session, r, s, _, err := build.NewSession(t.Context(), root.Dir(), build.Options{BaseURL: "http://" + host + "/", At: "2026-06-15"})
	if err != nil {
		t.Fatal(err)
	}
	started, reported := make(chan []string, 9), make(chan bool, 9)
	p := preview.New(r, s, preview.Options{
		Address: address, Dir: root.Dir(), Lines: root.LinesOf,
		Refresh: func(ctx context.Context, touched []string) (*check.Result, *site.Site, error) {
			started <- slices.Clone(touched)
			if !slices.Contains(touched, "content/b") { // it takes for ever
				<-ctx.Done()
				return nil, nil, ctx.Err()
			}
			return session.Refresh(ctx, nil)
		},
		Report: func(_ *check.Result, err error, _ time.Duration) { reported <- err == nil },
		Log:    t.Logf,
	})
	go p.Run(t.Context())
	p.Touch([]string{"content/a"})
	if got := <-started; !slices.Equal(got, []string{"content/a"}) {
		t.Fatalf("built for %q", got)
	}
	p.Touch([]string{"content/b"})
	if got := <-started; !slices.Equal(got, []string{"content/a", "content/b"}) {
		t.Errorf("the second build is for %q", got)
	}
	if !<-reported || len(reported) > 0 {
		t.Error("the build that was given up is told of")
	}
}

// A page that was not changed is not sent again.
func TestAPageIsSentOnce(t *testing.T) {
	l := newLive(t)
	tag := ask(l, http.MethodGet, host, "/fr/sellers/acme/").Header().Get("ETag")
	again := func(path string) int {
		r := newRequest(path)
		r.Header.Set("If-None-Match", tag)
		return answer(l, r).Code
	}
	if code := again("/fr/sellers/acme/"); code != http.StatusNotModified {
		t.Errorf("the same page has status %d", code)
	}
	l.edit("content/sellers/acme/showcase.md", "Nous faisons des coffres.", "Nous faisons de bons coffres.")
	l.saved()
	if code := again("/fr/sellers/acme/"); code != http.StatusOK {
		t.Errorf("a page that changed has status %d", code)
	}
}
