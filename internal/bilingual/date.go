package bilingual

// clock reads a time such as 7:30 or 10 p.m. at i; 0 where there is none.
func (s *scanner) clock(i int) int {
	end := s.digits(i)
	hour, ok := plainInt(s.b[i:end])
	if !ok || end-i > 2 || hour.m > 24 {
		return 0
	}
	minutes := int64(0)
	colon := s.is(end, ":") && s.digits(end+1) == end+3
	if s.is(end, ".") && s.digits(end+1) == end+3 { // 4.30 pm
		to, _ := s.half(end + 3)
		colon = to > 0
	}
	if colon {
		m, _ := plainInt(s.b[end+1 : end+3])
		minutes = m.m
		end += 3
		if minutes > 59 || s.is(end, ":") && s.digit(end+1) { // a ratio, or seconds too
			return 0
		}
	}
	f := fact{kind: Time, from: i}
	if to, pm := s.half(end); to > 0 {
		end = to
		if hour.m %= 12; pm {
			s.alsoAfternoon(i)
			hour.m += 12
		}
	} else if !colon {
		return 0
	}
	if minutes == 0 {
		f.also[1] = hour.key()
	}
	f.key = timeKey(hour.m*60 + minutes)
	f.to = end
	s.emit(f)
	return end
}

func timeKey(minutes int64) key { return key{kind: Time, m: minutes % 1440} }

// half reads am or pm behind a time.
func (s *scanner) half(i int) (end int, pm bool) {
	if s.language != english {
		return 0, false
	}
	i += s.space(i)
	for _, w := range []string{"am", "pm", "AM", "PM", "a.m.", "p.m."} {
		if s.is(i, w) && (i+len(w) >= len(s.b) || letter(s.b[i+len(w):]) == 0) {
			return i + len(w), w[0]|0x20 == 'p'
		}
	}
	return 0, false
}

// alsoAfternoon lets the hour before the one at i be one of the afternoon: 8 to
// 10 pm.
func (s *scanner) alsoAfternoon(i int) {
	n := len(s.t.facts)
	if n == s.block.facts {
		return
	}
	f := &s.t.facts[n-1]
	if near := i - f.to; near < 0 || near > len(" and ") {
		return
	}
	switch {
	case f.key.kind == Number && f.key.e == 0 && f.key.m < 12:
		f.also = [2]key{timeKey(f.key.m*60 + 720), {kind: Quantity, unit: millisecond, m: (f.key.m + 12) * 3_600_000}}
	case f.key.kind == Time && f.key.m < 720 && s.digits(f.from) == f.to:
		f.also[0] = timeKey(f.key.m + 720)
	}
}

// hours adds the times that are words: noon, around the clock.
func (s *scanner) hours(i, end int) {
	loose := func(k key) { s.emit(fact{key: k, kind: k.kind, loose: true, from: i, to: end}) }
	behind := func(text string) bool { return i-len(text) >= s.block.from && s.is(i-len(text), text) }
	switch string(s.b[i:end]) {
	case "noon", "midi":
		loose(timeKey(720))
	case "midnight", "minuit":
		loose(timeKey(0))
	case "clock", "Clock", "continu", "nuit", "night", "permanence":
		if behind("round the ") || behind("round-the-") || behind("en ") || behind("jour et ") || behind("day and ") {
			for _, n := range []int64{24, 7} {
				loose(decimal{m: n}.key())
			}
			loose(key{kind: Quantity, unit: millisecond, m: 86_400_000})
			loose(key{kind: Quantity, unit: millisecond, m: 7 * 86_400_000})
		}
	}
}

// duration adds a number of hours, days or the like. In French, 7 h is also a
// time, and 7 h 30 too.
func (s *scanner) duration(f fact, end int, m measure, d decimal) int {
	if m.times == 3_600_000 && d.e == 0 && d.m < 24 && s.language == french {
		minutes := int64(0)
		at := end + s.space(end)
		if to := s.digits(at); to == at+2 {
			if after, u := s.unit(to); after == to || u.unit == millisecond {
				n, _ := plainInt(s.b[at:to])
				minutes = n.m
				end = to
				if u.times == 60_000 {
					end = after
				}
				f.key.m += minutes * 60_000
				f.to = end
				f.also[1] = key{}
			}
		}
		f.also[0] = timeKey(d.m*60 + minutes)
	}
	if d.m == 15 && d.e == 0 && m.times == 86_400_000 && s.language == french {
		f.also[0] = key{kind: Quantity, unit: millisecond, m: 14 * m.times} // fifteen days are two weeks
	}
	s.emit(f)
	return end
}

// date reads a date in figures at i: 2026-11-03, 03/11/2026. It returns 0 where
// there is none.
func (s *scanner) date(i int) int {
	n := s.digits(i) - i
	switch {
	case n == 4 && s.is(i+4, "-") && s.digits(i+5) == i+7 && s.is(i+7, "-") && s.digits(i+8) == i+10:
		y, m, d := s.int(i, 4), s.int(i+5, 2), s.int(i+8, 2)
		if m < 1 || m > 12 || d < 1 || d > 31 {
			return 0
		}
		return s.emitDate(i, i+10, y, m, d)
	case n > 0 && n <= 2:
		end := i + n
		if end >= len(s.b) || s.b[end] != '/' && s.b[end] != '.' {
			return 0
		}
		mid := s.digits(end + 1)
		if mid == end+1 || mid > end+3 || !s.is(mid, string(s.b[end])) || s.digits(mid+1) != mid+5 {
			return 0
		}
		d, m, y := s.int(i, n), s.int(end+1, mid-end-1), s.int(mid+1, 4)
		var also key
		if s.language == english && d >= 1 && d <= 12 && m >= 1 && m <= 31 { // either may be the month
			if m <= 12 {
				also = dateKey(y, m, d)
			}
			d, m = m, d
		}
		if m < 1 || m > 12 || d < 1 || d > 31 {
			return 0
		}
		return s.emitDate(i, mid+5, y, m, d, also)
	}
	return 0
}

func (s *scanner) int(i, n int) int {
	v := 0
	for _, c := range s.b[i : i+n] {
		v = v*10 + int(c-'0')
	}
	return v
}

func dateKey(y, m, d int) key { return key{kind: Date, m: int64(y*10000 + m*100 + d)} }

// emitDate adds a date of which the year or the day may be 0. Its year and day
// may be numbers in the other text.
func (s *scanner) emitDate(from, to, y, m, d int, also ...key) int {
	f := fact{key: dateKey(y, m, d), kind: Date, from: from, to: to}
	if y > 0 && d > 0 {
		f.also[0] = dateKey(0, m, d)
	}
	if len(also) > 0 {
		f.also[1] = also[0]
	}
	s.emit(f)
	for _, n := range []int{y, d} {
		if n > 0 {
			s.emit(fact{key: decimal{m: int64(n)}.key(), kind: Number, loose: true, from: from, to: to})
		}
	}
	return to
}

// year reads a year at i, behind a month, and returns where it ends.
func (s *scanner) year(i int) (end, y int) {
	at := i
	if s.is(at, ",") {
		at++
	}
	if n := s.space(at); n > 0 && s.digits(at+n) == at+n+4 {
		return at + n + 4, s.int(at+n, 4)
	}
	return i, 0
}

// monthAt returns the month of which the name stands at i.
func (s *scanner) monthAt(i int) (end, m int) {
	if s.language == other || i >= len(s.b) {
		return 0, 0
	}
	end, w := s.known(i)
	if w == nil {
		return end, 0
	}
	if end > i && s.is(end, ".") && end-i <= 5 {
		end++ // an abbreviation
	}
	return end, int(w.month[s.language])
}

// dayOf reads the month behind a number, and its year: 3 November 2026.
func (s *scanner) dayOf(i int, f figure) int {
	if !f.whole || f.m < 1 || f.end-i > 2 {
		return 0
	}
	at := f.end
	if to := s.ordinal(at); to > 0 {
		at = to
	}
	n := s.space(at)
	if n == 0 {
		return 0
	}
	at += n
	if s.language == english && s.is(at, "of ") {
		at += 3
	}
	end, m := s.monthAt(at)
	if m == 0 {
		return 0
	}
	to, y := s.year(end)
	if y == 0 && s.b[end-1] == '.' {
		to = end - 1 // the sentence's
	}
	return s.emitDate(i, to, y, m, int(f.m))
}

// month reads what stands behind a month's name: the year, or the day in
// English. It returns where that ends.
func (s *scanner) month(i, end, m int) int {
	at := end
	if s.is(at, ".") && end-i <= 5 {
		at++
	}
	if to, y := s.year(at); y > 0 {
		return s.emitDate(i, to, y, m, 0)
	}
	n := s.space(at)
	if s.language != english || n == 0 || s.b[i] > 'Z' {
		return end
	}
	day := at + n
	to := s.digits(day)
	if to == day || to > day+2 || s.int(day, to-day) > 31 {
		return end
	}
	d := s.int(day, to-day)
	if o := s.ordinal(to); o > 0 {
		to = o
	}
	// November 3–7, 2026
	for _, dash := range []string{"–", "-", " to ", " and "} {
		if s.is(to, dash) {
			if last := s.digits(to + len(dash)); last > to+len(dash) && last <= to+len(dash)+2 {
				s.emit(fact{key: decimal{m: int64(d)}.key(), kind: Number, from: day, to: s.digits(day)})
				d, to = s.int(to+len(dash), last-to-len(dash)), last
			}
			break
		}
	}
	end, y := s.year(to)
	return s.emitDate(i, end, y, m, d)
}
