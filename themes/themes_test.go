package themes

import (
	"bytes"
	"errors"
	"image/color"
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

// words are the words of a language that has few.
var words = few{"hello": `Bonjour <&"'>`, "by": "by {name}"}

type few map[string]string

func (f few) Plain(key string) (string, bool) {
	w, ok := f[key]
	return w, ok && !strings.Contains(w, "{")
}

func (f few) Ask(key string, _ bool, _ []string) error {
	if strings.HasPrefix(key, "no.") {
		return errors.New("i18n/en.yaml has no word " + key)
	}
	return nil
}

// page is a view as small as can be.
type page struct {
	Name  string
	Page  any
	Empty *inner
}

type inner struct{ Headline string }

// T knows the word that a template asks for with arguments.
func (p page) T(key string, args ...string) (string, error) {
	if key != "by" {
		return "", errors.New("i18n/en.yaml has no word " + key)
	}
	return "by " + args[0], nil
}

func execute(t *testing.T, templates *Templates, kind string) string {
	t.Helper()
	var b bytes.Buffer
	if err := templates.Execute(&b, kind, "", page{Name: "<x>"}); err != nil {
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
	if diff := cmp.Diff([]string{"compare.js", "estimate.js", "icon.svg", "more.css", "search-index.js", "search.js", "site.js", "style.css"}, names); diff != "" {
		t.Errorf("assets (-want +got):\n%s", diff)
	}
	if before.Asset("icon.svg") != theme.Asset("icon.svg") || theme.Asset("none.css") != "" {
		t.Errorf("icon.svg is at %q, none.css at %q", theme.Asset("icon.svg"), theme.Asset("none.css"))
	}
}

// TestPartsAreReplacedOneByOne: later layers win, whatever their files are called, and
// a part may be emptied.
func TestPartsAreReplacedOneByOne(t *testing.T) {
	theme := load(t, "mine", overlay(t, map[string]string{
		"default/templates/_base.html":      `{{template "brand" .}}|{{template "short" .}}|{{template "pager" .}}|{{block "main" .}}none{{end}}|{{template "own" .}}`,
		"default/templates/_aaa.html":       `{{define "brand"}}default's{{end}}{{define "own"}}{{end}}`,
		"default/templates/_parts.html":     `{{define "short"}}short{{end}}`,
		"default/templates/categories.html": `{{define "category-cards"}}cards{{end}}{{define "main"}}{{template "category-cards"}}{{end}}`,
		"mine/templates/_aaa.html":          `{{define "brand"}}mine{{end}}{{define "pager"}}{{end}}`,
		"mine/templates/categories.html":    `{{define "category-cards"}}my cards{{end}}`,
	}))
	if got, want := execute(t, in(t, theme), "categories"), "mine|short||my cards|"; got != want {
		t.Errorf("categories is %q, want %q", got, want)
	}
}

func TestRulesOfItsOwnStandBehindTheStyleSheet(t *testing.T) {
	before := load(t, "default", nil)
	theme := load(t, "mine", overlay(t, map[string]string{
		"default/assets/custom.css": "a {}",
		"mine/assets/custom.css":    "b { src: url(font.woff2?x#y), url( 'font.woff2' ) } /* url(none) */ c { filter: url(#d) }",
		"mine/assets/font.woff2":    "font",
	}))
	style, font := asset(theme, "style.css"), asset(theme, "font.woff2")
	name := strings.TrimPrefix(font.Path, "assets/")
	want := string(asset(before, "style.css").Data) + "\na {}\nb { src: url(\"" + name + "?x#y\"), url(\"" + name + "\") } /* url(none) */ c { filter: url(#d) }"
	if diff := cmp.Diff(want, string(style.Data)); diff != "" {
		t.Errorf("style.css (-want +got):\n%s", diff)
	}
	if theme.Asset("custom.css") != "" {
		t.Error("custom.css is a file of its own")
	}
	if style.Path == before.Asset("style.css") {
		t.Error("the style sheet has other bytes and the same name")
	}
}

func asset(theme *Theme, name string) Asset {
	return theme.Assets[slices.IndexFunc(theme.Assets, func(a Asset) bool { return a.Name == name })]
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

func TestColoursOfTheStyleSheet(t *testing.T) {
	theme := load(t, "default", overlay(t, map[string]string{
		"default/assets/style.css": ":root { --accent:#0a0B0c; --on-accent: white }\n@media (prefers-color-scheme: dark) { :root { --accent: #ffffff } }",
	}))
	if c, ok := theme.Color("accent"); !ok || c != (color.RGBA{10, 11, 12, 255}) {
		t.Errorf("accent is %v, %v", c, ok)
	}
	for _, unknown := range []string{"on-accent", "nosuch", ""} {
		if c, ok := theme.Color(unknown); ok {
			t.Errorf("%q is %v", unknown, c)
		}
	}
	theme = load(t, "default", overlay(t, map[string]string{
		"default/assets/custom.css": "/* --accent: #000000 */ :root { --accent: #010203 }\n@media (prefers-color-scheme: dark) { :root { --accent: #ffffff } }\n@media print { p { color: red }",
	}))
	if c, ok := theme.Color("accent"); !ok || c != (color.RGBA{1, 2, 3, 255}) {
		t.Errorf("a catalog's own accent is %v, %v", c, ok)
	}
	for _, property := range []string{"accent", "on-accent"} {
		if _, ok := load(t, "default", nil).Color(property); !ok {
			t.Errorf("the default theme has no colour %s", property)
		}
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

func TestAKindOrPartThatAThemeLacksIsNamed(t *testing.T) {
	templates := in(t, load(t, "default", nil))
	for part, want := range map[string]string{"": "the theme has no template nosuch.html", "card": "the theme has no template nosuch.html"} {
		if err := templates.Execute(&bytes.Buffer{}, "nosuch", part, nil); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if err := templates.Execute(&bytes.Buffer{}, "products", "nosuch", nil); err == nil || !strings.Contains(err.Error(), "products.html has no part nosuch") {
		t.Errorf("error %v", err)
	}
}

// dynamic are the words whose keys are put together in Go: the prefix that
// stands in the source, and the ends that the catalog's values give it.
var dynamic = map[string]string{
	"nav.": "products sellers categories", "type.": "omi outsourced service", "type.help.": "omi outsourced service", "type.plural.": "omi outsourced service",
	"facet.": "type category seller pricing region certification", "facet.title.": "region certification",
	"pricing.": "vm_type subscription byol free", "pricing.help.": "vm_type subscription byol free",
	"subscribe.": "vm_type.1 vm_type.2 vm_type.3 subscription.1 subscription.2 subscription.3 byol.1 byol.2 byol.3 free.1 free.2 outsourced.1 outsourced.2 outsourced.3 service.1 service.2 service.3",
	"unit.hour.": "vm vcpu", "unit.year.": "vm vcpu", "unit.": "monthly quarterly yearly", "billing.": "monthly quarterly yearly",
	"estimate.lead.": "vm_type subscription byol free", "estimate.license.": "vm_type.vm vm_type.vcpu subscription byol free", "estimate.formula.license.": "vm_type subscription byol free",
	"gone.":   "product.what product.text seller.what seller.text page.what page.text",
	"reason.": "end-of-life security superseded seller-left legal error other", "gone.effect.": "omi outsourced service",
}

func TestEveryWordIsThereAndUsed(t *testing.T) {
	english, err := os.ReadFile("../i18n/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(english), "\nwords:\n")
	var known []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z][a-z0-9_.-]*):`).FindAllStringSubmatch(list, -1) {
		known = append(known, m[1])
	}
	if len(known) < 100 {
		t.Fatalf("only %d words are found in i18n/en.yaml", len(known))
	}

	asked := make(map[string]string) // key to the file that asks for it
	inTemplate := regexp.MustCompile(`[( {-](?:\$|\.Page)?\.(?:T|N|Word) "([^"]+)"`)
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
	var b bytes.Buffer
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
