package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Piece is a part of a section, for those who compare what two sections say.
// Pieces are in the order of the text.
type Piece struct {
	Span
	Kind PieceKind

	// Text is what a link or a picture leads to, the language that a code block
	// is marked with, or what a run of text means where it is written otherwise
	// (an escape, a character reference).
	Text string

	Count   int  // a heading's level, a list's items, a table's rows with its header
	Columns int  // of a table
	Ordered bool // a list is numbered
}

// PieceKind says what a piece is.
type PieceKind uint8

// The kinds of pieces. Runs, code and links belong to the paragraph, heading or
// cell before them.
const (
	Paragraph  PieceKind = iota // begins a text of its own: a paragraph, an item
	Cell                        // begins the text of a table's cell
	Title                       // a heading, and begins its text
	Run                         // text without markup
	Code                        // what stands in a code span
	CodeBlock                   // the lines of a code block, without its fences
	LinkTo                      // the destination of a link
	Picture                     // the destination of an image
	List                        // a list with all that is in it
	TableShape                  // a table with all that is in it
)

// pieces adds what a node is a piece of to the section's pieces.
func (d *Document) pieces(s *Section, n ast.Node) {
	p := Piece{}
	switch n := n.(type) {
	case *ast.Text:
		if n.Parent().Kind() != ast.KindCodeSpan {
			d.run(s, n.Segment.Start, n.Segment.Stop)
		}
		return
	case *ast.Paragraph, *ast.TextBlock:
		p.Kind, p.Span = Paragraph, d.lines(n)
	case *extast.TableCell:
		at := n.Pos()
		if at < 0 { // the row has fewer cells than the header
			at = d.line(n.Parent().Pos()).To
		}
		p.Kind, p.Span = Cell, Span{at, at}
	case *ast.CodeSpan:
		first, last := n.FirstChild(), n.LastChild()
		if first == nil {
			return
		}
		p.Kind, p.Span = Code, Span{first.(*ast.Text).Segment.Start, last.(*ast.Text).Segment.Stop}
	case *ast.CodeBlock:
		p.Kind, p.Span = CodeBlock, d.lines(n)
	case *ast.FencedCodeBlock:
		p.Kind, p.Span, p.Text = CodeBlock, d.lines(n), string(n.Language(d.source))
	case *ast.List:
		p.Kind, p.Span, p.Count, p.Ordered = List, Span{d.line(n.FirstChild().Pos()).From, d.end(n)}, n.ChildCount(), n.IsOrdered()
	case *extast.Table:
		p.Kind, p.Span, p.Count, p.Columns = TableShape, Span{d.line(n.Pos()).From, d.end(n)}, n.ChildCount(), len(n.Alignments)
	default:
		return
	}
	p.From = max(0, min(p.From, len(d.source)))
	p.To = max(p.From, min(p.To, len(d.source)))
	s.Pieces = append(s.Pieces, p)
}

// link adds a link or an image.
func (s *Section) link(l Link) {
	kind := LinkTo
	if l.Image {
		kind = Picture
	}
	s.Links = append(s.Links, l)
	s.Pieces = append(s.Pieces, Piece{Kind: kind, Span: l.Span, Text: l.Destination})
}

// run adds a run of text. Escapes and character references become runs of their
// own, so that all others mean what is written.
func (d *Document) run(s *Section, from, to int) {
	at := from
	for at < to {
		i := bytes.IndexAny(d.source[at:to], `\&`)
		if i < 0 {
			break
		}
		at += i
		n := reference(d.source[at:to])
		written := d.source[at : at+n]
		if means := meaning(written); means != string(written) {
			if at > from {
				s.Pieces = append(s.Pieces, Piece{Kind: Run, Span: Span{from, at}})
			}
			s.Pieces = append(s.Pieces, Piece{Kind: Run, Span: Span{at, at + n}, Text: means})
			from = at + n
		}
		at += n
	}
	if from < to {
		s.Pieces = append(s.Pieces, Piece{Kind: Run, Span: Span{from, to}})
	}
}

// reference returns the length of what may be an escape or a character
// reference at the beginning of a text.
func reference(b []byte) int {
	const longest = 34 // &CounterClockwiseContourIntegral;
	if b[0] == '\\' {
		return min(2, len(b))
	}
	for i := 1; i < min(longest, len(b)); i++ {
		switch c := b[i]; {
		case c == ';':
			return i + 1
		case c != '#' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z'):
			return 1
		}
	}
	return 1
}

// lines returns the place of a block's lines.
func (d *Document) lines(n ast.Node) Span {
	l := n.Lines()
	if l.Len() == 0 {
		end := d.line(n.Pos()).To
		return Span{end, end}
	}
	return Span{l.At(0).Start, l.At(l.Len() - 1).Stop}
}

// end returns where a block's last line ends.
func (d *Document) end(n ast.Node) int {
	for n.Type() == ast.TypeBlock && n.Lines().Len() == 0 && n.LastChild() != nil && n.LastChild().Type() == ast.TypeBlock {
		n = n.LastChild()
	}
	if n.Lines().Len() > 0 {
		return d.line(max(0, d.lines(n).To-1)).To
	}
	return d.line(n.Pos()).To
}
