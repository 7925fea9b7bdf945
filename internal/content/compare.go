package content

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
)

// Difference is a value of a front matter, or of catalog.yaml, that is another
// one than it was.
type Difference struct {
	// Path leads to the value: keys, and what names the items of lists. The rate of
	// an offer is offers, standard, rate.
	Path []string
	Form Form
	// Was and Now are the value: one text, or one a language, or a list's items. nil
	// is a value that is not there.
	Was, Now []string
}

// Form is what a value is to people.
type Form string

// The forms of values. An item is one of a list that came or went as a whole;
// what it holds are differences of their own behind it.
const (
	FormText   Form = "text" // a text a language
	FormWord   Form = "word" // a name, an identifier, a choice
	FormAmount Form = "amount"
	FormDate   Form = "date"
	FormLink   Form = "link"  // a text a language, or one for all
	FormFile   Form = "file"  // a file's name or a link, likewise
	FormList   Form = "list"  // of words
	FormItem   Form = "item"  // Was and Now are nil and empty, or empty and nil
	FormOther  Form = "other" // what the schema does not know, or has otherwise
)

// Compare compares what two documents of a kind say, in the order of the schema.
// Either may be nil or unreadable: then everything came or went.
func Compare(kind Kind, was, now *Document, languages []string) []Difference {
	c := &comparison{languages: languages}
	c.object(schemas[kind], nil, frontOf(was), frontOf(now))
	return c.found
}

func frontOf(d *Document) *Value {
	if d == nil {
		return nil
	}
	return d.Front
}

var schemas = map[Kind][]field{CatalogFile: catalogSchema, PageEntry: pageSchema, SellerEntry: showcaseSchema, ProductEntry: productSchema}

// AsItIs reads a source file, whatever is wrong with it. It has no
// Front where it cannot be read.
func (r *Root) AsItIs(name string) *Document {
	kind, _ := KindOf(name)
	d, _ := r.readDocument(name, kind)
	return d
}

// comparison walks down two values along the schema.
type comparison struct {
	languages []string
	found     []Difference
}

func (c *comparison) add(path []string, form Form, was, now []string) {
	c.found = append(c.found, Difference{slices.Clone(path), form, was, now})
}

// object compares mappings, first the keys of the schema, then all others.
func (c *comparison) object(fields []field, path []string, was, now *Value) {
	known := make(map[string]bool)
	for i := range fields {
		f := &fields[i]
		known[f.key] = true
		c.value(f, append(slices.Clip(path), f.key), was.Get(f.key), now.Get(f.key))
	}
	for _, key := range keysIn(was, now) {
		if !known[key] {
			c.raw(append(slices.Clip(path), key), was.Get(key), now.Get(key))
		}
	}
}

// keysIn returns the keys of two mappings, each once.
func keysIn(values ...*Value) (keys []string) {
	for _, v := range values {
		if v == nil || v.Kind != Mapping {
			continue
		}
		for _, k := range v.Keys {
			if !slices.Contains(keys, k.Text) {
				keys = append(keys, k.Text)
			}
		}
	}
	return keys
}

// value compares two values of a field.
func (c *comparison) value(f *field, path []string, was, now *Value) {
	if was.absent() && now.absent() {
		return
	}
	fits := func(kind ValueKind) bool {
		return (was.absent() || was.Kind == kind) && (now.absent() || now.Kind == kind)
	}
	switch {
	case f.form == object && fits(Mapping):
		c.object(f.fields, path, was, now)
	case f.form == byRegion && fits(Mapping):
		for _, region := range keysIn(was, now) {
			c.value(&f.fields[0], append(slices.Clip(path), region), was.Get(region), now.Get(region))
		}
	case f.form == list && fits(Sequence):
		c.list(f, path, was, now)
	case f.lang != once && (f.form == text || f.form == link || f.form == file || f.form == fileOrLink):
		if a, b := c.each(was), c.each(now); !slices.Equal(a, b) {
			c.add(path, eachForm(f.form), a, b)
		}
	case fits(Scalar):
		c.scalar(f, path, was, now)
	default:
		c.raw(path, was, now)
	}
}

func eachForm(f form) Form {
	switch f {
	case link:
		return FormLink
	case file, fileOrLink:
		return FormFile
	}
	return FormText
}

func (c *comparison) scalar(f *field, path []string, was, now *Value) {
	a, b := was.one(), now.one()
	if slices.Equal(a, b) {
		return
	}
	form := FormWord
	switch f.form {
	case money:
		if form = FormAmount; a != nil && b != nil && sameAmount(a[0], b[0]) {
			return
		}
	case date:
		form = FormDate
	case link, email:
		form = FormLink
	case file, fileOrLink:
		form = FormFile
	}
	c.add(path, form, a, b)
}

func sameAmount(a, b string) bool {
	x, err := catalog.ParseDecimal(a)
	y, other := catalog.ParseDecimal(b)
	return err == nil && other == nil && x.Equal(y.Decimal)
}

// list compares lists: of words as a whole, of anything else item by item.
func (c *comparison) list(f *field, path []string, was, now *Value) {
	item := field{form: object, fields: f.fields}
	if len(f.fields) == 1 && f.fields[0].key == "" {
		item = f.fields[0]
	}
	if item.form != object && item.lang == once {
		if a, b := was.words(), now.words(); !slices.Equal(a, b) {
			c.add(path, FormList, a, b)
		}
		return
	}
	pairs := c.pairs(was, now)
	if a, b := orders(pairs); !slices.Equal(a, b) {
		c.add(path, FormList, a, b) // pages show items in the order of the file
	}
	for _, p := range pairs {
		at := append(slices.Clip(path), p.name)
		if item.form == object && (p.was == nil || p.now == nil) {
			gone, came := []string(nil), []string{}
			if p.was != nil {
				gone, came = came, gone
			}
			c.add(at, FormItem, gone, came)
		}
		c.value(&item, at, p.was, p.now)
	}
}

// raw compares values that the schema does not tell apart.
func (c *comparison) raw(path []string, was, now *Value) {
	a, b := was.plain(), now.plain()
	if !slices.Equal(a, b) {
		c.add(path, FormOther, a, b)
	}
}

// absent reports whether there is no value.
func (v *Value) absent() bool { return v == nil || v.Kind == Null }

// one returns a scalar as a list of one.
func (v *Value) one() []string {
	if v.absent() {
		return nil
	}
	return []string{v.Text}
}

func (v *Value) items() []*Value {
	if v == nil || v.Kind != Sequence {
		return nil
	}
	return v.Items
}

// words returns a list's items as they are written.
func (v *Value) words() (words []string) {
	for _, item := range v.items() {
		words = append(words, item.plain()...)
	}
	return words
}

// each returns a text in each language; one that is given once is the same in
// all.
func (c *comparison) each(v *Value) []string {
	if v.absent() {
		return nil
	}
	out := make([]string, len(c.languages))
	for i, l := range c.languages {
		switch {
		case v.Kind == Scalar:
			out[i] = v.Text
		case v.Kind == Mapping && !v.Get(l).absent():
			out[i] = v.Get(l).Text
		}
	}
	return out
}

// plain writes any value in one line.
func (v *Value) plain() []string {
	switch {
	case v.absent():
		return nil
	case v.Kind == Scalar:
		return []string{v.Text}
	}
	var parts []string
	for i, item := range v.Items {
		s := strings.Join(item.plain(), "")
		if v.Kind == Mapping {
			s = v.Keys[i].Text + ": " + s
		}
		parts = append(parts, s)
	}
	return []string{strings.Join(parts, ", ")}
}
