package lsp

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"vitrine/internal/content"
)

// document is a text that is open in the editor. It does not change: an edit
// makes another one.
type document struct {
	uri     string
	version int
	text    text
	path    string // below its workspace's root, with slashes
	kind    content.Kind
	in      *workspace // nil: it is no file that a catalog is read from
}

// change applies the editor's changes in their order.
func (d *document) change(c *changeParams, e encoding) *document {
	own := *d
	own.version = c.TextDocument.Version
	for _, change := range c.ContentChanges {
		if change.Range == nil {
			own.text = text(change.Text)
			continue
		}
		from := own.text.offset(change.Range.Start, e)
		to := max(from, own.text.offset(change.Range.End, e))
		own.text = own.text[:from] + text(change.Text) + own.text[to:]
	}
	return &own
}

// front returns the place of the YAML in the text, as far as it goes: a front
// matter that is not closed yet ends with the text. ok is false where there is none.
func (d *document) front() (from, to int, ok bool) {
	s := string(d.text)
	if d.kind == content.CatalogFile {
		return 0, len(s), true
	}
	start := len(s) - len(strings.TrimPrefix(s, "\ufeff"))
	first, _, more := strings.Cut(s[start:], "\n")
	if strings.TrimRight(first, " \t\r") != "---" || !more {
		return 0, 0, false
	}
	from = start + len(first) + 1
	for at := from; at < len(s); {
		line, _, _ := strings.Cut(s[at:], "\n")
		if strings.TrimRight(line, " \t\r") == "---" {
			return from, at, true
		}
		at += len(line) + 1
	}
	return from, len(s), true
}

// pathOf returns the file of a URI, or "" where it is none.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return ""
	}
	p := u.Path
	if runtime.GOOS == "windows" && len(p) > 2 && p[0] == '/' && p[2] == ':' {
		p = p[1:]
	}
	return filepath.Clean(filepath.FromSlash(p))
}

// uriOf returns the URI of a file.
func uriOf(name string) string {
	p := filepath.ToSlash(name)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// rootOf walks up from a file or folder to the folder that holds
// content/catalog.yaml; "" where there is none.
func rootOf(name string) string {
	for dir := name; ; dir = filepath.Dir(dir) {
		if info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(content.CatalogPath))); err == nil && info.Mode().IsRegular() {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// below returns the path of a file below a root, with slashes; ok is false where
// it lies outside.
func below(root, name string) (p string, ok bool) {
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return "", false
	}
	rel = filepath.ToSlash(rel)
	return rel, rel == "." || path.IsAbs("/"+rel) && !strings.HasPrefix(rel, "../") && rel != ".."
}
