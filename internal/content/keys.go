package content

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed keys.yaml
var keysFile []byte

// keyWords are the words of keys.yaml: a mapping from the end of a key's path
// to what is said of the key.
var keyWords = sync.OnceValue(func() *Value {
	v, found := parseYAML(&Source{Path: "keys.yaml", Data: keysFile}, 0, len(keysFile))
	if v == nil || len(found) > 0 {
		panic(fmt.Sprintf("keys.yaml: %v", found)) // it is built in, and tested
	}
	return v
})

// wordsOf finds what is said of a key: under its whole path, or else under the
// longest end of it.
func wordsOf(path []string) *Value {
	for i := range path {
		if v := keyWords().Get(strings.Join(path[i:], ".")); v != nil {
			return v
		}
	}
	return nil
}

// schemaLanguages are the languages in which keys can be described.
var schemaLanguages = []string{"en", "fr"}

// describe gives a schema its title, description and examples. The sentences
// say what the description does not.
func (g *schemaMaker) describe(s *jsonSchema, path []string, sentences func(language string) []string) {
	words := wordsOf(path)
	s.Titles, s.Descriptions = map[string]string{}, map[string]string{}
	for _, l := range schemaLanguages {
		s.Titles[l] = words.Get("title").Get(l).text()
		s.Descriptions[l] = strings.Join(append([]string{words.Get("about").Get(l).text()}, sentences(l)...), " ")
	}
	s.Title, s.Description = s.Titles[g.Language], s.Descriptions[g.Language]
	for _, e := range items(words.Get("examples")) {
		s.Examples = append(s.Examples, g.json(e))
	}
}

// facts are sentences made from what the tables know of a key.
func (f *field) facts(language string) []string {
	var out []string
	add := func(name string, args ...string) { out = append(out, phrase("phrase."+name, language, args...)) }
	or := phrase("phrase.or", language)
	if f.types != nil {
		add("types", "what", joined(f.types, or))
	}
	switch {
	case f.pricing != nil:
		add("priced", "what", joined(f.pricing, or))
	case f.need != optional:
		add([...]string{toPublish: "to_publish", always: "always", unpublished: "unpublished"}[f.need])
	}
	if f.quoted {
		add("quoted")
	}
	of := f
	if f.form == list {
		of = &f.fields[0]
		if least, most := f.items[0], f.items[1]; most > 0 {
			add("items", "least", strconv.Itoa(least), "most", strconv.Itoa(most))
		}
	}
	if of != f && of.key != "" {
		return out // the items have keys of their own
	}
	switch of.lang {
	case each:
		add("each")
	case onceOrEach:
		add("once_or_each")
	}
	if of.max > 0 {
		add("characters", "n", strconv.Itoa(of.max))
	}
	return out
}

func joined[T ~string](words []T, with string) string {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return strings.Join(all, with)
}

// say is what an editor says of a fault.
func (g *schemaMaker) say(fault string, args ...string) string {
	return phrase("fault."+fault, g.Language, args...)
}

// phrase is a sentence of keys.yaml with words put in for {name}.
func phrase(name, language string, args ...string) string {
	s := keyWords().Get(name).Get(language).text()
	for i := 0; i < len(args); i += 2 {
		s = strings.ReplaceAll(s, "{"+args[i]+"}", args[i+1])
	}
	return s
}

// json turns a value into what encoding/json prints of it, numbers as they are
// written. Of texts a language each, those of the catalog's languages stay.
func (g *schemaMaker) json(v *Value) any {
	switch {
	case v.Kind == Mapping:
		var out properties
		for i, k := range v.Keys {
			if !slices.Contains(schemaLanguages, k.Text) || slices.Contains(g.languages, k.Text) {
				out = append(out, property{k.Text, g.json(v.Items[i])})
			}
		}
		return out
	case v.Kind == Sequence:
		out := []any{}
		for _, i := range v.Items {
			out = append(out, g.json(i))
		}
		return out
	case v.Plain == "bool":
		return v.Text == "true"
	case v.Plain == "int", v.Plain == "float":
		return json.Number(v.Text)
	}
	return v.Text
}

// KeyTitle returns what people call the value at a path of a file of a kind, as
// Compare gives it; "" where the schema does not know it, or the language.
func KeyTitle(kind Kind, path []string, language string) string {
	at := []string{[...]string{CatalogFile: "catalog", PageEntry: "page", SellerEntry: "showcase", ProductEntry: "product"}[kind]}
	fields, name := schemas[kind], false
	for _, step := range path {
		if name { // of an item, not a key
			name = false
			continue
		}
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == step })
		if i < 0 {
			return ""
		}
		at = append(at, step)
		name = fields[i].form == list || fields[i].form == byRegion
		fields = fields[i].fields
	}
	return wordsOf(at).Get("title").Get(language).text()
}
