package check_test

import (
	"testing"

	"vitrine/internal/diag"
)

// TestOwnContent holds the repository's own catalog to the rules: it is what
// sellers copy from. Only drafts may still lack something.
func TestOwnContent(t *testing.T) {
	drafts := map[string]bool{
		"content/sellers/cobalune/cobalune-paie/product.md":     true,
		"content/sellers/kelvane/kelvane-cache/product.md":      true,
		"content/sellers/lorvette/lorvette-planning/product.md": true,
		"content/sellers/lorvette/showcase.md":                  true,
	}
	for _, f := range findings(t, "../..") {
		if f.Severity == diag.Error || !drafts[f.Path] {
			t.Errorf("%s:%d: %s: %s [%s]", f.Path, f.Start.Line, f.Severity, f.Message, f.Rule.ID)
		}
	}
}
