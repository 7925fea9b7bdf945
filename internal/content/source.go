package content

import (
	"bytes"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// Source is a text file: its bytes as UTF-8 with line feeds, and the way from
// an offset to a line and column.
type Source struct {
	Path  string // below the catalog's root
	Data  []byte
	lines []int // offset of each line's first byte; made when first asked for
}

// The rules of text files.
var (
	ruleEncoding = &diag.Rule{
		ID: "text-encoding", Severity: diag.Error, Fixed: true,
		Title: "a text file is UTF-8",
		Why:   "Every program must read the same letters in a file. UTF-8 is the encoding of YAML 1.2 and of the web.",
		Help:  "save the file again with the encoding UTF-8 in your editor",
	}
	ruleCharacter = &diag.Rule{
		ID: "text-character", Severity: diag.Error, Fixed: true,
		Title: "a text has no control, invisible or direction-changing characters",
		Why:   "A character that nobody sees can hide words from a reviewer, turn a line around or drive a terminal (Unicode Technical Report 36). What a reviewer reads is what buyers get.",
		Help:  "delete the character; it often comes along when text is pasted from a word processor",
	}
	ruleBOM = &diag.Rule{
		ID: "text-bom", Severity: diag.Warning,
		Title: "a text file begins without a byte order mark",
		Why:   "UTF-8 needs no mark, and RFC 3629 asks formats that are always UTF-8 to do without. Some tools show it as odd letters in the first line.",
		Help:  "save the file as UTF-8 without BOM in your editor",
	}
	ruleCRLF = &diag.Rule{
		ID: "text-line-end", Severity: diag.Warning,
		Title: "lines end with a line feed alone",
		Why:   "With line ends of two kinds, git shows whole files as changed, and reviewers no longer see what did change. This is our own convention.",
		Help:  "save the file with line endings LF (Unix) in your editor; git config core.autocrlf input keeps it so",
	}
)

// newSource takes a file's bytes apart from what may surround the text, a byte
// order mark and carriage returns, and reports what is no text. A file that is
// not UTF-8 is returned as nil: nothing in it has a sure place.
func newSource(path string, data []byte) (*Source, []diag.Finding) {
	s := &Source{Path: path, Data: data}
	var found []diag.Finding
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		found = append(found, s.finding(ruleBOM, 0, 0, "the file begins with a byte order mark"))
	}
	s.Data, s.lines = plainText(data), nil
	if i := bytes.Index(data, []byte("\r\n")); i >= 0 { // the first one: nothing before it was replaced
		i -= len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
		found = append(found, s.finding(ruleCRLF, i, i, "the line ends with CR LF (Windows)"))
	}
	if !utf8.Valid(s.Data) {
		i := invalidUTF8(s.Data)
		bad := s.Data[i]
		s.Data = s.Data[:i:i] // what stands before the byte has a place
		f := s.finding(ruleEncoding, i, i, "the byte 0x%02x is not UTF-8", bad)
		if i == 0 && (bad == 0xff || bad == 0xfe) {
			f.Message = diag.Say("the file is UTF-16, not UTF-8")
		}
		return nil, append(found, f)
	}
	return s, append(found, s.characters()...)
}

// plainText is the text of a file as newSource gives it: without a byte order
// mark, with line feeds alone.
func plainText(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.Contains(data, []byte("\r\n")) {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	return data
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8.
func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// characters reports the characters that have no place in a text.
func (s *Source) characters() []diag.Finding {
	var found []diag.Finding
	for i := 0; i < len(s.Data); {
		b := s.Data[i]
		if plainByte[b] { // nearly every byte
			i++
			continue
		}
		if b >= 0xc3 && b <= 0xcc { // é: up to U+033F, letters and accents
			i += 2
			continue
		}
		r, n := utf8.DecodeRune(s.Data[i:])
		if diag.Forbidden(r) || r == '\u200d' && !s.emojiBefore(i) {
			found = append(found, s.finding(ruleCharacter, i, i+n, "the character U+%04X does not belong in a text", r))
		}
		i += n
	}
	return found
}

// emojiBefore reports whether a joiner at an offset is behind an emoji, where it
// belongs.
func (s *Source) emojiBefore(i int) bool {
	before, _ := utf8.DecodeLastRune(s.Data[:i])
	return i > 0 && before >= 0x2190
}

// plainByte is what ASCII has of characters for texts.
var plainByte = func() (plain [256]bool) {
	for b := ' '; b <= '~'; b++ {
		plain[b] = true
	}
	plain['\n'], plain['\t'] = true, true
	return plain
}()

func (s *Source) finding(rule *diag.Rule, from, to int, message string, args ...any) diag.Finding {
	return diag.Finding{Rule: rule, Severity: rule.Severity, Span: s.Span(from, to), Message: diag.Say(message, args...), Help: diag.Say(rule.Help)}
}

// Span returns the place of the bytes from, to.
func (s *Source) Span(from, to int) diag.Span {
	return diag.Span{Path: s.Path, Start: s.Position(from), End: s.Position(to)}
}

// Position returns the line and column of the byte at an offset.
func (s *Source) Position(offset int) diag.Position {
	s.index()
	offset = max(0, min(offset, len(s.Data)))
	lo, hi := 0, len(s.lines) // the last line that begins at or before offset
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; s.lines[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return diag.Position{Line: lo + 1, Column: utf8.RuneCount(s.Data[s.lines[lo]:offset]) + 1}
}

// Offset returns the offset of a line and column; places outside the file are
// drawn to the nearest one inside.
func (s *Source) Offset(p diag.Position) int {
	s.index()
	line := max(1, min(p.Line, len(s.lines)))
	i := s.lines[line-1]
	for c := 1; c < p.Column && i < len(s.Data) && s.Data[i] != '\n'; c++ {
		_, n := utf8.DecodeRune(s.Data[i:])
		i += n
	}
	return i
}

func (s *Source) index() {
	if s.lines != nil {
		return
	}
	s.lines = append(make([]int, 0, 1+bytes.Count(s.Data, []byte("\n"))), 0)
	for i := 0; ; {
		n := bytes.IndexByte(s.Data[i:], '\n')
		if n < 0 {
			return
		}
		i += n + 1
		s.lines = append(s.lines, i)
	}
}

// LinesOf returns a text file's lines for showing them; nil where the file
// cannot be read as text.
func (r *Root) LinesOf(path string) []string {
	data, err := r.ReadFile(path, maxEntry)
	if err != nil {
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var lines []string
	for l := range bytes.Lines(data) {
		lines = append(lines, string(bytes.ToValidUTF8(bytes.TrimRight(l, "\r\n"), []byte("\ufffd"))))
	}
	return lines
}
