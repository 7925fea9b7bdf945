package health_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/health"
	"vitrine/internal/links"
	"vitrine/internal/phrasebook"
)

// kinds are all kinds of items, as the schema lists them.
func kinds(t *testing.T) []string {
	t.Helper()
	var schema struct {
		Properties struct {
			Groups struct {
				Items struct {
					Properties struct {
						Items struct {
							Items struct {
								Properties struct {
									Kind struct{ Enum []string } `json:"kind"`
								} `json:"properties"`
							} `json:"items"`
						} `json:"items"`
					} `json:"properties"`
				} `json:"items"`
			} `json:"groups"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(health.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	return schema.Properties.Groups.Items.Properties.Items.Items.Properties.Kind.Enum
}

// hostile is what a seller may have written.
const hostile = "a|b `c` <script> @everybody #1 ::error::x %0A [x](https://evil.example) \x1b[31m \u202e $(id) ${{ x }}"

// report has an item of each kind, said in words that sellers wrote.
func report(t *testing.T, n int) *health.Report {
	t.Helper()
	r := &health.Report{At: "2026-11-24", Links: &health.Links{OK: 1}, Findings: []health.Count{{Rule: check.Rules()[0], Severity: diag.Warning, N: 3}}}
	whens := []health.When{health.Now, health.Soon, health.Look}
	for s := range n {
		g := health.Group{Seller: []string{"", "acme", hostile}[s%3], Handles: []string{"acme-team", hostile}}
		for i, k := range kinds(t) {
			g.Items = append(g.Items, health.Item{
				Kind: health.Kind(k), When: whens[i%3], Span: diag.Span{Path: "content/" + hostile, Start: diag.Position{Line: i, Column: i}},
				Message: diag.Say("the link %s is dead: %s (first seen on %s)", diag.Quote(hostile), diag.Say("there is no such host"), hostile), Help: diag.Say("delete it"),
			})
		}
		r.Groups = append(r.Groups, g)
	}
	return r
}

// TestJSONFitsItsSchema, in both languages, with and without anything to say.
func TestJSONFitsItsSchema(t *testing.T) {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(health.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", value); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*health.Report{report(t, 3), {At: "2026-11-24"}} {
		for _, language := range phrasebook.Languages {
			book, _ := phrasebook.In(language)
			var b bytes.Buffer
			if err := r.JSON(&b, book); err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestInert: nothing that a seller wrote acts in a terminal or an issue.
func TestInert(t *testing.T) {
	var text, markdown bytes.Buffer
	r := report(t, 3)
	if err := r.Text(&text, nil); err != nil {
		t.Fatal(err)
	}
	if err := r.Markdown(&markdown, nil); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"\x1b", "\u202e"} {
		if strings.Contains(text.String(), bad) || strings.Contains(markdown.String(), bad) {
			t.Errorf("%q is in the report", bad)
		}
	}
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[") {
			t.Errorf("a command to the runner: %s", line)
		}
	}
	for _, bad := range []string{"<script", "@", "[x]", "::", "$", " #1", "c`"} {
		if strings.Contains(markdown.String(), bad) {
			t.Errorf("%q is in the issue", bad)
		}
	}
}

// TestMarkdownFits: an issue takes 65,536 characters, and what matters most is in it.
func TestMarkdownFits(t *testing.T) {
	for _, n := range []int{1, 20, 100, 1000} {
		var b bytes.Buffer
		r := report(t, n)
		if err := r.Markdown(&b, nil); err != nil {
			t.Fatal(err)
		}
		if b.Len() > 61_000 || !strings.Contains(b.String(), "| now |") {
			t.Errorf("%d groups: %d bytes", n, b.Len())
		}
		if whole := strings.Count(b.String(), "\n| ") > n*len(kinds(t)); !whole && !strings.Contains(b.String(), "vitrine report shows all") {
			t.Errorf("%d groups: something is left out, and nobody is told", n)
		}
	}
}

// TestRulesAreThere: rules that items are made of exist.
func TestRulesAreThere(t *testing.T) {
	for _, id := range health.RulesNamed() {
		if !slices.ContainsFunc(check.Rules(), func(r *diag.Rule) bool { return r.ID == id }) {
			t.Errorf("there is no rule %s", id)
		}
	}
}

// TestUses finds every link of what buyers see in the repository's own catalog,
// and none of what they do not see.
func TestUses(t *testing.T) {
	root, err := content.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := check.Run(t.Context(), root, check.Options{Today: "2026-11-24", Words: words})
	if err != nil {
		t.Fatal(err)
	}
	uses := health.Uses(root, r.Catalog, "2026-11-24")
	at := make(map[string]bool)
	for _, u := range uses {
		at[u.Path+" "+u.Link] = true
		line := root.LinesOf(u.Path)[u.Start.Line-1]
		if got := string([]rune(line)[u.Start.Column-1 : u.End.Column-1]); u.Start.Line == u.End.Line && !strings.Contains(got, u.Link) {
			t.Errorf("%s is not where it is said to be: %q", u.Link, got)
		}
	}
	if len(uses) != len(at) || len(uses) < 50 {
		t.Errorf("%d links, %d of them once", len(uses), len(at))
	}
	address := regexp.MustCompile(`https?://[^\s,}"\]]+`)
	for e, visible := range (catalog.Visibility{At: "2026-11-24"}).Entries(r.Catalog) {
		front, _, _ := strings.Cut(strings.Join(root.LinesOf(e.Source), "\n"), "\n---")
		for _, link := range address.FindAllString(front, -1) {
			if at[e.Source+" "+link] != visible {
				t.Errorf("%s: %s is found: %t, and buyers see it: %t", e.Source, link, !visible, visible)
			}
		}
	}
	// Asking is the command's; what it told becomes an item at each place.
	told := make(map[string]links.Result)
	for _, u := range uses {
		told[u.Link] = links.Result{State: links.Dead, Cause: links.NoHost}
	}
	report := health.Of(root, r, health.Options{At: "2026-11-24", Within: 30, StaleMonths: 1200, Links: told, Uses: uses})
	if n := report.Count(health.Now); n != len(uses) || report.Links.Dead != len(told) {
		t.Errorf("%d items of %d links: %s", n, len(uses), fmt.Sprint(report.Links))
	}
}
