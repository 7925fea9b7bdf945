package explain_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/check"
	"vitrine/internal/diag"
	"vitrine/internal/explain"
	"vitrine/internal/phrasebook"
)

// TestPages: every rule has a page in every language, with an example.
func TestPages(t *testing.T) {
	for _, lang := range phrasebook.Languages {
		book, _ := phrasebook.In(lang)
		examples := explain.BuiltIn()[lang]
		for _, r := range check.Rules() {
			e, ok := examples[r.ID]
			if r.ID != "file-unreadable" && (!ok || e.Found == "" || e.Wrong == "" || e.Right == "" || e.Wrong == e.Right) { // its fault depends on who runs the check
				t.Errorf("%s has no whole example in %s: go test ./internal/check -update makes it", r.ID, lang)
			}
			var b bytes.Buffer
			if err := explain.Page(&b, r, e, book); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			for _, part := range []string{book.Phrase(r.Title), book.Phrase(r.Why), book.Phrase(r.Help), "[" + r.ID + "]"} {
				if !strings.Contains(words(page), words(part)) && (ok || !strings.HasPrefix(part, "[")) {
					t.Errorf("the page of %s lacks %q:\n%s", r.ID, part, page)
				}
			}
			if strings.Contains(page, "%!") {
				t.Errorf("a phrase was filled wrongly:\n%s", page)
			}
			if !strings.Contains(explain.Markdown(r, e, book), strings.TrimSpace(e.Found)) {
				t.Errorf("the Markdown of %s lacks its finding", r.ID)
			}
		}
	}
}

// words takes line breaks and indentation out of a text.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestProseIsWrapped(t *testing.T) {
	r := &diag.Rule{ID: "x", Title: "t", Help: "h", Why: strings.Repeat("é ", 100) + "a\u00a0: b " + strings.Repeat("w", 90) + " end"}
	var b bytes.Buffer
	if err := explain.Page(&b, r, explain.Example{}, nil); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSuffix(line, "\n"); utf8.RuneCountInString(line) > 80 && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("a line has %d characters: %s", utf8.RuneCountInString(line), line)
		}
	}
	if !strings.Contains(b.String(), "a\u00a0:") {
		t.Error("a line is broken at a no-break space")
	}
}

func TestList(t *testing.T) {
	book, _ := phrasebook.In("fr")
	rules := []*diag.Rule{{ID: "a-rule", Severity: diag.Error, Title: "one"}, {ID: "b", Severity: diag.Warning, Title: "two"}}
	var b bytes.Buffer
	if err := explain.List(&b, rules, book); err != nil {
		t.Fatal(err)
	}
	want := "a-rule  erreur         one\nb       avertissement  two\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMarkdownShowsTextAsText(t *testing.T) {
	r := &diag.Rule{ID: "x", Title: "t", Why: "Write \\< or *a* | b.", Help: "h"}
	e := explain.Example{Wrong: "```\n<b>\n```\n", Right: "a\n", Path: "p.md", Found: "found\n"}
	got := explain.Markdown(r, e, nil)
	for _, want := range []string{`Write \\\< or \*a\* \| b.`, "\n````\n```\n<b>\n```\n````\n", "\n```\nfound\n```\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestParse(t *testing.T) {
	got := explain.Parse([]byte("-- a/found.en --\nF\n-- a/found.fr --\nT\n-- a/wrong/p/q.md --\nW\n-- a/right/p/q.md --\nR\n" +
		"-- b/found.en --\nF\n-- b/found.fr --\nT\n-- b/wrong.en --\nBad.\n-- b/right.en --\nGood.\n-- b/wrong.fr --\nMal.\n-- b/right.fr --\nBien.\n"))
	want := explain.Examples{
		"en": {"a": {Wrong: "W\n", Right: "R\n", Path: "p/q.md", Found: "F\n"}, "b": {Wrong: "Bad.\n", Right: "Good.\n", Found: "F\n"}},
		"fr": {"a": {Wrong: "W\n", Right: "R\n", Path: "p/q.md", Found: "T\n"}, "b": {Wrong: "Mal.\n", Right: "Bien.\n", Found: "T\n"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
