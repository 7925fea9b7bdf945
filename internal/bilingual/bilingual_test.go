package bilingual_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/bilingual"
	"vitrine/internal/markdown"
)

// mark takes the marks off a text and returns what is between them.
func mark(t testing.TB, text string) (string, [2]int) {
	t.Helper()
	before, rest, ok := strings.Cut(text, "⟦")
	inner, after, closed := strings.Cut(rest, "⟧")
	if !ok || !closed || strings.ContainsAny(after, "⟦⟧") {
		t.Fatalf("the marks in %q", text)
	}
	return before + inner + after, [2]int{len(before), len(before) + len(inner)}
}

// section reads a Markdown text as package check does.
func section(t testing.TB, tag, source string) *bilingual.Text {
	t.Helper()
	const heading = "# x\n\n"
	d := markdown.Parse([]byte(heading + source))
	if len(d.Sections) != 1 {
		t.Fatalf("%d sections in %q", len(d.Sections), source)
	}
	return bilingual.Read(tag, []byte(source), pieces(&d.Sections[0], len(heading)))
}

// pieces returns the pieces of a section of which the source begins at an
// offset.
func pieces(s *markdown.Section, offset int) iter.Seq[bilingual.Piece] {
	return func(yield func(bilingual.Piece) bool) {
		for _, p := range s.Pieces {
			if !yield(bilingual.Piece{
				Kind: bilingual.PieceKind(p.Kind), From: p.From - offset, To: p.To - offset,
				Text: p.Text, Count: p.Count, Columns: p.Columns, Ordered: p.Ordered,
			}) {
				return
			}
		}
	}
}

func plain(_ testing.TB, tag, source string) *bilingual.Text {
	return bilingual.Plain(tag, []byte(source))
}

type reader func(t testing.TB, tag, source string) *bilingual.Text

// says writes differences with their exact places.
func says(found []bilingual.Difference) []string {
	var out []string
	side := func(s bilingual.Side) string {
		if s.Missing {
			return fmt.Sprintf("[%d:%d] missing", s.From, s.To)
		}
		return fmt.Sprintf("[%d:%d] %q", s.From, s.To, s.Text)
	}
	for _, d := range found {
		out = append(out, fmt.Sprintf("%s: %s / %s", d.Kind, side(d.A), side(d.B)))
	}
	return out
}

func TestDifferencesAreFound(t *testing.T) {
	for name, set := range map[string]struct {
		read  reader
		pairs []pair
	}{"plain": {plain, plainPairs}, "section": {section, sectionPairs}} {
		for i, p := range set.pairs {
			t.Run(fmt.Sprintf("%s/%02d %s", name, i, p.kind), func(t *testing.T) {
				en, a := mark(t, p.en)
				fr, b := mark(t, p.fr)
				got := bilingual.Compare(set.read(t, "en", en), set.read(t, "fr", fr))
				side := func(source string, at [2]int) string {
					if at[0] == at[1] {
						return fmt.Sprintf("[%d:%d] missing", at[0], at[1])
					}
					return fmt.Sprintf("[%d:%d] %q", at[0], at[1], source[at[0]:at[1]])
				}
				want := []string{fmt.Sprintf("%s: %s / %s", p.kind, side(en, a), side(fr, b))}
				if diff := cmp.Diff(want, says(got)); diff != "" {
					t.Errorf("%s\n%s\n(-want +got):\n%s", en, fr, diff)
				}
			})
		}
	}
}

func TestTextsThatSayTheSameAgree(t *testing.T) {
	for _, set := range []struct {
		read  reader
		pairs [][2]string
	}{{plain, plainAgreed}, {section, sectionAgreed}} {
		for _, p := range set.pairs {
			for _, ends := range []string{"", "."} {
				if got := bilingual.Compare(set.read(t, "en", p[0]+ends), set.read(t, "fr", p[1]+ends)); len(got) > 0 {
					t.Errorf("%q and %q: %q", p[0]+ends, p[1]+ends, says(got))
				}
				if got := bilingual.Compare(set.read(t, "fr", p[1]+ends), set.read(t, "en", p[0]+ends)); len(got) > 0 {
					t.Errorf("%q and %q: %q", p[1]+ends, p[0]+ends, says(got))
				}
			}
		}
	}
}
