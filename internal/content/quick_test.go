package content

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/internal/diag"
)

// quickSeeds are what the quick reader is tried on beside the repository's own
// files: what it must read, and what it must leave to the library.
var quickSeeds = []string{
	"a: b", "a: b\n", "# c\n\na: b # c\nd: \"e\" # f\n", "a:\nb: ~\nc: null\n", "a:  \n  \nb:\n",
	"a:\n  b: c\n  d:\n    e: f\ng: h\n", "a:\n- b\n- c: d\n  e: f\n-\n- g\nh: i\n", "a:\n  - b\n  -  c:   d\n     e: f\n  - [g]\n", "a:\n  - - b\n", "a:\n -\n  b: c\n",
	"a: [b, c]\nd: {e: f, g: [h, {i: j}]}\nk: []\nl: {}\n", "a: [\n  b,\n  c,\n]\nd: {\n  e: f\n  }\n", "a: [b # c\n ]\n", "a: {b: c} # d\n", "a: {\"b\": c}\n", "a: [b: c]\n", "a: {b, c: d}\n", "a: [,]\n", "a: [b,,c]\n", "a: {b: , c: d}\n", "a: [http://b.example/?c=d, e:f]\n", "a: [b:]\n", "a: {b:c}\n", "a: [é, \"è\", f]\n",
	"a: 'b''c'\nd: \"e \\\" \\\\ f\"\n", "a: \"b\\nc\"\n", "a: \"b\n  c\"\n", "a: 'b\n", "a: \"b\" c\n", "a: \"b\"# c\n", "a: \"\"\nb: ''\n", "a: \"\\\\\"\n", "a: '\\'\n",
	"a: |\n  b\n   c\n\n  d\n\ne: f\n", "a: >\n  b\n  c\n\n  d\ne: f\n", "a: >-\n  b\n   c\n  d\n", "a: |-\n  b  \n  # c\n # d\ne: f\n", "a: |+\n  b\n\n", "a: |2\n   b\n", "a: |\n\n  b\n", "a: |\n  b", "a: |\nb: c\n", "a:\n- |\n  b\n- >-\n  c\n  d\n", "a: | # b\n  c\n", "a: >\n\n  b\n", "a: |\n   b\n  c\n",
	"a: 1\nb: 1.5\nc: 1.2.3\nd: 2026-03-31\ne: 0001\nf: true\ng: yes\nh: 0x1f\ni: 1e3\nj: 1_000\nk: .5\nl: -1\nm: 12:30\nn: 2026-02-30\no: 1.\np: +1\nq: 0.5\nr: 0\ns: <<\nt: 2026-3-1\nu: 123456789012345678901234567890\nv: 0.0.0\nw: .inf\n",
	"a: 71 b\nb: +33 1 23 45\nc: 1 000\nd: 10.0.0.0/16\ne: 2026-03-31 10:00:00\nf: 2026-03 (b)\ng: 1,000\nh: 12 %\ni: 20260-3 1\nj: 2026-03-31 b\nk: +1 000\n",
	"on: a\ntrue: b\n", "a: b\na: c\n", "null: a\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "<<: {a: b}\n", "? a\n: b\n", "a: b: c\n", "a: b:\n", "a: b\n  c\n", "a:\n  b\n", "a: b\n c: d\n", "a:\n   b: c\n  d: e\n", "  a: b\n", "a: b\n  # c\n  d\n", "a:\n# b\n  c: d\n# e\n", "a: # b\n  c: d\n", "a:\n  - # b\n    c: d\n", "a: b #c\nd: e#f\ng: h #\n", "a:\tb\n", "a: b\t\n", "\ta: b\n",
	"%YAML 1.2\n---\na: b\n", "---\na: b\n", "a: b\n---\nc: d\n", "a: b\n...\n", "- a\n", "a\n", "", "# a\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: -b\n", "a: - b\n", "a: ?b\n", "a: :b\n", "a: b ? c\n", "a: [b ? c, -d]\n", "a: b, c] d}\n", "é: a\n", "a-b: c\n1: d\n", "a:b\n", "a: \u00a0b\n", "a: b\u00a0: c\n", "a: \u2028b\n",
	"a: " + strings.Repeat(" ", 600) + "# b\n", "a: b" + strings.Repeat(" ", 600) + "# c\n", strings.Repeat("a: {", 1) + strings.Repeat("b: {", 11) + "c: d" + strings.Repeat("}", 12) + "\n", "a: {b: c}\n  # d\n  # e\nf: g\n", "a:\n  - b # c\n  # d\n  - e\n# f\n",
}

// FuzzQuick: what the quick reader answers is what the library says, and the
// library finds no fault in it.
func FuzzQuick(f *testing.F) {
	for _, s := range quickSeeds {
		f.Add([]byte(s))
	}
	for _, data := range ownFiles(f, "../../content", "../check/testdata") {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sameYAML(t, data)
		sameYAML(t, pieces(data))
	})
}

// quickPieces are what YAML is made of: random ones in a row are more often YAML
// than random bytes.
var quickPieces = strings.Split("a: |b: |c:|- |-|a|é| |  |\n|\n|\n |\n  |\n  |\n    |\n- |\n  - |\na: |\nb: |\n  b: |\n  c:\n|\n    d: |[|]|{|}|, |,|a: b|\"|'|\"é\"|'f'|''|\\\\|\\\"|VERT|VERT-|>|>-|#| # g|# g|1|1.5|2026-03-31|+|/| 10:00:00|~|true|: |:|-x|&|*|!|%|@|null|<<|?|\t|...|---|\u00a0", "|")

// pieces turns random bytes into pieces of YAML.
func pieces(data []byte) []byte {
	var b bytes.Buffer
	for _, c := range data {
		b.WriteString(strings.Replace(quickPieces[int(c)%len(quickPieces)], "VERT", "|", 1))
	}
	return b.Bytes()
}

// TestQuickOnRandomPieces is the fuzz target's property on random input: pieces
// in a row, and the repository's own files with some put in or taken out.
func TestQuickOnRandomPieces(t *testing.T) {
	rounds, seed := 100_000, uint64(1)
	if n, err := strconv.Atoi(os.Getenv("QUICK_ROUNDS")); err == nil {
		rounds, seed = n, uint64(time.Now().UnixNano())
	}
	random := rand.New(rand.NewPCG(seed, 0))
	files := ownFiles(t, "../../content", "../check/testdata")
	for _, s := range quickSeeds {
		files = append(files, []byte(s))
	}
	some := func() []byte {
		data := make([]byte, random.IntN(14))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		return pieces(data)
	}
	quick := 0
	for i := 0; i < rounds && !t.Failed(); i++ {
		data := some()
		if i%2 == 0 {
			data = slices.Clone(files[random.IntN(len(files))])
			data = data[:min(len(data), 400)]
			for range 1 + random.IntN(3) {
				from := random.IntN(len(data) + 1)
				to := min(from+random.IntN(6), len(data))
				data = slices.Delete(data, from, to)
				if random.IntN(3) > 0 {
					data = slices.Insert(data, from, pieces([]byte{byte(random.Uint32())})...)
				}
			}
		}
		if sameYAML(t, data) {
			quick++
		}
	}
	t.Logf("%d of %d were read", quick, rounds)
}

// TestQuickSplitOnRandomPieces: what is split without the library, it splits in
// the same way.
func TestQuickSplitOnRandomPieces(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 0))
	parts := []string{"---", "---\n", "---\n", "---\n", "\n", "\n---\n", "a: b\n", " ", "\t", "-", "---x\n", "\u00a0", "\u2003", "\v", "---yaml\n", "+++\n"}
	quick := 0
	for i := 0; i < 100_000 && !t.Failed(); i++ {
		var b bytes.Buffer
		for range random.IntN(8) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		front, body, ok := quickSplit(b.Bytes())
		if !ok {
			continue
		}
		quick++
		wantFront, wantBody, found := librarySplit(&Source{Path: "a.md", Data: b.Bytes()})
		if front != wantFront || body != wantBody || len(found) > 0 {
			t.Errorf("%q is split at %v, %v; the library says %v, %v, %v", b.Bytes(), front, body, wantFront, wantBody, found)
		}
	}
	t.Logf("%d were split", quick)
}

// sameYAML reports whether the quick reader read the data, and fails where it
// did not read what the library reads.
func sameYAML(t *testing.T, data []byte) bool {
	s, bad := newSource("a.yaml", data)
	if s == nil || slices.ContainsFunc(bad, func(f diag.Finding) bool { return f.Rule == ruleCharacter }) {
		return false // as parseDocument does
	}
	data = s.Data
	got := quickYAML(s, 0, len(data))
	if got == nil {
		return false
	}
	want, found := libraryYAML(s, 0, len(data))
	if len(found) > 0 {
		t.Errorf("%q\nthe quick reader takes what has a fault: %v", data, found)
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%q\n(-library +quick):\n%s", data, cmp.Diff(want, got, cmp.AllowUnexported(Value{})))
	}
	return true
}

// ownFiles returns the YAML in folders of the repository.
func ownFiles(t testing.TB, dirs ...string) (files [][]byte) {
	add := func(name string, data []byte) {
		s, _ := newSource(name, data)
		if s == nil {
			return
		}
		switch filepath.Ext(strings.TrimSuffix(name, ".edit")) {
		case ".md":
			front, _, _ := split(s)
			files = append(files, s.Data[front[0]:front[1]])
		case ".yaml":
			files = append(files, s.Data)
		}
	}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			add(name, data)
			if filepath.Ext(name) == ".txtar" {
				for _, f := range txtar.Parse(data).Files {
					add(f.Name, f.Data)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestQuickReadsOwnContent: the quick reader is for entries as they are written,
// such as the repository's own. It may leave some to the library.
func TestQuickReadsOwnContent(t *testing.T) {
	all, quick := 0, 0
	for _, data := range ownFiles(t, "../../content") {
		if all++; sameYAML(t, data) {
			quick++
		}
	}
	t.Logf("%d of %d", quick, all)
	if quick*4 < all*3 {
		t.Errorf("only %d of %d files are read", quick, all)
	}
}

// BenchmarkFrontMatter reads one product's front matter without the library and
// with it.
func BenchmarkFrontMatter(b *testing.B) {
	data, err := os.ReadFile("../../content/sellers/perlune/perlune-vpn/product.md")
	if err != nil {
		b.Fatal(err)
	}
	s, _ := newSource("product.md", data)
	front, _, _ := split(s)
	for name, read := range map[string]func() *Value{
		"quick":   func() *Value { return quickYAML(s, front[0], front[1]) },
		"library": func() *Value { v, _ := libraryYAML(s, front[0], front[1]); return v },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(front[1] - front[0]))
			b.ReportAllocs()
			for b.Loop() {
				if read() == nil {
					b.Fatal("not read")
				}
			}
		})
	}
}
