package themes

import (
	"maps"
	"slices"
	"strings"
	"text/template/parse"
)

// Words are the words of one language.
type Words interface {
	// Plain returns a word that has no placeholders and no plural forms.
	Plain(key string) (string, bool)
	// Ask says what is wrong with asking for a word: for a phrase with a number in
	// it, and with values for these placeholders.
	Ask(key string, number bool, placeholders []string) error
}

// call is a call of a method with a text as its first argument, or of a part.
type call struct {
	method string // T, N, Asset, Once, or "" for {{template}}
	name   string
	node   parse.Node
	args   []parse.Node // behind the name
}

// each yields what a part asks for.
func (p *part) each(yield func(call)) { walk(p.tree.Root, yield) }

func walk(node parse.Node, yield func(call)) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, n := range n.Nodes {
				walk(n, yield)
			}
		}
	case *parse.IfNode:
		branch(&n.BranchNode, yield)
	case *parse.RangeNode:
		branch(&n.BranchNode, yield)
	case *parse.WithNode:
		branch(&n.BranchNode, yield)
	case *parse.TemplateNode:
		yield(call{name: n.Name, node: n})
		walk(n.Pipe, yield)
	case *parse.ActionNode:
		walk(n.Pipe, yield)
	case *parse.ChainNode:
		walk(n.Node, yield)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				walk(c, yield)
			}
		}
	case *parse.CommandNode:
		for _, a := range n.Args {
			walk(a, yield)
		}
		if len(n.Args) > 1 {
			if s, ok := n.Args[1].(*parse.StringNode); ok && method(n.Args[0]) != "" {
				yield(call{method(n.Args[0]), s.Text, s, n.Args[2:]})
			}
		}
	}
}

func branch(n *parse.BranchNode, yield func(call)) {
	walk(n.Pipe, yield)
	walk(n.List, yield)
	walk(n.ElseList, yield)
}

// method returns the last name of .T, $.T, $v.T or (…).T.
func method(n parse.Node) string {
	switch n := n.(type) {
	case *parse.FieldNode:
		return n.Ident[len(n.Ident)-1]
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			return n.Ident[len(n.Ident)-1]
		}
	case *parse.ChainNode:
		return n.Field[len(n.Field)-1]
	}
	return ""
}

// calls says which parts and assets are asked for and not there, and which parts
// of the catalog's own nobody asks for: their names are misspelt.
func (t *Theme) calls(f *faults) {
	used := make(map[*part]bool)
	for _, kind := range t.Kinds() {
		t.follow(layout, t.of(kind), used, f)
	}
	for _, name := range slices.Sorted(maps.Keys(t.shared)) {
		if p := t.shared[name]; !used[p] && t.known("", name) { // the program asks for it: a card
			t.follow(name, t.shared, used, f)
		}
	}
	for _, kind := range append([]string{""}, t.Kinds()...) {
		parts := t.shared
		if kind != "" {
			parts = t.kinds[kind]
		}
		for _, name := range slices.Sorted(maps.Keys(parts)) {
			if p := parts[name]; !used[p] && !p.from.builtIn && !t.known(kind, name) && !p.isDefault() {
				f.at(p.from, p.start(), "nothing uses the part %q%s", name, t.where(p, kind))
			}
		}
	}
}

// known reports whether the built-in themes have a part that the program may ask
// for.
func (t *Theme) known(kind, name string) bool {
	p := t.standard[kind][name]
	return p != nil && !p.isDefault()
}

// follow marks a part and those that it asks for.
func (t *Theme) follow(name string, parts map[string]*part, used map[*part]bool, f *faults) {
	p := parts[name]
	seen := make(map[*part]bool)
	var visit func(p *part)
	visit = func(p *part) {
		if p == nil || seen[p] {
			return
		}
		seen[p], used[p] = true, true
		p.each(func(c call) {
			switch {
			case c.method == "Asset":
				if t.Asset(c.name) == "" {
					f.at(p.from, int(c.node.Position()), "the theme has no asset %q%s", c.name, mean(c.name, t.assetNames()...))
				}
			case c.method != "" && c.method != "Once":
			case parts[c.name] == nil:
				f.at(p.from, int(c.node.Position()), "there is no part %q%s", c.name, mean(c.name, slices.Sorted(maps.Keys(parts))...))
			default:
				visit(parts[c.name])
			}
		})
	}
	visit(p)
}

func (t *Theme) assetNames() (names []string) {
	for _, a := range t.Assets {
		names = append(names, a.Name)
	}
	return names
}

// isDefault reports whether a part is what its own file shows where a page has
// none: {{block "main" .}}{{end}}.
func (p *part) isDefault() bool { return strings.Contains(p.from.text, `block "`+p.name+`"`) }

// where says what to do with a part that nothing uses.
func (t *Theme) where(p *part, kind string) string {
	if kind != "" && t.standard[""][p.name] != nil {
		return " of one kind of page: it is shared by all, so define it in a file that begins with _, such as _" + p.name + ".html"
	}
	if kind == "" {
		var of []string
		for _, k := range t.Kinds() {
			if t.standard[k][p.name] != nil {
				of = append(of, k+".html")
			}
		}
		if len(of) > 0 {
			return " of a file of shared parts: define it in " + strings.Join(of[:min(3, len(of))], ", ")
		}
	}
	names := slices.Collect(maps.Keys(t.standard[""]))
	names = slices.AppendSeq(names, maps.Keys(t.standard[kind]))
	slices.Sort(names)
	if m := mean(p.name, names...); m != "" {
		return m
	}
	return `: delete it, or use it with {{template "` + p.name + `" .}}`
}

// words says which words a part asks for and does not get.
func (f *faults) words(p *part, words Words) {
	p.each(func(c call) {
		if !c.wants() {
			return
		}
		var placeholders []string
		for i, a := range c.args {
			if c.method == "N" || i%2 == 1 {
				continue
			}
			name, ok := a.(*parse.StringNode)
			if !ok {
				return
			}
			placeholders = append(placeholders, name.Text)
		}
		if c.method != "N" && len(c.args)%2 == 1 {
			f.at(p.from, int(c.node.Position()), "the word %q needs a value behind each placeholder: {{$.T %q \"name\" .Value}}", c.name, c.name)
		} else if err := words.Ask(c.name, c.method == "N", placeholders); err != nil {
			f.at(p.from, int(c.node.Position()), "%v", err)
		}
	})
}

// Words returns the keys of the words that the templates ask for.
func (t *Theme) Words() map[string]bool {
	asked := make(map[string]bool)
	for _, kind := range t.Kinds() {
		for _, p := range t.of(kind) {
			p.each(func(c call) {
				if c.wants() {
					asked[c.name] = true
				}
			})
		}
	}
	return asked
}

// wants reports whether a call asks for a word.
func (c call) wants() bool { return c.method == "T" || c.method == "N" || c.method == "Word" }
