package diag

import (
	"fmt"
	"reflect"
)

// Packed is a Text or a Number in plain exported values, for keeping it in a
// file. What is put into its phrase is in Args: strings, numbers, and Packed.
type Packed struct {
	Phrase string
	Many   string // the phrase of more than one, of a Number
	N      int
	Args   []any
}

// Pack returns the text in plain values.
func (t Text) Pack() Packed {
	p := Packed{Phrase: t.phrase}
	for _, a := range t.args {
		p.Args = append(p.Args, pack(a))
	}
	return p
}

func pack(a any) any {
	switch a := a.(type) {
	case Text:
		return a.Pack()
	case Number:
		return Packed{Phrase: a.one, Many: a.many, N: a.n}
	}
	if _, ok := a.(fmt.Stringer); ok {
		return fmt.Sprint(a)
	}
	switch v := reflect.ValueOf(a); {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return v.Float()
	case v.Kind() == reflect.String:
		return v.String()
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return string(v.Bytes())
	}
	return fmt.Sprint(a)
}

// Unpack returns the text that was packed. It prints as the one that was: args
// that are neither texts nor numbers nor strings have become strings.
func (p Packed) Unpack() Text {
	t := Text{phrase: p.Phrase}
	for _, a := range p.Args {
		if a, ok := a.(Packed); ok {
			if a.Many != "" {
				t.args = append(t.args, Number{a.N, a.Phrase, a.Many})
			} else {
				t.args = append(t.args, a.Unpack())
			}
			continue
		}
		t.args = append(t.args, a)
	}
	return t
}
