package content

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// edited reads a test's edits: a line each, the operation, the path with dots
// between its steps, and the value in YAML.
func edited(t *testing.T, lines string) (edits []Edit) {
	t.Helper()
	for line := range strings.Lines(lines) {
		op, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		where, given, _ := strings.Cut(rest, " ")
		var path []any
		for step := range strings.SplitSeq(where, ".") {
			if n, err := strconv.Atoi(step); err == nil {
				path = append(path, n)
			} else {
				path = append(path, step)
			}
		}
		value := parsed("k: " + given).Get("k")
		if value == nil {
			t.Fatalf("no value in %s", line)
		}
		switch op {
		case "set":
			edits = append(edits, Set(plain(value), path...))
		case "delete":
			edits = append(edits, Delete(path...))
		case "insert":
			edits = append(edits, Insert(plain(value), path...))
		default:
			t.Fatalf("no operation %q", op)
		}
	}
	return edits
}

// plain is a value as it is given to an edit.
func plain(v *Value) any {
	switch v.Kind {
	case Mapping:
		m := make(map[string]any)
		for i, k := range v.Keys {
			m[k.Text] = plain(v.Items[i])
		}
		return m
	case Sequence:
		l := []any{}
		for _, i := range v.Items {
			l = append(l, plain(i))
		}
		return l
	case Scalar:
		return v.Text
	}
	return nil
}

// TestRewrite runs testdata/edit/*.txtar: a product before, then the edits and
// the product after them, as often as there are any. Each begins from the first.
func TestRewrite(t *testing.T) {
	names, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			before := a.Files[0].Data
			for pair := range slices.Chunk(a.Files[1:], 2) {
				edits, want := string(pair[0].Data), pair[1].Data
				got, err := Rewrite(SourceFile{"content/sellers/acme/vault/product.md", ProductEntry}, before, []string{"en", "fr"}, edited(t, edits)...)
				if err != nil {
					got = []byte(err.Error() + "\n")
				}
				if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
					t.Errorf("%sthe file is not as expected (-want +got):\n%s", edits, diff)
				}
			}
		})
	}
}

// editing makes random edits of a file, and keeps account of what the file
// should say.
type editing struct {
	*rand.Rand
	want any
}

// random returns an edit of something that is there, or beside it.
func (r *editing) random() (e Edit) {
	at, path := r.want, []any(nil)
	for {
		switch v := at.(type) {
		case map[string]any:
			keys := slices.Sorted(maps.Keys(v))
			if len(keys) == 0 || len(path) > 0 && r.IntN(6) == 0 {
				key := r.pick("en", "fr", "os", "notes", "released", "unpublished", "related", "zeal", "eu-west-2")
				return Set(r.value(0), append(path, key)...)
			}
			path = append(path, keys[r.IntN(len(keys))])
			at = v[path[len(path)-1].(string)]
		case []any:
			n := r.IntN(len(v) + 1)
			path = append(path, n)
			if n == len(v) || r.IntN(5) == 0 {
				return Insert(r.value(0), path...)
			}
			at = v[n]
		default:
			if r.IntN(4) == 0 {
				return Delete(path...)
			}
			return Set(r.value(0), path...)
		}
		if len(path) > 0 && r.IntN(8) == 0 {
			if r.IntN(2) == 0 {
				return Delete(path...)
			}
			return Set(r.value(0), path...)
		}
	}
}

func (r *editing) pick(of ...string) string { return of[r.IntN(len(of))] }

func (r *editing) value(depth int) any {
	switch n := r.IntN(8 + depth); {
	case n == 0:
		return map[string]any{"en": r.value(depth + 2), "fr": r.value(depth + 2)}
	case n == 1:
		return []any{r.value(depth + 2), r.value(depth + 2)}
	case n == 2 && depth == 0:
		return nil
	}
	return r.pick("plain", "two words", "0001", "1.10", "no", "null", "~", "2026-01-02", "12:30", "a: b", "a #b", "#c", "- d", "l'un", `"q"`, `a\b`, "[x", "}", "x, y", "été", "", " s ", "a\nb", "\t", "%a", "@b", "`c", "!d", "&e", "*f", "---", "...", "? g", ":", "a:", "ami-00000001", strings.Repeat("long ", 30))
}

// apply carries an edit out on plain values.
func apply(at any, e Edit, path []any) any {
	if len(path) == 0 {
		return e.value
	}
	last := len(path) == 1
	switch v := at.(type) {
	case map[string]any:
		v, key := maps.Clone(v), path[0].(string)
		if last && e.op == opDelete {
			delete(v, key)
		} else {
			v[key] = apply(v[key], e, path[1:])
		}
		return v
	case []any:
		n := path[0].(int)
		switch {
		case last && e.op == opDelete:
			return slices.Delete(slices.Clone(v), n, n+1)
		case last && e.op == opInsert:
			return slices.Insert(slices.Clone(v), n, e.value)
		}
		v = slices.Clone(v)
		v[n] = apply(v[n], e, path[1:])
		return v
	}
	panic("the edit leads nowhere")
}

// FuzzRewrite: a file that was edited says what it should, with the same text
// below, and its line ends are of the same kind.
func FuzzRewrite(f *testing.F) {
	for _, s := range oddFiles {
		for kind := range byte(4) {
			f.Add(kind, uint64(kind), []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, seed uint64, data []byte) {
		file := SourceFile{"content/x", Kind(kind % 4)}
		d, err := editable(file, data)
		if err != nil {
			return
		}
		r := &editing{rand.New(rand.NewPCG(seed, 0)), plain(d.Front)}
		for range 5 {
			e := r.random()
			after, err := Rewrite(file, data, []string{"en", "fr"}, e)
			if errors.Is(err, errUneditable) {
				continue
			}
			if err != nil {
				t.Fatalf("%v: %v in\n%s", e, err, data)
			}
			now, err := editable(file, after)
			if err != nil {
				t.Fatalf("%v: %v in\n%s", e, err, after)
			}
			r.want = apply(r.want, e, e.path)
			if diff := cmp.Diff(r.want, plain(now.Front)); diff != "" {
				t.Fatalf("%v: the values are not as they should be (-want +got):\n%sin\n%s\nfrom\n%s", e, diff, after, data)
			}
			ends := func(b []byte) [2]bool {
				all := bytes.Count(b, []byte("\n"))
				windows := bytes.Count(b, []byte("\r\n"))
				return [2]bool{windows > 0, windows < all}
			}
			if had, has := ends(data), ends(after); has[0] && !had[0] || has[1] && !had[1] && had[0] {
				t.Fatalf("%v: other line ends in\n%q\nfrom\n%q", e, after, data)
			}
			data = after
		}
	})
}

// TestRewriteLines edits every entry of the sample catalog: the lines that an
// edit is not about stay as they are.
func TestRewriteLines(t *testing.T) {
	names, err := filepath.Glob("../../content/sellers/*/*/product.md")
	more, err2 := filepath.Glob("../../content/sellers/*/showcase.md")
	if len(names) < 20 || len(more) < 5 {
		t.Fatal(err, err2, len(names))
	}
	languages := []string{"en", "fr"}
	done, refused := 0, 0
	for i, name := range append(names, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file := SourceFile{"content/x/product.md", ProductEntry}
		if filepath.Base(name) == showcaseFile {
			file.Kind = SellerEntry
		}
		d, _ := parseDocument(file.Path, file.Kind, data, nil)
		for n := range 40 {
			r := &editing{rand.New(rand.NewPCG(uint64(i), uint64(n))), plain(d.Front)}
			e := r.random()
			after, err := Rewrite(file, data, languages, e)
			if err != nil {
				refused++
				t.Log(name, e, err)
				continue
			}
			done++
			old, now := strings.SplitAfter(string(data), "\n"), strings.SplitAfter(string(after), "\n")
			for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
				old, now = old[1:], now[1:]
			}
			first := strings.Count(string(data), "\n") + 1 - len(old)
			for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
				old, now = old[:len(old)-1], now[:len(now)-1]
			}
			from, to := d.linesOf(e)
			if len(old) > 0 && (first < from || first+len(old) > to) {
				t.Fatalf("%s: %v changes the lines %d to %d, not only %d to %d:\n%s\n%s", name, e, first+1, first+len(old), from+1, to, strings.Join(old, ""), strings.Join(now, ""))
			}
		}
	}
	if refused > 0 {
		t.Errorf("%d edits of %d were refused", refused, refused+done)
	}
}

// linesOf returns the lines, from 0, of what an edit is about: those of the last
// part of its path that is there, up to the next line that is indented as little.
func (d *Document) linesOf(e Edit) (from, to int) {
	lines := strings.Split(string(d.Source.Data), "\n")
	path := e.path
	if e.op == opInsert { // a list that was empty is in brackets
		path = path[:len(path)-1]
	}
	v := d.Front
	for i, step := range path {
		n := v.child(step)
		if n < 0 || i == len(path)-1 && e.op == opDelete && len(v.Items) == 1 { // the rest is written as nothing
			path = path[:i]
			break
		}
		v = v.Items[n]
	}
	if e.op == opDelete { // the last part of brackets goes with the comma before it
		for len(path) > 0 && d.KeyAt(path[:len(path)-1]...).Start.Line == d.KeyAt(path...).Start.Line {
			path = path[:len(path)-1]
		}
	}
	if len(path) == 0 {
		return 1, strings.Count(string(d.Source.Data[:d.Body[0]]), "\n") - 1
	}
	from = d.KeyAt(path...).Start.Line - 1
	indent := func(l string) int { return len(l) - len(strings.TrimLeft(l, " ")) }
	to = from + 1
	for lines[to] != fence && (indent(lines[to]) > indent(lines[from])) {
		to++
	}
	return from, to
}

// A file's byte order mark and the ends of its lines stay.
func TestRewriteEncoding(t *testing.T) {
	before := "\ufeff---\r\ntype: omi\r\nstatus: draft # é\r\ntitle: x\n---\r\n# English\r\n"
	after, err := Rewrite(SourceFile{"content/x/product.md", ProductEntry}, []byte(before), []string{"en", "fr"},
		Set("published", "status"), Set("Vault", "title"), Set([]any{"a", "b", "c"}, "key_points"), Set(map[string]any{"since": "2026-01-02", "reason": "error", "note": map[string]any{"en": "x"}}, "unpublished"))
	want := "\ufeff---\r\ntype: omi\r\nstatus: published # é\r\ntitle: Vault\nkey_points: [a, b, c]\nunpublished:\n  since: 2026-01-02\n  reason: error\n  note: {en: x}\n---\r\n# English\r\n"
	if err != nil || string(after) != want {
		t.Errorf("%v\n got %q\nwant %q", err, after, want)
	}
	before, want = "---\r\nstatus: draft\r\n---\r\n", "---\r\nstatus: draft\r\ntitle: x\r\nsummary: {en: a, fr: b}\r\n---\r\n"
	after, err = Rewrite(SourceFile{"content/x/product.md", ProductEntry}, []byte(before), []string{"en", "fr"}, Set("x", "title"), Set(map[string]any{"en": "a", "fr": "b"}, "summary"))
	if err != nil || string(after) != want {
		t.Errorf("%v\n got %q\nwant %q", err, after, want)
	}
}

// What cannot be read is not edited, and the error says where.
func TestRewriteUnreadable(t *testing.T) {
	for _, text := range []string{
		"", "status: draft\n", "---\nstatus: draft\n", "---\nstatus: [\n---\n", "---\nstatus: draft\nstatus: draft\n---\n",
		"---\nstatus: &a draft\n---\n", "---\n- draft\n---\n", "---\nstatus: \xff\n---\n", "---\nstatus: a\u202eb\n---\n",
	} {
		after, err := Rewrite(SourceFile{"content/x/product.md", ProductEntry}, []byte(text), []string{"en", "fr"}, Set("published", "status"))
		if err == nil || after != nil || !strings.HasPrefix(err.Error(), "content/x/product.md:") || strings.Contains(err.Error(), "fault of vitrine") {
			t.Errorf("%q becomes %q: %v", text, after, err)
		}
	}
}

// A new front matter says what was given, and is in canonical form.
func TestFrontMatter(t *testing.T) {
	names, _ := filepath.Glob("../../content/sellers/*/*/product.md")
	languages := []string{"en", "fr"}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file := SourceFile{name, ProductEntry}
		d, _ := parseDocument(name, ProductEntry, data, nil)
		values := plain(d.Front).(map[string]any)
		made := FrontMatter(ProductEntry, languages, values)
		now, err := editable(file, made)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(values, plain(now.Front)); diff != "" {
			t.Errorf("%s says something else (-want +got):\n%s", name, diff)
		}
		f, err := format(file, made, nil, languages, func(b []byte) []byte { return b })
		if err != nil || !bytes.Equal(f.After, made) {
			t.Errorf("%v: canonical, it is (-made +canonical):\n%s", err, cmp.Diff(string(made), string(f.After)))
		}
	}
}
