package i18n

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/typography"
)

// alike are the words that English and French write alike. What a template
// shows in both languages is made of them, or was not translated.
var alike = strings.Fields(`api atom certification certifications contact description document documentation documents json octl omi opensearch
	page pages region sec terraform type types version versions url`)

func TestWordsAreTranslated(t *testing.T) {
	s := load(t, nil)
	en, fr := s.Get("en"), s.Get("fr")
	letters := regexp.MustCompile(`\pL+`)
	for key, word := range en.file.Words {
		english, french := texts(word), texts(fr.file.Words[key])
		for _, text := range french {
			for _, other := range english {
				if text != other {
					continue
				}
				for _, w := range letters.FindAllString(regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(text, ""), -1) {
					if !slices.Contains(alike, strings.ToLower(w)) {
						t.Errorf("%s is %q in both languages: translate %q, or add it to the words that are alike", key, text, w)
					}
				}
			}
		}
	}
}

func TestFrenchWordsHaveFrenchTypography(t *testing.T) {
	s := load(t, nil)
	for key, word := range s.Get("fr").file.Words {
		for _, text := range texts(word) {
			if fixes := typography.French([]byte(text)); len(fixes) > 0 {
				t.Errorf("%s: %q should be %q", key, text, typography.Mend([]byte(text), fixes))
			}
		}
	}
}
