package content

import (
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// SchemaOptions are the choices of Schema.
type SchemaOptions struct {
	Settings *catalog.Settings // of the catalog that the file is for; nil: English and French, any Region and any category
	Rules    []*diag.Rule      // the rules that catalog.yaml speaks of
	Language string            // of titles and descriptions: "en" or "fr"
	Book     *diag.Book        // the rules' titles in that language
}

// Schema returns the JSON Schema (draft 2020-12) of a kind of file: of
// catalog.yaml, or of an entry's front matter. It is made from the tables that
// the check goes by. What only the check can tell stays with it: whether files
// and other entries are there, and whether a value was in quotes.
//
// What a draft may still lack is asked for beside the keys' descriptions, on
// the condition that the status is another. Only keywords that draft-07 has as
// well are used, and no references: older editors understand it too.
func Schema(kind Kind, opt SchemaOptions) ([]byte, error) {
	g := &schemaMaker{SchemaOptions: opt, languages: []string{"en", "fr"}}
	if opt.Settings != nil && len(opt.Settings.Languages) > 0 {
		g.languages = nil
		for _, l := range opt.Settings.Languages {
			if !slices.Contains(g.languages, l) {
				g.languages = append(g.languages, l)
			}
		}
	}
	name, fields := "catalog", catalogSchema
	if kind != CatalogFile {
		name = [...]string{PageEntry: "page", SellerEntry: "showcase", ProductEntry: "product"}[kind]
		fields = (&Document{Kind: kind}).schema()
	}
	root := g.object(fields, []string{name})
	root.Schema, root.Type = "https://json-schema.org/draft/2020-12/schema", "object"
	g.describe(root, []string{"file", name}, func(string) []string { return nil })
	needed := &jsonSchema{AllOf: g.needs(kind, fields)}
	g.need(needed, fields)
	if kind == CatalogFile {
		root.AllOf = []*jsonSchema{needed}
	} else {
		root.AllOf = append(g.rules(kind, fields), unlessDraft(needed))
	}
	return root.print()
}

// schemaMaker makes the schema of one kind of file.
type schemaMaker struct {
	SchemaOptions
	languages []string
}

// object is what a mapping may hold, in a draft as well.
func (g *schemaMaker) object(fields []field, path []string) *jsonSchema {
	s := &jsonSchema{AdditionalProperties: never}
	for i := range fields {
		f := &fields[i]
		s.set(f.key, g.key(f, append(slices.Clone(path), f.key)))
	}
	return s
}

// key is a key's value, and what an editor shows of the key.
func (g *schemaMaker) key(f *field, path []string) *jsonSchema {
	s := g.value(f, path)
	g.describe(s, path, f.facts)
	if f.form == enum {
		for _, v := range f.values {
			s.EnumDescriptions = append(s.EnumDescriptions, wordsOf(path).Get("values").Get(v).Get(g.Language).text())
		}
		if f.key == "status" && len(path) == 2 { // an entry without one is no draft
			s.Enum = s.Enum[:len(f.values)]
		}
	}
	return s
}

func (g *schemaMaker) value(f *field, path []string) *jsonSchema {
	switch {
	case f.form == list:
		s := &jsonSchema{Type: []string{"array", "null"}, MaxItems: f.items[1], UniqueItems: f.unique}
		if of := &f.fields[0]; of.key == "" {
			s.Items = g.value(of, path)
		} else {
			s.Items = g.object(f.fields, path)
			s.Items.Type = []string{"object", "null"}
		}
		return s
	case f.form == object && f.fields == nil:
		return g.severities()
	case f.form == object:
		s := g.object(f.fields, path)
		s.Type = []string{"object", "null"}
		return s
	case f.form == byRegion:
		s := &jsonSchema{Type: []string{"object", "null"}, AdditionalProperties: g.scalar(&f.fields[0], path)}
		for _, r := range g.regions() {
			s.set(r, g.scalar(&f.fields[0], path))
		}
		return s
	case f.lang == once:
		return g.scalar(f, path)
	}
	s := &jsonSchema{}
	types := []string{"object", "string", "number", "boolean", "null"} // a draft's text may be given once for now
	if f.lang == onceOrEach {
		s = g.scalar(f, path)
		types = append([]string{"object"}, s.Type.([]string)...)
	}
	s.Type, s.AdditionalProperties = types, never
	for _, l := range g.languages {
		s.set(l, g.scalar(f, path))
	}
	return s
}

// severities are the keys of rules: one a rule that catalog.yaml may change.
func (g *schemaMaker) severities() *jsonSchema {
	s := &jsonSchema{Type: []string{"object", "null"}, AdditionalProperties: never}
	for _, r := range g.Rules {
		if !r.Fixed {
			s.set(r.ID, &jsonSchema{Description: g.Book.Phrase(r.Title), Enum: []any{"off", "warning", "error"}})
		}
	}
	return s
}

// need adds what a mapping needs that is no draft, whatever the type and the
// pricing mode: its keys, and their values.
func (g *schemaMaker) need(s *jsonSchema, fields []field) {
	for i := range fields {
		f := &fields[i]
		if (f.need == always || f.need == toPublish) && f.types == nil && f.pricing == nil {
			s.Required = append(s.Required, f.key)
		}
		s.set(f.key, g.filled(f))
	}
}

// filled asks for a value that says something, in every language.
func (g *schemaMaker) filled(f *field) *jsonSchema {
	s := &jsonSchema{}
	switch {
	case f.form == list:
		if f.need != optional {
			s.Type = "array"
		}
		s.MinItems = f.items[0]
		if f.need == toPublish {
			s.MinItems = max(s.MinItems, 1)
		}
		if of := &f.fields[0]; of.key == "" {
			s.Items = g.filled(of)
		} else {
			s.Items = &jsonSchema{Type: "object"}
			g.need(s.Items, f.fields)
			if find(f.fields, "status") != nil {
				s.Items = unlessDraft(s.Items)
			}
		}
	case f.form == object:
		if f.need != optional {
			s.Type = "object"
		}
		g.need(s, f.fields)
	case f.form == byRegion:
		s.Type, s.MinProperties, s.AdditionalProperties = "object", 1, g.notBlank(&f.fields[0])
	case f.lang == once:
		return g.notBlank(f)
	default:
		s = g.notBlank(f)
		s.Type = "object"
		if f.lang == onceOrEach {
			s.Type = []string{"object", "string"}
		}
		s.Required, s.ErrorMessage = g.languages, ""
		for _, l := range g.languages {
			s.set(l, g.notBlank(f))
		}
	}
	return s
}

// notBlank asks for a scalar that is neither null nor empty.
func (g *schemaMaker) notBlank(f *field) *jsonSchema {
	s := &jsonSchema{Type: f.jsonTypes(), ErrorMessage: g.say("blank")}
	if f.form != boolean {
		s.Pattern = `\S`
	}
	return s
}

// unlessDraft applies a schema where the status is not draft.
func unlessDraft(s *jsonSchema) *jsonSchema {
	return &jsonSchema{If: has("status", string(catalog.Draft)), Else: s}
}
