package raster

import "encoding/binary"

// Opaque reports whether no pixel of a whole picture can be transparent, as its
// header says: a JPEG, a PNG without an alpha channel and without a transparent
// colour, a WebP without the alpha flag.
func Opaque(format Format, data []byte) bool {
	switch format {
	case PNG:
		const grayAlpha, trueColorAlpha = 4, 6 // colour types
		if t := data[25]; t == grayAlpha || t == trueColorAlpha {
			return false
		}
		for at := 8; at+12 <= len(data); at += 12 + int(binary.BigEndian.Uint32(data[at:])) {
			switch string(data[at+4 : at+8]) {
			case "tRNS":
				return false
			case "IDAT":
				return true
			}
		}
		return true
	case WebP:
		switch string(data[12:16]) {
		case "VP8X":
			return data[20]&0x10 == 0
		case "VP8L": // behind a byte: 14 bits width, 14 bits height, 1 bit alpha
			return data[24]&0x10 == 0
		}
	}
	return true
}
