package format

import (
	"testing"

	"vitrine/internal/content"
)

// TestOwnContent holds the repository's own catalog to the canonical form: it
// is what sellers copy from.
func TestOwnContent(t *testing.T) {
	root, err := content.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := Run(t.Context(), root, Options{Check: true, Below: func(string) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) > 0 || r.Files < 50 {
		t.Errorf("%d files, %v", r.Files, r.Findings)
	}
	for _, c := range r.Changed {
		t.Errorf("%s is not in canonical form: run go run ./cmd/vitrine fmt", c.Path)
	}
}
