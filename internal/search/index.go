// Package search makes the index of the words of a catalog's products, cut in
// parts so that a browser loads only what a query needs. docs/search.md says
// why it is our own, how its files are made, and what a query finds.
package search

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Document is the texts of a product in one language, by how much a word in
// them counts.
type Document struct {
	Title   string
	Names   []string // of the seller, of the categories
	Summary string
	Points  []string
}

// The fields of a document, as postings write them: the higher, the more a
// word in it counts.
const (
	inPoints = iota
	inSummary
	inNames
	inTitle
	fields // how many there are
)

// Index is the words of documents, which are numbered from 0 in the order in
// which they are added.
type Index struct {
	language *Language
	postings map[string]*list   // by term
	known    map[string][]*list // by what stands between two spaces of a text: of its terms
	count    int32
}

// list is the documents that have a term, in their order: each as its number
// times fields, and the best field that has the term.
type list []int32

// New returns an empty index.
func New(l *Language) *Index {
	return &Index{language: l, postings: make(map[string]*list), known: make(map[string][]*list)}
}

// Add adds a document.
func (x *Index) Add(d *Document) {
	x.field(inTitle, d.Title)
	x.field(inNames, d.Names...)
	x.field(inSummary, d.Summary)
	x.field(inPoints, d.Points...)
	x.count++
}

// field adds the words of a field. Fields come from the best to the least, so a
// term's first posting in a document is its best.
func (x *Index) field(field int32, texts ...string) {
	for _, text := range texts {
		for chunk := range strings.FieldsSeq(text) {
			lists, known := x.known[chunk]
			if !known {
				lists = x.lists(chunk)
				x.known[chunk] = lists
			}
			for _, l := range lists {
				if n := len(*l); n == 0 || (*l)[n-1]/fields != x.count {
					*l = append(*l, x.count*fields+field)
				}
			}
		}
	}
}

// lists returns the lists of the terms of a piece of text. The same pieces come
// again and again, and taking one apart takes long.
func (x *Index) lists(chunk string) (lists []*list) {
	x.language.terms(chunk, func(term string) {
		l := x.postings[term]
		if l == nil {
			l = new(list)
			x.postings[term] = l
		}
		lists = append(lists, l)
	})
	return lists
}

// Parts are the files of an index. Words is a JSON object: the terms in their
// order, front-coded, and the number of the first term of each part; beside
// them what the script must know of the language. A part is a JSON array of
// one array a term: of its documents, each as 4 × the distance from the one
// before + the best field that has the term.
type Parts struct {
	Words    []byte
	Postings [][]byte
}

type words struct {
	Terms string `json:"terms"` // see front
	First []int  `json:"first"`
	*Language
}

// Encode cuts the index in parts of about size bytes. A term is never cut.
func (x *Index) Encode(size int) (*Parts, error) {
	terms := slices.Sorted(maps.Keys(x.postings))
	out := &Parts{}
	first := []int{}
	var part bytes.Buffer
	end := func() {
		if part.Len() > 0 {
			part.WriteByte(']')
			out.Postings = append(out.Postings, bytes.Clone(part.Bytes()))
			part.Reset()
		}
	}
	for i, term := range terms {
		if part.Len() >= size {
			end()
		}
		if part.Len() == 0 {
			first = append(first, i)
			part.WriteByte('[')
		} else {
			part.WriteByte(',')
		}
		writePostings(&part, *x.postings[term])
	}
	end()
	var err error
	out.Words, err = json.Marshal(words{front(terms), first, x.language})
	return out, err
}

func writePostings(w *bytes.Buffer, l list) {
	w.WriteByte('[')
	before := int32(0) // a document
	for i, p := range l {
		if i > 0 {
			w.WriteByte(',')
		}
		w.Write(strconv.AppendInt(w.AvailableBuffer(), int64(p-before*fields), 10))
		before = p / fields
	}
	w.WriteByte(']')
}

// front writes sorted terms with what each shares with the one before left out:
// a digit of base 36 for the number of shared characters (UTF-16 units, as
// JavaScript counts), then the rest; a space between two.
func front(terms []string) string {
	var b strings.Builder
	before := ""
	for i, term := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		shared, bytes := 0, 0
		for bytes < len(term) && bytes < len(before) && shared < 35 {
			r, n := utf8.DecodeRuneInString(term[bytes:])
			if s, _ := utf8.DecodeRuneInString(before[bytes:]); r != s || r > 0xffff {
				break
			}
			bytes += n
			shared++
		}
		b.WriteString(strconv.FormatInt(int64(shared), 36))
		b.WriteString(term[bytes:])
		before = term
	}
	return b.String()
}
