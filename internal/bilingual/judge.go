package bilingual

import "bytes"

// differences reports what a region of the first text lacks of the second and
// the reverse: two facts of one kind as one difference.
func (c *comparison) differences(fs, gs []lack, a1, b1 int) {
	c.pairUp(fs, gs, 10, func(_, _ lack, f, g *fact) bool { return c.alike(f, g) })
	for _, near := range []func(f, g *fact) bool{sameUnit, sameKind, bothNumbers} {
		c.pairUp(fs, gs, len(fs)+len(gs), func(l, m lack, f, g *fact) bool {
			if !near(f, g) || !l.gone && !m.gone && !c.uneven(f, g) {
				return false
			}
			c.add(Difference{Kind: worse(f, g), A: c.a.side(f), B: c.b.side(g)})
			return true
		})
	}
	for _, l := range fs {
		f := &c.a.facts[l.fact]
		if s := c.a.side(f); l.gone && !l.taken && !slight(f) && !inside(c.coverA, s.From) {
			c.add(Difference{Kind: f.kind, A: s, B: c.b.behind(l.fact, c.toA, c.a, b1)})
		}
	}
	for _, l := range gs {
		g := &c.b.facts[l.fact]
		if s := c.b.side(g); l.gone && !l.taken && !slight(g) && !inside(c.coverB, s.From) {
			c.add(Difference{Kind: g.kind, A: c.a.behind(l.fact, c.toB, c.b, a1), B: s})
		}
	}
}

// pairUp takes the first fact of the second text that goes with each one of the
// first, and is at most far before or behind it.
func (c *comparison) pairUp(fs, gs []lack, far int, goes func(l, m lack, f, g *fact) bool) {
	for i := range fs {
		for k := max(0, i-far); k < min(len(gs), i+far+1); k++ {
			if !fs[i].taken && !gs[k].taken && goes(fs[i], gs[k], &c.a.facts[fs[i].fact], &c.b.facts[gs[k].fact]) {
				fs[i].taken, gs[k].taken = true, true
			}
		}
	}
}

// add adds a difference unless it was the last one already: a link often stands
// on its own address.
func (c *comparison) add(d Difference) {
	if n := len(c.found); n > 0 && (d.Kind == URL || d.Kind == Email || d.Kind == Phone) {
		if e := c.found[n-1]; e.Kind == d.Kind && e.A.Text == d.A.Text && e.B.Text == d.B.Text {
			return
		}
	}
	c.found = append(c.found, d)
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

// slight reports whether a fact alone is too little for a difference: one of
// something, nothing of it, all of it.
func slight(f *fact) bool {
	switch f.kind {
	case Number:
		return f.key.e == 0 && f.key.m <= 1
	case Quantity:
		return f.also[1].kind == Number && f.also[1].e == 0 && f.also[1].m <= 1 && (f.key.unit == millisecond || f.key.unit == month)
	case Percentage:
		return f.key.e == 0 && (f.key.m == 0 || f.key.m == 100)
	case Amount:
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
