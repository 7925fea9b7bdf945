package bilingual

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
)

// FNV-1a, 64 bits. That two facts of a text have one hash will not happen.
const (
	hashSeed  uint64 = 14695981039346656037
	hashPrime uint64 = 1099511628211
)

func hash(b []byte) int64 {
	h := hashSeed
	for _, c := range b {
		h = (h ^ uint64(c)) * hashPrime
	}
	return int64(h)
}

// squeeze is the hash of a text's letters and digits, whatever their case.
func squeeze(b []byte) int64 {
	h := hashSeed
	for _, c := range b {
		if alnum(c) {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			h = (h ^ uint64(c)) * hashPrime
		}
	}
	return int64(h)
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

// url reads an address in the text: from is its beginning, and to is behind
// what it was known by.
func (s *scanner) url(from, to int) int {
	for to < len(s.b) && s.b[to] > ' ' && bytes.IndexByte([]byte("<>\"`|"), s.b[to]) < 0 && s.space(to) == 0 && !s.is(to, "»") && !s.is(to, "”") {
		to++
	}
	for to > from && bytes.IndexByte([]byte(".,;:!?)]}'*_"), s.b[to-1]) >= 0 {
		to--
	}
	s.emit(fact{key: urlKey(string(s.b[from:to])), kind: URL, from: from, to: to})
	return to
}

// email reads an address that begins with the letter at i; 0 where none does.
func (s *scanner) email(i int) int {
	at := i
	for at < len(s.b) && at-i < longest && (alnum(s.b[at]) && s.b[at] < 0x80 || bytes.IndexByte([]byte("._%+-"), s.b[at]) >= 0) {
		at++
	}
	if at == i || at >= len(s.b) || s.b[at] != '@' {
		return 0
	}
	end := at + 1
	for end < len(s.b) && (alnum(s.b[end]) && s.b[end] < 0x80 || s.b[end] == '.' || s.b[end] == '-') {
		end++
	}
	end = at + 1 + len(bytes.TrimRight(s.b[at+1:end], ".-"))
	if bytes.IndexByte(s.b[at:end], '.') < 0 {
		return 0
	}
	s.emit(fact{key: emailKey(string(s.b[i:end])), kind: Email, from: i, to: end})
	return end
}

// phone reads a telephone number at i, +33 1 99 00 45 30 or 01 99 00 45 30; 0
// where none begins there.
func (s *scanner) phone(i int) int {
	plus := s.b[i] == '+'
	if !plus && (s.b[i] != '0' || s.digits(i) != i+2) {
		return 0
	}
	var number []byte
	end := i
	for at := i; at < len(s.b) && len(number) <= most; {
		switch {
		case s.digit(at):
			number = append(number, s.b[at])
			at++
			end = at
			continue
		case at == i && plus:
			at++
			continue
		case s.is(at, "(0)"):
			at += 3
			continue
		}
		n := s.space(at)
		if n == 0 && bytes.IndexByte([]byte(".-"), s.b[at]) >= 0 {
			n = 1
		}
		if n == 0 || !s.digit(at+n) && !s.is(at+n, "(0)") || !plus && s.digits(at+n) != at+n+2 {
			break
		}
		at += n
	}
	if plus && (len(number) < 8 || len(number) > most) || !plus && len(number) != 10 {
		return 0
	}
	s.emit(fact{key: phoneKey(number), kind: Phone, from: i, to: end})
	return end
}

// phoneKey is the key of a telephone number: the French ones may be written
// with or without their country.
func phoneKey(number []byte) key {
	if len(number) == 11 {
		number = bytes.TrimPrefix(number, []byte("33"))
	}
	if len(number) == 10 {
		number = bytes.TrimPrefix(number, []byte("0"))
	}
	return key{kind: Phone, m: hash(number)}
}

func emailKey(address string) key {
	local, host, _ := strings.Cut(strings.ToLower(address), "@")
	local, _ = withoutLanguage(local)
	return key{kind: Email, m: hash([]byte(local + "@" + host))}
}

func urlKey(address string) key {
	a := addressOf(address)
	return key{kind: URL, m: hash([]byte(a.host + "\x00" + strings.Join(a.path, "/") + "\x00" + a.query + "\x00" + a.fragment))}
}

// pieceFact adds what a link, an image or a code span is.
func (t *Text) pieceFact(i int) {
	p := &t.pieces[i]
	f := fact{from: len(t.written), to: len(t.written), piece: i + 1}
	switch scheme, rest, ok := strings.Cut(p.Text, ":"); {
	case p.Kind == CodeSpan:
		code := t.source[p.From:p.To]
		f.key, f.kind = key{kind: Code, m: hash(placeholders(bytes.TrimSpace(code)))}, Code
		s := scanner{t: t, b: code}
		t.facts = append(t.facts, f)
		n := len(t.facts)
		s.components(0, len(code))
		for ; n < len(t.facts); n++ {
			t.facts[n].from, t.facts[n].to = f.from, f.to
		}
		return
	case p.Kind == Picture:
		f.key, f.kind = urlKey(p.Text), Image
		f.key.kind = Image
	case strings.HasPrefix(p.Text, "#") || p.Text == "":
		return // a heading of the same text
	case ok && strings.EqualFold(scheme, "mailto"):
		address, _, _ := strings.Cut(rest, "?")
		f.key, f.kind = emailKey(address), Email
	case ok && strings.EqualFold(scheme, "tel"):
		f.key, f.kind = phoneKey([]byte(strings.Trim(rest, "+"))), Phone
	default:
		f.key, f.kind = urlKey(p.Text), URL
	}
	t.facts = append(t.facts, f)
}

// address is an address without what it says of a language.
type address struct {
	host     string
	path     []string
	query    string
	fragment string
	marked   bool // it said something of a language
	local    bool // a file
}

// tags are the languages that an address may name.
var tags = []string{"en", "fr", "de", "es", "it", "nl", "pt", "pl", "uk", "us", "eng", "fra", "english", "french", "francais", "anglais"}

func isTag(s string) bool {
	s, _, _ = strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	return slices.Contains(tags, s)
}

func addressOf(text string) address {
	var a address
	u, err := url.Parse(text)
	if err != nil {
		a.host = text
		return a
	}
	if u.Scheme == "" && strings.HasPrefix(text, "www.") {
		if full, err := url.Parse("https://" + text); err == nil {
			u = full
		}
	}
	a.host = strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	if first, rest, ok := strings.Cut(a.host, "."); ok && isTag(first) && strings.Contains(rest, ".") {
		a.host, a.marked = rest, true
	}
	a.local = u.Host == "" && u.Scheme == "" && !strings.HasPrefix(text, "/")
	if u.Opaque != "" {
		a.host = strings.ToLower(u.Scheme) + ":" + u.Opaque
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == "" {
			continue
		}
		if low := strings.ToLower(part); isTag(low) && len(low) <= 8 {
			a.marked = true
			continue
		}
		part, marked := withoutLanguage(part)
		a.marked = a.marked || marked
		a.path = append(a.path, part)
	}
	query := u.Query()
	for _, k := range []string{"lang", "language", "locale", "hl", "l"} {
		if query.Has(k) {
			query.Del(k)
			a.marked = true
		}
	}
	a.query = query.Encode()
	a.fragment = u.Fragment
	return a
}

// withoutLanguage takes a language off a name: guide-en.pdf, support.fr.
func withoutLanguage(name string) (string, bool) {
	stem, ending := name, ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && !isTag(strings.ToLower(name[i+1:])) {
		stem, ending = name[:i], name[i:]
	}
	if i := strings.LastIndexAny(stem, "-_."); i > 0 && isTag(strings.ToLower(stem[i+1:])) {
		return stem[:i] + ending, true
	}
	if i := strings.IndexAny(stem, "-_"); i == 2 && isTag(strings.ToLower(stem[:i])) {
		return stem[i+1:] + ending, true
	}
	return name, false
}

// translated reports whether two addresses that are not the same may be those of
// one page in two languages.
func translated(x, y string, kind Kind) bool {
	a, b := addressOf(x), addressOf(y)
	if !sameHost(a.host, b.host) || figures(a) != figures(b) || a.local != b.local {
		return false
	}
	if a.marked || b.marked {
		return true
	}
	if len(a.path) != len(b.path) || a.query != b.query {
		return false
	}
	for i := range a.path {
		if !cognate(a.path[i], b.path[i]) && !(a.local && kind == URL) {
			return false
		}
	}
	return cognate(a.fragment, b.fragment)
}

// sameHost reports whether two hosts are the same but for a country's domain.
func sameHost(a, b string) bool {
	if a == b {
		return true
	}
	i, j := strings.LastIndexByte(a, '.'), strings.LastIndexByte(b, '.')
	return i > 0 && j > 0 && a[:i] == b[:j] && (a[i:] == ".fr" || b[j:] == ".fr")
}

// figures returns the digits of an address: v4 is no translation of v5.
func figures(a address) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.Join(a.path, "")+a.query+a.fragment)
}

// cognate reports whether two names may be the same word in two languages.
func cognate(a, b string) bool {
	const enough = 4 // letters in common
	if a == b {
		return true
	}
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r < 'a' || r > 'z' })
	}
	for _, v := range words(a) {
		for _, w := range words(b) {
			if len(v) >= enough && len(w) >= enough && v[:enough] == w[:enough] {
				return true
			}
		}
	}
	return false
}
