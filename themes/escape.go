package themes

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

// places are the places of a page that values are put into, by the escapers
// that html/template gives an action there, and a template with one such action.
var places = map[string]struct {
	before, after string
	plain         func(string) bool // whether a string needs no escaping
	html          bool              // whether HTML is written as it is
	text          bool              // whether it is escaped as a text
}{
	"_html_template_htmlescaper ":                                                       {"", "", plainText, true, true},
	"_html_template_attrescaper ":                                                       {`<a title="`, `">`, plainText, false, true},
	"_html_template_rcdataescaper ":                                                     {"<title>", "</title>", plainText, false, true},
	"_html_template_jsvalescaper ":                                                      {`<script type="application/ld+json">`, `</script>`, func(string) bool { return false }, false, false},
	"_html_template_urlfilter _html_template_attrescaper ":                              {`<meta http-equiv="refresh" content="0; url=`, `">`, plainURL, false, false},
	"_html_template_urlescaper _html_template_attrescaper ":                             {`<a href="#`, `">`, plainWord, false, false},
	"_html_template_urlnormalizer _html_template_attrescaper ":                          {`<a href="/`, `">`, plainPart, false, false},
	"_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper ": {`<a href="`, `">`, plainURL, false, false},
}

// writerOf returns the function that writes values at such a place.
func writerOf(escapers string) func(out *bytes.Buffer, v reflect.Value) bool {
	at, known := places[escapers]
	if !known {
		panic(errOdd)
	}
	// What is not plain is escaped by html/template itself.
	slow := template.Must(template.New("").Parse(at.before + "{{.}}" + at.after))
	return func(out *bytes.Buffer, v reflect.Value) bool {
		if v = unwrap(v); !v.IsValid() {
			return false
		}
		switch kind := v.Kind(); {
		case kind == reflect.String && v.Type() == htmlType:
			if at.html {
				out.WriteString(v.String())
				return true
			}
		case kind == reflect.String && v.Type().NumMethod() == 0 && v.Type().PkgPath() != "html/template":
			if s := v.String(); at.plain(s) {
				out.WriteString(s)
				return true
			} else if at.text {
				_, _ = textEscaper.WriteString(out, s) // a buffer takes everything
				return true
			}
		case kind == reflect.Int && v.Type() == intType && at.after != `</script>`:
			out.Write(strconv.AppendInt(out.AvailableBuffer(), v.Int(), 10))
			return true
		}
		start := out.Len()
		if slow.Execute(out, v.Interface()) != nil {
			return false
		}
		written := out.Bytes()[start:]
		copy(written, written[len(at.before):])
		out.Truncate(out.Len() - len(at.before) - len(at.after))
		return true
	}
}

var (
	htmlType = reflect.TypeFor[template.HTML]()
	intType  = reflect.TypeFor[int]()
)

// textEscaper escapes as html/template does in a text and in an attribute value.
var textEscaper = strings.NewReplacer("\x00", "\ufffd", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

// plainText reports whether a text has no character that html/template escapes
// in a text or in an attribute value in quotes.
func plainText(s string) bool { return !strings.ContainsAny(s, "\x00\"&'+<>") }

// plainURL reports whether an address is one of our own, or of the same page, or
// https, with nothing in it that is filtered or escaped.
func plainURL(s string) bool {
	if id, same := strings.CutPrefix(s, "#"); same {
		return plainPart(id)
	}
	s, secure := strings.CutPrefix(s, "https://")
	return (secure || strings.HasPrefix(s, "/")) && plainPart(s)
}

// plainWord reports whether a part of an address, between whatever divides it,
// has nothing in it that is escaped.
func plainWord(s string) bool { return plainPart(s) && !strings.ContainsAny(s, "/@") }

// plainPart reports whether a part of an address has nothing in it that is
// escaped.
func plainPart(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', c == '/', c == '-', c == '.', c == '_', c == '@':
		default:
			return false
		}
	}
	return true
}
