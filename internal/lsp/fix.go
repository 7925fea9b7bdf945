package lsp

import (
	"context"
	"slices"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/format"
)

// codeAction offers what would mend the findings in a range.
func (s *server) codeAction(ctx context.Context, params string) (any, error) {
	var p actionParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	d := s.document(p.TextDocument.URI)
	wanted := len(p.Context.Only) == 0 || slices.Contains(p.Context.Only, "quickfix")
	if d == nil || d.in == nil || !wanted {
		return []codeAction{}, nil
	}
	found, err := s.findingsAt(ctx, d, d.text.offset(p.Range.Start, s.encoding), d.text.offset(p.Range.End, s.encoding))
	if err != nil {
		return nil, err
	}
	c := s.completer(ctx, d, 0)
	c.mending = true
	actions := []codeAction{}
	for _, f := range found {
		title, edit, ok := c.mend(f)
		if !ok {
			continue
		}
		of := d.in.diagnostics([]diag.Finding{f}, func(string) text { return d.text })
		actions = append(actions, codeAction{
			Title: s.say(title), Kind: "quickfix", Diagnostics: of, IsPreferred: true,
			Edit: &workspaceEdit{Changes: map[string][]textEdit{d.uri: edit}},
		})
	}
	return actions, nil
}

// mend makes the edit that mends a finding.
func (c *completer) mend(f diag.Finding) (title diag.Text, edits []textEdit, ok bool) {
	from, to := c.d.text.at(f.Start), c.d.text.at(f.End)
	switch {
	case f.Fix.Replace != "":
		return diag.Say("write %s", diag.Visible(f.Fix.Replace)), []textEdit{{c.d.text.span(from, to, c.s.encoding), f.Fix.Replace}}, true
	case f.Fix.Add != "":
		at, text, ok := c.insertion(from, f.Fix.Add)
		return diag.Say("add the key %s", diag.Quote(f.Fix.Add)), []textEdit{{c.d.text.span(at, at, c.s.encoding), text}}, ok
	case f.Rule.ID == "typography-french", f.Rule.ID == "text-line-end", f.Rule.ID == "text-bom":
		edits := c.canonical()
		return diag.Say("put the file in canonical form"), edits, edits != nil
	}
	return diag.Text{}, nil, false
}

// insertion tells where a key that is missing goes, and what is written there: as
// the mapping at an offset is written, behind the keys that come before it.
func (c *completer) insertion(offset int, key string) (at int, text string, ok bool) {
	from, to, ok := c.d.front()
	if !ok {
		return 0, "", false
	}
	root := outline(string(c.d.text), from, to)
	c.p = place{root: root}
	parent, in, ok := c.lacking(root, offset, key)
	if !ok {
		return 0, "", false
	}
	c.p.parent, c.p.flow = parent, parent.open != 0
	form := " " + `""`
	order := c.languages()
	if in.keys != nil {
		order = nil
		for _, k := range in.keys {
			order = append(order, k.Name())
			if k.Name() == key {
				form = plain(c.form(k, c.p.facts()))
			}
		}
	} else if !in.key.Text() {
		form = ""
	}
	before := behind(parent, order, key)
	written := key + ":" + form
	switch {
	case parent.open != 0 && before == nil:
		at = parent.value + 1
		if len(parent.children) > 0 {
			written += ", "
		}
		return at, written, true
	case parent.open != 0:
		return before.end, ", " + written, true
	}
	column := 0
	if len(parent.children) > 0 {
		first := parent.children[0]
		column = first.column
		if before == nil && parent.item {
			return first.from, written + "\n" + strings.Repeat(" ", column), true
		}
	} else if parent != root {
		column = max(0, parent.column) + 2
	}
	indent := strings.Repeat(" ", column)
	written = indent + strings.ReplaceAll(written, "\n", "\n"+indent) + "\n"
	at = parent.value
	if before != nil {
		at = before.last()
	} else if parent == root {
		return from, written, true
	}
	if at = lineEnd(string(c.d.text), at, len(c.d.text)); at < len(c.d.text) {
		return at + 1, written, true
	}
	return at, "\n" + strings.TrimSuffix(written, "\n"), true
}

// lacking finds the mapping at an offset that lacks a key. The first key of an item
// begins where the item does: the one is meant that may have the key.
func (c *completer) lacking(root *node, offset int, key string) (*node, slot, bool) {
	candidates := root.all(offset)
	if offset < root.from || offset == 0 {
		candidates = []*node{root}
	}
	for _, n := range candidates {
		at, ok := slotAt(c.d.kind, n.path())
		if !ok || n.child(key) != nil {
			continue
		}
		if at.languages && slices.Contains(c.languages(), key) || slices.ContainsFunc(at.keys, func(k content.Key) bool { return k.Name() == key }) {
			return n, at, n == root || len(n.children) > 0 || n.open != 0
		}
	}
	return nil, slot{}, false
}

// all are the nodes whose key begins at an offset, or whose item's value does, from
// the outermost.
func (n *node) all(offset int) (found []*node) {
	for _, c := range n.children {
		if c.item && c.value == offset || !c.item && c.from == offset {
			found = append(found, c)
		}
		found = append(found, c.all(offset)...)
	}
	return found
}

// behind is the key of a mapping that another one goes behind, in an order; nil
// where it comes first.
func behind(parent *node, order []string, key string) *node {
	var last *node
	at := slices.Index(order, key)
	for _, n := range parent.children {
		if i := slices.Index(order, n.key); i < at && !(i < 0 && last == nil) {
			last = n
		}
	}
	return last
}

// last is the offset behind the last byte of a node and its children.
func (n *node) last() int {
	end := n.end
	for _, c := range n.children {
		end = max(end, c.last())
	}
	return end
}

// formatting puts a document in canonical form.
func (s *server) formatting(ctx context.Context, params string) (any, error) {
	var p documentParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	d := s.document(p.TextDocument.URI)
	if d == nil || d.in == nil {
		return nil, nil
	}
	return s.completer(ctx, d, 0).canonical(), nil
}

// canonical is what vitrine fmt would change in the document, in one edit; nil
// where it is in canonical form, or cannot be read.
func (c *completer) canonical() []textEdit {
	if c.words == nil {
		return nil
	}
	t := string(c.d.text)
	f, err := format.Text(content.SourceFile{Path: c.d.path, Kind: c.d.kind}, []byte(t), c.languages(), c.words)
	if err != nil {
		c.s.log(levelWarning, err.Error())
		return nil
	}
	if f.After == nil || string(f.After) == t {
		return nil
	}
	after := string(f.After)
	from := 0 // whole lines that are the same stay, so that the cursor does
	for {
		line := lineEnd(t, from, len(t)) + 1
		if line > len(t) || line > len(after) || t[from:line] != after[from:line] {
			break
		}
		from = line
	}
	end := 0
	for len(t)-end > from && len(after)-end > from && t[len(t)-1-end] == after[len(after)-1-end] {
		end++
	}
	for end > 0 && (t[len(t)-end] != '\n') {
		end--
	}
	if end > 0 {
		end-- // the line feed belongs to the line before
	}
	return []textEdit{{c.d.text.span(from, len(t)-end, c.s.encoding), after[from : len(after)-end]}}
}
