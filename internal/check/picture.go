package check

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/jpeg" // decoder
	_ "image/png"  // decoder
	"path"
	"strings"

	_ "golang.org/x/image/webp" // decoder

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var (
	rulePixels = &diag.Rule{
		ID: "picture-pixels", Severity: diag.Error, Fixed: true,
		Title: "a picture has sides of 1 to 4096 pixels",
	}
	ruleTrailing = &diag.Rule{
		ID: "picture-trailing", Severity: diag.Error, Fixed: true,
		Title: "a picture's file ends where the picture ends",
		Help:  "open the picture in a picture editor and save it again",
	}
)

// maxSide is the longest side of a picture, in pixels. A picture is judged by
// its header, before anything is decoded.
const maxSide = 4096

var formats = map[string]string{".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp"}

// raster looks into a PNG, JPEG or WebP picture.
func (p *entryPass) raster(f *catalog.File, data []byte, span diag.Span) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != formats[path.Ext(f.Name)] {
		p.Report(ruleFileType, span, "save the picture again as PNG, JPEG, WebP or SVG, with the ending of its kind",
			"%s is not a %s picture%s", diag.Quote(f.Name), map[string]string{"png": "PNG", "jpeg": "JPEG", "webp": "WebP"}[formats[path.Ext(f.Name)]], looksLike(data, strings.Replace(path.Ext(f.Name), ".jpeg", ".jpg", 1)))
		return
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxSide || config.Height > maxSide {
		p.Report(rulePixels, span, "make it smaller: 256 pixels are enough for a logo, 1600 for a screenshot",
			"%s has %d × %d pixels, limit %d × %d", diag.Quote(f.Name), config.Width, config.Height, maxSide, maxSide)
		return
	}
	if end := pictureEnd(format, data); end != len(data) {
		message := "%s goes on for %d bytes behind the picture"
		n := len(data) - end
		if end < 0 {
			message, n = "%s is cut off: the end of the picture is missing after %d bytes", len(data)
		}
		p.Report(ruleTrailing, span, "", message, diag.Quote(f.Name), n)
		return
	}
	f.Width, f.Height = config.Width, config.Height
}

// pictureEnd returns the offset behind the picture's last byte, or -1 where the
// file ends before it. What stands behind would be published unseen.
func pictureEnd(format string, data []byte) int {
	switch format {
	case "png": // chunks: length, type, data, checksum
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
	case "webp": // RIFF: size of what follows, drawn to an even number
		if n := int(binary.LittleEndian.Uint32(data[4:])) + 8; n <= len(data) {
			return n + n%2
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
