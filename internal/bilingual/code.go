package bilingual

import "bytes"

// placeholders takes out of code what a reader puts in: <your name>. It may be
// in either language.
func placeholders(code []byte) []byte {
	if bytes.IndexByte(code, '<') < 0 {
		return code
	}
	var out []byte
	for rest := code; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			return append(out, rest...)
		}
		n := bytes.IndexAny(rest[i:], ">\n=(){};")
		if n < 2 || rest[i+n] != '>' || rest[i+1] == '/' {
			out = append(out, rest[:i+1]...)
			rest = rest[i+1:]
			continue
		}
		out = append(out, rest[:i]...)
		out = append(out, "<>"...)
		rest = rest[i+n+1:]
	}
}

// isLabel reports whether code is rather the words of a user interface, which
// have a translation: `Settings > Backup`.
func isLabel(code string) bool {
	lower := false
	for i, r := range code {
		switch {
		case i == 0 && (r < 'A' || r > 'Z') && r < 0xc0:
			return false
		case r >= 'a' && r <= 'z' || r >= 0xe0:
			lower = true
		case r >= 'A' && r <= 'Z' || r >= 0xc0, r == ' ', r == '>', r == '\'':
		default:
			return false
		}
	}
	return lower
}

// sameLine compares two lines of code but for their comments and placeholders,
// which are translated.
func sameLine(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	a, b = withoutComment(a), withoutComment(b)
	return bytes.Equal(a, b) || bytes.Equal(placeholders(a), placeholders(b))
}

// withoutComment cuts off a comment that is all of the line, or stands behind a
// space.
func withoutComment(line []byte) []byte {
	for _, mark := range []string{"# ", "// ", "-- ", "; "} {
		if bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte(mark)) {
			return nil
		}
	}
	for _, mark := range []string{" # ", " // "} {
		if i := bytes.Index(line, []byte(mark)); i >= 0 {
			return bytes.TrimRight(line[:i], " \t")
		}
	}
	return line
}

// code returns the lines of a code block without the indentation of the list
// that it stands in.
func (t *Text) code(p *Piece) [][]byte {
	indent := p.From - (bytes.LastIndexByte(t.source[:p.From], '\n') + 1)
	var lines [][]byte
	for line := range bytes.Lines(t.source[p.From:p.To]) {
		for n := 0; len(lines) > 0 && n < indent && len(line) > 0 && bytes.IndexByte([]byte(" \t>"), line[0]) >= 0; n++ {
			line = line[1:]
		}
		lines = append(lines, bytes.TrimRight(line, " \t\r\n"))
	}
	return lines
}

// code reports the first line of two code blocks that is not the same, or else
// their languages.
func (c *comparison) code(x, y *Piece) {
	a, b := c.a.code(x), c.b.code(y)
	i := 0
	for i < len(a) && i < len(b) && sameLine(a[i], b[i]) {
		i++
	}
	d := Difference{Kind: CodeBlock}
	if i < len(a) || i < len(b) {
		d.A, d.B = c.a.line(x, a, i), c.b.line(y, b, i)
	} else {
		d.A, d.B = c.a.fence(x), c.b.fence(y)
	}
	d.A.Count, d.B.Count = len(a), len(b)
	c.add(d)
}

// line returns a line of a code block, or where it is missing.
func (t *Text) line(p *Piece, lines [][]byte, i int) Side {
	if i >= len(lines) {
		at := p.From + len(bytes.TrimRight(t.source[p.From:p.To], "\n"))
		return Side{From: at, To: at, Missing: true}
	}
	at := p.From
	for range i {
		at += bytes.IndexByte(t.source[at:p.To], '\n') + 1
	}
	end := p.To
	if n := bytes.IndexByte(t.source[at:p.To], '\n'); n >= 0 {
		end = at + n
	}
	text := bytes.TrimSpace(t.source[at:end])
	at += bytes.Index(t.source[at:end], text)
	return Side{From: at, To: at + len(text), Text: string(text)}
}

// fence returns the language of a code block where it is written, in the line
// above the code, or that line.
func (t *Text) fence(p *Piece) Side {
	end := p.From
	if p.From < p.To {
		end = max(0, bytes.LastIndexByte(t.source[:p.From], '\n'))
	}
	from := bytes.LastIndexByte(t.source[:end], '\n') + 1
	if i := bytes.LastIndex(t.source[from:end], []byte(p.Text)); i >= 0 && p.Text != "" {
		return Side{From: from + i, To: from + i + len(p.Text), Text: p.Text}
	}
	return Side{From: from, To: end, Text: p.Text}
}
