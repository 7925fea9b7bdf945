package lsp

import "strings"

// flow reads what stands in braces and brackets, closed or not.
type flow struct {
	text string
	at   int
	to   int
}

// collection reads {…} or […], and adds what is in it to a node.
func (f *flow) collection(n *node) {
	n.open = f.text[f.at]
	f.at++
	for depth := 0; ; {
		f.space()
		if f.at >= f.to {
			return
		}
		switch f.text[f.at] {
		case '}', ']':
			f.at++
			n.closed = true
			return
		case ',':
			f.at++
			continue
		}
		before := f.at
		f.entry(n)
		if depth++; f.at == before { // a byte that nothing begins with
			f.at++
		}
	}
}

// entry reads a key with its value, or an item.
func (f *flow) entry(parent *node) {
	c := &node{parent: parent, column: -1, from: f.at, value: f.at}
	if parent.open == '[' {
		c.item = true
		c.to = f.at
		f.value(c)
		parent.children = append(parent.children, c)
		return
	}
	if b := f.text[f.at]; b == '{' || b == '[' { // no key
		f.value(c)
		return
	}
	if b := f.text[f.at]; b == '"' || b == '\'' {
		c.key, f.at = scalar(f.text, f.at, f.to)
	} else {
		for f.at < f.to && !strings.ContainsRune(",{}[]\n", rune(f.text[f.at])) && !f.colon() {
			f.at++
		}
		c.key = strings.TrimRight(f.text[c.from:f.at], " \t\r")
	}
	c.to = c.from + len(strings.TrimRight(f.text[c.from:f.at], " \t\r"))
	c.end = c.to
	f.space()
	if f.at < f.to && f.text[f.at] == ':' {
		f.at++
		f.space()
		c.value, c.end = f.at, f.at
		if f.at < f.to && !strings.ContainsRune(",}]", rune(f.text[f.at])) {
			f.value(c)
		}
	} else {
		c.value = -1 // a key alone: it is being written
	}
	parent.children = append(parent.children, c)
}

// value reads a value.
func (f *flow) value(n *node) {
	n.value = f.at
	switch f.text[f.at] {
	case '{', '[':
		f.collection(n)
	case '"', '\'':
		n.scalar, f.at = scalar(f.text, f.at, f.to)
	default:
		for f.at < f.to && !strings.ContainsRune(",{}[]\n", rune(f.text[f.at])) {
			f.at++
		}
		n.scalar = strings.TrimRight(f.text[n.value:f.at], " \t\r")
		f.at = n.value + len(n.scalar)
	}
	n.end = f.at
}

// colon reports whether the next byte ends a key.
func (f *flow) colon() bool {
	return f.text[f.at] == ':' && (f.at+1 >= f.to || strings.ContainsRune(" \t\r\n,}]", rune(f.text[f.at+1])))
}

func (f *flow) space() {
	for f.at < f.to && strings.ContainsRune(" \t\r\n", rune(f.text[f.at])) {
		f.at++
	}
}
