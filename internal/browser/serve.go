package browser

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Day is the day whose public state the tests build.
const Day catalog.Date = "2026-12-01"

// below is the path on the host below which sites are served: a site that works
// there works at the top as well.
const below = "/market/"

// Site is a built site that is being served.
type Site struct {
	Dir string // its files
	URL string // of the page at its root; ends with a slash

	headers http.Header // sent with every answer
}

// Sample builds and serves the repository's sample catalog.
func Sample(t testing.TB) *Site {
	t.Helper()
	return Serve(t, Repository(t), build.Options{})
}

// Repository returns the repository's root.
func Repository(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("the test does not run in the repository")
		}
		dir = filepath.Dir(dir)
	}
}

// Serve checks and builds the catalog in a folder, which must have no errors,
// and serves the site until the test ends.
func Serve(t testing.TB, dir string, opt build.Options) *Site {
	t.Helper()
	s := &Site{Dir: filepath.Join(t.TempDir(), "public"), headers: documented(t)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL + below
	if opt.BaseURL == "" {
		opt.BaseURL = s.URL
	}
	if opt.At == "" {
		opt.At = Day
	}
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := build.Check(t.Context(), root, build.Options{At: opt.At})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Severity == diag.Error {
			t.Fatalf("%s:%d: %s [%s]", f.Path, f.Span.Start.Line, f.Message, f.Rule.ID)
		}
	}
	plan, _, err := build.Plan(t.Context(), root, r, opt)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := build.Build(t.Context(), root, plan, s.Dir); err != nil {
		t.Fatal(err)
	}
	return s
}

// documented returns the headers that docs/headers.md asks hosts to send with
// every answer, so that the tests see pages under them.
func documented(t testing.TB) http.Header {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(Repository(t), "docs", "headers.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(data), "\n/*\n")
	h := make(http.Header)
	for line := range strings.Lines(list) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || !strings.HasPrefix(line, "  ") {
			break
		}
		h.Set(name, value)
	}
	if h.Get("Content-Security-Policy") == "" {
		t.Fatal("docs/headers.md has no list of headers for /*")
	}
	return h
}

// types are media types that not every machine's list has.
var types = map[string]string{
	".atom":        "application/atom+xml",
	".md":          "text/markdown; charset=utf-8",
	".tf":          "text/plain; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".yaml":        "text/plain; charset=utf-8",
}

// ServeHTTP answers as a web host does: index pages for folders, the language's
// page for what is not there, compressed texts.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutPrefix(r.URL.Path, below)
	if !ok {
		http.NotFound(w, r)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	files, status := os.DirFS(s.Dir), http.StatusOK
	if info, err := fs.Stat(files, name); err == nil && info.IsDir() {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		status = http.StatusNotFound
		tag, _, _ := strings.Cut(name, "/")
		name = tag + "/404.html"
		if data, err = fs.ReadFile(files, name); err != nil {
			name = "404.html"
			if data, err = fs.ReadFile(files, name); err != nil {
				http.NotFound(w, r)
				return
			}
		}
	}
	header := w.Header()
	maps.Copy(header, s.headers)
	kind := types[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	header.Set("Content-Type", kind)
	if strings.HasPrefix(name, "assets/") {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "no-cache")
	}
	if Compressible(name) && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		data = Gzip(data)
	}
	header.Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// Compressible reports whether hosts compress a file.
func Compressible(name string) bool {
	switch path.Ext(name) {
	case ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".gz", ".br", ".woff2":
		return false
	}
	return true
}

// Gzip compresses as hosts do.
func Gzip(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(data)
	_ = z.Close()
	return b.Bytes()
}
