package api

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// schema is a JSON Schema (draft 2020-12) or a part of one.
type schema struct {
	Schema               string             `json:"$schema,omitempty"`
	ID                   string             `json:"$id,omitempty"`
	Ref                  string             `json:"$ref,omitempty"`
	Title                string             `json:"title,omitempty"`
	Description          string             `json:"description,omitempty"`
	Type                 string             `json:"type,omitempty"`
	Const                any                `json:"const,omitempty"`
	Enum                 []string           `json:"enum,omitempty"`
	Format               string             `json:"format,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	Minimum              *int               `json:"minimum,omitempty"`
	Items                *schema            `json:"items,omitempty"`
	Properties           properties         `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	AdditionalProperties any                `json:"additionalProperties,omitempty"` // a *schema, or false
	Defs                 map[string]*schema `json:"$defs,omitempty"`
}

// properties are printed in the order of the type's members.
type properties []property

type property struct {
	name   string
	schema *schema
}

// MarshalJSON writes the properties as an object.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	before := byte('{')
	for _, m := range p {
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.schema)
		if err != nil {
			return nil, err
		}
		b.WriteByte(before)
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
		before = ','
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// kinds are the documents, and what they are about.
var kinds = []struct {
	name, title string
	document    any
}{
	{"catalog", "The catalog: what it is, and lists of its sellers and products", Catalog{}},
	{"product", "A product: everything that a buyer sees", Product{}},
	{"seller", "A seller and its showcase", Seller{}},
	{"prices", "What VMs cost in a Region", Prices{}},
}

// Kinds returns the kinds of documents.
func Kinds() (names []string) {
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// WriteSchema writes the JSON Schema of a kind of document. The address is that
// of the schema itself.
func WriteSchema(w io.Writer, kind, address string, languages []string) error {
	for _, k := range kinds {
		if k.name != kind {
			continue
		}
		return writeSchema(w, k.document, k.title, address, languages)
	}
	return nil
}

// WriteSchemaOf writes the JSON Schema of a document that the site does not have.
// A member whose name in JSON is - is no part of it.
func WriteSchemaOf(w io.Writer, document any, title string) error {
	return writeSchema(w, document, title, "", nil)
}

func writeSchema(w io.Writer, document any, title, address string, languages []string) error {
	m := maker{languages: languages, refs: "#/$defs/", defs: make(map[string]*schema)}
	s := m.object(reflect.TypeOf(document))
	s.Schema, s.ID, s.Title = "https://json-schema.org/draft/2020-12/schema", address, title
	s.Defs = m.defs
	return Write(w, s, "  ")
}

// Write writes a document. Less-than signs and ampersands stay as they are: a
// document is no part of a page.
func Write(w io.Writer, document any, indent string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(document)
}

// maker makes schemas of types. What is used in several places is a definition,
// named by its type.
type maker struct {
	languages []string
	refs      string // the address of definitions, without their names
	defs      map[string]*schema
}

// object describes a struct.
func (m *maker) object(t reflect.Type) *schema {
	s := &schema{Type: "object", AdditionalProperties: false}
	for f := range t.Fields() {
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		value := m.value(f.Type, f.Tag.Get("format"))
		value.Description = f.Tag.Get("doc")
		if values := f.Tag.Get("enum"); values != "" {
			value.Enum = strings.Split(values, ",")
		}
		value.Pattern = f.Tag.Get("pattern")
		if name == "version" && f.Type.Kind() == reflect.Int {
			value.Const = Version
		}
		s.Properties = append(s.Properties, property{name, value})
		if option != "omitempty" {
			s.Required = append(s.Required, name)
		}
	}
	return s
}

// value describes what a member holds.
func (m *maker) value(t reflect.Type, format string) *schema {
	switch t.Kind() {
	case reflect.Pointer:
		return m.value(t.Elem(), format)
	case reflect.String:
		return &schema{Type: "string", Format: format}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int, reflect.Int64:
		return &schema{Type: "integer", Minimum: new(int)}
	case reflect.Slice:
		return &schema{Type: "array", Items: m.value(t.Elem(), format)}
	case reflect.Map:
		if t.Name() == "" { // by Region
			return &schema{Type: "object", AdditionalProperties: m.value(t.Elem(), format)}
		}
		name := t.Name()
		if format == "uri" {
			name = "Addresses"
		}
		return m.define(name, func() *schema {
			s := &schema{Type: "object", Description: "In each language, by the language's tag.", AdditionalProperties: false}
			for _, l := range m.languages {
				s.Properties = append(s.Properties, property{l, m.value(t.Elem(), format)})
			}
			return s
		})
	}
	return m.define(t.Name(), func() *schema { return m.object(t) })
}

// define refers to a definition, which is made once.
func (m *maker) define(name string, describe func() *schema) *schema {
	if m.defs[name] == nil {
		m.defs[name] = describe()
	}
	return &schema{Ref: m.refs + name}
}
