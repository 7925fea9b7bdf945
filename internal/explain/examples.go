// Package explain writes what there is to know about a rule, for a terminal
// and as Markdown: why it exists, what to do, and a wrong and a right example.
// The examples are excerpts of the rules' fixtures (internal/check/testdata/rules),
// so what they show is tested.
package explain

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"
)

// Example is a rule broken and kept, in one language.
type Example struct {
	Wrong, Right string // the changed lines of a file, or sentences where a file is no text
	Path         string // the file; "" where Wrong and Right are sentences
	Found        string // the finding, as check prints it
}

// Examples are the examples of all rules: by language, then by rule id.
type Examples map[string]map[string]Example

//go:embed examples.txtar
var examples []byte

// BuiltIn returns the program's own examples.
var BuiltIn = sync.OnceValue(func() Examples { return Parse(examples) })

// Parse reads a file of examples. Its parts are named
//
//	RULE/found.LANGUAGE                           the finding
//	RULE/wrong/PATH, RULE/right/PATH              lines of a file, or
//	RULE/wrong.LANGUAGE, RULE/right.LANGUAGE      sentences
func Parse(data []byte) Examples {
	all := make(Examples)
	archive := txtar.Parse(data)
	for _, f := range archive.Files { // each rule and language has a finding
		if rule, lang, ok := strings.Cut(f.Name, "/found."); ok {
			if all[lang] == nil {
				all[lang] = make(map[string]Example)
			}
			all[lang][rule] = Example{Found: string(f.Data)}
		}
	}
	for _, f := range archive.Files {
		rule, part, _ := strings.Cut(f.Name, "/")
		for lang, of := range all {
			e := of[rule]
			switch what, path, _ := strings.Cut(part, "/"); what {
			case "wrong":
				e.Wrong, e.Path = string(f.Data), path
			case "right":
				e.Right = string(f.Data)
			case "wrong." + lang:
				e.Wrong = string(f.Data)
			case "right." + lang:
				e.Right = string(f.Data)
			}
			of[rule] = e
		}
	}
	return all
}
