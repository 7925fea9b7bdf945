package diag

import (
	"encoding/json"
	"io"
)

// jsonReport is the JSON form of a run, version 1.
type jsonReport struct {
	Version  int           `json:"version"`
	Findings []jsonFinding `json:"findings"`
	Summary  jsonSummary   `json:"summary"`
}

type jsonPlace struct {
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Message   string `json:"message"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	jsonPlace
	Help    string      `json:"help"`
	Before  bool        `json:"before,omitempty"` // there before the change that is judged
	Related []jsonPlace `json:"related"`
}

type jsonSummary struct {
	Files    int `json:"files"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Waived   int `json:"waived"`
	Before   int `json:"before,omitempty"`

	Unchecked int `json:"not_checked,omitempty"` // OMIs that could not be asked for
}

// JSON writes the findings and their counts as one JSON object.
func JSON(w io.Writer, findings []Finding, c Counts) error {
	r := jsonReport{
		Version: 1, Findings: []jsonFinding{},
		Summary: jsonSummary{Files: c.Files, Errors: c.Errors, Warnings: c.Warnings, Waived: c.Waived, Before: c.Before, Unchecked: c.Unchecked},
	}
	for _, f := range findings {
		j := jsonFinding{
			Rule: f.Rule.ID, Severity: f.Severity.String(),
			jsonPlace: jsonSpan(f.Span, f.Message), Help: f.Help.String(), Before: f.Before, Related: []jsonPlace{},
		}
		for _, n := range f.Related {
			j.Related = append(j.Related, jsonSpan(n.Span, n.Message))
		}
		r.Findings = append(r.Findings, j)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

func jsonSpan(s Span, message Text) jsonPlace {
	return jsonPlace{Path: s.Path, Line: s.Start.Line, Column: s.Start.Column, EndLine: s.End.Line, EndColumn: s.End.Column, Message: message.String()}
}
