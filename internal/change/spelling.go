package change

import (
	"slices"
	"strings"
	"unicode"
)

const (
	maxCorrected = 6 // words of a text in a language
	shortWord    = 4 // letters; "not" and "now" are no misspellings of each other
)

// corrects reports whether a text differs in nothing but the spelling of a few
// words: each keeps its place, its beginning and nearly all of its letters. What
// has digits, or could be a part of an address or of markup, is no spelling.
func corrects(f Field) bool {
	for _, t := range f.Texts {
		if t.Language == "" && f.Form == "body" {
			return false // what stands outside of the languages' sections
		}
		was, now := whole(t.Runs, "old"), whole(t.Runs, "new")
		if f.Form == "body" && !slices.Equal(literal(was), literal(now)) {
			return false
		}
		a, b := strings.Fields(was), strings.Fields(now)
		if len(a) != len(b) || !slices.Equal(spaces(was), spaces(now)) {
			return false
		}
		corrected := 0
		for i := range a {
			if a[i] == b[i] {
				continue
			}
			if corrected++; corrected > maxCorrected || !respelled(a[i], b[i]) {
				return false
			}
		}
	}
	return len(f.Texts) > 0
}

// literal returns the lines of a Markdown text that are more than words: code,
// which buyers copy, and headings, which links lead to.
func literal(s string) (lines []string) {
	code := false
	for line := range strings.SplitSeq(s, "\n") {
		fence := strings.HasPrefix(strings.TrimLeft(line, " >-*"), "```") || strings.HasPrefix(strings.TrimLeft(line, " >-*"), "~~~")
		code = code != fence
		if code || fence || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(strings.TrimLeft(line, " "), "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// whole puts one of two texts together again.
func whole(list []Run, of string) string {
	var text strings.Builder
	for _, r := range list {
		if r.Is == of || r.Is == "same" {
			text.WriteString(r.Text)
		}
	}
	return text.String()
}

// spaces returns what stands between the words of a text.
func spaces(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
}

// respelled reports whether two words, with the marks around them, are the same
// one in another spelling.
func respelled(was, now string) bool {
	a, b := []rune(strings.ToLower(was)), []rune(strings.ToLower(now))
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune(".,;:!?'’-", r)
	}
	for _, w := range [][]rune{a, b} {
		if slices.ContainsFunc(w, func(r rune) bool { return !plain(r) }) || slices.ContainsFunc(trimMarks(w), func(r rune) bool { return r == '.' || r == ':' }) {
			return false
		}
	}
	if slices.ContainsFunc(b, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && !slices.Contains(a, r)
	}) {
		return false // a letter of another script that looks the same
	}
	a, b = trimMarks(a), trimMarks(b)
	if len(a) == 0 || len(b) == 0 {
		return false // marks alone: a bullet, a line below a heading
	}
	if slices.Equal(a, b) {
		return true // a capital, a comma
	}
	if min(len(a), len(b)) < shortWord || a[0] != b[0] {
		return false
	}
	most := 1
	if min(len(a), len(b)) >= 7 {
		most = 2
	}
	return distance(a, b) <= most
}

// trimMarks takes the marks off a word's ends.
func trimMarks(w []rune) []rune {
	letter := func(r rune) bool { return unicode.IsLetter(r) }
	from := slices.IndexFunc(w, letter)
	if from < 0 {
		return nil
	}
	for len(w) > 0 && !letter(w[len(w)-1]) {
		w = w[:len(w)-1]
	}
	return w[from:]
}

// distance counts the letters that are put in, left out, exchanged, or swapped
// with their neighbour.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(a)][len(b)]
}
