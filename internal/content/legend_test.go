package content

import (
	"strings"
	"testing"

	"vitrine/internal/diag"
)

func TestLegendOf(t *testing.T) {
	points := LegendOf(ProductEntry, "fr", "key_points")
	if points.Title != "Points clés" || points.Max != 120 || points.Items != [2]int{3, 5} || !points.Needed || points.Example != "Chiffré au repos" {
		t.Errorf("key points: %+v", points)
	}
	reason := LegendOf(ProductEntry, "en", "unpublished", "reason")
	if len(reason.Choices) != len(reasons) || reason.Choices[0].Value != "end-of-life" || reason.Choices[0].About == "" || reason.Needed {
		t.Errorf("reason: %+v", reason)
	}
	if l := LegendOf(ProductEntry, "en", "unpublished", "nothing"); l.Title != "" {
		t.Errorf("nothing: %+v", l)
	}
}

func TestPathAt(t *testing.T) {
	const text = `---
title: {en: Vault, fr: Coffre}
versions:
  - version: "1.0"
    images:
      eu-west-2: ami-00000001
---
# English
`
	d, _ := parseDocument("product.md", ProductEntry, []byte(text), nil)
	for word, want := range map[string]string{
		"title": "title", "Coffre": "title.fr", "versions": "versions", `"1.0"`: "versions.version", "ami-": "versions.images.eu-west-2", "# English": "",
	} {
		before := text[:strings.Index(text, word)]
		line := strings.Count(before, "\n") + 1
		at := diag.Position{Line: line, Column: len(before) - strings.LastIndex(before, "\n")}
		if got := d.PathAt(at); got != want && got != want+".en" {
			t.Errorf("at %s is %q, want %q", word, got, want)
		}
	}
}
