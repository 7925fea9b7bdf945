package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"vitrine/internal/catalog"
	"vitrine/internal/search"
)

// The sizes of the search's files: small enough that a query which needs one
// card or one word of each costs little, large enough that there are not too
// many.
const (
	cardsPerFile  = 8
	postingsBytes = 12 << 10 // before compression
)

// searchEntry is index.json: the digest that each other file has in its name,
// and the phrases of the interface. It alone keeps its name, so that what a
// browser has from one build never meets what it has from another.
type searchEntry struct {
	Facets   string         `json:"facets"`
	Words    string         `json:"words"`
	Postings []string       `json:"postings"`
	Cards    []string       `json:"cards"`
	Chunk    int            `json:"chunk"` // cards a file
	Phrases  map[string]any `json:"phrases"`
}

type searchFacets struct {
	Count  int           `json:"count"` // products
	Facets []searchFacet `json:"facets"`
}

type searchFacet struct {
	Key    string        `json:"key"`
	Name   string        `json:"name"`
	Values []searchValue `json:"values"`
}

type searchValue struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Products []int32 `json:"products"` // each as the distance from the one before
}

// searchPath is where the files of a language's search stand.
func searchPath(l *lang) string { return l.Tag + "/search/" }

// search writes the files of a language's search. Its products are numbered in
// the order of the list of all products.
func (s *Site) search(w *writer, l *lang) error {
	entry := searchEntry{Chunk: cardsPerFile, Phrases: phrases(l), Postings: []string{}}
	index := search.New(search.For(l.Tag))
	names := make(map[string]string)
	for _, c := range s.categories() {
		names[c.ID] = l.text(c.Name)
	}
	for _, p := range l.products {
		index.Add(l.document(p, names))
	}
	parts, err := index.Encode(postingsBytes)
	if err != nil {
		return err
	}
	if entry.Words, err = w.hashed(searchPath(l)+"words", parts.Words); err != nil {
		return err
	}
	for i, part := range parts.Postings {
		digest, err := w.hashed(fmt.Sprintf("%spostings-%d", searchPath(l), i), part)
		if err != nil {
			return err
		}
		entry.Postings = append(entry.Postings, digest)
	}
	if entry.Cards, err = s.searchCards(w, l); err != nil {
		return err
	}
	facets, err := marshal(searchFacetsOf(l))
	if err != nil {
		return err
	}
	if entry.Facets, err = w.hashed(searchPath(l)+"facets", facets); err != nil {
		return err
	}
	data, err := marshal(entry)
	if err != nil {
		return err
	}
	return w.emit(searchPath(l)+"index.json", data)
}

// document is what of a product is searched.
func (l *lang) document(p *catalog.Product, categories map[string]string) *search.Document {
	d := &search.Document{Title: l.text(p.Title), Summary: l.text(p.Summary), Names: []string{l.text(p.Seller.Name)}}
	for _, id := range p.Categories {
		d.Names = append(d.Names, categories[id])
	}
	if p.Pricing != "" {
		d.Names = append(d.Names, l.Word("pricing."+string(p.Pricing)))
	}
	d.Names = append(d.Names, p.Regions...)
	for _, k := range p.KeyPoints {
		d.Points = append(d.Points, l.text(k))
	}
	return d
}

// searchCards writes the cards that lists show, some in a file.
func (s *Site) searchCards(w *writer, l *lang) ([]string, error) {
	digests := []string{}
	for from := 0; from < len(l.products); from += cardsPerFile {
		cards, err := s.cards(l, l.products[from:min(from+cardsPerFile, len(l.products))])
		if err != nil {
			return nil, err
		}
		data, err := marshal(cards)
		if err != nil {
			return nil, err
		}
		digest, err := w.hashed(fmt.Sprintf("%scards-%d", searchPath(l), from/cardsPerFile), data)
		if err != nil {
			return nil, err
		}
		digests = append(digests, digest)
	}
	return digests, nil
}

func searchFacetsOf(l *lang) searchFacets {
	out := searchFacets{Count: len(l.products)}
	for i, f := range l.facets() {
		to := searchFacet{Key: f.Key, Name: f.Name, Values: []searchValue{}}
		for _, v := range f.Values {
			value := searchValue{ID: v.ID, Name: v.Name}
			before := int32(0)
			for _, d := range l.having()[i][v.ID] {
				value.Products = append(value.Products, d-before)
				before = d
			}
			to.Values = append(to.Values, value)
		}
		out.Facets = append(out.Facets, to)
	}
	return out
}

// phrases are the words of the interface that the script says. Those with a
// number have their plural forms.
func phrases(l *lang) map[string]any {
	out := make(map[string]any)
	for _, key := range []string{
		"search.title", "search.heading", "search.partial", "search.none", "search.unfilter", "search.empty", "search.more",
		"search.filters", "search.chosen", "search.remove", "search.clear", "search.all", "search.fewer", "search.find", "search.narrow", "search.results", "products.title",
	} {
		out[key] = l.Word(key)
	}
	for _, key := range []string{"count.products", "search.added"} {
		out[key] = l.Forms(key)
	}
	return out
}

// marshal writes JSON for a script that fetches it: it never stands in a page,
// so that < needs no escape.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// hashed hands over a JSON file with its digest in the name, and returns it.
func (w *writer) hashed(name string, data []byte) (digest string, err error) {
	sum := sha256.Sum256(data)
	digest = fmt.Sprintf("%x", sum[:4])
	return digest, w.emit(name+"."+digest+".json", data)
}
