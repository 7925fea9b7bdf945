package poster

import (
	"bytes"
	"slices"
)

// cluster is glyphs that stand so close that they share bytes of a row; nearly
// always it is one glyph. Its rows are compressed once, wherever it is written
// afterwards: what they repeat is the row above it and the byte before, which are
// as far from each other in every place.
type cluster struct {
	width int // in bytes
	top   int // its first row, counted from the line's top; at least 1
	rows  []clusterRow
	bits  []uint32 // of all rows, the lowest bit first

	// What it adds to a checksum: the sum of its bytes, and of each times its
	// distance from the place in the line's first row where the cluster begins.
	sum, weighted uint64
}

// clusterRow is a row of a cluster. Bytes at its beginning and at its end that are
// those of the row above are said to be so by whoever writes the line, together
// with what stands between clusters. They are none or at least shortest.
type clusterRow struct {
	before, after uint16 // how many bytes are those above; before is the width where all are
	n             uint16 // bits of the others
	at            uint32 // where they begin in the cluster's
}

// shortest is the length of the shortest repetition that has a code.
const shortest = 3

// newCluster compresses a mask: so many bytes a row, and as many rows as a line
// has. The first one is blank in every line.
func newCluster(mask []byte, width int) *cluster {
	blank := make([]byte, width)
	c := &cluster{width: width}
	prior := blank
	var w wordWriter
	last := 0 // row that is not blank
	for y := 1; y*width < len(mask); y++ {
		row := mask[y*width:][:width]
		inked := !bytes.Equal(row, blank)
		if inked {
			last = y
		}
		if c.top == 0 {
			if !inked {
				continue
			}
			c.top = y
		}
		for x, b := range row {
			c.sum += uint64(b)
			c.weighted += uint64(b) * uint64(y*stride+x)
		}
		c.add(&w, row, prior)
		prior = row
	}
	w.align()
	c.rows = slices.Clip(c.rows[:min(len(c.rows), last-c.top+2)]) // and one that is blank again
	c.bits = slices.Clip(w.words)
	return c
}

// add compresses a row.
func (c *cluster) add(w *wordWriter, row, prior []byte) {
	w.align()
	r := clusterRow{at: uint32(len(w.words))}
	from, to := 0, len(row)
	for from < to && row[from] == prior[from] {
		from++
	}
	if from == len(row) && from >= shortest {
		r.before = uint16(from)
		c.rows = append(c.rows, r)
		return
	}
	for to > from && row[to-1] == prior[to-1] {
		to--
	}
	if from < shortest {
		from = 0
	}
	if len(row)-to < shortest {
		to = len(row)
	}
	r.before, r.after = uint16(from), uint16(len(row)-to)
	for i := from; i < to; {
		up, back := same(row[i:to], prior[i:to]), 0
		if i > 0 {
			back = same(row[i:to], row[i-1:])
		}
		switch {
		case max(up, back) < shortest:
			w.code(literals[row[i]])
			i++
		case up >= back:
			w.code(lengths[up])
			w.code(above)
			i += up
		default:
			w.code(lengths[back])
			w.code(before)
			i += back
		}
	}
	r.n = uint16(w.total)
	c.rows = append(c.rows, r)
}

// wordWriter writes bits into words.
type wordWriter struct {
	words   []uint32
	waiting uint64
	n       int // bits that wait
	total   int // bits since the last align
}

func (w *wordWriter) code(c code) {
	w.waiting |= uint64(c.bits) << w.n
	w.n += c.n
	w.total += c.n
	if w.n >= 32 {
		w.words = append(w.words, uint32(w.waiting))
		w.waiting >>= 32
		w.n -= 32
	}
}

// align begins a new word.
func (w *wordWriter) align() {
	if w.n > 0 {
		w.words = append(w.words, uint32(w.waiting))
	}
	w.waiting, w.n, w.total = 0, 0, 0
}
