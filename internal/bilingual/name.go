package bilingual

// longest name or address in a text, in bytes: what is longer is read in parts.
const longest = 128

// name reads a name with digits in it, such as AES-256-GCM, and returns where it
// ends; 0 where no name begins at i.
func (s *scanner) name(i int) int {
	end, first, last := i, -1, -1 // the first and behind the last digit
	for end < len(s.b) && end-i < longest {
		if s.digit(end) {
			if first < 0 {
				first = end
			}
			end++
			last = end
			continue
		}
		n := letter(s.b[end:])
		if n == 0 { // what joins must have something behind it
			n = s.hyphen(end)
			if s.b[end] == '.' || s.b[end] == '_' {
				n = 1
			}
			if n == 0 || end+n >= len(s.b) || !s.digit(end+n) && letter(s.b[end+n:]) == 0 {
				break
			}
		}
		end += n
	}
	if first < 0 {
		return 0
	}
	if to := s.letters(i); s.hyphen(to) > 0 && to+s.hyphen(to) == first && s.versionEnd(first) == end && to > i+1 && s.b[i+1] >= 'a' {
		return first // mid-2026 has the number of mi-2026, layer-2 that of niveau 2
	}
	end = s.bareEnd(last, end)
	written := s.b[i:end]
	f := fact{key: key{kind: Name, m: squeeze(written)}, kind: Name, from: i, to: end}
	if end == last+1 && s.b[last] == 's' && s.language == english { // MP3s are MP3, but K8s is no plural
		f.also[1] = key{kind: Name, m: squeeze(s.b[i:last])}
	}
	if (written[0]|0x20) == 'v' && first == i+1 && s.versionEnd(first) == end {
		d, whole := plainInt(s.b[first:end])
		f.key, f.kind = key{kind: Version, m: hash(s.b[first:end])}, Version
		if whole {
			f.also[0] = d.key()
		}
	} else if len(written) == 2 && s.language == english && written[1] >= '1' && written[1] <= '4' {
		switch written[0] { // quarters and halves of a year: T1, S1
		case 'Q':
			f.also = [2]key{partKey('T', written[1]-'0')}
		case 'H':
			f.also = [2]key{partKey('S', written[1]-'0')}
		}
	}
	f.loose = optional[f.key.m]
	s.emit(f)
	if f.kind == Name {
		s.components(first, end)
	}
	return end
}

// optional are names that one language has and the other writes in words.
var optional = map[int64]bool{
	squeeze([]byte("2FA")): true, squeeze([]byte("A2F")): true, squeeze([]byte("K8s")): true, squeeze([]byte("J1")): true,
}

// bareEnd returns where a name ends that has an English adjective behind it:
// S3-compatible is S3.
func (s *scanner) bareEnd(last, end int) int {
	h := s.hyphen(last)
	if h == 0 || last+h >= end {
		return end
	}
	to := s.letters(last + h)
	if to != end || to-last-h < 4 {
		return end
	}
	for _, c := range s.b[last+h : to] {
		if c >= 'A' && c <= 'Z' {
			return end
		}
	}
	return last
}

// components adds the numbers of a name: ISO-27001 may be ISO 27001.
func (s *scanner) components(i, end int) {
	for n := 0; i < end && n < 6; n++ {
		for i < end && !s.digit(i) {
			i++
		}
		to := min(s.digits(i), end)
		if d, ok := plainInt(s.b[i:to]); ok {
			s.emit(fact{key: d.key(), kind: Number, loose: true, from: i, to: to})
		}
		i = to
	}
}
