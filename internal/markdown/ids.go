package markdown

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// idPrefix keeps the ids of headings apart from those of a theme.
const idPrefix = "s-"

// ids are the ids given out in one section, each with the number that the next
// heading of the same words gets.
type ids map[string]int

// make returns a new id for a heading: « Où l’installer ? » becomes
// s-ou-l-installer.
func (m ids) make(heading string) string {
	base := idPrefix + Fold(heading)
	id := base
	for m[id] > 0 {
		m[base]++
		id = fmt.Sprintf("%s-%d", base, m[base])
	}
	m[id] = 1
	return id
}

// Fold writes a text with lowercase ASCII letters where it has a Latin base
// letter, other letters as they are, digits, and single hyphens between words.
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(s) {
		var w string
		switch r = unicode.ToLower(r); {
		case r == 'œ':
			w = "oe"
		case r == 'æ':
			w = "ae"
		case r == 'ß':
			w = "ss"
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsLetter(r), unicode.IsDigit(r):
			w = string(r)
		default:
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(w)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}
