package typography

import (
	"bytes"
	"unicode/utf8"
)

// text is a source while it is looked through.
type text struct {
	source []byte
	runs   [][2]int // the prose
	run    int      // the one at hand
	fixes  []Fix

	open   []place // the « of the paragraph that wait for their »
	quotes []place // the straight quotes of the paragraph
}

// place is an offset in a run.
type place struct{ run, at int }

// What stands beside a place, where it is no character of the prose.
const (
	edge   rune = '\n'     // the line or the table's cell ends
	object rune = '\ufffc' // code, an address, a picture: read like a word
)

// before returns the character before a place and its own place. Marks of
// emphasis and of links are looked through.
func (t *text) before(p place) (rune, place) {
	for {
		run := t.runs[p.run]
		if p.at > run[0] {
			r, n := utf8.DecodeLastRune(t.source[run[0]:p.at])
			return r, place{p.run, p.at - n}
		}
		from := 0
		if p.run > 0 {
			from = t.runs[p.run-1][1]
		}
		gap := t.source[from:run[0]]
		line := bytes.LastIndexByte(gap, '\n') + 1
		switch what := between(gap[line:]); {
		case what != 0:
			return what, p
		case p.run == 0, line > 0:
			return edge, p
		}
		p = place{p.run - 1, from}
	}
}

// after returns the character at a place and the place behind it.
func (t *text) after(p place) (rune, place) {
	for {
		run := t.runs[p.run]
		if p.at < run[1] {
			r, n := utf8.DecodeRune(t.source[p.at:run[1]])
			return r, place{p.run, p.at + n}
		}
		to := len(t.source)
		if p.run+1 < len(t.runs) {
			to = t.runs[p.run+1][0]
		}
		gap := t.source[run[1]:to]
		line := bytes.IndexByte(gap, '\n')
		if line >= 0 {
			gap = gap[:line]
		}
		switch what := between(gap); {
		case what != 0:
			return what, p
		case line >= 0, p.run+1 == len(t.runs):
			return edge, p
		}
		p = place{p.run + 1, to}
	}
}

// between says what Markdown between two pieces of prose, in one line, is to a
// reader: nothing (0), an edge, or an object.
func between(gap []byte) rune {
	for len(gap) > 0 && bytes.IndexByte([]byte("*_~[]"), gap[0]) >= 0 {
		link := gap[0] == ']' && len(gap) > 1
		gap = gap[1:]
		switch {
		case link && gap[0] == '(':
			gap = gap[bytes.IndexByte(gap, ')')+1:]
		case link && gap[0] == '[':
			gap = gap[bytes.IndexByte(gap, ']')+1:]
		}
		if link && len(gap) > 0 && gap[0] == '(' {
			return object // its end was not found
		}
	}
	switch {
	case len(gap) == 0:
		return 0
	case gap[0] == '`': // nearly all
		return object
	case len(bytes.Trim(gap, " \t|>#-+*_~[]!\\0123456789.)")) == 0: // what begins and ends a line or a table's cell
		return edge
	}
	return object
}

// newParagraph reports whether another paragraph, item or cell begins with the
// run at hand.
func (t *text) newParagraph() bool {
	if t.run == 0 {
		return true
	}
	gap := t.source[t.runs[t.run-1][1]:t.runs[t.run][0]]
	first, rest, broken := bytes.Cut(gap, []byte("\n"))
	if !broken {
		return bytes.IndexByte(first, '|') >= 0 && between(first) == edge
	}
	return len(bytes.Trim(rest, " \t>*_~[")) > 0
}
