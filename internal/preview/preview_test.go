package preview_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/content"
	"vitrine/internal/preview"
)

// address is where the previews of the tests seem to listen.
var address = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}

const host = "127.0.0.1:8080"

// handler returns the preview of a small valid catalog.
func handler(t *testing.T, base string) *preview.Preview {
	t.Helper()
	return handlerAt(t, base, address)
}

func handlerAt(t *testing.T, base string, at net.Addr) *preview.Preview {
	t.Helper()
	root, err := content.OpenRoot("../check/testdata/valid")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	const day = "2026-06-15"
	r, err := build.Check(t.Context(), root, build.Options{At: day})
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := build.Plan(t.Context(), root, r, build.Options{BaseURL: base, At: day})
	if err != nil {
		t.Fatal(err)
	}
	return preview.New(r, s, preview.Options{
		Address: at, Dir: "../check/testdata/valid", Lines: root.LinesOf,
		Log: func(format string, args ...any) { t.Errorf("logged: "+format, args...) },
	})
}

func newRequest(path string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)
	r.Host = host
	return r
}

func answer(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func ask(h http.Handler, method, host, target string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://"+host+"/", nil)
	r.URL.Path, r.URL.RawPath = "", ""
	if u, err := r.URL.Parse(target); err == nil {
		r.URL, r.RequestURI = u, target
	}
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAnswers(t *testing.T) {
	h := handler(t, "http://"+host+"/")
	for _, test := range []struct {
		path   string
		status int
		kind   string // Content-Type
		want   string // in the body, or the Location of a redirect
	}{
		{"/", 200, "text/html; charset=utf-8", "Catalogue de test"},
		{"/en/", 200, "text/html; charset=utf-8", `<html lang="en"`},
		{"/fr/products/acme/vault/", 200, "text/html; charset=utf-8", "Garde les secrets."},
		{"/fr/products/acme/vault/?utm_source=x", 200, "text/html; charset=utf-8", "Garde les secrets."},
		{"/fr/products/acme/vault/index.html", 200, "text/html; charset=utf-8", "Garde les secrets."},
		{"/en/feed.atom", 200, "application/atom+xml", "<feed"},
		{"/sitemap.xml", 200, "application/xml", "http://127.0.0.1:8080/fr/products/acme/vault/"},
		{"/robots.txt", 200, "text/plain; charset=utf-8", "User-agent"},
		{"/files/acme/vault.logo.svg", 200, "image/svg+xml", "<svg"},
		{"/fr/search/index.json", 200, "application/json", `"words":`},
		{"/fr/search/index.json?again", 200, "application/json", `"words":`},
		{"/fr/search/nothing.json", 404, "text/html; charset=utf-8", `<html lang="fr"`},
		{"/fr/search/", 404, "text/html; charset=utf-8", `<html lang="fr"`},

		{"/en", 301, "", "/en/"},
		{"/fr/products/acme/vault", 301, "", "/fr/products/acme/vault/"},

		{"/fr/404.html", 200, "text/html; charset=utf-8", `<html lang="fr"`},
		{"/en/nothing/here/", 404, "text/html; charset=utf-8", `<html lang="en"`},
		{"/fr/nothing.pdf", 404, "text/html; charset=utf-8", `<html lang="fr"`},
		{"/fr/files/", 404, "text/html; charset=utf-8", `<html lang="fr"`},
		{"/nothing", 404, "text/html; charset=utf-8", "<html"},
		{"/files/", 404, "text/html; charset=utf-8", "<html"}, // folders are not listed
		{"/assets", 404, "text/html; charset=utf-8", "<html"},
	} {
		t.Run(test.path, func(t *testing.T) {
			w := ask(h, http.MethodGet, host, test.path)
			if w.Code != test.status {
				t.Fatalf("status %d, want %d", w.Code, test.status)
			}
			if test.status == 301 {
				if got := w.Header().Get("Location"); got != test.want {
					t.Errorf("redirected to %q, want %q", got, test.want)
				}
				return
			}
			if got := w.Header().Get("Content-Type"); got != test.kind {
				t.Errorf("Content-Type %q, want %q", got, test.kind)
			}
			if !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("the body has no %q:\n%s", test.want, w.Body)
			}
			for header, want := range map[string]string{
				"Cache-Control":           "no-store", // a reload must show what was saved just now
				"X-Content-Type-Options":  "nosniff",
				"Content-Security-Policy": "frame-ancestors 'self'",
				"Content-Length":          fmt.Sprint(w.Body.Len()),
			} {
				if got := w.Header().Get(header); got != want {
					t.Errorf("%s %q, want %q", header, got, want)
				}
			}
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != "" {
				t.Errorf("other sites may read the preview: %q", got)
			}
		})
	}
}

// A HEAD is the GET without the body.
func TestHead(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	h := handler(t, "http://"+host+"/")
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = host
		h.ServeHTTP(w, r)
	})
	server.Start()
	defer server.Close()
	for _, path := range []string{"/en/", "/en/nothing/"} {
		get, err := server.Client().Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer get.Body.Close()
		head, err := server.Client().Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer head.Body.Close()
		if head.StatusCode != get.StatusCode || head.ContentLength != get.ContentLength || head.ContentLength <= 0 {
			t.Errorf("%s: HEAD has status %d and length %d, GET %d and %d", path, head.StatusCode, head.ContentLength, get.StatusCode, get.ContentLength)
		}
		if body, _ := io.ReadAll(head.Body); len(body) > 0 {
			t.Errorf("%s: HEAD has a body", path)
		}
	}
	if w := ask(h, http.MethodHead, host, "/en/"); w.Body.Len() > 0 {
		t.Error("the handler writes a body for HEAD")
	}
}

func TestOtherMethods(t *testing.T) {
	h := handler(t, "http://"+host+"/")
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		w := ask(h, method, host, "/en/")
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
}

// A page of another site must not reach the preview through a name of its own.
func TestHosts(t *testing.T) {
	h := handler(t, "http://"+host+"/")
	for name, want := range map[string]int{
		host:                          200,
		"localhost:8080":              200,
		"[::1]:8080":                  200,
		"evil.example":                403,
		"evil.example:8080":           403,
		"127.0.0.1:9090":              403,
		"127.0.0.1":                   403,
		"localhost":                   403,
		"localhost.evil.example:8080": 403,
		"127.0.0.1.nip.io:8080":       403,
		"127.0.0.1:8080.evil.example": 403,
		"user@127.0.0.1:8080":         403,
		"":                            403,
	} {
		r := httptest.NewRequest(http.MethodGet, "/en/", nil)
		r.Host = name
		r.Header.Set("X-Forwarded-Host", host) // any page can send it
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q: status %d, want %d", name, w.Code, want)
		}
		if w.Code == 403 && strings.Contains(w.Body.String(), "<html") {
			t.Errorf("host %q is shown a page", name)
		}
	}
}

// A preview that is shown to the network has the addresses of the machine, but
// still no names that others can point at it.
func TestHostsOfNetwork(t *testing.T) {
	h := handlerAt(t, "http://0.0.0.0:8080/", &net.TCPAddr{IP: net.IPv4zero, Port: 8080})
	for name, want := range map[string]int{
		"192.0.2.7:8080": 200, "[2001:db8::1]:8080": 200, "localhost:8080": 200,
		"192.0.2.7:9090": 403, "evil.example:8080": 403, "192.0.2.7.nip.io:8080": 403,
	} {
		if w := ask(h, http.MethodGet, name, "/en/"); w.Code != want {
			t.Errorf("host %q: status %d, want %d", name, w.Code, want)
		}
	}
}

// No path leads out of the site, whatever it is written like.
func TestOutside(t *testing.T) {
	h := handler(t, "http://"+host+"/")
	for _, path := range []string{
		"/../preview.go", "/../../go.mod", "/en/../../../../../etc/passwd", "/en/../../content/catalog.yaml",
		"/%2e%2e/%2e%2e/go.mod", "/..%2f..%2fgo.mod", "/en/%2e%2e%2f%2e%2e%2fgo.mod", "/..%5c..%5cgo.mod",
		"/%252e%252e/go.mod", "/content/catalog.yaml", "/content/sellers/acme/vault/product.md",
		"/.git/config", "/en/%00", "//etc/passwd", "///", "/files/acme/vault/product.md", "/files/acme/vault.product.md",
	} {
		w := ask(h, http.MethodGet, host, path)
		if w.Code == http.StatusOK {
			t.Errorf("%s: status 200", path)
		}
		for _, secret := range []string{"module vitrine", "root:", "product_codes", "package preview"} {
			if strings.Contains(w.Body.String(), secret) {
				t.Errorf("%s shows a file that is not of the site", path)
			}
		}
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "..") {
			t.Errorf("%s redirects to %s", path, to)
		}
	}
}

// Below a sub-path, the preview leads there from the root.
func TestSubPath(t *testing.T) {
	h := handler(t, "http://"+host+"/market/")
	if w := ask(h, http.MethodGet, host, "/"); w.Code != http.StatusFound || w.Header().Get("Location") != "/market/" {
		t.Errorf("/: status %d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := ask(h, http.MethodGet, host, "/market/fr"); w.Header().Get("Location") != "/market/fr/" {
		t.Errorf("/market/fr leads to %q", w.Header().Get("Location"))
	}
	if w := ask(h, http.MethodGet, host, "/market/fr/"); w.Code != 200 || !strings.Contains(w.Body.String(), `href="/market/fr/products/"`) {
		t.Errorf("/market/fr/: status %d", w.Code)
	}
}

// A slow client does not hold a connection for ever.
func TestServer(t *testing.T) {
	if s := handler(t, "http://"+host+"/").Server(); s.ReadHeaderTimeout <= 0 || s.IdleTimeout <= 0 {
		t.Errorf("no time limits: %v, %v", s.ReadHeaderTimeout, s.IdleTimeout)
	}
}

func TestListen(t *testing.T) {
	l, err := preview.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	used := l.Addr().String()
	second, err := preview.Listen(used)
	if err == nil {
		second.Close()
		t.Fatal("two previews listen on one address")
	}
	if want := "the address " + used + " is in use"; !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("%q does not say %q and the way out", err, want)
	}
	for _, bad := range []string{"127.0.0.1:99999", "256.0.0.1:0"} {
		l, err := preview.Listen(bad)
		if err == nil {
			l.Close()
			t.Errorf("%s: no error", bad)
			continue
		}
		if !strings.Contains(err.Error(), bad) || strings.Contains(err.Error(), "in use") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
