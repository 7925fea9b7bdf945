package site

import (
	"encoding/xml"
	"fmt"
	"slices"
	"time"
)

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
		if s.changed(p).IsZero() {
			continue
		}
		to := s.absolute(l.Tag + "/" + productPath(p))
		e := atomEntry{
			ID: to, Title: l.text(p.Title), Updated: stamp(s.changed(p)), Summary: l.text(p.Summary),
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

func (s *Site) xml(w *writer, name string, data any) error {
	w.buffer.WriteString(xml.Header)
	if err := xml.NewEncoder(&w.buffer).Encode(data); err != nil {
		w.buffer.Reset()
		return fmt.Errorf("%s: %w", name, err)
	}
	w.buffer.WriteByte('\n')
	return w.file(name)
}
