package i18n

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"vitrine/internal/diag"
)

// maxFile is how many bytes of a file of words are read.
const maxFile = 1 << 20

// reader reads a file of words beside content/, and collects what is wrong with
// it, so that its author sees all of it.
type reader struct {
	path    string    // i18n/fr.yaml
	english *Language // built in: which words there are, and which placeholders they have
	forms   []string  // the plural forms of the file's language
	faults  []error
	own     map[string]string // words that English has not, and where they stand
}

func (r *reader) file(format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s: %s", r.path, fmt.Sprintf(format, args...)))
}

func (r *reader) at(n *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d:%d: %s", r.path, n.Line, n.Column, fmt.Sprintf(format, args...)))
}

// names returns the files of words in a folder, and what else is there as
// faults.
func names(from fs.FS) (found []string, faults []error) {
	entries, err := fs.ReadDir(from, ".")
	if err != nil {
		return nil, []error{errors.New("i18n: cannot be read")}
	}
	for _, e := range entries {
		name, r := e.Name(), reader{path: "i18n/" + e.Name()}
		info, err := e.Info()
		switch {
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), slices.Contains([]string{".go", ".md"}, path.Ext(name)):
			continue // for people and other programs
		case e.IsDir():
			r.file("is a folder, which is not looked into: put its files into i18n itself")
		case path.Ext(name) != ".yaml":
			r.file("is not used: words stand in files such as i18n/fr.yaml")
		case !e.Type().IsRegular():
			r.file("is a link or another thing that is no file; vitrine follows none: put the file itself here")
		case err == nil && info.Size() > maxFile:
			r.file("has %d kB, limit %d kB", info.Size()>>10, maxFile>>10)
		default:
			found = append(found, name)
		}
		faults = append(faults, r.faults...)
	}
	return found, faults
}

// check looks for what is wrong in a file of words.
func (r *reader) check(data []byte) {
	if !utf8.Valid(data) {
		r.file("is not UTF-8: save it with that encoding")
		return
	}
	var doc yaml.Node
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err == nil {
		err = loader.Load(&doc)
	}
	if e, ok := errors.AsType[*yaml.LoadError](err); ok && e.Mark.Line > 0 {
		r.at(&yaml.Node{Line: e.Mark.Line, Column: max(e.Mark.Column, 1)}, "this is not YAML: a quote, a bracket or a space is missing here or in the line before")
		return
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		r.file("is empty: delete it, or write words: and the words to replace")
		return
	}
	if err != nil {
		r.file("this is not YAML")
		return
	}
	for key, value := range r.mapping(doc.Content[0], "words:, and below it the words") {
		switch key.Value {
		case "name":
			r.text(value)
		case "currencies", "countries":
			for _, v := range r.mapping(value, "codes and what to write for them, such as FR: France") {
				r.text(v)
			}
		case "formats":
			r.formats(value)
		case "words":
			for k, v := range r.mapping(value, "words, such as nav.home: Home") {
				r.word(k, v)
			}
		default:
			r.at(key, "there is no key %s here%s (there are name, formats, currencies, countries and words)", diag.Quote(key.Value), mean(key.Value, []string{"name", "formats", "currencies", "countries", "words"}))
		}
	}
}

// mapping yields the keys and values of a mapping.
func (r *reader) mapping(n *yaml.Node, wanted string) func(yield func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			r.at(n, "expected here: %s", wanted)
			return
		}
		first := make(map[string]*yaml.Node)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if before := first[key.Value]; before != nil {
				r.at(key, "%s stands in line %d already: keep one of them", diag.Quote(key.Value), before.Line)
				continue
			}
			first[key.Value] = key
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

// text returns a value that must be a text.
func (r *reader) text(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && (n.Tag == "!!str" || n.Tag == "") {
		return n.Value
	}
	r.at(n, "a text is expected here: put it in double quotes")
	return ""
}

func (r *reader) formats(n *yaml.Node) {
	known := []string{"decimal", "group", "money", "date", "first_day", "months", "list"}
	for key, value := range r.mapping(n, "formats, such as decimal: \",\"") {
		switch {
		case key.Value == "months":
			if value.Kind != yaml.SequenceNode || len(value.Content) != 12 {
				r.at(value, "the names of the twelve months are expected here")
				continue
			}
			for _, month := range value.Content {
				r.text(month)
			}
		case !slices.Contains(known, key.Value):
			r.at(key, "there is no format %s%s (there are %s)", diag.Quote(key.Value), mean(key.Value, known), strings.Join(known, ", "))
		default:
			text := r.text(value)
			if allowed := map[string][]string{"money": {"amount", "currency"}, "date": {"day", "month", "year"}}[key.Value]; allowed != nil {
				r.placeholders(value, key.Value, text, allowed)
			}
		}
	}
}

// word looks at one word or its plural forms.
func (r *reader) word(key, value *yaml.Node) {
	standard, known := r.english.file.Words[key.Value]
	if !known {
		r.own[key.Value] = fmt.Sprintf("%s:%d:%d", r.path, key.Line, key.Column)
	}
	_, plural := standard.(map[string]any)
	allowed := placeholders(standard)
	if value.Kind != yaml.MappingNode {
		if plural {
			r.at(value, "the word %s has plural forms: write {one: …, other: …}", key.Value)
		} else if text := r.text(value); known {
			r.placeholders(value, key.Value, text, allowed)
		}
		return
	}
	if known && !plural {
		r.at(value, "the word %s has no plural forms: write one text", key.Value)
		return
	}
	have := make(map[string]bool)
	for form, v := range r.mapping(value, "plural forms") {
		have[form.Value] = true
		if !slices.Contains(pluralForms[:], form.Value) {
			r.at(form, "there is no plural form %s%s", diag.Quote(form.Value), mean(form.Value, pluralForms[:]))
		}
		if text := r.text(v); known {
			r.placeholders(v, key.Value, text, allowed)
		}
	}
	for _, form := range r.forms {
		if !have[form] {
			r.at(key, "the word %s lacks the plural form %s", key.Value, form)
		}
	}
}

// placeholders says which of a text's placeholders stand for nothing.
func (r *reader) placeholders(n *yaml.Node, key, text string, allowed []string) {
	for _, name := range placeholders(text) {
		if slices.Contains(allowed, name) {
			continue
		}
		may := "it has none"
		if len(allowed) > 0 {
			may = "it may have {" + strings.Join(allowed, "}, {") + "}"
		}
		r.at(n, "in %s, {%s} stands for nothing: %s", key, name, may)
	}
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// placeholders returns the names in braces of a word, those of all its plural
// forms together.
func placeholders(word any) (names []string) {
	switch w := word.(type) {
	case string:
		for _, m := range placeholder.FindAllStringSubmatch(w, -1) {
			names = append(names, m[1])
		}
	case map[string]any:
		for _, form := range w {
			names = append(names, placeholders(form)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// mean asks whether a name that stands for nothing is another one misspelt.
func mean(name string, known []string) string {
	if near := diag.Nearest(name, known); near != "" && near != name {
		return ": did you mean " + near + "?"
	}
	return ""
}
