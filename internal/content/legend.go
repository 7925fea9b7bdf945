package content

import "strings"

// Legend is what the schema says of a key, for forms that ask for its value:
// Words without their sentences on limits and need, and these as figures.
type Legend struct {
	Title, About string
	Example      string // the first one; "" where it is more than a text
	Choices      []Word
	Max          int    // characters of the text, or of each item; 0: no limit
	Items        [2]int // least and most items of a list; 0: no limit
	Needed       bool   // whoever has the key needs it to publish
}

// LegendOf describes a key of a kind of entry in one of SchemaLanguages. The path
// leads down to it: versions, released. Of a key that is not there, it is the
// zero Legend.
func LegendOf(kind Kind, language string, path ...string) Legend {
	f := fieldAt(kind, path)
	if f == nil {
		return Legend{}
	}
	path = append([]string{kindNames[kind]}, path...)
	said := wordsOf(path)
	l := Legend{
		Title: said.Get("title").Get(language).text(), About: said.Get("about").Get(language).text(),
		Choices: f.words(language, path).Values, Items: f.items, Max: f.max, Needed: f.need == toPublish && f.pricing == nil,
	}
	if len(f.fields) == 1 && f.fields[0].key == "" {
		l.Max = f.fields[0].max
	}
	examples := items(said.Get("examples"))
	if len(examples) == 0 {
		return l
	}
	e := examples[0]
	for e.Kind == Sequence && len(e.Items) > 0 {
		e = e.Items[0]
	}
	if e.Kind == Mapping {
		e = e.Get(language)
	}
	if e != nil && e.Kind == Scalar {
		l.Example = strings.TrimSpace(e.Text)
	}
	return l
}
