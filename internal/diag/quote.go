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
	s = noCommand(s)
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
	for _, r := range noCommand(s) {
		b.WriteString(visible(r))
	}
	return b.String()
}

// noCommand breaks what GitHub's runners take for a command wherever it stands
// in a line: ##[error].
func noCommand(s string) string { return strings.ReplaceAll(s, "##[", "#\u200b#[") }

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
	case r == 0x34f, r == 0x180e, r == 0x200b, r == 0x200c, r == 0x2060, r >= 0x2061 && r <= 0x2064, r == 0xfeff: // zero width
		return true
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0: // Hangul fillers
		return true
	case r >= 0x206a && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb: // deprecated formats, annotations
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
