// Package i18n holds every word of the interface and how each language writes
// numbers, amounts and dates: one file a language, <tag>.yaml, built into the
// program. A file of the same name in the folder i18n/ beside content/ replaces
// single words, or adds a language.
package i18n

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/collate"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed *.yaml
var builtIn embed.FS

// Set is the languages that are known.
type Set struct{ languages map[string]*Language }

// Language is one language's words and formats.
type Language struct {
	Tag  string // BCP 47
	Name string // in the language itself: it heads the sections of texts
	tag  language.Tag
	file file
}

// file is the form of <tag>.yaml.
type file struct {
	Name    string `yaml:"name"`
	Formats struct {
		Decimal  string   `yaml:"decimal"`   // between units and tenths
		Group    string   `yaml:"group"`     // between thousands
		Money    string   `yaml:"money"`     // with {amount} and {currency}
		Date     string   `yaml:"date"`      // with {day}, {month} and {year}
		FirstDay string   `yaml:"first_day"` // how the first of a month is written
		Months   []string `yaml:"months"`
		List     string   `yaml:"list"` // between the items of a list in a sentence
	} `yaml:"formats"`
	Currencies map[string]string `yaml:"currencies"` // code to symbol
	Countries  map[string]string `yaml:"countries"`  // code to name
	Words      map[string]any    `yaml:"words"`      // a text, or a text a plural form
}

// Load reads the languages that are built in and those of the overlay, which
// may be nil.
func Load(overlay fs.FS) (*Set, error) {
	s := &Set{languages: make(map[string]*Language)}
	if err := s.add(builtIn, "the program"); err != nil {
		return nil, err
	}
	if overlay != nil {
		if err := s.add(overlay, "i18n/"); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Set) add(from fs.FS, where string) error {
	names, err := fs.Glob(from, "*.yaml")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("i18n/%s cannot be read", name)
		}
		tag := strings.TrimSuffix(name, ".yaml")
		parsed, err := language.Parse(tag)
		if err != nil {
			return fmt.Errorf("i18n/%s: %q is not a language tag such as de or pt-BR", name, tag)
		}
		l := &Language{Tag: tag, tag: parsed}
		if before := s.languages[tag]; before != nil {
			l.file = before.file
			l.file.Words = maps.Clone(before.file.Words)
		}
		words := l.file.Words
		l.file.Words = nil
		if len(bytes.TrimSpace(data)) == 0 {
			return fmt.Errorf("i18n/%s is empty: delete it, or write words: and the words to replace", name)
		}
		if err := yaml.Load(data, &l.file, yaml.WithKnownFields()); err != nil {
			return fmt.Errorf("i18n/%s is not as it must be (in %s): %s", name, where, explain(err))
		}
		if words != nil {
			maps.Copy(words, l.file.Words)
			l.file.Words = words
		}
		l.Name = l.file.Name
		if l.Name == "" || len(l.file.Formats.Months) != 12 {
			return fmt.Errorf("i18n/%s needs name: and twelve formats.months", name)
		}
		s.languages[tag] = l
	}
	return nil
}

// explain says where a file stops being readable, without the library's words.
func explain(err error) string {
	if e, ok := errors.AsType[*yaml.LoadError](err); ok && e.Mark.Line > 0 {
		return fmt.Sprintf("line %d, column %d: not YAML, or a key that is not known", e.Mark.Line, e.Mark.Column)
	}
	return "a key that is not known, or a value of another kind: compare it with i18n/en.yaml"
}

// Get returns a language, or nil.
func (s *Set) Get(tag string) *Language { return s.languages[tag] }

// NameOf returns a language's own name, or its tag where it is not known.
func (s *Set) NameOf(tag string) string {
	if l := s.languages[tag]; l != nil {
		return l.Name
	}
	return tag
}

// Tags returns the languages that are known, in order.
func (s *Set) Tags() []string { return slices.Sorted(maps.Keys(s.languages)) }

// Complete reports the words that some language has and one of these lacks, or
// has in another form: none may be left out of a page.
func (s *Set) Complete(tags []string) error {
	all := make(map[string]bool) // key to whether it has plural forms
	for _, tag := range s.Tags() {
		for w, v := range s.languages[tag].file.Words {
			_, forms := v.(map[string]any)
			all[w] = all[w] || forms
		}
	}
	for _, tag := range tags {
		l := s.languages[tag]
		if l == nil {
			return fmt.Errorf("there is no i18n/%s.yaml for the language %q", tag, tag)
		}
		var missing []string
		for _, w := range slices.Sorted(maps.Keys(all)) {
			_, word := l.file.Words[w].(string)
			forms, _ := l.file.Words[w].(map[string]any)
			_, one := forms["one"].(string)
			_, other := forms["other"].(string)
			if all[w] && !(one && other) {
				missing = append(missing, w+" (with the forms one and other)")
			} else if !all[w] && !word {
				missing = append(missing, w)
			}
		}
		if len(missing) > 0 {
			return fmt.Errorf("i18n/%s.yaml lacks the words %s", tag, strings.Join(missing, ", "))
		}
	}
	return nil
}

// Word returns a word or phrase of the interface. Arguments are pairs of a
// placeholder's name and its value. Complete has made sure that the words are
// there; one that is not is shown by its key.
func (l *Language) Word(key string, args ...string) string {
	s, ok := l.file.Words[key].(string)
	if !ok {
		return "⟨" + key + "⟩"
	}
	return fill(s, args)
}

// Count returns a phrase in the plural form that n asks for, with {n} filled.
func (l *Language) Count(key string, n int, args ...string) string {
	forms, _ := l.file.Words[key].(map[string]any)
	form := "other"
	if plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0) == plural.One {
		form = "one"
	}
	s, ok := forms[form].(string)
	if !ok {
		return "⟨" + key + "⟩"
	}
	return fill(s, append(args, "n", l.Number(strconv.Itoa(n))))
}

// Forms returns a phrase's plural forms with {n} to be filled: "one", "other".
func (l *Language) Forms(key string) map[string]string {
	out := make(map[string]string)
	forms, _ := l.file.Words[key].(map[string]any)
	for form, phrase := range forms {
		if s, ok := phrase.(string); ok {
			out[form] = s
		}
	}
	return out
}

// Has reports whether there is a word with this key.
func (l *Language) Has(key string) bool { return l.file.Words[key] != nil }

// Plain returns a word that has no placeholders and no plural forms.
func (l *Language) Plain(key string) (string, bool) {
	s, ok := l.file.Words[key].(string)
	return s, ok && !strings.Contains(s, "{")
}

func fill(s string, args []string) string {
	for i := 0; i+1 < len(args); i += 2 {
		s = strings.ReplaceAll(s, "{"+args[i]+"}", args[i+1])
	}
	return s
}

// Sorter returns a function that compares texts as the language sorts them: é
// beside e, case last, numbers by their value. It must not be shared between
// goroutines.
func (l *Language) Sorter() func(a, b string) int {
	return collate.New(l.tag, collate.Numeric).CompareString
}
