package content

import (
	"slices"
	"strings"
)

// insertKey adds a key to a mapping, behind the key that comes before it in the
// canonical order.
func (e *editor) insertKey(c scope, v *Value, key string, want any) (*splice, error) {
	if v.Kind != Mapping {
		return nil, errUneditable
	}
	before := -1
	rank := c.rank(key, e.languages)
	for i, k := range v.Keys {
		if r := c.rank(k.Text, e.languages); r <= rank && (before < 0 || r >= c.rank(v.Keys[before].Text, e.languages)) {
			before = i
		}
	}
	p := e.parts[v]
	of := c.of(&Value{Kind: Mapping}, key)
	if p == nil || p.parts == nil {
		text := e.key(key) + ":"
		if s := e.inline(of, want, true); s != "" {
			text += " " + s
		}
		return e.insertInBrackets(v, before, text)
	}
	col := p.parts[0].col
	lines := e.part(of, strings.Repeat(" ", col)+e.key(key)+":", col, want, e.like(v))
	return e.insertLines(p, before, lines)
}

// insertItem adds an item to a list, before the one with the given index.
func (e *editor) insertItem(c scope, v *Value, n int, want any) (*splice, error) {
	if v.Kind != Sequence {
		return nil, errUneditable
	}
	of, p := c.of(v, ""), e.parts[v]
	if len(v.Items) == 0 {
		return e.replace(c, v, []any{want})
	}
	if p == nil || p.parts == nil {
		return e.insertInBrackets(v, n-1, e.item(of, want))
	}
	beside := p.parts[max(0, n-1)]
	col := beside.col
	return e.insertLines(p, n-1, e.part(of, strings.Repeat(" ", col)+e.hyphen(beside), col, want, beside.value))
}

// insertLines adds lines behind the part with an index, or before the first.
func (e *editor) insertLines(p *part, before int, lines []string) (*splice, error) {
	if before >= 0 {
		at := p.parts[before].after
		text := strings.Join(lines, "\n")
		if e.text[at-1] != '\n' {
			return &splice{at, at, "\n" + text}, nil
		}
		return &splice{at, at, text + "\n"}, nil
	}
	first := p.parts[0]
	if !e.alone(first) { // it stands behind a hyphen
		indent := strings.Repeat(" ", first.col)
		return &splice{first.at, first.at, strings.TrimLeft(strings.Join(lines, "\n"), " ") + "\n" + indent}, nil
	}
	at := e.lineOf(first.at)
	for left := len(slices.DeleteFunc(slices.Clone(first.head), func(l string) bool { return l == "" })); left > 0 && at > 0; {
		at = e.lineOf(at - 1)
		if strings.HasPrefix(strings.TrimLeft(string(e.text[at:]), " \t"), "#") {
			left--
		}
	}
	return &splice{at, at, strings.Join(lines, "\n") + "\n"}, nil
}

// remove takes a key or an item out. Comments that stood on its lines stay.
func (e *editor) remove(c scope, v *Value, n int) (*splice, error) {
	p := e.parts[v]
	if p == nil || p.parts == nil {
		return e.removeFromBrackets(v, n)
	}
	if len(p.parts) == 1 {
		var empty any = map[string]any{}
		if v.Kind == Sequence {
			empty = []any{}
		}
		return e.replace(c, v, empty)
	}
	kid := p.parts[n]
	var lines []string
	for _, text := range e.within(kid.at, kid.end) {
		lines = append(lines, strings.Repeat(" ", kid.col)+text)
	}
	if e.alone(kid) {
		from := e.lineOf(kid.at)
		if kid.end == len(e.text) && from > 0 && e.text[kid.end-1] != '\n' && lines == nil {
			from-- // the line before is the last one then, and has no line feed either
		}
		return &splice{from, kid.end, e.ended(kid.end, lines)}, nil
	}
	next := p.parts[n+1] // the first key behind a hyphen: the second takes its place
	if len(next.head) == 0 && len(lines) == 0 {
		return &splice{kid.at, next.at, ""}, nil
	}
	from := kid.at
	for from > 0 && e.text[from-1] == ' ' {
		from--
	}
	return &splice{from, kid.end, "\n" + e.ended(kid.end, lines)}, nil
}

// bounds returns the place of a part of brackets.
func (e *editor) bounds(v *Value, n int) (from, to int, ok bool) {
	place, ok := e.places[v.Items[n]]
	if v.Kind == Mapping {
		key, known := e.places[v.Keys[n]]
		return key[0], place[1], ok && known
	}
	return place[0], place[1], ok
}

// insertInBrackets adds a part to brackets, behind the one with an index or as
// the first.
func (e *editor) insertInBrackets(v *Value, before int, text string) (*splice, error) {
	place, ok := e.places[v]
	if !ok {
		return nil, errUneditable
	}
	if len(v.Items) == 0 {
		return &splice{place[0] + 1, place[0] + 1, text}, nil
	}
	from, to, ok := e.bounds(v, max(before, 0))
	if !ok {
		return nil, errUneditable
	}
	between := ", "
	if line := e.text[e.lineOf(from):from]; e.lineOf(from) > place[0] && strings.Trim(string(line), " \t") == "" {
		between = ",\n" + string(line) // each part has its line
	}
	if before < 0 {
		return &splice{from, from, text + between}, nil
	}
	return &splice{to, to, between + text}, nil
}

// removeFromBrackets takes a part out of brackets, with the comma that goes with
// it.
func (e *editor) removeFromBrackets(v *Value, n int) (*splice, error) {
	from, to, ok := e.bounds(v, n)
	place, known := e.places[v]
	if !ok || !known {
		return nil, errUneditable
	}
	switch {
	case len(v.Items) == 1:
		from, to = place[0]+1, place[1]-1
	case n < len(v.Items)-1:
		to, _, ok = e.bounds(v, n+1)
	default:
		_, from, ok = e.bounds(v, n-1)
	}
	if !ok || len(e.within(from, to)) > 0 {
		return nil, errUneditable
	}
	return &splice{from, to, ""}, nil
}
