package markdown

import (
	"bytes"
	"fmt"
)

// The limits of a body. The parser takes seconds for small texts made to slow
// it down (a table's rows are padded to the header's width; brackets and
// emphasis are matched with each other), so these are looked at before it runs.
const (
	maxBody     = 128 << 10 // bytes, all languages
	maxColumns  = 20        // of a table
	maxCells    = 10_000    // of all tables
	maxEscaped  = 500       // \\| in a body
	maxRows     = 250       // lines of a paragraph or table that has a | in it
	maxBlank    = 50        // empty lines in a row
	maxHeadings = 500       // in a body
	maxLinked   = 64 << 10  // bytes of all links' addresses and titles in a body
	maxNesting  = 10        // quotes and lists in one another
	maxBrackets = 1000      // [ in a body: 500 links
	maxMarks    = 600       // * and _ in a paragraph
	maxTicks    = 400       // ` in a paragraph
)

// Limit is a limit that a body breaks, and where.
type Limit struct {
	Span
	N    int    // how many there are
	What string // "rows in a table"
	Most int    // how many may be
}

func (l Limit) String() string { return fmt.Sprintf("%d %s, limit %d", l.N, l.What, l.Most) }

// Limits reports the first limit that a body breaks. Only a body within all of
// them may be parsed. Code blocks count for nothing: the parser takes their
// lines as they are.
func Limits(source []byte) (Limit, bool) {
	if len(source) > maxBody {
		return Limit{Span{0, 1}, len(source), "bytes of text", maxBody}, true
	}
	var c counts
	var code codeBlock
	at := 0
	for line := range bytes.Lines(source) {
		from := at
		at += len(line)
		if code.holds(line) {
			c.paragraph = paragraph{}
			continue
		}
		if what, n, most := c.line(line); n > most {
			return Limit{Span{from, from + len(bytes.TrimRight(line, "\n"))}, n, what, most}, true
		}
	}
	return Limit{}, false
}

// counts is what was met so far.
type counts struct {
	paragraph
	brackets, cells, escaped, blank int
}

type paragraph struct {
	rows, columns int
	marks, ticks  int
}

// line counts one line, and returns what is too much of something.
func (c *counts) line(line []byte) (what string, n, most int) {
	if len(bytes.TrimSpace(line)) == 0 {
		c.paragraph = paragraph{}
		c.blank++
		return "empty lines in a row", c.blank, maxBlank
	}
	columns := columns(line)
	c.blank = 0
	c.rows++
	c.columns = max(c.columns, columns)
	c.cells += c.columns
	if columns > 0 { // a table's cells are texts of their own
		c.marks, c.ticks = 0, 0
		c.escaped += bytes.Count(line, []byte(`\|`))
	}
	for _, b := range line {
		switch counted[b] {
		case mark:
			c.marks++
		case tick:
			c.ticks++
		case bracket:
			c.brackets++
		}
	}
	rows := c.rows
	if c.columns == 0 {
		rows = 0
	}
	switch nesting := nesting(line); {
	case columns > maxColumns:
		return "columns in a table", columns, maxColumns
	case c.cells > maxCells:
		return "cells in the tables of a text", c.cells, maxCells
	case c.escaped > maxEscaped:
		return "times \\| in a text", c.escaped, maxEscaped
	case rows > maxRows:
		return "rows in a table", rows, maxRows
	case c.brackets > maxBrackets:
		return "times [ in a text", c.brackets, maxBrackets
	case c.marks > maxMarks:
		return "times * or _ in a paragraph", c.marks, maxMarks
	case c.ticks > maxTicks:
		return "times ` in a paragraph", c.ticks, maxTicks
	case nesting > maxNesting:
		return "quotes or lists in one another", nesting, maxNesting
	}
	return "", 0, 0
}

// What is counted of a line's bytes.
const (
	mark = 1 + iota
	tick
	bracket
)

var counted = [256]uint8{'*': mark, '_': mark, '~': mark, '`': tick, '[': bracket}

// columns counts the columns of a line that may be a table's; 0 where it has
// no | in it.
func columns(line []byte) int {
	n := bytes.Count(line, []byte("|"))
	if n == 0 {
		return 0
	}
	line = bytes.TrimSpace(line)
	if line[0] == '|' {
		n--
	}
	if line[len(line)-1] == '|' {
		n--
	}
	return max(n, 0) + 1
}

// codeBlock follows the fenced code blocks that begin in a line's first column.
// Others, and all behind something that may be HTML, in which fences mean
// nothing, are counted like text: what is passed over here must be code to the
// parser as well.
type codeBlock struct {
	fence []byte // the open one's marks
	html  bool
}

// holds reports whether a line is in a code block, its fences included.
func (c *codeBlock) holds(line []byte) bool {
	indented := len(line) - len(bytes.TrimLeft(line, " "))
	if first := line[indented:]; c.fence == nil && (len(first) == 0 || first[0] != '`' && first[0] != '~') { // nearly every line
		c.html = c.html || bytes.IndexByte(line, '<') >= 0
		return false
	}
	mark := bytes.TrimRight(line[indented:], " \t\n")
	n := 0
	for n < len(mark) && mark[n] == mark[0] && (mark[0] == '`' || mark[0] == '~') {
		n++
	}
	switch {
	case c.fence != nil:
		if indented <= 3 && n == len(mark) && n >= len(c.fence) && mark[0] == c.fence[0] {
			c.fence = nil
		}
		return true
	case n >= 3 && indented == 0 && !c.html && (mark[0] == '~' || bytes.IndexByte(mark[n:], '`') < 0):
		c.fence = mark[:n]
		return true
	}
	c.html = c.html || bytes.IndexByte(line, '<') >= 0
	return false
}

// nesting counts the quote and list markers that a line begins with.
func nesting(line []byte) int {
	n, indent := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>':
			n++
		case (c == '-' || c == '+' || c == '*') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			n++
		case c >= '0' && c <= '9':
		case (c == '.' || c == ')') && i > 0 && line[i-1] >= '0' && line[i-1] <= '9':
			n++
		default:
			return max(n, indent/4)
		}
	}
	return max(n, indent/4)
}
