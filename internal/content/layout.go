package content

import (
	"bytes"
	"slices"
	"strings"
)

// A part is a value of a YAML file with what stands around it: what the values
// alone do not tell, and what formatting must keep.
type part struct {
	key   *Value // of a mapping's part; nil for a list's item
	value *Value
	col   int // of the key or the hyphen, from 0
	at    int // of the key or the hyphen
	end   int // behind the last line of its value
	after int // behind the comments below it that are about it

	head   []string // comments and empty lines above it
	inline string   // the comment behind the colon or the hyphen, with the spaces before it
	over   []string // comments between that and a value that begins in a later line
	tail   string   // the comment behind the value, with the spaces before it
	parts  []*part  // of a mapping or a list in lines of their own
	foot   []string // comments behind the parts or behind the value

	from, to int  // a text's or a bracket's place
	asIs     bool // its brackets are best left as they are
}

// layout finds the parts of a piece of YAML. It walks along the values, which
// the library has read, so that all it must know of YAML is what may stand
// between them: where something else stands, the walk fails.
type layout struct {
	source   *Source
	text     []byte // the source up to the end of the piece
	at       int
	failed   bool
	places   map[*Value][2]int // of texts and brackets, and of nothing where it could be written
	comments []comment         // all of them
}

// A comment of a file, with its # and without the spaces around it.
type comment struct {
	at   int
	text string
}

// newLayout returns the parts of the mapping that is a piece's root, or nil.
func newLayout(s *Source, front [2]int, root *Value) (*layout, *part) {
	l := &layout{source: s, text: s.Data[:front[1]], at: front[0], places: make(map[*Value][2]int)}
	top := &part{value: root, col: -1}
	if start := root.at; start < len(l.text) && l.text[start] == '{' {
		top.head = l.lines()
		l.space()
		l.value(top)
		top.foot = l.lines()
	} else {
		l.block(top)
		top.foot = append(top.foot, l.lines()...)
		if len(top.parts) > 0 {
			top.head, top.parts[0].head = titleLines(top.parts[0].head)
		}
	}
	if l.failed || l.at != len(l.text) {
		return l, nil
	}
	return l, top
}

// titleLines divides what stands above the first key: what ends with an empty
// line, is no comment, or speaks to programs is about the file.
func titleLines(lines []string) (title, head []string) {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i] == "" || lines[i][0] != '#' || slices.ContainsFunc(modelines, func(m string) bool { return strings.HasPrefix(strings.TrimLeft(lines[i], "# "), m) }) {
			return lines[:i+1], lines[i+1:]
		}
	}
	return nil, lines
}

// modelines are what comments begin with that editors and licence checkers look
// for at the top of a file.
var modelines = []string{"yaml-language-server:", "vim:", "-*-", "SPDX", "Copyright"}

func (l *layout) fail() { l.failed, l.at = true, len(l.text) }

// expect fails where the walk is not at a place.
func (l *layout) expect(at int) {
	if l.at != at {
		l.fail()
	}
}

// next returns the byte at the walk's place, 0 at the end.
func (l *layout) next() byte {
	if l.at < len(l.text) {
		return l.text[l.at]
	}
	return 0
}

// space goes over spaces and tabs and returns them.
func (l *layout) space() string {
	from := l.at
	for l.next() == ' ' || l.next() == '\t' {
		l.at++
	}
	return string(l.text[from:l.at])
}

// rest returns the rest of the line, without the line feed, and where the next
// line begins.
func (l *layout) rest() (line []byte, next int) {
	if i := bytes.IndexByte(l.text[l.at:], '\n'); i >= 0 {
		return l.text[l.at : l.at+i], l.at + i + 1
	}
	return l.text[l.at:], len(l.text)
}

// line goes over the rest of a line, where at most a comment may stand, and
// returns the comment with the spaces before it.
func (l *layout) line() string {
	space := l.space()
	rest, next := l.rest()
	if len(rest) > 0 && (rest[0] != '#' || space == "") {
		l.fail()
		return ""
	}
	at := l.at
	l.at = next
	if len(rest) == 0 {
		return ""
	}
	return space + l.comment(at, rest)
}

// comment takes down a comment and returns it.
func (l *layout) comment(at int, b []byte) string {
	c := strings.TrimRight(string(b), " \t")
	l.comments = append(l.comments, comment{at, c})
	return c
}

// lines goes over lines that hold no values, and returns them without their
// indentation; of several empty ones, one.
func (l *layout) lines() []string { return l.linesBehind(0) }

// linesBehind does so for the lines up to the last comment in a column, at
// least.
func (l *layout) linesBehind(col int) []string {
	var lines []string
	keep, at, comments := 0, l.at, len(l.comments) // after the last line that counts
	for l.at < len(l.text) {
		start := l.at
		indent := len(l.space())
		rest, next := l.rest()
		switch {
		case len(rest) == 0:
			if len(lines) == 0 || lines[len(lines)-1] != "" {
				lines = append(lines, "")
			}
		case rest[0] == '#' && indent >= col, indent == 0 && col == 0 && marker(rest):
			lines = append(lines, l.comment(l.at, rest))
		default:
			next = -1
		}
		if next < 0 {
			l.at = start
			break
		}
		l.at = next
		if col == 0 || len(rest) > 0 {
			keep, at, comments = len(lines), l.at, len(l.comments)
		}
	}
	l.at, l.comments = at, l.comments[:comments]
	return lines[:keep]
}

// marker reports whether a line belongs to the stream, not to the values.
func marker(line []byte) bool {
	s := strings.TrimRight(string(line), " \t")
	return s == fence || s == "..." || strings.HasPrefix(s, "%")
}

// block walks over the parts of a mapping or a list in lines of their own.
func (l *layout) block(p *part) {
	v := p.value
	for i, item := range v.Items {
		kid := &part{value: item}
		if l.at == 0 || l.text[l.at-1] == '\n' { // not the first one behind a hyphen
			kid.head = l.lines()
			if len(kid.head) > 0 && i > 0 {
				before := p.parts[i-1]
				foot := len(before.foot)
				before.foot, kid.head = divide(before.foot, kid.head)
				for range before.foot[foot:] {
					before.after += bytes.IndexByte(l.text[before.after:], '\n') + 1
				}
			}
		}
		l.space()
		kid.col, kid.at = l.column(), l.at
		if v.Kind == Mapping {
			kid.key = v.Keys[i]
			l.expect(kid.key.at)
			l.scalar(kid.key, kid.col)
			l.space()
			if l.next() != ':' || bytes.IndexByte(l.source.Data[kid.key.at:l.at], '\n') >= 0 {
				l.fail()
			}
		} else if l.next() != '-' {
			l.fail()
		}
		if l.failed {
			return
		}
		l.at++
		l.value(kid)
		kid.end, kid.after = l.at, l.at
		p.parts = append(p.parts, kid)
	}
	if len(p.parts) == 0 {
		l.fail()
		return
	}
	if col := p.parts[0].col; col > p.col && col > 0 {
		p.foot = l.linesBehind(col)
	}
}

// divide gives comments right below a part, with an empty line behind them, to
// that part.
func divide(foot, head []string) (a, b []string) {
	for i, s := range head {
		if s == "" {
			return append(foot, head[:i]...), head[i:]
		}
	}
	return foot, head
}

// column returns the column of the walk's place, in bytes from 0.
func (l *layout) column() int {
	return l.at - 1 - bytes.LastIndexByte(l.text[:l.at], '\n')
}

// value walks over the value of a part, from behind its colon or hyphen.
func (l *layout) value(p *part) {
	v := p.value
	start := v.at
	empty := v.Kind == Null && v.Text == ""
	bracket := v.Kind != Scalar && start < len(l.text) && (l.text[start] == '{' || l.text[start] == '[')
	lines := (v.Kind == Mapping || v.Kind == Sequence) && !bracket
	before := l.at
	if l.space(); empty || l.next() == '#' || l.next() == '\n' || l.at == len(l.text) {
		l.at = before
		if empty {
			l.places[v] = [2]int{before, before}
		}
		p.inline = l.line()
		if empty || l.failed {
			return
		}
		if !lines {
			p.over = l.lines()
			l.space()
		}
	}
	switch {
	case lines:
		l.block(p)
		return
	case bracket:
		l.expect(start)
		p.asIs = l.flow(v)
	default:
		l.expect(start)
		l.scalar(v, p.col)
	}
	p.from, p.to = start, l.at
	if v.quoted != '|' {
		p.tail = l.line()
	}
}
