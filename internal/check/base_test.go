package check_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/internal/diag"
)

// changeIDs are the rules that only a comparison breaks.
var changeIDs = []string{
	"target-changed", "alias-unfounded", "owner-only", "staff-only", "seller-new", "entry-vanished", "version-vanished", "alias-vanished", "status-back-to-draft",
	"frozen-type", "frozen-pricing", "frozen-name", "frozen-product-code", "frozen-regions", "frozen-omi", "frozen-rate", "translation-drift",
}

// TestWhatAChangeBringsIsWhatTwoChecksDifferIn compares each fixture's wrong
// catalog with the valid one, and the valid one with the wrong one: what is
// called new must be what a check of the one finds and a check of the other does
// not, although only what the change touches was read twice.
func TestWhatAChangeBringsIsWhatTwoChecksDifferIn(t *testing.T) {
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	valid := catalogDir(t, nil, "")
	compared := 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wrong := catalogDir(t, archive, "wrong/")
		for _, way := range [][2]string{{valid, wrong}, {wrong, valid}} {
			if run(t, way[0], nil).Broken || run(t, way[1], nil).Broken {
				continue // nothing can be compared with it
			}
			before, after := keys(findings(t, way[0])), keys(findings(t, way[1]))
			var want []string
			for _, f := range after {
				if i := slices.Index(before, f); i >= 0 {
					before = slices.Delete(before, i, i+1)
					continue
				}
				want = append(want, f)
			}
			got := slices.DeleteFunc(changeFindings(t, way[0], way[1], ""), func(f diag.Finding) bool {
				return f.Before || slices.Contains(changeIDs, f.Rule.ID)
			})
			if diff := cmp.Diff(want, keys(got)); diff != "" {
				t.Errorf("%s: (-two checks +one comparison):\n%s", filepath.Base(name), diff)
			}
			compared++
		}
	}
	if compared < 150 {
		t.Errorf("only %d changes were compared", compared)
	}
}

// keys are findings without their lines, which move.
func keys(found []diag.Finding) []string {
	var out []string
	for _, f := range found {
		if f.Rule.ID == "product-code-duplicate" || f.Rule.ID == "alias-taken" {
			continue // a comparison knows who had it first, and says it there
		}
		out = append(out, fmt.Sprint(f.Rule.ID, " ", f.Path, " ", f.Severity, " ", f.Message))
	}
	slices.Sort(out)
	return out
}

// TestEveryFaultIsFound: a seller is told all that is wrong in one run, not one
// fault after the other.
func TestEveryFaultIsFound(t *testing.T) {
	faults := []struct{ edit, rule string }{
		{"title: Coffre Vault => title: 0001", "value-quoted"},
		{"fr: Garde les secrets.} => de: Geheim}", "language-unknown"},
		{"categories: [security] => categories: [securty]", "category-unknown"},
		{"- {en: Small, fr: Petit}\\n => \\n", "list-too-short"},
		{"logo: logo.svg => logo: Logo.svg", "file-name"},
		{"eu-west-2] => eu-west-9]", "region-unknown"},
		{"\"pty-0a1b2c3d\" => \"PTY-0a1b2c3d\"", "product-code-form"},
		{"pricing: subscription => pricing: subscribtion", "value-unknown"},
		{"ami-00000001 => ami-0000000", "omi-form"},
		{"superseded => because", "value-unknown"},
		{"rate: 10.00 => rate: 10,00", "value-form"},
		{"tinav6.c4r8p2 => t2.micro", "vm-type-form"},
		{"https://www.acme.example/license => http://localhost/", "link-form"},
		{"related: [acme/relay] => related: [acme/rely]", "reference-unknown"},
		{"# English => <b>x</b>\\n\\n# English", "section-before-first"},
		{"[use](#use) => [use](#uses)", "link-target"},
		{"Démarrez-le. => Démarrez-le <br>.", "markdown-html"},
	}
	archive := &txtar.Archive{}
	var want []string
	text := ""
	for _, f := range faults {
		text += f.edit + "\n"
		want = append(want, f.rule)
	}
	archive.Files = append(archive.Files, txtar.File{Name: "wrong/content/sellers/acme/vault/product.md.edit", Data: []byte(text)})
	found := findings(t, catalogDir(t, archive, "wrong/"))
	for _, rule := range want {
		i := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Rule.ID == rule })
		if i < 0 {
			t.Errorf("%s is not found", rule)
			continue
		}
		found = slices.Delete(found, i, i+1)
	}
	t.Logf("beside the %d faults, what follows from them:\n%s", len(faults), lines(found))
}
