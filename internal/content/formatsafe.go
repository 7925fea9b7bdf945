package content

import "slices"

// lost says what is no longer the same in a document's canonical form, or "".
// The values of both are compared, and the comments.
func (d *Document) lost(after *Document) string {
	if after.Front == nil || slices.ContainsFunc(after.Findings, isError) {
		return "its YAML"
	}
	if !same(d.scope(), d.Front, after.Front) {
		return "a value"
	}
	before, top := newLayout(d.Source, d.front(), d.Front)
	if top == nil {
		return "" // nothing was moved
	}
	now, top := newLayout(after.Source, after.front(), after.Front)
	if top == nil || !before.saysAs(now) {
		return "a comment"
	}
	return ""
}

// saysAs reports whether two files have the same comments, wherever they stand.
func (l *layout) saysAs(other *layout) bool {
	texts := func(l *layout) (all []string) {
		for _, c := range l.comments {
			all = append(all, c.text)
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(texts(l), texts(other))
}

// same reports whether two values say the same, whatever the order of keys.
// The second may have the typography of French texts put right, and quotes
// where the first had none and YAML could take it for no text.
func same(c scope, a, b *Value) bool {
	if a.Kind == Scalar && b.Kind == Scalar {
		text := b.Text
		if a.quoted == '|' && text == a.Text+"\n" { // the last line of the file had no line feed
			text = a.Text
		}
		return (text == a.Text || text == c.mended(a)) && (b.quoted != 0 || b.Plain == a.Plain || b.Plain == "str")
	}
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) {
		return false
	}
	for i, item := range a.Items {
		key, other := "", b.Items[i]
		if a.Kind == Mapping {
			key = a.Keys[i].Text
			other = b.Get(key)
		}
		if other == nil || !same(c.of(a, key), item, other) {
			return false
		}
	}
	return true
}
