package intake

import (
	"slices"
	"strings"
	"unicode"

	"vitrine/internal/diag"
)

// answers are what an issue says, by the fields' ids. What was left empty is
// not among them.
type answers map[string]string

// recognise returns the form that an issue's body was made with: the one whose
// first field comes first; or, where people deleted that one, the form of which
// most fields are there. It is nil for a body that no form made.
func recognise(all []form, body string) *form {
	var best *form
	most := 2 // fewer headings than this are chance
	names := headings(body)
	first := make(map[string]*form)
	for i := range all {
		first[fold(all[i].fields[0].label)] = &all[i]
	}
	there := make(map[string]bool)
	for _, name := range names {
		if f := first[name.label]; f != nil {
			return f
		}
		there[name.label] = true
	}
	for i := range all {
		n := 0
		for _, f := range all[i].fields {
			if there[fold(f.label)] {
				n++
			}
		}
		if n > most {
			best, most = &all[i], n
		}
	}
	return best
}

// heading is a line that may begin a field.
type heading struct {
	line  int
	label string // folded
}

func headings(body string) []heading {
	var out []heading
	for i, line := range strings.Split(body, "\n") {
		if text, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "###"); ok && !strings.HasPrefix(text, "#") {
			out = append(out, heading{i, fold(text)})
		}
	}
	return out
}

// fold is a label as it is compared: people edit an issue by hand.
func fold(s string) string {
	s = strings.NewReplacer("’", "'", "*", "", "_", " ").Replace(strings.ToLower(s))
	return strings.Trim(strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " "), " :#")
}

// read takes a body apart. Fields begin at their labels, in the form's order; a
// heading that comes too early, since fields before it still follow, belongs to
// the text that it stands in. Labels that stand there again are returned: who
// wrote such a body may have meant either.
func (f *form) read(body string) (answers, []*field) {
	lines := strings.Split(body, "\n")
	labels := make(map[string]int)
	for i, q := range f.fields {
		labels[fold(q.label)] = i
	}
	places := make(map[int]int) // line to index of a field
	last := make([]int, len(f.fields))
	for _, h := range headings(body) {
		if i, is := labels[h.label]; is {
			places[h.line], last[i] = i, h.line
		}
	}
	said := make(answers)
	var twice []*field
	now, from := -1, 0
	keep := func(to int) {
		if now < 0 {
			return
		}
		q := &f.fields[now]
		if text := strings.Trim(strings.Join(lines[from:to], "\n"), "\n "); text != "" && text != "_No response_" && (text != "None" || q.shape != pick) && text != strings.TrimSpace(q.filled) {
			said[q.id] = text
		}
	}
	for n := range lines {
		i, is := places[n]
		if !is {
			continue
		}
		early := slices.ContainsFunc(last[max(now+1, 0):max(i, now+1)], func(line int) bool { return line > n })
		if i <= now || early {
			if q := &f.fields[i]; !slices.Contains(twice, q) {
				twice = append(twice, q)
			}
			continue
		}
		keep(n)
		now, from = i, n+1
	}
	keep(len(lines))
	return said, twice
}

// clean makes text of what somebody sent: valid UTF-8, line feeds, and no
// character that hides or turns what a reviewer reads. It reports whether any
// had to go.
func clean(body []byte) (string, bool) {
	s := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(strings.TrimPrefix(string(body), "\ufeff"), "\ufffd"))
	var b strings.Builder
	before, gone := rune(0), false
	for _, r := range s {
		if diag.Forbidden(r) || r == unicode.ReplacementChar || r == '\u200d' && before < 0x2190 {
			gone = true
			continue
		}
		b.WriteRune(r)
		before = r
	}
	return b.String(), gone
}
