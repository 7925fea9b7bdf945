// Package phrasebook holds what the program says in other languages than
// English. A phrase is found by the English one, which must be word for word
// that of the source: the tests say which ones are missing, have changed, or
// are said no more.
//
// French is in french/*.txt, a file for each part of the program. A phrase is
// two lines, English and French, after an empty one; a line that begins with //
// names the source file of the phrases below it.
package phrasebook

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

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
		return french(), true
	}
	return nil, false
}

//go:embed french/*.txt
var frenchFiles embed.FS

var french = sync.OnceValue(func() *diag.Book {
	phrases, err := read(frenchFiles)
	if err != nil {
		panic(err) // the tests read these files
	}
	return &diag.Book{Phrases: phrases, Singular: func(n int) bool { return n < 2 }} // 0 fichier, 1 fichier, 2 fichiers
})

// read reads every file of phrases below a folder.
func read(files fs.FS) (map[string]string, error) {
	phrases := make(map[string]string)
	names, err := fs.Glob(files, "*/*.txt")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		english := "" // waits for its other language
		for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
			_, twice := phrases[line]
			switch {
			case strings.HasPrefix(line, "//"), line == "" && english == "":
			case line == "", strings.TrimSpace(line) != line:
				return nil, fmt.Errorf("%s:%d: a phrase is two lines without spaces around them, after an empty one", name, i+1)
			case english != "":
				phrases[english], english = line, ""
			case twice:
				return nil, fmt.Errorf("%s:%d: the French for %q is there twice", name, i+1, line)
			default:
				english = line
			}
		}
		if english != "" {
			return nil, fmt.Errorf("%s: the last phrase has one line", name)
		}
	}
	return phrases, nil
}
