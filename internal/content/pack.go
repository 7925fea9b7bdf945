package content

import (
	"encoding"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"time"

	"vitrine/internal/diag"
)

// Records are kept as their values one behind the other, in the order of the
// fields, without names or types: whoever reads them is the program that wrote
// them. Package encoding/gob takes three times as long, which every build that
// finds its cache full would wait for.

// pack writes a record behind what is there.
func pack(to []byte, r *record) []byte { return recordCoder().put(to, reflect.ValueOf(r).Elem()) }

// unpack reads a record, and returns what follows it; ok is false where there is
// none. Texts are parts of the one that is read.
func unpack(from string, into *record) (rest string, ok bool) {
	u := &unpacking{rest: from, ok: true}
	recordCoder().get(u, reflect.ValueOf(into).Elem())
	return u.rest, u.ok
}

var recordCoder = sync.OnceValue(func() *coder { return make(coders).of(reflect.TypeFor[record]()) })

// coder packs and unpacks values of a type.
type coder struct {
	put func([]byte, reflect.Value) []byte
	get func(*unpacking, reflect.Value)
}

// unpacking is what is left to read. After a failure, all that is read is zero.
type unpacking struct {
	rest string
	ok   bool
}

func (u *unpacking) number() uint64 {
	var n uint64
	for shift := 0; shift < 64 && len(u.rest) > 0; shift += 7 {
		b := u.rest[0]
		u.rest = u.rest[1:]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	u.rest, u.ok = "", false
	return 0
}

// length reads how many things follow, of a byte each at least.
func (u *unpacking) length() int {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.rest, u.ok = "", false
		return 0
	}
	return int(n) //nolint:gosec // no more than there are bytes
}

func (u *unpacking) text() string {
	n := u.length()
	s := u.rest[:n]
	u.rest = u.rest[n:]
	return s
}

// coders are those of the types that a record is made of.
type coders map[reflect.Type]*coder

func (m coders) of(t reflect.Type) *coder {
	c := m[t]
	if c == nil {
		c = new(coder)
		m[t] = c // a type may point at itself
		m.make(c, t)
	}
	return c
}

func (m coders) make(c *coder, t reflect.Type) {
	switch t.Kind() {
	case reflect.String:
		c.put = func(to []byte, v reflect.Value) []byte {
			return append(binary.AppendUvarint(to, uint64(v.Len())), v.String()...)
		}
		c.get = func(u *unpacking, v reflect.Value) { v.SetString(u.text()) }
	case reflect.Bool:
		c.put = func(to []byte, v reflect.Value) []byte { return append(to, flag(v.Bool())) }
		c.get = func(u *unpacking, v reflect.Value) { v.SetBool(u.number() == 1) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.put = func(to []byte, v reflect.Value) []byte { return binary.AppendVarint(to, v.Int()) }
		c.get = func(u *unpacking, v reflect.Value) {
			n := u.number()
			v.SetInt(int64(n>>1) ^ -int64(n&1)) //nolint:gosec // as package binary does it
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		c.put = func(to []byte, v reflect.Value) []byte { return binary.AppendUvarint(to, v.Uint()) }
		c.get = func(u *unpacking, v reflect.Value) { v.SetUint(u.number()) }
	case reflect.Float64:
		c.put = func(to []byte, v reflect.Value) []byte { return binary.AppendUvarint(to, math.Float64bits(v.Float())) }
		c.get = func(u *unpacking, v reflect.Value) { v.SetFloat(math.Float64frombits(u.number())) }
	case reflect.Array:
		m.array(c, t)
	case reflect.Slice:
		m.slice(c, t)
	case reflect.Pointer:
		m.pointer(c, t)
	case reflect.Struct:
		m.structure(c, t)
	case reflect.Interface:
		m.any(c)
	default:
		panic(fmt.Sprintf("values of %s cannot be kept", t))
	}
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}

func (coders) array(c *coder, t reflect.Type) {
	if t.Elem().Kind() != reflect.Uint8 {
		panic(fmt.Sprintf("values of %s cannot be kept", t))
	}
	c.put = func(to []byte, v reflect.Value) []byte {
		for i := range v.Len() {
			to = append(to, byte(v.Index(i).Uint()))
		}
		return to
	}
	n := t.Len()
	c.get = func(u *unpacking, v reflect.Value) {
		if len(u.rest) < n {
			u.rest, u.ok = "", false
			return
		}
		copy(v.Slice(0, n).Bytes(), u.rest)
		u.rest = u.rest[n:]
	}
}

// slice tells one that is nil from one with nothing in it.
func (m coders) slice(c *coder, t reflect.Type) {
	item := m.of(t.Elem())
	c.put = func(to []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(to, 0)
		}
		to = binary.AppendUvarint(to, uint64(v.Len())+1)
		for i := range v.Len() {
			to = item.put(to, v.Index(i))
		}
		return to
	}
	c.get = func(u *unpacking, v reflect.Value) {
		n := u.number()
		if n == 0 {
			return
		}
		if n--; n > uint64(len(u.rest)) {
			u.rest, u.ok = "", false
			return
		}
		all := reflect.MakeSlice(t, int(n), int(n)) //nolint:gosec // no more than there are bytes
		for i := range int(n) {                     //nolint:gosec // the same
			item.get(u, all.Index(i))
		}
		v.Set(all)
	}
}

func (m coders) pointer(c *coder, t reflect.Type) {
	to := m.of(t.Elem()) // it may not be made yet
	c.put = func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, 0)
		}
		return to.put(append(b, 1), v.Elem())
	}
	c.get = func(u *unpacking, v reflect.Value) {
		if u.number() == 1 {
			n := reflect.New(t.Elem())
			to.get(u, n.Elem())
			v.Set(n)
		}
	}
}

// structure packs the exported fields, or what a type makes of itself. Times are
// left out: those of entries are the history's.
func (m coders) structure(c *coder, t reflect.Type) {
	if t == reflect.TypeFor[time.Time]() {
		c.put = func(to []byte, _ reflect.Value) []byte { return to }
		c.get = func(*unpacking, reflect.Value) {}
		return
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.BinaryUnmarshaler]()) {
		c.put = func(to []byte, v reflect.Value) []byte {
			data, err := v.Interface().(encoding.BinaryMarshaler).MarshalBinary()
			if err != nil {
				panic(err)
			}
			return append(binary.AppendUvarint(to, uint64(len(data))), data...)
		}
		c.get = func(u *unpacking, v reflect.Value) {
			if err := v.Addr().Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary([]byte(u.text())); err != nil {
				u.rest, u.ok = "", false
			}
		}
		return
	}
	type field struct {
		at int
		*coder
	}
	var fields []field
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			fields = append(fields, field{i, m.of(t.Field(i).Type)})
		}
	}
	c.put = func(to []byte, v reflect.Value) []byte {
		for i := range fields {
			to = fields[i].put(to, v.Field(fields[i].at))
		}
		return to
	}
	c.get = func(u *unpacking, v reflect.Value) {
		for i := range fields {
			fields[i].get(u, v.Field(fields[i].at))
		}
	}
}

// any packs what is in an interface: one of these types, or nothing.
func (m coders) any(c *coder) {
	types := []reflect.Type{
		reflect.TypeFor[string](), reflect.TypeFor[int64](), reflect.TypeFor[uint64](), reflect.TypeFor[float64](), reflect.TypeFor[diag.Packed](),
	}
	var in []*coder
	for _, t := range types {
		in = append(in, m.of(t))
	}
	c.put = func(to []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(to, 0)
		}
		i := slices.Index(types, v.Elem().Type())
		if i < 0 {
			panic(fmt.Sprintf("values of %s cannot be kept", v.Elem().Type()))
		}
		return in[i].put(append(to, byte(i+1)), v.Elem())
	}
	c.get = func(u *unpacking, v reflect.Value) {
		i := u.number()
		if i == 0 {
			return
		}
		if i > uint64(len(types)) {
			u.rest, u.ok = "", false
			return
		}
		n := reflect.New(types[i-1]).Elem()
		in[i-1].get(u, n)
		v.Set(n)
	}
}
