// Package markdown turns the body of an entry into safe HTML and tells rules
// what is in it: sections, headings, links, images, raw HTML, each with its
// place. It hides goldmark.
//
// A body is parsed as one document, so that a heading inside a code block or a
// list is no section, and rendered a section at a time.
package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The engines are shared: goldmark is safe for concurrent use. They have no
// WithUnsafe (raw HTML is never written), no attributes (they would allow event
// handlers) and no typographer (its quotes are English). A bare www. is no
// link: it would become http.
//
// Finding bare addresses takes as long as all the rest, since the parser asks at
// every space; most texts have none, and are parsed without.
var (
	engine  = newEngine()
	linkify = newEngine(extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"https:", "http:"}), extension.WithLinkifyWWWRegexp(never)))
)

func newEngine(more ...goldmark.Extender) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithParagraphTransformers(util.Prioritized(definitions{}, 100)),
		)),
		goldmark.WithExtensions(append(more, extension.Table, extension.Strikethrough)...),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(&blocks{}, 100))),
	)
}

// definitions takes the definitions of links out of a paragraph, as the parser's
// own transformer does, but leaves a paragraph alone that begins with none.
type definitions struct{}

func (definitions) Transform(p *ast.Paragraph, r text.Reader, c parser.Context) {
	first := p.Lines().At(0)
	if line := bytes.TrimSpace(first.Value(r.Source())); len(line) == 0 || line[0] == '[' {
		parser.LinkReferenceParagraphTransformer.Transform(p, r, c)
	}
}

// bare reports whether a text may have addresses outside of links' brackets.
func bare(source []byte) bool {
	return unlinked(source, "://") || unlinked(source, "@")
}

// unlinked reports whether a mark of an address stands outside of ](…) and <…>.
func unlinked(source []byte, mark string) bool {
	for from := 0; ; {
		i := bytes.Index(source[from:], []byte(mark))
		if i < 0 {
			return false
		}
		at := from + i
		from = at + len(mark)
		word := bytes.LastIndexAny(source[:at], " \n\t(<*_~[|\"'`") // what stands before the address
		if word < 1 {
			return true
		}
		switch {
		case source[word] == '(' && source[word-1] == ']':
		case source[word] == '<':
			if end := bytes.IndexAny(source[at:], "> \n"); end < 0 || source[at+end] != '>' {
				return true
			}
		default:
			return true
		}
	}
}

// Span is a piece of the source: offsets from, to.
type Span struct{ From, To int }

// Document is a parsed body.
type Document struct {
	source   []byte
	Preamble Span // what stands before the first section; From == To if nothing
	Sections []Section
	Over     *Limit // a limit that only the parsed text shows; then it must not be rendered
	headings int
	linked   int // bytes of all destinations and titles
}

// Section is what stands below one heading of level 1.
type Section struct {
	Title    string
	Heading  Span
	Headings []Heading // below the section's own
	Links    []Link    // images among them
	HTML     []Span    // raw HTML, which is never rendered
	Pieces   []Piece   // what it says, piece by piece
	Empty    bool      // has nothing that shows
	nodes    []ast.Node
}

// Heading is a heading inside a section.
type Heading struct {
	Span
	Level int
	ID    string // the id that it is rendered with
	Text  string
}

// Link is a link or an image.
type Link struct {
	Span        // of the destination where it is written there, else of the link
	Destination string
	Image       bool
	Alt         string // of an image
}

// Parse parses a body. The source must have passed Limits.
func Parse(source []byte) *Document {
	parse := engine
	if bare(source) {
		parse = linkify
	}
	root := parse.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext()))
	d := &Document{source: source}
	var section *Section
	ids := ids{}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			expected := len(source) / 80 // pieces of a text in two languages
			if section != nil {
				expected = len(section.Pieces) + 8 // the languages are like each other
			}
			d.Sections = append(d.Sections, Section{Title: plain(n, source), Heading: d.line(n.Pos()), Empty: true, Pieces: make([]Piece, 0, expected)})
			section = &d.Sections[len(d.Sections)-1]
			ids = make(map[string]int)
			continue
		}
		if section == nil {
			if _, ref := n.(*ast.LinkReferenceDefinition); !ref && d.Preamble.From == d.Preamble.To {
				d.Preamble = d.line(n.Pos())
			}
			continue
		}
		if _, ref := n.(*ast.LinkReferenceDefinition); !ref { // of which nobody sees anything
			section.Empty = false
		}
		section.nodes = append(section.nodes, n)
		d.inspect(section, n, ids)
	}
	return d
}

// inspect notes what rules ask for.
func (d *Document) inspect(s *Section, top ast.Node, ids ids) {
	_ = ast.Walk(top, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		d.pieces(s, n)
		switch n := n.(type) {
		case *ast.Heading:
			h := Heading{Span: d.line(n.Pos()), Level: n.Level, Text: plain(n, d.source)}
			h.ID = ids.make(h.Text)
			n.SetAttributeString("id", []byte(h.ID))
			s.Headings = append(s.Headings, h)
			s.Pieces = append(s.Pieces, Piece{Kind: Title, Span: h.Span, Count: h.Level})
			d.headings++
			d.limit(h.Span, d.headings, "headings in a text", maxHeadings)
		case *ast.HTMLBlock:
			s.HTML = append(s.HTML, d.line(n.Pos()))
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				s.HTML = append(s.HTML, Span{n.Segments.At(0).Start, n.Segments.At(0).Stop})
			}
		case *ast.Link:
			d.weigh(n.Pos(), n.Destination, n.Title)
			s.link(Link{Span: d.destination(n.Pos(), n.Destination), Destination: meaning(n.Destination)})
		case *ast.Image:
			d.weigh(n.Pos(), n.Destination, n.Title)
			s.link(Link{Span: d.destination(n.Pos(), n.Destination), Destination: meaning(n.Destination), Image: true, Alt: plain(n, d.source)})
		case *ast.AutoLink:
			s.link(Link{Span: d.destination(n.Pos(), n.Label(d.source)), Destination: addressOf(n, d.source)})
		}
		return ast.WalkContinue, nil
	})
}

// addressOf returns where a bare address leads.
func addressOf(n *ast.AutoLink, source []byte) string {
	url := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail {
		url = "mailto:" + strings.TrimPrefix(url, "mailto:")
	}
	return url
}

// weigh counts what a link takes on the page: one definition can serve a
// thousand links.
func (d *Document) weigh(at int, destination, title []byte) {
	d.linked += len(destination) + len(title)
	d.limit(d.line(at), d.linked, "bytes in the addresses and titles of a text's links", maxLinked)
}

func (d *Document) limit(at Span, n int, what string, most int) {
	if n > most && d.Over == nil {
		d.Over = &Limit{at, n, what, most}
	}
}

// meaning returns what a destination means: the renderer resolves escapes and
// character references, so rules must not judge it as it is written.
func meaning(destination []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(destination))))
}

// line returns the place of the line's text at an offset.
func (d *Document) line(at int) Span {
	at = max(0, min(at, len(d.source)))
	from := bytes.LastIndexByte(d.source[:at], '\n') + 1
	to := len(d.source)
	if i := bytes.IndexByte(d.source[from:], '\n'); i >= 0 {
		to = from + i
	}
	return Span{from, to}
}

// destination returns the place where a destination is written behind the
// offset at, or that of the link's line where it is written elsewhere (a
// reference link) or otherwise (escaped).
func (d *Document) destination(at int, destination []byte) Span {
	at = max(0, min(at, len(d.source)))
	near := d.source[at:min(len(d.source), at+4096)]
	if i := bytes.Index(near, destination); i >= 0 && len(destination) > 0 {
		return Span{at + i, at + i + len(destination)}
	}
	return Span{at, d.line(at).To}
}

// plain returns a node's text without markup.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Text:
				b.Write(util.UnescapePunctuations(n.Segment.Value(source)))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(n.Value)
			case *ast.AutoLink:
				b.Write(n.Label(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
