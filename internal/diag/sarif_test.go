package diag

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema is the official schema of SARIF 2.1.0: see testdata/README.md.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open("testdata/sarif-schema-2.1.0.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat() // addresses are addresses
	if err := c.AddResource("sarif.json", value); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSARIFIsValid(t *testing.T) {
	schema := sarifSchema(t)
	helped := &Rule{ID: "rule-c", Severity: Error, Title: "a rule with a way out", Help: "do it"}
	rules := []*Rule{ruleA, ruleB, helped}
	many := []*Rule{}
	for i := range 100 {
		many = append(many, &Rule{ID: fmt.Sprintf("rule-%d", i), Severity: Severity(1 + i%2), Title: "a title", Help: strings.Repeat("do it", i%3)})
	}
	with := func(f Finding, change func(*Finding)) Finding {
		change(&f)
		return f
	}
	plain := finding(ruleA, at("content/a.md", 3, 2, 5), "wrong")
	type log struct {
		found           []Finding
		rules           []*Rule
		version, prefix string
	}
	logs := map[string]log{
		"no findings":        {nil, rules, "1.0", ""},
		"no rules":           {nil, nil, "", ""},
		"many rules":         {nil, many, "v1.2.3-0.20260101000000-abcdef", ""},
		"a region":           {[]Finding{plain}, rules, "1.0", ""},
		"no region":          {[]Finding{finding(ruleB, Span{Path: "content/sellers"}, "whole")}, rules, "1.0", ""},
		"an empty region":    {[]Finding{finding(ruleB, at("a.md", 1, 1, 1), "here")}, rules, "1.0", ""},
		"several lines":      {[]Finding{finding(ruleA, Span{Path: "a.md", Start: Position{1, 4}, End: Position{3, 2}}, "lines")}, rules, "1.0", ""},
		"help":               {[]Finding{with(finding(helped, at("a.md", 1, 1, 2), "wrong"), func(f *Finding) { f.Help = Say("mend it") })}, rules, "1.0", ""},
		"there before":       {[]Finding{plain, with(plain, func(f *Finding) { f.Before = true })}, rules, "1.0", ""},
		"a prefix":           {[]Finding{plain}, rules, "1.0", "shop/"},
		"a severity changed": {[]Finding{with(plain, func(f *Finding) { f.Severity = Warning })}, rules, "1.0", ""},
		"related places": {[]Finding{with(plain, func(f *Finding) {
			f.Related = []Note{{at("b.md", 1, 1, 2), Say("first")}, {Span{Path: "content/c"}, Say("second")}}
		})}, rules, "1.0", ""},
		"odd messages": {[]Finding{finding(ruleA, at("a.md", 1, 1, 2), Quote("\x00\xff\u2028<&>")+" {0} [a](1) 🙂")}, rules, "1.0", ""},
	}
	for _, path := range []string{"content/é b.md", "a:b.md", "a?b#c.md", "100%.md", `a\b.md`, "a\nb.md", "[x].md", "🙂.md", "a\xffb.md", "-", " "} {
		logs["the path "+Quote(path)] = log{[]Finding{finding(ruleA, at(path, 1, 1, 2), "wrong")}, rules, "1.0", ""}
	}
	for name, log := range logs {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := SARIF(&b, log.found, log.rules, SARIFOptions{Version: log.version, Prefix: log.prefix, Page: func(r *Rule) string { return "**" + r.ID + "**" }}); err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestTheSARIFSchemaRefuses makes sure that the schema is one that can say no.
func TestTheSARIFSchemaRefuses(t *testing.T) {
	schema := sarifSchema(t)
	var b bytes.Buffer
	if err := SARIF(&b, []Finding{finding(ruleA, at("a.md", 1, 1, 2), "wrong")}, []*Rule{ruleA}, SARIFOptions{Page: func(*Rule) string { return "" }}); err != nil {
		t.Fatal(err)
	}
	for before, after := range map[string]string{
		`"startLine": 1`: `"startLine": 0`, `"level": "error"`: `"level": "fatal"`, `"ruleId"`: `"rule"`, `"2.1.0"`: `"2.2"`, `"uri": "a.md"`: `"uri": "%zz.md"`,
	} {
		wrong := strings.Replace(b.String(), before, after, 1)
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(wrong))
		if err != nil {
			t.Fatal(err)
		}
		if wrong == b.String() || schema.Validate(value) == nil {
			t.Errorf("a log with %s is not refused", after)
		}
	}
}
