package raster

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Clean returns a picture without what it says beside the picture: places,
// cameras, names, comments, thumbnails. The pixels stay as they are, as do colour
// profiles and, in a JPEG, which side is up. A file that is no whole picture, by
// End, is returned as it is.
func Clean(data []byte) []byte {
	format, _, _, ok := Header(data)
	if !ok || End(format, data) != len(data) {
		return data
	}
	switch format {
	case PNG:
		return cleanPNG(data)
	case WebP:
		return cleanWebP(data)
	}
	return cleanJPEG(data)
}

// pngKept are the chunks that change what is seen; all others are left out.
var pngKept = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sRGB", "sBIT", "cICP", "bKGD", "pHYs"}

func cleanPNG(data []byte) []byte {
	out := slices.Clone(data[:8])
	for at := 8; at+12 <= len(data); {
		next := at + 12 + int(binary.BigEndian.Uint32(data[at:]))
		if slices.Contains(pngKept, string(data[at+4:at+8])) {
			out = append(out, data[at:next]...)
		}
		at = next
	}
	return out
}

func cleanWebP(data []byte) []byte {
	const exif, xmp = 0x08, 0x04 // flags of the header VP8X
	out := slices.Clone(data[:12])
	for at := 12; at+8 <= len(data); {
		n := int(binary.LittleEndian.Uint32(data[at+4:]))
		if n < 0 || at+8+n > len(data) {
			return data
		}
		next := min(at+8+n+n%2, len(data))
		switch string(data[at : at+4]) {
		case "EXIF", "XMP ":
		case "VP8X":
			out = append(out, data[at:next]...)
			out[len(out)-(next-at)+8] &^= exif | xmp
		default:
			out = append(out, data[at:next]...)
		}
		at = next
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// Markers of a JPEG's segments (ITU T.81, annex B).
const (
	app0  = 0xe0 // JFIF
	app1  = 0xe1 // EXIF, XMP
	app2  = 0xe2 // ICC profile
	app14 = 0xee // Adobe: how colours are coded
	app15 = 0xef
	com   = 0xfe // comment
	sos   = 0xda // start of scan
)

func cleanJPEG(data []byte) []byte {
	out := slices.Clone(data[:2])
	for at := 2; at+4 <= len(data); {
		if data[at+1] == 0xff { // padding
			at++
			continue
		}
		marker := data[at+1]
		if marker == sos {
			return append(out, data[at:]...) // the rest is the picture
		}
		next := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if next > len(data) || next < at+4 {
			return data
		}
		segment := data[at:next]
		switch {
		case marker == app1:
			if o := orientation(segment[4:]); o > 1 {
				out = append(out, upright(o)...)
			}
		case marker == app2 && !bytes.HasPrefix(segment[4:], []byte("ICC_PROFILE\x00")), marker == com,
			marker > app2 && marker <= app15 && marker != app14:
		default:
			out = append(out, segment...)
		}
		at = next
	}
	return data
}

// exifHeader begins an EXIF segment.
const exifHeader = "Exif\x00\x00"

// orientation returns which side is up, 1 to 8, as an EXIF segment says it; 0
// where it says nothing.
func orientation(segment []byte) byte {
	const tag = 0x0112
	tiff, ok := bytes.CutPrefix(segment, []byte(exifHeader))
	if !ok || len(tiff) < 14 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	first := int(order.Uint32(tiff[4:]))
	if first < 8 || first+2 > len(tiff) {
		return 0
	}
	for i := range int(order.Uint16(tiff[first:])) {
		at := first + 2 + 12*i
		if at+12 > len(tiff) {
			break
		}
		if order.Uint16(tiff[at:]) == tag {
			if o := order.Uint16(tiff[at+8:]); o <= 8 {
				return byte(o)
			}
		}
	}
	return 0
}

// upright is an EXIF segment that says which side is up and nothing else.
func upright(orientation byte) []byte {
	tiff := []byte{
		'M', 'M', 0, 42, 0, 0, 0, 8, // big-endian, the first directory at 8
		0, 1, // one entry
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, // orientation, a short
		0, 0, 0, 0, // no further directory
	}
	n := 2 + len(exifHeader) + len(tiff)
	return slices.Concat([]byte{0xff, app1, 0, byte(n)}, []byte(exifHeader), tiff)
}
