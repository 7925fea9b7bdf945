package themes

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// overlay makes a folder themes/ with these files.
func overlay(t *testing.T, files map[string]string) fs.FS {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return os.DirFS(dir)
}

func load(t *testing.T, name string, from fs.FS) *Theme {
	t.Helper()
	theme, err := Load(name, from)
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func in(t *testing.T, theme *Theme) *Templates {
	t.Helper()
	templates, err := theme.In(words)
	if err != nil {
		t.Fatal(err)
	}
	return templates
}

func words(key string) (string, bool) {
	w, ok := map[string]string{"hello": `Bonjour <&"'>`}[key]
	return w, ok
}

// page is a view as small as can be.
type page struct{ Name string }

// T knows the word that a template asks for with arguments.
func (p page) T(key string, args ...string) (string, error) {
	if key != "by" {
		return "", errors.New("i18n/en.yaml has no word " + key)
	}
	return "by " + args[0], nil
}

func execute(t *testing.T, templates *Templates, kind string) string {
	t.Helper()
	var b strings.Builder
	if err := templates.Execute(&b, kind, "", page{"<x>"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// plain is a layout that asks little of its view.
const plain = "<main>{{template \"main\" .}}</main>"

func TestTheDefaultThemeIsComplete(t *testing.T) {
	templates := in(t, load(t, "default", nil))
	for _, kind := range []string{"404", "categories", "choose", "home", "page", "product", "products", "seller", "sellers"} {
		if templates.pages[kind] == nil {
			t.Errorf("there is no template %s.html", kind)
		}
	}
}

func TestAnOverlayReplacesSingleFiles(t *testing.T) {
	before := load(t, "default", nil)
	theme := load(t, "default", overlay(t, map[string]string{
		"default/templates/_base.html": plain,
		"default/templates/404.html":   `{{define "main"}}mine {{.Name}}{{end}}`,
		"default/assets/style.css":     "body {}",
		"default/assets/more.css":      "p {}",
		"default/assets/.hidden":       "x",
		"other/templates/404.html":     "not this",
	}))
	if got, want := execute(t, in(t, theme), "404"), "<main>mine &lt;x&gt;</main>"; got != want {
		t.Errorf("404 is %q, want %q", got, want)
	}
	var names []string
	for _, a := range theme.Assets {
		names = append(names, a.Name)
		if data := map[string]string{"style.css": "body {}", "more.css": "p {}"}[a.Name]; data != "" && data != string(a.Data) {
			t.Errorf("%s holds %q", a.Name, a.Data)
		}
	}
	if diff := cmp.Diff([]string{"icon.svg", "more.css", "search-index.js", "search.js", "site.js", "style.css"}, names); diff != "" {
		t.Errorf("assets (-want +got):\n%s", diff)
	}
	if before.Asset("icon.svg") != theme.Asset("icon.svg") || theme.Asset("none.css") != "" {
		t.Errorf("icon.svg is at %q, none.css at %q", theme.Asset("icon.svg"), theme.Asset("none.css"))
	}
}

func TestAThemeOfItsOwnTakesTheRestFromDefault(t *testing.T) {
	theme := load(t, "mine", overlay(t, map[string]string{
		"mine/templates/404.html":      `{{define "main"}}mine{{end}}`,
		"default/templates/_base.html": plain,
		"default/templates/404.html":   `{{define "main"}}default{{end}}`,
		"default/templates/home.html":  `{{define "main"}}home{{end}}`,
	}))
	templates := in(t, theme)
	if got := execute(t, templates, "404") + execute(t, templates, "home"); got != "<main>mine</main><main>home</main>" {
		t.Errorf("pages %q", got)
	}
	if theme.Asset("style.css") == "" || templates.pages["product"] == nil {
		t.Error("the files of the built-in theme are not there")
	}
}

func TestAssetPathsCarryADigest(t *testing.T) {
	at := func(css string) string {
		return load(t, "default", overlay(t, map[string]string{"default/assets/style.css": css})).Asset("style.css")
	}
	a, b := at("a {}"), at("b {}")
	if form := regexp.MustCompile(`^assets/style\.[0-9a-f]{8}\.css$`); !form.MatchString(a) {
		t.Errorf("path %q, want %s", a, form)
	}
	if a == b || a != at("a {}") {
		t.Errorf("paths %q and %q of two contents, %q of the first again", a, b, at("a {}"))
	}
}

func TestWordsArePutInEscaped(t *testing.T) {
	const escaped = "Bonjour &lt;&amp;&#34;&#39;&gt;"
	theme := load(t, "default", overlay(t, map[string]string{
		"default/templates/_base.html": plain,
		"default/templates/404.html":   "{{define \"main\"}}\n  <p title=\"{{.T \"hello\"}}\">{{with .Name}}{{$.T \"hello\"}}{{end}} {{.T \"by\" .Name}}{{end}}",
	}))
	want := "<main>\n<p title=\"" + escaped + "\">" + escaped + " by &lt;x&gt;</main>"
	if diff := cmp.Diff(want, execute(t, in(t, theme), "404")); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

func TestFaultsOfAThemeAreNamed(t *testing.T) {
	tests := []struct {
		name, theme string
		files       map[string]string // nil: no folder themes/
		want        string
	}{
		{"no overlay", "mine", nil, `^there is no theme "mine": catalog.yaml names a folder of themes/$`},
		{"no such folder", "mine", map[string]string{"other/templates/404.html": ""}, `^there is no theme "mine"`},
		{"a file, not a folder", "mine", map[string]string{"mine": ""}, `^there is no theme "mine"`},
		{"no template", "default", map[string]string{"default/templates/404.html": "\n\n  {{if}}"}, `^the theme cannot be used: 404\.html:3: `},
		{"no part", "default", map[string]string{"default/templates/_parts.html": "\n{{end}}"}, `^the theme cannot be used: _parts\.html:2: `},
		{"no function", "default", map[string]string{"default/templates/404.html": "{{nofunction .}}"}, `^the theme cannot be used: 404\.html:1: `},
		{"missing word", "default", map[string]string{
			"default/templates/_base.html": plain, "default/templates/404.html": "{{define \"main\"}}\n    {{.T \"no.such\"}}{{end}}",
		}, `^the theme cannot be used: 404\.html:2:.*i18n/en\.yaml has no word no\.such`},
		{"missing field", "default", map[string]string{
			"default/templates/_base.html": plain, "default/templates/404.html": "{{define \"main\"}}\n{{.Nmae}}{{end}}",
		}, `^the theme cannot be used: 404\.html:2:.*Nmae`},
		{"script with a value", "default", map[string]string{
			"default/templates/_base.html": plain, "default/templates/404.html": "{{define \"main\"}}<a href={{.Name}} onclick='{{{end}}",
		}, `^the theme cannot be used: .*404\.html`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var from fs.FS
			if test.files != nil {
				from = overlay(t, test.files)
			}
			theme, err := Load(test.theme, from)
			var templates *Templates
			if err == nil {
				templates, err = theme.In(words)
			}
			if err == nil {
				err = templates.Execute(&strings.Builder{}, "404", "", page{})
			}
			if err == nil || !regexp.MustCompile(test.want).MatchString(err.Error()) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestAKindOrPartThatAThemeLacksIsNamed(t *testing.T) {
	templates := in(t, load(t, "default", nil))
	for part, want := range map[string]string{"": "the theme has no template nosuch.html", "card": "the theme has no template nosuch.html"} {
		if err := templates.Execute(&strings.Builder{}, "nosuch", part, nil); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if err := templates.Execute(&strings.Builder{}, "products", "nosuch", nil); err == nil || !strings.Contains(err.Error(), "products.html has no part nosuch") {
		t.Errorf("error %v", err)
	}
}

// dynamic are the words whose keys are put together in Go: the prefix that
// stands in the source, and the ends that the catalog's values give it.
var dynamic = map[string]string{
	"nav.": "products sellers categories", "type.": "omi outsourced service", "type.help.": "omi outsourced service", "type.plural.": "omi outsourced service",
	"facet.": "type category seller pricing region certification", "facet.title.": "region certification",
	"pricing.": "vm_type subscription byol free", "pricing.help.": "vm_type subscription byol free",
	"unit.hour.": "vm vcpu", "unit.year.": "vm vcpu", "unit.": "monthly quarterly yearly", "billing.": "monthly quarterly yearly",
}

func TestEveryWordIsThereAndUsed(t *testing.T) {
	english, err := os.ReadFile("../i18n/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(english), "\nwords:\n")
	var known []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z][a-z0-9_.]*):`).FindAllStringSubmatch(list, -1) {
		known = append(known, m[1])
	}
	if len(known) < 100 {
		t.Fatalf("only %d words are found in i18n/en.yaml", len(known))
	}

	asked := make(map[string]string) // key to the file that asks for it
	inTemplate := regexp.MustCompile(`[( {-](?:\$|\.Page)?\.[TN] "([^"]+)"`)
	for _, f := range load(t, "default", nil).files {
		for _, m := range inTemplate.FindAllStringSubmatch(string(f.data), -1) {
			asked[m[1]] = f.name
		}
	}
	sources := goSources(t, "../internal/site")
	for _, m := range regexp.MustCompile(`\.(?:Word|Count|T|N)\("([^"]*[^".])"`).FindAllStringSubmatch(sources, -1) {
		asked[m[1]] = "internal/site"
	}
	for prefix, ends := range dynamic {
		if !strings.Contains(sources, `"`+prefix+`"`) {
			t.Errorf("no Go code below internal/site puts together keys %s…", prefix)
		}
		for end := range strings.FieldsSeq(ends) {
			asked[prefix+end] = "internal/site"
		}
	}
	for key, by := range asked {
		if !slices.Contains(known, key) {
			t.Errorf("%s asks for the word %q, which i18n/en.yaml has not", by, key)
		}
	}
	for _, key := range known {
		used := asked[key] != "" || strings.Contains(sources, `"`+key+`"`)
		if !used {
			t.Errorf("nothing uses the word %s of i18n/en.yaml", key)
		}
	}
}

// goSources returns the Go files of a folder, tests left out.
func goSources(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no Go files in %s: %v", dir, err)
	}
	var b strings.Builder
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return b.String()
}
