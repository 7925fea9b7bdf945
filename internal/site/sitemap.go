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

// planSitemap plans sitemap.xml: the pages themselves, or where they are too
// many an index of further files.
func (s *plan) planSitemap() {
	all := s.indexed
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

func (s *Site) sitemap(w *writer, name string, pages []indexed) error {
	return s.xmlList(w, name, "urlset", "url", func(yield func(sitemapURL) bool) {
		for _, a := range pages {
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

func (s *Site) robots(w *writer) error {
	if s.opt.Visible.Drafts {
		fmt.Fprintf(&w.buffer, "User-agent: *\nDisallow: /\n")
	} else {
		fmt.Fprintf(&w.buffer, "User-agent: *\nAllow: /\n\nSitemap: %s\n", s.absolute("sitemap.xml"))
	}
	return w.file("robots.txt")
}
