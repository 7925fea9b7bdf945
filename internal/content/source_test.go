package content

import (
	"testing"

	"vitrine/internal/diag"
)

// TestCharactersOfTexts: the characters that are passed over quickly are none of
// those that have no place in a text.
func TestCharactersOfTexts(t *testing.T) {
	const joiner = 0x200d // belongs behind an emoji
	for r := rune(0); r < 0x20000; r++ {
		if r == joiner || r == '\r' || r >= 0xd800 && r < 0xe000 || r == 0xfeff {
			continue
		}
		s, found := newSource("a.md", []byte("a"+string(r)+"b"))
		if s == nil || len(found) > 0 != diag.Forbidden(r) {
			t.Errorf("U+%04X: findings %v, forbidden %v", r, found, diag.Forbidden(r))
		}
	}
}
