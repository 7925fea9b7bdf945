// Package site is what buyers get: which pages there are (the plan), what each
// of them shows (the views), and their bytes. It reads nothing from the world
// but through Options, and writes nothing.
//
// The plan is a list of units. A unit makes one or a few files from one entry:
// a product's page in each language, say, so that its text is parsed once.
package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/markdown"
	"vitrine/themes"
)

// Options are what a site is made of beside its catalog.
type Options struct {
	BaseURL string // absolute, ends with a slash
	Visible catalog.Visibility
	Preview bool // the site shows a change that is not published: its pages say so, and ask not to be indexed
	Words   *i18n.Set
	Theme   *themes.Theme
	Key     Key                                  // a digest of the settings, the words, the theme and the program, for Site.Key
	Body    func(*catalog.Entry) ([]byte, error) // an entry's Markdown
	File    func(*catalog.File) ([]byte, error)  // a file that an entry refers to
	// Texts returns an entry's text in each language, in the catalog's order, where
	// somebody parsed it already; nil where not. It may be nil itself.
	Texts func(*catalog.Entry) []markdown.Text
}

// Site is a planned site. Its units may be rendered from several goroutines.
type Site struct {
	opt           Options
	catalog       *catalog.Catalog
	base          *url.URL
	root          string // the base as it is written
	languages     []*lang
	sellers       []*catalog.Seller        // visible ones
	products      []*catalog.Product       // visible ones
	number        map[*catalog.Product]int // of each of them: its place among them
	pages         []*catalog.Page
	bySeller      map[*catalog.Seller][]*catalog.Product  // a visible seller's ones among products, in the order of their slugs
	allCategories []catalog.Category                      // see categories
	services      map[*catalog.Product][]*catalog.Product // a product's professional services
	// The certifications that visible showcases name, and which a seller has.
	certifications   []certification
	certificationsOf map[*catalog.Seller][]string
	posters          posters

	// What pages need that look at the whole catalog, made when it is first asked
	// for: a preview plans a site at every save, and shows one page of it.
	counts   func() counts
	events   func() *events
	releases func() []event
	latest   func() []*catalog.Product // that were published last: those of the home pages
	all      func() *plan
	digests  func() *digests
	common   func() map[string]*Unit // by path: what pages need beside entries
	rest     func() map[string]*Unit // by path: everything
	asked    sync.Map                // path to the unit that Unit found
}

// lang is one language of the site.
type lang struct {
	*i18n.Language
	index    int
	frame    view                     // what all its pages share
	asset    func(name string) string // where an asset stands, or ""
	theme    *themes.Templates
	parts    sync.Map                        // name and section of a part of the theme to it, a template.HTML
	cards    []atomic.Pointer[template.HTML] // by the product's number
	products []*catalog.Product              // in the language's order of titles
	sellers  []*catalog.Seller               // in the language's order of names

	categories map[string]string                    // id to name
	sorted     sync.Map                             // *catalog.Seller to its products, a *shelf
	in         func() map[string][]*catalog.Product // category to its products, in the language's order
	facets     func() []facet
	having     func() [len(facetKeys)]map[string][]int32
}

// shelf is a seller's products in a language.
type shelf struct {
	products []*catalog.Product // in the order of their titles
	place    map[*catalog.Product]int
}

// Unit makes some of the site's files.
type Unit struct {
	// Paths are its files, below the site's root, with slashes. One that ends
	// with a slash is a folder of files whose names are not known before.
	Paths  []string
	Entry  *catalog.Entry // whose page it is, or nil
	Gone   *catalog.Entry // whose small page it is: the entry was public and is no more; else nil
	Says   []string       // what that page may say of the entry
	Leads  *catalog.Entry // whose former addresses it leads from, or nil
	render func(w *writer) error

	depends func(*keyer) // adds what its files are made of to its key; nil for all entries
}

// writer takes a unit's files.
type writer struct {
	buffer bytes.Buffer
	emit   func(path string, data []byte) error
}

// file hands over what is in the buffer as a file's content, and empties it.
func (w *writer) file(path string) error {
	err := w.emit(path, w.buffer.Bytes())
	w.buffer.Reset()
	return err
}

// writers keeps buffers of the size of a page.
var writers = sync.Pool{New: func() any { return new(writer) }}

// ParseBaseURL reads the address of a site's first page. Its path ends with a
// slash.
func ParseBaseURL(s string) (*url.URL, error) {
	base, err := url.Parse(s)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("%q is not a base URL: write https://host/ or https://host/path/", s)
	}
	base.Path = strings.TrimRight(base.Path, "/") + "/"
	return base, nil
}

// New plans a site.
func New(c *catalog.Catalog, opt Options) (*Site, error) {
	return (&Site{catalog: &catalog.Catalog{}}).Again(c, opt)
}

// Again plans a site after some entries of its catalog changed. It equals New;
// entries that both catalogs share are not sorted again. s stays as it is.
func (s *Site) Again(c *catalog.Catalog, opt Options) (*Site, error) {
	before := s
	base, err := ParseBaseURL(opt.BaseURL)
	if err != nil {
		return nil, err
	}
	if before.opt.Words != opt.Words || !slices.Equal(before.catalog.Languages, c.Languages) {
		if err := opt.Words.Complete(c.Languages); err != nil {
			return nil, err
		}
	}
	s = &Site{opt: opt, catalog: c, base: base, root: base.String()}
	s.allCategories = slices.Concat(c.Categories, c.Services)
	s.pick(before)
	s.certify()
	var sorting sync.WaitGroup
	for i, tag := range c.Languages {
		l := &lang{Language: opt.Words.Get(tag), index: i, asset: s.asset}
		l.cards = make([]atomic.Pointer[template.HTML], len(s.products))
		s.languages = append(s.languages, l)
		sorting.Go(func() { s.sort(l, before) })
		l.in = sync.OnceValue(func() map[string][]*catalog.Product { return byCategory(l.products) })
		l.facets = sync.OnceValue(func() []facet { return s.newFacets(l) })
		l.having = sync.OnceValue(func() [len(facetKeys)]map[string][]int32 { return s.having(l) })
	}
	sorting.Wait()
	for _, l := range s.languages {
		if same := before.language(l); same != nil && before.opt.Theme == opt.Theme {
			l.theme = same.theme
		} else if l.theme, err = opt.Theme.In(l); err != nil {
			return nil, err
		}
		l.frame = s.newFrame(l)
		l.categories = make(map[string]string)
		for _, c := range s.categories() {
			l.categories[c.ID] = l.text(c.Name)
		}
	}
	s.counts = sync.OnceValue(s.count)
	s.events = sync.OnceValue(s.newEvents)
	s.releases = sync.OnceValue(s.newReleases)
	s.latest = sync.OnceValue(s.newLatest)
	s.all = sync.OnceValue(s.plan)
	s.digests = sync.OnceValue(s.newDigests)
	s.common = sync.OnceValue(s.planCommon)
	s.rest = sync.OnceValue(func() map[string]*Unit { return s.all().byPath() })
	return s, s.paint(before)
}

// language returns the site's language that is another site's, in the same
// words; nil where it has none.
func (s *Site) language(l *lang) *lang {
	if l.index < len(s.languages) && s.languages[l.index].Language == l.Language {
		return s.languages[l.index]
	}
	return nil
}

// pick picks what is visible: of sellers that the site before has as well, what
// that one shows.
func (s *Site) pick(before *Site) {
	known := before.bySeller
	if before.opt.Visible != s.opt.Visible {
		known = nil
	}
	for _, p := range s.catalog.Pages {
		if s.opt.Visible.Page(p) {
			s.pages = append(s.pages, p)
		}
	}
	for _, seller := range s.catalog.Sellers {
		if _, same := known[seller]; same || s.opt.Visible.Seller(seller) {
			s.sellers = append(s.sellers, seller)
		}
	}
	s.bySeller = make(map[*catalog.Seller][]*catalog.Product, len(s.sellers))
	for _, seller := range s.sellers {
		products, same := known[seller]
		if !same {
			for _, p := range seller.Products {
				if s.opt.Visible.Product(p) {
					products = append(products, p)
				}
			}
		}
		s.bySeller[seller] = products
		s.products = append(s.products, products...)
	}
	s.number = make(map[*catalog.Product]int, len(s.products))
	for i, p := range s.products {
		s.number[p] = i
	}
	s.services = make(map[*catalog.Product][]*catalog.Product)
	for _, p := range s.products {
		if to := s.visible(p.ServiceOf); to != nil {
			s.services[to] = append(s.services[to], p)
		}
	}
}

// visible returns the product with this reference if buyers can see it.
func (s *Site) visible(ref string) *catalog.Product {
	if p := s.catalog.Product(ref); p != nil && s.opt.Visible.Product(p) {
		return p
	}
	return nil
}

// text returns a text in the language. Drafts may lack it: a preview then shows
// another language's, which is more use to its author than nothing.
func (l *lang) text(t catalog.Text) string {
	if s := t.In(l.index); s != "" {
		return s
	}
	for _, s := range t {
		if s != "" {
			return s
		}
	}
	return ""
}

// Catalog returns what the site is made of.
func (s *Site) Catalog() *catalog.Catalog { return s.catalog }

// Options returns the options that the site was made with.
func (s *Site) Options() Options { return s.opt }

// Render renders a unit. emit is called for each of its files; the data is only
// valid until it returns.
func (s *Site) Render(u *Unit, emit func(path string, data []byte) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: the program failed on this page; this is a fault of vitrine, please report it: %v", u.Paths[0], p)
		}
	}()
	w := writers.Get().(*writer)
	w.emit = emit
	w.buffer.Reset()
	if err = u.render(w); u.Entry != nil {
		if _, ok := errors.AsType[*themes.Fault](err); ok {
			err = fmt.Errorf("%w, entry %s", err, u.Entry.Source)
		}
	}
	if w.buffer.Cap() < 256<<10 { // a sitemap's buffer is not kept
		writers.Put(w)
	}
	return err
}

// Counts returns how many sellers and products the site shows.
func (s *Site) Counts() (sellers, products int) { return len(s.sellers), len(s.products) }

// Base returns the path on the host below which the site works, with slashes
// at both ends.
func (s *Site) Base() string { return s.base.Path }

// href returns the address of a path of the site, for links on its pages.
func (s *Site) href(p string) string { return s.base.Path + p }

// asset returns the address of an asset of the theme, for links on pages, or "".
func (s *Site) asset(name string) string {
	if p := s.opt.Theme.Asset(name); p != "" {
		return s.href(p)
	}
	return ""
}

// absolute returns the full address of a path of the site. Pages have dozens.
func (s *Site) absolute(p string) string { return s.root + (&url.URL{Path: p}).EscapedPath() }

// in returns the address of a page in a language, for links on pages.
func (s *Site) in(l *lang, path string) string { return s.href(l.Tag + "/" + path) }

// Paths of pages below a language's part of the site. They end with a slash.

func productPath(p *catalog.Product) string { return "products/" + p.Seller.Slug + "/" + p.Slug + "/" }

func sellerPath(s *catalog.Seller) string { return "sellers/" + s.Slug + "/" }

func categoryPath(id string) string { return "categories/" + id + "/" }

func pagePath(p *catalog.Page) string { return "pages/" + p.Slug + "/" }

// filePath returns where an entry's file stands on the site: the product's name
// and the file's are one, files/acme/vault.logo.svg, since making a folder for
// one logo takes longer than writing it. Slugs have no dots, so no two files
// meet.
func filePath(f *catalog.File) string {
	dir, name := path.Split(strings.TrimPrefix(f.Path, "content/sellers/"))
	return "files/" + strings.TrimSuffix(dir, "/") + "." + name
}

// fileOf returns the file that holds the page of an address.
func fileOf(address string) string { return path.Join(address, "index.html") }

// changed returns when a product last changed as buyers see it: its last change
// in the history, or else its newest public version's release; zero where
// neither is known.
func (s *Site) changed(p *catalog.Product) time.Time {
	if !p.Changed.IsZero() {
		return p.Changed
	}
	return max(s.released(p), p.PublishOn).Time()
}

// released returns the day of a product's newest version that is public, or "".
func (s *Site) released(p *catalog.Product) (newest catalog.Date) {
	for i := range p.Versions {
		if n := &p.Versions[i]; n.Status != catalog.Draft && s.opt.Visible.Version(n) {
			newest = max(newest, n.Released)
		}
	}
	return newest
}
