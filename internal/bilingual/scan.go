package bilingual

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// scanner reads the facts of one block.
type scanner struct {
	t        *Text
	b        []byte // the written text up to the block's end
	block    *block
	language language
	version  int // where a number would be a version's: behind the word
}

func (s *scanner) scan(i int) {
	s.version = -1
	for i < len(s.b) {
		switch c := s.b[i]; {
		case c >= '0' && c <= '9':
			i = s.number(i)
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			i = s.word(i)
		case c >= 0xc3:
			if n := letter(s.b[i:]); n > 0 {
				i = s.word(i)
			} else {
				i++
			}
		case c == '+':
			i = max(i+1, s.phone(i))
		default:
			i++
		}
	}
}

// letter returns the length of the letter that a text begins with, or 0.
func letter(b []byte) int {
	c := b[0]
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return 1
	case c < 0xc3:
		return 0
	case c == 0xc3 && len(b) > 1 && b[1] != 0x97 && b[1] != 0xb7: // À to ÿ, without × and ÷
		return 2
	}
	if r, n := utf8.DecodeRune(b); unicode.IsLetter(r) {
		return n
	}
	return 0
}

// letters returns where the letters end that begin at i.
func (s *scanner) letters(i int) int {
	for i < len(s.b) {
		n := letter(s.b[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// digits returns where the digits end that begin at i.
func (s *scanner) digits(i int) int {
	for i < len(s.b) && s.b[i] >= '0' && s.b[i] <= '9' {
		i++
	}
	return i
}

func (s *scanner) digit(i int) bool { return i < len(s.b) && s.b[i] >= '0' && s.b[i] <= '9' }

// is reports whether the text at i begins with this.
func (s *scanner) is(i int, text string) bool {
	return len(s.b)-i >= len(text) && string(s.b[i:i+len(text)]) == text
}

// space returns the length of the space at i, of whichever kind, or 0.
func (s *scanner) space(i int) int {
	switch {
	case i >= len(s.b):
		return 0
	case s.b[i] == ' ':
		return 1
	case s.is(i, "\u00a0"):
		return 2
	case s.is(i, "\u202f"), s.is(i, "\u2009"):
		return 3
	}
	return 0
}

// hyphen returns the length of the hyphen at i, or 0.
func (s *scanner) hyphen(i int) int {
	switch {
	case i >= len(s.b):
		return 0
	case s.b[i] == '-':
		return 1
	case s.is(i, "\u2011"):
		return 3
	}
	return 0
}

// known looks up the word that begins at i, and returns where it ends.
func (s *scanner) known(i int) (end int, w *word) {
	h := uint64(0)
	b := s.b
	for i < len(b) {
		c := b[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' {
			h = mix(h, c|0x20)
			i++
			continue
		}
		n := letter(b[i:])
		if n == 0 {
			break
		}
		for k := range n {
			c := b[i+k]
			if k == 1 && b[i] == 0xc3 && c <= 0x9e { // À to Þ
				c |= 0x20
			}
			h = mix(h, c)
		}
		i += n
	}
	return i, words.find(h)
}

// word reads what begins with the letter at i, and returns where it ends.
func (s *scanner) word(i int) int {
	end, w := s.known(i)
	s.block.length++
	if end < len(s.b) && s.b[end] != ' ' {
		switch c := s.b[end]; {
		case c == ':' && s.is(end, "://"):
			return s.url(i, end+3)
		case s.goesOn(end):
			if s.is(i, "www.") {
				return s.url(i, end)
			}
			if to := s.email(i); to > 0 {
				return to
			}
			if to := s.name(i); to > 0 {
				return to
			}
		case c == '\'' || c == 0xe2 && s.is(end, "’"):
			next := end + utf8.RuneLen('’')
			if c == '\'' {
				next = end + 1
			}
			if s.elided(s.b[i:end]) && next < len(s.b) && letter(s.b[next:]) > 0 {
				s.block.words[french] += weak
				return end
			}
		}
	}
	if w == nil {
		if s.b[i] >= 'a' && end-i > 3 && bytes.IndexByte(s.b[i:end], 0xc3) >= 0 {
			s.block.words[french] += weak
		}
		return end
	}
	if !s.joined(i, end) {
		s.weigh(w, s.b[i] >= 'a')
	}
	if w.version {
		s.version = end
	}
	if s.language == other {
		return end
	}
	if m := w.month[s.language]; m > 0 { // or else a number: sept
		if to := s.month(i, end, int(m)); to > end {
			return to
		}
	}
	if w.number[s.language] > 0 {
		return s.numeral(i, end, w)
	}
	if w.hours {
		s.hours(i, end)
	}
	return end
}

// goesOn reports whether more than letters may follow a word without space.
func (s *scanner) goesOn(i int) bool {
	n := 1
	switch c := s.b[i]; {
	case c >= '0' && c <= '9', c == '@':
		return true
	case c == '.', c == '-', c == '_', c == '%', c == '+':
	case c == 0xe2:
		n = s.hyphen(i)
	default:
		return false
	}
	return n > 0 && i+n < len(s.b) && (s.digit(i+n) || letter(s.b[i+n:]) > 0)
}

// joined reports whether a word is rather a part of a name, or an abbreviation.
func (s *scanner) joined(i, end int) bool {
	return i > 0 && (s.b[i-1] == '-' || s.b[i-1] == '_') || end < len(s.b) && s.b[end] == '_' || end > i+1 && s.b[i+1] >= 'A' && s.b[i+1] <= 'Z'
}

// weigh counts a word for its language.
func (s *scanner) weigh(w *word, small bool) {
	for l := english; l <= french; l++ {
		switch {
		case w.weight[l] > 0:
			s.block.words[l] += int32(w.weight[l])
			s.block.sure[l] = s.block.sure[l] || w.weight[l] == strong
		case small && w.small[l]:
			s.block.words[l] += weak
		}
	}
}

// elided reports whether a word loses its vowel before an apostrophe: l’, d’, qu’.
func (s *scanner) elided(b []byte) bool {
	switch len(b) {
	case 1:
		return bytes.IndexByte([]byte("ldnsjcmLDNSJCM"), b[0]) >= 0
	case 2:
		return (b[0]|0x20) == 'q' && b[1] == 'u'
	}
	return bytes.HasSuffix(b, []byte("squ")) || bytes.Equal(b, []byte("jusqu")) || bytes.Equal(b, []byte("Jusqu"))
}

// emit adds a fact.
func (s *scanner) emit(f fact) { s.t.facts = append(s.t.facts, f) }
