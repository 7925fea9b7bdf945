package check_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/explain"
	"vitrine/internal/phrasebook"
)

// TestExamples holds the examples of vitrine explain, and docs/rules.md, to the
// rules' fixtures. The example of a rule is the first finding of its wrong files
// and the lines that differ between them and the right ones. Where a fixture's
// files are too much for an example, it has smaller ones beside them:
//
//	example/wrong/PATH   what breaks the rule; then nothing of wrong/ is shown
//	example/right/PATH   optional, as for right/
//	example              sentences instead of lines, where a file is no text or
//	                     cannot be shown: four lines "en wrong: The …",
//	                     "en right: …", "fr wrong: …", "fr right: …"
func TestExamples(t *testing.T) {
	var made txtar.Archive
	for _, r := range check.Rules() {
		archive, err := txtar.ParseFile(filepath.Join("testdata/rules", r.ID+".txtar"))
		if os.IsNotExist(err) {
			continue // TestRules reports it
		} else if err != nil {
			t.Fatal(err)
		}
		t.Run(r.ID, func(t *testing.T) { made.Files = append(made.Files, example(t, r.ID, archive)...) })
	}
	data := txtar.Format(&made)
	same(t, "../explain/examples.txtar", data)
	for lang, name := range map[string]string{"en": "../../docs/rules.md", "fr": "../../docs/rules.fr.md"} {
		book, _ := phrasebook.In(lang)
		var b bytes.Buffer
		if err := explain.Document(&b, check.Rules(), explain.Parse(data)[lang], book); err != nil {
			t.Fatal(err)
		}
		same(t, name, b.Bytes())
	}
}

// same compares a file that is made from the fixtures, or writes it.
func same(t *testing.T, name string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not what the fixtures say; go test ./internal/check -update writes it (-want +got):\n%s", name, diff)
	}
}

// example makes the parts of explain.Examples for one rule.
func example(t *testing.T, id string, archive *txtar.Archive) []txtar.File {
	prefix := ""
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "example/wrong/") {
			prefix = "example/"
		}
	}
	wrong, right := catalogDir(t, archive, prefix+"wrong/"), catalogDir(t, archive, prefix+"right/")
	judge := judgeOf(archive)
	found := judge(t, wrong)
	if prefix != "" { // TestRules judges the others
		if got := judge(t, right); len(got) > 0 {
			t.Fatalf("the example's right files have findings:\n%s", lines(got))
		}
	}
	i := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Rule.ID == id })
	if i < 0 {
		t.Fatalf("the example's wrong files do not break the rule; findings:\n%s", lines(found))
	}
	first := found[i]
	files := printed(t, id, wrong, first)
	for _, f := range archive.Files {
		if f.Name == "example" {
			return append(files, sentences(t, id, string(f.Data))...)
		}
	}
	path := shownFile(archive, prefix, first.Path)
	before, after := textLines(t, filepath.Join(wrong, path)), textLines(t, filepath.Join(right, path))
	if before == nil || after == nil {
		t.Fatalf("%s is not in both catalogs: give the fixture an example/wrong/ that changes a file of the valid catalog, or say in sentences (example) what is wrong", path)
	}
	from := 0
	for from < min(len(before), len(after)) && before[from] == after[from] {
		from++
	}
	tail := 0
	for tail < min(len(before), len(after))-from && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	const most = 12
	if n := max(len(before), len(after)) - from - tail; n > most {
		t.Fatalf("%d lines of %s differ: give the fixture an example/wrong/ that changes fewer", n, path)
	}
	return append(files,
		txtar.File{Name: id + "/wrong/" + path, Data: excerpt(before, from, len(before)-tail)},
		txtar.File{Name: id + "/right/" + path, Data: excerpt(after, from, len(after)-tail)})
}

// shownFile is the file to show: the finding's, or where nothing of that is
// changed, the first one that is.
func shownFile(archive *txtar.Archive, prefix, path string) string {
	var names []string
	for _, f := range archive.Files {
		name := strings.TrimSuffix(f.Name, ".edit")
		if p, ok := strings.CutPrefix(name, prefix+"wrong/"); ok {
			names = append(names, p)
		} else if p, ok := strings.CutPrefix(name, prefix+"right/"); ok {
			names = append(names, p)
		}
	}
	if slices.Contains(names, path) || len(names) == 0 {
		return path
	}
	return names[0]
}

// printed is a finding as check prints it, in each language.
func printed(t *testing.T, id, dir string, f diag.Finding) []txtar.File {
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var files []txtar.File
	for _, lang := range phrasebook.Languages {
		book, _ := phrasebook.In(lang)
		var b bytes.Buffer
		if err := (diag.Printer{Book: book, Lines: root.LinesOf}).Print(&b, []diag.Finding{f}); err != nil {
			t.Fatal(err)
		}
		files = append(files, txtar.File{Name: id + "/found." + lang, Data: b.Bytes()})
	}
	return files
}

func sentences(t *testing.T, id, text string) []txtar.File {
	var files []txtar.File
	for line := range strings.Lines(text) {
		what, sentence, _ := strings.Cut(line, ": ")
		lang, part, _ := strings.Cut(what, " ")
		files = append(files, txtar.File{Name: id + "/" + part + "." + lang, Data: []byte(sentence)})
	}
	if len(files) != 2*len(phrasebook.Languages) {
		t.Fatalf("example has %d sentences: write one right and one wrong in each language", len(files))
	}
	return files
}

func textLines(t *testing.T, name string) []string {
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return nil
	} else if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// excerpt is a range of lines between their neighbours, below the keys that
// they belong to. What is left out is marked.
func excerpt(lines []string, from, to int) []byte {
	indent := func(i int) int { return len(lines[i]) - len(strings.TrimLeft(lines[i], " ")) }
	least := indent(min(from, len(lines)-1))
	var shown []int
	before := from - 1
	for before >= 0 && (lines[before] == "" || indent(before) > least) {
		before--
	}
	for i := before; i >= 0; i-- {
		if i == before || lines[i] != "" && indent(i) < least {
			least = indent(i)
			shown = append([]int{i}, shown...)
		}
		if least == 0 {
			break
		}
	}
	for to < len(lines) {
		if to++; lines[to-1] != "" {
			break
		}
	}
	for i := from; i < to; i++ {
		shown = append(shown, i)
	}
	var b strings.Builder
	for n, i := range shown {
		if n > 0 && i > shown[n-1]+1 {
			if skipped := lines[shown[n-1]+1]; skipped != "" {
				b.WriteString(skipped[:indent(shown[n-1]+1)] + "…\n")
			} else {
				b.WriteString("\n")
			}
		}
		b.WriteString(lines[i] + "\n")
	}
	return []byte(b.String())
}
