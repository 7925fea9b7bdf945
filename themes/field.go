package themes

import (
	"reflect"
	"sync/atomic"
	"text/template/parse"
)

// place is where a type has a field or a method of a name.
type place struct {
	of     reflect.Type
	field  []int
	method int // of the type, or -1
}

// lookup finds a field or method as text/template does, methods first, and
// remembers it: a node of a template sees values of one type, nearly always.
type lookup struct {
	name string
	last atomic.Pointer[place]
}

func (l *lookup) in(t reflect.Type) *place {
	if p := l.last.Load(); p != nil && p.of == t {
		return p
	}
	p := &place{of: t, method: -1}
	if m, ok := t.MethodByName(l.name); ok {
		p.method = m.Index
	} else {
		s := t
		if s.Kind() == reflect.Pointer {
			s = s.Elem()
		}
		if s.Kind() != reflect.Struct {
			return nil
		}
		f, ok := s.FieldByName(l.name)
		if !ok || !f.IsExported() {
			return nil
		}
		p.field = f.Index
	}
	l.last.Store(p)
	return p
}

// receiver returns what a field or a method is looked for in: as text/template
// does, methods of a pointer are those of what it points at as well.
func receiver(v reflect.Value) reflect.Value {
	v = unwrap(v)
	if v.Kind() == reflect.Struct && v.CanAddr() {
		v = v.Addr()
	}
	return v
}

// chain follows fields and methods without arguments.
func (c *compiler) chain(from value, names []string) value {
	for _, name := range names {
		from = step(from, name)
	}
	return from
}

func step(from value, name string) value {
	l := &lookup{name: name}
	return func(r *run, dot reflect.Value) (reflect.Value, bool) {
		v, ok := from(r, dot)
		if !ok || !v.IsValid() {
			return v, false
		}
		v = receiver(v)
		p := l.in(v.Type())
		if p == nil {
			return v, false
		}
		if p.method >= 0 {
			m := v.Method(p.method)
			if m.Type().NumIn() > 0 {
				return v, false
			}
			return result(m.Call(nil))
		}
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		if len(p.field) == 1 {
			return v.Field(p.field[0]), true
		}
		v, err := v.FieldByIndexErr(p.field)
		return v, err == nil
	}
}

// result is what a method returned; its error is for html/template to tell.
func result(out []reflect.Value) (reflect.Value, bool) {
	if len(out) == 2 && !out[1].IsNil() {
		return out[0], false
	}
	return out[0], true
}

// method calls a method with arguments.
func (c *compiler) method(of parse.Node, args []parse.Node) value {
	var from value
	var name string
	switch n := of.(type) {
	case *parse.FieldNode:
		last := len(n.Ident) - 1
		name = n.Ident[last]
		from = c.chain(func(_ *run, dot reflect.Value) (reflect.Value, bool) { return dot, true }, n.Ident[:last])
	case *parse.VariableNode:
		if len(n.Ident) < 2 {
			panic(errOdd)
		}
		last := len(n.Ident) - 1
		name = n.Ident[last]
		at := c.variable(n.Ident[0])
		from = c.chain(func(r *run, _ reflect.Value) (reflect.Value, bool) { return r.vars[at], true }, n.Ident[1:last])
	default:
		panic(errOdd)
	}
	var values []value
	for _, a := range args {
		values = append(values, c.arg(a))
	}
	l := &lookup{name: name}
	return func(r *run, dot reflect.Value) (reflect.Value, bool) {
		v, ok := from(r, dot)
		if !ok || !v.IsValid() {
			return v, false
		}
		v = receiver(v)
		p := l.in(v.Type())
		if p == nil || p.method < 0 {
			return v, false
		}
		m := v.Method(p.method)
		in, ok := arguments(r, dot, m.Type(), values)
		if !ok {
			return v, false
		}
		return result(m.Call(in))
	}
}

// arguments computes what a function is called with. Types must fit as they
// are.
func arguments(r *run, dot reflect.Value, f reflect.Type, values []value) ([]reflect.Value, bool) {
	if len(values) < f.NumIn() && !f.IsVariadic() || len(values) > f.NumIn() && !f.IsVariadic() || f.IsVariadic() && len(values) < f.NumIn()-1 {
		return nil, false
	}
	in := make([]reflect.Value, 0, len(values))
	for i, v := range values {
		x, ok := v(r, dot)
		if !ok || !x.IsValid() {
			return nil, false
		}
		want := f.In(min(i, f.NumIn()-1))
		if f.IsVariadic() && i >= f.NumIn()-1 {
			want = want.Elem()
		}
		if x = unwrap(x); !x.Type().AssignableTo(want) {
			return nil, false
		}
		in = append(in, x)
	}
	return in, true
}

// call compiles a function of the templates' language.
func (c *compiler) call(name string, args []parse.Node) value {
	var values []value
	for _, a := range args {
		values = append(values, c.arg(a))
	}
	switch {
	case name == "and" && len(values) > 0:
		return first(values, false)
	case name == "or" && len(values) > 0:
		return first(values, true)
	case name == "not" && len(values) == 1:
		return func(r *run, dot reflect.Value) (reflect.Value, bool) {
			v, ok := values[0](r, dot)
			return reflect.ValueOf(ok && !truth(v)), ok
		}
	case name == "len" && len(values) == 1:
		return func(r *run, dot reflect.Value) (reflect.Value, bool) {
			v, ok := values[0](r, dot)
			if v = unwrap(v); !ok || v.Kind() != reflect.Slice && v.Kind() != reflect.String {
				return v, false
			}
			return reflect.ValueOf(v.Len()), true
		}
	case name == "index" && len(values) == 2:
		return func(r *run, dot reflect.Value) (reflect.Value, bool) {
			of, ok := values[0](r, dot)
			at, ok2 := values[1](r, dot)
			of, at = unwrap(of), unwrap(at)
			if !ok || !ok2 || of.Kind() != reflect.Slice || at.Kind() != reflect.Int || at.Int() < 0 || at.Int() >= int64(of.Len()) {
				return of, false
			}
			return of.Index(int(at.Int())), true
		}
	case len(values) == 2 && comparisons[name] != nil:
		compare := comparisons[name]
		return func(r *run, dot reflect.Value) (reflect.Value, bool) {
			a, ok := values[0](r, dot)
			b, ok2 := values[1](r, dot)
			if !ok || !ok2 {
				return a, false
			}
			return compare(unwrap(a), unwrap(b))
		}
	}
	panic(errOdd)
}

// first returns the first value whose truth is as wanted, or else the last.
func first(values []value, wanted bool) value {
	return func(r *run, dot reflect.Value) (v reflect.Value, ok bool) {
		for _, of := range values {
			if v, ok = of(r, dot); !ok || truth(v) == wanted {
				break
			}
		}
		return v, ok
	}
}

// comparisons are those of whole numbers, and of strings whether they are equal.
var comparisons = map[string]func(a, b reflect.Value) (reflect.Value, bool){
	"eq": func(a, b reflect.Value) (reflect.Value, bool) { return equal(a, b, true) },
	"ne": func(a, b reflect.Value) (reflect.Value, bool) { return equal(a, b, false) },
	"lt": numbers(func(a, b int64) bool { return a < b }),
	"le": numbers(func(a, b int64) bool { return a <= b }),
	"gt": numbers(func(a, b int64) bool { return a > b }),
	"ge": numbers(func(a, b int64) bool { return a >= b }),
}

func equal(a, b reflect.Value, wanted bool) (reflect.Value, bool) {
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return reflect.ValueOf((a.String() == b.String()) == wanted), true
	case a.CanInt() && b.CanInt():
		return reflect.ValueOf((a.Int() == b.Int()) == wanted), true
	}
	return a, false
}

func numbers(compare func(a, b int64) bool) func(a, b reflect.Value) (reflect.Value, bool) {
	return func(a, b reflect.Value) (reflect.Value, bool) {
		if !a.CanInt() || !b.CanInt() {
			return a, false
		}
		return reflect.ValueOf(compare(a.Int(), b.Int())), true
	}
}
