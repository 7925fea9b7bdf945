package browser

import (
	"fmt"
	"os"
	"testing"
)

// Measure adds a figure to the file that the environment's VITRINE_MEASURES
// names, for .ci/quality to show: what was measured, the value, and what it may
// be at most or at least. It does nothing where no file is named.
func Measure(t testing.TB, what, value, limit string) {
	t.Helper()
	name := os.Getenv("VITRINE_MEASURES")
	if name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%s\t%s\t%s\n", what, value, limit); err != nil {
		t.Fatal(err)
	}
}
