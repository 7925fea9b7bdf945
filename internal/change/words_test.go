package change_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/change"
)

// TestDiff: words differ, not letters; what is the same stays together.
func TestDiff(t *testing.T) {
	for _, test := range []struct{ was, now, want string }{
		{"Keeps secrets.", "Keeps all secrets.", "Keeps +[all ]secrets."},
		{"a café here", "a cafés here", "a -[café]+[cafés] here"},
		{"l’outil garde", "l’outil gardé", "l’outil -[garde]+[gardé]"},
		{"", "new", "+[new]"},
		{"old", "", "-[old]"},
		{"1.10 rates", "1.1 rates", "1.-[10]+[1] rates"},
		{"same", "same", "same"},
	} {
		var b strings.Builder
		for _, r := range change.Diff(test.was, test.now) {
			switch r.Is {
			case "old":
				b.WriteString("-[" + r.Text + "]")
			case "new":
				b.WriteString("+[" + r.Text + "]")
			default:
				b.WriteString(r.Text)
			}
		}
		if diff := cmp.Diff(test.want, b.String()); diff != "" {
			t.Errorf("%q to %q:\n%s", test.was, test.now, diff)
		}
	}
}

// FuzzDiff: the runs of a comparison are the two texts, whole.
func FuzzDiff(f *testing.F) {
	f.Add("a b c", "a c d")
	f.Add("é’ \n\n# x", "é’\t x #")
	f.Add(strings.Repeat("a b ", 4000), strings.Repeat("b a ", 4000))
	f.Fuzz(func(t *testing.T, was, now string) {
		if !utf8.ValidString(was) || !utf8.ValidString(now) {
			t.Skip()
		}
		var a, b strings.Builder
		for _, r := range change.Diff(was, now) {
			if r.Is != "new" {
				a.WriteString(r.Text)
			}
			if r.Is != "old" {
				b.WriteString(r.Text)
			}
		}
		if a.String() != was || b.String() != now {
			t.Errorf("%q and %q became %q and %q", was, now, a.String(), b.String())
		}
	})
}
