package format

import (
	"slices"

	"vitrine/internal/markdown"
	"vitrine/internal/typography"
)

// body mends the typography of a text's French sections. All else stays as it
// is, byte for byte.
func body(text []byte, french map[string]bool) []byte {
	doc := parse(text)
	if doc == nil {
		return text
	}
	var fixes []typography.Fix
	for i := range doc.Sections {
		if s := &doc.Sections[i]; french[s.Title] {
			fixes = append(fixes, typography.French(text, s.Prose()...)...)
		}
	}
	if len(fixes) == 0 {
		return text
	}
	mended := typography.Mend(text, fixes)
	if after := parse(mended); after == nil || !same(doc, after) {
		return text // the label of a link, say, is no longer that of its address
	}
	return mended
}

// parse returns nil where a text is too much for the parser; a rule reports
// that.
func parse(text []byte) *markdown.Document {
	if _, over := markdown.Limits(text); over {
		return nil
	}
	if doc := markdown.Parse(text); doc.Over == nil {
		return doc
	}
	return nil
}

// same reports whether two texts have the same structure: pieces of the same
// kinds, the same headings to link to, the same addresses.
func same(a, b *markdown.Document) bool {
	return slices.EqualFunc(a.Sections, b.Sections, func(a, b markdown.Section) bool {
		return a.Title == b.Title &&
			slices.EqualFunc(a.Headings, b.Headings, func(a, b markdown.Heading) bool { return a.ID == b.ID && a.Level == b.Level }) &&
			slices.EqualFunc(a.Links, b.Links, func(a, b markdown.Link) bool { return a.Destination == b.Destination && a.Image == b.Image }) &&
			slices.EqualFunc(marks(a), marks(b), func(a, b markdown.Piece) bool { return a.Kind == b.Kind })
	})
}

// marks are the pieces that are no text.
func marks(s markdown.Section) []markdown.Piece {
	return slices.DeleteFunc(slices.Clone(s.Pieces), func(p markdown.Piece) bool { return p.Kind == markdown.Run })
}
