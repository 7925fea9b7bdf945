package site

import (
	"slices"
	"testing"

	"vitrine/themes"
)

// TestEveryKindOfPageIsTried: what is not listed is not tried with a catalog's own
// theme, and docs/theming.md does not have it.
func TestEveryKindOfPageIsTried(t *testing.T) {
	theme, err := themes.Load("default", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range theme.Kinds() {
		if _, ok := kinds[kind]; !ok {
			t.Errorf("kinds.go does not say what the pages of %s.html have", kind)
		}
	}
	for kind := range kinds {
		if !slices.Contains(theme.Kinds(), kind) {
			t.Errorf("kinds.go has the kind %s, which has no template", kind)
		}
	}
}
