package bilingual

import (
	"math/bits"
	"strings"
)

// word is what a word says of the text that it is in.
type word struct {
	weight  [3]uint8 // as one of the commonest words of a language
	small   [3]bool  // it tells the language where it begins with a small letter
	number  [3]int16 // the number that it stands for
	tens    [3]bool  // more may follow: twenty-four
	month   [3]uint8 // that it is the name of
	version bool     // a version's number follows
	hours   bool     // it may be a time
	counted [3]bool  // it may be a unit, or multiply a number
}

// The words that tell a language: the commonest ones, without those that both
// languages have ("on", "plus"); then those that names are made of as well
// ("Bank of the West", "Société des Eaux"); then what texts about software are
// full of, without what one language has from the other ("data", "support").
var (
	surest = [...]string{
		english: `this that these those your you our we they them their its it is are was were with been be have has had having
 will would can could should must may might not but which who whose what when where while then than into onto between within without
 through during before after until since because about against across along every any some such other both only also more most less least very
 there here how why does did doing done being makes made gets uses using keeps kept again once my his she her him`,
		french: `une est sont était être été avec pour par dans vers dont qui que quoi où ou ce cet cette ces ceux celle celles
 votre vos notre nos leur leurs vous nous ils elles il elle se sa ses mes ma ne mais donc ni très trop aussi ainsi alors puis
 après avant pendant depuis jusque selon afin lors lorsque tous toute toutes chaque plusieurs quelques aucun aucune autres même mêmes
 peut peuvent doit doivent font permet permettent ont avez avons sera seront soit moins comme quand dès lui eux`,
	}
	inNames = [...]string{
		english: "the of and for by from off up over under in to at or all out no if so he us each too make get use keep",
		french:  "sans le les des du un et sur sous au aux à entre chez de la en pas non si tout fait",
	}
	ofSoftware = [...]string{
		english: `users user teams team files storage backup backups security search sharing messaging easily highly free based ready built software
 hours days months month weeks week year years server servers settings available needed updates image images network password passwords
 customers customer companies company address language languages page key keys rate first last next new same number working public time
 access anywhere automatically easy fast simple send sends receive read reads write writes start starts stop run runs stay stays answer answers
 check checks links people end text forms form including unlimited one two three higher lower older newer large small`,
		french: `utilisateurs utilisateur équipes équipe fichiers fichier stockage sauvegarde sauvegardes recherche partage messagerie gratuit gratuite libre logiciel logiciels
 heures heure jours jour mois semaines semaine an ans année années serveur serveurs nécessaire mises mise réseau
 clients entreprises entreprise adresse langue langues clé clés tarif première premier dernier dernière suivant nouvelle nouveau nombre temps
 accès partout automatiquement facile rapide envoyer recevoir lire écrire démarrage arrêt réponse réponses données compte comptes
 vérifie liens personnes fin formulaires formulaire illimité illimitée deux trois outils outil gestion plateforme conservés reçus`,
	}
	// common are words of both languages, or of others too.
	common = "font on or do an as a me son si car pas non y plus comment fait all out so no us he if mon lui se images page public simple"
)

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
		1: "one a an once single first", 2: "two second twice both double dual pair couple half", 3: "three third thrice triple",
		4: "four fourth quarter quadruple", 5: "five fifth", 6: "six sixth", 7: "seven seventh", 8: "eight eighth", 9: "nine ninth",
		10: "ten tenth", 11: "eleven eleventh", 12: "twelve twelfth dozen dozens", 13: "thirteen", 14: "fourteen", 15: "fifteen",
		16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
		60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred hundreds", 1000: "thousand thousands",
	},
	french: {
		1: "un une premier première", 2: "deux second seconde deuxième double doubles paire couple moitié demi demie", 3: "trois troisième triple tiers",
		4: "quatre quatrième quart quadruple", 5: "cinq cinquième", 6: "six sixième", 7: "sept septième", 8: "huit huitième", 9: "neuf neuvième",
		10: "dix dixième dizaine dizaines", 11: "onze onzième", 12: "douze douzième douzaine douzaines", 13: "treize", 14: "quatorze", 15: "quinze quinzaine",
		16: "seize", 20: "vingt vingts vingtaine", 30: "trente trentaine", 40: "quarante", 50: "cinquante", 60: "soixante",
		100: "cent cents centaine centaines", 1000: "mille millier milliers",
	},
}

const slotBits = 11

// table finds words by the hash of their small letters.
type table struct {
	slots [1 << slotBits]struct {
		hash uint64
		word uint16 // its number in words plus one
	}
	words []word
}

// mix adds a byte to the hash of a word: no two words of nine ASCII letters have
// the same one, and that longer ones have will not happen.
func mix(h uint64, c byte) uint64 { return bits.RotateLeft64(h, 7) ^ uint64(c) }

func wordHash[T string | []byte](word T) (h uint64) {
	for i := range len(word) {
		h = mix(h, word[i])
	}
	return h
}

// slot returns where a word is in the table, or should be.
func (t *table) slot(h uint64) int {
	// The golden ratio spreads hashes that differ in few bits.
	i := int(h * 0x9e3779b97f4a7c15 >> (64 - slotBits))
	for t.slots[i].word > 0 && t.slots[i].hash != h {
		i = (i + 1) % len(t.slots)
	}
	return i
}

// find returns a word, or nil.
func (t *table) find(h uint64) *word {
	if n := t.slots[t.slot(h)].word; n > 0 {
		return &t.words[n-1]
	}
	return nil
}

// words is the table of all words that are known.
var words = func() *table {
	t := &table{words: make([]word, 0, 1024)}
	change := func(text string, f func(*word)) {
		for s := range strings.FieldsSeq(text) {
			h := wordHash(s)
			i := t.slot(h)
			if t.slots[i].word == 0 {
				t.words = append(t.words, word{})
				t.slots[i].hash, t.slots[i].word = h, uint16(len(t.words))
			}
			f(&t.words[t.slots[i].word-1])
		}
	}
	for l := english; l <= french; l++ {
		change(ofSoftware[l], func(w *word) { w.small[l] = true })
		change(inNames[l], func(w *word) { w.weight[l] = weak })
		change(surest[l], func(w *word) { w.weight[l] = strong })
		for _, names := range []string{months[l], shortMonths[l]} {
			for i, name := range strings.Fields(names) {
				change(name, func(w *word) { w.month[l] = uint8(i + 1) })
			}
		}
		change("sept", func(w *word) { w.month[english] = 9 })
		for n, names := range numbers[l] {
			change(names, func(w *word) { w.number[l], w.tens[l] = n, n >= 4 && n <= 80 })
		}
		for name := range unitsOf[l] {
			change(name, func(w *word) { w.counted[l] = true })
		}
		for name := range scales[l] {
			change(name, func(w *word) { w.counted[l] = true })
		}
	}
	for name := range sharedUnits {
		change(strings.ToLower(name), func(w *word) { w.counted = [3]bool{true, true, true} })
	}
	change(common, func(w *word) { w.weight, w.small = [3]uint8{}, [3]bool{} })
	change("version versions release releases v édition edition", func(w *word) { w.version = true })
	change("noon midi midnight minuit clock continu nuit night permanence", func(w *word) { w.hours = true })
	return t
}()
