package content

import "strings"

// Legend is what the schema says of a key, for forms that ask for its value.
type Legend struct {
	Title, About string
	Example      string // the first one; "" where it is more than a text
	Choices      []Choice
	Max          int    // characters of the text, or of each item; 0: no limit
	Items        [2]int // least and most items of a list; 0: no limit
	Needed       bool   // whoever has the key needs it to publish
}

// Choice is one of the words that a key may have, and what it means.
type Choice struct{ Value, About string }

// LegendOf describes a key of a kind of entry in a language of the program: "en"
// or "fr". The path leads down to it: versions, released. Of a key that is not
// there, it is the zero Legend.
func LegendOf(kind Kind, language string, path ...string) Legend {
	d := &Document{Kind: kind}
	fields := d.schema()
	var f *field
	for _, key := range path {
		if f = find(fields, key); f == nil {
			return Legend{}
		}
		fields = f.fields
	}
	words := wordsOf(append([]string{[...]string{PageEntry: "page", SellerEntry: "showcase", ProductEntry: "product"}[kind]}, path...))
	k := Legend{
		Title: words.Get("title").Get(language).text(), About: words.Get("about").Get(language).text(), Items: f.items, Max: f.max,
		Needed: f.need == toPublish && f.pricing == nil,
	}
	if len(f.fields) == 1 && f.fields[0].key == "" {
		k.Max = f.fields[0].max
	}
	for _, v := range f.values {
		k.Choices = append(k.Choices, Choice{v, words.Get("values").Get(v).Get(language).text()})
	}
	if e := items(words.Get("examples")); len(e) > 0 {
		for e[0].Kind == Sequence && len(e[0].Items) > 0 {
			e = e[0].Items
		}
		if e[0].Kind == Mapping {
			e = []*Value{e[0].Get(language)}
		}
		if e[0] != nil && e[0].Kind == Scalar {
			k.Example = strings.TrimSpace(e[0].Text)
		}
	}
	return k
}
