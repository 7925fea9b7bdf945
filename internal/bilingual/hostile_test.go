package bilingual_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/internal/bilingual"
)

// TestHostileTextsAreComparedInTime: long texts that are made to slow the
// comparison down. Each takes less than half a second.
func TestHostileTextsAreComparedInTime(t *testing.T) {
	const size, limit = 32 << 10, 10 * time.Second
	for name, unit := range map[string][2]string{
		"numbers": {"1 ", "2 "}, "groups": {"1 000 ", "2,000,"}, "quantities": {"1h ", "2h "}, "names": {"a1 ", "b2 "},
		"paragraphs": {"1\n\n", "2\n\n"}, "lists": {"- 1\n", "- 2\n\n"}, "code": {"`a` ", "`b` "},
		"addresses": {"http://a.example/c ", "http://a.example/d "}, "hyphens": {"a-", "b-"}, "points": {"a.", "b."},
		"numbers in words": {"quatre-", "two-"}, "telephones": {"+1 ", "+12345678 "}, "mail": {"a@", "b@c."},
	} {
		a, b := strings.Repeat(unit[0], size/len(unit[0])), strings.Repeat(unit[1], size/len(unit[1]))
		start := time.Now()
		for _, read := range []func(tag, source string) *bilingual.Text{
			func(tag, source string) *bilingual.Text { return bilingual.Plain(tag, []byte(source)) },
			sections,
		} {
			x, y := read("en", a), read("fr", b)
			bilingual.Compare(x, y)
			bilingual.Untranslated(x, y)
		}
		if took := time.Since(start); took > limit {
			t.Errorf("%s take %v", name, took)
		}
	}
}
