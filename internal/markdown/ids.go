package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

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
	b.Grow(len(s) + 8)
	gap := false
	for _, r := range norm.NFD.String(s) {
		w := r
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		case r < utf8.RuneSelf:
			if w = unicode.ToLower(r); w == r {
				gap = true
				continue
			}
		case unicode.Is(unicode.Mn, r):
			continue
		default:
			if w = unicode.ToLower(r); !unicode.IsLetter(w) && !unicode.IsDigit(w) {
				gap = true
				continue
			}
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		switch w {
		case 'œ':
			b.WriteString("oe")
		case 'æ':
			b.WriteString("ae")
		case 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(w)
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}
