// Package raster looks into PNG, JPEG and WebP files: their size by the header,
// where they end, and what they say beside the picture.
package raster

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/jpeg" // decoder
	_ "image/png"  // decoder

	_ "golang.org/x/image/webp" // decoder
)

// Format is a picture's format, by its name.
type Format string

// The formats.
const (
	PNG  Format = "PNG"
	JPEG Format = "JPEG"
	WebP Format = "WebP"
)

// Header returns a picture's format and its size in pixels, by its header
// alone: nothing is decoded, however large it claims to be.
func Header(data []byte) (format Format, width, height int, ok bool) {
	if len(data) == 0 || data[0] != '\x89' && data[0] != '\xff' && data[0] != 'R' { // an SVG, most often
		return "", 0, 0, false
	}
	config, name, err := image.DecodeConfig(bytes.NewReader(data))
	format = map[string]Format{"png": PNG, "jpeg": JPEG, "webp": WebP}[name]
	return format, config.Width, config.Height, err == nil && format != ""
}

// End returns the offset behind the picture's last byte, or -1 where the
// file ends before it. What stands behind would be published unseen.
func End(format Format, data []byte) int {
	switch format {
	case PNG: // chunks: length, type, data, checksum
		pixels := false
		for at := 8; at+12 <= len(data); {
			n := int(binary.BigEndian.Uint32(data[at:]))
			next := at + 12 + n
			if n < 0 || next > len(data) {
				return -1
			}
			switch string(data[at+4 : at+8]) {
			case "IDAT":
				pixels = true
			case "IEND":
				if !pixels {
					return -1
				}
				return next
			}
			at = next
		}
		return -1
	case WebP: // RIFF: size of what follows, drawn to an even number
		if n := int(binary.LittleEndian.Uint32(data[4:])) + 8; n <= len(data) {
			return min(n+n%2, len(data))
		}
		return -1
	}
	return jpegEnd(data)
}

// jpegEnd walks along the segments of a JPEG: a marker, a length, data; behind
// a scan's header stand its bytes, in which 0xff is followed by 0 or a restart
// marker. Cameras put a few zero bytes behind the end.
func jpegEnd(data []byte) int {
	const (
		endOfImage  = 0xd9
		startOfScan = 0xda
	)
	for at := 2; at+4 <= len(data); {
		if data[at] != 0xff {
			return -1
		}
		marker := data[at+1]
		switch {
		case marker == 0xff: // padding
			at++
			continue
		case marker != endOfImage:
			if data[at+2] == 0 && data[at+3] < 2 {
				return -1 // a length counts its own two bytes
			}
			at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
			if marker != startOfScan {
				continue
			}
			for at+1 < len(data) && (data[at] != 0xff || data[at+1] == 0 || data[at+1] >= 0xd0 && data[at+1] <= 0xd7) {
				at++
			}
		}
		if at+1 < len(data) && data[at] == 0xff && data[at+1] == endOfImage {
			if len(bytes.Trim(data[at+2:], "\x00")) == 0 {
				return len(data)
			}
			return at + 2
		}
	}
	return -1
}
