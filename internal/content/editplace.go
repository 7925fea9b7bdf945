package content

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// editor finds where a file is to be written anew. A value stands either in
// brackets (a flow value, in YAML's words), or its parts stand in lines of their
// own.
type editor struct {
	*layout
	writer
	root  *Value
	parts map[*Value]*part // those of values that stand behind a key or a hyphen in lines of their own
}

func newEditor(l *layout, top *part, languages []string) *editor {
	e := &editor{layout: l, root: top.value, parts: make(map[*Value]*part)}
	e.writer = writer{file: l.text, languages: languages, deeper: [2]int{2, 2}}
	found := [2]bool{}
	var visit func(p *part)
	visit = func(p *part) {
		e.parts[p.value] = p
		kind := 0
		if p.value.Kind == Sequence {
			kind = 1
		}
		if len(p.parts) > 0 && p.key != nil && !found[kind] { // as deep as the first one is, all are
			found[kind], e.deeper[kind] = true, p.parts[0].col-p.col
		}
		for _, kid := range p.parts {
			visit(kid)
		}
	}
	visit(top)
	return e
}

// next returns the next place to write anew for an edit, nil where all is done.
func (e *editor) next(c scope, edit Edit) (*splice, error) {
	v := e.root
	for i, step := range edit.path {
		n, last := v.child(step), i == len(edit.path)-1
		key, isKey := step.(string)
		switch {
		case n < 0 && edit.op == opDelete:
			return nil, nil
		case n < 0 && v.Kind == Null:
			value, _ := nested(edit.path[i:], edit)
			return e.replace(c, v, value)
		case n < 0 && isKey:
			value, _ := nested(edit.path[i+1:], edit)
			return e.insertKey(c, v, key, value)
		case last && edit.op == opInsert:
			return e.insertItem(c, v, step.(int), edit.value)
		case last && edit.op == opDelete:
			return e.remove(c, v, n)
		}
		v, c = v.Items[n], c.of(v, key)
	}
	return e.set(c, v, edit.value)
}

// set finds the first place where a value differs from what it should be.
func (e *editor) set(c scope, v *Value, want any) (*splice, error) {
	if says(v, want) {
		return nil, nil
	}
	switch given := want.(type) {
	case map[string]any:
		if v.Kind != Mapping || len(v.Items) == 0 || len(given) == 0 {
			break
		}
		for _, key := range e.order(c, given) {
			n := v.child(key)
			if n < 0 {
				return e.insertKey(c, v, key, given[key])
			}
			if s, err := e.set(c.of(v, key), v.Items[n], given[key]); s != nil || err != nil {
				return s, err
			}
		}
		for i, k := range v.Keys {
			if _, ok := given[k.Text]; !ok {
				return e.remove(c, v, i)
			}
		}
	case []any:
		if v.Kind != Sequence || len(v.Items) == 0 || len(given) == 0 {
			break
		}
		for i, g := range given {
			if i == len(v.Items) {
				return e.insertItem(c, v, i, g)
			}
			if s, err := e.set(c.of(v, ""), v.Items[i], g); s != nil || err != nil {
				return s, err
			}
		}
		return e.remove(c, v, len(given))
	}
	return e.replace(c, v, want)
}

// replace writes a value anew.
func (e *editor) replace(c scope, v *Value, want any) (*splice, error) {
	at, known := e.places[v]
	p := e.parts[v]
	inline := e.inline(c, want, p == nil)
	text, isText := want.(string)
	switch {
	case isText && v.Kind == Scalar:
		inline = e.inQuotes(v.quoted, text, inline)
	case isText && p != nil && p.inline+p.tail != "" && c.prose():
		inline = double(text) // a comment follows: quotes say that it is one
	}
	switch {
	case p == nil && !known:
		return nil, errUneditable
	case v == e.root:
		return nil, errUneditable
	case p == nil && want == nil && v.Kind != Null:
		return &splice{at[0], at[1], "null"}, nil
	case p == nil, known && v.Kind == Null && !e.opens(want, nil, p.col+len(inline)) && want != nil:
		return e.fill(v, at, inline), nil
	case known && v.Kind == Scalar && v.quoted == '|' && isText:
		header, _, _ := strings.Cut(string(e.text[at[0]:at[1]]), "\n")
		if _, c, ok := strings.Cut(header, "#"); ok {
			inline += " #" + c
		}
		return &splice{at[0], at[1], inline + "\n"}, nil
	case known && v.Kind == Scalar && isText:
		return &splice{at[0], at[1], inline}, nil
	}
	prefix := e.hyphen(p)
	if p.key != nil {
		place := e.places[p.key]
		prefix = string(e.text[place[0]:place[1]]) + ":"
	}
	lines := e.part(c, strings.Repeat(" ", p.col)+prefix, p.col, want, nil)
	lines[0] = lines[0][p.col:]
	return e.instead(p, lines), nil
}

// fill writes a value where nothing but spaces stands, or another one.
func (e *editor) fill(v *Value, at [2]int, inline string) *splice {
	from, to := at[0], at[1]
	if v.Kind != Null || v.Text != "" {
		return &splice{from, to, inline}
	}
	before := byte(' ')
	if from > 0 {
		before = e.text[from-1]
	}
	if before != ':' && before != '-' { // a key in brackets, without a colon
		return &splice{from, to, ": " + inline}
	}
	if e.parts[v] == nil {
		for to < len(e.text) && e.text[to] == ' ' {
			to++
		}
		if to == len(e.text) || e.text[to] != ',' && e.text[to] != '}' {
			to = from
		}
	}
	return &splice{from, to, " " + inline}
}

// instead puts lines in a part's place. Comments that stood in it follow.
func (e *editor) instead(p *part, lines []string) *splice {
	for _, c := range e.within(p.at, p.end) {
		lines = append(lines, strings.Repeat(" ", p.col)+c)
	}
	return &splice{p.at, p.end, e.ended(p.end, lines)}
}

// ended joins lines that end at a place: a file's last line may lack its line
// feed.
func (e *editor) ended(to int, lines []string) string {
	text := strings.Join(lines, "\n")
	if text != "" && (to == 0 || e.text[to-1] == '\n') {
		text += "\n"
	}
	return text
}

// within returns the comments in a piece of the text.
func (e *editor) within(from, to int) (texts []string) {
	for _, c := range e.comments {
		if c.at >= from && c.at < to {
			texts = append(texts, c.text)
		}
	}
	return texts
}

// hyphen is how an item begins.
func (e *editor) hyphen(p *part) string {
	n := 1
	for p.at+n < len(e.text) && e.text[p.at+n] == ' ' {
		n++
	}
	if p.at+n == len(e.text) || e.text[p.at+n] == '\n' || e.text[p.at+n] == '#' {
		n = 2
	}
	return "-" + strings.Repeat(" ", n-1)
}

// alone reports whether a part begins its line.
func (e *editor) alone(p *part) bool {
	return len(bytes.TrimLeft(e.text[e.lineOf(p.at):p.at], " ")) == 0
}

// lineOf returns where the line of an offset begins.
func (e *editor) lineOf(at int) int { return bytes.LastIndexByte(e.text[:at], '\n') + 1 }

// order returns the keys of a mapping in their canonical order.
func (w *writer) order(c scope, m map[string]any) []string {
	keys := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(keys, func(a, b string) int { return c.rank(a, w.languages) - c.rank(b, w.languages) })
	return keys
}
