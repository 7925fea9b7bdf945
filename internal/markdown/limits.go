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
	maxPipes    = 40        // | in a line: a table of 20 columns has 21
	maxRows     = 250       // lines of a paragraph or table that has a | in it
	maxNesting  = 10        // quotes and lists in one another
	maxBrackets = 1000      // [ in a body: 500 links
	maxMarks    = 600       // * and _ in a paragraph
	maxTicks    = 400       // ` in a paragraph
)

// Limit is a limit that a body breaks, and where.
type Limit struct {
	Span
	Message string
}

// Limits reports the first limit that a body breaks. Only a body within all of
// them may be parsed.
func Limits(source []byte) (Limit, bool) {
	over := func(from, to int, what string, n, most int) (Limit, bool) {
		return Limit{Span{from, to}, fmt.Sprintf("%d %s, limit %d", n, what, most)}, true
	}
	if len(source) > maxBody {
		return over(0, 1, "bytes of text", len(source), maxBody)
	}
	brackets := 0
	rows, pipes, marks, ticks := 0, false, 0, 0 // of the paragraph
	at := 0
	for line := range bytes.Lines(source) {
		from, to := at, at+len(bytes.TrimRight(line, "\n"))
		at += len(line)
		if len(bytes.TrimSpace(line)) == 0 {
			rows, pipes, marks, ticks = 0, false, 0, 0
			continue
		}
		rows++
		brackets += bytes.Count(line, []byte("["))
		marks += bytes.Count(line, []byte("*")) + bytes.Count(line, []byte("_")) + bytes.Count(line, []byte("~"))
		ticks += bytes.Count(line, []byte("`"))
		n := bytes.Count(line, []byte("|"))
		pipes = pipes || n > 0
		switch {
		case n > maxPipes:
			return over(from, to, "times | in a line", n, maxPipes)
		case pipes && rows > maxRows:
			return over(from, to, "rows in a table", rows, maxRows)
		case brackets > maxBrackets:
			return over(from, to, "times [ in a text", brackets, maxBrackets)
		case marks > maxMarks:
			return over(from, to, "times * or _ in a paragraph", marks, maxMarks)
		case ticks > maxTicks:
			return over(from, to, "times ` in a paragraph", ticks, maxTicks)
		}
		if n := nesting(line); n > maxNesting {
			return over(from, to, "quotes or lists in one another", n, maxNesting)
		}
	}
	return Limit{}, false
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
