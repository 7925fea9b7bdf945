package content

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"

	"vitrine/internal/diag"
)

// syntax turns the library's error into a finding in our words.
func (r *yamlReader) syntax(err error) diag.Finding {
	e, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return r.fault(ruleSyntax, diag.Position{Line: r.line + 1, Column: 1}, "the front matter cannot be read as YAML")
	}
	at := r.position(e.Mark.Line, e.Mark.Column)
	context := at
	if e.ContextMark.Line > 0 {
		context = r.position(e.ContextMark.Line, e.ContextMark.Column)
	}
	say := func(at diag.Position, message, help string) diag.Finding {
		f := r.fault(ruleSyntax, at, message)
		f.Help = diag.Say(help)
		return f
	}
	text, i := r.source.Data, r.source.Offset(at)
	switch {
	case i < len(text) && text[i] == '\t':
		return say(at, "a tab is used for indentation", "use spaces")
	case strings.Contains(e.Message, "unknown escape"):
		return say(at, "a backslash in double quotes begins an escape", `write \\ for a backslash`)
	case strings.Contains(e.ContextMsg, "quoted scalar"): // the parser stops far behind
		return say(context, "the quote that begins here is not closed", "write the same quote at the end of the text")
	case i > 0 && text[i-1] == '\'' && strings.Contains(e.Message, "did not find expected"):
		return say(at, "the apostrophe before this place ends a text in single quotes", "put the text in double quotes")
	case strings.Contains(e.ContextMsg, "flow") && strings.Contains(e.Message, "did not find expected"):
		return say(context, "the bracket that opens here is not closed, or a comma is missing behind it", "write { and }, [ and ] in pairs, and commas between the parts")
	}
	for _, m := range yamlMessages {
		if strings.Contains(e.Message, m.part) {
			if m.before {
				at = context
			}
			return say(at, m.message, m.help)
		}
	}
	return r.fault(ruleSyntax, at, "this is not YAML")
}

// yamlMessages says what the library's commonest errors mean to a seller.
var yamlMessages = []struct {
	part          string
	before        bool // the fault is where the construct began, not where the parser stopped
	message, help string
}{
	{"mapping values are not allowed", false, "a \":\" is not expected here", "put a text that holds \": \" in double quotes, and indent keys like their neighbours"},
	{"could not find expected ':'", true, "a \":\" and a value are expected behind this", "write key: value; a text that goes on in the next line is in double quotes"},
	{"did not find expected key", false, "a key is expected here", "indent the line like its neighbours"},
	{"did not find expected '-'", false, "a list item \"- \" is expected here", "indent the line like its neighbours"},
	{"block sequence entries are not allowed", false, "a list item \"- \" is not expected here", "begin a list in the line below its key, or put a text that begins with - in double quotes"},
	{"cannot start any token", false, "a text cannot begin with this character", "put it in double quotes"},
	{"unknown anchor", false, "a text cannot begin with *", "put it in double quotes"},
}
