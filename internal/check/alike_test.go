package check

import (
	"testing"

	"vitrine/internal/typography"
)

// TestWhatFmtMendsIsAlike: whoever follows the advice to run vitrine fmt must
// not be told that a text changed.
func TestWhatFmtMendsIsAlike(t *testing.T) {
	kinds := make(map[typography.Kind]bool)
	for _, text := range []string{
		"Garde: oui", "Sûr ? Oui!", "Vrai ; ou faux", "Il dit « oui » et «non»", "L'outil d'abord",
		"Il garde 10 000 secrets", "Il a 8 Go, 50% de CPU et coûte 12 €", `Le mot "coffre" désigne un outil`, "7 j/7", "12€",
	} {
		fixes := typography.French([]byte(text))
		for _, f := range fixes {
			kinds[f.Kind] = true
		}
		if mended := string(typography.Mend([]byte(text), fixes)); !alike(text, mended) {
			t.Errorf("%q and %q are not alike", text, mended)
		}
	}
	if len(kinds) != 6 {
		t.Errorf("only %d kinds of fixes were tried", len(kinds))
	}
	for _, pair := range [][2]string{{"oui", "non"}, {"12 €", "13 €"}, {"a b", "a c"}, {"1 000", "1 001"}} {
		if alike(pair[0], pair[1]) {
			t.Errorf("%q and %q are alike", pair[0], pair[1])
		}
	}
}
