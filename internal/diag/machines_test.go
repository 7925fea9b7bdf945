package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGitHubCommandsAreEscaped(t *testing.T) {
	f := finding(ruleA, at("content/a,b:c%.md", 3, 2, 5), "100 % of "+Quote("x\n::set-env name=a::b"))
	f.Help = Say("write %0A\r\nor not")
	whole := finding(ruleB, Span{Path: "content/sellers"}, "no line")
	lines := Finding{Rule: ruleB, Severity: Warning, Span: Span{Path: "a.md", Start: Position{1, 4}, End: Position{3, 2}}, Message: Say("three lines")}
	var b bytes.Buffer
	left, err := GitHub(&b, []Finding{whole, lines, f}, "shop/")
	if err != nil || left != 0 {
		t.Fatal(left, err)
	}
	want := `::error file=shop/content/a%2Cb%3Ac%25.md,line=3,endLine=3,col=2,endColumn=5,title=rule-a::100 %25 of "x\n::set-env name=a::b"%0Awrite %250A\u000d\u000aor not
::warning file=shop/content/sellers,title=rule-b::no line
::warning file=shop/a.md,line=1,endLine=3,title=rule-b::three lines
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGitHubSaysHowManyItLeftOut(t *testing.T) {
	var found []Finding
	for i := range 13 {
		found = append(found, finding(ruleB, at("a.md", i+1, 1, 2), "w"), finding(ruleA, at("a.md", i+1, 1, 2), "e"))
	}
	var b bytes.Buffer
	left, err := GitHub(&b, found, "")
	if err != nil {
		t.Fatal(err)
	}
	if left != 6 || strings.Count(b.String(), "::error ") != 10 || strings.Count(b.String(), "::warning ") != 10 {
		t.Errorf("%d left out of\n%s", left, b.String())
	}
	if !strings.HasPrefix(b.String(), "::error ") {
		t.Error("the errors are not first")
	}
}

func TestGitHubSummaryShowsTextAsText(t *testing.T) {
	f := finding(ruleA, at("content/a|b.md", 3, 2, 5), "<img src=x> ![a](https://x.example) `b` **c** @d #1 a_b_c")
	var b bytes.Buffer
	if err := GitHubSummary(&b, []Finding{f}, "1 file checked", nil); err != nil {
		t.Fatal(err)
	}
	last := strings.Split(strings.TrimSpace(b.String()), "\n")
	row := last[len(last)-1]
	text := strings.NewReplacer("<code>", "", "</code>", "").Replace(strings.Trim(row, "| "))
	if strings.ContainsAny(text, "<>`*_[]()!@") || strings.Count(row, "|") != 4 {
		t.Errorf("the row is\n%s", row)
	}
	if !strings.Contains(row, "&#60;img src=x&#62;") {
		t.Errorf("the row lacks the text:\n%s", row)
	}
}

// TestGitHubSummaryKeepsToGitHubsLimit: a summary of more than 1 MiB is dropped
// as a whole, so the least that matters is left out of it.
func TestGitHubSummaryKeepsToGitHubsLimit(t *testing.T) {
	var found []Finding
	for i := range 9000 {
		found = append(found, finding(ruleB, at("content/sellers/acme/vault/product.md", i+1, 1, 2), strings.Repeat("w", 100)))
	}
	found = append(found, finding(ruleA, at("content/z.md", 1, 1, 2), "the error"))
	var b bytes.Buffer
	if err := GitHubSummary(&b, found, "1 file checked", nil); err != nil {
		t.Fatal(err)
	}
	shown := strings.Count(b.String(), "\n| warning |")
	if b.Len() > 1<<20 || !strings.Contains(b.String(), "the error") || !strings.Contains(b.String(), fmt.Sprintf("%d more findings: vitrine check shows them", 9000-shown)) {
		t.Errorf("%d bytes, %d warnings, ending in\n%s", b.Len(), shown, b.String()[b.Len()-200:])
	}
}

// TestSARIF looks at what code scanning needs: a rule for each result, regions
// that begin at 1 and are left out where there is no line, encoded paths.
func TestGitLab(t *testing.T) {
	f := finding(ruleA, at("a.md", 3, 2, 5), "${{ x }} of "+Quote("x\n::error::"))
	moved := f
	moved.Start.Line = 9
	report := func(found ...Finding) (out []map[string]any) {
		t.Helper()
		var b bytes.Buffer
		if err := GitLab(&b, found, "shop/"); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	two := report(f, f)
	if two[0]["fingerprint"] == two[1]["fingerprint"] || two[0]["fingerprint"] != report(moved)[0]["fingerprint"] {
		t.Errorf("fingerprints: %v", two)
	}
	if place, _ := json.Marshal(two[0]["location"]); string(place) != `{"lines":{"begin":3},"path":"shop/a.md"}` || two[0]["severity"] != "major" {
		t.Errorf("%v", two[0])
	}
	if whole := report(finding(ruleB, Span{Path: "b"}, "no line"))[0]; fmt.Sprint(whole["location"]) != "map[lines:map[begin:1] path:shop/b]" || whole["severity"] != "minor" {
		t.Errorf("%v", whole)
	}
	if len(report()) != 0 {
		t.Error("no findings are something")
	}
}

func TestSARIF(t *testing.T) {
	f := finding(ruleB, at("content/é b.md", 3, 2, 5), "wrong")
	f.Help = Say("mend it")
	f.Related = []Note{{at("c.md", 1, 1, 2), Say("first")}}
	var b bytes.Buffer
	if err := SARIF(&b, []Finding{f, finding(ruleA, Span{Path: "d"}, "whole")}, []*Rule{ruleA, ruleB}, SARIFOptions{Version: "1.0", Prefix: "shop/", Page: func(*Rule) string { return "" }}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct{ PhysicalLocation json.RawMessage }
				Related   []struct{ PhysicalLocation json.RawMessage } `json:"relatedLocations"`
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	var got []string
	for _, r := range run.Results {
		var place, related bytes.Buffer
		if err := json.Compact(&place, r.Locations[0].PhysicalLocation); err != nil {
			t.Fatal(err)
		}
		for _, n := range r.Related {
			if err := json.Compact(&related, n.PhysicalLocation); err != nil {
				t.Fatal(err)
			}
		}
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("the result of %s names rule %d", r.RuleID, r.RuleIndex)
		}
		got = append(got, fmt.Sprintf("%s %s %q %s %s", r.RuleID, r.Level, r.Message.Text, place.String(), related.String()))
	}
	want := []string{
		`rule-b warning "wrong\nmend it" {"artifactLocation":{"uri":"shop/content/%C3%A9%20b.md"},"region":{"startLine":3,"startColumn":2,"endLine":3,"endColumn":5}} {"artifactLocation":{"uri":"shop/c.md"},"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":2}}`,
		`rule-a error "whole" {"artifactLocation":{"uri":"shop/d"}} `,
	}
	if diff := cmp.Diff(want, got); diff != "" || log.Version != "2.1.0" || run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("version %s, columns %s, (-want +got):\n%s", log.Version, run.ColumnKind, diff)
	}
}

// TestSARIFTellsAboutRules: what a viewer shows about a rule, in the language
// of the run; levels stay those of SARIF.
func TestSARIFTellsAboutRules(t *testing.T) {
	rule := &Rule{ID: "a", Severity: Warning, Title: "title", Why: "Why.", Help: "help"}
	book := &Book{Phrases: map[string]string{"title": "titre", "Why.": "Pourquoi.", "help": "aide", "warning": "avertissement"}}
	var b bytes.Buffer
	if err := SARIF(&b, nil, []*Rule{rule}, SARIFOptions{Book: book, Page: func(r *Rule) string { return "page of " + r.ID }}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules json.RawMessage }
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Compact(&got, log.Runs[0].Tool.Driver.Rules); err != nil {
		t.Fatal(err)
	}
	want := `[{"id":"a","shortDescription":{"text":"titre"},"fullDescription":{"text":"Pourquoi."},"help":{"text":"aide","markdown":"page of a"},"defaultConfiguration":{"level":"warning"}}]`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
