package poster

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"slices"
)

// stride is the bytes of a row: a filter, of which there is none, and four
// pixels a byte.
const stride = 1 + Width/4

// strip is some rows of a picture, compressed. A picture is put together from
// strips, most of which it shares with others.
type strip struct {
	rows   int
	data   []byte
	digest uint32 // Adler-32 of the rows
}

// compress makes a strip of rows.
func compress(rows []byte) strip {
	return strip{len(rows) / stride, deflate(rows), adler32.Checksum(rows)}
}

// A PNG stream (RFC 2083) in pieces: what stands before and behind the strips.
const (
	signature = "\x89PNG\r\n\x1a\n"
	zlibStart = "\x78\x01"             // DEFLATE, fastest
	zlibEnd   = "\x01\x00\x00\xff\xff" // a last block with nothing in it
	depth     = 2                      // bits a pixel
	indexed   = 3                      // the colour type: by a palette
)

// encode puts a picture together, behind what is in out.
func encode(out, palette []byte, strips []strip) []byte {
	size, digest := len(zlibStart)+len(zlibEnd)+4, uint32(1)
	for _, s := range strips {
		size += len(s.data)
		digest = join(digest, s.digest, s.rows*stride)
	}
	out = append(slices.Grow(out, size+128), signature...)
	out, from := chunk(out, "IHDR", 13)
	out = binary.BigEndian.AppendUint32(out, Width)
	out = binary.BigEndian.AppendUint32(out, Height)
	out = sum(append(out, depth, indexed, 0, 0, 0), from)
	out, from = chunk(out, "PLTE", len(palette))
	out = sum(append(out, palette...), from)
	out, from = chunk(out, "IDAT", size)
	out = append(out, zlibStart...)
	for _, s := range strips {
		out = append(out, s.data...)
	}
	out = append(out, zlibEnd...)
	out = sum(binary.BigEndian.AppendUint32(out, digest), from)
	out, from = chunk(out, "IEND", 0)
	return sum(out, from)
}

// chunk begins a chunk of so many bytes, and returns where its checksum begins.
func chunk(out []byte, name string, size int) ([]byte, int) {
	out = binary.BigEndian.AppendUint32(out, uint32(size))
	return append(out, name...), len(out)
}

// sum ends a chunk.
func sum(out []byte, from int) []byte {
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
}

// join returns the Adler-32 of two texts behind each other by that of each of
// them and the length of the second.
func join(first, second uint32, length int) uint32 {
	const base = 65521
	n := uint64(length) % base
	a1, b1 := uint64(first&0xffff), uint64(first>>16)
	a2, b2 := uint64(second&0xffff), uint64(second>>16)
	a := (a1 + a2 + base - 1) % base
	b := (b1 + b2 + n*(a1+base-1)) % base
	return uint32(b<<16 | a)
}

// blank returns rows of one shade.
func blank(rows int, shade byte) []byte {
	out := bytes.Repeat([]byte{shade * 0x55}, rows*stride)
	for i := range rows {
		out[i*stride] = 0
	}
	return slices.Clip(out)
}
