package content

import (
	"strings"

	"vitrine/internal/diag"
)

// French reports whether a language is French, of whatever country.
func French(language string) bool {
	return language == "fr" || strings.HasPrefix(language, "fr-")
}

// EachFrench calls visit for each French text of the front matter whose
// typography Format mends. The function at tells the place of the text's bytes
// from, to; it is that of the whole text where they are written otherwise.
func (d *Document) EachFrench(visit func(text string, at func(from, to int) diag.Span)) {
	d.eachFrench(d.scope(), d.Front, visit)
}

func (d *Document) eachFrench(c scope, v *Value, visit func(string, func(from, to int) diag.Span)) {
	if c.frenchText(v) {
		visit(v.Text, func(from, to int) diag.Span { return d.Part(v, from, to) })
	}
	for i, item := range v.Items {
		key := ""
		if v.Kind == Mapping {
			key = v.Keys[i].Text
		}
		d.eachFrench(c.of(v, key), item, visit)
	}
}

// frenchText reports whether a value is prose in French.
func (c scope) frenchText(v *Value) bool {
	return c.french && c.field.form == text && v.Kind == Scalar
}
