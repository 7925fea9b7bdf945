package change

import (
	"net/url"
	"slices"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/markdown"
)

// fields says what two documents of an entry say otherwise: the front matter,
// the text, and the addresses in both.
func (c *comparison) fields(e *Entry, kind content.Kind, was, now *content.Document) {
	for _, d := range content.Compare(kind, was, now, c.Now.Languages) {
		f := Field{Path: d.Path, Form: string(d.Form), Change: changeOf(d.Was != nil, d.Now != nil)}
		if d.Form == content.FormText {
			f.Texts = c.texts(d.Was, d.Now)
		} else {
			f.Was, f.Now = d.Was, d.Now
			f.Was, f.Now = once(f.Was), once(f.Now)
		}
		e.Fields = append(e.Fields, f)
	}
	if kind == content.CatalogFile {
		e.Links = changedLinks(linksOf(kind, was, nil, c.Now.Languages), linksOf(kind, now, nil, c.Now.Languages))
		return
	}
	a, b := c.bodyOf(was), c.bodyOf(now)
	if f, ok := c.body(a, b); ok {
		e.Fields = append(e.Fields, f)
	}
	e.Links = changedLinks(linksOf(kind, was, a, c.Now.Languages), linksOf(kind, now, b, c.Now.Languages))
}

func changeOf(was, now bool) string {
	switch {
	case !was:
		return "added"
	case !now:
		return "removed"
	}
	return "changed"
}

// once returns one value where all languages have the same.
func once(values []string) []string {
	if len(values) > 1 && !slices.ContainsFunc(values, func(s string) bool { return s != values[0] }) {
		return values[:1]
	}
	return values
}

// texts compares a text in each language; the languages in which it is the same
// are left out.
func (c *comparison) texts(was, now []string) (texts []Text) {
	for i, l := range c.Now.Languages {
		a, b := at(was, i), at(now, i)
		if a != b {
			texts = append(texts, Text{l, diff(a, b, &c.work)})
		}
	}
	if len(texts) == len(c.Now.Languages) && len(once(was)) <= 1 && len(once(now)) <= 1 {
		texts = texts[:1] // a name that is the same in all languages
		texts[0].Language = ""
	}
	return texts
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// body is an entry's text: the Markdown below the heading of each language, and
// what stands elsewhere.
type body struct {
	sections []string // by the language's index
	rest     string
	links    []string
}

// bodyOf reads the text of a document; one that the parser must not see is rest
// as a whole.
func (c *comparison) bodyOf(d *content.Document) *body {
	b := &body{sections: make([]string, len(c.Now.Languages))}
	if d == nil || d.Front == nil {
		return b
	}
	text := d.Text()
	if _, over := markdown.Limits(text); over {
		b.rest = string(text)
		return b
	}
	doc := markdown.Parse(text)
	from, into := 0, -1 // what stands before the first heading is nobody's
	put := func(to int) {
		part := strings.TrimSpace(string(text[from:to]))
		if into >= 0 {
			b.sections[into] = strings.TrimSpace(b.sections[into] + "\n\n" + part)
		} else {
			b.rest += part
		}
	}
	for i := range doc.Sections {
		s := &doc.Sections[i]
		put(s.Heading.From)
		from, into = s.Heading.From, slices.IndexFunc(c.Now.Languages, func(l string) bool { return c.Words.NameOf(l) == s.Title })
		if into >= 0 {
			from = s.Heading.To
		}
		for _, l := range s.Links {
			b.links = append(b.links, l.Destination)
		}
	}
	put(len(text))
	return b
}

// body compares the texts of an entry.
func (c *comparison) body(was, now *body) (f Field, differs bool) {
	f = Field{Path: []string{"body"}, Form: "body"}
	empty := func(b *body) bool { return b.rest == "" && strings.Join(b.sections, "") == "" }
	f.Change = changeOf(!empty(was), !empty(now))
	for i, l := range c.Now.Languages {
		if a, b := was.sections[i], now.sections[i]; a != b {
			f.Texts = append(f.Texts, Text{l, diff(a, b, &c.work)})
		}
	}
	if was.rest != now.rest {
		f.Texts = append(f.Texts, Text{"", diff(was.rest, now.rest, &c.work)})
	}
	return f, len(f.Texts) > 0
}

// linksOf lists the addresses of other hosts that a document has, in its front
// matter and in its text.
func linksOf(kind content.Kind, d *content.Document, b *body, languages []string) (links []string) {
	for _, v := range content.Compare(kind, nil, d, languages) {
		for _, s := range v.Now {
			switch {
			case v.Form == content.FormLink && strings.Contains(s, "@") && !strings.Contains(s, "/"):
				links = append(links, "mailto:"+strings.TrimPrefix(s, "mailto:"))
			case v.Form == content.FormLink, v.Form == content.FormFile && content.IsLink(s):
				links = append(links, s)
			}
		}
	}
	if b != nil {
		for _, to := range b.links {
			if u, err := url.Parse(to); err != nil || u.Scheme != "" || u.Host != "" {
				links = append(links, to)
			}
		}
	}
	slices.Sort(links)
	return slices.Compact(slices.DeleteFunc(links, func(s string) bool { return s == "" }))
}

// changedLinks compares two sorted lists of addresses.
func changedLinks(was, now []string) []Link {
	out := []Link{}
	for _, list := range []struct {
		of, other []string
		change    string
	}{{now, was, "added"}, {was, now, "removed"}} {
		for _, to := range list.of {
			if _, there := slices.BinarySearch(list.other, to); !there {
				out = append(out, Link{list.change, head(to, 2000), hostOf(to)})
			}
		}
	}
	return out
}

// hostOf returns the host that an address leads to, as a browser reads it: of a
// mail address, what stands behind the @.
func hostOf(to string) string {
	u, err := url.Parse(to)
	if err != nil {
		return ""
	}
	if u.Scheme == "mailto" {
		_, host, _ := strings.Cut(u.Opaque, "@")
		host, _, _ = strings.Cut(host, "?")
		return host
	}
	return u.Hostname()
}
