package search

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample makes documents of few words, so that many share them.
func sample(random *rand.Rand, n int) []Document {
	vocabulary := strings.Fields("Sauvegarde sauvegardes réseau réseaux base données cœur l’archive d’archivage archives œuvre e-mail " +
		"Postgres PostgreSQL coffre Coffre-fort chiffrement chiffré K8s 2026 de la pour accès accessible messagerie Ωmega 日本 hôpital hôpitaux")
	text := func(most int) string {
		var words []string
		for range random.IntN(most + 1) {
			words = append(words, vocabulary[random.IntN(len(vocabulary))])
		}
		return strings.Join(words, " ")
	}
	out := make([]Document, n)
	for i := range out {
		out[i] = Document{Title: text(3), Names: []string{text(2), text(1)}, Summary: text(6), Points: []string{text(3), text(3)}}
	}
	return out
}

// naive returns the terms of a document, each with its best field.
func naive(l *Language, d *Document) map[string]int32 {
	out := make(map[string]int32)
	for field, texts := range [][]string{inPoints: d.Points, inSummary: {d.Summary}, inNames: d.Names, inTitle: {d.Title}} {
		for _, text := range texts {
			l.terms(text, func(term string) { out[term] = int32(field) })
		}
	}
	return out
}

func encode(t *testing.T, l *Language, documents []Document, size int) *Parts {
	t.Helper()
	x := New(l)
	for i := range documents {
		x.Add(&documents[i])
	}
	parts, err := x.Encode(size)
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

// decode reads an index as docs/search.md says: by term, the field by document.
func decode(t *testing.T, parts *Parts) map[string]map[int32]int32 {
	t.Helper()
	var head struct {
		Terms string
		First []int
	}
	if err := json.Unmarshal(parts.Words, &head); err != nil {
		t.Fatal(err)
	}
	out := make(map[string]map[int32]int32)
	var term []rune
	var lists [][]int32
	part := -1
	for i, coded := range strings.Fields(head.Terms) {
		shared, err := strconv.ParseInt(coded[:1], 36, 0)
		if err != nil {
			t.Fatal(err)
		}
		term = append(term[:shared:shared], []rune(coded[1:])...)
		if part+1 < len(head.First) && head.First[part+1] == i {
			part++
			lists = nil
			if err := json.Unmarshal(parts.Postings[part], &lists); err != nil {
				t.Fatal(err)
			}
		}
		list := make(map[int32]int32)
		at := int32(0)
		for _, coded := range lists[i-head.First[part]] {
			at += coded / fields
			list[at] = coded % fields
		}
		if out[string(term)] != nil {
			t.Errorf("the term %q is there twice", string(term))
		}
		out[string(term)] = list
	}
	return out
}

func TestTheIndexHoldsTheWordsOfItsDocuments(t *testing.T) {
	l := For("fr")
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		documents := sample(random, random.IntN(40))
		want := make(map[string]map[int32]int32)
		for i := range documents {
			for term, field := range naive(l, &documents[i]) {
				if want[term] == nil {
					want[term] = make(map[int32]int32)
				}
				want[term][int32(i)] = field
			}
		}
		parts := encode(t, l, documents, 1+random.IntN(200))
		if diff := cmp.Diff(want, decode(t, parts)); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
		again := encode(t, l, documents, 64)
		if diff := cmp.Diff(again, encode(t, l, documents, 64)); diff != "" {
			t.Errorf("seed %d: two encodings differ:\n%s", seed, diff)
		}
	}
}

func TestCompoundsAreFoundInOneWord(t *testing.T) {
	l := For("fr")
	for text, want := range map[string]string{
		"E-mails":               "e mail email",
		"Coffre-fort, à l’abri": "coffre fort coffrefort abri",
		"2026-01-02":            "2026 01 02 20260102",
		"a/b-c d.e-f":           "b c e f",
	} {
		var got []string
		l.terms(text, func(term string) { got = append(got, term) })
		if diff := cmp.Diff(strings.Fields(want), got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// query is what the script is asked, and answers.
type query struct {
	Text   string
	Chosen map[string][]string
}

type answer struct {
	Products []int // sorted here: the order is the ranking's matter
	Partial  bool
	Counts   map[string]map[string]int
}

// facets are made up: by facet and value, the documents that have it.
type facets map[string]map[string][]int

func TestTheScriptFindsWhatANaiveSearchFinds(t *testing.T) {
	l := For("fr")
	random := rand.New(rand.NewPCG(7, 7))
	documents := sample(random, 60)
	values := facets{"type": {}, "region": {}, "certification": {}}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		for _, id := range []string{"a", "b", "c"} {
			for d := range documents {
				if random.IntN(3) == 0 {
					values[key][id] = append(values[key][id], d)
				}
			}
		}
	}
	var queries []query
	for _, text := range []string{
		"", " ", "%", "sauvegarde", "sauv", "réseau", "reseaux", "RESEAUX DONNEES", "l'archive", "d’archives", "cœur", "coeur oeuvre", "email", "e-mail",
		"sauvegrade", "sauvgarde", "sauvegardde", "postgras", "postgraesq", "zzzz", "zzzz coffre", "de", "de la", "k8", "k8s", "k", "a", "2025",
		"acces", "hopital", "hôpitaux", "日本", "chiffre archive base", "ωmega", "😀", "hoptial données",
	} {
		for range 3 {
			chosen := make(map[string][]string)
			for _, key := range slices.Sorted(maps.Keys(values)) {
				for _, id := range []string{"a", "b", "c"} {
					if random.IntN(4) == 0 {
						chosen[key] = append(chosen[key], id)
					}
				}
			}
			queries = append(queries, query{text, chosen})
		}
	}
	got := ask(t, encode(t, l, documents, 50), values, len(documents), queries)
	for i, q := range queries {
		want := search(l, documents, values, q)
		slices.Sort(got[i].Products)
		if diff := cmp.Diff(want, got[i]); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", q, diff)
		}
	}
}

func TestBetterMatchesComeFirst(t *testing.T) {
	documents := []Document{
		{Title: "Nothing", Points: []string{"backup"}},
		{Title: "Nothing", Summary: "A backup, and plenty of it"},
		{Title: "Nothing", Names: []string{"Backups"}},
		{Title: "Backup of plenty"},
		{Title: "Backupserver"},
		{Title: "Plenty", Summary: "Backup"},
	}
	for text, want := range map[string][]int{
		"backup":        {3, 4, 2, 1, 5, 0}, // title; the beginning of one; seller; summary; key point
		"bakcup":        {3, 2, 1, 5, 0},
		"plenty backup": {3, 5, 1},
		"backup zzzzzz": {3, 4, 2, 1, 5, 0},
	} {
		out := ask(t, encode(t, For("en"), documents, 100), nil, len(documents), []query{{Text: text}})
		if diff := cmp.Diff(want, out[0].Products); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// search is the naive search: every document is looked at.
func search(l *Language, documents []Document, values facets, q query) answer {
	terms := make([]map[string]int32, len(documents))
	all := make(map[string]bool)
	for d := range documents {
		terms[d] = naive(l, &documents[d])
		for term := range terms[d] {
			all[term] = true
		}
	}
	var words, counting []string
	for _, w := range l.Words(q.Text) {
		if slices.Contains(words, w) {
			continue
		}
		words = append(words, w)
		if !l.stop[w] && (len([]rune(w)) > 1 || all[w]) {
			counting = append(counting, w)
		}
	}
	if len(counting) > 0 {
		words = counting
	}
	met := make([]int, len(documents))
	for _, w := range words {
		fits := meaning(l, w, all)
		for d := range documents {
			for term := range terms[d] {
				if fits(term) {
					met[d]++
					break
				}
			}
		}
	}
	most := 0
	for _, n := range met {
		most = max(most, n)
	}
	out := answer{Products: []int{}, Partial: most > 0 && most < len(words), Counts: make(map[string]map[string]int)}
	results := func(chosen map[string][]string) []int {
		found := []int{}
		for d := range documents {
			ok := strings.TrimSpace(q.Text) == "" || most > 0 && met[d] == most
			for key, ids := range chosen {
				ok = ok && (len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(values[key][id], d) }))
			}
			if ok {
				found = append(found, d)
			}
		}
		return found
	}
	out.Products = results(q.Chosen)
	for key := range values {
		out.Counts[key] = make(map[string]int)
		for id := range values[key] {
			if slices.Contains(q.Chosen[key], id) {
				continue // a chosen value has no count
			}
			clicked := maps.Clone(q.Chosen)
			clicked[key] = append(slices.Clone(q.Chosen[key]), id)
			n := len(results(clicked))
			if len(q.Chosen[key]) > 0 {
				n -= len(out.Products)
			}
			out.Counts[key][id] = n
		}
	}
	return out
}

// meaning returns which terms a word means: itself, what begins with it, or
// else what is one typo away from it or, of a long word, begins so.
func meaning(l *Language, word string, all map[string]bool) func(string) bool {
	root, letters := l.Stem(word), len([]rune(word))
	plain := func(term string) bool {
		return term == root || term == word || letters > 1 && strings.HasPrefix(term, word)
	}
	whole := func(term string) bool { return distance(root, term) <= 1 }
	begins := func(term string) bool {
		runes := []rune(term)
		for n := range len(runes) + 1 {
			if distance(root, string(runes[:n])) <= 1 {
				return true
			}
		}
		return false
	}
	digits := strings.ContainsAny(word, "0123456789")
	for _, try := range []struct {
		fits  func(string) bool
		least int
	}{{plain, 0}, {whole, 4}, {begins, 5}} {
		if try.least > 0 && (digits || letters < try.least) {
			break
		}
		for term := range all {
			if try.fits(term) {
				return try.fits
			}
		}
	}
	return func(string) bool { return false }
}

// distance is the number of typos between two words: letters put in, left out,
// exchanged, or swapped with their neighbour (Damerau and Levenshtein).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		d[i][0] = i
	}
	for j := range t {
		d[0][j+1] = j + 1
	}
	for i := range s {
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			d[i+1][j+1] = min(d[i][j+1]+1, d[i+1][j]+1, d[i][j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				d[i+1][j+1] = min(d[i+1][j+1], d[i-1][j-1]+1)
			}
		}
	}
	return d[len(s)][len(t)]
}

// ask has the script answer queries over an index.
func ask(t *testing.T, parts *Parts, values facets, count int, queries []query) (out []answer) {
	t.Helper()
	files := map[string]json.RawMessage{"words.w.json": parts.Words}
	entry := map[string]any{"facets": "f", "words": "w", "chunk": 8, "phrases": map[string]string{}}
	var digests []string
	for i, p := range parts.Postings {
		files[fmt.Sprintf("postings-%d.p%d.json", i, i)] = p
		digests = append(digests, fmt.Sprintf("p%d", i))
	}
	entry["postings"] = digests
	list := []any{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		var of []any
		for _, id := range slices.Sorted(maps.Keys(values[key])) {
			distances, before := []int{}, 0
			for _, d := range values[key][id] {
				distances, before = append(distances, d-before), d
			}
			of = append(of, map[string]any{"id": id, "name": id, "products": distances})
		}
		list = append(list, map[string]any{"key": key, "name": key, "values": of})
	}
	for name, value := range map[string]any{"index.json": entry, "facets.f.json": map[string]any{"count": count, "facets": list}} {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	run(t, `
		const { Index } = await import(process.argv[1]);
		const { files, queries } = JSON.parse(fs.readFileSync(0));
		const base = "https://catalog.example/fr/search/";
		const index = new Index(base + "index.json", async (url) => files[url.slice(base.length)]);
		const out = [];
		for (const { Text, Chosen } of queries) {
			const found = await index.find(Text);
			const chosen = Object.fromEntries(Object.entries(Chosen ?? {}).map(([key, ids]) => [key, new Set(ids)]));
			const { products, counts } = index.filter(found, chosen);
			for (const [key, ids] of Object.entries(Chosen ?? {})) for (const id of ids) delete counts[key][id];
			out.push({ Products: products, Partial: found.partial, Counts: counts });
		}
		console.log(JSON.stringify(out));`, map[string]any{"files": files, "queries": queries}, &out)
	return out
}
