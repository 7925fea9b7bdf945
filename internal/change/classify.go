package change

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// classify decides whether the change is trivial. Everything that may differ is
// listed here; whatever is not makes it a change that somebody has to judge.
func (c *comparison) classify() {
	var not []diag.Text
	switch {
	case len(c.Touched) == 0:
		not = append(not, diag.Say("nothing differs"))
	case c.out.Actor == "":
		not = append(not, diag.Say("it is not known who makes the change"))
	case len(c.sellers()) == 1 && !slices.Contains(c.maintainers(c.sellers()[0]), strings.ToLower(c.out.Actor)):
		not = append(not, diag.Say("whoever makes it is not a maintainer of the folder"))
	}
	if len(c.sellers()) > 1 {
		not = append(not, diag.Say("it touches the folders of several sellers"))
	}
	if slices.ContainsFunc(c.Findings, func(f diag.Finding) bool { return f.Severity == diag.Error || !f.Before }) {
		not = append(not, diag.Say("a rule has something to say"))
	}
	if slices.ContainsFunc(c.Touched, func(name string) bool { return seller(name) == "" }) {
		not = append(not, diag.Say("it touches files outside of sellers’ folders"))
	}
	if slices.ContainsFunc(c.Touched, func(name string) bool { return seller(name) != "" && !isSource(name) }) {
		not = append(not, diag.Say("it touches files beside texts"))
	}
	if !c.allRead() {
		not = append(not, diag.Say("it adds, moves or deletes an entry, or one that cannot be read"))
	}
	var does []diag.Text
	for _, e := range c.found {
		kinds, other := c.judgeEntry(e)
		does, not = append(does, kinds...), append(not, other...)
	}
	c.out.Trivial = len(not) == 0
	if !c.out.Trivial {
		does = not
	}
	for _, t := range does {
		if s := t.In(c.Book); !slices.Contains(c.out.Why, s) {
			c.out.Why = append(c.out.Why, s)
		}
	}
}

// allRead reports whether each touched file is an entry that was compared.
func (c *comparison) allRead() bool {
	for _, name := range c.Touched {
		if isSource(name) && !slices.ContainsFunc(c.found, func(e Entry) bool {
			return e.Source == name && (e.Change == "changed" || e.Change == "formatting")
		}) {
			return false
		}
	}
	return true
}

// judgeEntry says what about an entry's change is trivial, and what is not.
func (c *comparison) judgeEntry(e Entry) (does, not []diag.Text) {
	if e.Kind != "product" && e.Kind != "seller" || e.Change != "changed" && e.Change != "formatting" {
		return nil, []diag.Text{diag.Say("an entry comes, goes or changes its state")}
	}
	if len(e.Links) > 0 {
		not = append(not, diag.Say("addresses differ"))
	}
	if len(e.Files) > 0 {
		not = append(not, diag.Say("files differ"))
	}
	if len(e.Fields) == 0 && len(not) == 0 {
		does = append(does, diag.Say("only the form of a file differs"))
	}
	patches := c.patches(e)
	for _, f := range wholes(e.Fields) {
		switch {
		case f.Form == "item" && len(f.Path) > 1 && f.Path[0] == "versions" && slices.Contains(patches, f.Path[1]):
			does = append(does, diag.Say("a patch version is new"))
		case !mayCorrect(f):
			not = append(not, diag.Say("%s differs", strings.Join(f.Path, ".")))
		case !corrects(f):
			not = append(not, diag.Say("%s differs by more than spelling", strings.Join(f.Path, ".")))
		default:
			does = append(does, diag.Say("spelling is corrected"))
		}
	}
	return does, not
}

// mayCorrect reports whether a field is a text in which spelling may be
// corrected.
func mayCorrect(f Field) bool {
	if f.Change != "changed" {
		return false
	}
	switch f.Form {
	case "body":
		return true
	case "text":
		return len(f.Path) == 1 && f.Path[0] == "summary" ||
			len(f.Path) == 2 && f.Path[0] == "key_points" ||
			len(f.Path) == 3 && f.Path[0] == "versions" && f.Path[2] == "notes"
	}
	return false
}

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
	a, b = trimMarks(a), trimMarks(b)
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

// patches returns the versions that an entry gets and that are patches of one
// that it has published: 1.4.2 beside 1.4.1, in the same Regions, on the same
// system.
func (c *comparison) patches(e Entry) (patches []string) {
	p := c.Now.Product(e.Ref)
	was := c.Was.Product(e.Ref)
	if p == nil || was == nil || e.Kind != "product" {
		return nil
	}
	for _, f := range e.Fields {
		if f.Form != "item" || f.Change != "added" || len(f.Path) != 2 || f.Path[0] != "versions" {
			continue
		}
		for i := range p.Versions {
			v := &p.Versions[i]
			if v.Version != f.Path[1] || v.Status != "published" || v.Withdrawal != nil || v.Released > c.At || addressed(v.Notes) {
				continue
			}
			for j := range was.Versions {
				if o := &was.Versions[j]; o.Status == "published" && follows(o.Version, v.Version) &&
					o.OS == v.OS && o.Architecture == v.Architecture && len(o.Images) == len(v.Images) &&
					!slices.ContainsFunc(o.Images, func(i catalog.Image) bool { return v.Image(i.Region) == "" }) {
					patches = append(patches, v.Version)
				}
			}
		}
	}
	return patches
}

// addressed reports whether a text names an address.
func addressed(texts []string) bool {
	return slices.ContainsFunc(texts, func(s string) bool {
		return strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "@")
	})
}

// follows reports whether a version is a later patch of another: numbers alone,
// and only the last one differs.
func follows(was, now string) bool {
	a, b := strings.Split(was, "."), strings.Split(now, ".")
	if len(a) != 3 || len(b) != 3 || a[0] != b[0] || a[1] != b[1] {
		return false
	}
	for _, n := range append(a, b...) {
		if v, err := strconv.ParseUint(n, 10, 31); err != nil || strconv.FormatUint(v, 10) != n {
			return false
		}
	}
	x, _ := strconv.Atoi(a[2])
	y, _ := strconv.Atoi(b[2])
	return y > x
}
