package change_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"vitrine/i18n"
	"vitrine/internal/change"
	"vitrine/internal/phrasebook"
)

// compile returns the schema that vitrine schema diff prints.
func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	var b bytes.Buffer
	if err := change.WriteSchema(&b); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("https://catalog.example/diff.json", value(t, b.String())); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("https://catalog.example/diff.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func value(t *testing.T, text string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// small is a document that Read takes.
const small = `{"version":1,"lang":"en","base":{},"head":{},"verdict":"ok","trivial":false,"why":[],"labels":[],
"next":{"who":"reviewers","handles":[],"text":""},"languages":["en","fr"],"currency":"EUR",
"counts":{"files":1,"entries":1,"pages":0,"outside":0,"errors":0,"warnings":0,"before":0},
"entries":[{"kind":"product","ref":"a/b","source":"s","name":"n","change":"changed","seen":"yes","fields":[
{"path":["offers","x","rate"],"form":"amount","change":"changed","was":["1"],"now":["2"]}],"links":[],"files":[]}],"pages":[],"outside":[],"findings":[]}`

// TestRead: what is not the form of the document is refused, and the error shows
// nothing of the program.
func TestRead(t *testing.T) {
	if _, err := change.Read(strings.NewReader(small)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, by, want string }{
		{"nothing", small, "", "no JSON"},
		{"an unknown key", `"pages":[]`, `"pages":[],"comment":"x"`, "other keys"},
		{"another kind of value", `"trivial":false`, `"trivial":"no"`, "kinds of values"},
		{"another version", `"version":1`, `"version":2`, "version 2"},
		{"a verdict of their own", `"verdict":"ok"`, `"verdict":"great"`, "verdict is none of ok, warnings, errors"},
		{"no verdict", `"verdict":"ok",`, ``, "verdict is none of"},
		{"somebody else acts", `"who":"reviewers"`, `"who":"@org/team"`, "next.who is none of"},
		{"a kind of entry", `"kind":"product"`, `"kind":"<b>"`, "entries.kind is none of"},
		{"a label", `"labels":[]`, `"labels":["admin"]`, "label"},
		{"an empty path", `["offers","x","rate"]`, `[]`, "path is empty"},
		{"a count below zero", `"files":1`, `"files":-1`, "counts.files is no count"},
		{"too many", `"pages":[]`, `"pages":[` + strings.Repeat(`{"path":"x","change":"goes"},`, 500) + `{"path":"x","change":"goes"}]`, "pages has 501 items, limit 400"},
		{"something behind it", small, small + "{}", "behind its end"},
		{"no UTF-8", `"name":"n"`, "\"name\":\"\xff\"", "UTF-8"},
		{"too large", `"name":"n"`, `"name":"` + strings.Repeat("n", 9<<20) + `"`, "larger than 8 MB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := change.Read(strings.NewReader(strings.Replace(small, test.old, test.by, 1)))
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "Go ") {
				t.Errorf("%v, want something with %q", err, test.want)
			}
		})
	}
}

// FuzzRead puts texts into every place of a document that takes one: whatever it
// says, the comment and the page are inert, bounded and whole.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"plain", "</code></details>", "@acme-team", "![x](https://evil.example/x)", "::error::x", "##[error]x", "${{ x }}", "`\n\n# x\n", "\u202e", "<!--", "&#64;x", "\x00",
		strings.Repeat("word ", 5000), strings.Repeat("<", 70000),
	} {
		f.Add(s)
	}
	words, err := i18n.Load(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 100_000 {
			t.Skip()
		}
		name := strings.ToValidUTF8(s[:min(len(s), 300)], "")
		text := change.Text{Language: name, Runs: []change.Run{{Is: "same", Text: s}, {Is: "old", Text: s}, {Is: "new", Text: s}}}
		c := &change.Change{
			Version: 1, Lang: "en", Base: change.Commit{Ref: name, Commit: name}, Head: change.Commit{Ref: name, Commit: name}, Actor: s, Verdict: "errors",
			Why: []string{s}, Next: change.Next{Who: "staff", Handles: []string{name}, Text: s}, Languages: []string{"en", name}, Currency: name,
			Entries: []change.Entry{{
				Kind: "product", Ref: s, Source: s, Name: s, Change: "renamed", From: s, Status: s, Seen: "yes",
				Fields: []change.Field{
					{Path: []string{"offers", s}, Form: "item", Change: "added"},
					{Path: []string{"offers", s, "rate"}, Form: "amount", Change: "added", Now: []string{s}},
					{Path: []string{s}, Form: "date", Change: "changed", Was: []string{s}, Now: []string{s, s}},
					{Path: []string{s, s}, Form: "list", Change: "changed", Was: []string{s}, Now: []string{"x"}},
					{Path: []string{"summary"}, Form: "text", Change: "changed", Texts: []change.Text{text}},
					{Path: []string{"body"}, Form: "body", Change: "changed", Texts: []change.Text{text}},
				},
				Links: []change.Link{{Change: "added", URL: s, Host: s}}, Files: []change.File{{Path: s, Change: "added", Area: "entry"}},
			}},
			Pages:    []change.Page{{Path: s, Change: "appears", Now: "page"}},
			Outside:  []change.File{{Path: s, Change: "removed", Area: "workflow"}},
			Findings: []change.Finding{{Rule: s, Severity: "error", Path: s, Line: 1, Message: s, Help: s}},
		}
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 8<<20 {
			t.Skip()
		}
		c, err = change.Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range phrasebook.Languages {
			book, _ := phrasebook.In(lang)
			var b bytes.Buffer
			if err := c.Markdown(&b, change.Options{Lang: lang, Book: book, Words: words}); err != nil {
				t.Fatal(err)
			}
			if n := utf8.RuneCount(b.Bytes()); n > 60000 {
				t.Fatalf("the comment has %d characters", n)
			}
			inert(t, b.String())
		}
	})
}

// TestLabels: each label is explained, and none that there is not.
func TestLabels(t *testing.T) {
	doc, err := os.ReadFile("../../docs/diff.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(doc), "| label |")
	table, _, _ = strings.Cut(table, "## Who")
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllStringSubmatch(table, -1) {
		listed = append(listed, m[1])
	}
	if diff := cmp.Diff(change.Labels, listed); diff != "" {
		t.Errorf("docs/diff.md lists other labels:\n%s", diff)
	}
}
