package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// GitLab writes findings as a Code Quality report, which GitLab shows on a merge
// request and beside its lines. Paths are put below prefix, the catalog's root as
// seen from the repository's.
func GitLab(w io.Writer, findings []Finding, prefix string) error {
	type issue struct {
		Rule        string `json:"check_name"`
		Description string `json:"description"`
		Fingerprint string `json:"fingerprint"`
		Severity    string `json:"severity"`
		Location    struct {
			Path  string `json:"path"`
			Lines struct {
				Begin int `json:"begin"`
			} `json:"lines"`
		} `json:"location"`
	}
	issues := []issue{}
	seen := make(map[string]int)
	for _, f := range findings {
		text := Visible(f.Message.String())
		// What is the same on another line is the same: GitLab compares the reports of
		// two branches. Two that are alike are told apart by their number.
		same := fmt.Sprintf("%s %s %s", f.Rule.ID, f.Path, text)
		seen[same]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", same, seen[same]))
		i := issue{Rule: f.Rule.ID, Description: text, Fingerprint: hex.EncodeToString(sum[:16]), Severity: "major"}
		if f.Severity != Error || f.Before {
			i.Severity = "minor"
		}
		if !f.Help.IsZero() {
			i.Description += " – " + Visible(f.Help.String())
		}
		i.Location.Path, i.Location.Lines.Begin = prefix+f.Path, max(1, f.Start.Line)
		issues = append(issues, i)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(issues)
}
