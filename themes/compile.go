package themes

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"text/template/parse"
)

// A page is rendered from a tree that html/template has parsed and escaped.
// Walking it, html/template looks each field up by its name and calls each
// escaper by reflection, which took a quarter of a whole build. So the tree is
// compiled into functions that remember where a type has its fields, and that
// write what needs no escaping as it is.
//
// Only what is plain is done here. Whenever a template or a value is anything
// else, the page is rendered by html/template from the start: it alone decides
// about what is unsafe, and it alone tells of errors.

// errOdd says that a template has something that is left to html/template.
var errOdd = errors.New("left to html/template")

// run is one rendering.
type run struct {
	out  *bytes.Buffer
	vars []reflect.Value // of the template that runs; the first is $
	deep int             // how many templates called each other
}

// node writes a part of a page. It reports false where html/template must.
type node func(r *run, dot reflect.Value) bool

// value computes a value.
type value func(r *run, dot reflect.Value) (reflect.Value, bool)

// program is a compiled template.
type program struct {
	body []node
	vars int // how many it has at most
}

// try renders into a buffer. It reports false where html/template must: then
// what it wrote is to be dropped.
func (p *program) try(w *bytes.Buffer, view any) (ok bool) {
	defer func() {
		if recover() != nil { // a method that panics: html/template tells of it
			ok = false
		}
	}()
	return p.run(&run{out: w}, reflect.ValueOf(view))
}

func (p *program) run(r *run, dot reflect.Value) bool {
	const deepest = 100 // html/template tells of one that calls itself
	if r.deep++; r.deep > deepest {
		return false
	}
	outer := r.vars
	r.vars = make([]reflect.Value, p.vars)
	r.vars[0] = dot
	ok := all(p.body, r, dot)
	r.vars = outer
	r.deep--
	return ok
}

func all(nodes []node, r *run, dot reflect.Value) bool {
	for _, n := range nodes {
		if !n(r, dot) {
			return false
		}
	}
	return true
}

// compiler compiles the templates of one page.
type compiler struct {
	page     *template.Template
	programs map[string]*program
	names    []string // of the variables in scope
	most     int
}

// compile compiles a template of a page and those that it calls.
func compile(page *template.Template, name string) (p *program, err error) {
	// Executing a template once escapes it; what comes of it does not matter.
	_ = page.ExecuteTemplate(io.Discard, name, nil)
	c := &compiler{page: page, programs: make(map[string]*program)}
	defer func() {
		if e := recover(); e != nil {
			if e != errOdd { //nolint:errorlint // the very value
				panic(e)
			}
			p, err = nil, errOdd
		}
	}()
	return c.template(name), nil
}

func (c *compiler) template(name string) *program {
	if p := c.programs[name]; p != nil {
		return p
	}
	t := c.page.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		panic(errOdd)
	}
	p := &program{}
	c.programs[name] = p
	names, most := c.names, c.most
	c.names, c.most = []string{"$"}, 1
	p.body = c.list(t.Tree.Root)
	p.vars = c.most
	c.names, c.most = names, most
	return p
}

func (c *compiler) list(l *parse.ListNode) []node {
	if l == nil {
		return nil
	}
	var nodes []node
	scope := len(c.names)
	for _, n := range l.Nodes {
		nodes = append(nodes, c.node(n))
	}
	c.names = c.names[:scope]
	return nodes
}

func (c *compiler) node(n parse.Node) node {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(r *run, _ reflect.Value) bool {
			r.out.Write(text)
			return true
		}
	case *parse.CommentNode:
		return func(*run, reflect.Value) bool { return true }
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		return c.branch(n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(n.BranchNode, true)
	case *parse.RangeNode:
		return c.rangeOver(n)
	case *parse.TemplateNode:
		data := func(*run, reflect.Value) (reflect.Value, bool) { return reflect.Value{}, true }
		if n.Pipe != nil {
			data = c.pipe(n.Pipe)
		}
		p := c.template(n.Name)
		return func(r *run, dot reflect.Value) bool {
			v, ok := data(r, dot)
			return ok && p.run(r, v)
		}
	}
	panic(errOdd)
}

// declare gives a variable its place.
func (c *compiler) declare(name string) int {
	c.names = append(c.names, name)
	c.most = max(c.most, len(c.names))
	return len(c.names) - 1
}

func (c *compiler) variable(name string) int {
	for i := len(c.names) - 1; i >= 0; i-- {
		if c.names[i] == name {
			return i
		}
	}
	panic(errOdd)
}

func (c *compiler) action(p *parse.PipeNode) node {
	if len(p.Decl) == 1 && !p.IsAssign {
		v := c.pipe(&parse.PipeNode{Cmds: p.Cmds})
		at := c.declare(p.Decl[0].Ident[0])
		return func(r *run, dot reflect.Value) bool {
			x, ok := v(r, dot)
			r.vars[at] = x
			return ok
		}
	}
	if len(p.Decl) > 0 {
		panic(errOdd)
	}
	// The escapers stand at the end of the pipe, one a command.
	cmds, escapers := p.Cmds, ""
	for len(cmds) > 1 && len(cmds[len(cmds)-1].Args) == 1 {
		f, ok := cmds[len(cmds)-1].Args[0].(*parse.IdentifierNode)
		if !ok {
			break
		}
		cmds, escapers = cmds[:len(cmds)-1], f.Ident+" "+escapers
	}
	if len(cmds) != 1 {
		panic(errOdd)
	}
	v := c.pipe(&parse.PipeNode{Cmds: cmds})
	write := writerOf(escapers)
	return func(r *run, dot reflect.Value) bool {
		x, ok := v(r, dot)
		return ok && write(r.out, x)
	}
}

func (c *compiler) branch(n parse.BranchNode, with bool) node {
	scope := len(c.names)
	set := -1
	cmds := &parse.PipeNode{Cmds: n.Pipe.Cmds}
	v := c.pipe(cmds)
	switch {
	case len(n.Pipe.Decl) == 1 && !n.Pipe.IsAssign:
		set = c.declare(n.Pipe.Decl[0].Ident[0])
	case len(n.Pipe.Decl) > 0:
		panic(errOdd)
	}
	yes, no := c.list(n.List), c.list(n.ElseList)
	c.names = c.names[:scope]
	return func(r *run, dot reflect.Value) bool {
		x, ok := v(r, dot)
		if !ok {
			return false
		}
		if set >= 0 {
			r.vars[set] = x
		}
		switch {
		case !truth(x):
			return all(no, r, dot)
		case with:
			return all(yes, r, x)
		}
		return all(yes, r, dot)
	}
}

func (c *compiler) rangeOver(n *parse.RangeNode) node {
	scope := len(c.names)
	v := c.pipe(&parse.PipeNode{Cmds: n.Pipe.Cmds})
	index, item := -1, -1
	switch decl := n.Pipe.Decl; {
	case n.Pipe.IsAssign || len(decl) > 2:
		panic(errOdd)
	case len(decl) == 1:
		item = c.declare(decl[0].Ident[0])
	case len(decl) == 2:
		index, item = c.declare(decl[0].Ident[0]), c.declare(decl[1].Ident[0])
	}
	body, none := c.list(n.List), c.list(n.ElseList)
	c.names = c.names[:scope]
	return func(r *run, dot reflect.Value) bool {
		x, ok := v(r, dot)
		x = unwrap(x)
		if !ok || x.Kind() != reflect.Slice {
			return false
		}
		if x.Len() == 0 {
			return all(none, r, dot)
		}
		for i := range x.Len() {
			e := x.Index(i)
			if index >= 0 {
				r.vars[index] = reflect.ValueOf(i)
			}
			if item >= 0 {
				r.vars[item] = e
			}
			if !all(body, r, e) {
				return false
			}
		}
		return true
	}
}

// unwrap returns what is in an interface.
func unwrap(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface && !v.IsNil() {
		return v.Elem()
	}
	return v
}

// truth is template.IsTrue for the kinds that views have.
func truth(v reflect.Value) bool {
	switch v = unwrap(v); v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int64:
		return v.Int() != 0
	case reflect.Pointer, reflect.Interface, reflect.Func:
		return !v.IsNil()
	}
	yes, _ := template.IsTrue(v.Interface())
	return yes
}

func (c *compiler) pipe(p *parse.PipeNode) value {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 {
		panic(errOdd)
	}
	args := p.Cmds[0].Args
	if f, ok := args[0].(*parse.IdentifierNode); ok {
		return c.call(f.Ident, args[1:])
	}
	if len(args) == 1 {
		return c.arg(args[0])
	}
	return c.method(args[0], args[1:])
}

func (c *compiler) arg(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *run, dot reflect.Value) (reflect.Value, bool) { return dot, true }
	case *parse.FieldNode:
		return c.chain(func(_ *run, dot reflect.Value) (reflect.Value, bool) { return dot, true }, n.Ident)
	case *parse.VariableNode:
		at := c.variable(n.Ident[0])
		return c.chain(func(r *run, _ reflect.Value) (reflect.Value, bool) { return r.vars[at], true }, n.Ident[1:])
	case *parse.ChainNode:
		return c.chain(c.arg(n.Node), n.Field)
	case *parse.PipeNode:
		return c.pipe(n)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt && !bytes.ContainsAny([]byte(n.Text), "'.") {
			if i, err := strconv.Atoi(n.Text); err == nil {
				return constant(i)
			}
		}
	}
	panic(errOdd)
}

func constant(x any) value {
	v := reflect.ValueOf(x)
	return func(*run, reflect.Value) (reflect.Value, bool) { return v, true }
}
