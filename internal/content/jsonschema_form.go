package content

import (
	"regexp"
	"strings"
)

// jsonTypes are the JSON types of a scalar as YAML 1.2 reads it. An amount may
// be a number or, in quotes, a text; what is taken as it is written may look
// like anything.
func (f *field) jsonTypes() []string {
	switch {
	case f.form == boolean:
		return []string{"boolean"}
	case f.form == number:
		return []string{"integer", "string"}
	case f.form == money:
		return []string{"number", "string"}
	case f.form == slug:
		return []string{"string", "integer"}
	case f.form == literal && !f.quoted && f.pattern == nil:
		return []string{"string", "number", "boolean"}
	}
	return []string{"string"}
}

// scalar is a value of one line: its types, its form and its limits. It may be
// empty: what is no draft is asked for more beside it.
func (g *schemaMaker) scalar(f *field, path []string) *jsonSchema {
	s := &jsonSchema{Type: append(f.jsonTypes(), "null"), MaxLength: f.max}
	shape := func(pattern, fault string) {
		s.Pattern, s.ErrorMessage = `^\s*(`+strings.Trim(pattern, "^$")+`)?\s*$`, g.say(fault)
	}
	switch f.form {
	case text:
		s.Pattern, s.ErrorMessage = `^[^\n]*\s*$`, g.say("text")
	case enum:
		s.Type, s.Enum = nil, append(anys(f.values), nil)
	case slug:
		shape(slugForm.String(), "slug")
		s.Minimum, s.MaxLength, s.Not = new(0), maxSlug, &jsonSchema{Enum: anys(devices)}
	case reference:
		shape(referenceForm.String(), "reference")
	case date:
		shape(datePattern, "date")
	case boolean:
		s.ErrorMessage = g.say("boolean")
	case number:
		shape(numberForm.String(), "number")
		s.Minimum, s.ExclusiveMaximum = new(1), new(1_000_000)
	case money:
		shape(moneyForm.String(), "money")
		s.Minimum, s.ExclusiveMaximum = new(0), new(1_000_000_000)
	case link:
		shape(linkPattern, "link")
		s.Not = &jsonSchema{Type: "string", Pattern: privatePattern}
	case email:
		shape(emailForm.String(), "email")
		s.MaxLength = 254
	case file:
		shape(filePattern, "file")
	case fileOrLink:
		shape(linkPattern+"|"+filePattern, "file_or_link")
		s.Not = &jsonSchema{Type: "string", Pattern: privatePattern}
	case country:
		shape(countryForm.String(), "country")
	case literal:
		if f.pattern != nil {
			shape(f.pattern.String(), path[len(path)-1])
		}
		g.known(s, path)
	}
	return s
}

// known says of values that catalog.yaml or the rules list which there are.
func (g *schemaMaker) known(s *jsonSchema, path []string) {
	switch strings.Join(path, ".") {
	case "product.regions":
		if ids := g.regions(); ids != nil {
			s.Type, s.Enum = nil, append(anys(ids), nil)
		}
	case "product.product_code":
		s.ErrorMessage = g.say("product_code")
		if g.Settings == nil {
			return
		}
		pattern := g.Settings.Codes.Pattern
		if _, err := regexp.Compile(pattern); err == nil && pattern != "" && !ownSyntax.MatchString(pattern) {
			s.Pattern = `^\s*$|` + pattern
		}
		s.Not = &jsonSchema{Enum: anys(g.Settings.Codes.Reserved)}
	case "catalog.waivers.rule":
		s.Type = nil
		for _, r := range g.Rules {
			if !r.Fixed {
				s.Enum = append(s.Enum, r.ID)
			}
		}
	}
}

// ownSyntax finds what regular expressions have in Go and not in JavaScript.
var ownSyntax = regexp.MustCompile(`\(\?[^:]|\[:|\\[^dDsSwWbBtnrfv.*+?()|{}$^/\[\]\\-]`)

// The forms of dates, links and files' names, as far as regular expressions can
// say them that Go and JavaScript read alike. A bit more passes here than in the
// check: 29 February of any year, a file's name of more than 63 characters.
var (
	datePattern = `[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))`
	linkPattern = `[hH][tT][tT][pP][sS]?://([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?\.?(:[0-9]*)?([/?#]([^\s\\%]|%[0-9A-Fa-f]{2})*)?` +
		`|[mM][aA][iI][lL][tT][oO]:` + strings.Trim(emailForm.String(), "^$") + `(\?[^\s\\]*)?`
	privatePattern = `^[A-Za-z]+://[^/?#]*\.(` + strings.Join(private, "|") + `)\.?(:[0-9]*)?([/?#]|$)`
	filePattern    = `[a-z0-9]([a-z0-9-]|\.[a-z0-9-]){0,62}\.(svg|png|jpg|jpeg|webp|pdf|yaml|tf)`
)

func anys[T ~string](words []T) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}
