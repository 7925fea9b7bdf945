package content

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"vitrine/internal/diag"
)

// Value is a node of a YAML file: a scalar as it was written, a mapping or a
// sequence. This file and syntax.go alone know the YAML library.
type Value struct {
	Kind    ValueKind
	quoted  byte     // the quote it begins with
	comment bool     // a comment follows in its line
	at      int      // offset in the source
	Text    string   // a scalar's text, unquoted
	Plain   string   // how YAML reads a plain scalar: "str", "int", "float", "bool", "null" or "timestamp"; "" if quoted
	Keys    []*Value // of a mapping
	Items   []*Value // a sequence's items, or a mapping's values in the order of Keys
}

// ValueKind is what a Value is.
type ValueKind uint8

// The kinds of values.
const (
	Null ValueKind = iota // nothing behind the colon
	Scalar
	Mapping
	Sequence
	refused // has what plain YAML does not have: reported already
)

// text names the kind in a message.
func (k ValueKind) text() diag.Text {
	switch k {
	case Scalar:
		return diag.Say("a text")
	case Mapping:
		return diag.Say("keys and values")
	case Sequence:
		return diag.Say("a list")
	}
	return diag.Say("nothing")
}

// Get returns the value of a key, or nil. It may be called on nil.
func (v *Value) Get(key string) *Value {
	if v == nil || v.Kind != Mapping {
		return nil
	}
	for i, k := range v.Keys {
		if k.Text == key {
			return v.Items[i]
		}
	}
	return nil
}

var (
	ruleSyntax = &diag.Rule{
		ID: "yaml-syntax", Severity: diag.Error, Fixed: true,
		Title: "the front matter can be read as YAML",
		Why:   "What is not YAML 1.2 cannot be read. The program would have to guess, and a wrong guess would be published.",
		Help:  "put a text in double quotes when it holds \": \" or \" #\" or begins with a special character; indent with spaces",
	}
	ruleFeature = &diag.Rule{
		ID: "yaml-feature", Severity: diag.Error, Fixed: true,
		Title: "the front matter uses plain YAML: no anchors, aliases, tags, merge or complex keys, and one document",
		Why:   "Anchors and aliases let a few lines stand for millions, and let one line change the meaning of another. Without them, a file says what it says where it says it, to every YAML reader.",
		Help:  "write the value out where it is needed",
	}
	ruleDuplicate = &diag.Rule{
		ID: "key-duplicate", Severity: diag.Error, Fixed: true,
		Title: "a key is given once",
		Why:   "YAML 1.2 asks for unique keys. Programs that let two pass do not agree which one counts.",
		Help:  "keep one of the two",
	}
)

// maxDepth is how deep mappings and lists may be nested; the schema needs 5.
const maxDepth = 12

// yamlReader turns one piece of YAML into values.
type yamlReader struct {
	source *Source
	line   int // of the piece's first line, minus 1
	found  []diag.Finding
}

// parseYAML reads the bytes from, to of a source. It returns nil where they
// are no YAML mapping; then there is a finding.
func parseYAML(s *Source, from, to int) (*Value, []diag.Finding) {
	if v := quickYAML(s, from, to); v != nil {
		return v, nil
	}
	return libraryYAML(s, from, to)
}

func libraryYAML(s *Source, from, to int) (*Value, []diag.Finding) {
	r := &yamlReader{source: s, line: s.Position(from).Line - 1}
	loader, err := yaml.NewLoader(bytes.NewReader(s.Data[from:to]))
	var node yaml.Node
	if err == nil {
		err = loader.Load(&node)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, []diag.Finding{r.syntax(err)}
	}
	if node.Kind != yaml.DocumentNode || len(node.Content) == 0 || node.Content[0].Kind != yaml.MappingNode {
		at := diag.Position{Line: r.line + 1, Column: 1}
		if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
			at = r.position(node.Content[0].Line, node.Content[0].Column)
		}
		f := r.fault(ruleSyntax, at, "keys and values are expected here")
		f.Help = diag.Say("write one in each line, such as status: draft")
		return nil, []diag.Finding{f}
	}
	v := r.value(node.Content[0], 0)
	var second yaml.Node
	if err := loader.Load(&second); err == nil {
		f := r.fault(ruleFeature, r.position(second.Line, second.Column), "a second YAML document begins here")
		f.Help = diag.Say("delete the line --- or ... before it")
		r.found = append(r.found, f)
	} else if !errors.Is(err, io.EOF) {
		r.found = append(r.found, r.syntax(err))
	}
	return v, r.found
}

func (r *yamlReader) position(line, column int) diag.Position {
	return diag.Position{Line: max(line, 1) + r.line, Column: max(column, 1)}
}

func (r *yamlReader) fault(rule *diag.Rule, at diag.Position, message string, args ...any) diag.Finding {
	i := r.source.Offset(at) // draws the place into the file
	end := i
	for end < len(r.source.Data) && r.source.Data[end] != '\n' {
		end++
	}
	return r.source.finding(rule, i, end, message, args...)
}

// value converts a node and reports what plain YAML does not have.
func (r *yamlReader) value(n *yaml.Node, depth int) *Value {
	v := &Value{at: r.source.Offset(r.position(n.Line, n.Column))}
	switch {
	case n.Kind == yaml.AliasNode:
		return r.feature(v, "an alias (*) is not allowed", "write the value out, or put a text that begins with * in double quotes")
	case n.Anchor != "":
		return r.feature(v, "an anchor (&) is not allowed", "delete it, or put a text that begins with & in double quotes")
	case n.Style&yaml.TaggedStyle != 0:
		return r.feature(v, "a tag (!) is not allowed", "delete it, or put a text that begins with ! in double quotes")
	case depth > maxDepth:
		return r.feature(v, "values are nested deeper than 12 levels", "no key needs that: see the keys in docs/content.md")
	}
	switch n.Kind {
	case yaml.ScalarNode:
		v.Kind, v.Text = Scalar, n.Value
		switch {
		case n.Style&yaml.DoubleQuotedStyle != 0:
			v.quoted = '"'
		case n.Style&yaml.SingleQuotedStyle != 0:
			v.quoted = '\''
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			v.quoted = '|'
		default:
			v.Plain = strings.TrimPrefix(n.Tag, "!!")
			v.comment = n.LineComment != ""
			if v.Plain == "null" {
				v.Kind = Null
			}
		}
	case yaml.SequenceNode:
		v.Kind = Sequence
		for _, c := range n.Content {
			v.Items = append(v.Items, r.value(c, depth+1))
		}
	case yaml.MappingNode:
		v.Kind = Mapping
		r.mapping(v, n, depth)
	}
	return v
}

func (r *yamlReader) mapping(v *Value, n *yaml.Node, depth int) {
	first := make(map[string]*Value, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := r.value(n.Content[i], depth+1)
		if key.Kind != Scalar && key.Kind != Null {
			r.feature(key, "a key is a single word", "write key: value")
			continue
		}
		if key.Text == "<<" && key.quoted == 0 {
			r.feature(key, "a merge key (<<) is not allowed", "write the keys out")
			continue
		}
		if f, twice := first[key.Text]; twice {
			d := r.source.at(ruleDuplicate, r.source.valueSpan(key), "the key %s is given twice", diag.Quote(key.Text))
			d.Related = []diag.Note{{Span: r.source.valueSpan(f), Message: diag.Say("first given here")}}
			r.found = append(r.found, d)
			continue
		}
		first[key.Text] = key
		v.Keys = append(v.Keys, key)
		v.Items = append(v.Items, r.value(n.Content[i+1], depth+1))
	}
}

// feature reports what plain YAML does not have; the value is not looked at
// further.
func (r *yamlReader) feature(v *Value, message, help string) *Value {
	v.Kind = refused
	f := r.source.at(ruleFeature, r.source.valueSpan(v), message)
	f.Help = diag.Say(help)
	r.found = append(r.found, f)
	return v
}

func (s *Source) at(rule *diag.Rule, span diag.Span, message string, args ...any) diag.Finding {
	return diag.Finding{Rule: rule, Severity: rule.Severity, Span: span, Message: diag.Say(message, args...), Help: diag.Say(rule.Help)}
}

// valueSpan returns the place of a value: a scalar's own characters in its
// first line, the rest of the line for anything else.
func (s *Source) valueSpan(v *Value) diag.Span {
	from := v.at
	line := s.Data[from:]
	for i, b := range line {
		if b == '\n' {
			line = line[:i]
			break
		}
	}
	n := len(bytes.TrimRight(line, " \t"))
	switch {
	case v.Kind == Scalar && (v.quoted == '"' || v.quoted == '\''):
		if end := closingQuote(line, v.quoted); end > 0 {
			n = end
		}
	case v.Kind == Scalar && v.quoted == 0 && bytes.HasPrefix(line, []byte(v.Text)):
		n = len(v.Text)
	case v.Kind == refused:
		if i := bytes.IndexAny(line, " ,]}"); i > 0 {
			n = i
		}
	case v.Kind == Null:
		n = min(n, 1)
		if len(v.Text) > 0 && bytes.HasPrefix(line, []byte(v.Text)) {
			n = len(v.Text)
		}
	}
	if n == 0 && from > 0 { // an empty value: mark the character before it
		from--
		for from > 0 && (s.Data[from] == '\n' || !utf8.RuneStart(s.Data[from])) {
			from--
		}
		n = 1
	}
	return s.Span(from, from+n)
}

// closingQuote returns the offset behind the quote that closes the scalar at
// the line's beginning, or 0.
func closingQuote[T string | []byte](line T, quote byte) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quote == '"':
			i++
		case line[i] == quote && quote == '\'' && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return 0
}
