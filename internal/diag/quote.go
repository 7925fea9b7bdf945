package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// maxQuoted is how many characters of a value a message shows.
const maxQuoted = 200

// Quote returns a value from a file as a message shows it: in double quotes,
// cut at 200 characters, and with every character escaped that could drive a
// terminal or a CI runner, or mislead a reader.
func Quote(s string) string {
	cut := false
	if r := []rune(s); len(r) > maxQuoted {
		s, cut = string(r[:maxQuoted]), true
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"':
			b.WriteString(`\"`)
		case r == '\n':
			b.WriteString(`\n`)
		default:
			b.WriteString(visible(r))
		}
	}
	if cut {
		b.WriteString("…")
	}
	b.WriteByte('"')
	return b.String()
}

// Visible returns text as a line of output shows it: control characters,
// bidirectional controls and line separators are written as \uXXXX.
func Visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(visible(r))
	}
	return b.String()
}

func visible(r rune) string {
	if Forbidden(r) || r == '\t' || r == '\n' || r == unicode.ReplacementChar {
		if r > 0xffff {
			return fmt.Sprintf(`\U%08x`, r)
		}
		return fmt.Sprintf(`\u%04x`, r)
	}
	return string(r)
}

// Forbidden reports whether a character has no place in a seller's text:
// controls (but tab and line feed), bidirectional controls, invisible and
// private characters, and noncharacters. The zero-width joiner is not among
// them; emoji are joined by it.
func Forbidden(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r < 0xad:
		return false
	case r == 0x200b, r == 0x200c, r == 0x2060, r == 0xfeff: // zero width
		return true
	case r == 0x200e, r == 0x200f, r == 0x61c, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // bidi
		return true
	case r == 0x2028, r == 0x2029:
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tags
		return true
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef: // noncharacters
		return true
	}
	return unicode.Is(unicode.Co, r)
}

// plural writes a count and its English noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
