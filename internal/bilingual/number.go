package bilingual

import "bytes"

// decimal is m / 10^e, without zeros at the end of its fraction.
type decimal struct {
	m int64
	e int8
}

// most is the largest number of digits that a number can have here; longer ones
// are names.
const most = 15

func decimalOf(digits []byte, e int) (decimal, bool) {
	d := decimal{e: int8(e)}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			continue
		}
		if n++; n > most {
			return decimal{}, false
		}
		d.m = d.m*10 + int64(c-'0')
	}
	for d.e > 0 && d.m%10 == 0 {
		d.m /= 10
		d.e--
	}
	return d, n > 0
}

// plainInt reads digits without anything else.
func plainInt(b []byte) (decimal, bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return decimal{}, false
		}
	}
	return decimalOf(b, 0)
}

// key is the key of a number without unit.
func (d decimal) key() key { return key{kind: Number, e: d.e, m: d.m} }

// times multiplies a number, if the product is not too large.
func (d decimal) times(n int64) (decimal, bool) {
	if d.m != 0 && n > (1<<62)/d.m {
		return d, false
	}
	d.m *= n
	for d.e > 0 && d.m%10 == 0 {
		d.m /= 10
		d.e--
	}
	return d, true
}

// figure is a number as it is written.
type figure struct {
	decimal
	end    int
	also   key  // another way to read it
	dotted bool // it has one point: a fraction in English, a version in French
	whole  bool // digits alone
}

// number reads what begins with the digit at i, and returns where it ends.
func (s *scanner) number(i int) int {
	if end := s.phone(i); end > i {
		return end
	}
	if end := s.date(i); end > 0 {
		return end
	}
	if end := s.clock(i); end > 0 {
		return end
	}
	if end := s.versionEnd(i); end > s.digits(i) && (bytes.Count(s.b[i:end], []byte(".")) > 1 || s.b[end-1] > '9') {
		return s.emitVersion(i, end)
	}
	f, ok := s.figure(i)
	if !ok {
		return s.rest(i, i)
	}
	return s.measured(i, f, false)
}

// versionEnd returns where digits joined by points end, with what marks an
// unfinished version: 1.2.0-rc1.
func (s *scanner) versionEnd(i int) int {
	end := s.digits(i)
	for end+1 < len(s.b) && s.b[end] == '.' && s.digit(end+1) {
		end = s.digits(end + 1)
	}
	if s.wild(end) {
		end += 2
	}
	if s.hyphen(end) == 1 {
		to := s.letters(end + 1)
		switch string(bytes.ToLower(s.b[end+1 : to])) {
		case "rc", "alpha", "beta", "pre", "dev":
			return s.digits(to)
		}
	}
	return end
}

// wild reports whether the text goes on with .x, as in 5.x.
func (s *scanner) wild(i int) bool {
	return i+1 < len(s.b) && s.b[i] == '.' && s.b[i+1]|0x20 == 'x' && s.letters(i+1) == i+2 && !s.digit(i+2)
}

func (s *scanner) emitVersion(i, end int) int {
	f := fact{key: key{kind: Version, m: hash(bytes.ToLower(s.b[i:end]))}, kind: Version, from: i, to: end}
	if d, ok := plainInt(s.b[i:s.digits(i)]); ok && s.wild(s.digits(i)) { // 3.x may be 3
		f.also[0] = d.key()
	}
	s.emit(f)
	return end
}

// rest reads a name that begins with the digits from i to end.
func (s *scanner) rest(i, end int) int {
	for end < len(s.b) && (s.digit(end) || letter(s.b[end:]) > 0) {
		end += max(1, letter(s.b[end:]))
	}
	m := squeeze(s.b[i:end])
	s.emit(fact{key: key{kind: Name, m: m}, kind: Name, loose: optional[m], from: i, to: end})
	s.components(i, end)
	return end
}

// group returns the length of what parts groups of three digits at i, or 0.
func (s *scanner) group(i int) int {
	if n := s.space(i); n > 0 {
		return n
	}
	if s.language != french && i < len(s.b) && s.b[i] == ',' {
		return 1
	}
	return 0
}

// figure reads a number in the language's own way, and others where they cannot
// mean something else. Texts are often written with the other language's marks.
func (s *scanner) figure(i int) (figure, bool) {
	f := figure{end: s.digits(i), whole: true}
	var ok bool
	if f.end-i <= 3 {
		for mark := []byte(nil); f.end-i < 3*most; {
			n := s.group(f.end)
			if n == 0 || s.digits(f.end+n) != f.end+n+3 || mark != nil && !s.is(f.end, string(mark)) {
				break
			}
			mark = s.b[f.end : f.end+n]
			f.end += n + 3
			f.whole = false
		}
	}
	point := f.end
	if s.digit(point+1) && (s.b[point] == '.' || s.b[point] == ',') {
		to := s.digits(point + 1)
		again := to+1 < len(s.b) && s.b[to] == s.b[point] && s.digit(to+1)
		three := to == point+4 && point-i <= 3 && s.b[i] != '0'
		switch {
		case s.b[point] == ',' && again && three: // 1,234,567 in French
			for to-i < 3*most && s.digit(to+1) && s.b[to] == ',' && s.digits(to+1) == to+4 {
				to += 4
			}
			f.end = to
			f.decimal, ok = decimalOf(s.b[i:to], 0)
			f.whole = false
			return f, ok
		case again: // 1,2,3
		default:
			if three { // 10,000 in French, 10.000 in neither
				if d, ok := decimalOf(s.b[i:to], 0); ok && s.language != english {
					f.also = d.key()
				}
			}
			f.dotted = s.b[point] == '.' && f.whole
			f.whole = false
			f.end = to
			f.decimal, ok = decimalOf(s.b[i:to], to-point-1)
			return f, ok
		}
	}
	f.decimal, ok = decimalOf(s.b[i:f.end], 0)
	return f, ok
}
