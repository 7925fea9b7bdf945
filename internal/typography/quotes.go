package typography

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// endParagraph forgets what waits for its other half.
func (t *text) endParagraph() {
	t.straightQuotes()
	t.open = t.open[:0]
}

// straightQuotes asks for « » in place of the paragraph's straight quotes,
// where they stand in pairs around words. One that could be something else,
// such as inches or code, leaves all of them alone.
func (t *text) straightQuotes() {
	quotes := t.quotes
	t.quotes = t.quotes[:0]
	if len(quotes) == 0 || len(quotes)%2 != 0 {
		return
	}
	for i := 0; i < len(quotes); i += 2 {
		if !t.quoted(quotes[i], quotes[i+1]) {
			return
		}
	}
	for i := 0; i < len(quotes); i += 2 {
		t.fix(Quotes, quotes[i].at, quotes[i].at+1, "«"+NoBreak)
		t.fix(Quotes, quotes[i+1].at, quotes[i+1].at+1, NoBreak+"»")
	}
}

// quoted reports whether two straight quotes stand around words.
func (t *text) quoted(start, end place) bool {
	before, at := t.before(start)
	if before == '(' { // not printf("x")
		if before, _ = t.before(at); unicode.IsLetter(before) {
			return false
		}
		before = '('
	}
	after, _ := t.after(place{end.run, end.at + 1})
	if before != edge && before != ' ' && !noBreak(before) && !strings.ContainsRune("(['’«", before) ||
		after != edge && after != ' ' && !noBreak(after) && !strings.ContainsRune(").,;:!?…]»", after) || start.run != end.run {
		return false
	}
	inside := string(t.source[start.at+1 : end.at])
	first, _ := utf8.DecodeRuneInString(inside)
	last, _ := utf8.DecodeLastRuneInString(inside)
	return unicode.IsLetter(first) && (unicode.IsLetter(last) || strings.ContainsRune(".!?…", last)) &&
		!strings.ContainsFunc(inside, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !noBreak(r) && !strings.ContainsRune(" '’-,.!?…", r)
		})
}
