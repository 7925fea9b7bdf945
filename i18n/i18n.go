// Package i18n holds every word of the interface and how each language writes
// numbers, amounts and dates: one file a language, <tag>.yaml, built into the
// program. A file of the same name in the folder i18n/ beside content/ replaces
// single words, or adds a language.
package i18n

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/language"

	"vitrine/internal/diag"
)

//go:embed *.yaml
var builtIn embed.FS

// Set is the languages that are known.
type Set struct {
	languages map[string]*Language
	digest    [sha256.Size]byte
}

// Language is one language's words and formats.
type Language struct {
	Tag    string // BCP 47
	Name   string // in the language itself: it heads the sections of texts
	tag    language.Tag
	file   file
	own    map[string]string // words that no built-in file has, and where they stand: i18n/fr.yaml:3:5
	sorter *sorter
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
// may be nil. What is wrong with the overlay's files are the errors joined.
func Load(overlay fs.FS) (*Set, error) {
	s := &Set{languages: make(map[string]*Language)}
	standard, err := fs.Glob(builtIn, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range standard {
		data, err := builtIn.ReadFile(name)
		if err == nil {
			err = s.add(name, data)
		}
		if err != nil {
			return nil, err
		}
	}
	if overlay == nil {
		return s, nil
	}
	files, faults := names(overlay)
	english := *s.languages["en"] // before it is replaced
	for _, name := range files {
		faults = append(faults, s.read(overlay, name, &english)...)
	}
	return s, errors.Join(faults...)
}

// read reads a file of the overlay.
func (s *Set) read(from fs.FS, name string, english *Language) []error {
	r := &reader{path: "i18n/" + name, english: english, own: make(map[string]string)}
	data, err := fs.ReadFile(from, name)
	if err != nil {
		r.file("cannot be read")
		return r.faults
	}
	tag := strings.TrimSuffix(name, ".yaml")
	parsed, err := language.Parse(tag)
	switch {
	case err != nil:
		r.file("%s is not a language tag such as de or pt-BR", diag.Quote(tag))
	case parsed.String() != tag:
		r.file("the language is written %s: rename the file to %s.yaml", parsed, parsed)
	default:
		r.forms = formsOf(parsed)
		r.check(data)
	}
	if len(r.faults) > 0 {
		return r.faults
	}
	if err := s.add(name, data); err != nil {
		return []error{err}
	}
	s.languages[tag].own = r.own
	return nil
}

// add adds a language, or replaces what a file has of one that is there.
func (s *Set) add(name string, data []byte) error {
	tag := strings.TrimSuffix(name, ".yaml")
	parsed, err := language.Parse(tag)
	if err != nil {
		return err
	}
	l := &Language{Tag: tag, tag: parsed, sorter: newSorter(parsed)}
	if before := s.languages[tag]; before != nil {
		l.file = before.file
		l.file.Words = maps.Clone(before.file.Words)
		l.file.Countries, l.file.Currencies = maps.Clone(before.file.Countries), maps.Clone(before.file.Currencies)
	}
	words := l.file.Words
	l.file.Words = nil
	if err := yaml.Load(data, &l.file, yaml.WithKnownFields()); err != nil {
		return fmt.Errorf("i18n/%s: a key that is not known, or a value of another kind: compare it with i18n/en.yaml", name)
	}
	if words != nil {
		maps.Copy(words, l.file.Words)
		l.file.Words = words
	}
	l.Name = l.file.Name
	if l.Name == "" || len(l.file.Formats.Months) != 12 {
		return fmt.Errorf("i18n/%s: a new language needs name: and twelve formats.months, as in i18n/en.yaml", name)
	}
	s.languages[tag] = l
	s.digest = sha256.Sum256(slices.Concat(s.digest[:], []byte(name), []byte{0}, data))
	return nil
}

// Digest returns a digest of all files that the languages were read from.
func (s *Set) Digest() [sha256.Size]byte { return s.digest }

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
		var formless, missing []string
		for _, w := range slices.Sorted(maps.Keys(all)) {
			_, word := l.file.Words[w].(string)
			if lacks := l.lacks(w); all[w] && lacks != "" {
				formless = append(formless, w+" (with the forms "+strings.Join(formsOf(l.tag), ", ")+")")
			} else if !all[w] && !word {
				missing = append(missing, w)
			}
		}
		if missing = append(formless, missing...); len(missing) > 0 {
			const most = 20
			more := ""
			if len(missing) > most {
				more = fmt.Sprintf(" and %d more: i18n/en.yaml has all", len(missing)-most)
			}
			return fmt.Errorf("i18n/%s.yaml lacks the words %s%s", tag, strings.Join(missing[:min(most, len(missing))], ", "), more)
		}
	}
	return nil
}

// lacks returns a plural form that a word has not, or "".
func (l *Language) lacks(key string) string {
	forms, _ := l.file.Words[key].(map[string]any)
	for _, f := range formsOf(l.tag) {
		if _, ok := forms[f].(string); !ok {
			return f
		}
	}
	return ""
}

// Ask says what is wrong with asking for a word: for a phrase with a number in
// it, and with values for these placeholders.
func (l *Language) Ask(key string, number bool, given []string) error {
	word := l.file.Words[key]
	_, text := word.(string)
	switch {
	case word == nil:
		return fmt.Errorf("i18n/%s.yaml has no word %s%s", l.Tag, diag.Quote(key), mean(key, slices.Sorted(maps.Keys(l.file.Words))))
	case text && number:
		return fmt.Errorf("the word %q has no plural forms: ask for it with {{$.T %q}}", key, key)
	case !text && !number:
		return fmt.Errorf("the word %q has plural forms: ask for it with {{$.N %q .Number}}", key, key)
	}
	for _, name := range placeholders(word) {
		if !slices.Contains(given, name) && !(number && name == "n") {
			return fmt.Errorf("the word %q needs a value for {%s}: {{$.T %q %q .Value}}", key, name, key, name)
		}
	}
	return nil
}

// Unused says which words of the overlay no page asks for; asked are those of
// the templates.
func (s *Set) Unused(asked map[string]bool) error {
	var faults []error
	for _, tag := range s.Tags() {
		l := s.languages[tag]
		for _, key := range slices.Sorted(maps.Keys(l.own)) {
			if !asked[key] {
				known := slices.DeleteFunc(slices.Sorted(maps.Keys(l.file.Words)), func(k string) bool { return l.own[k] != "" })
				faults = append(faults, fmt.Errorf("%s: nothing uses the word %s%s", l.own[key], diag.Quote(key), mean(key, known)))
			}
		}
	}
	return errors.Join(faults...)
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
	s, ok := forms[formOf(l.tag, n)].(string)
	if !ok {
		s, ok = forms["other"].(string)
	}
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

// Phrases returns every word and every plural form, with its placeholders.
func (l *Language) Phrases() []string {
	var out []string
	for _, word := range l.file.Words {
		switch word := word.(type) {
		case string:
			out = append(out, word)
		case map[string]any:
			for _, form := range word {
				if s, ok := form.(string); ok {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

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

// Locale returns the language with the country that it is spoken in, as the Open
// Graph protocol writes it: en_US, fr_FR.
func (l *Language) Locale() string {
	base, _ := l.tag.Base()
	region, _ := l.tag.Region()
	return base.String() + "_" + region.String()
}
