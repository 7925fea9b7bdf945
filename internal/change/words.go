package change

import (
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

const (
	maxDiffed = 6000        // words of two texts that are compared; others are shown as replaced
	maxWork   = 200_000_000 // pairs of words that are compared in all: it takes seconds
	around    = 8           // words that are kept on each side of one that differs
	maxRun    = 4000        // bytes of a run
	maxWhole  = 500         // bytes of texts that are shown whole
)

// Diff compares two texts word by word.
func Diff(was, now string) []Run {
	budget := maxWork
	return diff(was, now, &budget)
}

// diff is Diff with a budget of work, from which it takes what it does. Where there
// is none left, whatever stands between what both begin and end with is replaced.
func diff(was, now string, budget *int) []Run {
	a, b := split(was), split(now)
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		first++
	}
	last := 0
	for last < len(a)-first && last < len(b)-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	w := &runs{}
	w.add("same", strings.Join(a[:first], ""))
	a, b, end := a[first:len(a)-last], b[first:len(b)-last], a[len(a)-last:]
	work := (len(a) + len(b)) * (len(a) + len(b))
	if len(a) == 0 || len(b) == 0 || len(a)+len(b) > maxDiffed || work > *budget {
		w.add("old", strings.Join(a, ""))
		w.add("new", strings.Join(b, ""))
	} else {
		*budget -= work
		w.compare(a, b)
	}
	w.add("same", strings.Join(end, ""))
	return w.list
}

// split splits a text into words, what stands between them, and marks: their
// concatenation is the text.
func split(s string) (words []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '’', r == '\'':
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0 // a mark stands alone
	}
	from, before := 0, -1
	for i, r := range s {
		k := kind(r)
		if i > 0 && (k != before || k == 0) {
			words = append(words, s[from:i])
			from = i
		}
		before = k
	}
	if from < len(s) {
		words = append(words, s[from:])
	}
	return words
}

// runs are runs of words; neighbours of a kind are one.
type runs struct{ list []Run }

func (w *runs) add(is, text string) {
	if text == "" {
		return
	}
	if n := len(w.list); n > 0 && w.list[n-1].Is == is {
		w.list[n-1].Text += text
		return
	}
	w.list = append(w.list, Run{is, text})
}

// compare compares words with a library for characters: each word is one. No
// clock bounds it, so that the same texts always differ in the same words.
func (w *runs) compare(a, b []string) {
	var words []string
	known := make(map[string]rune)
	coded := func(of []string) []rune {
		out := make([]rune, len(of))
		for i, s := range of {
			r, ok := known[s]
			if !ok {
				r = rune(len(words) + 1) // far below the surrogates
				known[s] = r
				words = append(words, s)
			}
			out[i] = r
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0
	diffs := d.DiffCleanupSemantic(d.DiffMainRunes(coded(a), coded(b), false))
	for _, part := range diffs {
		var text strings.Builder
		for _, r := range part.Text {
			text.WriteString(words[r-1])
		}
		is := map[diffmatchpatch.Operation]string{diffmatchpatch.DiffDelete: "old", diffmatchpatch.DiffEqual: "same", diffmatchpatch.DiffInsert: "new"}[part.Type]
		w.add(is, text.String())
	}
}

// trim leaves out what is the same far from what differs, and what is too long.
func trim(list []Run) []Run {
	total := 0
	for _, r := range list {
		total += len(r.Text)
	}
	if total <= maxWhole {
		return list
	}
	out := make([]Run, 0, len(list))
	for i, r := range list {
		if r.Is != "same" {
			if len(r.Text) > maxRun {
				out = append(out, Run{r.Is, head(r.Text, maxRun)}, Run{"cut", ""})
				continue
			}
			out = append(out, r)
			continue
		}
		words := split(r.Text)
		before, behind := 2*around, 2*around // with the spaces between them
		if i == 0 {
			before = 0
		}
		if i == len(list)-1 {
			behind = 0
		}
		if len(words) <= before+behind+4 {
			out = append(out, r)
			continue
		}
		if before > 0 {
			out = append(out, Run{"same", strings.Join(words[:before], "")})
		}
		out = append(out, Run{"cut", ""})
		if behind > 0 {
			out = append(out, Run{"same", strings.Join(words[len(words)-behind:], "")})
		}
	}
	return out
}

// head returns the first bytes of a text, whole characters.
func head(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && s[most]&0xc0 == 0x80 {
		most--
	}
	return s[:most]
}
