package diag

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
)

// The parts of SARIF 2.1.0 (OASIS) that code scanning reads.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifText    `json:"shortDescription"`
		FullDescription  sarifText    `json:"fullDescription"`
		Help             sarifHelp    `json:"help"`
		Configuration    sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Baseline  string          `json:"baselineState,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// SARIFOptions are what a log says beside the findings.
type SARIFOptions struct {
	Version string             // of the program
	Prefix  string             // the catalog's root as seen from the repository's, with a slash; paths are put below it
	Book    *Book              // the language of the rules; nil is English
	Page    func(*Rule) string // Markdown about a rule, for viewers that show it
}

// SARIF writes the findings as a SARIF 2.1.0 log, with every rule there is.
func SARIF(w io.Writer, findings []Finding, rules []*Rule, opt SARIFOptions) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "vitrine", Version: opt.Version, Rules: []sarifRule{}}
	for _, r := range rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID:               r.ID,
			ShortDescription: sarifText{opt.Book.Phrase(r.Title)},
			FullDescription:  sarifText{opt.Book.Phrase(r.Why)},
			Help:             sarifHelp{opt.Book.Phrase(r.Help), opt.Page(r)},
			Configuration:    sarifDefault{r.Severity.String()},
		})
	}
	compared := Count(findings).Before > 0
	for _, f := range findings {
		r := sarifResult{
			RuleID: f.Rule.ID, RuleIndex: slices.Index(rules, f.Rule), Level: f.Severity.String(),
			Message:   sarifText{f.Message.String()},
			Locations: []sarifLocation{{Physical: sarifPlace(f.Span, opt.Prefix)}},
		}
		if compared {
			r.Baseline = map[bool]string{true: "unchanged", false: "new"}[f.Before]
		}
		if !f.Help.IsZero() {
			r.Message.Text += "\n" + f.Help.String()
		}
		for i, n := range f.Related {
			r.Related = append(r.Related, sarifLocation{ID: i + 1, Physical: sarifPlace(n.Span, opt.Prefix), Message: &sarifText{n.Message.String()}})
		}
		run.Results = append(run.Results, r)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifPlace(s Span, prefix string) sarifPhysical {
	p := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: prefix + s.Path}).EscapedPath()}}
	if s.Start.Line > 0 { // a finding about a file or folder as a whole has no region
		p.Region = &sarifRegion{s.Start.Line, s.Start.Column, s.End.Line, s.End.Column}
	}
	return p
}
