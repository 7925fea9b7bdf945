// Package preview shows a catalog to its author while it is edited: pages are
// rendered when they are asked for, from memory, on this machine alone. It
// watches the catalog's folders, and pages that are open in a browser follow
// each save.
package preview

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/diag"
	"vitrine/internal/site"
)

// Options are what a preview needs beside its catalog.
type Options struct {
	Address net.Addr // where it listens
	Dir     string   // the catalog's root
	Book    *diag.Book
	Lines   func(path string) []string // a file's lines, for excerpts
	// Editor is an address that opens a file in the author's editor, with
	// {path}, {line} and {column} in it; "" for none.
	Editor string
	// Refresh builds the catalog again after files were touched.
	Refresh func(ctx context.Context, touched []string) (*check.Result, *site.Site, error)
	// Report is told of each new state, for the terminal.
	Report func(r *check.Result, err error, took time.Duration)
	Log    func(format string, args ...any)
}

// Preview serves a catalog that is being edited.
type Preview struct {
	opt     Options
	hosts   []string // names that it answers to, with port
	port    string   // where others may ask by this machine's IP address; else ""
	now     atomic.Pointer[snapshot]
	pages   pages
	words   words
	clients clients

	mu      sync.Mutex
	pending []string           // touched and not looked at yet
	cancel  context.CancelFunc // of the build that runs, or nil
	wake    chan struct{}
}

// snapshot is the catalog after a save.
type snapshot struct {
	Result     *check.Result
	site       *site.Site // the last one that could be planned
	failure    error      // why there is no newer one
	touched    []string   // by the save
	generation int
	files      int // the generation in which a file that pages refer to was last touched: a picture, say
	folders    *folders
}

// folders are the files of units that make a folder: the search's, which takes
// a while and is rendered once.
type folders struct {
	mu    sync.Mutex
	files map[*site.Unit]map[string][]byte
}

func (s *snapshot) unit(name string) *site.Unit { return s.site.Unit(name) }

// New returns a preview of a catalog that was checked and planned. Requests for
// other host names than the address's are refused, so that no page of another
// site can reach this one through a name of its own (DNS rebinding).
func New(r *check.Result, s *site.Site, opt Options) *Preview {
	p := &Preview{opt: opt, wake: make(chan struct{}, 1), words: newWords(opt.Book)}
	p.now.Store(newSnapshot(r, s, 1))
	host, port, err := net.SplitHostPort(opt.Address.String())
	if err == nil {
		for _, name := range []string{"localhost", "127.0.0.1", "::1", host} {
			p.hosts = append(p.hosts, net.JoinHostPort(name, port))
		}
		if ip := net.ParseIP(host); ip != nil && !ip.IsLoopback() {
			p.port = port
		}
	}
	return p
}

func newSnapshot(r *check.Result, s *site.Site, generation int) *snapshot {
	return &snapshot{Result: r, site: s, generation: generation, folders: &folders{files: make(map[*site.Unit]map[string][]byte)}}
}

// inFolder returns a file of a unit that makes a folder, or nil.
func (s *snapshot) inFolder(name string) ([]byte, error) {
	unit := s.unit(path.Dir(name) + "/")
	if unit == nil {
		return nil, nil
	}
	s.folders.mu.Lock()
	defer s.folders.mu.Unlock()
	files := s.folders.files[unit]
	if files == nil {
		files = make(map[string][]byte)
		err := s.site.Render(unit, func(p string, data []byte) error {
			files[p] = bytes.Clone(data)
			return nil
		})
		if err != nil {
			return nil, err
		}
		s.folders.files[unit] = files
	}
	return files[name], nil
}

// Touch says that files were touched: the catalog is built again, and a build
// that runs for an older save is given up.
func (p *Preview) Touch(touched []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pending = append(p.pending, touched...)
	if p.cancel != nil {
		p.cancel()
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Run builds the catalog again after each Touch, until ctx ends.
func (p *Preview) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		}
		p.mu.Lock()
		touched := p.pending
		p.pending = nil
		run, cancel := context.WithCancel(ctx)
		p.cancel = cancel
		p.mu.Unlock()
		if len(touched) > 0 && !p.refresh(run, touched) {
			p.mu.Lock()
			p.pending = append(touched, p.pending...) // for the build that follows
			p.mu.Unlock()
		}
		p.mu.Lock()
		p.cancel = nil
		p.mu.Unlock()
		cancel()
	}
}

// refresh builds the catalog again. It reports false where a newer save came
// in between.
func (p *Preview) refresh(ctx context.Context, touched []string) bool {
	slices.Sort(touched)
	touched = slices.Compact(touched)
	start := time.Now()
	r, s, err := p.opt.Refresh(ctx, touched)
	if ctx.Err() != nil {
		return false
	}
	before := p.now.Load()
	var now *snapshot
	if err != nil || s == nil {
		kept := *before // what was good stays
		now = &kept
		now.failure = err
		now.generation++
		if r != nil {
			now.Result = r
		}
	} else {
		now = newSnapshot(r, s, before.generation+1)
		now.files = before.files
		if slices.ContainsFunc(touched, func(name string) bool {
			return name == "." || strings.HasPrefix(name, "content/") && path.Ext(name) != ".md"
		}) {
			now.files = now.generation // and the pages are the same
		}
	}
	now.touched = touched
	p.now.Store(now)
	p.clients.tell()
	p.opt.Report(now.Result, err, time.Since(start))
	return true
}

// Server returns a server with time limits set.
func (p *Preview) Server() *http.Server {
	return &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

// page is whose page stands at a path, or would if it had no errors.
type page struct {
	entry  *catalog.Entry  // nil: it is a list, or nothing is there
	seller *catalog.Seller // whose product it is; else nil
}

// at returns whose page a file of the site is.
func (s *snapshot) at(name string) page {
	var p page
	if u := s.unit(name); u != nil {
		if p.entry = entryOf(u); p.entry == nil {
			return p
		}
	}
	address, ok := s.Result.Catalog.Address("/" + strings.TrimSuffix(name, "index.html"))
	if !ok {
		return p // perhaps a former address
	}
	p.entry = address.Entry() // of the newest catalog, which may be newer than the site
	if address.Product != nil {
		p.seller = address.Product.Seller
	}
	return p
}

// faulty reports whether errors keep the page from being made as it is now.
func (p page) faulty() bool {
	return p.entry != nil && p.entry.Faulty || p.seller != nil && p.seller.Faulty
}

// has reports whether a file is of what the page is made from.
func (p page) has(name string) bool {
	return p.entry != nil && belongs(name, p.entry.Source) || p.seller != nil && p.seller.Faulty && belongs(name, p.seller.Source)
}

// name returns the file of the site that an address means.
func (p *Preview) name(address string) (string, bool) {
	name, ok := strings.CutPrefix(address, p.now.Load().site.Base())
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name, ok
}
