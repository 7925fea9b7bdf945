package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

// langFlag defines the flag --lang.
func langFlag(f *pflag.FlagSet, lang *string) {
	f.StringVar(lang, "lang", "en", "the language of what is said: "+strings.Join(phrasebook.Languages, " or "))
}

// bookOf returns the phrases of the language that --lang names.
func bookOf(lang, command string) (*diag.Book, error) {
	book, ok := phrasebook.In(lang)
	if !ok {
		return nil, &usageError{fmt.Sprintf("there is no language %s: write %s", diag.Quote(lang), strings.Join(phrasebook.Languages, " or ")), command}
	}
	return book, nil
}

// open opens the catalog, for a command that speaks the language that --lang
// names.
func (env *environment) open(lang, command string) (*content.Root, *diag.Book, error) {
	book, err := bookOf(lang, command)
	if err != nil {
		return nil, nil, err
	}
	root, err := content.OpenRoot(env.root)
	return root, book, err
}
