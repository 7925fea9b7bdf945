package poster

// place is a cluster in a line.
type place struct {
	*cluster
	at int // the byte of a row that it begins at; the filter is byte 0
}

// line draws a text into a strip of its own, whose data it appends to out. It puts
// together what was compressed before, so that it takes a tenth of the time of
// drawing and compressing rows.
func (f *face) line(out []byte, x int, text []rune) ([]byte, strip) {
	places := f.places(x, text)
	from := len(out)
	w := bitWriter{out: out}
	w.write(0b010, 3) // as deflate does
	w.code(literals[0])
	for n := stride - 1; n > 0; n -= maxLength { // the first row
		w.code(lengths[min(n, maxLength)])
		w.code(before)
	}
	waiting := 0 // bytes that are those of the row above
	for y := 1; y < f.lead; y++ {
		x := 0
		for i := range places {
			p := &places[i]
			waiting += p.at - x
			x = p.at + p.width
			row := y - p.top
			if row < 0 || row >= len(p.rows) || int(p.rows[row].before) == p.width {
				waiting += p.width
				continue
			}
			r := &p.rows[row]
			w.repeatAbove(waiting + int(r.before))
			waiting = int(r.after)
			bits, n := p.bits[r.at:], int(r.n)
			for ; n > 32; n -= 32 {
				w.write(bits[0], 32)
				bits = bits[1:]
			}
			if n > 0 {
				w.write(bits[0], n)
			}
		}
		waiting += stride - x
	}
	w.repeatAbove(waiting)
	out = w.end()
	return out, strip{f.lead, out[from:], checksum(places, f.lead*stride)}
}

// repeatAbove says that bytes are those of the row above. Fewer than a repetition
// can say stand between clusters, where nothing is.
func (w *bitWriter) repeatAbove(n int) {
	for n > 0 {
		k := min(n, maxLength)
		if rest := n - k; rest > 0 && rest < shortest {
			k -= shortest
		}
		w.code(repeats[k])
		n -= k
	}
}

// checksum returns the Adler-32 of rows of so many bytes in all that have nothing
// but clusters in them.
func checksum(places []place, size int) uint32 {
	const base = 65521
	a, b := uint64(1), uint64(size)
	for _, p := range places {
		a += p.sum
		b += uint64(size-p.at)*p.sum - p.weighted
	}
	return uint32(b%base<<16 | a%base)
}

// places lays out a line.
func (f *face) places(x int, text []rune) []place {
	places := make([]place, 0, len(text))
	for len(text) > 0 {
		from, n, end, pen := 0, 0, 0, x
		for n < len(text) {
			g := f.glyph(text[n])
			left := max(pen+g.left, 0)
			if n > 0 && (left/4 >= end || g.height == 0) {
				break
			}
			if n == 0 {
				from = left / 4
			}
			from, end = min(from, left/4), max(end, left/4+g.widths[left%4])
			pen += g.advance
			if n++; g.height == 0 { // a space
				break
			}
		}
		if f.glyph(text[0]).height > 0 {
			places = append(places, place{f.cluster(text[:n], x, from, end), 1 + from})
		}
		text, x = text[n:], pen
	}
	return places
}

// cluster returns the cluster of a text that begins at column x and takes the
// bytes of a row from one to another, without the filter.
func (f *face) cluster(text []rune, x, from, end int) *cluster {
	if len(text) == 1 {
		g := f.glyph(text[0])
		c := g.clusters[x%4].Load()
		if c == nil {
			c = f.newCluster(text, x, from, end)
			g.clusters[x%4].Store(c)
		}
		return c
	}
	key := clusterKey{string(text), x % 4}
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.clusters[key]
	if c == nil {
		c = f.newCluster(text, x, from, end)
		if len(f.clusters) == mostClusters {
			clear(f.clusters)
		}
		f.clusters[key] = c
	}
	return c
}

func (f *face) newCluster(text []rune, x, from, end int) *cluster {
	rows := make([]byte, f.lead*stride)
	f.write(rows, x, text)
	width := end - from
	mask := make([]byte, 0, f.lead*width)
	for y := range f.lead {
		mask = append(mask, rows[y*stride+1+from:][:width]...)
	}
	return newCluster(mask, width)
}

// mostClusters is how many clusters of several glyphs are kept: more than names
// have, fewer than a program has room for.
const mostClusters = 1000

// clusterKey is what such a cluster looks like: its text, and where it begins in
// the four pixels of a byte.
type clusterKey struct {
	text  string
	phase int
}
