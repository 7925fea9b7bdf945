package lsp

import (
	"regexp"
	"strings"
)

// node is a key, an item of a list, or the root of an outline.
type node struct {
	key      string // "" of an item and of the root
	item     bool
	from, to int  // the key, or the hyphen
	column   int  // of a key's first byte in its line, of an item's hyphen; -1 of the root
	value    int  // where the value begins: behind the colon or the hyphen, and spaces
	end      int  // behind the value's last byte, that of its children included
	open     byte // '{' or '[' of a value in flow style
	closed   bool // its bracket is there
	block    bool // the value is a literal or folded block
	scalar   string
	parent   *node
	children []*node
}

// keyForm finds a key at the beginning of a line: a word, or a text in quotes, with
// a colon that ends the line or has a space behind it.
var keyForm = regexp.MustCompile(`^("[^"\n]*"|'[^'\n]*'|[^\s#:{}\[\],&*!|>'"%@-][^:#\n]*?|-[^\s:#][^:#\n]*?)[ \t]*:(?:[ \t]|\r|\n|$)`)

// outline reads YAML as people write it, by its lines and their indentation. It
// takes what cannot be parsed: half a line, a bracket or a quote that is not closed
// yet. What it says of sound YAML that the schema knows is what the parser says.
func outline(t string, from, to int) *node {
	root := &node{column: -1, from: from, to: from, value: from, end: to}
	o := &outliner{text: t, to: to, top: root}
	for o.at = from; o.at < to; {
		o.line()
	}
	return root
}

type outliner struct {
	text string
	at   int // beginning of the next line
	to   int
	top  *node // the last node that was opened
}

// line reads one line, and those that its value goes on in.
func (o *outliner) line() {
	start := o.at
	end := lineEnd(o.text, start, o.to)
	o.at = min(end+1, o.to)
	if end == o.to {
		o.at = o.to
	}
	i := start
	for i < end && (o.text[i] == ' ' || o.text[i] == '\t') {
		i++
	}
	if i == end || o.text[i] == '#' || o.text[i] == '\r' {
		return
	}
	for { // hyphens, then a key or a value
		column := i - start
		rest := o.text[i:end]
		if rest == "-" || strings.HasPrefix(rest, "- ") || strings.HasPrefix(rest, "-\t") || rest == "-\r" {
			n := o.add(column, true)
			n.from, n.to = i, i+1
			i++
			for i < end && (o.text[i] == ' ' || o.text[i] == '\t') {
				i++
			}
			n.value, n.end = i, i
			if i == end || o.text[i] == '#' || o.text[i] == '\r' {
				return
			}
			continue
		}
		m := keyForm.FindStringSubmatchIndex(rest)
		if m == nil {
			if o.top.item && o.top.value == i {
				o.value(o.top, i, end)
			}
			return // half a key, or the rest of a text
		}
		n := o.add(column, false)
		n.from, n.to = i+m[2], i+m[3]
		n.key = strings.Trim(o.text[n.from:n.to], `"'`)
		v := i + m[3]
		v += strings.IndexByte(o.text[v:], ':') + 1
		n.end = v
		for v < end && (o.text[v] == ' ' || o.text[v] == '\t') {
			v++
		}
		n.value = v
		if v < end && o.text[v] != '#' && o.text[v] != '\r' {
			o.value(n, v, end)
		}
		return
	}
}

// add opens a key or an item at a column: below the last node that is further to
// the left. A list may stand as far to the left as its key.
func (o *outliner) add(column int, item bool) *node {
	p := o.top
	for p.column >= column && !(item && p.column == column && !p.item && p.scalar == "" && p.open == 0) {
		p = p.parent
	}
	n := &node{item: item, column: column, parent: p}
	p.children = append(p.children, n)
	o.top = n
	return n
}

// value reads the value of a key or an item: a collection in braces, a block, or
// a text, over as many lines as are further to the right.
func (o *outliner) value(n *node, from, end int) {
	switch c := o.text[from]; c {
	case '{', '[':
		limit := o.reach(n, end)
		f := &flow{text: o.text, at: from, to: limit}
		f.collection(n)
		n.end = f.at
		o.skip(f.at)
	case '|', '>':
		n.block = true
		n.end = o.reach(n, end)
		o.skip(n.end)
	default:
		limit := end
		if c == '"' || c == '\'' {
			limit = o.reach(n, end)
		}
		n.scalar, n.end = scalar(o.text, from, limit)
		if n.end > end {
			o.skip(n.end)
		}
	}
}

// reach returns the end of the lines that belong to a value: what follows and is
// indented further than its key. A bracket that closes may be as far to the left.
func (o *outliner) reach(n *node, end int) int {
	column := n.column
	for end < o.to {
		start := end + 1
		next := lineEnd(o.text, start, o.to)
		i := start
		for i < next && (o.text[i] == ' ' || o.text[i] == '\t') {
			i++
		}
		blank := i >= next || o.text[i] == '\r'
		if !blank && i-start <= column && !(i-start == column && (o.text[i] == ']' || o.text[i] == '}')) {
			break
		}
		end = next
		if start > o.to {
			break
		}
	}
	return min(end, o.to)
}

// skip goes on at the line behind an offset.
func (o *outliner) skip(offset int) {
	if end := lineEnd(o.text, offset, o.to); end+1 > o.at {
		o.at = min(end+1, o.to)
	}
}

func lineEnd(t string, from, to int) int {
	if from >= to {
		return to
	}
	if n := strings.IndexByte(t[from:to], '\n'); n >= 0 {
		return from + n
	}
	return to
}

// scalar returns a scalar that begins at an offset, without its quotes, and its end.
func scalar(t string, from, to int) (value string, end int) {
	if q := t[from]; q == '"' || q == '\'' {
		for i := from + 1; i < to; i++ {
			switch {
			case t[i] == '\\' && q == '"':
				i++
			case t[i] == q && q == '\'' && i+1 < to && t[i+1] == q:
				i++
			case t[i] == q:
				return t[from+1 : i], i + 1
			}
		}
		to = lineEnd(t, from, to) // not closed yet: it goes no further than its line
		return strings.TrimRight(t[from+1:to], " \t\r"), from + len(strings.TrimRight(t[from:to], " \t\r"))
	}
	s := t[from:to]
	if i := strings.Index(s, " #"); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimRight(s, " \t\r")
	return s, from + len(s)
}

// child returns the child with a key, or nil. It may be called on nil.
func (n *node) child(key string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.key == key && !c.item {
			return c
		}
	}
	return nil
}

// at finds the node that begins at an offset.
func (n *node) beginsAt(from int) *node {
	if n.from == from && n.parent != nil {
		return n
	}
	for _, c := range n.children {
		if found := c.beginsAt(from); found != nil {
			return found
		}
	}
	return nil
}

// path is the way from the root: keys, "" for an item.
func (n *node) path() (path []string) {
	if n.parent == nil {
		return nil
	}
	return append(n.parent.path(), n.key)
}
