package check_test

import (
	"regexp"
	"strings"
	"testing"

	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

var (
	english = regexp.MustCompile(`(?i)\b(the|is|not|of|this|with|has|have|and|write|delete|add|it|its|to|than|only|behind|from|for|picture)\b`)
	// values are what a message takes from files, and what it tells to write.
	values = regexp.MustCompile(`"(\\.|[^"\\])*"|\S+[:/]\S+|\w+(-\w+)+`)
)

// inFrench looks for English in what findings say in French.
func inFrench(t *testing.T, found []diag.Finding) {
	t.Helper()
	book, _ := phrasebook.In("fr")
	for _, f := range diag.In(book, found) {
		said := []string{f.Message.String(), f.Help.String()}
		for _, n := range f.Related {
			said = append(said, n.Message.String())
		}
		for _, s := range said {
			if word := english.FindString(values.ReplaceAllString(s, "")); word != "" {
				t.Errorf("in French, a finding of %s has the English word %q: what is put into its phrase must be a diag.Text, too\n\t%s", f.Rule.ID, strings.ToLower(word), s)
			}
		}
	}
}
