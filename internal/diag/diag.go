// Package diag is what a check has to say: rules, findings with their places,
// and the printers. It knows nothing of catalogs.
package diag

import (
	"cmp"
	"slices"
)

// Severity says what a finding means for the run.
type Severity uint8

// The severities. Off is a rule that catalog.yaml switched off.
const (
	Off Severity = iota
	Warning
	Error
)

func (s Severity) String() string { return [...]string{"off", "warning", "error"}[s] }

// Rule is one thing that is checked. Rules are declared beside the code that
// enforces them.
type Rule struct {
	ID       string // kebab-case, never reused
	Severity Severity
	Title    string // what the rule asks for, one sentence without full stop
	Why      string // why the rule exists, and where it comes from: sentences
	Help     string // the way out, where it is the same for every finding
	Lack     bool   // something that is not there yet: a warning in a draft
	Fixed    bool   // catalog.yaml cannot change the severity: safety depends on it
}

// Position is a place in a file: line and column from 1, columns in characters.
type Position struct{ Line, Column int }

// Span is a piece of a file; End is the first position behind it.
type Span struct {
	Path       string // below the catalog's root, with slashes
	Start, End Position
}

// Note points at a second place that a finding speaks of.
type Note struct {
	Span
	Message Text
}

// Finding is one fault, at one place.
type Finding struct {
	Rule     *Rule
	Severity Severity
	Span
	Message Text // lower case, no full stop; values from files are quoted by Quote
	Help    Text // the way out
	Related []Note
	Fix     Fix
	Before  bool // it was there before the change that is judged, which does not fail for it
}

// Fix is what would mend a finding, for editors that offer to do it. Most
// findings have none: only their author knows the words.
type Fix struct {
	Replace string // what to write in the place of the finding's span; "" for nothing
	Add     string // the key that is missing in the mapping at the span; "" for none
}

// Sort puts findings into the order of their places and drops those that are
// said twice.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Start.Line, b.Start.Line),
			cmp.Compare(a.Start.Column, b.Start.Column),
			cmp.Compare(a.Rule.ID, b.Rule.ID),
			cmp.Compare(a.Message.String(), b.Message.String()),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Rule == b.Rule && a.Span == b.Span && a.Message.String() == b.Message.String()
	})
}

// maxPerFile bounds what one file can make a run print.
const maxPerFile = 200

// RuleMore says that a file has more findings than are listed.
var RuleMore = &Rule{
	ID: "findings-cut", Severity: Error, Fixed: true,
	Title: "a file's findings are listed up to a limit",
	Why:   "A file that is wrong from top to bottom would bury the findings of all others. The first 200 show what is wrong.",
	Help:  "mend those above and run the check again",
}

// Cut keeps the first 200 findings of each file and counts the others in one
// more. The findings are sorted.
func Cut(findings []Finding) []Finding {
	var out []Finding
	for len(findings) > 0 {
		path := findings[0].Path
		n := slices.IndexFunc(findings, func(f Finding) bool { return f.Path != path })
		if n < 0 {
			n = len(findings)
		}
		of := findings[:n]
		findings = findings[n:]
		if n > maxPerFile {
			more := of[maxPerFile]
			worst := Warning
			for _, f := range of[maxPerFile:] {
				worst = max(worst, f.Severity)
			}
			of = append(slices.Clip(of[:maxPerFile]), Finding{
				Rule: RuleMore, Severity: worst, Span: more.Span,
				Message: Say("%s in this file", Plural(n-maxPerFile, "%d more finding", "%d more findings")),
				Help:    Say("mend those above and run the check again"),
			})
		}
		out = append(out, of...)
	}
	return out
}

// Counts are the figures of a run.
type Counts struct {
	Files    int // that were read
	Errors   int
	Warnings int
	Before   int // findings that were there before the change: neither errors nor warnings
	Waived   int

	Unchecked int // OMIs that could not be asked for: neither passed nor failed
}

// Count counts findings.
func Count(findings []Finding) (c Counts) {
	for _, f := range findings {
		switch {
		case f.Before:
			c.Before++
		case f.Severity == Error:
			c.Errors++
		case f.Severity == Warning:
			c.Warnings++
		}
	}
	return c
}
