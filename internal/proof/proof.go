// Package proof finds in a site's files what must not be there: what drafts and
// unpublished entries say (Secrets), looked for in every byte that is written
// (Set). It judges nothing: whether the public state says the same by itself is
// for the build to find out.
package proof

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// Kind says how a secret is looked for.
type Kind uint8

// The kinds of secrets.
const (
	Text  Kind = iota // words, between other words
	Name              // an id or a part of an address: "ami-1a2b3c4d" and "acme/vault" are no part of a longer one
	Value             // a code of digits alone: only as a value, >0042< or "0042"
)

// Secret is something that no file may hold.
type Secret struct {
	Kind   Kind
	Text   string
	Source string // the entry's file, below the catalog's root
	What   string // "title"
}

// Set is secrets to look for. It is safe for concurrent use.
//
// A secret is looked for where words begin, by its first sixteen bytes, or eight
// where it has no more: a filter of bits, one a hash, rules out nearly every
// place. Letters of both cases are the same, accented ones of Latin-1 among them.
type Set struct {
	Secrets []Secret
	folded  []string // the secrets' texts as they are compared
	within  []int32  // by secret: the longest other one that it begins with, or -1
	dropped []atomic.Bool
	long    filter               // of sixteen bytes or more
	middle  filter               // of eight to fifteen
	pairs   [1 << 16 / 64]uint64 // bits: the first two bytes of shorter ones
	short   map[uint16][]int32
}

// filter finds secrets by a hash of their beginnings.
type filter struct {
	bits    []uint64
	shift   uint // of a hash to a bit's number
	secrets map[uint64][]int32
}

func (f *filter) add(hash uint64, secret int32) {
	if f.secrets == nil {
		f.secrets = make(map[uint64][]int32)
	}
	f.secrets[hash] = append(f.secrets[hash], secret)
}

// fill sets the bits when all secrets are there, two a hash. There are sixteen
// bits or more a hash, and few enough to stay near the processor.
func (f *filter) fill() {
	size := uint(12)
	for 1<<size < 16*len(f.secrets) {
		size++
	}
	f.bits, f.shift = make([]uint64, 1<<size/64), 64-size
	for hash := range f.secrets {
		for _, h := range []uint64{hash >> f.shift, hash << 20 >> f.shift} {
			f.bits[h/64] |= 1 << (h % 64)
		}
	}
}

// has reports whether there may be secrets with a hash.
func (f *filter) has(hash uint64) bool {
	h := hash >> (f.shift & 63)
	return f.bits[h/64]>>(h%64)&1 != 0 && f.second(hash<<20>>(f.shift&63))
}

func (f *filter) second(h uint64) bool { return f.bits[h/64]>>(h%64)&1 != 0 }

// New makes a set. A secret of one letter is left out: it stands everywhere. What
// several entries say is looked for once, as the first one's.
func New(secrets []Secret) *Set {
	s := &Set{short: make(map[uint16][]int32)}
	type looked struct {
		kind Kind
		text string
	}
	seen := make(map[looked]bool, len(secrets))
	for _, n := range secrets {
		n.Text = trim(string(plain([]byte(n.Text), new(buffers))))
		text := fold(n.Text)
		if len(text) < 2 || seen[looked{n.Kind, text}] {
			continue
		}
		seen[looked{n.Kind, text}] = true
		i := int32(len(s.Secrets))
		s.Secrets = append(s.Secrets, n)
		s.folded = append(s.folded, text)
		switch b := []byte(text); {
		case len(b) >= 16:
			s.long.add(mix(load(b), load(b[8:])), i)
		case len(b) >= 8:
			s.middle.add(mix(load(b), 0), i)
		default:
			pair := binary.LittleEndian.Uint16(b)
			s.pairs[pair/64] |= 1 << (pair % 64)
			s.short[pair] = append(s.short[pair], i)
		}
	}
	s.long.fill()
	s.middle.fill()
	s.within = make([]int32, len(s.folded))
	s.dropped = make([]atomic.Bool, len(s.folded))
	for _, lists := range []map[uint64][]int32{s.long.secrets, s.middle.secrets} {
		for _, list := range lists {
			s.sort(list)
		}
	}
	for _, list := range s.short {
		s.sort(list)
	}
	return s
}

// sort puts secrets with the same beginning into the order of their texts, and
// notes which ones begin with others. There may be many: "Vault 1" to "Vault 500".
func (s *Set) sort(list []int32) {
	slices.SortFunc(list, func(a, b int32) int { return strings.Compare(s.folded[a], s.folded[b]) })
	for i, n := range list {
		s.within[n] = -1
		if i == 0 {
			continue
		}
		before := list[i-1]
		for before >= 0 && !strings.HasPrefix(s.folded[n], s.folded[before]) {
			before = s.within[before]
		}
		s.within[n] = before
	}
}

// load reads eight bytes, with letters of both cases the same.
func load(b []byte) uint64 { return binary.LittleEndian.Uint64(b) | lower }

func mix(a, b uint64) uint64 { return (a*multiplier ^ b) * multiplier }

const (
	multiplier = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio
	lower      = 0x2020202020202020 // eight times the bit that tells a from A
)

// fold makes letters of both cases the same. Some other characters become the
// same as well, which only means that they are looked at again.
func fold(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] |= 0x20
	}
	return string(b)
}

// trim takes what is neither a letter nor a digit from both ends.
func trim(s string) string {
	for len(s) > 0 {
		if r, n := utf8.DecodeRuneInString(s); !word(r) {
			s = s[n:]
		} else if r, n := utf8.DecodeLastRuneInString(s); !word(r) {
			s = s[:len(s)-n]
		} else {
			break
		}
	}
	return s
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Classes of bytes, to tell where a word begins.
const (
	alphanumeric = 1 << iota // of ASCII
	begins                   // may be the first of a word
)

var classes = func() (c [256]uint8) {
	for b := range c {
		switch {
		case b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' && b < 0x80:
			c[b] = alphanumeric | begins
		case b >= 0xc2: // the first of a character's bytes
			c[b] = begins
		}
	}
	return c
}()

// Find calls found with the number of each secret that data holds, at each place.
func (s *Set) Find(data []byte, found func(secret int)) {
	if len(s.Secrets) == 0 {
		return
	}
	b := pool.Get().(*buffers)
	defer pool.Put(b)
	data = plain(data, b)
	var before uint8
	i := 0
	for ; i+16 <= len(data); i++ {
		now := classes[data[i]]
		if now&begins != 0 && before&alphanumeric == 0 {
			first := load(data[i:])
			if h := mix(first, load(data[i+8:])); s.long.has(h) {
				s.compare(data, i, s.long.secrets[h], found)
			}
			if h := mix(first, 0); s.middle.has(h) {
				s.compare(data, i, s.middle.secrets[h], found)
			}
			if pair := uint16(first); s.pairs[pair/64]&(1<<(pair%64)) != 0 {
				s.compare(data, i, s.short[pair], found)
			}
		}
		before = now
	}
	for ; i+2 <= len(data); i++ { // where no long one fits
		if i+8 <= len(data) {
			s.compare(data, i, s.middle.secrets[mix(load(data[i:]), 0)], found)
		}
		s.compare(data, i, s.short[binary.LittleEndian.Uint16(data[i:])|0x2020], found)
	}
}

// Drop stops looking for a secret: it is none. Find may be under way.
func (s *Set) Drop(secret int) { s.dropped[secret].Store(true) }

// Dropped reports whether a secret is looked for no more.
func (s *Set) Dropped(secret int) bool { return s.dropped[secret].Load() }

// compare reports the secrets of a sorted list that stand at a place: the last
// one that is not behind the data in order, and those that it begins with.
func (s *Set) compare(data []byte, at int, list []int32, found func(int)) {
	if len(list) == 1 && s.Dropped(int(list[0])) {
		return // what stands everywhere takes no time
	}
	here := data[at:]
	from, to := 0, len(list)
	for from < to {
		if middle := (from + to) / 2; order(s.folded[list[middle]], here) <= 0 {
			from = middle + 1
		} else {
			to = middle
		}
	}
	if from == 0 {
		return
	}
	for n := list[from-1]; n >= 0; n = s.within[n] {
		if !s.Dropped(int(n)) && order(s.folded[n], here) == 0 && s.stands(data, at, n) {
			found(int(n))
		}
	}
}

// order compares a folded text with data, folded, as far as the text goes: 0
// where the data begins with it.
func order(text string, data []byte) int {
	for i := range min(len(text), len(data)) {
		if b := data[i] | 0x20; b != text[i] {
			return int(text[i]) - int(b)
		}
	}
	if len(text) > len(data) {
		return 1
	}
	return 0
}

// stands reports whether a secret that was found is no part of a longer word.
func (s *Set) stands(data []byte, at int, n int32) bool {
	end := at + len(s.folded[n])
	before, _ := utf8.DecodeLastRune(data[:at])
	after, _ := utf8.DecodeRune(data[end:])
	switch s.Secrets[n].Kind {
	case Name:
		return !(at > 0 && (word(before) || before == '-' || before == '_') || end < len(data) && (word(after) || after == '-' || after == '_'))
	case Value:
		return (before == '>' || before == '"') && (after == '<' || after == '"')
	}
	return !(at > 0 && word(before) || end < len(data) && word(after))
}
