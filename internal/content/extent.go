package content

import (
	"bytes"
	"strings"
)

// scalar walks over a text that begins at the walk's place, below a key or a
// hyphen in the given column.
func (l *layout) scalar(v *Value, col int) {
	if l.failed {
		return
	}
	start, first := l.at, l.next()
	switch rest := l.text[l.at:]; v.quoted {
	case '"', '\'':
		if n := closingQuote(rest, v.quoted); n > 0 && first == v.quoted {
			l.at += n
		} else {
			l.fail()
		}
	case '|':
		if first != '|' && first != '>' {
			l.fail()
			return
		}
		header, _, _ := bytes.Cut(rest, []byte("\n"))
		if i := bytes.IndexByte(header, '#'); i >= 0 {
			l.comment(start+i, header[i:])
		}
		if n := blockLength(rest, col); n >= 0 {
			l.at += n
		} else {
			l.fail()
		}
	default:
		if n := plainLength(rest, v.Text); n >= 0 {
			l.at += n
		} else {
			l.fail()
		}
	}
	l.places[v] = [2]int{start, l.at}
}

// blockLength returns the length of a text behind | or >, with the line feed
// behind its last line; -1 where readers disagree how deep the text is.
func blockLength(b []byte, col int) int {
	end := bytes.IndexByte(b, '\n') + 1
	if end == 0 {
		return len(b)
	}
	known, blank := false, 0 // how deep the text is; the longest line of spaces before it
	for at, least := end, col+1; at < len(b); {
		line, _, _ := bytes.Cut(b[at:], []byte("\n"))
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		text := indent < len(line)
		switch {
		case text && !known && blank > max(indent, col):
			return -1
		case text && indent < least:
			return end
		case text && !known:
			least, known = indent, true
		case !known:
			blank = max(blank, indent)
		}
		if text || known && indent > least { // spaces behind the indentation are text
			end = min(at+len(line)+1, len(b))
		}
		at += len(line) + 1
	}
	return end
}

// plainLength returns the length of a text without quotes, which may go over
// several lines, or -1 if it is another one.
func plainLength(b []byte, text string) int {
	i := 0
	for len(text) > 0 {
		if text[0] != ' ' && text[0] != '\n' && text[0] != '\t' {
			if i == len(b) || b[i] != text[0] {
				return -1
			}
			text = text[1:]
			i++
			continue
		}
		n := len(b[i:]) - len(bytes.TrimLeft(b[i:], " \t\n"))
		written := string(b[i : i+n])
		switch lines := strings.Count(written, "\n"); {
		case n == 0:
			return -1
		case lines == 1:
			written = " "
		case lines > 1:
			written = strings.Repeat("\n", lines-1)
		}
		rest, ok := strings.CutPrefix(text, written)
		if !ok {
			return -1
		}
		text = rest
		i += n
	}
	return i
}

// flow walks over a mapping or a list in brackets. It reports whether it is
// best left as it is: comments in it belong to their lines, and a key without
// a value is read in several ways.
func (l *layout) flow(v *Value) (asIs bool) {
	start := l.at
	closing := byte(']')
	if v.Kind == Mapping {
		closing = '}'
	}
	l.at++
	for i, item := range v.Items {
		asIs = l.filling() || asIs
		if v.Kind == Mapping {
			l.expect(v.Keys[i].at)
			l.scalar(v.Keys[i], 0)
			l.places[item] = [2]int{l.at, l.at}
			asIs = l.filling() || asIs
			if l.next() == ':' {
				l.at++
				l.places[item] = [2]int{l.at, l.at}
				asIs = l.filling() || asIs
			}
		}
		if item.Kind == Null && item.Text == "" {
			asIs = true
			continue
		}
		at := item.at
		l.expect(at)
		switch {
		case l.failed:
			return false
		case item.Kind == Mapping && l.next() == '{', item.Kind == Sequence && l.next() == '[':
			asIs = l.flow(item) || asIs
		case item.Kind == Mapping, item.Kind == Sequence:
			l.fail()
		default:
			l.scalar(item, 0)
		}
	}
	asIs = l.filling() || asIs
	if l.next() != closing {
		l.fail()
		return false
	}
	l.at++
	l.places[v] = [2]int{start, l.at}
	return asIs
}

// filling goes over what stands between the parts of brackets, and reports
// whether there are comments.
func (l *layout) filling() (comments bool) {
	for l.at < len(l.text) {
		switch c := l.text[l.at]; {
		case c == ' ', c == '\t', c == '\n', c == ',':
			l.at++
		case c == '#' && strings.IndexByte(" \t\n", l.text[l.at-1]) >= 0:
			rest, next := l.rest()
			l.comment(l.at, rest)
			l.at, comments = next, true
		default:
			return comments
		}
	}
	return comments
}
