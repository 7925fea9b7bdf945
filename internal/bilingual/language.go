package bilingual

import "bytes"

// Stretch is a part of a text that is in another language than the text: whole
// paragraphs, items and cells.
type Stretch struct {
	From, To int    // in the source
	Language string // that it is in: en or fr
	Copied   bool   // the other text has the very same words
}

var tagOf = [...]string{english: "en", french: "fr"}

// The commonest words of a language tell it, and weigh what names do not have
// more than what they do ("Bank of the West"). A text must have one of the
// former, and enough of them to outweigh those of its own language twice.
const (
	strong = 5
	weak   = 2
	enough = strong + weak
	plenty = 7 * weak // in one paragraph, without a strong one
	short  = 5        // words
)

// Untranslated returns the parts of two texts that were not translated. Short
// texts, names and code say too little to be judged; of texts that are neither
// English nor French, only what was copied is found.
func Untranslated(a, b *Text) (inA, inB []Stretch) { return a.strange(b), b.strange(a) }

// strange returns the parts of a text that are in another language. Paragraphs
// that follow each other are judged together: items are short.
func (t *Text) strange(u *Text) []Stretch {
	var out []Stretch
	first, last, sure, copied := -1, -1, false, true
	var sum, length int32
	flush := func(l language) {
		if length >= short && sure && sum >= enough {
			from, _ := t.place(first)
			_, to := t.place(last)
			out = append(out, Stretch{from, to, tagOf[l], copied})
		}
		first, last, sum, length, sure, copied = -1, -1, 0, 0, false, true
	}
	l := english + french - t.language
	for i := range t.blocks[:len(t.blocks)-1] {
		b := &t.blocks[i]
		if t.language == other {
			l = french
			if b.words[english] > b.words[french] {
				l = english
			}
		}
		n := b.words[l] - 2*b.words[english+french-l]
		same := n > 0 && u.has(t.written[b.from:b.to])
		switch {
		case n > 0 && (t.language != other || same):
			if first < 0 {
				first = i
			}
			last = i
			sum += n
			length += b.length
			sure = sure || b.sure[l] || n >= plenty
			copied = copied && same
			if same && l == english && sentence(t.written[b.from:b.to]) {
				sum, sure = sum+enough, true
			}
		case n < 0 || t.language == other:
			flush(l)
		}
	}
	flush(l)
	return out
}

// has reports whether one of a text's paragraphs is just this.
func (t *Text) has(text []byte) bool {
	for i := range t.blocks[:len(t.blocks)-1] {
		if b := &t.blocks[i]; b.to-b.from == len(text) && bytes.Equal(t.written[b.from:b.to], text) {
			return true
		}
	}
	return false
}

// sentence reports whether an English text is more than a name: five words, two
// of which begin with a small letter and are no common words.
func sentence(text []byte) bool {
	length, small := 0, 0
	for w := range bytes.FieldsSeq(text) {
		w = bytes.Trim(w, ".,;:!?()")
		if len(w) == 0 || letter(w) == 0 {
			continue
		}
		length++
		if k := words.find(wordHash(w)); w[0] >= 'a' && w[0] <= 'z' && len(w) > 3 && (k == nil || k.weight == [3]uint8{}) {
			small++
		}
	}
	return length >= short && small >= 2
}

// place returns where a block's text stands in the source.
func (t *Text) place(block int) (int, int) {
	if r := t.blocks[block].runs; r < t.blocks[block+1].runs {
		return t.runs[r].from, t.end(block)
	}
	return t.blocks[block].at, t.blocks[block].at
}
