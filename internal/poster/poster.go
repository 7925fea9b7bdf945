// Package poster draws the pictures that other sites show beside a link to a
// page: a product's name and its seller's, in the theme's colours.
//
// There is one a page, so what matters is time. A picture has four shades, from
// the background's to the text's. Whatever pictures share is drawn and
// compressed once, and so is a glyph.
package poster

import (
	"fmt"
	"image/color"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// The size of a picture in pixels, which is the one that sites ask for.
const (
	Width  = 1200
	Height = 630
)

// The parts of a picture, from its top: the heading; the name, at the foot of
// its part; the line below it; a band.
const (
	headRows = 160
	nameRows = 270
	lineRows = 90
	bandRows = Height - headRows - nameRows - lineRows
	margin   = 80
	measure  = Width - 2*margin // the width of text
)

// Painter draws pictures. It may be used from several goroutines.
type Painter struct {
	palette []byte
	names   []style // the largest first
	small   *face
	empty   map[int]strip // of so many rows
}

// style is how a name may be written.
type style struct {
	*face
	most int // lines
}

// New returns a painter that writes in one colour on another.
func New(background, text color.RGBA) (*Painter, error) {
	p := &Painter{empty: make(map[int]strip)}
	for i := range 4 {
		mix := func(from, to uint8) byte { return byte((int(from)*(3-i) + int(to)*i + 1) / 3) }
		p.palette = append(p.palette, mix(background.R, text.R), mix(background.G, text.G), mix(background.B, text.B))
	}
	var err error
	if p.small, err = newFace(goregular.TTF, 40, lineRows); err != nil {
		return nil, fmt.Errorf("poster: %w", err)
	}
	for _, s := range []struct {
		size       float64
		lead, most int
	}{{96, 112, 2}, {72, 86, 3}, {54, 66, 4}} {
		f, err := newFace(gobold.TTF, s.size, s.lead)
		if err != nil {
			return nil, fmt.Errorf("poster: %w", err)
		}
		p.names = append(p.names, style{f, s.most})
		for lines := 1; lines <= s.most; lines++ {
			rows := nameRows - lines*s.lead
			p.empty[rows] = compress(blank(rows, 0))
		}
	}
	for _, rows := range []int{nameRows, lineRows} {
		p.empty[rows] = compress(blank(rows, 0))
	}
	return p, nil
}

// Frame is what the pictures of many pages have in common.
type Frame struct{ head, band strip }

// Frame draws a heading and what stands in the band at the foot. What cannot be
// written is left out.
func (p *Painter) Frame(heading, foot string) Frame {
	head, band := blank(headRows, 0), blank(bandRows, 1)
	for y := range 8 { // a bar above the heading
		for x := margin / 4; x < (margin+96)/4; x++ {
			head[(56+y)*stride+1+x] = 0xff
		}
	}
	if line, ok := p.small.readable(heading); ok {
		p.small.write(head[70*stride:], margin, p.small.fit(line, measure))
	}
	if line, ok := p.small.readable(foot); ok {
		p.small.write(band[(bandRows-lineRows)/2*stride:], margin, p.small.fit(line, measure))
	}
	return Frame{compress(head), compress(band)}
}

// Writable reports whether the font has the letters for a name.
func (p *Painter) Writable(name string) bool {
	_, ok := p.names[0].readable(name)
	return ok
}

// PNG draws a picture: a name in up to four lines, and a line below it. What is
// not writable is left out.
func (p *Painter) PNG(f Frame, name, below string) []byte { return p.AppendPNG(nil, f, name, below) }

// AppendPNG draws a picture behind what is in out.
func (p *Painter) AppendPNG(out []byte, f Frame, name, below string) []byte {
	scratch := scratches.Get().(*[]byte)
	s := sheet{data: (*scratch)[:0], strips: []strip{f.head}}
	p.name(&s, name)
	if line, ok := p.small.readable(below); ok {
		s.line(p.small, p.small.fit(line, measure))
	} else {
		s.strips = append(s.strips, p.empty[lineRows])
	}
	out = encode(out, p.palette, append(s.strips, f.band))
	*scratch = s.data
	scratches.Put(scratch)
	return out
}

// sheet is a picture that is being drawn.
type sheet struct {
	data   []byte // of the strips that are its own
	strips []strip
}

var scratches = sync.Pool{New: func() any { return new([]byte) }}

func (s *sheet) line(f *face, line []rune) {
	var drawn strip
	s.data, drawn = f.line(s.data, margin, line)
	s.strips = append(s.strips, drawn)
}

// name draws a name.
func (p *Painter) name(s *sheet, name string) {
	text, ok := p.names[0].readable(name)
	if !ok {
		s.strips = append(s.strips, p.empty[nameRows])
		return
	}
	var lines [][]rune
	var f style
	for _, f = range p.names {
		if lines = f.wrap(text, measure, f.most); lines != nil {
			break
		}
	}
	if lines == nil { // the rest of the text is cut
		lines = f.wrap(text, measure, len(text))[:f.most]
		lines[f.most-1] = f.cut(lines[f.most-1], measure)
	}
	s.strips = append(s.strips, p.empty[nameRows-len(lines)*f.lead])
	for _, line := range lines {
		s.line(f.face, line)
	}
}
