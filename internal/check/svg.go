package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var ruleSVG = &diag.Rule{
	ID: "svg-unsafe", Severity: diag.Error, Fixed: true,
	Title: "an SVG picture only draws: no scripts, no styles, no links, nothing from elsewhere",
	Why:   "An SVG that is opened on its own is a page that can run scripts in the catalog's name. So only what draws is let through.",
	Help:  "export it as plain or optimised SVG, with presentation attributes instead of styles",
}

// An SVG that is opened on its own runs its scripts, and storage that serves
// it may not be able to forbid that. So what it may hold is listed.
var (
	svgElements = wordSet(`svg g path rect circle ellipse line polyline polygon text tspan title desc defs symbol use
		linearGradient radialGradient stop clipPath mask pattern filter feBlend feColorMatrix feComposite feFlood
		feGaussianBlur feMerge feMergeNode feOffset`)
	svgAttributes = wordSet(`id class viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy d points transform
		fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
		stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path clip-rule mask filter
		offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits
		maskContentUnits patternUnits patternContentUnits patternTransform filterUnits primitiveUnits
		preserveAspectRatio version baseProfile space role aria-label aria-labelledby aria-hidden focusable
		font-family font-size font-weight font-style text-anchor letter-spacing dominant-baseline textLength
		href vector-effect paint-order shape-rendering text-rendering color-interpolation-filters mix-blend-mode
		in in2 result mode operator k1 k2 k3 k4 stdDeviation flood-color flood-opacity values type`)
	svgReference = regexp.MustCompile(`(?i)url\(\s*["']?\s*([^#"'\s]|$)`)
)

func wordSet(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

const (
	svgNamespace   = "http://www.w3.org/2000/svg"
	xlinkNamespace = "http://www.w3.org/1999/xlink"
	maxSVGElements = 20_000
)

// svg looks into an SVG picture. Its faults are placed in the picture's own
// file.
func (p *entryPass) svg(f *catalog.File, data []byte, span diag.Span) {
	none := func(why diag.Text) {
		p.fileType(span, why, diag.Say("export the picture again as SVG"), "%s is not an SVG picture", diag.Quote(f.Name))
	}
	if why := looksLike(data, ".svg"); strings.Contains(why.String(), "it is") && !strings.Contains(why.String(), "XML") {
		none(why)
		return
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	source := &content.Source{Path: f.Path, Data: data}
	start := 0 // of the token
	fault := func(part, message string, args ...any) {
		from, to := start, int(d.InputOffset())
		if i := bytes.Index(data[from:to], []byte(part)); part != "" && i >= 0 {
			from, to = from+i, from+i+len(part)
		}
		p.Report(ruleSVG, source.Span(from, to), diag.Text{}, message, args...)
	}
	elements, depth := 0, 0
	for {
		start = int(d.InputOffset())
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			if e, ok := errors.AsType[*xml.SyntaxError](err); ok && elements > 0 {
				p.Report(ruleFileType, span, diag.Say("export the picture again as SVG"), "%s is not well-formed: line %d", diag.Quote(f.Name), e.Line)
			} else {
				none(looksLike(data, ".svg"))
			}
			return
		}
		switch t := token.(type) {
		case xml.Directive:
			fault("", "a DOCTYPE is not allowed in an SVG picture")
		case xml.ProcInst:
			if t.Target != "xml" {
				fault("", "a processing instruction is not allowed in an SVG picture")
			}
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				none(diag.Say("something stands outside its element svg"))
				return
			}
		case xml.StartElement:
			if elements++; elements > maxSVGElements {
				fault("", "the picture has more than %d elements", maxSVGElements)
				return
			}
			if depth == 0 && (elements > 1 || t.Name.Local != "svg" || t.Name.Space != svgNamespace) {
				none(diag.Say(`it is not one element <svg xmlns="%s">`, svgNamespace))
				return
			}
			depth++
			if t.Name.Space != svgNamespace || !svgElements[t.Name.Local] {
				fault("", "the element %s is not allowed in an SVG picture", diag.Quote(t.Name.Local))
			}
			for _, a := range t.Attr {
				if problem := svgAttribute(a); problem != "" {
					fault(a.Name.Local+"=", "the attribute %s %s", diag.Quote(a.Name.Local), diag.Say(problem))
				}
			}
			if elements == 1 {
				f.Width, f.Height = svgSize(t.Attr)
			}
		case xml.EndElement:
			depth--
		}
	}
	if elements == 0 || depth != 0 {
		none(looksLike(data, ".svg"))
	}
}

func svgAttribute(a xml.Attr) string {
	value := strings.TrimSpace(a.Value)
	switch {
	case a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns":
		if value != svgNamespace && value != xlinkNamespace {
			return "belongs to an editor, not to SVG"
		}
		return ""
	case a.Name.Space != "" && a.Name.Space != xlinkNamespace && a.Name.Space != "xml" && a.Name.Space != "http://www.w3.org/XML/1998/namespace":
		return "belongs to an editor, not to SVG"
	case !svgAttributes[a.Name.Local]:
		return "is not allowed in an SVG picture"
	case a.Name.Local == "href" && !strings.HasPrefix(value, "#"):
		return "leads out of the picture: only #id is allowed"
	case strings.Contains(value, `\`):
		return "has a backslash in it"
	case strings.Contains(value, "(") && svgReference.MatchString(value):
		return "leads out of the picture: only url(#id) is allowed"
	}
	return ""
}

// svgSize returns a picture's size from its width and height, or its viewBox.
func svgSize(attributes []xml.Attr) (width, height int) {
	number := func(s string) int {
		n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
		if err != nil || n < 1 || n > maxSide {
			return 0
		}
		return int(n + 0.5)
	}
	var box []string
	for _, a := range attributes {
		switch a.Name.Local {
		case "width":
			width = number(a.Value)
		case "height":
			height = number(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
		}
	}
	if (width == 0 || height == 0) && len(box) == 4 {
		width, height = number(box[2]), number(box[3])
	}
	if width == 0 || height == 0 {
		return 0, 0
	}
	return width, height
}
