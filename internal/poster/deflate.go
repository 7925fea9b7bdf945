package poster

import (
	"encoding/binary"
	"math/bits"
)

// deflate compresses rows to blocks that end on a byte and refer to nothing
// before them (RFC 1951). What a row of text repeats is the row above it, or the
// byte before; to look for nothing else, and to use the fixed codes, takes less
// than half the time of package compress/flate at its fastest, for a fifth more
// bytes.
func deflate(rows []byte) []byte {
	w := bitWriter{out: make([]byte, 0, len(rows)/8+16)}
	w.write(0b010, 3) // a block with the fixed codes, not the last one
	for i := 0; i < len(rows); {
		back, length := above, 0
		if i >= stride {
			length = same(rows[i:], rows[i-stride:])
		}
		if i > 0 && length < maxLength {
			if n := same(rows[i:], rows[i-1:]); n > length {
				back, length = before, n
			}
		}
		if length < 3 {
			w.code(literals[rows[i]])
			i++
			continue
		}
		w.code(lengths[length])
		w.code(back)
		i += length
	}
	return w.end()
}

// end ends a block, and what was written with it on a byte.
func (w *bitWriter) end() []byte {
	w.write(0, 7)      // the block's end
	w.write(0, 3)      // a block of
	w.write(0, -w.n&7) // whole bytes,
	w.flush()
	return append(w.out, 0, 0, 0xff, 0xff) // of which there are none
}

// same returns how many bytes are the same in two places, up to the most that
// one code can say.
func same(a, b []byte) (n int) {
	most := min(len(a), maxLength)
	for ; n+8 <= most; n += 8 {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
	}
	for n < most && a[n] == b[n] {
		n++
	}
	return n
}

// maxLength is the longest repetition.
const maxLength = 258

// code is some bits, the first the lowest.
type code struct {
	bits uint32
	n    int
}

// and returns a code with another one behind it.
func (c code) and(d code) code { return code{c.bits | d.bits<<c.n, c.n + d.n} }

var (
	literals [256]code
	lengths  [maxLength + 1]code
	repeats  [maxLength + 1]code                             // of the row above; fewer than shortest are blank
	before   = code{0, 5}                                    // one byte back
	above    = code{reverse(16, 5) | (stride-257)<<5, 5 + 7} // one row back: 257 to 384 is code 16
)

func init() {
	for v := range literals {
		if v < 144 {
			literals[v] = code{reverse(0x30+uint32(v), 8), 8}
		} else {
			literals[v] = code{reverse(0x190+uint32(v-144), 9), 9}
		}
	}
	// Lengths: the codes from 257 on, four to each number of further bits.
	symbol, extra := uint32(257), 0
	for from := 3; from < maxLength; symbol++ {
		if symbol >= 265 && (symbol-265)%4 == 0 {
			extra++
		}
		c := code{reverse(symbol-256, 7), 7}
		if symbol >= 280 {
			c = code{reverse(0xc0+symbol-280, 8), 8}
		}
		for i := 0; i < 1<<extra && from < maxLength; i, from = i+1, from+1 {
			lengths[from] = code{c.bits | uint32(i)<<c.n, c.n + extra}
		}
	}
	lengths[maxLength] = code{reverse(0xc0+285-280, 8), 8}
	for n := range repeats {
		if n < shortest {
			for range n {
				repeats[n] = repeats[n].and(literals[0])
			}
		} else {
			repeats[n] = lengths[n].and(above)
		}
	}
}

func reverse(v uint32, n int) uint32 { return bits.Reverse32(v) >> (32 - n) }

// bitWriter writes bits, the lowest first.
type bitWriter struct {
	out  []byte
	bits uint64
	n    int // bits that wait
}

func (w *bitWriter) code(c code) { w.write(c.bits, c.n) }

func (w *bitWriter) write(b uint32, n int) {
	w.bits |= uint64(b) << w.n
	if w.n += n; w.n >= 32 {
		w.out = binary.LittleEndian.AppendUint32(w.out, uint32(w.bits))
		w.bits >>= 32
		w.n -= 32
	}
}

// flush writes the bits that wait, which are whole bytes.
func (w *bitWriter) flush() {
	for ; w.n > 0; w.n -= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
}
