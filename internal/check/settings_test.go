package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSeverities: catalog.yaml sets the severity of a rule, in drafts as well,
// where what is only missing never becomes an error.
func TestSeverities(t *testing.T) {
	const relay = "content/sellers/acme/relay/product.md"
	for _, test := range []struct{ name, status, severity, want string }{
		{"published", "published", "", "error"},
		{"published, warning", "published", "warning", "warning"},
		{"published, off", "published", "off", ""},
		{"draft", "draft", "", "warning"},
		{"draft, error", "draft", "error", "warning"},
		{"draft, off", "draft", "off", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := catalogDir(t, nil, "")
			changes := "status: published => status: " + test.status + "\n  - {en: Small, fr: Petit}\\n =>"
			if err := edit(filepath.Join(dir, relay), changes); err != nil {
				t.Fatal(err)
			}
			if test.severity != "" {
				f, err := os.OpenFile(filepath.Join(dir, "content/catalog.yaml"), os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				if _, err := f.WriteString("rules: {list-too-short: " + test.severity + "}\n"); err != nil {
					t.Fatal(err)
				}
			}
			got := ""
			for _, f := range findings(t, dir) {
				if f.Rule.ID == "list-too-short" && f.Path == relay {
					got = strings.TrimSpace(got + " " + f.Severity.String())
				}
			}
			if got != test.want {
				t.Errorf("severity %q, want %q", got, test.want)
			}
		})
	}
}
