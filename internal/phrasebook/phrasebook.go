// Package phrasebook holds what the program says in other languages than
// English, a file for each part of the program. A phrase is found by the
// English one, which must be word for word that of the source: the tests say
// which ones are missing, have changed, or are said no more.
package phrasebook

import (
	"maps"

	"vitrine/internal/diag"
)

// Languages are the languages that findings are printed in.
var Languages = []string{"en", "fr"}

// In returns a language's phrases: nil for English, which needs none. It is
// false for a language that the program does not speak.
func In(language string) (book *diag.Book, ok bool) {
	switch language {
	case "en":
		return nil, true
	case "fr":
		return french, true
	}
	return nil, false
}

// frenchParts are the parts of the French phrases. No phrase is in two of them.
var frenchParts = []map[string]string{
	frenchProgram, frenchForm, frenchKeys, frenchFiles, frenchTexts, frenchProducts, frenchSettings, frenchChanges, frenchLanguages,
}

var french = &diag.Book{
	Phrases:  together(frenchParts),
	Singular: func(n int) bool { return n < 2 }, // 0 fichier, 1 fichier, 2 fichiers
}

func together(parts []map[string]string) map[string]string {
	all := make(map[string]string)
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}
