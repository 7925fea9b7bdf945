package poster

import (
	"image"
	"slices"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a font in one size. A glyph is drawn once, in four shades, at each of
// the four places that it can have in a byte; from then on it is copied.
type face struct {
	lead     int                          // pixels from a line to the next
	rise     int                          // of the baseline below a line's top
	latin    [0x180]atomic.Pointer[glyph] // of most languages of Europe
	glyphs   sync.Map                     // all others
	drawing  sync.Mutex                   // of the two below
	font     *sfnt.Font
	face     font.Face
	mu       sync.Mutex // of what is below
	clusters map[clusterKey]*cluster
}

type glyph struct {
	advance   int
	left, top int // of its mask, from its place on the baseline
	height    int
	widths    [4]int                     // of a mask's row, in bytes
	masks     [4][]byte                  // four pixels a byte
	clusters  [4]atomic.Pointer[cluster] // of the glyph alone, by the pixel of a byte that its place is at
}

func newFace(data []byte, size float64, lead int) (*face, error) {
	f, err := opentype.Parse(data)
	if err != nil {
		return nil, err
	}
	o, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	m := o.Metrics()
	rise := (lead + m.Ascent.Round() - m.Descent.Round()) / 2
	return &face{lead: lead, rise: rise, font: f, face: o, clusters: make(map[clusterKey]*cluster)}, nil
}

// glyph returns a character's glyph, or nil where the font has none.
func (f *face) glyph(r rune) *glyph {
	if r >= 0 && int(r) < len(f.latin) {
		if g := f.latin[r].Load(); g != nil {
			return g
		}
	} else if g, ok := f.glyphs.Load(r); ok {
		return g.(*glyph)
	}
	f.drawing.Lock()
	g := f.draw(r)
	f.drawing.Unlock()
	if r >= 0 && int(r) < len(f.latin) {
		f.latin[r].Store(g)
	} else {
		f.glyphs.Store(r, g)
	}
	return g
}

func (f *face) draw(r rune) *glyph {
	var b sfnt.Buffer
	if i, err := f.font.GlyphIndex(&b, r); err != nil || i == 0 {
		return nil
	}
	bounds, mask, at, advance, ok := f.face.Glyph(fixed.P(0, 0), r)
	if !ok {
		return nil
	}
	alpha, ok := mask.(*image.Alpha)
	if !ok {
		return nil
	}
	g := &glyph{advance: advance.Round(), left: bounds.Min.X, top: bounds.Min.Y, height: bounds.Dy()}
	for phase := range g.masks {
		width := (bounds.Dx() + phase + 3) / 4
		g.widths[phase], g.masks[phase] = width, make([]byte, width*g.height)
		for y := range g.height {
			for x := range bounds.Dx() {
				shade := (int(alpha.AlphaAt(at.X+x, at.Y+y).A)*3 + 127) / 255
				g.masks[phase][y*width+(x+phase)/4] |= byte(shade << (6 - 2*((x+phase)%4)))
			}
		}
	}
	return g
}

// readable returns what the font can show of a text: a sign that it lacks is
// left out, but of a word in a script that it lacks nothing would be left to
// read. ok is false then. So it is for marks that are put on other letters,
// which need more than putting glyphs side by side.
func (f *face) readable(s string) (out []rune, ok bool) {
	for _, r := range s {
		switch {
		case r == '\u00a0' || r == '\u202f': // no line ends there
			out = append(out, '\u00a0')
		case unicode.IsSpace(r):
			if len(out) > 0 && out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		case unicode.In(r, unicode.M) && r != '\ufe0f': // not what chooses a sign's colours
			return nil, false
		case f.glyph(r) != nil:
			if f.glyph(r).advance > 0 { // not a sign that nobody sees
				out = append(out, r)
			}
		case unicode.In(r, unicode.L, unicode.N):
			return nil, false
		}
	}
	for len(out) > 0 && unicode.IsSpace(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return out, len(out) > 0
}

func (f *face) width(s []rune) (w int) {
	for _, r := range s {
		w += f.glyph(r).advance
	}
	return w
}

// wrap breaks a text into lines, between words where there are any. It returns
// nil where they would be more than the most.
func (f *face) wrap(s []rune, width, most int) (lines [][]rune) {
	for len(s) > 0 {
		if len(lines) == most {
			return nil
		}
		end, w, space := 0, 0, -1
		for ; end < len(s); end++ {
			if w += f.glyph(s[end]).advance; w > width && s[end] != ' ' {
				break
			}
			if s[end] == ' ' {
				space = end
			}
		}
		next := end
		if end < len(s) && space > 0 {
			end, next = space, space+1
		}
		next = max(next, 1) // a glyph that is wider than the line
		lines = append(lines, s[:max(end, 1)])
		s = s[next:]
	}
	return lines
}

// fit shortens a text that is wider than a line.
func (f *face) fit(s []rune, width int) []rune {
	if f.width(s) <= width {
		return s
	}
	return f.cut(s, width)
}

// cut puts an ellipsis behind as much of a text as a line then has room for.
func (f *face) cut(s []rune, width int) []rune {
	for len(s) > 0 && (s[len(s)-1] == ' ' || f.width(s)+f.glyph('…').advance > width) {
		s = s[:len(s)-1]
	}
	return append(slices.Clone(s), '…')
}

// write draws a line into rows, whose first is the line's top.
func (f *face) write(rows []byte, x int, line []rune) {
	for _, r := range line {
		g := f.glyph(r)
		left := max(x+g.left, 0)
		mask, width := g.masks[left%4], g.widths[left%4]
		for y := range g.height {
			row := f.rise + g.top + y
			if row < 0 || (row+1)*stride > len(rows) {
				continue
			}
			to := rows[row*stride+1+left/4 : (row+1)*stride]
			for i, b := range mask[y*width : (y+1)*width] {
				if i < len(to) {
					to[i] |= b
				}
			}
		}
		x += g.advance
	}
}
