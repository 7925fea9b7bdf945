package content

import (
	"slices"
	"strings"
)

// quick reads the YAML that nearly every entry is written in, many times faster
// than the library: keys and values by indentation, lists, texts of one line,
// { and [, literal and folded blocks. It takes the easy way with everything
// else: at the first byte that it is not sure of it gives up, and the library
// reads the file. So all that it answers is what the library would have
// answered (FuzzQuick), and whatever is wrong with a file is found there.
//
// Giving up is a nil *Value, handed on by every function.
type quick struct {
	text    string // the piece of YAML
	from    int    // its offset in the source
	pos     int    // offset in it of what is read next
	bol     int    // offset of that line's first byte
	indent  int    // the line's indentation in bytes, once advance found it; -1 behind the last line
	values  []Value
	scratch []*Value // values of the collections that are being read
}

// What a piece has more of is not for the quick reader.
const (
	quickDepth = maxDepth - 4 // nested collections
	quickKeys  = 100          // of one mapping: they are compared with each other
	quickGap   = 100          // spaces before a comment: the library looks so far, and not much farther
)

// quickYAML reads the bytes from, to of a source as parseYAML does, or returns
// nil where they are not plain enough. Characters that have no place in a text
// were refused before (newSource).
func quickYAML(s *Source, from, to int) *Value {
	q := &quick{text: string(s.Data[from:to]), from: from, scratch: make([]*Value, 0, 64)}
	if strings.IndexByte(q.text, '\t') >= 0 {
		return nil
	}
	if q.advance(); q.indent != 0 {
		return nil
	}
	v := q.mapping(0, 0)
	if q.indent >= 0 {
		return nil
	}
	return v
}

// value makes a value that begins at the next byte.
func (q *quick) value(kind ValueKind) *Value {
	if len(q.values) == cap(q.values) {
		q.values = make([]Value, 0, 42) // 4 KB
	}
	q.values = append(q.values, Value{Kind: kind, at: q.from + q.pos})
	return &q.values[len(q.values)-1]
}

// peek returns the next byte; a line feed at the end.
func (q *quick) peek() byte { return q.ahead(0) }

func (q *quick) ahead(n int) byte {
	if q.pos+n < len(q.text) {
		return q.text[q.pos+n]
	}
	return '\n'
}

func (q *quick) spaces() (n int) {
	for q.peek() == ' ' {
		q.pos++
		n++
	}
	return n
}

// newline goes to the next line's first byte.
func (q *quick) newline() {
	if i := strings.IndexByte(q.text[q.pos:], '\n'); i >= 0 {
		q.pos += i + 1
	} else {
		q.pos = len(q.text)
	}
	q.bol = q.pos
}

// advance goes to the next line that says something, from a line's first byte.
func (q *quick) advance() {
	for q.pos < len(q.text) {
		q.indent = q.spaces()
		if c := q.peek(); c != '\n' && c != '#' {
			return
		}
		q.newline()
	}
	q.indent = -1
}

// rest goes on behind a value that ends its line, and reports whether a comment
// follows it.
func (q *quick) rest() (comment, ok bool) {
	gap := q.spaces()
	if q.peek() == '#' && gap > 0 && gap < quickGap {
		comment = true
	} else if q.peek() != '\n' {
		return false, false
	}
	q.newline()
	q.advance()
	return comment, true
}

// dash reports whether an item of a list begins here.
func (q *quick) dash() bool {
	return q.peek() == '-' && (q.ahead(1) == ' ' || q.ahead(1) == '\n')
}

// word returns the length of a key that stands here with its colon, or 0. Behind
// the colon is a space or the line's end.
func (q *quick) word() (n int) {
	for c := q.peek(); wordByte(c) || n > 0 && (c == '-' || c >= '0' && c <= '9'); c = q.ahead(n) {
		n++
	}
	if q.ahead(n) != ':' || q.ahead(n+1) != ' ' && q.ahead(n+1) != '\n' {
		return 0
	}
	return n
}

// key reads a key and its colon.
func (q *quick) key() *Value {
	n := q.word()
	if n == 0 {
		return nil
	}
	v := q.value(Scalar)
	v.Text = q.text[q.pos : q.pos+n]
	v.Plain = plainWord(v.Text)
	if v.Plain == "null" {
		return nil
	}
	q.pos += n + 1
	return v
}

func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

// mapping reads keys and values, the first one from the next byte.
func (q *quick) mapping(indent, depth int) *Value {
	v := q.value(Mapping)
	from := len(q.scratch)
	for first := true; first || q.indent == indent; first = false {
		key := q.key()
		if key == nil || depth > quickDepth || !q.pair(from, key, q.behind(indent, depth, false)) {
			return nil
		}
	}
	if q.indent > indent {
		return nil
	}
	q.take(v, from)
	return v
}

// sequence reads a list's items, the first one from the next byte.
func (q *quick) sequence(indent, depth int) *Value {
	v := q.value(Sequence)
	from := len(q.scratch)
	for first := true; first || q.indent == indent && q.dash(); first = false {
		q.pos++
		if depth > quickDepth {
			return nil
		}
		item := q.behind(indent, depth, true)
		if item == nil {
			return nil
		}
		q.scratch = append(q.scratch, item)
	}
	if q.indent > indent {
		return nil
	}
	v.Items = slices.Clone(q.scratch[from:])
	q.scratch = q.scratch[:from]
	return v
}

// pair keeps a key and its value, unless the key was there before.
func (q *quick) pair(from int, key, item *Value) bool {
	if item == nil || len(q.scratch)-from > 2*quickKeys {
		return false
	}
	for i := from; i < len(q.scratch); i += 2 {
		if q.scratch[i].Text == key.Text {
			return false
		}
	}
	q.scratch = append(q.scratch, key, item)
	return true
}

// take moves the pairs that were kept into a mapping.
func (q *quick) take(v *Value, from int) {
	pairs := q.scratch[from:]
	if len(pairs) == 0 {
		return
	}
	all := make([]*Value, len(pairs))
	v.Keys, v.Items = all[:0:len(pairs)/2], all[len(pairs)/2:][:0]
	for i := 0; i < len(pairs); i += 2 {
		v.Keys, v.Items = append(v.Keys, pairs[i]), append(v.Items, pairs[i+1])
	}
	q.scratch = q.scratch[:from]
}

// behind reads what stands behind a key's colon or an item's hyphen, in its line
// or below it, and goes to the next line.
func (q *quick) behind(indent, depth int, item bool) *Value {
	at := q.from + q.pos
	if q.spaces(); q.peek() == '\n' {
		q.newline()
		q.advance()
		switch {
		case q.indent > indent && q.dash(), q.indent == indent && !item && q.dash():
			return q.sequence(q.indent, depth+1)
		case q.indent > indent:
			return q.mapping(q.indent, depth+1)
		}
		v := q.value(Null)
		v.Plain, v.at = "null", at
		return v
	}
	if item && q.word() > 0 {
		return q.mapping(q.pos-q.bol, depth+1)
	}
	if c := q.peek(); c == '|' || c == '>' {
		return q.block(indent)
	}
	v := q.inline(indent, depth+1, false)
	if v == nil {
		return nil
	}
	comment, ok := q.rest()
	if !ok || q.indent > indent { // the text may go on in the next line
		return nil
	}
	v.comment = comment && v.Plain != ""
	return v
}
