package typography

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// interesting are the bytes at which a rule may begin.
var interesting = func() (is [256]bool) {
	for _, b := range []byte("'\":;!?0123456789\n\xc2") { // « and » begin with c2
		is[b] = true
	}
	return is
}()

// scan looks through the run at hand.
func (t *text) scan() {
	run := t.runs[t.run]
	for i := run[0]; i < run[1]; i++ {
		b := t.source[i]
		if !interesting[b] {
			continue
		}
		p := place{t.run, i}
		switch b {
		case '\n':
			if i+1 < run[1] && t.source[i+1] == '\n' {
				t.endParagraph()
			}
		case '\'':
			t.apostrophe(p)
		case '"':
			t.quotes = append(t.quotes, p)
		case ':', ';', '!', '?':
			t.mark(p)
		case 0xc2:
			switch i++; {
			case i == run[1]:
			case t.source[i] == "«"[1]:
				t.open = append(t.open, p)
			case t.source[i] == "»"[1]:
				t.guillemets(p)
			}
		default:
			i = t.number(p) - 1
		}
	}
}

func (t *text) fix(kind Kind, from, to int, with string) {
	t.fixes = append(t.fixes, Fix{from, to, with, kind})
}

func noBreak(r rune) bool { return r == '\u00a0' || r == '\u202f' }

// spacesBefore returns the first character before a place that is no plain
// space, the place behind it, and the plain spaces that stand next to the
// place in one piece.
func (t *text) spacesBefore(p place) (r rune, at place, from, to int) {
	from, to = p.at, p.at
	for {
		r, at = t.before(p)
		if r != ' ' {
			return r, p, from, to
		}
		if from == to {
			from, to = at.at+1, at.at+1
		}
		if at.at+1 == from {
			from = at.at
		}
		p = at
	}
}

// mark asks for a no-break space before : ; ! ?
func (t *text) mark(p place) {
	mark := t.source[p.at]
	next, _ := t.after(place{p.run, p.at + 1})
	switch {
	case next == ' ', next == edge, next == '»', noBreak(next):
	case mark != '!' && mark != '?', !strings.ContainsRune("!?.,…)]”\"’", next):
		return // 12:30, https:, ;-), ?a=b, !=
	}
	space := NarrowNoBreak
	if mark == ':' {
		space = NoBreak
	}
	switch r, at, from, to := t.spacesBefore(p); {
	case r == edge, noBreak(r):
	case to > from:
		if !strings.ContainsRune("([:;!?«", r) {
			t.fix(Mark, from, to, space)
		}
	case r != object && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(")»”\"’%€$°…", r): // :-) ::
	case r != object && t.strange(at):
	case (mark == ':' || mark == ';') && len(t.quotes)%2 == 1: // "key: value"
	case mark == '!' && t.name(at):
	default:
		t.fix(Mark, p.at, p.at, space)
	}
}

// strange reports whether what stands before a place, up to a space, may be
// something else than words: an address, a path, code.
func (t *text) strange(p place) bool {
	from := max(t.runs[p.run][0], p.at-maxWord)
	word := t.source[from:p.at]
	word = word[bytes.LastIndexAny(word, " \n")+1:]
	return bytes.ContainsAny(word, `:/\@=_{}<>$#&|^~+*`)
}

// maxWord is how far back a word is read, in bytes.
const maxWord = 80

// name reports whether the ! behind a word may be part of a name, as in
// Yahoo!: the word has a capital in the middle of a sentence, or the sentence
// goes on behind it.
func (t *text) name(end place) bool {
	word, start := t.word(end)
	if word == "Yahoo" || word == "Joomla" {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
		return false
	}
	next, at := t.after(place{end.run, end.at + 1})
	for next == ' ' || noBreak(next) {
		next, at = t.after(at)
	}
	return unicode.IsLower(next) || !t.begins(start)
}

// word returns the letters before a place, and where they begin.
func (t *text) word(end place) (string, place) {
	run := t.runs[end.run]
	from := end.at
	for from > max(run[0], end.at-maxWord) {
		r, n := utf8.DecodeLastRune(t.source[run[0]:from])
		if !unicode.IsLetter(r) {
			break
		}
		from -= n
	}
	return string(t.source[from:end.at]), place{end.run, from}
}

// begins reports whether a sentence begins at a place.
func (t *text) begins(p place) bool {
	r, at := t.before(p)
	for r == ' ' || noBreak(r) {
		r, at = t.before(at)
	}
	return r == edge || strings.ContainsRune(".!?…:«“\"(–—•", r)
}

// elided are the words that lose their last vowel before another one.
var elided = map[string]bool{
	"l": true, "d": true, "j": true, "m": true, "t": true, "s": true, "c": true, "ç": true, "n": true, "qu": true,
	"jusqu": true, "lorsqu": true, "puisqu": true, "quoiqu": true, "presqu": true, "quelqu": true, "aujourd": true, "entr": true,
}

// apostrophe asks for ’ in place of ' behind an elided word. Names (O'Reilly)
// and English (What's new) keep what they have.
func (t *text) apostrophe(p place) {
	word, start := t.word(p)
	if !elided[strings.ToLower(word)] {
		return
	}
	switch r, at := t.before(start); {
	case r == edge, r == ' ', noBreak(r), r == object:
	case r == '\'', r == '’': // d'aujourd'hui, but not rock'n'roll
		if word, _ := t.word(at); !elided[strings.ToLower(word)] {
			return
		}
	case !strings.ContainsRune("(«[\"“-–—,;:.!?…", r):
		return
	}
	next, _ := t.after(place{p.run, p.at + 1})
	if (next == object || unicode.IsLetter(next) || unicode.IsDigit(next) || strings.ContainsRune("«“\"", next)) && !t.strange(start) {
		t.fix(Apostrophe, p.at, p.at+1, "’")
	}
}

// guillemets asks for no-break spaces inside « », at the place of a » whose «
// is in the same paragraph: a single one may be an arrow.
func (t *text) guillemets(end place) {
	if len(t.open) == 0 {
		return
	}
	start := t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	inside := place{start.run, start.at + len("«")}
	first, at := t.after(inside)
	from, to := inside.at, inside.at
	for next := at; first == ' '; first, next = t.after(next) {
		if from == to {
			from = next.at - 1
			to = from
		}
		if next.at == to+1 {
			to++
		}
	}
	last, _, lastFrom, lastTo := t.spacesBefore(end)
	if first == '»' || last == '«' {
		return // nothing in them
	}
	if first != edge && first != '&' && !noBreak(first) && (first != '«' || to > from) {
		t.fix(Guillemet, from, to, NoBreak)
	}
	if last != edge && last != ';' && !noBreak(last) && (last != '»' || lastTo > lastFrom) {
		t.fix(Guillemet, lastFrom, lastTo, NoBreak)
	}
}
