package site

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// The elements of an OpenSearch description (OpenSearch 1.1): browsers offer to
// search the site from their address bar.
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	LongName    string          `xml:"LongName"`
	Description string          `xml:"Description"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
	Language    string          `xml:"Language"`
	Encoding    string          `xml:"InputEncoding"`
}

type openSearchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr"`
	Template string `xml:"template,attr"`
}

func openSearchPath(l *lang) string { return l.Tag + "/opensearch.xml" }

// searchTemplate returns the address of a search, with a placeholder of this
// name for what is looked for.
func (s *Site) searchTemplate(l *lang, placeholder string) string {
	return s.absolute(l.Tag+"/products/") + "?q={" + placeholder + "}"
}

func (s *Site) openSearch(w *writer, l *lang) error {
	return s.xml(w, openSearchPath(l), openSearch{
		ShortName: short(l.frame.Site, 16), LongName: short(l.frame.Site, 48), Description: short(l.frame.About, 1024),
		Image: openSearchImage{64, 64, "image/svg+xml", s.absolute(s.opt.Theme.Asset("icon.svg"))},
		URLs: []openSearchURL{
			{"text/html", "results", s.searchTemplate(l, "searchTerms")},
			{"application/opensearchdescription+xml", "self", s.absolute(openSearchPath(l))},
		},
		Language: l.Tag, Encoding: "UTF-8",
	})
}

// short returns a text that is at most so many characters long, cut behind a
// word if it can be: these are the limits of OpenSearch.
func short(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if runes[most] != ' ' {
		if i := strings.LastIndexByte(cut, ' '); i > 0 {
			cut = cut[:i]
		}
	}
	return strings.TrimSpace(cut)
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
