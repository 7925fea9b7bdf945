package content

import (
	"bytes"
	"encoding/json"
)

// jsonSchema is a schema, or a part of one: the keywords that are used here.
// Keywords that begin with x- are ours; errorMessage and enumDescriptions are
// those of the editors' language servers.
type jsonSchema struct {
	Schema               string            `json:"$schema,omitempty"`
	Title                string            `json:"title,omitempty"`
	Description          string            `json:"description,omitempty"`
	Titles               map[string]string `json:"x-title,omitempty"`       // a language each
	Descriptions         map[string]string `json:"x-description,omitempty"` // a language each
	Type                 any               `json:"type,omitempty"`          // a name or several
	Const                any               `json:"const,omitempty"`
	Enum                 []any             `json:"enum,omitempty"`
	EnumDescriptions     []string          `json:"enumDescriptions,omitempty"`
	Pattern              string            `json:"pattern,omitempty"`
	MaxLength            int               `json:"maxLength,omitempty"`
	Minimum              *int              `json:"minimum,omitempty"`
	ExclusiveMaximum     *int              `json:"exclusiveMaximum,omitempty"`
	MinItems             int               `json:"minItems,omitempty"`
	MaxItems             int               `json:"maxItems,omitempty"`
	UniqueItems          bool              `json:"uniqueItems,omitempty"`
	Items                *jsonSchema       `json:"items,omitempty"`
	Contains             *jsonSchema       `json:"contains,omitempty"`
	Properties           properties        `json:"properties,omitempty"`
	Required             []string          `json:"required,omitempty"`
	MinProperties        int               `json:"minProperties,omitempty"`
	AdditionalProperties any               `json:"additionalProperties,omitempty"` // a schema, or never
	Not                  *jsonSchema       `json:"not,omitempty"`
	AnyOf                []*jsonSchema     `json:"anyOf,omitempty"`
	AllOf                []*jsonSchema     `json:"allOf,omitempty"`
	If                   *jsonSchema       `json:"if,omitempty"`
	Then                 *jsonSchema       `json:"then,omitempty"`
	Else                 *jsonSchema       `json:"else,omitempty"`
	Examples             []any             `json:"examples,omitempty"`
	ErrorMessage         string            `json:"errorMessage,omitempty"`
}

// never is the schema that nothing satisfies.
const never = false

// properties are printed in their order: that of the tables.
type properties []property

type property struct {
	key    string
	schema any // a *jsonSchema, or never
}

// set adds a key.
func (s *jsonSchema) set(key string, schema any) {
	s.Properties = append(s.Properties, property{key, schema})
}

// MarshalJSON writes the properties as an object.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := encoder(&b)
	before := byte('{')
	for _, m := range p {
		b.WriteByte(before)
		if err := e.Encode(m.key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(m.schema); err != nil {
			return nil, err
		}
		before = ','
	}
	if len(p) == 0 {
		b.WriteByte(before)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// print returns the schema as an indented JSON text.
func (s *jsonSchema) print() ([]byte, error) {
	var b bytes.Buffer
	e := encoder(&b)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return b.Bytes(), err
}

// encoder leaves < and & in texts as they are: nothing here goes into HTML.
func encoder(b *bytes.Buffer) *json.Encoder {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e
}
