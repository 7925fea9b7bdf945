package content

import (
	"strings"
	"time"
)

// inline reads a value that stands in its line: a text, or brackets, which may
// go over several lines.
func (q *quick) inline(indent, depth int, bracketed bool) *Value {
	switch q.peek() {
	case '"', '\'':
		return q.quotes()
	case '{', '[':
		return q.brackets(indent, depth)
	default:
		return q.plain(bracketed)
	}
}

// brackets reads { or [ up to the bracket that closes it.
func (q *quick) brackets(indent, depth int) *Value {
	v, closing := q.value(Sequence), byte(']')
	if q.peek() == '{' {
		v.Kind, closing = Mapping, '}'
	}
	q.pos++
	from := len(q.scratch)
	for q.gap(indent) && depth <= quickDepth {
		if q.peek() == closing {
			q.pos++
			if v.Kind == Mapping {
				q.take(v, from)
				return v
			}
			v.Items = append(v.Items, q.scratch[from:]...)
			q.scratch = q.scratch[:from]
			return v
		}
		var key *Value
		if v.Kind == Mapping {
			if key = q.key(); key == nil || q.spaces() == 0 {
				return nil
			}
		}
		item := q.inline(indent, depth+1, true)
		if item == nil || !q.gap(indent) {
			return nil
		}
		if key == nil {
			q.scratch = append(q.scratch, item)
		} else if !q.pair(from, key, item) {
			return nil
		}
		switch q.peek() {
		case ',':
			q.pos++
		case closing:
		default:
			return nil
		}
	}
	return nil
}

// gap goes over spaces and line feeds inside of brackets. What follows must be
// indented more than the key before the brackets; a closing bracket may be
// indented as much.
func (q *quick) gap(indent int) bool {
	q.spaces()
	if q.peek() != '\n' {
		return true
	}
	for q.peek() == '\n' && q.pos < len(q.text) {
		q.newline()
		q.spaces()
	}
	column := q.pos - q.bol
	closing := q.peek() == ']' || q.peek() == '}'
	return q.pos < len(q.text) && (column > indent || column == indent && closing)
}

// quotes reads a text in quotes that ends in its line.
func (q *quick) quotes() *Value {
	v := q.value(Scalar)
	v.quoted = q.peek()
	line, _, _ := strings.Cut(q.text[q.pos:], "\n")
	n := closingQuote(line, v.quoted)
	if n == 0 {
		return nil
	}
	v.Text = line[1 : n-1]
	q.pos += n
	if v.quoted == '\'' {
		v.Text = strings.ReplaceAll(v.Text, "''", "'")
		return v
	}
	backslash := strings.IndexByte(v.Text, '\\')
	if backslash < 0 {
		return v
	}
	for i := backslash; i < len(v.Text); i++ {
		if v.Text[i] == '\\' {
			if i++; v.Text[i] != '"' && v.Text[i] != '\\' {
				return nil // an escape of another kind
			}
		}
	}
	v.Text = escapes.Replace(v.Text)
	return v
}

// escapes are those that are not left to the library.
var escapes = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

// plain reads a text without quotes that ends in its line. Inside of brackets, a
// comma or a bracket ends it as well.
func (q *quick) plain(bracketed bool) *Value {
	if strings.IndexByte("-?:,[]{}#&*!|>'\"%@` \n", q.peek()) >= 0 {
		return nil
	}
	v := q.value(Scalar)
	from := q.pos
scan:
	for ; ; q.pos++ {
		switch c := q.peek(); c {
		case '\n':
			break scan
		case ',', '[', ']', '{', '}':
			if bracketed {
				break scan
			}
		case ':':
			if strings.IndexByte(" \n,[]{}", q.ahead(1)) >= 0 {
				return nil
			}
		case '#':
			if q.text[q.pos-1] == ' ' {
				if bracketed {
					return nil
				}
				break scan
			}
		}
	}
	text := strings.TrimRight(q.text[from:q.pos], " ")
	q.pos = from + len(text)
	v.Text, v.Plain = text, plainWord(text)
	if v.Plain == "" {
		return nil
	}
	if v.Plain == "null" {
		v.Kind = Null
	}
	return v
}

// plainWord says how YAML reads a text without quotes; "" where that takes more
// thought.
func plainWord(s string) string {
	switch c := s[0]; {
	case (c >= '0' && c <= '9' || c == '+') && strings.ContainsAny(s, " /,()%") && strings.IndexByte(s, '-') != len("2026"):
		return "str" // +33 1 23 45 67 89: no number, and no time of a day
	case c >= '0' && c <= '9':
		return plainNumber(s)
	case c == '+' || c == '-' || c == '.' || c == '<':
		return ""
	}
	switch s {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return "bool"
	case "~", "null", "Null", "NULL":
		return "null"
	}
	return "str"
}

// plainNumber is plainWord for what begins with a digit: 12, 12.50, 1.2.3 and
// 2026-03-31.
func plainNumber(s string) string {
	if len(s) == len(time.DateOnly) && s[4] == '-' {
		if _, err := time.Parse(time.DateOnly, s); err == nil {
			return "timestamp"
		}
	}
	dots := strings.Count(s, ".")
	switch {
	case strings.Trim(s, "0123456789.") != "" || len(s) > 15 || s[0] == '0' && len(s) > 1 && s[1] != '.':
		return ""
	case dots == 0:
		return "int"
	case dots == 1:
		return "float"
	}
	return "str"
}

// block reads a literal or folded text up to the line that is not indented
// enough. Empty lines have no spaces in them, and a folded text no lines that are
// indented more than the others.
func (q *quick) block(indent int) *Value {
	v := q.value(Scalar)
	v.quoted = '|'
	join, end := "\n", "\n"
	if q.peek() == '>' {
		join = " "
	}
	q.pos++
	if q.peek() == '-' {
		end = ""
		q.pos++
	}
	if q.peek() != '\n' {
		return nil
	}
	var b strings.Builder
	left, empty := 0, 0
	for q.newline(); q.pos < len(q.text); q.newline() {
		line, _, whole := strings.Cut(q.text[q.pos:], "\n")
		words := strings.TrimLeft(line, " ")
		n := len(line) - len(words)
		switch {
		case line == "" && left > 0:
			empty++
			continue
		case words == "", !whole, left == 0 && n <= indent:
			return nil
		case left == 0:
			left = n
		}
		if n < left {
			break
		}
		if join == " " && n > left {
			return nil
		}
		switch {
		case b.Len() == 0:
		case empty > 0 && join == " ":
			b.WriteString(strings.Repeat("\n", empty))
		default:
			b.WriteString(join + strings.Repeat("\n", empty))
		}
		b.WriteString(line[left:])
		empty = 0
	}
	if q.advance(); q.indent > indent || b.Len() == 0 {
		return nil
	}
	v.Text = b.String() + end
	return v
}
