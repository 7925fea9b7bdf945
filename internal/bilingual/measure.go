package bilingual

import "bytes"

// measured reads what a number counts and adds the two as a fact. It returns
// where that ends. A loose number is one in words.
func (s *scanner) measured(i int, f figure, loose bool) int {
	end := f.end
	d := f.decimal
	out := fact{kind: Number, loose: loose, from: i, to: end}
	one := d.key()
	if s.is(end, "s") && s.letters(end) == end+1 && s.language == english && d.e == 0 && d.m%10 == 0 { // the 1990s, 100s of users
		decade := decimal{m: d.m % 100}
		s.emit(fact{key: one, also: [2]key{{kind: Quantity, unit: millisecond, m: d.m * 1000}, decade.key()}, kind: Number, loose: loose, from: i, to: end + 1})
		return end + 1
	}
	scaled := false
	if to, n := s.scale(end); n > 1 {
		if by, ok := d.times(n); ok {
			d, end, scaled = by, to, true
			one = d.key()
		}
	}
	if to, m := s.unit(end); m.unit > 0 {
		by, ok := d.times(m.times)
		if !ok {
			by, m.unit = d, 0
		}
		out.key = key{kind: kindOf(m.unit), unit: m.unit, e: by.e, m: by.m}
		out.kind, out.to = kindOf(m.unit), to
		out.also[1] = one
		if m.unit == millisecond {
			return s.duration(out, to, m, d)
		}
		if isBits(m.unit) { // a link of 1 Gbit is one of 1 Gbit/s
			out.also[0] = out.key
			out.also[0].unit ^= perSecond
		}
		if f.also.kind != none {
			out.also[0] = key{kind: out.kind, unit: m.unit, m: f.also.m}
		}
		s.emit(out)
		return to
	}
	if m, from := s.currencyBefore(i); m > 0 {
		if to, n := s.shortScale(end); n > 1 && !scaled {
			if by, ok := d.times(n); ok {
				d, end = by, to
			}
		}
		s.emit(fact{key: key{kind: Amount, unit: m, e: d.e, m: d.m}, also: [2]key{{}, one}, kind: Amount, loose: loose, from: from, to: end})
		return end
	}
	if !scaled {
		if to := s.dayOf(i, f); to > 0 {
			return to
		}
		if to := s.ordinal(end); to > 0 {
			if of := s.part(i, to, d.m, false); of > 0 {
				return of
			}
			end = to
		} else if end < len(s.b) && letter(s.b[end:]) > 0 && !loose {
			return s.glued(i, f)
		}
	}
	if loose && f.m == 1 && !scaled {
		return f.end // an article
	}
	out.key, out.to = d.key(), end
	switch {
	case f.dotted && !scaled:
		out.key, out.also[0] = key{kind: Version, m: hash(s.b[i:f.end])}, d.key()
		if s.language != english || s.behindVersion(i) {
			out.kind = Version
		}
		if f.also.kind != none {
			out.also[1] = f.also
		}
	case f.also.kind != none:
		out.also[0] = f.also
	}
	s.emit(out)
	return end
}

// behindVersion reports whether the word before the number at i is "version".
func (s *scanner) behindVersion(i int) bool {
	return s.version >= 0 && s.version+s.space(s.version) == i
}

// unit returns the unit behind a number, and where it ends.
func (s *scanner) unit(i int) (int, measure) {
	at := i + s.space(i)
	if at == i && s.hyphen(i) == 1 && s.language != french && s.letters(i+1) > i+2 { // a 30-day trial
		at++
	}
	if at >= len(s.b) {
		return i, measure{}
	}
	end := s.letters(at)
	if end == at {
		switch {
		case s.b[at] == '%' || s.b[at] == '$':
			end++
		case s.is(at, "€"):
			end += 3
		case s.is(at, "£"), s.is(at, "°C"):
			end += 2
			end = s.letters(end)
		default:
			return i, measure{}
		}
	}
	if end-at > 16 {
		return i, measure{}
	}
	m, ok := sharedUnits[string(s.b[at:end])]
	if !ok && s.language != other {
		if m, ok = unitsOf[s.language][string(s.b[at:end])]; !ok && s.language == french && s.is(at, "pour cent") {
			m, ok, end = measure{percent, 1}, true, at+len("pour cent")
		}
	}
	if !ok || s.digit(end) && m.unit != millisecond {
		return i, measure{}
	}
	if isData(m.unit) && s.is(end, "/s") && (end+2 == len(s.b) || letter(s.b[end+2:]) == 0) {
		m.unit |= perSecond
		end += 2
	}
	return end, m
}

// scale returns what multiplies the number before i, and where that ends.
func (s *scanner) scale(i int) (int, int64) {
	at := i + s.space(i)
	end := s.letters(at)
	if end == at {
		return i, 1
	}
	if n, ok := scales[s.language][string(s.b[at:end])]; ok {
		if s.language == french { // 5 millions d’euros
			for _, of := range []string{" d’", " d'", " de "} {
				if s.is(end, of) {
					if _, m := s.unit(end + len(of)); kindOf(m.unit) == Amount {
						end += len(of)
					}
				}
			}
		}
		return end, n
	}
	if n, ok := shortScales[string(s.b[at:end])]; ok { // 5 M€, 12 k€
		if _, m := s.unit(end); kindOf(m.unit) == Amount {
			return end, n
		}
	}
	return i, 1
}

// shortScale returns the letter that multiplies an amount of which the currency
// stands before it: €5M.
func (s *scanner) shortScale(i int) (int, int64) {
	end := s.letters(i)
	if n, ok := shortScales[string(s.b[i:end])]; ok && end > i {
		return end, n
	}
	return i, 1
}

// currencyBefore returns the currency before a number, and where it begins.
func (s *scanner) currencyBefore(i int) (unit, int) {
	at := i
	for _, space := range []string{" ", "\u00a0", "\u202f"} {
		if n := len(space); i-n >= s.block.from && s.is(i-n, space) {
			at = i - n
		}
	}
	if at == s.block.from || bytes.IndexByte([]byte("\xac$\xa3RDPF"), s.b[at-1]) < 0 { // how they end
		return 0, i
	}
	for _, c := range []string{"€", "$", "£", "EUR", "USD", "GBP", "CHF"} {
		from := at - len(c)
		if from >= s.block.from && s.is(from, c) {
			return sharedUnits[c].unit, from
		}
	}
	return 0, i
}

// numeral reads a number in words, which may go on: twenty-four, vingt-quatre.
func (s *scanner) numeral(i, end int, w *word) int {
	l := s.language
	n := int64(w.number[l])
	at := end
	if n <= 4 && isRank(s.b[i:end]) {
		if to := s.part(i, end, n, true); to > 0 {
			return to
		}
	}
	if n == 1 { // an article, unless it counts a unit
		_, next := s.known(end + s.space(end))
		if next == nil || !next.counted[l] {
			return end
		}
	}
	switch string(s.b[i:end]) {
	case "half", "Half", "demi", "demie": // half an hour, une demi-heure
		at += max(s.space(at), s.hyphen(at))
		for _, article := range []string{"a ", "an "} {
			if s.is(at, article) {
				at += len(article)
			}
		}
		if to := s.letters(at); to > at {
			if m := unitsOf[l][string(s.b[at:to])]; m.times > 1 {
				s.emit(fact{key: key{kind: Quantity, unit: m.unit, m: m.times / 2}, kind: Quantity, loose: true, from: i, to: to})
				return to
			}
		}
		at = end
	}
	for w.tens[l] && s.hyphen(at) > 0 {
		next := at + s.hyphen(at)
		to, more := s.known(next)
		if more == nil || more.number[l] == 0 {
			break
		}
		if n == 4 && more.number[l] == 20 {
			n = 80
		} else {
			n += int64(more.number[l])
		}
		at = to
	}
	// two hundred, deux cents
	if next := at + s.space(at); next > at && n < 100 {
		to := s.letters(next)
		switch string(s.b[next:to]) {
		case "hundred", "cent", "cents":
			n, at = n*100, to
		}
	}
	return s.measured(i, figure{decimal: decimal{m: n}, end: at}, true)
}

// ordinal returns where the ending of a rank ends behind a number, or 0: 1st, 2e.
func (s *scanner) ordinal(i int) int {
	end := s.letters(i)
	switch string(s.b[i:end]) {
	case "st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "ième", "nde", "s", "x":
		return end
	}
	return 0
}

// glued reads a number with letters right behind it that are no unit: 5G, 12k.
func (s *scanner) glued(i int, f figure) int {
	at := len(s.t.facts)
	end := s.rest(i, f.end)
	if n, ok := shortScales[string(s.b[f.end:end])]; ok {
		if d, ok := f.times(n); ok {
			s.t.facts[at].also[0] = d.key()
		}
	}
	return end
}
