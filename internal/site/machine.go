package site

import (
	"encoding/xml"
	"fmt"
	"slices"
	"time"
)

// maxURLs is how many addresses one sitemap lists. The protocol allows 50,000
// and 50 MB; with each language's alternates the bytes come first.
const maxURLs = 20_000

// The sitemap protocol's elements (sitemaps.org), with the alternates that
// search engines read.
type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string        `xml:"loc"`
	LastMod    string        `xml:"lastmod,omitempty"`
	Alternates []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel      string `xml:"rel,attr"`
	HrefLang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

type sitemapIndex struct {
	XMLName  xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapURL `xml:"sitemap"`
}

// address is a page that is in every language.
type address struct {
	path    string // below the language's part of the site
	changed time.Time
}

// addresses lists every page that search engines should know.
func (s *Site) addresses() []address {
	var out []address
	list := func(path string, n int) {
		p := pager{Number: 1, Last: max(1, (n+perPage-1)/perPage), first: path}
		for number := 1; number <= p.Last; number++ {
			out = append(out, address{path: p.address(number)})
		}
	}
	out = append(out, address{path: ""})
	list("products/", len(s.products))
	list("sellers/", len(s.sellers))
	out = append(out, address{path: "categories/"})
	for _, c := range s.categories() {
		list("categories/"+c.ID+"/", len(inCategory(s.products, c.ID)))
	}
	for _, p := range s.pages {
		out = append(out, address{"pages/" + p.Slug + "/", p.Changed})
	}
	for _, seller := range s.sellers {
		out = append(out, address{"sellers/" + seller.Slug + "/", seller.Changed})
	}
	for _, p := range s.products {
		out = append(out, address{"products/" + p.Ref() + "/", p.Changed})
	}
	return out
}

// planSitemap plans sitemap.xml: the addresses themselves, or where they are
// too many an index of further files.
func (s *Site) planSitemap() {
	all := s.addresses()
	perFile := maxURLs / len(s.languages)
	if len(all) <= perFile {
		s.add(func(w *writer) error { return s.sitemap(w, "sitemap.xml", all) }, "sitemap.xml")
		return
	}
	var index sitemapIndex
	n := 0
	for part := range slices.Chunk(all, perFile) {
		n++
		name := fmt.Sprintf("sitemap-%d.xml", n)
		index.Sitemaps = append(index.Sitemaps, sitemapURL{Loc: s.absolute(name)})
		s.add(func(w *writer) error { return s.sitemap(w, name, part) }, name)
	}
	s.add(func(w *writer) error { return s.xml(w, "sitemap.xml", index) }, "sitemap.xml")
}

func (s *Site) sitemap(w *writer, name string, addresses []address) error {
	set := urlSet{XHTML: "http://www.w3.org/1999/xhtml"}
	for _, a := range addresses {
		var links []sitemapLink
		for _, l := range s.languages {
			links = append(links, sitemapLink{"alternate", l.Tag, s.absolute(l.Tag + "/" + a.path)})
		}
		fallback := s.absolute(s.languages[0].Tag + "/" + a.path)
		if a.path == "" {
			fallback = s.absolute("")
		}
		links = append(links, sitemapLink{"alternate", "x-default", fallback})
		for _, l := range s.languages {
			u := sitemapURL{Loc: s.absolute(l.Tag + "/" + a.path), Alternates: links}
			if !a.changed.IsZero() {
				u.LastMod = a.changed.UTC().Format(time.DateOnly)
			}
			set.URLs = append(set.URLs, u)
		}
	}
	return s.xml(w, name, set)
}

func (s *Site) xml(w *writer, name string, data any) error {
	w.buffer.WriteString(xml.Header)
	e := xml.NewEncoder(&w.buffer)
	e.Indent("", "")
	if err := e.Encode(data); err != nil {
		w.buffer.Reset()
		return fmt.Errorf("%s: %w", name, err)
	}
	w.buffer.WriteByte('\n')
	return w.file(name)
}

func (s *Site) robots(w *writer) error {
	if s.opt.Visible.Drafts {
		fmt.Fprintf(&w.buffer, "User-agent: *\nDisallow: /\n")
	} else {
		fmt.Fprintf(&w.buffer, "User-agent: *\nAllow: /\n\nSitemap: %s\n", s.absolute("sitemap.xml"))
	}
	return w.file("robots.txt")
}

// feedEntries is how many products a feed lists.
const feedEntries = 50

// The elements of Atom (RFC 4287).
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   *atomAuthor `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	HrefLang string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Links      []atomLink     `xml:"link"`
	Author     atomAuthor     `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// atom renders a language's feed: the products that changed last. A product
// whose last change is not known is left out; a feed cannot do without.
func (s *Site) atom(w *writer, l *lang) error {
	stamp := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	f := atomFeed{
		Lang: l.Tag, ID: s.absolute(l.Tag + "/"), Title: l.frame.Site, Subtitle: l.frame.About,
		Updated: stamp(s.opt.Visible.At.Time()),
		Author:  &atomAuthor{l.frame.Site},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: s.absolute(l.Tag + "/feed.atom")},
			{Rel: "alternate", Type: "text/html", HrefLang: l.Tag, Href: s.absolute(l.Tag + "/")},
		},
	}
	for _, p := range s.latest(feedEntries) {
		if changed(p).IsZero() {
			continue
		}
		to := s.absolute(productPath(l.Tag, p))
		e := atomEntry{
			ID: to, Title: l.text(p.Title), Updated: stamp(changed(p)), Summary: l.text(p.Summary),
			Links:  []atomLink{{Rel: "alternate", Type: "text/html", Href: to}},
			Author: atomAuthor{l.text(p.Seller.Name)},
		}
		for _, c := range s.categories() {
			if slices.Contains(p.Categories, c.ID) {
				e.Categories = append(e.Categories, atomCategory{c.ID, l.text(c.Name)})
			}
		}
		f.Entries = append(f.Entries, e)
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return s.xml(w, l.Tag+"/feed.atom", f)
}
