package bilingual

import "bytes"

// differences reports what a region of the first text lacks of the second and
// the reverse: two facts of one kind as one difference.
func (c *comparison) differences(fs, gs []lack, a1, b1 int) {
	start := len(c.found)
	for _, near := range []func(f, g *fact) bool{sameUnit, sameKind, bothNumbers} {
		j := 0
		for i := range fs {
			f := &c.a.facts[fs[i].fact]
			if fs[i].taken {
				continue
			}
			for k := j; k < len(gs); k++ {
				g := &c.b.facts[gs[k].fact]
				if gs[k].taken || !near(f, g) {
					continue
				}
				if c.alike(f, g) {
					fs[i].taken, gs[k].taken = true, true
					break
				}
				if !fs[i].gone && !gs[k].gone && !c.uneven(f, g) {
					continue
				}
				fs[i].taken, gs[k].taken = true, true
				c.once(start, Difference{Kind: worse(f, g), A: c.a.side(f), B: c.b.side(g)})
				break
			}
		}
	}
	for _, l := range fs {
		f := &c.a.facts[l.fact]
		if s := c.a.side(f); l.gone && !l.taken && !slight(f) && !inside(c.coverA, s.From) {
			c.once(start, Difference{Kind: f.kind, A: s, B: c.b.behind(l.fact, c.toA, c.a, b1)})
		}
	}
	for _, l := range gs {
		g := &c.b.facts[l.fact]
		if s := c.b.side(g); l.gone && !l.taken && !slight(g) && !inside(c.coverB, s.From) {
			c.once(start, Difference{Kind: g.kind, A: c.a.behind(l.fact, c.toB, c.b, a1), B: s})
		}
	}
}

// once adds a difference unless the region has it already: a link often stands
// on its own address.
func (c *comparison) once(start int, d Difference) {
	for _, e := range c.found[start:] {
		if e.Kind == d.Kind && e.A.Text == d.A.Text && e.B.Text == d.B.Text {
			return
		}
	}
	c.add(d)
}

func sameUnit(f, g *fact) bool { return f.kind == g.kind && f.key.unit == g.key.unit }

func sameKind(f, g *fact) bool { return f.kind == g.kind }

// bothNumbers reports whether one fact may be written for the other by mistake.
func bothNumbers(f, g *fact) bool { return f.kind <= Version && g.kind <= Version }

// worse returns the kind that says more.
func worse(f, g *fact) Kind { return max(f.kind, g.kind) }

// alike reports whether two facts that are not equal may be translations.
func (c *comparison) alike(f, g *fact) bool {
	switch {
	case f.kind != g.kind:
		return false
	case f.kind == URL || f.kind == Image:
		return translated(c.a.side(f).Text, c.b.side(g).Text, f.kind)
	case f.kind == Code:
		return isLabel(c.a.side(f).Text) && isLabel(c.b.side(g).Text)
	}
	return false
}

// uneven reports whether one text says a fact more often and the other one the
// other: in corresponding places that is a difference, although both say both.
func (c *comparison) uneven(f, g *fact) bool {
	if f.kind == Name || f.kind == Code { // one text may have them where they are not counted
		return false
	}
	return c.a.count(f) > c.b.count(f) && c.a.count(g) < c.b.count(g)
}

func (t *Text) count(f *fact) int {
	n := 0
	for i := range t.facts {
		if agree(f, &t.facts[i]) {
			n++
		}
	}
	return n
}

// slight reports whether a fact alone is too little for a difference: one of
// something, nothing of it.
func slight(f *fact) bool {
	switch f.kind {
	case Number:
		return f.key.e == 0 && f.key.m <= 1
	case Quantity:
		return f.also[1].kind == Number && f.also[1].e == 0 && f.also[1].m <= 1 && (f.key.unit == millisecond || f.key.unit == month)
	case Amount, Percentage:
		return f.key.m == 0
	}
	return false
}

// behind returns where a fact of another text is missing: behind the counterpart
// of what stands before it, or else at the end of the blocks that correspond.
func (t *Text) behind(missing int, to []int32, of *Text, end int) Side {
	block := 0
	for block+1 < len(of.blocks) && of.blocks[block+1].facts <= missing {
		block++
	}
	for i := missing - 1; i >= of.blocks[block].facts; i-- {
		if to[i] >= 0 {
			f := &t.facts[to[i]]
			at := t.side(f).To
			for f.piece > 0 && at < len(t.source) && bytes.IndexByte([]byte("`)>"), t.source[at]) >= 0 {
				at++
			}
			return Side{From: at, To: at, Missing: true}
		}
	}
	return t.missing(end)
}
