package content

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxFlow is how long a line may get by putting values in brackets, which were
// written over several lines, into one.
const maxFlow = 100

// formatter writes the parts of a file in canonical form: keys in the order of
// the schema, two spaces for each level. Whether short values stand in brackets
// or in lines of their own is the author's choice.
type formatter struct {
	*layout
	languages []string
}

// scope is what the schema says of a value.
type scope struct {
	fields    []field // the keys of a mapping
	field     *field  // a value's own form; nil where it is not known
	languages bool    // the keys of a mapping are languages
	french    bool    // a text is French
}

// of returns the scope of the value of a mapping's key, or, without a key, of
// a list's item.
func (c scope) of(v *Value, key string) scope {
	f := c.field
	switch {
	case f == nil && v.Kind == Mapping:
		return scopeOf(find(c.fields, key))
	case f == nil:
		return scope{}
	case f.form == list && v.Kind == Sequence && len(f.fields) == 1 && f.fields[0].key == "":
		return scopeOf(&f.fields[0])
	case f.form == list && v.Kind == Sequence:
		return scope{fields: f.fields}
	case f.form == byRegion && v.Kind == Mapping:
		return scope{field: &f.fields[0]}
	case c.languages && v.Kind == Mapping:
		return scope{field: f, french: French(key)}
	}
	return scope{}
}

// scopeOf is the scope of the value of a key.
func scopeOf(f *field) scope {
	if f != nil && f.form == object {
		return scope{fields: f.fields}
	}
	return scope{field: f, languages: f != nil && f.lang != once}
}

// order returns the parts of a mapping in their canonical order; keys that
// nobody knows come last.
func (f *formatter) order(c scope, parts []*part) []*part {
	rank := func(p *part) int {
		if p.key == nil {
			return 0
		}
		return c.rank(p.key.Text, f.languages)
	}
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b *part) int { return rank(a) - rank(b) })
	return sorted
}

// rank is where a key of a mapping stands in the canonical order.
func (c scope) rank(key string, languages []string) int {
	i := slices.IndexFunc(c.fields, func(f field) bool { return f.key == key })
	if c.languages {
		i = slices.Index(languages, key)
	}
	if i < 0 {
		return max(len(c.fields), len(languages))
	}
	return i
}

// block returns the lines of parts that stand in lines of their own.
func (f *formatter) block(c scope, v *Value, parts []*part, indent string) []string {
	var lines []string
	for _, p := range f.order(c, parts) {
		of, prefix := c.of(v, ""), indent+"-"
		if p.key != nil {
			of, prefix = c.of(v, p.key.Text), indent+f.keyText(p.key)+":"
		}
		head := p.head
		if len(lines) == 0 && len(head) > 0 && head[0] == "" {
			head = head[1:]
		}
		lines = append(lines, indented(head, indent)...)
		lines = append(lines, f.part(of, p, prefix, indent+"  ")...)
		if len(p.parts) == 0 && p.foot != nil {
			lines = append(lines, indented(p.foot, indent)...)
		}
	}
	return lines
}

func indented(lines []string, indent string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			out[i] = indent + l
		}
	}
	return out
}

// part returns the lines of a part: its key or hyphen, and its value, which
// stands behind it or below it with the given indentation.
func (f *formatter) part(c scope, p *part, prefix, indent string) []string {
	parts, inline := p.parts, p.inline
	var value []string
	switch v := p.value; {
	case parts != nil:
	case v.Kind == Null && v.Text == "":
		return []string{prefix + inline}
	case v.Kind == Scalar || v.Kind == Null:
		value = f.textLines(c, v, indent)
	case p.asIs:
		value = f.shifted(p, indent)
	default:
		line := f.brackets(c, v)
		if !f.broken(v) || utf8.RuneCountInString(prefix+" "+line) <= maxFlow || len(v.Items) == 0 {
			value = []string{line}
			break
		}
		parts = f.opened(v, p.col)
		inline += p.tail
	}
	if parts == nil {
		value[len(value)-1] += p.tail
		if inline == "" && len(p.over) == 0 {
			value[0] = prefix + " " + value[0]
			return value
		}
		value[0] = indent + value[0]
		return slices.Concat([]string{prefix + inline}, indented(p.over, indent), value)
	}
	lines := append(f.block(c, p.value, parts, indent), indented(p.foot, indent)...)
	if prefix[len(prefix)-1] == '-' && inline == "" && lines[0][len(indent)] != '#' {
		lines[0] = prefix + " " + lines[0][len(indent):] // an item begins behind its hyphen
		return lines
	}
	return append([]string{prefix + inline}, lines...)
}

// broken reports whether a value in brackets is written over several lines.
func (f *formatter) broken(v *Value) bool {
	at := f.places[v]
	return slices.Contains(f.source.Data[at[0]:at[1]], '\n')
}

// opened returns the parts of a value in brackets, to be written in lines of
// their own.
func (f *formatter) opened(v *Value, col int) []*part {
	var parts []*part
	for i, item := range v.Items {
		p := &part{value: item, col: col}
		if v.Kind == Mapping {
			p.key = v.Keys[i]
		}
		parts = append(parts, p)
	}
	return parts
}

// shifted returns a value as it is written, moved as its key is.
func (f *formatter) shifted(p *part, indent string) []string {
	lines := strings.Split(string(f.source.Data[p.from:p.to]), "\n")
	for i, l := range lines[1:] {
		text := strings.TrimLeft(l, " ")
		if text == "" {
			lines[i+1] = ""
			continue
		}
		by := len(l) - len(text) - p.col + len(indent) - 2
		lines[i+1] = strings.Repeat(" ", max(by, len(indent)-1)) + text
	}
	return lines
}

// brackets returns a value in brackets in one line.
func (f *formatter) brackets(c scope, v *Value) string {
	switch {
	case v.Kind == Sequence:
		var items []string
		for _, item := range v.Items {
			items = append(items, f.brackets(c.of(v, ""), item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case v.Kind == Mapping:
		var items []string
		for _, p := range f.order(c, f.opened(v, 0)) {
			item := f.keyText(p.key) + ":"
			if s := f.brackets(c.of(v, p.key.Text), p.value); s != "" {
				item += " " + s
			}
			items = append(items, item)
		}
		return "{" + strings.Join(items, ", ") + "}"
	case v.Kind == Null:
		return v.Text
	}
	return f.textLine(c, v, true)
}
