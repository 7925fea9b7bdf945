package site

import (
	"bytes"
	"encoding/xml"
)

const (
	atomType     = "application/atom+xml"
	jsonFeedType = "application/feed+json"
)

// atom writes a feed in Atom (RFC 4287). The elements are written one by one:
// there are thousands of feeds, and encoding structs would take ten times as
// long.
func (s *Site) atom(w *writer, l *lang, f *feed, items []item) {
	x := elements{&w.buffer}
	root := s.absolute("")
	here := root + l.Tag + "/"
	self := here + f.path + "feed.atom"
	x.WriteString(xml.Header)
	x.open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xml:lang", l.Tag)
	x.text("id", self)
	x.text("title", l.Word("feed.title", "name", f.name(l)))
	if about := f.about(l); about != "" {
		x.text("subtitle", about)
	}
	x.text("updated", stamp(f.updated()))
	x.empty("link", "rel", "self", "type", atomType, "href", self)
	x.empty("link", "rel", "alternate", "type", "text/html", "hreflang", l.Tag, "href", here+f.path)
	x.empty("link", "rel", "alternate", "type", jsonFeedType, "hreflang", l.Tag, "href", here+f.path+"feed.json")
	for _, other := range s.languages {
		if other != l {
			x.empty("link", "rel", "alternate", "type", atomType, "hreflang", other.Tag, "href", root+other.Tag+"/"+f.path+"feed.atom")
		}
	}
	x.text("icon", s.absolute(s.opt.Theme.Asset("icon.svg")))
	x.author(l.frame.Site)
	for i := range items {
		e := &items[i]
		x.open("entry")
		x.text("id", e.id)
		x.text("title", e.Title)
		when := stamp(e.When)
		x.text("published", when)
		x.text("updated", when)
		x.empty("link", "rel", "alternate", "type", "text/html", "hreflang", l.Tag, "href", here+e.Path)
		if e.Seller != "" {
			x.author(e.Seller)
		}
		for _, t := range e.tags {
			x.empty("category", "term", t.Href, "label", t.Name)
		}
		x.text("summary", e.Text)
		x.close("entry")
	}
	x.close("feed")
}

// elements writes XML. Names and attributes' names are ours; all texts are
// escaped.
type elements struct{ *bytes.Buffer }

func (x elements) open(name string, attributes ...string) {
	x.begin(name, attributes)
	x.WriteString(">\n")
}

func (x elements) empty(name string, attributes ...string) {
	x.begin(name, attributes)
	x.WriteString("/>\n")
}

func (x elements) begin(name string, attributes []string) {
	x.WriteByte('<')
	x.WriteString(name)
	for i := 0; i < len(attributes); i += 2 {
		x.WriteByte(' ')
		x.WriteString(attributes[i])
		x.WriteString(`="`)
		x.escape(attributes[i+1])
		x.WriteByte('"')
	}
}

func (x elements) close(name string) {
	x.WriteString("</")
	x.WriteString(name)
	x.WriteString(">\n")
}

func (x elements) text(name, text string) {
	x.begin(name, nil)
	x.WriteByte('>')
	x.escape(text)
	x.close(name)
}

func (x elements) author(name string) {
	x.WriteString("<author>")
	x.text("name", name)
	x.close("author")
}

// escape writes a text; addresses, which are most of a feed, need no escaping.
func (x elements) escape(text string) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' {
			_ = xml.EscapeText(x.Buffer, []byte(text)) // a buffer takes everything
			return
		}
	}
	x.WriteString(text)
}
