package preview

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/site"
)

//go:embed assets
var assets embed.FS

// own is the part of the addresses that is the preview's own. No page of a site
// begins with it.
const own = "_preview/"

// answers reports whether a request is for this preview. An IP address cannot
// be a name that somebody made lead here.
func (p *Preview) answers(host string) bool {
	name, port, err := net.SplitHostPort(host)
	return slices.Contains(p.hosts, host) || err == nil && p.port != "" && port == p.port && net.ParseIP(name) != nil
}

func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !p.answers(r.Host) {
		http.Error(w, "this preview answers only to localhost", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered", http.StatusMethodNotAllowed)
		return
	}
	now := p.now.Load()
	base := now.site.Base()
	name, ok := p.name(r.URL.Path)
	if !ok {
		http.Redirect(w, r, base, http.StatusFound)
		return
	}
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(r.URL.Path, base), own); ok {
		p.own(w, r, rest)
		return
	}
	if now.unit(name) == nil && now.unit(name+"/index.html") != nil {
		http.Redirect(w, r, base+name+"/", http.StatusMovedPermanently)
		return
	}
	p.file(w, r, now, name)
}

// own answers for the preview's own addresses.
func (p *Preview) own(w http.ResponseWriter, r *http.Request, name string) {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		http.Error(w, "only the preview's own pages may ask for this", http.StatusForbidden)
		return
	}
	switch name {
	case "events":
		p.clients.serve(w, r)
	case "state":
		p.state(w, r)
	case "":
		p.list(w)
	case "side":
		p.side(w, r)
	case "preview.js", "preview.css", "pages.css":
		data, _ := assets.ReadFile("assets/" + name)
		send(w, r, http.StatusOK, name, data)
	default:
		http.NotFound(w, r)
	}
}

// file renders one file of the site.
func (p *Preview) file(w http.ResponseWriter, r *http.Request, now *snapshot, name string) {
	status := http.StatusOK
	unit := now.unit(name)
	if unit == nil {
		if page, ok := p.pages.get(name); ok && now.at(name).faulty() {
			p.sendPage(w, r, http.StatusOK, now, name, page) // the last good one
			return
		}
		data, err := now.inFolder(name)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		if data != nil {
			send(w, r, status, name, data)
			return
		}
		status = http.StatusNotFound
		if name, unit = now.notFound(name); unit == nil {
			http.NotFound(w, r)
			return
		}
	}
	var page []byte
	err := now.site.Render(unit, func(path string, data []byte) error {
		if path == name {
			page = bytes.Clone(data)
		}
		return nil
	})
	if err != nil {
		if last, ok := p.pages.get(name); ok { // it was saved again meanwhile
			p.sendPage(w, r, http.StatusOK, now, name, last)
			return
		}
		p.fail(w, r, err)
		return
	}
	if unit.Entry != nil {
		p.pages.put(name, page)
	}
	if path.Ext(name) == ".html" {
		p.sendPage(w, r, status, now, name, page)
		return
	}
	send(w, r, status, name, page)
}

func (p *Preview) fail(w http.ResponseWriter, r *http.Request, err error) {
	p.opt.Log("%s: %v", r.URL.Path, err)
	http.Error(w, "this page cannot be rendered:\n\n"+err.Error(), http.StatusInternalServerError)
}

func send(w http.ResponseWriter, r *http.Request, status int, name string, data []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType(name))
	header.Set("Content-Length", fmt.Sprint(len(data)))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "frame-ancestors 'self'")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

// sendPage sends a page with the preview's own script and style sheet in it. Its
// hash tells a browser that asks for it again whether it changed.
func (p *Preview) sendPage(w http.ResponseWriter, r *http.Request, status int, now *snapshot, name string, page []byte) {
	if path.Ext(name) != ".html" {
		send(w, r, status, name, page)
		return
	}
	h := fnv.New64a()
	_, _ = h.Write(page)
	hash := fmt.Sprintf("%x", h.Sum64())
	w.Header().Set("ETag", `"`+hash+`"`)
	if r.Header.Get("If-None-Match") == `"`+hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	send(w, r, status, name, dress(now, page, hash))
}

// dress puts the preview's script into a page, before all others: it looks at
// the page as it was sent.
func dress(now *snapshot, page []byte, hash string) []byte {
	base := now.site.Base() + own
	tags := fmt.Sprintf(`<link rel="stylesheet" href="%spreview.css"><script src="%spreview.js" data-generation="%d" data-page="%s" defer></script>`,
		base, base, now.generation, hash)
	end := bytes.Index(page, []byte("</head>"))
	if end < 0 {
		return page
	}
	at := bytes.Index(page[:end], []byte("<script"))
	if at < 0 {
		at = end
	}
	return slices.Concat(page[:at], []byte(tags), page[at:])
}

// notFound returns the page that says so, in the language of the address.
func (s *snapshot) notFound(name string) (string, *site.Unit) {
	tag, _, _ := strings.Cut(name, "/")
	if u := s.unit(tag + "/404.html"); u != nil {
		return tag + "/404.html", u
	}
	return "404.html", s.unit("404.html")
}

// pages keeps the last good pages of entries: what an author looks at stays
// when a save breaks it. There are few of them; the oldest go.
type pages struct {
	mu    sync.Mutex
	bytes map[string][]byte
	order []string
}

const keptPages = 500

func (p *pages) put(name string, page []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bytes == nil {
		p.bytes = make(map[string][]byte)
	}
	if p.bytes[name] == nil {
		p.order = append(p.order, name)
	}
	p.bytes[name] = page
	if len(p.order) > keptPages {
		delete(p.bytes, p.order[0])
		p.order = slices.Delete(p.order, 0, 1)
	}
}

func (p *pages) get(name string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	page, ok := p.bytes[name]
	return page, ok
}

func escapePath(s string) string { return url.PathEscape(s) }

// types are the media types of the site's files. The machine's own list is not
// asked: it differs from machine to machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".jpg":  "image/jpeg",
	".jpeg": "image/jpeg",
	".webp": "image/webp",
	".pdf":  "application/pdf",
	".xml":  "application/xml",
	".atom": "application/atom+xml",
	".json": "application/json",
	".txt":  "text/plain; charset=utf-8",
	".yaml": "text/plain; charset=utf-8",
	".tf":   "text/plain; charset=utf-8",
}

func contentType(name string) string {
	if t := types[path.Ext(name)]; t != "" {
		return t
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// Listen opens the address that the preview is served at.
func Listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err == nil {
		return l, nil
	}
	if inUse(err) {
		return nil, fmt.Errorf("the address %s is in use, perhaps by another preview: choose another port, such as --addr 127.0.0.1:8081", address)
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		err = e.Err
	}
	return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
}
