package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/internal/catalog"
)

// Skeleton is a new entry whose file explains itself: comments say what each key
// is, keys that are needed to publish wait for their values, and others are
// there as comments. Nothing in it could be published by mistake: what is not
// known is left empty.
type Skeleton struct {
	Kind     Kind
	Language string            // of the comments: one of those that keys are described in
	Settings *catalog.Settings // the catalog's
	Sections []string          // the names of its languages, in their order
	Type     catalog.ProductType
	Pricing  catalog.Pricing
	Values   map[string]any // what is known, given as to Set
}

// File returns the skeleton's bytes.
func (s *Skeleton) File() []byte {
	m := &skeletonMaker{Skeleton: s, writer: writer{languages: s.Settings.Languages, deeper: [2]int{2, 2}, open: true}}
	m.lines = append(m.lines, fence)
	m.add("skeleton")
	m.lines = append(m.lines, "")
	name := kindNames[s.Kind]
	m.keys((&Document{Kind: s.Kind}).schema(), []string{name}, s.Values, "")
	m.lines = append(m.lines, fence)
	for _, section := range s.Sections {
		// A link's definition that nothing refers to: pages do not show it, nor does GitHub.
		m.lines = append(m.lines, "", "# "+section, "", "[//]: # ("+phrase("phrase.write_"+name, s.Language)+")")
	}
	return []byte(strings.Join(m.lines, "\n") + "\n")
}

type skeletonMaker struct {
	*Skeleton
	writer
	lines []string
}

// later are keys that a new entry does not have yet.
var later = []string{"aliases", "unpublish_on", "unpublished", "drift"}

// keys writes the keys of a mapping.
func (m *skeletonMaker) keys(fields []field, path []string, given map[string]any, indent string) {
	for i := range fields {
		f := &fields[i]
		path := append(slices.Clone(path), f.key)
		switch {
		case slices.Contains(later, f.key),
			f.types != nil && !slices.Contains(f.types, m.Type),
			f.pricing != nil && !slices.Contains(f.pricing, m.Pricing):
			continue
		}
		if indent == "" && i > 0 {
			m.lines = append(m.lines, "")
		}
		value, known := given[f.key]
		m.describe(f, path, indent)
		if !known {
			known, value = f.need == toPublish || f.need == always, m.empty(f)
		}
		if !known {
			m.example(path, indent, f.key)
			continue
		}
		if items, ok := value.([]any); ok && len(f.fields) > 0 && f.fields[0].key != "" && f.fields[0].lang == once {
			m.items(f, path, items, indent)
			continue
		}
		m.lines = append(m.lines, m.part(scopeOf(f), indent+f.key+":", len(indent), value, nil)...)
	}
}

// items writes a list of mappings, each key of which is explained.
func (m *skeletonMaker) items(f *field, path []string, items []any, indent string) {
	m.lines = append(m.lines, indent+f.key+":")
	for _, item := range items {
		from := len(m.lines)
		given, _ := item.(map[string]any)
		m.keys(f.fields, path, given, indent+"    ")
		for i, line := range m.lines[from:] { // the first key stands behind the hyphen
			text := strings.TrimLeft(line, " ")
			if text[0] != '#' {
				m.lines[from+i] = indent + "  - " + text
				break
			}
			m.lines[from+i] = indent + "  " + text
		}
	}
}

// empty is what stands where a value is to be written.
func (m *skeletonMaker) empty(f *field) any {
	switch {
	case f.form == list && f.fields[0].key != "" && f.fields[0].lang == once:
		return []any{map[string]any{}}
	case f.form == list:
		items := []any{}
		if f.fields[0].lang == each {
			for range f.items[0] {
				items = append(items, m.empty(&f.fields[0]))
			}
		}
		return items
	case f.form == byRegion:
		regions := make(map[string]any)
		for _, r := range m.Settings.Regions {
			if r.Default || len(m.Settings.Regions) == 1 {
				regions[r.ID] = nil
			}
		}
		return regions
	case f.lang == each:
		texts := make(map[string]any)
		for _, l := range m.languages {
			texts[l] = nil
		}
		return texts
	case f.form == literal && (f.quoted || f.example != "" && f.example[0] == '"'):
		return "" // the quotes are there already
	}
	return nil
}

// describe explains a key.
func (m *skeletonMaker) describe(f *field, path []string, indent string) {
	own := *f
	own.types, own.pricing = nil, nil // whoever reads it has chosen them
	w := own.words(m.Language, path)
	colon := ": "
	if French(m.Language) {
		colon = "\u00a0: "
	}
	m.comment(indent, "", w.Title+colon+w.About)
	values := w.Values
	switch strings.Join(path[1:], ".") {
	case "categories":
		values = m.categories()
	case "regions":
		for _, r := range m.Settings.Regions {
			values = append(values, Word{r.ID, ""})
		}
	}
	for _, v := range values {
		if v.Value == string(catalog.Unpublished) {
			continue
		}
		text := v.Value
		if v.About != "" {
			text += colon + v.About
		}
		m.comment(indent, "  ", text)
	}
}

func (m *skeletonMaker) categories() (values []Word) {
	language := max(0, m.Settings.Language(m.Language))
	for _, c := range m.Settings.CategoriesOf(m.Type) {
		values = append(values, Word{c.ID, c.Name.In(language)})
	}
	return values
}

// example writes a key that may be left out, as a comment.
func (m *skeletonMaker) example(path []string, indent, key string) {
	examples := items(wordsOf(path).Get("examples"))
	if len(examples) == 0 {
		return
	}
	f := scopeOf(fieldAt(m.Kind, path[1:]))
	for _, line := range m.part(f, key+":", 0, m.given(examples[0]), nil) {
		m.lines = append(m.lines, indent+"# "+line)
	}
}

// given is an example as it is given to an edit, in the catalog's languages.
func (m *skeletonMaker) given(v *Value) any {
	switch v.Kind {
	case Mapping:
		out := make(map[string]any)
		for i, k := range v.Keys {
			if !slices.Contains(schemaLanguages, k.Text) || slices.Contains(m.languages, k.Text) {
				out[k.Text] = m.given(v.Items[i])
			}
		}
		return out
	case Sequence:
		out := []any{}
		for _, item := range v.Items {
			out = append(out, m.given(item))
		}
		return out
	}
	return v.Text
}

// add writes a sentence of keys.yaml as a comment.
func (m *skeletonMaker) add(name string) { m.comment("", "", phrase("phrase."+name, m.Language)) }

// commentWidth is how long the lines of comments get.
const commentWidth = 96

// comment writes a text as comments, in lines that are not too long.
func (m *skeletonMaker) comment(indent, hang, text string) {
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		if line != "" && utf8.RuneCountInString(indent+hang+line+" "+word) > commentWidth {
			m.lines = append(m.lines, indent+"# "+hang+line)
			if line = word; hang != "" {
				line = "  " + word
			}
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	m.lines = append(m.lines, indent+"# "+hang+line)
}
