package content

import "vitrine/internal/diag"

// Links calls yield for every link to another site that the front matter has
// where its schema asks for one, and for its place.
func (d *Document) Links(yield func(address string, at diag.Span) bool) {
	d.linksOf(d.Front, d.schema(), yield)
}

func (d *Document) linksOf(v *Value, fields []field, yield func(string, diag.Span) bool) bool {
	for i := range fields {
		if !d.linksIn(v.Get(fields[i].key), &fields[i], yield) {
			return false
		}
	}
	return true
}

func (d *Document) linksIn(v *Value, f *field, yield func(string, diag.Span) bool) bool {
	isLink := f.form == link || f.form == fileOrLink
	switch {
	case v == nil:
	case f.form == object:
		return d.linksOf(v, f.fields, yield)
	case f.form == list && v.Kind == Sequence:
		for _, item := range v.Items {
			if !d.linksOf(item, f.fields, yield) {
				return false
			}
		}
	case isLink && v.Kind == Scalar && (f.form == link || IsLink(v.Text)):
		return yield(v.text(), d.Source.valueSpan(v))
	case isLink && v.Kind == Mapping: // one a language
		for _, item := range v.Items {
			if item.Kind == Scalar && !d.linksIn(item, f, yield) {
				return false
			}
		}
	}
	return true
}
