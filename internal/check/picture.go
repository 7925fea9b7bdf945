package check

import (
	"path"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
	"vitrine/internal/raster"
)

var (
	rulePixels = &diag.Rule{
		ID: "picture-pixels", Severity: diag.Error, Fixed: true,
		Title: "a picture has sides of 1 to 4096 pixels",
		Why:   "A file of a few bytes can claim billions of pixels and fill the memory of whoever opens it. No page needs more than 4096.",
		Help:  "make the picture smaller: 256 pixels are enough for a logo, 1600 for a screenshot",
	}
	ruleLogoOpaque = &diag.Rule{
		ID: "logo-opaque", Severity: diag.Warning,
		Title: "a logo is transparent around what it shows",
		Help:  "save it as SVG, or as PNG or WebP with a transparent background",
		Why:   "The marketplace advises logos that are transparent, borderless and centred: pages have a light and a dark form, and a white box stands out on the dark one (rule 8 of the marketplace).",
	}
	ruleTrailing = &diag.Rule{
		ID: "picture-trailing", Severity: diag.Error, Fixed: true,
		Title: "a picture's file ends where the picture ends",
		Why:   "What stands behind a picture's end would be published with it, be it a script or another file. A picture that is cut off is shown in part.",
		Help:  "open the picture in a picture editor and save it again",
	}
)

// maxSide is the longest side of a picture, in pixels. A picture is judged by
// its header, before anything is decoded.
const maxSide = 4096

var formats = map[string]raster.Format{".png": raster.PNG, ".jpg": raster.JPEG, ".jpeg": raster.JPEG, ".webp": raster.WebP}

// raster looks into a PNG, JPEG or WebP picture.
func (p *entryPass) raster(f *catalog.File, use use, data []byte, span diag.Span) {
	format, width, height, ok := raster.Header(data)
	if want := formats[path.Ext(f.Name)]; !ok || format != want {
		why := looksLike(data, strings.Replace(path.Ext(f.Name), ".jpeg", ".jpg", 1))
		p.fileType(span, why, diag.Say("save the picture again as PNG, JPEG, WebP or SVG, with the ending of its kind"), "%s is not a %s picture", diag.Quote(f.Name), want)
		return
	}
	if width < 1 || height < 1 || width > maxSide || height > maxSide {
		p.Report(rulePixels, span, diag.Say("make it smaller: 256 pixels are enough for a logo, 1600 for a screenshot"), "%s has %d × %d pixels, limit %d × %d", diag.Quote(f.Name), width, height, maxSide, maxSide)
		return
	}
	if end := raster.End(format, data); end != len(data) {
		message := "%s goes on for %d bytes behind the picture"
		n := len(data) - end
		if end < 0 {
			message, n = "%s is cut off: the end of the picture is missing after %d bytes", len(data)
		}
		p.Report(ruleTrailing, span, diag.Text{}, message, diag.Quote(f.Name), n)
		return
	}
	f.Width, f.Height = width, height
	if use.logo && raster.Opaque(format, data) {
		p.Report(ruleLogoOpaque, span, diag.Text{}, "the logo %s, a %s picture of %d × %d pixels, has no transparent part", diag.Quote(f.Name), format, width, height)
	}
}
