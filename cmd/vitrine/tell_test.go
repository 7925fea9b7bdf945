package main

import (
	"errors"
	"strings"
	"testing"
)

// TestTell: errors that were joined twice are still told a line for each.
func TestTell(t *testing.T) {
	var out strings.Builder
	tell(&out, errors.Join(errors.Join(errors.New("a"), errors.New("b")), errors.New("c")))
	if want := "vitrine: a\nvitrine: b\nvitrine: c\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
