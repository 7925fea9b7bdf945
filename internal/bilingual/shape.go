package bilingual

import (
	"bytes"
	"slices"
)

// pair is a heading, list, table or code block of each text, by its number among
// the anchors; -1 where one text has none.
type pair struct{ a, b int }

// same reports whether two anchors are alike.
func same(t, u *Text, i, j int) bool {
	p, q := t.piece(i), u.piece(j)
	if p.Kind != q.Kind || p.Count != q.Count || p.Columns != q.Columns || p.Ordered != q.Ordered || p.Text != q.Text {
		return false
	}
	return p.Kind != Block || bytes.Equal(t.source[p.From:p.To], u.source[q.From:q.To]) || slices.EqualFunc(t.code(p), u.code(q), sameLine)
}

// piece returns the piece of an anchor.
func (t *Text) piece(anchor int) *Piece { return &t.pieces[t.anchors[anchor].piece] }

// align lays the anchors of two texts side by side, as many like ones as
// possible opposite each other, in their order.
func align(t, u *Text) []pair {
	n, m := len(t.anchors), len(u.anchors)
	pairs := make([]pair, 0, max(n, m))
	alike := n == m
	for i := 0; i < n && alike; i++ {
		alike = same(t, u, i, i)
	}
	// The table below has n×m cells. Texts with so many anchors are rare; then
	// what stands at the same place is compared.
	const tooMany = 100_000
	if alike || n*m > tooMany {
		for i := range max(n, m) {
			p := pair{i, i}
			if i >= n {
				p.a = -1
			}
			if i >= m {
				p.b = -1
			}
			pairs = append(pairs, p)
		}
		return pairs
	}
	score := make([]int32, (n+1)*(m+1)) // of what begins at i, j
	at := func(i, j int) *int32 { return &score[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if l := likeness(t, u, i, j); l > 0 {
				*at(i, j) = max(*at(i, j), l+*at(i+1, j+1))
			}
		}
	}
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && *at(i, j) == likeness(t, u, i, j)+*at(i+1, j+1) && likeness(t, u, i, j) > 0:
			pairs = append(pairs, pair{i, j})
			i++
			j++
		case i < n && (j == m || *at(i, j) == *at(i+1, j)):
			pairs = append(pairs, pair{i, -1})
			i++
		default:
			pairs = append(pairs, pair{-1, j})
			j++
		}
	}
	return pairs
}

// likeness says how much speaks for two anchors being the same thing; 0 where
// they cannot be.
func likeness(t, u *Text, i, j int) int32 {
	p, q := t.piece(i), u.piece(j)
	switch {
	case p.Kind != q.Kind:
		return 0
	case p.Kind == Title && cognate(string(t.source[p.From:p.To]), string(u.source[q.From:q.To])):
		if p.Count == q.Count {
			return 10
		}
		return 3
	case same(t, u, i, j):
		return 8
	}
	return 1
}

// shapes reports how the shapes of two texts differ.
func (c *comparison) shapes() {
	for i, p := range c.pairs {
		switch {
		case p.b < 0:
			c.cover(c.a, &c.coverA, p.a)
		case p.a < 0:
			c.cover(c.b, &c.coverB, p.b)
		case !same(c.a, c.b, p.a, p.b):
			c.coverLonger(p)
		default:
			continue
		}
		c.unlike = append(c.unlike, i)
	}
	for _, i := range c.unlike {
		p := c.pairs[i]
		switch {
		case p.b < 0:
			if piece := c.a.piece(p.a); !inside(c.coverA, piece.From) {
				c.add(Difference{Kind: shapeKind(piece), A: c.a.shape(piece), B: c.b.missing(opposite(c.pairs, i, c.a, c.b, func(p pair) (int, int) { return p.a, p.b }))})
			}
		case p.a < 0:
			if piece := c.b.piece(p.b); !inside(c.coverB, piece.From) {
				c.add(Difference{Kind: shapeKind(piece), A: c.a.missing(opposite(c.pairs, i, c.b, c.a, func(p pair) (int, int) { return p.b, p.a })), B: c.b.shape(piece)})
			}
		default:
			x, y := c.a.piece(p.a), c.b.piece(p.b)
			if x.Kind == Block {
				c.code(x, y)
			} else {
				c.add(Difference{Kind: shapeKind(x), A: c.a.shape(x), B: c.b.shape(y)})
			}
		}
	}
}

func shapeKind(p *Piece) Kind {
	switch p.Kind {
	case ListOf:
		return List
	case TableOf:
		return Table
	case Block:
		return CodeBlock
	}
	return Heading
}

// shape returns an anchor as a part of a difference: its first line.
func (t *Text) shape(p *Piece) Side {
	from, to := p.From, p.To
	if i := bytes.IndexByte(t.source[from:to], '\n'); i >= 0 {
		to = from + i
	}
	for from < to && (t.source[from] == ' ' || t.source[from] == '\t') {
		from++
	}
	s := Side{From: from, To: to, Text: string(t.source[from:to]), Count: p.Count, Columns: p.Columns, Ordered: p.Ordered}
	if p.Kind == Block {
		s.Count = len(t.code(p))
	}
	return s
}

// missing returns the place where something is missing that should stand before
// a block, which may be the end.
func (t *Text) missing(before int) Side {
	at := t.end(before - 1)
	return Side{From: at, To: at, Missing: true}
}

// end returns where a block ends in the source.
func (t *Text) end(block int) int {
	switch {
	case len(t.blocks) == 1: // the end alone
		return 0
	case block < 0:
		return t.blocks[0].at
	case t.blocks[block].runs < t.blocks[block+1].runs:
		return t.runs[t.blocks[block+1].runs-1].to
	}
	return t.blocks[block].at
}

// opposite returns the block of the other text before which an anchor should
// stand: as far behind the last pair as it does here, and not behind the next.
func opposite(pairs []pair, i int, t, u *Text, of func(pair) (int, int)) int {
	here, _ := of(pairs[i])
	at, far := 0, t.anchors[here].block
	for _, p := range slices.Backward(pairs[:i]) {
		if x, y := of(p); x >= 0 && y >= 0 {
			at, far = u.anchors[y].block, far-t.anchors[x].block
			break
		}
	}
	next := len(u.blocks) - 1
	for _, p := range pairs[i:] {
		if _, y := of(p); y >= 0 {
			next = u.anchors[y].block
			break
		}
	}
	return min(at+far, next)
}

// cover notes what a finding about an anchor says already: a section that one
// text lacks is one difference, whatever facts are in it.
func (c *comparison) cover(t *Text, covers *[]cover, i int) {
	p := t.piece(i)
	to := p.To
	if p.Kind == Title {
		to = t.to + 1
		for j := i + 1; j < len(t.anchors); j++ {
			if q := t.piece(j); q.Kind == Title && q.Count <= p.Count {
				to = q.From
				break
			}
		}
	}
	*covers = append(*covers, cover{p.From + 1, to})
}

// coverLonger does so for the longer one of two lists or tables.
func (c *comparison) coverLonger(p pair) {
	x, y := c.a.piece(p.a), c.b.piece(p.b)
	size := func(p *Piece) int { return p.Count * max(1, p.Columns) }
	switch {
	case x.Kind != ListOf && x.Kind != TableOf:
	case size(x) > size(y):
		c.cover(c.a, &c.coverA, p.a)
	case size(x) < size(y):
		c.cover(c.b, &c.coverB, p.b)
	}
}

// cover is a part of a source.
type cover struct{ from, to int }

func inside(covers []cover, at int) bool {
	return slices.ContainsFunc(covers, func(c cover) bool { return c.from <= at && at < c.to })
}
