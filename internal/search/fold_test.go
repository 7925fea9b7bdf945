package search

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// vectors are the lines of testdata/folding.txt: a language, a text, and the
// folded words it has, stop words among them; after "=" their stems.
func vectors(t *testing.T) (out []vector) {
	t.Helper()
	data, err := os.ReadFile("testdata/folding.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, " | ")
		if len(f) != 4 {
			t.Fatalf("testdata/folding.txt: %q has %d parts", line, len(f))
		}
		out = append(out, vector{f[0], f[1], strings.Fields(f[2]), strings.Fields(f[3])})
	}
	return out
}

type vector struct {
	Tag, Text    string
	Words, Stems []string
}

func TestFolding(t *testing.T) {
	for _, v := range vectors(t) {
		l := For(v.Tag)
		words := l.Words(v.Text)
		var stems []string
		for _, w := range words {
			stems = append(stems, l.Stem(w))
		}
		if !slices.Equal(words, v.Words) || !slices.Equal(stems, v.Stems) {
			t.Errorf("%s: %q has the words %q and stems %q, want %q and %q", v.Tag, v.Text, words, stems, v.Words, v.Stems)
		}
	}
}

// The script must fold as the index does, or words would not be found.
func TestTheScriptFoldsTheSameWay(t *testing.T) {
	type job struct {
		Language *Language
		Text     string
	}
	var jobs []job
	var want, got [][2][]string
	for _, v := range vectors(t) {
		jobs = append(jobs, job{For(v.Tag), v.Text})
		want = append(want, [2][]string{v.Words, v.Stems})
	}
	run(t, `
		const { tokens, stem } = await import(process.argv[1]);
		console.log(JSON.stringify(JSON.parse(fs.readFileSync(0)).map(({ Language, Text }) => {
			const words = tokens(Text, Language).map((t) => t.word);
			return [words, words.map((w) => stem(w, Language))];
		})));`, jobs, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("words and stems of the script (-want +got):\n%s", diff)
	}
}

// run runs JavaScript that imports the theme's script as process.argv[1], and
// exchanges JSON with it. It skips the test where there is no node.
func run(t *testing.T, source string, input, output any) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node to run the theme's script with")
	}
	engine, err := os.ReadFile("../../themes/default/assets/search-index.js")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "search-index.mjs") // a name that node takes for a module
	if err := os.WriteFile(name, engine, 0o644); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module", "-e", `import fs from "node:fs";`+source, name)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(data), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, output); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
}
