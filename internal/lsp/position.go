package lsp

import (
	"strings"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// encoding is how a protocol's client counts the characters of a line.
type encoding uint8

const (
	utf16Units encoding = iota // what every client knows
	utf8Units
	utf32Units
)

var encodings = map[string]encoding{"utf-16": utf16Units, "utf-8": utf8Units, "utf-32": utf32Units}

func (e encoding) String() string { return [...]string{"utf-16", "utf-8", "utf-32"}[e] }

// units is how many a character counts.
func (e encoding) units(r rune, size int) int {
	switch {
	case e == utf8Units:
		return size
	case e == utf16Units && r >= 0x10000:
		return 2
	}
	return 1
}

// text is a file's text. Lines end as the protocol has it: with LF, CR LF or CR.
type text string

// line returns the offset of a line's first byte and that behind its last one,
// its end not included; lines are counted from 0.
func (t text) line(n int) (from, to int) {
	s := string(t)
	for ; n > 0; n-- {
		end := strings.IndexAny(s[from:], "\r\n")
		if end < 0 {
			return len(s), len(s)
		}
		from += end + 1
		if s[from-1] == '\r' && from < len(s) && s[from] == '\n' {
			from++
		}
	}
	if end := strings.IndexAny(s[from:], "\r\n"); end >= 0 {
		return from, from + end
	}
	return from, len(s)
}

// offset returns the offset of a position; what lies outside is drawn to the
// nearest place inside.
func (t text) offset(p position, e encoding) int {
	i, end := t.line(max(0, p.Line))
	for n := 0; i < end && n < p.Character; {
		r, size := utf8.DecodeRuneInString(string(t[i:]))
		n += e.units(r, size)
		if n > p.Character {
			break // inside a character
		}
		i += size
	}
	return i
}

// position returns the position of an offset.
func (t text) position(offset int, e encoding) position {
	offset = max(0, min(offset, len(t)))
	var p position
	start := 0
	s := string(t[:offset])
	for {
		end := strings.IndexAny(s[start:], "\r\n")
		if end < 0 {
			break
		}
		next := start + end + 1
		if s[next-1] == '\r' && next < len(t) && t[next] == '\n' {
			if next == offset { // between CR and LF: the line's end
				s = s[:next-1]
				break
			}
			next++
		}
		start = next
		p.Line++
	}
	for i := start; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		p.Character += e.units(r, size)
		i += size
	}
	return p
}

func (t text) span(from, to int, e encoding) textRange {
	return textRange{t.position(from, e), t.position(to, e)}
}

// at returns the offset of a place in a finding: its lines end with LF, its
// columns are characters, and a byte order mark has none.
func (t text) at(p diag.Position) int {
	s, from := string(t), 0
	for n := 1; n < p.Line; n++ {
		end := strings.IndexByte(s[from:], '\n')
		if end < 0 {
			return len(s)
		}
		from += end + 1
	}
	if p.Line <= 1 && strings.HasPrefix(s, "\ufeff") {
		from += len("\ufeff")
	}
	for n := 1; n < p.Column && from < len(s) && s[from] != '\n'; n++ {
		_, size := utf8.DecodeRuneInString(s[from:])
		from += size
	}
	return from
}

// rangeOf returns the range of a finding's span. One without a line is the
// file's beginning.
func (t text) rangeOf(s diag.Span, e encoding) textRange {
	if s.Start.Line == 0 {
		return textRange{}
	}
	return t.span(t.at(s.Start), t.at(s.End), e)
}
