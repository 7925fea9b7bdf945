// Package typography finds what French typography asks for and a text does not
// have: no-break spaces before : ; ! ? and inside « », as separators of
// thousands and before units; the apostrophe ’; the quotation marks « ».
//
// A finding must never be wrong, or nobody believes the next one: where a
// text could be code, an address, a name or another language, it is left
// alone. A no-break space of either kind (U+00A0, U+202F) is right wherever
// one belongs.
package typography

import (
	"bytes"
	"cmp"
	"slices"
)

// The no-break spaces.
const (
	NoBreak       = "\u00a0" // before : and units, inside « »
	NarrowNoBreak = "\u202f" // before ; ! ? and between groups of digits
)

// Fix is one place to mend: the bytes From, To of the source become With. What
// is only missing has From == To.
type Fix struct {
	From, To int
	With     string
	Kind     Kind
}

// Kind is what a Fix is about.
type Kind uint8

// The kinds of fixes.
const (
	Mark       Kind = iota // a no-break space before : ; ! ?
	Guillemet              // a no-break space inside « »
	Apostrophe             // ’ for '
	Thousands              // a no-break space between groups of digits
	Unit                   // a no-break space between a number and its unit
	Quotes                 // « » for straight quotes
)

// French returns what is to be mended in the French of a source, in the order
// of the places, none of which overlap. Once mended, a text has no more fixes.
//
// The prose are pieces of a Markdown source, offsets from and to, in their
// order: what stands between them (code, addresses, marks of emphasis) is not
// touched, but seen, since l'**OMI** is a word as well. Without any, the whole
// source is text for people, in which words between backquotes are code.
func French(source []byte, prose ...[2]int) []Fix {
	if len(prose) == 0 {
		prose = outsideCode(source)
	}
	t := &text{source: source, runs: join(prose)}
	for t.run = range t.runs {
		if t.newParagraph() {
			t.endParagraph()
		}
		t.scan()
	}
	t.endParagraph()
	slices.SortFunc(t.fixes, func(a, b Fix) int { return cmp.Or(a.From-b.From, a.To-b.To) })
	return t.fixes
}

// Mend returns the source with the fixes made.
func Mend(source []byte, fixes []Fix) []byte {
	out := make([]byte, 0, len(source)+3*len(fixes))
	from := 0
	for _, f := range fixes {
		out = append(append(out, source[from:f.From]...), f.With...)
		from = f.To
	}
	return append(out, source[from:]...)
}

// join puts pieces together that touch each other: a word may go across.
func join(prose [][2]int) [][2]int {
	var runs [][2]int
	for _, p := range prose {
		switch n := len(runs); {
		case p[0] >= p[1]:
		case n > 0 && runs[n-1][1] == p[0]:
			runs[n-1][1] = p[1]
		default:
			runs = append(runs, p)
		}
	}
	return runs
}

// outsideCode returns the pieces of a text between code in backquotes. As in
// Markdown, as many backquotes end it as begin it.
func outsideCode(source []byte) [][2]int {
	var runs [][2]int
	from := 0
	for i := 0; ; {
		n := bytes.IndexByte(source[i:], '`')
		if n < 0 {
			return append(runs, [2]int{from, len(source)})
		}
		start := i + n
		i = behindBackquotes(source, start)
		if end := behindClosing(source, i, i-start); end > 0 {
			runs = append(runs, [2]int{from, start})
			from, i = end, end
		}
	}
}

// behindClosing returns the offset behind the next n backquotes, no more and
// no less, or 0.
func behindClosing(source []byte, i, n int) int {
	for {
		next := bytes.IndexByte(source[i:], '`')
		if next < 0 {
			return 0
		}
		start := i + next
		i = behindBackquotes(source, start)
		if i-start == n {
			return i
		}
	}
}

func behindBackquotes(source []byte, i int) int {
	for i < len(source) && source[i] == '`' {
		i++
	}
	return i
}
