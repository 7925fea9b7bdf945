package bilingual

import "strings"

// word is what a word says of the text that it is in.
type word struct {
	in      [3]bool  // it is one of the language's commonest words, and of no other language here
	number  [3]int16 // the number that it stands for
	tens    [3]bool  // a unit may follow: twenty-four
	month   [3]uint8
	version bool // a version's number follows
	hours   bool // it may be a time
}

// longest word of the table, in bytes.
const longest = 13

// The words are the commonest of texts about software, without those that both
// languages have ("on", "plus", "or") or that names are made of ("la", "de").
const (
	englishWords = `the and of with for from that this these those your you our we they them their its it are were was been be have has had having
 will would can could should must may might not but which who whose what when where while then than into onto over under between within without
 through during before after until since because about against across along each every any some such other both only also more most less least very too
 so if by to in at or there here how why does did do doing done being make makes made get gets use uses used using keep keeps kept
 all no out up off again once as an my he she his her him us`
	frenchWords = `le les des du un une et est sont était être été avec pour par sur sous dans vers chez dont qui que quoi où ou ce cet cette ces ceux celle celles
 votre vos notre nos leur leurs vous nous ils elles il elle on se sa ses son mes mon ma ne pas non mais donc car ni si très trop aussi ainsi alors puis
 aux au à après avant pendant depuis jusque entre sans selon afin lors lorsque tout tous toute toutes chaque plusieurs quelques aucun aucune autre autres même mêmes
 peut peuvent doit doivent fait faire font permet permettent ont avez avons sera seront soit plus moins comme quand comment en y dès lui eux la de`
)

// notSure are words of both lists that are words in other languages too, that
// names have, or that stand in both texts: they are no evidence.
const notSure = `on or do an as a me son ma sa si car pas non en y la de plus est ou comment tout dont fait all out in to at so no us he if mon lui se`

var months = [...]string{
	english: "january february march april may june july august september october november december",
	french:  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}

var shortMonths = [...]string{
	english: "jan feb mar apr may jun jul aug sep oct nov dec",
	french:  "janv févr mars avr mai juin juil août sept oct nov déc",
}

// numbers are words that stand for a number: its name, its rank, how often.
var numbers = [...]map[int16]string{
	english: {
		1: "one a an once single first", 2: "two second twice both double dual pair couple half", 3: "three third thrice triple", 4: "four fourth quarter quadruple", 5: "five fifth", 6: "six sixth",
		7: "seven seventh", 8: "eight eighth", 9: "nine ninth", 10: "ten tenth", 11: "eleven eleventh", 12: "twelve twelfth dozen", 13: "thirteen", 14: "fourteen",
		15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
		90: "ninety", 100: "hundred", 1000: "thousand",
	},
	french: {
		1: "un une premier première", 2: "deux second seconde deuxième double doubles paire couple moitié demi demie", 3: "trois troisième triple tiers", 4: "quatre quatrième quart quadruple", 5: "cinq cinquième",
		6: "six sixième", 7: "sept septième", 8: "huit huitième huitaine", 9: "neuf neuvième", 10: "dix dixième dizaine", 11: "onze onzième", 12: "douze douzième douzaine", 13: "treize",
		14: "quatorze", 15: "quinze quinzaine", 16: "seize", 20: "vingt vingtaine", 30: "trente trentaine", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingts",
		100: "cent cents centaine", 1000: "mille millier",
	},
}

// words is the table of all words that are known.
var words = func() map[string]word {
	m := make(map[string]word, 700)
	change := func(text string, f func(*word)) {
		for _, s := range strings.Fields(text) {
			w := m[s]
			f(&w)
			m[s] = w
		}
	}
	change(englishWords, func(w *word) { w.in[english] = true })
	change(frenchWords, func(w *word) { w.in[french] = true })
	change(notSure, func(w *word) { w.in = [3]bool{} })
	change("noon midi midnight minuit clock continu nuit night permanence", func(w *word) { w.hours = true })
	change("version versions release releases v édition edition", func(w *word) { w.version = true })
	for l := english; l <= french; l++ {
		for _, names := range []string{months[l], shortMonths[l]} {
			for i, name := range strings.Fields(names) {
				change(name, func(w *word) { w.month[l] = uint8(i + 1) })
			}
		}
		for n, names := range numbers[l] {
			change(names, func(w *word) { w.number[l], w.tens[l] = n, n >= 4 && n <= 80 })
		}
	}
	return m
}()
