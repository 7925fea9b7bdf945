package site

import (
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"time"
)

// maxURLs is how many addresses one sitemap lists. The protocol allows 50,000
// and 50 MB; with each language's alternates the bytes come first.
const maxURLs = 20_000

// The sitemap protocol's elements (sitemaps.org), with the alternates that
// search engines read.
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
	var index []sitemapURL
	for part := range slices.Chunk(all, perFile) {
		name := fmt.Sprintf("sitemap-%d.xml", len(index)+1)
		index = append(index, sitemapURL{Loc: s.absolute(name)})
		s.add(func(w *writer) error { return s.sitemap(w, name, part) }, name)
	}
	s.add(func(w *writer) error {
		return s.xmlList(w, "sitemap.xml", "sitemapindex", "sitemap", slices.Values(index))
	}, "sitemap.xml")
}

func (s *Site) sitemap(w *writer, name string, addresses []address) error {
	return s.xmlList(w, name, "urlset", "url", func(yield func(sitemapURL) bool) {
		for _, a := range addresses {
			links := make([]sitemapLink, 0, len(s.languages)+1)
			for _, l := range s.languages {
				links = append(links, sitemapLink{"alternate", l.Tag, s.absolute(l.Tag + "/" + a.path)})
			}
			fallback := links[0].Href
			if a.path == "" {
				fallback = s.absolute("")
			}
			links = append(links, sitemapLink{"alternate", "x-default", fallback})
			for i := range s.languages {
				u := sitemapURL{Loc: links[i].Href, Alternates: links}
				if !a.changed.IsZero() {
					u.LastMod = a.changed.UTC().Format(time.DateOnly)
				}
				if !yield(u) {
					return
				}
			}
		}
	})
}

// xmlList writes a sitemap's elements one by one: there may be many.
func (s *Site) xmlList(w *writer, name, root, item string, urls func(func(sitemapURL) bool)) error {
	w.buffer.WriteString(xml.Header)
	e := xml.NewEncoder(&w.buffer)
	start := xml.StartElement{Name: xml.Name{Local: root}, Attr: []xml.Attr{
		{Name: xml.Name{Local: "xmlns"}, Value: "http://www.sitemaps.org/schemas/sitemap/0.9"},
		{Name: xml.Name{Local: "xmlns:xhtml"}, Value: "http://www.w3.org/1999/xhtml"},
	}}
	err := e.EncodeToken(start)
	for u := range urls {
		err = errors.Join(err, e.EncodeElement(u, xml.StartElement{Name: xml.Name{Local: item}}), e.EncodeToken(xml.CharData("\n")))
	}
	if err = errors.Join(err, e.EncodeToken(start.End()), e.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.buffer.WriteByte('\n')
	return w.file(name)
}

func (s *Site) xml(w *writer, name string, data any) error {
	w.buffer.WriteString(xml.Header)
	if err := xml.NewEncoder(&w.buffer).Encode(data); err != nil {
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
