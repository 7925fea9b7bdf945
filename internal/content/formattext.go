package content

import (
	"fmt"
	"strings"
	"unicode"

	"vitrine/internal/typography"
)

// mended returns what a text should be: itself, or in French with its
// typography put right.
func (c scope) mended(v *Value) string {
	if !c.frenchText(v) {
		return v.Text
	}
	return string(typography.Mend([]byte(v.Text), typography.French([]byte(v.Text))))
}

// textLines returns the lines of a text that stands alone behind a key or a
// hyphen: the first without indentation.
func (f *formatter) textLines(c scope, v *Value, indent string) []string {
	want := c.mended(v)
	at := f.places[v]
	written := string(f.source.Data[at[0]:at[1]])
	from, to, comment := 0, len(written), ""
	switch v.quoted {
	case '|':
		from = strings.IndexByte(written+"\n", '\n')
		if i := strings.IndexByte(written[:from], '#'); i >= 0 {
			comment = " " + strings.TrimRight(written[i:from], " \t")
		}
	case '"', '\'':
		from, to = 1, to-1
	}
	if !strings.Contains(strings.TrimRight(written, "\n"), "\n") {
		return []string{f.textLine(c, v, false) + comment}
	}
	if want == v.Text {
		if lines := f.moved(v, written, indent); lines != nil {
			return lines
		}
	} else {
		inside := []byte(written[from:to])
		mended := string(typography.Mend(inside, typography.French(inside)))
		if lines := f.moved(v, written[:from]+mended+written[to:], indent); means(lines, want) {
			return lines
		}
	}
	return []string{double(want) + comment}
}

// moved returns the lines of a text that is written over several, moved to an
// indentation; nil where they cannot be moved.
func (f *formatter) moved(v *Value, written, indent string) []string {
	lines := strings.Split(strings.TrimSuffix(written, "\n"), "\n")
	if v.quoted != '|' {
		for i := 1; i < len(lines); i++ { // indentation has no meaning
			if lines[i] = strings.TrimLeft(lines[i], " \t"); lines[i] != "" {
				lines[i] = indent + lines[i]
			}
		}
		return lines
	}
	head, _, _ := strings.Cut(lines[0], "#")
	lines[0] = strings.TrimRight(lines[0], " \t")
	if strings.ContainsAny(head, "+0123456789") || len(lines) == 1 {
		return nil
	}
	depth := -1
	for i := 1; i < len(lines); i++ {
		l := lines[i]
		if text := strings.TrimLeft(l, " "); depth < 0 && text != "" {
			depth = len(l) - len(text)
		}
		if lines[i] = l[min(len(l), max(depth, 0)):]; depth < 0 {
			lines[i] = ""
		}
		if lines[i] != "" {
			lines[i] = indent + lines[i]
		}
	}
	return lines
}

// textLine returns a text in one line. Plain is canonical where every reader of
// YAML takes it for the same text; codes and versions that look like numbers
// are in double quotes. Prose that an author put in double quotes stays there:
// it is safe from what is added to it later.
func (f *formatter) textLine(c scope, v *Value, inBrackets bool) string {
	want := c.mended(v)
	at := f.places[v]
	written := string(f.source.Data[at[0]:at[1]])
	unchanged := want == v.Text && !strings.Contains(written, "\n")
	prose := c.field == nil || c.field.form == text
	asText := c.field != nil && (c.field.form == text || c.field.form == literal)
	quotes := c.field != nil && c.field.form == literal && (c.field.quoted || want != "" && strings.IndexByte("+-.0123456789", want[0]) >= 0)
	switch {
	case v.Kind == Null:
		return v.Text
	case v.quoted == 0 && (asText && ambiguous(v) || quotes):
		return double(want)
	case v.quoted == 0 && (unchanged || isPlain(want, inBrackets)):
		return want
	case v.quoted != 0 && !prose && !quotes && isPlain(want, true):
		return want
	case v.quoted == '"' && unchanged:
		return written
	case v.quoted == '\'' && strings.ContainsAny(want, `"\`) && !strings.Contains(want, "\n"):
		return "'" + strings.ReplaceAll(want, "'", "''") + "'"
	}
	return double(want)
}

// keyText returns a key.
func (f *formatter) keyText(k *Value) string {
	at := f.places[k]
	written := string(f.source.Data[at[0]:at[1]])
	broken := strings.Contains(written, "\n")
	switch {
	case k.quoted == 0 && k.Plain == "str" && ambiguous(k): // no is Norwegian
		return double(k.Text)
	case (k.quoted != 0 || broken) && isPlain(k.Text, true):
		return k.Text
	case broken:
		return double(k.Text)
	}
	return written
}

// double returns a text in double quotes.
func double(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r), r == '\u00a0', r == '\u202f':
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isPlain reports whether a text can stand without quotes: every reader takes
// it for the same text.
func isPlain(s string, inBrackets bool) bool {
	line := "k: " + s
	if inBrackets {
		line = "k: [" + s + "]"
	}
	v := parsed(line).Get("k")
	if inBrackets && v != nil && len(v.Items) == 1 {
		v = v.Items[0]
	}
	return v != nil && v.Kind == Scalar && v.Text == s && v.quoted == 0 && !v.comment && !ambiguous(v)
}

// means reports whether lines behind a key are a text.
func means(lines []string, want string) bool {
	if lines == nil {
		return false
	}
	v := parsed("k: " + strings.Join(lines, "\n") + "\n").Get("k")
	return v != nil && v.Kind == Scalar && v.Text == want
}

// parsed reads a piece of YAML, or returns nil.
func parsed(s string) *Value {
	v, found := parseYAML(&Source{Data: []byte(s)}, 0, len(s))
	if len(found) > 0 {
		return nil
	}
	return v
}
