package themes

import (
	"bytes"
	"image/color"
	"regexp"
	"strconv"
)

var (
	colour = regexp.MustCompile(`--([a-z-]+):\s*#([0-9a-fA-F]{6})\b`)
	media  = regexp.MustCompile(`(?i)@media[^{]*\{`)
)

// Color returns the colour that the style sheet gives a custom property at last,
// which is that of a catalog's own rules, in its light form: Color("accent") of
// --accent: #2b46c8. Other ways to write a colour are not understood.
func (t *Theme) Color(property string) (c color.RGBA, ok bool) {
	for _, a := range t.Assets {
		if a.Name != styleSheet {
			continue
		}
		for _, m := range colour.FindAllSubmatch(withoutMedia(a.Data), -1) {
			if string(m[1]) == property {
				n, err := strconv.ParseUint(string(m[2]), 16, 32)
				c, ok = color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}, err == nil
			}
		}
	}
	return c, ok
}

// withoutMedia returns a style sheet without the rules for dark screens, print
// and the like.
func withoutMedia(css []byte) (out []byte) {
	css = cssComment.ReplaceAll(css, nil)
	for {
		m := media.FindIndex(css)
		if m == nil {
			return append(out, css...)
		}
		out, css = append(out, css[:m[0]]...), css[m[1]:]
		for open := 1; open > 0 && len(css) > 0; {
			i := bytes.IndexAny(css, "{}")
			if i < 0 {
				return out
			}
			if css[i] == '{' {
				open++
			} else {
				open--
			}
			css = css[i+1:]
		}
	}
}
