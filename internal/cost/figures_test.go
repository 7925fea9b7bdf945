package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompare(t *testing.T) {
	committed := []figure{{"a", 1000}, {"b", 1000}}
	for _, c := range []struct {
		name        string
		now         []figure
		worse, note bool
	}{
		{"the same", committed, false, false},
		{"about the same", []figure{{"a", 1049}, {"b", 951}}, false, false},
		{"one is worse", []figure{{"a", 1000}, {"b", 1051}}, true, false},
		{"one is better", []figure{{"a", 949}, {"b", 1000}}, false, true},
		{"better does not make up for worse", []figure{{"a", 1}, {"b", 1051}}, true, true},
		{"a new one", []figure{{"a", 1000}, {"b", 1000}, {"c", 1}}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines, worse := compare(committed, c.now)
			note := strings.HasPrefix(lines[len(lines)-1], "note:")
			if worse != c.worse || note != c.note {
				t.Errorf("worse: %v, want %v; note: %v, want %v\n%s", worse, c.worse, note, c.note, strings.Join(lines, ""))
			}
		})
	}
}

func TestFiguresAreReadAsWritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), "figures.json")
	if err := write(name, []figure{{"a", 1000.4}}); err != nil {
		t.Fatal(err)
	}
	got, err := read(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]figure{{"a", 1000}}, got); diff != "" {
		t.Error(diff)
	}
}
