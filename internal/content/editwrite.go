package content

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// writer writes new values, in a file that may have a manner of its own.
type writer struct {
	file      []byte // its text
	languages []string
	deeper    [2]int // how many columns the keys of a mapping, and the hyphens of a list, stand behind their key
	open      bool   // keys and values never stand in brackets
}

// part returns the lines of a key or a hyphen with its value; like is a value
// that stands beside it, or nil.
func (w *writer) part(c scope, prefix string, col int, want any, like *Value) []string {
	if want == nil {
		return []string{strings.TrimRight(prefix, " ")}
	}
	line := strings.TrimRight(prefix, " ") + " " + w.inline(c, want, false)
	if strings.HasSuffix(prefix, " ") {
		line = prefix + w.inline(c, want, false)
	}
	if !w.opens(want, like, utf8.RuneCountInString(line)) {
		return []string{line}
	}
	hyphen := strings.TrimRight(prefix, " ")
	isItem := strings.HasSuffix(hyphen, "-")
	var lines []string
	switch want := want.(type) {
	case map[string]any:
		below := col + w.deeper[0]
		if isItem {
			below = max(len(prefix), len(hyphen)+1)
		}
		for _, key := range w.order(c, want) {
			lines = append(lines, w.part(c.of(&Value{Kind: Mapping}, key), strings.Repeat(" ", below)+w.key(key)+":", below, want[key], like.Get(key))...)
		}
		if isItem {
			lines[0] = hyphen + lines[0][len(hyphen):]
			return lines
		}
	case []any:
		below := col + w.deeper[1]
		if isItem {
			below = col + 2
		}
		for _, item := range want {
			lines = append(lines, w.part(c.of(&Value{Kind: Sequence}, ""), strings.Repeat(" ", below)+"-", below, item, first(like))...)
		}
	}
	return append([]string{strings.TrimRight(prefix, " ")}, lines...)
}

func first(v *Value) *Value {
	if v == nil || v.Kind != Sequence || len(v.Items) == 0 {
		return nil
	}
	return v.Items[0]
}

// opens reports whether a value stands in lines of its own: as a neighbour of its
// kind does, else where it holds more than texts, or is too long for a line.
func (w *writer) opens(want any, like *Value, length int) bool {
	deep := func(v any) bool {
		switch v.(type) {
		case map[string]any, []any:
			return true
		}
		return false
	}
	kind, n, nested := Scalar, 0, false
	switch want := want.(type) {
	case map[string]any:
		kind, n = Mapping, len(want)
		for _, v := range want {
			nested = nested || deep(v)
		}
	case []any:
		kind, n = Sequence, len(want)
		for _, v := range want {
			nested = nested || deep(v)
		}
	}
	switch {
	case n == 0:
		return false
	case length > maxFlow, w.open && kind == Mapping:
		return true
	case like != nil && like.Kind == kind && len(like.Items) > 0:
		return !w.inBrackets(like)
	}
	return nested
}

// inBrackets reports whether a value of the file is written so.
func (w *writer) inBrackets(v *Value) bool {
	return v.at < len(w.file) && (w.file[v.at] == '{' || w.file[v.at] == '[')
}

// like returns a mapping whose neighbours all stand in lines of their own: a
// new one does so too. It is nil where some are in brackets.
func (e *editor) like(v *Value) *Value {
	var like *Value
	for _, item := range v.Items {
		if item.Kind != Mapping || len(item.Items) == 0 {
			continue
		}
		if e.inBrackets(item) {
			return nil
		}
		like = item
	}
	return like
}

// inline returns a value in one line.
func (w *writer) inline(c scope, want any, inBrackets bool) string {
	var items []string
	switch want := want.(type) {
	case string:
		return w.scalar(c, want, inBrackets)
	case map[string]any:
		for _, key := range w.order(c, want) {
			item := w.key(key) + ":"
			if s := w.inline(c.of(&Value{Kind: Mapping}, key), want[key], true); s != "" {
				item += " " + s
			}
			items = append(items, item)
		}
		return "{" + strings.Join(items, ", ") + "}"
	case []any:
		for _, item := range want {
			items = append(items, w.item(c.of(&Value{Kind: Sequence}, ""), item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return ""
}

// item returns an item of a list in brackets.
func (w *writer) item(c scope, want any) string {
	if want == nil {
		return "null"
	}
	return w.inline(c, want, true)
}

// scalar returns a text in one line, in quotes where some reader of YAML could
// take it for something else. Dates, amounts and the like need none.
func (w *writer) scalar(c scope, s string, inBrackets bool) string {
	if f := c.field; f != nil {
		switch f.form {
		case date, boolean, number, money:
			if v := parsed("k: [" + s + "]").Get("k"); v != nil && len(v.Items) == 1 && v.Items[0].Kind == Scalar && v.Items[0].Text == s && v.Items[0].quoted == 0 {
				return s
			}
		case literal:
			if f.quoted || s != "" && strings.IndexByte("+-.0123456789", s[0]) >= 0 {
				return double(s)
			}
		}
	}
	if s != "" && !strings.ContainsAny(s, "\n\t") && isPlain(s, inBrackets) {
		return s
	}
	return double(s)
}

// key returns a key.
func (w *writer) key(k string) string {
	if isPlain(k, true) {
		return k
	}
	return double(k)
}

// inQuotes returns a text in the quotes that the one before it had.
func (w *writer) inQuotes(quote byte, s, inline string) string {
	simple := !bytes.ContainsAny([]byte(s), "\n\t") && strings.HasPrefix(double(s), `"`+s)
	switch {
	case quote == '"':
		return double(s)
	case quote == '\'' && simple:
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return inline
}

// prose reports whether the value is a text that people read.
func (c scope) prose() bool { return c.field != nil && c.field.form == text }

// FrontMatter writes a new front matter with its two fences, in canonical form.
// Values are given as to Set, the languages are the catalog's.
func FrontMatter(kind Kind, languages []string, values map[string]any) []byte {
	w := writer{languages: languages, deeper: [2]int{2, 2}}
	c := (&Document{Kind: kind}).scope()
	lines := []string{fence}
	for _, key := range w.order(c, values) {
		lines = append(lines, w.part(c.of(&Value{Kind: Mapping}, key), w.key(key)+":", 0, values[key], nil)...)
	}
	return []byte(strings.Join(append(lines, fence), "\n") + "\n")
}
