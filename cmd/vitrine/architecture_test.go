package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// order is what each package may import of ours. The domain and the findings
// stand on the ground and know nothing of each other, the leaves each hide one
// library, and the command is the roof. A package that is not listed must be
// given its place here first.
var order = map[string][]string{
	"internal/catalog":    nil,
	"internal/diag":       nil,
	"internal/bilingual":  nil,
	"internal/typography": nil,
	"internal/markdown":   nil,
	"internal/history":    nil,
	"i18n":                {"internal/diag"},
	"themes":              {"internal/diag"},
	"internal/content":    {"internal/catalog", "internal/diag", "internal/stamp", "internal/typography"},
	"internal/raster":     nil,
	"internal/stamp":      nil,
	"internal/record":     nil,
	"internal/poster":     nil,
	"internal/api":        nil,
	"internal/proof":      {"internal/catalog"},
	"internal/search":     nil,
	"internal/phrasebook": {"internal/diag"},
	"internal/explain":    {"internal/diag"},
	// What the cloud says, as plain values; whoever asks it is the command's choice.
	"internal/cloud":    {"internal/diag", "internal/record"},
	"internal/outscale": {"internal/cloud", "internal/diag"},
	"internal/check":    {"i18n", "internal/bilingual", "internal/catalog", "internal/cloud", "internal/content", "internal/diag", "internal/markdown", "internal/raster", "internal/typography"},
	// content tells which addresses are links: what the check lets pass is
	// what a page shows.
	"internal/site":   {"i18n", "internal/api", "internal/catalog", "internal/content", "internal/markdown", "internal/poster", "internal/raster", "internal/search", "themes"},
	"internal/format": {"i18n", "internal/content", "internal/diag", "internal/markdown", "internal/typography"},
	// What a change means; whoever renders it is not its business.
	"internal/change":  {"i18n", "internal/api", "internal/catalog", "internal/content", "internal/diag", "internal/markdown"},
	"internal/build":   {"i18n", "internal/catalog", "internal/change", "internal/check", "internal/content", "internal/diag", "internal/history", "internal/markdown", "internal/proof", "internal/raster", "internal/site", "internal/stamp", "themes"},
	"internal/preview": {"internal/catalog", "internal/check", "internal/diag", "internal/site"},
	// What the staff need: who reviews what, and what needs looking after.
	"internal/codeowners": {"internal/content", "internal/diag", "internal/history"},
	"internal/links":      {"internal/record"},
	"internal/health":     {"internal/catalog", "internal/check", "internal/content", "internal/diag", "internal/links", "internal/markdown"},
	"internal/lsp":        {"i18n", "internal/build", "internal/catalog", "internal/check", "internal/content", "internal/diag", "internal/explain", "internal/format"},
	// What makes and changes entries for people: it writes what package content and
	// the check let it.
	"internal/authoring": {"internal/catalog", "internal/check", "internal/content", "internal/diag", "internal/format", "internal/markdown", "internal/typography"},
	// What makes entries of issues.
	"internal/intake": {"i18n", "internal/authoring", "internal/catalog", "internal/check", "internal/content", "internal/diag", "internal/format", "internal/markdown", "internal/phrasebook"},
	// A catalog to measure with, what measures, and a cloud.
	"internal/fakecloud": nil,
	"internal/corpus":    nil,
	"internal/large":     {"internal/corpus"},
	"internal/bench":     {"internal/corpus"},
	"internal/cost":      {"internal/build", "internal/content", "internal/corpus"},
	// Comments on pull requests, for a workflow: it starts the command.
	"internal/comment": {"internal/diag", "internal/phrasebook"},
	// Tests of the workflows, and nothing else.
	"internal/workflows": nil,
	// What tests of the site in a browser share. The command does not import it.
	"internal/browser": {"internal/build", "internal/catalog", "internal/content", "internal/diag"},
	// How long an author waits, measured in a browser.
	"internal/latency": {"internal/browser"},
	"cmd/vitrine":      {"i18n", "internal/authoring", "internal/build", "internal/catalog", "internal/change", "internal/check", "internal/cloud", "internal/codeowners", "internal/content", "internal/diag", "internal/explain", "internal/format", "internal/health", "internal/intake", "internal/links", "internal/lsp", "internal/outscale", "internal/phrasebook", "internal/preview", "internal/site"},
}

// doors are the packages that may import a library, so that a library can be
// exchanged in one place.
var doors = map[string][]string{
	"github.com/adrg/frontmatter":    {"internal/content"},
	"github.com/chromedp":            {"internal/browser"},
	"github.com/creachadair/jrpc2":   {"internal/lsp"},
	"github.com/fsnotify/fsnotify":   {"internal/preview"},
	"github.com/go-git/go-git":       {"internal/history"},
	"github.com/sergi/go-diff":       {"internal/change"},
	"github.com/shopspring/decimal":  {"internal/catalog", "internal/site"},
	"github.com/outscale/osc-sdk-go": {"internal/outscale"},
	"github.com/spf13/pflag":         {"cmd/vitrine"},
	"github.com/yuin/goldmark":       {"internal/markdown"},
	"go.yaml.in/yaml":                {"i18n", "internal/content"},
	"golang.org/x/image":             {"internal/poster", "internal/raster"},
	"golang.org/x/sys":               {"internal/stamp"},
	"golang.org/x/sync":              {"internal/build", "internal/content", "internal/history"},
	"golang.org/x/term":              {"cmd/vitrine"},
	"golang.org/x/text":              {"i18n", "internal/markdown", "internal/search"},
	"golang.org/x/tools":             {"internal/explain"},
	// Seller text reaches a page through templates that escape it.
	"text/template":       nil,
	"text/template/parse": {"themes"},
	"html/template":       {"internal/preview", "internal/site", "themes"},
	"unsafe":              nil,
	"net/http":            {"cmd/vitrine", "internal/browser", "internal/comment", "internal/fakecloud", "internal/latency", "internal/links", "internal/outscale", "internal/preview"},
	"os/exec":             {"cmd/vitrine", "internal/bench", "internal/browser", "internal/comment", "internal/latency"},
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

// packages lists our packages and what they import, tests left out.
func packages(t *testing.T) (ours map[string][]string, standard map[string]bool) {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard", "vitrine/...").Output()
	if err != nil {
		if e, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("go list: %s", e.Stderr)
		}
		t.Fatal(err)
	}
	ours, standard = make(map[string][]string), make(map[string]bool)
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		standard[p.ImportPath] = p.Standard
		if name, ok := strings.CutPrefix(p.ImportPath, "vitrine/"); ok {
			ours[name] = p.Imports
		}
	}
	if len(ours) < 10 {
		t.Fatalf("only %d packages were found", len(ours))
	}
	return ours, standard
}

func TestPackageOrder(t *testing.T) {
	ours, _ := packages(t)
	for name, imports := range ours {
		allowed, known := order[name]
		if !known {
			t.Errorf("package %s has no place in the order", name)
			continue
		}
		for _, i := range imports {
			if i, ok := strings.CutPrefix(i, "vitrine/"); ok && !slices.Contains(allowed, i) {
				t.Errorf("package %s imports %s", name, i)
			}
		}
	}
}

func TestOneDoorALibrary(t *testing.T) {
	ours, standard := packages(t)
	for name, imports := range ours {
		for _, i := range imports {
			door := doorOf(i)
			switch {
			case door != "" && !slices.Contains(doors[door], name):
				t.Errorf("package %s imports %s: that is for %q", name, i, doors[door])
			case door == "" && !standard[i] && !strings.HasPrefix(i, "vitrine/"):
				t.Errorf("package %s imports %s, which no package is the door of", name, i)
			}
		}
	}
}

// doorOf returns the library of doors that an import is of, the longest name
// that fits, or "".
func doorOf(path string) (door string) {
	for library := range doors {
		if (path == library || strings.HasPrefix(path, library+"/")) && len(library) > len(door) {
			door = library
		}
	}
	return door
}
