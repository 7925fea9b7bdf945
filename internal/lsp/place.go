package lsp

import (
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// place is where the cursor is in YAML: what is being written there, and in which
// mapping or list.
type place struct {
	root     *node  // of the whole outline
	parent   *node  // the mapping or list that it is in
	value    bool   // a value is written, else a key
	key      string // whose value; "" of an item's
	from, to int    // the word: what a completion takes the place of
	quoted   bool   // the word is in quotes
	space    bool   // a space is missing before the value
	colon    bool   // the key's colon is there
	flow     bool   // in braces or brackets
	item     bool   // in a list: an item, or the first key of one
	hyphen   bool   // a list's item that has no hyphen yet
	column   int    // of the word in its line
}

// placeAt tells where an offset in the YAML from, to is; ok is false in comments
// and blocks of text.
func placeAt(t string, from, to, offset int) (p place, ok bool) {
	root := outline(t, from, to)
	p = place{root: root, from: offset, to: offset}
	n := root.deepest(offset)
	if n.block && offset > n.value {
		return p, false
	}
	if n.open != 0 && offset > n.value && (offset < n.end || !n.closed) {
		return p, p.inFlow(t, n, offset)
	}
	start := strings.LastIndexByte(t[:offset], '\n') + 1
	start = max(start, from)
	end := lineEnd(t, start, to)
	if hash := comment(t[start:end]); hash >= 0 && offset > start+hash {
		return p, false
	}
	return p, p.inBlock(t, from, start, end, offset)
}

// comment returns where a comment begins in a line, or -1.
func comment(line string) int {
	if strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") {
		return strings.IndexByte(line, '#')
	}
	var quote byte
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && (i == 0 || strings.IndexByte(" \t[{,", line[i-1]) >= 0):
			quote = c
		case quote == 0 && c == '#' && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		}
	}
	return -1
}

// deepest returns the innermost collection in braces that an offset is in, or else
// the last node that begins before it.
func (n *node) deepest(offset int) *node {
	for i := len(n.children) - 1; i >= 0; i-- {
		c := n.children[i]
		if c.from <= offset {
			if in := c.deepest(offset); in.open != 0 && offset > in.value && (offset < in.end || !in.closed) || c.open == 0 {
				return in
			}
			return c
		}
	}
	return n
}

// inBlock finds a place in a line of block style.
func (p *place) inBlock(t string, from, start, end, offset int) bool {
	i := start
	for i < end && (t[i] == ' ' || t[i] == '\t') {
		i++
	}
	if i >= offset && strings.TrimSpace(t[start:end]) != "" {
		offset = i // in the indentation: at the first word
	}
	i = min(i, offset)
	above := outline(t, from, start)
	for strings.HasPrefix(t[i:end], "-") && i < offset && (i+1 >= end || t[i+1] == ' ' || t[i+1] == '\r') {
		p.item = true
		for i++; i < offset && t[i] == ' '; i++ {
		}
	}
	p.column = i - start
	if p.item { // the hyphens themselves are in the outline of this line
		p.parent = p.root.itemBefore(start, i)
	} else {
		p.parent = p.root.same(above.open1(p.column))
	}
	if p.parent == nil {
		return false
	}
	word := strings.TrimRight(t[i:end], " \t\r")
	if m := keyForm.FindStringSubmatchIndex(t[i:end]); m != nil && i <= offset {
		colon := i + m[3] + strings.IndexByte(t[i+m[3]:end], ':')
		if offset <= colon {
			p.from, p.to, p.colon = i+m[2], i+m[3], true
			return offset <= p.to
		}
		p.value, p.key = true, strings.Trim(t[i+m[2]:i+m[3]], `"'`)
		p.item = false
		p.scalar(t, colon+1, end, offset)
		return true
	}
	if p.item {
		p.scalar(t, i, end, offset)
		return true
	}
	p.from, p.to = i, max(i+len(word), offset)
	return !strings.ContainsAny(word, " \t")
}

// scalar finds the value that stands, or is to stand, from an offset on.
func (p *place) scalar(t string, from, end, offset int) {
	i := from
	for i < end && i < offset && (t[i] == ' ' || t[i] == '\t') {
		i++
	}
	p.space = i == from && from > 0 && t[from-1] == ':'
	p.from, p.to = i, i
	if i < end && t[i] != ' ' {
		_, p.to = scalar(t, i, end)
		if t[i] == '"' || t[i] == '\'' {
			p.quoted = true
		}
	}
	p.to = max(p.to, offset)
}

// inFlow finds a place in braces or brackets.
func (p *place) inFlow(t string, n *node, offset int) bool {
	p.parent, p.flow = n, true
	for _, c := range n.children {
		if offset < c.from || offset > max(c.end, c.to, c.value) {
			continue
		}
		if n.open == '[' {
			p.item, p.value = true, true
			p.from, p.to = c.value, max(c.end, offset)
			p.quoted = strings.ContainsAny(t[c.value:c.value+1], `"'`)
			return true
		}
		if offset <= c.to {
			p.from, p.to, p.colon = c.from, c.to, c.value >= 0
			return true
		}
		p.value, p.key = true, c.key
		p.from, p.to = offset, offset
		if c.value >= 0 && c.value <= offset && c.scalar != "" || c.end > c.value && c.value == offset {
			p.from, p.to = c.value, max(c.end, offset)
			p.quoted = strings.ContainsAny(t[c.value:c.value+1], `"'`)
		}
		return true
	}
	// behind "key: ", or where nothing was written yet
	before := strings.TrimRight(t[n.value:offset], " \t\r\n")
	if n.open == '{' && strings.HasSuffix(before, ":") {
		for _, c := range n.children {
			if c.from < offset {
				p.key = c.key
			}
		}
		p.value = true
		p.space = t[offset-1] == ':'
		return p.key != ""
	}
	p.item = n.open == '['
	p.value = p.item
	if last := before[len(before)-1]; last != ',' && last != '{' && last != '[' {
		return false // behind a value: a comma is missing
	}
	return true
}

// open1 returns the node that a line at a column is in: the last one further to
// the left.
func (n *node) open1(column int) *node {
	for {
		if len(n.children) == 0 || n.open != 0 {
			return n
		}
		last := n.children[len(n.children)-1]
		if last.column >= column || last.column < 0 {
			return n
		}
		n = last
	}
}

// same returns the node of this outline that begins where a node of another one
// does.
func (n *node) same(other *node) *node {
	if other.parent == nil {
		return n
	}
	return n.beginsAt(other.from)
}

// itemBefore returns the innermost item whose hyphen stands between two offsets.
func (n *node) itemBefore(start, before int) (found *node) {
	for _, c := range n.children {
		if c.item && c.from >= start && c.from < before {
			found = c
		}
		if in := c.itemBefore(start, before); in != nil {
			found = in
		}
	}
	return found
}

// facts are those of an entry that keys depend on.
func (p *place) facts() content.Facts {
	f := content.Facts{Type: catalog.ProductType(p.root.scalarOf("type")), Pricing: catalog.Pricing(p.root.scalarOf("pricing"))}
	for n := p.parent; n != nil && f.Status == ""; n = n.parent {
		f.Status = n.scalarOf("status")
	}
	return f
}

// scalarOf returns the text of a key's value, or "".
func (n *node) scalarOf(key string) string {
	if c := n.child(key); c != nil {
		return c.scalar
	}
	return ""
}
