package bilingual

import "bytes"

// partKey is the key of a part of a year as it is written for short: Q1, T1, S1.
func partKey(letter, n byte) key {
	return key{kind: Name, m: squeeze([]byte{letter, '0' + n})}
}

// part reads what part of a year the rank at i is of, which ends at end: first
// quarter, 2e semestre. It returns 0 where it is of none. A rank in words is
// loose.
func (s *scanner) part(i, end int, rank int64, loose bool) int {
	at := end + s.space(end)
	if at == end || rank < 1 || rank > 4 || s.language == other {
		return 0
	}
	to := s.letters(at)
	var f fact
	switch string(s.b[at:to]) {
	case "quarter", "trimestre":
		f.key, f.also[0] = partKey('T', byte(rank)), partKey('Q', byte(rank))
	case "half", "semestre":
		f.key, f.also[0] = partKey('S', byte(rank)), partKey('H', byte(rank))
	default:
		return 0
	}
	f.also[1] = decimal{m: rank}.key()
	f.kind, f.loose, f.from, f.to = Name, loose, i, to
	s.emit(f)
	return to
}

// isRank reports whether a number in words says which one, not how many.
func isRank(b []byte) bool {
	switch string(bytes.ToLower(b)) {
	case "first", "second", "third", "fourth", "premier", "deuxième", "troisième", "quatrième":
		return true
	}
	return false
}
