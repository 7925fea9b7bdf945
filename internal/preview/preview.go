// Package preview serves a planned site to its author: pages are rendered when
// they are asked for, from memory, on this machine alone.
package preview

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/internal/site"
)

// Handler answers with the site's pages.
type Handler struct {
	site  *site.Site
	units map[string]*site.Unit // by the path of each file
	hosts []string              // names that it answers to, with port
	port  string                // where others may ask by this machine's IP address; else ""

	mu     sync.Mutex
	folder map[*site.Unit]map[string][]byte // files of units that make a folder: the search's, which takes a while
	log    func(format string, args ...any)
}

// New returns a handler for a site whose base URL is http://host:port/.
// Requests for other host names are refused, so that no page of another site
// can reach this one through a name of its own (DNS rebinding). Errors while
// rendering are logged.
func New(s *site.Site, address net.Addr, log func(format string, args ...any)) *Handler {
	h := &Handler{site: s, units: make(map[string]*site.Unit), log: log, folder: make(map[*site.Unit]map[string][]byte)}
	units := s.Units()
	for i := range units {
		for _, p := range units[i].Paths {
			h.units[p] = &units[i]
		}
	}
	host, port, err := net.SplitHostPort(address.String())
	if err == nil {
		for _, name := range []string{"localhost", "127.0.0.1", "::1", host} {
			h.hosts = append(h.hosts, net.JoinHostPort(name, port))
		}
		if ip := net.ParseIP(host); ip != nil && !ip.IsLoopback() {
			h.port = port
		}
	}
	return h
}

// Server returns a server for the handler with time limits set.
func (h *Handler) Server() *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

// answers reports whether a request is for this preview. An IP address cannot
// be a name that somebody made lead here.
func (h *Handler) answers(host string) bool {
	name, port, err := net.SplitHostPort(host)
	return slices.Contains(h.hosts, host) || err == nil && h.port != "" && port == h.port && net.ParseIP(name) != nil
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.answers(r.Host) {
		http.Error(w, "this preview answers only to localhost", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered", http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, h.site.Base())
	if !ok {
		http.Redirect(w, r, h.site.Base(), http.StatusFound)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if h.units[name] == nil && h.units[name+"/index.html"] != nil {
		http.Redirect(w, r, h.site.Base()+name+"/", http.StatusMovedPermanently)
		return
	}
	h.file(w, r, name)
}

// file renders one file of the site.
func (h *Handler) file(w http.ResponseWriter, r *http.Request, name string) {
	status := http.StatusOK
	unit := h.units[name]
	if unit == nil {
		data, err := h.inFolder(name)
		if err != nil {
			h.fail(w, r, err)
			return
		}
		if data != nil {
			answer(w, r, name, status, data)
			return
		}
		status = http.StatusNotFound
		if name, unit = h.notFound(name); unit == nil {
			http.NotFound(w, r)
			return
		}
	}
	var page []byte
	err := h.site.Render(unit, func(p string, data []byte) error {
		if p == name {
			page = bytes.Clone(data)
		}
		return nil
	})
	if err != nil {
		h.fail(w, r, err)
		return
	}
	answer(w, r, name, status, page)
}

func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	h.log("%s: %v", r.URL.Path, err)
	http.Error(w, "this page cannot be rendered:\n\n"+err.Error(), http.StatusInternalServerError)
}

// inFolder returns a file of a unit that makes a folder, or nil. The unit is
// rendered once.
func (h *Handler) inFolder(name string) ([]byte, error) {
	unit := h.units[path.Dir(name)+"/"]
	if unit == nil {
		return nil, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	files := h.folder[unit]
	if files == nil {
		files = make(map[string][]byte)
		err := h.site.Render(unit, func(p string, data []byte) error {
			files[p] = bytes.Clone(data)
			return nil
		})
		if err != nil {
			return nil, err
		}
		h.folder[unit] = files
	}
	return files[name], nil
}

// answer sends a file.
func answer(w http.ResponseWriter, r *http.Request, name string, status int, page []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType(name))
	header.Set("Content-Length", fmt.Sprint(len(page)))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "frame-ancestors 'self'")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(page)
	}
}

// notFound returns the page that says so, in the language of the address.
func (h *Handler) notFound(name string) (string, *site.Unit) {
	tag, _, _ := strings.Cut(name, "/")
	if u := h.units[tag+"/404.html"]; u != nil {
		return tag + "/404.html", u
	}
	return "404.html", h.units["404.html"]
}

// types are the media types of the site's files. The machine's own list is not
// asked: it differs from machine to machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
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
