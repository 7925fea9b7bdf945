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
	Related []jsonPlace `json:"related"`
}

type jsonSummary struct {
	Files    int `json:"files"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Waived   int `json:"waived"`
}

// JSON writes the findings as one JSON object; files is how many were
// read, waived how many findings were let pass.
func JSON(w io.Writer, findings []Finding, files, waived int) error {
	r := jsonReport{Version: 1, Findings: []jsonFinding{}}
	r.Summary.Files, r.Summary.Waived = files, waived
	r.Summary.Errors, r.Summary.Warnings = Count(findings)
	for _, f := range findings {
		j := jsonFinding{
			Rule: f.Rule.ID, Severity: f.Severity.String(),
			jsonPlace: jsonSpan(f.Span, f.Message), Help: f.Help.String(), Related: []jsonPlace{},
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
