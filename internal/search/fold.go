package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are letters that stand for others without being decomposed to them.
var letters = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ς", "σ")

// Fold writes a text in lower case and without accents: "Œuvre d’été" becomes
// "oeuvre d’ete". Only canonical forms are decomposed: the sign ™ must not
// become letters of the word before it.
func Fold(text string) string {
	ascii := true
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(text)
	}
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
	return letters.Replace(text)
}

// Words returns a text's folded words in their order, stop words too. A word is
// a run of letters and digits; an elided article before one is dropped.
func (l *Language) Words(text string) []string {
	var out []string
	for run := range strings.FieldsFuncSeq(Fold(text), func(r rune) bool { return !part(r) && !apostrophe(r) }) {
		rest := run
		for rest != "" {
			i := strings.IndexFunc(rest, apostrophe)
			if i < 0 {
				out = append(out, rest)
				break
			}
			_, size := utf8.DecodeRuneInString(rest[i:])
			if word := rest[:i]; word != "" && (!slices.Contains(l.Elisions, word) || len(rest) == i+size) {
				out = append(out, word)
			}
			rest = rest[i+size:]
		}
	}
	return out
}

// part reports whether a character is part of a word.
func part(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

// terms calls yield for every word of a text that is indexed: stems, without
// stop words. The parts of "e-mail" are words, and so is "email".
func (l *Language) terms(text string, yield func(term string)) {
	for chunk := range strings.FieldsSeq(text) {
		words := l.Words(chunk)
		for _, w := range words {
			if !l.stop[w] {
				yield(l.Stem(w))
			}
		}
		if len(words) > 1 && strings.Contains(chunk, "-") {
			if joined := strings.Join(words, ""); len(joined) <= longest && !strings.ContainsFunc(chunk, notJoined) {
				yield(l.Stem(joined))
			}
		}
	}
}

// longest is the length in bytes beyond which compounds are not joined.
const longest = 30

// notJoined reports whether a character inside a compound keeps its parts from
// being one word: the dots and slashes of "a/b-c.d".
func notJoined(r rune) bool { return r == '/' || r == '.' || r == ':' || r == '@' }
