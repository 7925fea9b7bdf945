//go:build unix

package build_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example is a file of the worked example in docs/theming.md: its name, then
// what is in it.
var example = regexp.MustCompile("(?ms)^`((?:themes|i18n)/[^`\n]+)`\n\n```\\w+\n(.*?\n)```$")

// TestTheWorkedExampleOfThemingWorks: the sample catalog with the files that
// docs/theming.md shows.
func TestTheWorkedExampleOfThemingWorks(t *testing.T) {
	doc, err := os.ReadFile("../../docs/theming.md")
	if err != nil {
		t.Fatal(err)
	}
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, out)
	before := read(t, out, "en/index.html")
	files := example.FindAllStringSubmatch(string(doc), -1)
	if len(files) != 6 {
		t.Fatalf("docs/theming.md shows %d files of the example", len(files))
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f[1]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, dir, out)
	mark := regexp.MustCompile(`mark\.[0-9a-f]{8}\.svg`)
	for lang, words := range map[string][]string{"en": {">Vendors</a>", "Software that stays in Europe."}, "fr": {">Éditeurs</a>", "Des logiciels qui restent en Europe."}} {
		page := read(t, out, lang+"/index.html")
		for _, text := range append(words, `<p class="card-type">`, `<li class="card">`) {
			if !strings.Contains(page, text) {
				t.Errorf("%s/index.html has no %s", lang, text)
			}
			if strings.Contains(before, text) && text != `<li class="card">` {
				t.Errorf("without the example, the page has %s too", text)
			}
		}
		for _, gone := range []string{`class="tag tag-`, "footer-about", ">Sellers</a>", ">Vendeurs</a>"} {
			if strings.Contains(page, gone) {
				t.Errorf("%s/index.html has %s still", lang, gone)
			}
		}
		style := regexp.MustCompile(`<link rel="stylesheet" href="/?([^"]*)">`).FindAllStringSubmatch(page, -1)
		if len(style) != 1 {
			t.Fatalf("the page loads %d style sheets", len(style))
		}
		css := read(t, out, strings.TrimPrefix(style[0][1], "/"))
		if !strings.Contains(css, "--accent: #166534;") || !strings.Contains(css, ".site-header") {
			t.Error("the style sheet has not both the built-in rules and the example's")
		}
		for _, text := range []string{css, page} {
			if name := mark.FindString(text); name == "" {
				t.Error("the mark is not asked for by its name on the site")
			} else if read(t, out, "assets/"+name) == "" {
				t.Errorf("%s is empty", name)
			}
		}
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
