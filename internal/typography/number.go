package typography

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// units are what a number is not torn from. Words (90 jours) may be.
var units = strings.Fields(`% ‰ € k€ M€ Md€ $ £ o ko Ko Mo Go To Po kio Kio Mio Gio Tio Pio bit kbit Mbit Gbit Tbit
	j h min s ms µs ns km m cm mm kg Hz kHz MHz GHz W kW kWh px ppp dpi °C`)

// number looks at the digits at a place and at what stands behind them. It
// returns the offset behind the number.
func (t *text) number(p place) int {
	run := t.runs[p.run]
	var groups [][2]int // of digits, with one space of any kind between them
	for i := p.at; ; {
		from := i
		for i < run[1] && isDigit(t.source[i]) {
			i++
		}
		groups = append(groups, [2]int{from, i})
		n := spaceLen(t.source[i:run[1]])
		if n == 0 || i+n >= run[1] || !isDigit(t.source[i+n]) {
			break
		}
		i += n
	}
	end := groups[len(groups)-1][1]
	before, _ := t.before(p)
	if t.thousands(p, before, groups) {
		for i, g := range groups[1:] {
			if t.source[groups[i][1]] == ' ' {
				t.fix(Thousands, groups[i][1], g[0], NarrowNoBreak)
			}
		}
	}
	if end+1 < run[1] && (t.source[end] == ',' || t.source[end] == '.') && isDigit(t.source[end+1]) {
		for end++; end < run[1] && isDigit(t.source[end]); end++ {
		}
	}
	if !unicode.IsLetter(before) && before != '.' && before != '_' {
		t.unit(place{p.run, end})
	}
	return end
}

// thousands reports whether groups of digits are one number. A phone number
// is none, and neither are a version and a number behind it: Debian 12 500 Go.
func (t *text) thousands(p place, before rune, groups [][2]int) bool {
	first := groups[0][1] - groups[0][0]
	if len(groups) == 1 || first > 3 || t.source[groups[0][0]] == '0' ||
		slices.ContainsFunc(groups[1:], func(g [2]int) bool { return g[1]-g[0] != 3 }) {
		return false
	}
	end := groups[len(groups)-1][1]
	if rest := t.source[end:t.runs[p.run][1]]; len(rest) > 1 && bytes.IndexByte([]byte("-/:."), rest[0]) >= 0 && isDigit(rest[1]) {
		return false
	}
	if next, _ := t.after(place{p.run, end}); unicode.IsLetter(next) || next == '_' {
		return false
	}
	if before != ' ' && !noBreak(before) {
		return before == edge || strings.ContainsRune("(«[“\"~≈≤≥<>×", before)
	}
	r, at := t.before(p)
	for r == ' ' || noBreak(r) {
		p = at
		r, at = t.before(at)
	}
	if unicode.IsDigit(r) {
		return false
	}
	word, start := t.word(p)
	switch low := strings.ToLower(word); {
	case slices.Contains(naming, low), len(groups) > 2 && first == 3:
		return false // ports 443 444
	case word != low: // Windows 10 500 Go
		return t.begins(start) && slices.Contains(leading, low)
	}
	return true
}

// naming are words that the names of things follow, which may be numbers, one
// after the other.
var naming = strings.Fields("port ports code codes numéro numéros version versions lot lots article articles erreur erreurs page pages id ids")

// leading are words that a sentence may begin with before a number.
var leading = strings.Fields("les ces nos vos leurs des plus moins environ près jusqu à avec pour sur dans de et ou soit seulement comptez entre au aux prix capacité total")

// unit asks for a no-break space between the number that ends at a place and
// its unit.
func (t *text) unit(p place) {
	next, at := t.after(p)
	from := at.at
	switch next {
	case ' ':
		from--
	case '%', '€':
		at.at -= len(string(next))
		from = at.at
		if t.strange(p) {
			return
		}
	default:
		return
	}
	rest := string(t.source[at.at:t.runs[at.run][1]])
	for _, u := range units {
		if !strings.HasPrefix(rest, u) {
			continue
		}
		switch next, _ := t.after(place{at.run, at.at + len(u)}); {
		case unicode.IsLetter(next), unicode.IsDigit(next), next == object, strings.ContainsRune("_-'’%€$&", next):
		default:
			t.fix(Unit, from, at.at, NoBreak)
			return
		}
	}
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// spaceLen returns the length of the space, of any kind, that a text begins
// with.
func spaceLen(b []byte) int {
	for _, s := range []string{" ", NoBreak, NarrowNoBreak} {
		if bytes.HasPrefix(b, []byte(s)) {
			return len(s)
		}
	}
	return 0
}
