package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"time"
)

// maxURLs is how many addresses one sitemap lists. The protocol allows 50,000
// and 50 MB; a file is made in memory, and with each language's alternates an
// address takes half a kilobyte.
const maxURLs = 5_000

// planSitemap plans sitemap.xml: the pages themselves, or where they are too
// many an index of further files.
func (s *plan) planSitemap() {
	all := s.indexed
	perFile := maxURLs / len(s.languages)
	if len(all) <= perFile {
		s.add(func(w *writer) error { return s.sitemap(w, "sitemap.xml", all) }, "sitemap.xml")
		return
	}
	var files []string
	for part := range slices.Chunk(all, perFile) {
		name := fmt.Sprintf("sitemap-%d.xml", len(files)+1)
		files = append(files, name)
		s.add(func(w *writer) error { return s.sitemap(w, name, part) }, name)
	}
	s.add(func(w *writer) error {
		x := s.openSitemap(w, "sitemapindex")
		for _, name := range files {
			x.WriteString("<sitemap>")
			x.text("loc", s.absolute(name))
			x.close("sitemap")
		}
		x.close("sitemapindex")
		return w.file("sitemap.xml")
	}, "sitemap.xml")
}

// openSitemap begins a file of the sitemap protocol (sitemaps.org), with the
// alternates that search engines read.
func (s *Site) openSitemap(w *writer, root string) elements {
	x := elements{&w.buffer}
	x.WriteString(xml.Header)
	x.open(root, "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml", "http://www.w3.org/1999/xhtml")
	return x
}

func (s *Site) sitemap(w *writer, name string, pages []indexed) error {
	x := s.openSitemap(w, "urlset")
	var links bytes.Buffer // the same for a page in each language
	addresses := make([]string, len(s.languages))
	for _, a := range pages {
		links.Reset()
		alternates := elements{&links}
		for i, l := range s.languages {
			addresses[i] = s.absolute(l.Tag + "/" + a.path)
			alternates.empty("xhtml:link", "rel", "alternate", "hreflang", l.Tag, "href", addresses[i])
		}
		fallback := addresses[0]
		if a.path == "" {
			fallback = s.absolute("")
		}
		alternates.empty("xhtml:link", "rel", "alternate", "hreflang", "x-default", "href", fallback)
		for _, address := range addresses {
			x.WriteString("<url>")
			x.text("loc", address)
			if !a.changed.IsZero() {
				x.text("lastmod", a.changed.UTC().Format(time.DateOnly))
			}
			x.Write(links.Bytes())
			x.close("url")
		}
	}
	x.close("urlset")
	return w.file(name)
}

func (s *Site) robots(w *writer) error {
	if s.opt.Visible.Drafts || s.opt.Preview {
		fmt.Fprintf(&w.buffer, "User-agent: *\nDisallow: /\n")
	} else {
		fmt.Fprintf(&w.buffer, "User-agent: *\nAllow: /\n\nSitemap: %s\n", s.absolute("sitemap.xml"))
	}
	return w.file("robots.txt")
}
