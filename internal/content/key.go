package content

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
)

// Key is a key of a source file as the schema's tables have it, for editors that
// complete and explain keys. The zero Key is none.
type Key struct {
	f    *field
	path []string // from the kind of file: product, versions, status
}

// Facts are what it depends on whether a key may or must be there.
type Facts struct {
	Type    catalog.ProductType // of the product, "" where not known
	Pricing catalog.Pricing     // of the product
	Status  string              // of the entry or the version that the key is in
}

// Keys are the keys at the top of a kind of file, in the order of the tables.
func Keys(kind Kind) []Key {
	if kind == CatalogFile {
		return keysOf(catalogSchema, []string{"catalog"})
	}
	name := [...]string{PageEntry: "page", SellerEntry: "showcase", ProductEntry: "product"}[kind]
	return keysOf((&Document{Kind: kind}).schema(), []string{name})
}

func keysOf(fields []field, path []string) []Key {
	var keys []Key
	for i := range fields {
		keys = append(keys, Key{&fields[i], append(slices.Clone(path), fields[i].key)})
	}
	return keys
}

// Known reports whether there is such a key.
func (k Key) Known() bool { return k.f != nil }

// Name is the key itself; "" of a list's item.
func (k Key) Name() string { return k.f.key }

// Path is the way to the key, from the kind of file: product.versions.status.
func (k Key) Path() string { return strings.Join(k.path, ".") }

// Keys are the keys of the mapping, or of the list's mappings, that is the key's
// value; nil where it is another value. Keys of rules, which are rules' ids,
// languages and Regions are not among them.
func (k Key) Keys() []Key {
	if k.f == nil || k.f.fields == nil || k.f.fields[0].key == "" {
		return nil
	}
	return keysOf(k.f.fields, k.path)
}

// Item is the item of a list whose items are no mappings with keys of their own,
// or the value of a mapping by Region.
func (k Key) Item() Key {
	if k.f == nil || len(k.f.fields) != 1 || k.f.fields[0].key != "" {
		return Key{}
	}
	return Key{&k.f.fields[0], k.path}
}

// List reports whether the value is a list.
func (k Key) List() bool { return k.f != nil && k.f.form == list }

// ByRegion reports whether the value is a mapping with a value a Region.
func (k Key) ByRegion() bool { return k.f != nil && k.f.form == byRegion }

// Severities reports whether the value is a mapping from rules' ids to severities.
func (k Key) Severities() bool { return k.f != nil && k.f.form == object && k.f.fields == nil }

// EachLanguage reports whether the value is, or may be, a mapping with a value a
// language; once says that it may also be one value for all.
func (k Key) EachLanguage() (perLanguage, single bool) {
	if k.f == nil || k.f.form == list {
		return false, true
	}
	return k.f.lang != once, k.f.lang != each
}

// Reference, File and Country report what a value stands for: a product,
// a file in the entry's folder, perhaps or a link instead, a country.
func (k Key) Reference() bool { return k.f != nil && k.f.form == reference }

// File reports whether the value is the name of a file in the entry's folder, or
// may be one.
func (k Key) File() bool { return k.f != nil && (k.f.form == file || k.f.form == fileOrLink) }

// Country reports whether the value is a country's code.
func (k Key) Country() bool { return k.f != nil && k.f.form == country }

// Text reports whether the value is a text that people read.
func (k Key) Text() bool { return k.f != nil && k.f.form == text }

// Quoted reports whether the value must be in quotes.
func (k Key) Quoted() bool { return k.f != nil && k.f.quoted }

// Values are the values of an enumeration, true and false among them.
func (k Key) Values() []string {
	switch {
	case k.f == nil:
		return nil
	case k.f.form == boolean:
		return []string{"true", "false"}
	}
	return k.f.values
}

// Fits reports whether products of the type have the key.
func (k Key) Fits(f Facts) bool {
	return (&validator{product: f.Type}).belongs(k.f)
}

// Needed reports whether the key must be there to publish what it is in.
func (k Key) Needed(f Facts) bool {
	in := &Value{Kind: Mapping, Keys: []*Value{{Kind: Scalar, Text: "status"}}, Items: []*Value{{Kind: Scalar, Text: f.Status}}}
	return (&validator{product: f.Type, pricing: f.Pricing}).needed(k.f, in)
}

// Title names the key in a language of schemaLanguages.
func (k Key) Title(language string) string { return wordsOf(k.path).Get("title").Get(language).text() }

// About says what the key means, when it is needed and what its limits are.
func (k Key) About(language string) string {
	about := wordsOf(k.path).Get("about").Get(language).text()
	return strings.Join(append([]string{about}, k.f.facts(language)...), " ")
}

// AboutValue says what a value of an enumeration means, or "".
func (k Key) AboutValue(value, language string) string {
	return wordsOf(k.path).Get("values").Get(value).Get(language).text()
}

// Example is how a value may be written, "" where no example is given.
func (k Key) Example() string {
	if e := items(wordsOf(k.path).Get("examples")); len(e) > 0 {
		return e[0].text()
	}
	return k.f.example
}

// Date reports whether the value is a day.
func (k Key) Date() bool { return k.f != nil && k.f.form == date }
