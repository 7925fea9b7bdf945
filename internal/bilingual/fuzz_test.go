package bilingual_test

import (
	"testing"
	"unicode/utf8"

	"vitrine/internal/bilingual"
	"vitrine/internal/markdown"
)

// FuzzCompare: whatever two texts say, every place lies in its text and between
// two characters, and a text does not differ from itself.
func FuzzCompare(f *testing.F) {
	for _, p := range plainPairs {
		f.Add(p.en, p.fr)
	}
	for _, p := range sectionPairs {
		f.Add(p.en, p.fr)
	}
	for _, p := range sectionAgreed {
		f.Add(p[0], p[1])
	}
	f.Add("0 000A", "|\n-|")
	f.Add("1h2 ½ 3\u202f000 €4k $1.2.3-rc 0x1F 12/13/2026 7:60 +1 ' l’ quatre-vingt-dix half an hour", "\xff5\xc2\xa0Go 24:00pm March 32, 99999999999999999999 a@b.c www. http://")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, text := range []string{a, b} {
			if _, over := markdown.Limits([]byte("# x\n\n" + text)); over {
				return
			}
		}
		for _, tags := range [][2]string{{"en", "fr"}, {"fr", "de"}} {
			check(t, bilingual.Plain(tags[0], []byte(a)), bilingual.Plain(tags[1], []byte(b)), a, b)
			check(t, sections(tags[0], a), sections(tags[1], b), a, b)
			for _, x := range []*bilingual.Text{bilingual.Plain(tags[0], []byte(a)), sections(tags[0], a)} {
				if got := bilingual.Compare(x, x); len(got) > 0 {
					t.Errorf("%q differs from itself: %q", a, says(got))
				}
			}
		}
	})
}

// sections reads all of a body as one text.
func sections(tag, source string) *bilingual.Text {
	d := markdown.Parse([]byte("# x\n\n" + source))
	return bilingual.Read(tag, []byte("# x\n\n"+source)[len("# x\n\n"):], func(yield func(bilingual.Piece) bool) {
		for i := range d.Sections {
			for p := range pieces(&d.Sections[i], len("# x\n\n")) {
				if !yield(p) {
					return
				}
			}
		}
	})
}

func check(t *testing.T, x, y *bilingual.Text, a, b string) {
	t.Helper()
	inside := func(text string, from, to int) {
		t.Helper()
		if from < 0 || to < from || to > len(text) {
			t.Fatalf("the place %d:%d is outside of %q", from, to, text)
		}
		for _, at := range []int{from, to} {
			if utf8.ValidString(text) && at < len(text) && !utf8.RuneStart(text[at]) {
				t.Errorf("the place %d is inside a character of %q", at, text)
			}
		}
	}
	for _, d := range bilingual.Compare(x, y) {
		inside(a, d.A.From, d.A.To)
		inside(b, d.B.From, d.B.To)
		if d.A.Missing && d.B.Missing || d.A.Missing && d.A.From != d.A.To || d.B.Missing && d.B.From != d.B.To {
			t.Errorf("%q and %q differ by %q", a, b, says([]bilingual.Difference{d}))
		}
	}
	inA, inB := bilingual.Untranslated(x, y)
	for _, s := range inA {
		inside(a, s.From, s.To)
	}
	for _, s := range inB {
		inside(b, s.From, s.To)
	}
}
