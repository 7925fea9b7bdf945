package themes

import (
	"html"
	"text/template/parse"
)

// fillWords replaces {{.T "key"}} and {{$.T "key"}} by the word, and joins the
// texts around it. Words are escaped here, for texts and for attribute values
// in quotes. A key without a word stays: executing it says what is missing.
func fillWords(list *parse.ListNode, word func(string) (string, bool)) {
	if list == nil {
		return
	}
	var out []parse.Node
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if w, ok := word(key(n)); ok {
				out = appendText(out, &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(html.EscapeString(w))})
				continue
			}
		case *parse.TextNode:
			out = appendText(out, n)
			continue
		case *parse.IfNode:
			fillWords(n.List, word)
			fillWords(n.ElseList, word)
		case *parse.RangeNode:
			fillWords(n.List, word)
			fillWords(n.ElseList, word)
		case *parse.WithNode:
			fillWords(n.List, word)
			fillWords(n.ElseList, word)
		}
		out = append(out, n)
	}
	list.Nodes = out
}

// appendText adds a text to those before it.
func appendText(nodes []parse.Node, n *parse.TextNode) []parse.Node {
	if len(nodes) > 0 {
		if last, ok := nodes[len(nodes)-1].(*parse.TextNode); ok {
			joined := *last
			joined.Text = append(append([]byte(nil), last.Text...), n.Text...)
			nodes[len(nodes)-1] = &joined
			return nodes
		}
	}
	return append(nodes, n)
}

// key returns the key of an action that asks for one word, or "".
func key(n *parse.ActionNode) string {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 2 {
		return ""
	}
	args := n.Pipe.Cmds[0].Args
	switch f := args[0].(type) {
	case *parse.FieldNode:
		if len(f.Ident) != 1 || f.Ident[0] != "T" {
			return ""
		}
	case *parse.VariableNode:
		if len(f.Ident) != 2 || f.Ident[0] != "$" || f.Ident[1] != "T" {
			return ""
		}
	default:
		return ""
	}
	if s, ok := args[1].(*parse.StringNode); ok {
		return s.Text
	}
	return ""
}
