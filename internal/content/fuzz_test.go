package content

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// FuzzEntry: whatever a file holds, Load comes back with findings, and each of
// them, and each value, lies in its file.
func FuzzEntry(f *testing.F) {
	seeds := []string{
		settings, product, showcase, "", "---", "---\n---", "---\n---\n", "--- \nstatus: draft\n---", "a\n---\nb: c\n---\n", "---\na: b\n ---\nc\n",
		"---\r\nstatus: \"é\"\r\n---\r\n# E\r\n", "\ufeff---\nstatus: draft\n---\n", "---\nstatus: \xff\n---\n", "---\nstatus: \x00\n---\n", "---\n\u2028a: b\u2028c: d\n---\n",
		"---\na: &x b\nc: *x\n<<: {d: e}\nf: !!str g\n---\n", "---\n? [a]\n: b\n---\n", "---\na: b\na: c\n---\n", "---\na: b\n...\n---\n", "---\n- a\n---\n", "---\na: [\n---\n",
		"---\na: 'b\n---\n", "---\na: \"b\n  c\n---\n", "---\n\ta: b\n---\n", "---\nversions: [[{images: [a]}], {images: {a: {b: c}}}]\noffers: {a: b}\n---\n",
		"---\ntitle:\n  en:\n  fr: |\n    a\n    b\nsummary: {de: x, en: [], fr: ''}\nlicense: {en: ../a.pdf, fr: http://127.0.0.1}\n---\n",
		"---\ntype: omi\nstatus: published\npricing: subscription\nproduct_code: 0001\nregions: [x, '', ~]\nkey_points: [a]\n---\n", "---\n\"a\\u2028\": b\n---\n",
		"languages: [en, '', en, \"\u202e\"]\nregions: [a]\nrules: {a: b}\nwaivers: [{path: ../..}]\nproduct_codes: {pattern: '('}\n", "# only a comment\n", "a: b\n---\nc: d\n", "%YAML 1.2\n---\na: b\n",
		"---\nstatus:é\n---\n", "---\nstatus:\n\n\n---\n", "---\nx: >-\n\n\n---\n", "---\n{a: b, c: d\n---\n", "---\na: b: c\n---\n", "---\na: @b\n---\n", "---\n\r: a\r\n---\n", "---\na: \"\\\n---\n",
	}
	for _, s := range seeds {
		for kind := range byte(4) {
			f.Add(kind, []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, data []byte) {
		name := [...]string{catalogFile, "content/pages/a.md", "content/sellers/acme/showcase.md", "content/sellers/acme/vault/product.md"}[kind%4]
		dir := catalogOf(t, map[string]string{name: string(data)})
		root, err := OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		tree, err := Load(t.Context(), root, Options{Visit: func(d *Document) {
			if d.Body[0] > d.Body[1] || d.Body[1] > len(d.Source.Data) {
				t.Errorf("the body is at %v of %d bytes", d.Body, len(d.Source.Data))
			}
			walk(t, d, d.Front, nil)
		}})
		if err != nil {
			t.Fatalf("Load fails: %v", err)
		}
		for _, found := range tree.Findings {
			inFile(t, dir, found.Span)
			for _, n := range found.Related {
				inFile(t, dir, n.Span)
			}
			if found.Message.IsZero() || found.Rule == nil || found.Severity == diag.Off {
				t.Errorf("a finding says nothing: %+v", found)
			}
		}
		for e := range tree.Catalog.Entries {
			if d := root.Reopen(e); d != nil {
				if body, err := root.Body(e); err != nil || string(body) != string(d.Text()) {
					t.Errorf("the body of %s is read again as %q, %v; want %q", e.Source, body, err, d.Text())
				}
			}
		}
	})
}

// walk asks for the places of all values.
func walk(t *testing.T, d *Document, v *Value, at []any) {
	lines := linesOf(d.Source.Data)
	for i, item := range v.Items {
		step := any(i)
		if v.Kind == Mapping {
			step = v.Keys[i].Text
			inLines(t, lines, d.Source.valueSpan(v.Keys[i]))
			d.KeyAt(v.Keys[i].Text)
		}
		path := append(append([]any(nil), at...), step)
		inLines(t, lines, d.At(path...))
		walk(t, d, item, path)
	}
}

// inFile checks that a span lies in its file.
func inFile(t *testing.T, dir string, s diag.Span) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(s.Path))
	if s.Start.Line == 0 { // a file or folder as a whole; one that is missing is named as well
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Errorf("the finding is in a file that cannot be read: %v", err)
		return
	}
	inLines(t, linesOf(plainText(data)), s)
}

// linesOf counts the characters of each line.
func linesOf(data []byte) []int {
	lines := []int{0}
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if data = data[n:]; r == '\n' {
			lines = append(lines, 0)
		} else {
			lines[len(lines)-1]++
		}
	}
	return lines
}

func inLines(t *testing.T, lines []int, s diag.Span) {
	t.Helper()
	for _, p := range []diag.Position{s.Start, s.End} {
		if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > lines[p.Line-1]+1 {
			t.Errorf("%v of %v is outside: the lines have %v characters", p, s, lines)
		}
	}
	if s.End.Line < s.Start.Line || s.End.Line == s.Start.Line && s.End.Column < s.Start.Column {
		t.Errorf("%v ends before it begins", s)
	}
}
