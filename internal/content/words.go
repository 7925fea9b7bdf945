package content

import (
	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// Words are what people are told of a key, in one of the languages that keys are
// described in: English and French.
type Words struct {
	Title  string
	About  string // sentences: what it is, when it is needed, its limits
	Values []Word // of a key that allows certain words
}

// Word is a word that a key allows, and what it means.
type Word struct{ Value, About string }

// fieldAt returns the field that keys lead to: {"versions", "images"}. It is nil
// where there is none.
func fieldAt(kind Kind, path []string) *field {
	fields := (&Document{Kind: kind}).scope().fields
	var f *field
	for _, key := range path {
		if f = find(fields, key); f == nil {
			return nil
		}
		fields = f.fields
	}
	return f
}

var kindNames = map[Kind]string{CatalogFile: "catalog", PageEntry: "page", SellerEntry: "showcase", ProductEntry: "product"}

// Describe tells what a key is. The path has no items' numbers in it.
func Describe(kind Kind, language string, path ...string) Words {
	f := fieldAt(kind, path)
	if f == nil {
		return Words{}
	}
	return f.words(language, append([]string{kindNames[kind]}, path...))
}

func (f *field) words(language string, path []string) Words {
	said := wordsOf(path)
	w := Words{Title: said.Get("title").Get(language).text(), About: said.Get("about").Get(language).text()}
	for _, s := range f.facts(language) {
		w.About += " " + s
	}
	for _, v := range f.values {
		w.Values = append(w.Values, Word{v, said.Get("values").Get(v).Get(language).text()})
	}
	return w
}

// Judge checks one value of a key by its form alone, as an entry's validation
// does: its findings have no place. The value of a key that has one a language,
// a Region or an item is one of those.
func Judge(kind Kind, settings *catalog.Settings, value string, path ...string) []diag.Finding {
	f := fieldAt(kind, path)
	if f == nil {
		return nil
	}
	one := *f
	if f.form == byRegion || f.form == list && len(f.fields) == 1 && f.fields[0].key == "" {
		one = f.fields[0]
		one.key, one.need = f.key, f.need
	}
	d := &Document{Kind: kind, Source: &Source{Data: []byte(double(value))}}
	c := &validator{doc: d, languages: settings.Languages}
	v := &Value{Kind: Scalar, Text: value, quoted: '"'}
	if one.form == boolean && (value == "true" || value == "false") {
		v.Plain = "bool"
	}
	c.scalar(&one, v)
	if len(d.Findings) == 0 && one.pattern != nil && !one.pattern.MatchString(value) {
		c.report(ruleValueForm, v, diag.Say(patternHelp[f.key]), "%s has not the form that this key asks for", diag.Quote(value))
	}
	return d.Findings
}

// patternHelp says how the cloud's names are written, by the key that holds them.
var patternHelp = map[string]string{
	"images":   "write ami- and eight characters of 0–9 and a–f",
	"accounts": "write the account's twelve digits",
	"vm_types": "write it as in tinav6.c4r8p2",
}
