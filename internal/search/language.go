package search

import (
	"strings"
	"unicode/utf8"
)

// Language says which words of a language count, and how their forms are made
// one. It is data that goes into the index, so that the script on the pages
// folds a query the very same way and knows no language itself.
type Language struct {
	Elisions []string `json:"elisions"` // what is dropped before an apostrophe: l’archive
	Stop     []string `json:"stop"`     // folded words that are not indexed
	Endings  []Ending `json:"endings"`  // the first that fits is applied

	stop map[string]bool
}

// Ending replaces a folded word's plural ending where the word has at least
// Min letters.
type Ending struct {
	End string `json:"end"`
	By  string `json:"by"`
	Min int    `json:"min"`
}

var languages = map[string]*Language{
	"en": {
		Stop: strings.Fields(`a an and are as at be by can do does for from has have how if in into is it its no not of on or our
			s so such t than that the their them then there these they this to up was we what when where which while who will with you your`),
		Endings: []Ending{
			{"ies", "y", 5},
			{"ches", "ch", 6},
			{"shes", "sh", 6},
			{"sses", "ss", 6},
			{"xes", "x", 5},
			{"ss", "ss", 0},
			{"us", "us", 0},
			{"is", "is", 0},
			{"s", "", 3},
		},
	},
	"fr": {
		Elisions: strings.Fields(`l d qu j n s c m t jusqu lorsqu puisqu quoiqu quelqu`),
		Stop: strings.Fields(`a ai au aux avec ce ces cet cette d dans de des du elle en est et eux il ils je l la le les leur leurs
			lui ma mais me mes moi mon n ne nos notre nous on ont ou par pas pour qu que qui s sa sans se ses si son sont sous sur ta
			te tes toi ton tous tout toute toutes tu un une vos votre vous y`),
		Endings: []Ending{
			{"eaux", "eau", 5},
			{"aux", "al", 5},
			{"ss", "ss", 0},
			{"s", "", 3},
			{"x", "", 4},
		},
	},
}

// For returns a language by its tag. One that is not known has no stop words,
// elisions and plurals; accents and case are folded all the same.
func For(tag string) *Language {
	base, _, _ := strings.Cut(tag, "-")
	l := Language{Elisions: []string{}, Stop: []string{}, Endings: []Ending{}, stop: make(map[string]bool)}
	if known := languages[base]; known != nil {
		l.Stop, l.Endings = known.Stop, known.Endings
		if known.Elisions != nil {
			l.Elisions = known.Elisions
		}
	}
	for _, w := range l.Stop {
		l.stop[w] = true
	}
	return &l
}

// Stem takes the plural's ending off a folded word.
func (l *Language) Stem(word string) string {
	for _, e := range l.Endings {
		if stem, ok := strings.CutSuffix(word, e.End); ok && utf8.RuneCountInString(word) >= e.Min {
			return stem + e.By
		}
	}
	return word
}
