package bilingual

import (
	"bytes"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
)

// language is what the way of writing numbers and dates depends on.
type language uint8

const (
	other language = iota
	english
	french
)

func languageOf(tag string) language {
	switch tag, _, _ = strings.Cut(strings.ToLower(tag), "-"); tag {
	case "en":
		return english
	case "fr":
		return french
	}
	return other
}

// Text is a text that was read: its facts and its shape, in order.
type Text struct {
	language language
	source   []byte  // the whole file's, of which this is a part
	from, to int     // this part
	pieces   []Piece // those that are more than text
	written  []byte  // all paragraphs without markup
	runs     []run
	blocks   []block
	anchors  []anchor
	facts    []fact
	open     bool // the last block may get more text

	counting sync.Once
	counts   map[reading]int // how often it says what; made where something is missing
}

// run is where a part of the written text comes from.
type run struct {
	at       int // in the written text
	from, to int // in the source
}

// block is one paragraph, heading or cell.
type block struct {
	from, to int      // in the written text
	at       int      // in the source
	runs     int      // its first run
	facts    int      // its first fact
	length   int32    // its words
	words    [3]int32 // what its words weigh for each language
	sure     [3]bool  // one of them is in no names
	kind     PieceKind
}

// anchor is a heading, list, table or code block: what two texts are laid side
// by side by.
type anchor struct {
	piece int
	block int // the first block that begins with or after it
}

// fact is one fact. It agrees with one of the other text whose key is its key or
// one of its other readings, or the reverse.
type fact struct {
	key      key
	also     [2]key
	from, to int // in the written text
	piece    int // where it is a piece of its own, its number plus one
	kind     Kind
	loose    bool // may be asked for, is never asked for itself
}

// key is a fact in a form that does not depend on the language.
type key struct {
	kind Kind
	unit unit
	e    int8  // the value is m / 10^e
	m    int64 // or a hash of a text
}

// Plain reads a text without markup.
func Plain(tag string, text []byte) *Text {
	return Read(tag, text, func(yield func(Piece) bool) {
		_ = yield(Piece{Kind: Paragraph, To: len(text)}) && yield(Piece{Kind: Run, To: len(text)})
	})
}

// Read reads the part of a source that pieces are given of, in their order.
func Read(tag string, source []byte, pieces iter.Seq[Piece]) *Text {
	t := free.Get().(*Text)
	*t = Text{
		language: languageOf(tag), source: source, from: -1,
		pieces: t.pieces[:0], written: t.written[:0], runs: t.runs[:0], blocks: t.blocks[:0], anchors: t.anchors[:0], facts: t.facts[:0],
	}
	for p := range pieces {
		if t.from < 0 {
			t.from = p.From
		}
		t.to = max(t.to, p.To)
		t.add(p)
	}
	t.finish()
	t.blocks = append(t.blocks, block{from: len(t.written), to: len(t.written), at: t.to, runs: len(t.runs), facts: len(t.facts)}) // an end
	return t
}

// free are texts that nobody needs any more: their space is used again.
var free = sync.Pool{New: func() any { return new(Text) }}

// Release says that the text is not needed any more. Differences that were found
// in it stay as they are.
func (t *Text) Release() {
	t.source = nil
	free.Put(t)
}

// gap stands in the written text for what is not text.
const gap = '\x1f'

func (t *Text) add(p Piece) {
	switch p.Kind {
	case Title, ListOf, TableOf, Block:
		t.finish()
		t.anchors = append(t.anchors, anchor{piece: len(t.pieces), block: len(t.blocks)})
		t.pieces = append(t.pieces, p)
		if p.Kind == Title {
			t.begin(p)
		}
	case Paragraph, Cell:
		t.finish()
		t.begin(p)
	case Run:
		if !t.open {
			t.begin(p)
		}
		if n := len(t.runs); n > t.blocks[len(t.blocks)-1].runs && bytes.IndexByte(t.source[t.runs[n-1].to:max(t.runs[n-1].to, p.From)], '\n') >= 0 {
			t.written = append(t.written, ' ')
		}
		t.runs = append(t.runs, run{at: len(t.written), from: p.From, to: p.To})
		if p.Text != "" {
			t.written = append(t.written, p.Text...)
		} else {
			t.written = append(t.written, t.source[p.From:p.To]...)
		}
	case CodeSpan, Link, Picture:
		if !t.open {
			t.begin(p)
		}
		t.pieces = append(t.pieces, p)
		t.pieceFact(len(t.pieces) - 1)
		t.written = append(t.written, gap)
	}
}

func (t *Text) begin(p Piece) {
	t.open = true
	t.blocks = append(t.blocks, block{kind: p.Kind, from: len(t.written), at: p.From, runs: len(t.runs), facts: len(t.facts)})
}

// finish reads the block that was begun last, once all of its text is there.
func (t *Text) finish() {
	if !t.open {
		return
	}
	t.open = false
	b := &t.blocks[len(t.blocks)-1]
	of := len(t.facts)
	b.to = len(t.written)
	s := scanner{t: t, b: t.written[:b.to], block: b, language: t.language}
	s.scan(b.from)
	if b.facts < of && of < len(t.facts) {
		slices.SortStableFunc(t.facts[b.facts:], func(f, g fact) int { return f.from - g.from })
	}
	t.written = append(t.written, gap)
}

// span returns where a part of the written text stands in the source.
func (t *Text) span(from, to int) (int, int) {
	at := func(i int) *run {
		return &t.runs[max(0, sort.Search(len(t.runs), func(r int) bool { return t.runs[r].at > i })-1)]
	}
	if len(t.runs) == 0 || from >= to {
		return 0, 0
	}
	first, last := at(from), at(to-1)
	end := last.to
	if t.verbatim(last) {
		end = min(end, last.from+to-last.at)
	}
	begin := first.from
	if t.verbatim(first) {
		begin = min(first.to, begin+from-first.at)
	}
	return begin, max(begin, end)
}

// verbatim reports whether a run is written as the source has it.
func (t *Text) verbatim(r *run) bool {
	n := r.to - r.from
	return r.at+n <= len(t.written) && bytes.Equal(t.written[r.at:r.at+n], t.source[r.from:r.to])
}

// side returns a fact as a part of a difference.
func (t *Text) side(f *fact) Side {
	if f.piece > 0 {
		p := &t.pieces[f.piece-1]
		s := Side{From: p.From, To: p.To, Text: string(t.source[p.From:p.To])}
		if p.Kind == CodeSpan {
			return s
		}
		const mailto = "mailto:"
		if s.Text == p.Text && strings.HasPrefix(s.Text, mailto) {
			s.From += len(mailto)
		}
		s.Text = strings.TrimPrefix(p.Text, mailto)
		return s
	}
	from, to := t.span(f.from, f.to)
	return Side{From: from, To: to, Text: string(t.written[f.from:f.to])}
}
