package lsp

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// judged is what vitrine check finds in a folder, by file: places and rules.
func judged(t *testing.T, dir string) map[string][]diag.Finding {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := build.Check(context.Background(), root, build.Options{At: today})
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string][]diag.Finding)
	for _, f := range r.Findings {
		found[f.Path] = append(found[f.Path], f)
	}
	return found
}

// expected are a check's findings of a file as the editor shows them. It counts
// UTF-16 units in its own way.
func expected(found []diag.Finding, t string) []diagnostic {
	lines := strings.Split(t, "\n")
	place := func(p diag.Position) position {
		units := 0
		for i, r := range []rune(lines[p.Line-1]) {
			if i+1 < p.Column {
				units += len(string(r)) / 4 // a character of four bytes has two units
				units++
			}
		}
		return position{p.Line - 1, units}
	}
	out := []diagnostic{}
	for _, f := range found {
		d := diagnostic{Severity: 1, Code: f.Rule.ID, Message: f.Message.String()}
		if f.Severity == diag.Warning {
			d.Severity = 2
		}
		if f.Start.Line > 0 {
			d.Range = textRange{place(f.Start), place(f.End)}
		}
		out = append(out, d)
	}
	return out
}

// bare are diagnostics without what the check has in another form.
func bare(found []diagnostic) []diagnostic {
	out := []diagnostic{}
	for _, d := range found {
		message, _, _ := strings.Cut(d.Message, "\n")
		out = append(out, diagnostic{Range: d.Range, Severity: d.Severity, Code: d.Code, Message: message})
	}
	return out
}

func TestFindingsAsYouType(t *testing.T) {
	dir := catalogCopy(t)
	e := start(t, dir, Options{})
	e.open(vault, "")
	if found := e.found(vault); len(found) != 0 {
		t.Fatalf("a clean file has findings: %+v", found)
	}
	sound := e.texts[vault]
	i := strings.Index(sound, "status: published")
	e.edit(vault, i+len("status: "), i+len("status: published"), "publishd")
	found := e.found(vault)
	if len(found) == 0 || found[0].Code != "value-unknown" || found[0].Range != (textRange{position{2, 8}, position{2, 16}}) || found[0].Severity != 1 || found[0].Source != "vitrine" {
		t.Fatalf("found %+v", found)
	}
	if want := "help: did you mean published?"; !strings.HasSuffix(found[0].Message, want) {
		t.Errorf("the message is %q, want %q at its end", found[0].Message, want)
	}
	e.write(vault, sound)
	if found := e.found(vault); len(found) != 0 {
		t.Fatalf("a mended file has findings: %+v", found)
	}
}

// TestFindingsElsewhere: a change in one file has findings in another one, which
// go when it is mended, and when it is closed unsaved.
func TestFindingsElsewhere(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	relay := "content/sellers/acme/relay/product.md"
	e.open(relay, "")
	e.found(relay)
	of := func(path string) func() bool { return func() bool { return len(e.shown[e.uri(path)].Diagnostics) > 0 } }
	gone := func() bool { return len(e.shown[e.uri(vault)].Diagnostics) == 0 }
	broken := strings.Replace(e.texts[relay], "status: published", "status: draft", 1)
	e.write(relay, broken)
	e.wait("finding in the other file", of(vault))
	if d := e.shown[e.uri(vault)].Diagnostics[0]; d.Code != "reference-not-published" || d.Range.Start.Line != 33 {
		t.Errorf("found %+v", d)
	}
	e.write(relay, strings.Replace(broken, "draft", "published", 1))
	e.wait("mended file", gone)
	e.write(relay, broken)
	e.wait("finding in the other file", of(vault))
	e.close(relay)
	e.wait("file as it is on the disk", gone)
}

// TestRelated: a finding that speaks of a second place leads there.
func TestRelated(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	e.open(vault, strings.Replace(e.file(vault), "logo: logo.svg\n", "logo: logo.svg\nlogo: logo.svg\n", 1))
	found := e.found(vault)
	if len(found) == 0 || len(found[0].Related) != 1 || found[0].Related[0].Location.URI != e.uri(vault) || found[0].Related[0].Location.Range.Start.Line != 10 || !slices.Equal(found[0].Tags, []int{tagUnnecessary}) {
		t.Fatalf("found %+v", found)
	}
}

// TestColumns: columns are counted as the editor does, whatever the line holds.
func TestColumns(t *testing.T) {
	for _, test := range []struct {
		encoding string
		from     int
	}{{"utf-16", 23}, {"utf-8", 28}, {"utf-32", 21}} {
		t.Run(test.encoding, func(t *testing.T) {
			e := connect(t, catalogCopy(t), Options{})
			e.greet(`{"general": {"positionEncodings": ["`+test.encoding+`"]}}`, "en")
			e.open(vault, "---\ntype: omi\nstatus: draft\nsummary: {en: \"é😀😀\", it: b}\n---\n# English\n\nText.\n\n# Français\n\nTexte.\n")
			found := e.found(vault)
			i := slices.IndexFunc(found, func(d diagnostic) bool { return d.Code == "language-unknown" })
			if i < 0 || found[i].Range != (textRange{position{3, test.from}, position{3, test.from + 2}}) {
				t.Errorf("found %+v", found)
			}
		})
	}
}

// TestOddTexts: a byte order mark, CR LF and tabs do not move places.
func TestOddTexts(t *testing.T) {
	e := start(t, catalogCopy(t), Options{})
	text := "\ufeff---\r\ntype: omi\r\nstatus: x\r\n---\r\n# English\r\n\r\nA\tb <b>c</b>\r\n"
	e.open(vault, text)
	found := e.found(vault)
	for _, want := range []struct {
		code  string
		place textRange
	}{
		{"value-unknown", textRange{position{2, 8}, position{2, 9}}},
		{"markdown-html", textRange{position{6, 4}, position{6, 7}}},
	} {
		if !slices.ContainsFunc(found, func(d diagnostic) bool { return d.Code == want.code && d.Range == want.place }) {
			t.Errorf("%s is not at %v: %+v", want.code, want.place, found)
		}
	}
}

// TestRandomEdits: whatever is typed, the editor shows what vitrine check finds in
// the same bytes.
func TestRandomEdits(t *testing.T) {
	n := 500
	if testing.Short() {
		n = 60
	}
	dir, other := catalogCopy(t), catalogCopy(t)
	e := start(t, dir, Options{})
	names := []string{vault, "content/sellers/acme/relay/product.md", "content/sellers/acme/showcase.md", "content/pages/about.md", "content/catalog.yaml"}
	for _, name := range names {
		e.open(name, "")
	}
	random := rand.New(rand.NewPCG(7, 7))
	bits := []string{"\n", "  ", "- ", "x", ": ", "{", "}", "[", "]", "\"", "'", "é", "😀", "---\n", "# English\n", "status: draft\n", "published", "\t", "#", ",", "acme/relay", "related: [acme/care]\n", "en", "0001", "\r\n"}
	for i := range n {
		name := names[random.IntN(len(names))]
		old := e.texts[name]
		if random.IntN(8) == 0 { // begin anew, or all of it would soon be broken
			e.write(name, e.file(name))
		} else {
			from := boundary(old, random.IntN(len(old)+1))
			to := boundary(old, min(len(old), from+random.IntN(12)*random.IntN(2)))
			e.edit(name, from, to, bits[random.IntN(len(bits))])
		}
		if i%5 != 4 {
			continue // several edits before a pause
		}
		for _, name := range names {
			if err := os.WriteFile(filepath.Join(other, filepath.FromSlash(name)), []byte(e.texts[name]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want := judged(t, other)
		got := e.found(name)
		if diff := cmp.Diff(expected(want[name], plainLines(e.texts[name])), bare(got)); diff != "" {
			t.Fatalf("after %d edits, %s (-check +editor):\n%s\n%s", i+1, name, diff, e.texts[name])
		}
		for _, name := range names { // a check that this edit began has an end
			e.wait("the same findings of "+name, func() bool {
				return cmp.Equal(expected(want[name], plainLines(e.texts[name])), bare(e.shown[e.uri(name)].Diagnostics))
			})
		}
	}
}

// TestEveryPlace asks at every place of a file that ends there, and of one that goes
// on: no text is a fault of the program.
func TestEveryPlace(t *testing.T) {
	e := start(t, catalogCopy(t), Options{Pause: 5 * time.Millisecond})
	e.open(vault, "")
	sound := e.texts[vault]
	step := 1
	if testing.Short() {
		step = 13
	}
	for i := 0; i < len(sound); i += step {
		if i != boundary(sound, i) {
			continue
		}
		for _, marked := range []string{sound[:i] + "‸", sound[:i] + "‸" + sound[min(len(sound), boundary(sound, i+40)):]} {
			e.on("textDocument/completion", vault, marked, nil)
			if i%5 == 0 {
				e.on("textDocument/definition", vault, marked, nil)
				e.on("textDocument/prepareRename", vault, marked, nil)
				e.on("textDocument/documentSymbol", vault, marked, nil)
				e.ask("textDocument/codeAction", object{"textDocument": object{"uri": e.uri(vault)}, "range": textRange{End: position{1000, 0}}, "context": object{}})
			}
		}
	}
	if len(e.logged) > 0 {
		t.Errorf("logged: %s", e.logged[0])
	}
}

// boundary draws an offset to where a cursor can be: before a character or a
// line's end.
func boundary(s string, i int) int {
	for i < len(s) && (!utf8.RuneStart(s[i]) || i > 0 && s[i-1:i+1] == "\r\n") {
		i--
	}
	return i
}

func plainLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// TestSteady: a long session leaves nothing behind.
func TestSteady(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand edits")
	}
	e := start(t, catalogCopy(t), Options{})
	e.open(vault, "")
	e.found(vault)
	measure := func() (goroutines int, bytes uint64) {
		time.Sleep(20 * time.Millisecond)
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapAlloc
	}
	sound := e.texts[vault]
	session := func(n int) {
		for i := range n {
			at := strings.Index(sound, "Start it.")
			e.write(vault, sound[:at]+strings.Repeat("x", i%50)+" <b> "+sound[at:])
			if i%3 == 0 {
				e.found(vault)
			}
			if i%10 == 0 {
				e.on("textDocument/completion", vault, "---\ntype: omi\n‸\n---\n", nil)
			}
		}
		e.write(vault, sound)
		e.found(vault)
	}
	session(200)
	goroutines, bytes := measure()
	session(1000)
	after, grown := measure()
	if after > goroutines+2 {
		t.Errorf("%d goroutines after 1,000 edits, %d before", after, goroutines)
	}
	if grown > bytes+4<<20 {
		t.Errorf("%d bytes after 1,000 edits, %d before", grown, bytes)
	}
}
