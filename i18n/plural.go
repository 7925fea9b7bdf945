package i18n

import (
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// pluralForms are the names of the plural forms of all languages, those of
// Unicode's CLDR, by the library's numbers.
var pluralForms = [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// formOf returns the plural form that a number asks for in a language.
func formOf(tag language.Tag, n int) string {
	return pluralForms[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
}

// formsOf returns the plural forms that a language has for the numbers that
// things are counted with: one and other in English, other alone in Japanese.
func formsOf(tag language.Tag) []string {
	forms := []string{"other"}
	for n := range 201 {
		if f := formOf(tag, n); !slices.Contains(forms, f) {
			forms = append(forms, f)
		}
	}
	slices.Sort(forms)
	return forms
}
