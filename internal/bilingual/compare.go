package bilingual

import (
	"bytes"
	"slices"
)

// comparison is what Compare works with.
type comparison struct {
	a, b           *Text
	pairs          []pair
	unlike         []int // of pairs
	coverA, coverB []cover
	toA, toB       []int32 // each fact's counterpart in the other text, or -1
	known          bool    // both languages
	found          []Difference
}

// Compare finds what only one of two texts says, in the order of the first one.
func Compare(a, b *Text) []Difference {
	c := &comparison{a: a, b: b, known: a.language != other && b.language != other}
	c.pairs = align(a, b)
	c.shapes()
	if len(a.facts) > 0 || len(b.facts) > 0 {
		c.match()
		c.judge()
	}
	slices.SortStableFunc(c.found, func(x, y Difference) int {
		if n := x.A.From - y.A.From; n != 0 {
			return n
		}
		return x.B.From - y.B.From
	})
	return c.found
}

// match looks for a counterpart to each fact, in the blocks that correspond.
func (c *comparison) match() {
	c.toA, c.toB = make([]int32, len(c.a.facts)), make([]int32, len(c.b.facts))
	for i := range c.toA {
		c.toA[i] = -1
	}
	for i := range c.toB {
		c.toB[i] = -1
	}
	c.regions(func(a0, a1, b0, b1 int) {
		// Facts are tried with each other; a text without any shape may have
		// thousands of them.
		const window = 200
		f, fEnd, g, gEnd := c.a.blocks[a0].facts, c.a.blocks[a1].facts, c.b.blocks[b0].facts, c.b.blocks[b1].facts
		for f < fEnd && g < gEnd {
			c.region(f, min(f+window, fEnd), g, min(g+window, gEnd))
			f += window
			g += window
		}
	})
}

// regions calls a function for the blocks of the two texts that correspond: one
// and one where the texts are alike between two anchors, all between them else.
func (c *comparison) regions(do func(a0, a1, b0, b1 int)) {
	a0, b0 := 0, 0
	upTo := func(a1, b1 int) {
		alike := a1-a0 == b1-b0
		for i := 0; i < a1-a0 && alike; i++ {
			alike = c.a.blocks[a0+i].kind == c.b.blocks[b0+i].kind
		}
		if !alike {
			do(a0, a1, b0, b1)
		} else {
			for i := range a1 - a0 {
				do(a0+i, a0+i+1, b0+i, b0+i+1)
			}
		}
		a0, b0 = a1, b1
	}
	for _, p := range c.pairs {
		if p.a >= 0 && p.b >= 0 {
			upTo(c.a.anchors[p.a].block, c.b.anchors[p.b].block)
		}
	}
	upTo(len(c.a.blocks)-1, len(c.b.blocks)-1)
}

// region matches the facts f0 to f1 of the first text with g0 to g1 of the
// second: first those that are written alike.
func (c *comparison) region(f0, f1, g0, g1 int) {
	for _, agree := range []func(f, g *fact) bool{equal, agree} {
		for i := f0; i < f1; i++ {
			for j := g0; j < g1 && c.toA[i] < 0; j++ {
				if c.toB[j] < 0 && agree(&c.a.facts[i], &c.b.facts[j]) {
					c.toA[i], c.toB[j] = int32(j), int32(i)
				}
			}
		}
	}
}

func equal(f, g *fact) bool { return f.key == g.key }

// agree reports whether two facts may say the same.
func agree(f, g *fact) bool {
	if f.key == g.key {
		return true
	}
	for _, k := range f.also {
		if k.kind != none && k == g.key {
			return true
		}
	}
	for _, k := range g.also {
		if k.kind != none && k == f.key {
			return true
		}
	}
	return false
}

// judge decides which facts without counterpart are differences.
func (c *comparison) judge() {
	left := 0
	c.regions(func(a0, a1, b0, b1 int) {
		const most = 300 // a text with more of them was answered
		if left > most {
			return
		}
		fs := c.lacking(c.a, c.b, c.toA, c.a.blocks[a0].facts, c.a.blocks[a1].facts, most)
		gs := c.lacking(c.b, c.a, c.toB, c.b.blocks[b0].facts, c.b.blocks[b1].facts, most)
		for _, l := range slices.Concat(fs, gs) {
			if l.gone {
				left++
			}
		}
		if len(fs) > 0 || len(gs) > 0 {
			c.differences(fs, gs, a1, b1)
		}
	})
}

// lack is a fact that found no counterpart where it should be.
type lack struct {
	fact  int
	gone  bool // nothing in the other text says it
	taken bool
}

// lacking returns the facts of a region without counterpart, and no more than
// most of them.
func (c *comparison) lacking(t, u *Text, to []int32, from, end, most int) []lack {
	var out []lack
	for i := from; i < end && len(out) < most; i++ {
		if f := &t.facts[i]; to[i] < 0 && !f.loose && (c.known || independent(f)) {
			out = append(out, lack{fact: i, gone: !u.says(t, f)})
		}
	}
	return out
}

// independent reports whether a fact is written alike in all languages.
func independent(f *fact) bool {
	const words = 20 // smaller numbers may be words
	switch f.kind {
	case Number:
		return f.key.kind == Number && f.key.e == 0 && f.key.m > words && f.also[0].kind == none && f.to-f.from <= 4
	case URL, Email, Code, Image, Phone:
		return true
	}
	return false
}

// says reports whether a text says a fact anywhere.
func (t *Text) says(of *Text, f *fact) bool {
	if t.count(f) > 0 {
		return true
	}
	switch f.kind {
	case Name, Version, Email, Code:
		return t.from >= 0 && holds(t.source[min(t.from, t.to):t.to], []byte(of.side(f).Text))
	}
	return false
}

// count returns how often a text says a fact.
func (t *Text) count(f *fact) int {
	t.counting.Do(func() {
		t.counts = make(map[reading]int, 2*len(t.facts))
		for i := range t.facts {
			g := &t.facts[i]
			t.counts[reading{g.key, true}]++
			for _, k := range g.also {
				t.counts[reading{k, false}]++
			}
		}
	})
	n := t.counts[reading{f.key, true}] + t.counts[reading{f.key, false}]
	for _, k := range f.also {
		if k.kind != none {
			n += t.counts[reading{k, true}]
		}
	}
	return n
}

// reading is what a fact is in the first place, or what else it may be.
type reading struct {
	key
	first bool
}

// holds reports whether a source has a text in it, however its parts are joined:
// ISO-27001 is ISO 27001.
func holds(source, text []byte) bool {
	var parts []byte
	for _, c := range text {
		if alnum(c) {
			parts = append(parts, c)
		}
	}
	if len(parts) == 0 {
		return bytes.Contains(source, text)
	}
	letter := func(i int) bool { return alnum(source[i]) && source[i] < 0x80 }
	for i := range source {
		if source[i]|0x20 != parts[0]|0x20 || i > 0 && letter(i-1) {
			continue
		}
		at, n := i, 0
		for skipped := 0; at < len(source) && n < len(parts) && skipped <= len("\u202f"); at++ {
			switch {
			case source[at]|0x20 == parts[n]|0x20:
				n++
				skipped = 0
			case letter(at):
				skipped = len(source)
			default:
				skipped++
			}
		}
		if n == len(parts) && (at == len(source) || !letter(at)) {
			return true
		}
	}
	return false
}
