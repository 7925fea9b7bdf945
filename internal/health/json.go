package health

import (
	_ "embed"
	"encoding/json"
	"io"

	"vitrine/internal/diag"
)

// Schema is the JSON Schema of what JSON writes.
//
//go:embed schema.json
var Schema []byte

type jsonReport struct {
	Version  int         `json:"version"`
	At       string      `json:"at"`
	Groups   []jsonGroup `json:"groups"`
	Findings []jsonCount `json:"findings"`
	Links    *jsonLinks  `json:"links,omitempty"`
	Summary  jsonSummary `json:"summary"`
}

type jsonGroup struct {
	Seller  string     `json:"seller"`
	Handles []string   `json:"handles"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	Kind    Kind   `json:"kind"`
	When    When   `json:"when"`
	Path    string `json:"path"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Help    string `json:"help"`
}

type jsonCount struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Count    int    `json:"count"`
}

type jsonLinks struct {
	OK       int `json:"ok"`
	Dead     int `json:"dead"`
	Unsure   int `json:"unsure"`
	NotAsked int `json:"not_asked"`
}

type jsonSummary struct {
	Sellers  int `json:"sellers"`
	Products int `json:"products"`
	Now      int `json:"now"`
	Soon     int `json:"soon"`
	Look     int `json:"look"`
}

// JSON writes the report as one object, its texts in a language.
func (r *Report) JSON(w io.Writer, book *diag.Book) error {
	out := jsonReport{
		Version: 1, At: string(r.At), Groups: []jsonGroup{}, Findings: []jsonCount{},
		Summary: jsonSummary{r.Sellers, r.Products, r.Count(Now), r.Count(Soon), r.Count(Look)},
	}
	for _, g := range r.Groups {
		to := jsonGroup{Seller: g.Seller, Handles: append([]string{}, g.Handles...), Items: []jsonItem{}}
		for _, i := range g.Items {
			to.Items = append(to.Items, jsonItem{i.Kind, i.When, i.Path, i.Start.Line, i.Start.Column, i.Message.In(book), i.Help.In(book)})
		}
		out.Groups = append(out.Groups, to)
	}
	for _, c := range r.Findings {
		out.Findings = append(out.Findings, jsonCount{c.Rule.ID, c.Severity.String(), book.Phrase(c.Rule.Title), c.N})
	}
	if l := r.Links; l != nil {
		out.Links = &jsonLinks{l.OK, l.Dead, l.Unsure, l.NotAsked}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
