package diag

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var (
	ruleA = &Rule{ID: "rule-a", Severity: Error}
	ruleB = &Rule{ID: "rule-b", Severity: Warning}
)

// at makes a span in one line.
func at(path string, line, from, to int) Span {
	return Span{Path: path, Start: Position{line, from}, End: Position{line, to}}
}

// sameText compares texts by what they say.
var sameText = cmp.Comparer(func(a, b Text) bool { return a.String() == b.String() })

func finding(rule *Rule, s Span, message string) Finding {
	return Finding{Rule: rule, Severity: rule.Severity, Span: s, Message: Say(message)}
}

func TestQuoteAndVisibleMakeTextInert(t *testing.T) {
	tests := []struct{ name, in, quoted, visible string }{
		{"text", "Coffre « Vault » 🙂", `"Coffre « Vault » 🙂"`, "Coffre « Vault » 🙂"},
		{"escape", "\x1b[31mred", `"\u001b[31mred"`, `\u001b[31mred`},
		{"C0", "\x00\x07\x08\r", `"\u0000\u0007\u0008\u000d"`, `\u0000\u0007\u0008\u000d`},
		{"DEL and C1", "\x7f\u0085\u009b", `"\u007f\u0085\u009b"`, `\u007f\u0085\u009b`},
		{"lines", "a\n::error::b", `"a\n::error::b"`, `a\u000a::error::b`},
		{"line separators", "\u2028\u2029", `"\u2028\u2029"`, `\u2028\u2029`},
		{"tab", "a\tb", `"a\u0009b"`, `a\u0009b`},
		{"bidi", "\u202eevil\u2066\u2069\u200e\u200f\u061c", `"\u202eevil\u2066\u2069\u200e\u200f\u061c"`, `\u202eevil\u2066\u2069\u200e\u200f\u061c`},
		{"invisible", "\u200b\ufeff\u2060", `"\u200b\ufeff\u2060"`, `\u200b\ufeff\u2060`},
		{"tags and private", "\U000e0041\ue000", `"\U000e0041\ue000"`, `\U000e0041\ue000`},
		{"not UTF-8", "a\xffb", `"a\ufffdb"`, `a\ufffdb`},
		{"quotes", `a"b`, `"a\"b"`, `a"b`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{test.quoted, test.visible}, []string{Quote(test.in), Visible(test.in)}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuoteCutsLongValues(t *testing.T) {
	if got, want := Quote(strings.Repeat("é", 200)), `"`+strings.Repeat("é", 200)+`"`; got != want {
		t.Errorf("200 characters become %q", got)
	}
	if got, want := Quote(strings.Repeat("é", 201)), `"`+strings.Repeat("é", 200)+`…"`; got != want {
		t.Errorf("201 characters become %q", got)
	}
}

// TestNoCommandOfARunnerIsPrinted: the runner of GitHub Actions looks for
// ##[command] anywhere in a line, not at its beginning alone.
func TestNoCommandOfARunnerIsPrinted(t *testing.T) {
	line := `title: "##[error]pwned"`
	f := finding(ruleA, at("content/a.md", 1, 8, 24), "the value "+Quote("##[add-mask]a")+" is wrong")
	if got := show(t, []string{line}, f); strings.Contains(got, "##[") {
		t.Errorf("printed:\n%s", got)
	}
}

// show prints findings in a file of these lines.
func show(t *testing.T, lines []string, findings ...Finding) string {
	t.Helper()
	var b strings.Builder
	if err := (Printer{Lines: func(string) []string { return lines }}).Print(&b, findings); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheCaretStandsUnderTheSpan(t *testing.T) {
	tests := []struct {
		name, line string
		from, to   int // columns
		want       string
	}{
		{"word", "status: publishd", 9, 17, "status: publishd\n        ^^^^^^^^"},
		{"accents", "été: créé là", 6, 10, "été: créé là\n     ^^^^"},
		{"tab before", "\ta: b", 5, 6, " a: b\n    ^"},
		{"tab inside", "a\tb c", 1, 4, "a b c\n^^^"},
		{"empty span", "a: b", 4, 4, "a: b\n   ^"},
		{"empty span at the end", "a:", 3, 3, "a:\n  ^"},
		{"empty line", "", 1, 1, "\n^"},
		{"behind the end", "a: b", 40, 50, "a: b\n    ^"},
		{"whole line", "a: b", 1, 5, "a: b\n^^^^"},
		{"escaped before", "\x1b: b", 4, 5, `\u001b: b` + "\n        ^"},
		{"escaped inside", "a\u202eb", 2, 3, `a\u202eb` + "\n ^^^^^^"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := show(t, []string{test.line}, finding(ruleA, at("a.md", 1, test.from, test.to), "m"))
			source, caret, _ := strings.Cut(test.want, "\n")
			want := "a.md:1:" + fmt.Sprint(test.from) + ": error: m [rule-a]\n  1 | " + source + "\n    | " + caret + "\n"
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestASpanOfSeveralLinesIsMarkedToTheEndOfItsFirst(t *testing.T) {
	f := finding(ruleA, Span{"a.md", Position{9, 3}, Position{10, 1}}, "m")
	lines := append(make([]string, 8), "abcd", "efgh")
	if got, want := show(t, lines, f), "a.md:9:3: error: m [rule-a]\n  9 | abcd\n    |   ^^\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestLongLinesAreCutAroundTheSpan(t *testing.T) {
	for _, from := range []int{1, 30, 41, 42, 100, 250, 299, 300, 301} {
		line := []rune(strings.Repeat("é", 300))
		if from <= 300 {
			line[from-1] = 'X'
		}
		got := strings.Split(show(t, []string{string(line)}, finding(ruleA, at("a.md", 1, from, from+1), "m")), "\n")
		source, caret := []rune(got[1]), []rune(got[2])
		if len(source) > len("  1 | ")+122 {
			t.Errorf("column %d: the line has %d characters", from, len(source))
		}
		if from <= 300 && (len(caret) > len(source) || source[len(caret)-1] != 'X' || strings.Count(got[2], "^") != 1) {
			t.Errorf("column %d: the caret is not under X:\n%s\n%s", from, got[1], got[2])
		}
		if strings.Contains(got[1], "| …") != (from > 41) || strings.HasSuffix(got[1], "…") != (from < 220) {
			t.Errorf("column %d: cut at the wrong ends:\n%s", from, got[1])
		}
	}
	long := show(t, []string{strings.Repeat("a", 1_000_000)}, finding(ruleA, at("a.md", 1, 5, 900_000), "m"))
	if n := utf8.RuneCountInString(long); n > 300 {
		t.Errorf("a span of 900 kB prints %d characters", n)
	}
}

func TestTextHasNotesAndHelpAndStaysInert(t *testing.T) {
	f := finding(ruleB, Span{Path: "content/a\x1b[2J.md"}, "m\x1b[0m\n::error::x")
	f.Help = Say("do\n##[error]")
	f.Related = []Note{{at("b.md", 2, 1, 2), Say("first used here\r")}, {at("b.md", 7, 1, 2), Say("behind the end")}}
	want := `content/a\u001b[2J.md: warning: m\u001b[0m\u000a::error::x [rule-b]` + "\n" +
		`  note: b.md:2:1: first used here\u000d` + "\n  2 | two\n    | ^\n" +
		"  note: b.md:7:1: behind the end\n" +
		`  help: do\u000a#\u200b#[error]` + "\n"
	if diff := cmp.Diff(want, show(t, []string{"one", "two"}, f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestColourIsOnlyOnDemand(t *testing.T) {
	var plain, coloured strings.Builder
	f := []Finding{finding(ruleA, at("a.md", 1, 1, 2), "m")}
	lines := func(string) []string { return []string{"abc"} }
	if err := (Printer{Lines: lines}).Print(&plain, f); err != nil || strings.Contains(plain.String(), "\x1b") {
		t.Errorf("%v: %q has an escape sequence", err, &plain)
	}
	if err := (Printer{Lines: lines, Color: true}).Print(&coloured, f); err != nil || !strings.Contains(coloured.String(), "\x1b[1;31merror\x1b[0m") {
		t.Errorf("%v: %q has no colour", err, &coloured)
	}
}

func TestJSONIsTheContract(t *testing.T) {
	f := finding(ruleA, Span{"content/a.md", Position{1, 2}, Position{3, 4}}, "a <b> & \x1b")
	f.Help = Say("h")
	f.Related = []Note{{at("content/b.md", 5, 6, 7), Say("first")}}
	var b strings.Builder
	if err := JSON(&b, []Finding{f, finding(ruleB, Span{Path: "c.md"}, "m")}, Counts{Files: 7, Errors: 1, Warnings: 1, Waived: 2}); err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(`{"version": 1, "findings": [
		{"rule": "rule-a", "severity": "error", "path": "content/a.md", "line": 1, "column": 2, "end_line": 3, "end_column": 4,
		 "message": "a <b> & \u001b", "help": "h", "related": [
			{"path": "content/b.md", "line": 5, "column": 6, "end_line": 5, "end_column": 7, "message": "first"}]},
		{"rule": "rule-b", "severity": "warning", "path": "c.md", "line": 0, "column": 0, "end_line": 0, "end_column": 0,
		 "message": "m", "help": "", "related": []}],
		"summary": {"files": 7, "errors": 1, "warnings": 1, "waived": 2}}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Reset()
	if err := JSON(&b, nil, Counts{}); err != nil || !strings.Contains(b.String(), `"findings": []`) {
		t.Errorf("%v: no findings are not an empty list:\n%s", err, &b)
	}
}

func TestSortOrdersByPlaceAndDropsWhatIsSaidTwice(t *testing.T) {
	a, b, c := finding(ruleA, at("a.md", 2, 1, 2), "m"), finding(ruleA, at("a.md", 10, 1, 2), "m"), finding(ruleB, at("a.md", 10, 1, 2), "m")
	d, e := finding(ruleA, at("b.md", 1, 1, 2), "m"), finding(ruleA, at("b.md", 1, 1, 2), "n")
	got := Sort([]Finding{e, c, d, b, a, d, b})
	if diff := cmp.Diff([]Finding{a, b, c, d, e}, got, sameText); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCutBoundsTheFindingsOfAFile(t *testing.T) {
	var all []Finding
	for i := range 200 {
		all = append(all, finding(ruleB, at("a.md", i+1, 1, 2), "m"))
	}
	for i := range 250 {
		rule := ruleB
		if i == 249 {
			rule = ruleA // one error behind the limit must not be lost
		}
		all = append(all, finding(rule, at("b.md", i+1, 1, 2), "m"))
	}
	before := append([]Finding(nil), all...)
	got := Cut(all)
	if diff := cmp.Diff(before, all, sameText); diff != "" {
		t.Errorf("Cut changed its argument:\n%s", diff)
	}
	if len(got) != 401 {
		t.Fatalf("%d findings, want 200 of a.md, 200 of b.md and one more", len(got))
	}
	if m := got[400]; m.Rule != RuleMore || m.Severity != Error || m.Message.String() != "50 more findings in this file" || m.Path != "b.md" || m.Start.Line != 201 {
		t.Errorf("the last finding is %+v", m)
	}
	if c := Count(got); c.Errors != 1 || c.Warnings != 400 {
		t.Errorf("%d errors, %d warnings", c.Errors, c.Warnings)
	}
}

func TestNearest(t *testing.T) {
	keys := strings.Fields("title summary status regions logo en aliases")
	for word, want := range map[string]string{
		"titel": "title", "tilte": "title", "sumary": "summary", "Status": "status", "region": "regions",
		"price": "", "tixxe": "", "x": "", "": "", "logos": "logo", "ne": "en", "alias": "aliases", "ali": "",
	} {
		if got := Nearest(word, keys); got != want {
			t.Errorf("Nearest(%q) is %q, want %q", word, got, want)
		}
	}
}

func TestNothingIsNearAVeryLongWord(t *testing.T) {
	if got := Nearest(strings.Repeat("x", 250), []string{"title"}); got != "" {
		t.Errorf("Nearest suggests %q", got)
	}
}

func TestSummary(t *testing.T) {
	got := []string{Counts{Files: 1}.Summary().String(), Counts{Files: 2, Errors: 1, Warnings: 2}.Summary().String(), Counts{Warnings: 1, Before: 2, Waived: 3}.Summary().String()}
	want := []string{"1 file checked: no findings", "2 files checked: 1 error, 2 warnings", "0 files checked: 0 errors, 1 warning, 2 that were there before, 3 waived"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
