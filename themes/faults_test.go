package themes

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// TestFaultsOfAThemeAreNamed: each fault names its file, the place in it, and
// what to do, in plain words.
func TestFaultsOfAThemeAreNamed(t *testing.T) {
	const at = "default/templates/"
	main := func(s string) map[string]string {
		return map[string]string{at + "_base.html": plain, at + "404.html": "{{define \"main\"}}\n    " + s + "{{end}}"}
	}
	part := func(s string) map[string]string { return map[string]string{at + "_x.html": s} }
	css := func(s string) map[string]string { return map[string]string{"default/assets/custom.css": s} }
	tests := []struct {
		name, theme string
		files       map[string]string // nil: no folder themes/
		want        string            // at the beginning of a line
	}{
		// Folders and files
		{"no overlay", "mine", nil, `there is no theme "mine": catalog.yaml names a folder of themes/`},
		{"no such folder", "mine", map[string]string{"other/templates/404.html": ""}, `there is no theme "mine"`},
		{"a path", "../x", nil, `there is no theme "../x"`},
		{"a file, not a folder", "mine", map[string]string{"mine": ""}, `themes/mine: is not used here: a theme is a folder`},
		{"misspelt theme", "default", map[string]string{"defualt/templates/404.html": ""}, `themes/defualt: this folder replaces nothing: did you mean themes/default?`},
		{"misspelt folder", "default", map[string]string{"default/template/404.html": ""}, `themes/default/template: is not used: templates stand in templates, all other files in assets: did you mean templates?`},
		{"template beside its folder", "default", map[string]string{"default/404.html": ""}, `themes/default/404.html: is not used here: move it to themes/default/templates/404.html`},
		{"style sheet beside its folder", "default", map[string]string{"default/custom.css": ""}, `themes/default/custom.css: is not used here: move it to themes/default/assets/custom.css`},
		{"misspelt page", "default", map[string]string{at + "prodcut.html": ""}, `themes/default/templates/prodcut.html: no page uses this file: did you mean product.html?`},
		{"no page", "default", map[string]string{at + "sidebar.html": ""}, `themes/default/templates/sidebar.html: no page uses this file: there are 404.html, `},
		{"no template", "default", map[string]string{at + "404.htm": ""}, `themes/default/templates/404.htm: is not used: a template's name ends in .html`},
		{"folder in a folder", "default", map[string]string{"default/assets/fonts/a.woff2": ""}, `themes/default/assets/fonts: is a folder, which is not looked into`},
		{"name of an asset", "default", map[string]string{"default/assets/a b.png": ""}, `themes/default/assets/a b.png: rename it`},
		{"too large", "default", part(strings.Repeat("<p>x</p>", 200_000)), `themes/default/templates/_x.html: has 1562 kB, limit 1024 kB`},
		{"not UTF-8", "default", part("\xff"), `themes/default/templates/_x.html: is not UTF-8`},

		// Parts
		{"misspelt part", "default", part(`  {{define "fotter"}}x{{end}}`), `themes/default/templates/_x.html:1:5: nothing uses the part "fotter": did you mean footer?`},
		{"part of a page", "default", part(`{{define "version"}}x{{end}}`), `themes/default/templates/_x.html:1:3: nothing uses the part "version" of a file of shared parts: define it in product.html`},
		{"shared part in a page", "default", map[string]string{at + "404.html": `{{define "card"}}x{{end}}`}, `themes/default/templates/404.html:1:3: nothing uses the part "card" of one kind of page: it is shared by all, so define it in a file that begins with _, such as _card.html`},
		{"main among the shared", "default", part(`{{define "main"}}x{{end}}`), `themes/default/templates/_x.html:1:3: nothing uses the part "main" of a file of shared parts: define it in 404.html, `},
		{"no define", "default", map[string]string{at + "404.html": "\n  <h1>Lost</h1>"}, `themes/default/templates/404.html:2:3: what stands outside of {{define "…"}} and {{end}} is never shown`},
		{"twice in a file", "default", part("{{define \"brand\"}}x{{end}}\n{{define \"brand\"}}x{{end}}"), `themes/default/templates/_x.html:2: the part "brand" is defined twice`},
		{"twice in two files", "default", map[string]string{at + "_x.html": `{{define "brand"}}x{{end}}`, at + "_y.html": `{{define "brand"}}x{{end}}`}, `themes/default/templates/_y.html:1:3: the part "brand" is defined in _x.html too: keep one of them`},
		{"no such part", "default", part("{{define \"footer\"}}\n{{template \"brnad\" .}}{{end}}"), `themes/default/templates/_x.html:2:12: there is no part "brnad": did you mean brand?`},
		{"no such part, once", "default", part(`{{define "footer"}}{{.Once "brnad"}}{{end}}`), `themes/default/templates/_x.html:1:28: there is no part "brnad": did you mean brand?`},
		{"no such asset", "default", part(`{{define "brand"}}{{$.Asset "icon.sgv"}}{{end}}`), `themes/default/templates/_x.html:1:29: the theme has no asset "icon.sgv": did you mean icon.svg?`},

		// Syntax
		{"no value", "default", map[string]string{at + "404.html": "\n\n  {{if}}"}, `themes/default/templates/404.html:3: {{if}} needs a value behind it`},
		{"an end too many", "default", map[string]string{at + "_parts.html": "\n{{end}}"}, `themes/default/templates/_parts.html:2: there is one {{end}} too many`},
		{"an end too few", "default", part(`{{define "brand"}}{{if .Site}}{{end}}`), `themes/default/templates/_x.html:1: the file ends inside {{define}}, {{if}}, {{range}} or {{with}}: an {{end}} is missing`},
		{"no function", "default", part(`{{define "brand"}}{{nofunction .}}{{end}}`), `themes/default/templates/_x.html:1: there is no function "nofunction"`},
		{"no variable", "default", part(`{{define "brand"}}{{$x}}{{end}}`), `themes/default/templates/_x.html:1: there is no variable "$x" here`},

		// Executing
		{"missing word", "default", main(`{{.T "no.such"}}`), `themes/default/templates/404.html:2:10: i18n/en.yaml has no word no.such`},
		{"a value without its name", "default", main(`{{.T "by" "name"}}`), `themes/default/templates/404.html:2:10: the word "by" needs a value behind each placeholder`},
		{"missing field", "default", main("é {{.Nmae}}"), `themes/default/templates/404.html:2:9: {{.Nmae}}: there is no .Nmae here: did you mean .Name?`},
		{"another field", "default", main("{{.Qqqqqqqq}}"), `themes/default/templates/404.html:2:7: {{.Qqqqqqqq}}: there is no .Qqqqqqqq here: there are .Empty, .Name, .Page, .T`},
		{"a field of the page", "default", main("{{.Headline}}"), `themes/default/templates/404.html:2:7: {{.Headline}}: there is no .Headline here: did you mean $.Page.Headline?`},
		{"a field of all pages", "default", main("{{with .Page}}{{.Name}}{{end}}"), `themes/default/templates/404.html:2:21: {{.Name}}: there is no .Name here: did you mean $.Name?`},
		{"field of a text", "default", main("{{.Name.First}}"), `themes/default/templates/404.html:2:12: {{.Name.First}}: there is no .First here: this is a text, which has no fields`},
		{"field of nothing", "default", main("{{.Empty.Headline}}"), `themes/default/templates/404.html:2:13: {{.Empty.Headline}}: nothing is there to take .Headline from`},
		{"no list", "default", main("{{range .Name}}{{end}}"), `themes/default/templates/404.html:2:13: {{.Name}}: {{range}} needs a list`},
		{"too few values", "default", main("{{.T}}"), `themes/default/templates/404.html:2:7: {{.T}}: T takes at least 1 value(s) behind its name, and has 0`},
		{"another type", "default", main("{{.T 3}}"), `themes/default/templates/404.html:2:10: {{3}}: a text is expected here`},
		{"comparison", "default", main("{{if lt .Name 3}}{{end}}"), `themes/default/templates/404.html:2:10: {{lt .Name 3}}: these cannot be compared`},
		{"no end", "default", main(`{{template "main" .}}`), `themes/default/templates/404.html:2:16: {{template "main" .}}: the part asks for itself without end`},
		{"tag in branches", "default", main(`{{if .Name}}<a href="{{end}}x">`), `themes/default/templates/404.html:2:10: the branches of {{if}}`},
		{"quote not closed", "default", main(`<a title="x>`), `themes/default/templates/_base.html:1:1: a tag, a quote or an attribute is not closed where this ends`},
		{"quote in a value", "default", main(`<a title=x"y">`), `themes/default/templates/404.html:2:14: "\"" in an attribute without quotes`},

		// What the policy blocks
		{"script", "default", part("{{define \"brand\"}}\n  <script>x()</script>{{end}}"), `themes/default/templates/_x.html:2:3: the Content-Security-Policy blocks scripts in the page`},
		{"script of a value", "default", part(`{{define "brand"}}<script>{{.Site}}</script>{{end}}`), `themes/default/templates/_x.html:1:19: the Content-Security-Policy blocks scripts in the page`},
		{"script of elsewhere", "default", part(`{{define "brand"}}<script defer src="https://x.example/y.js"></script>{{end}}`), `themes/default/templates/_x.html:1:33: the Content-Security-Policy blocks https://x.example/y.js`},
		{"style element", "default", part(`{{define "brand"}}<style>p {}</style>{{end}}`), `themes/default/templates/_x.html:1:19: the Content-Security-Policy blocks <style>: put its rules into assets/custom.css`},
		{"style attribute", "default", part(`{{define "brand"}}<p class="{{if .Draft}}a{{end}}" STYLE='color: red'>{{end}}`), `themes/default/templates/_x.html:1:52: the Content-Security-Policy blocks style=`},
		{"handler", "default", part(`{{define "brand"}}<p onclick="{{.Site}}">{{end}}`), `themes/default/templates/_x.html:1:22: the Content-Security-Policy blocks onclick=`},
		{"picture of elsewhere", "default", part(`{{define "brand"}}<img alt="" src=//x.example/y.png>{{end}}`), `themes/default/templates/_x.html:1:31: the Content-Security-Policy blocks //x.example/y.png`},
		{"style sheet of elsewhere", "default", part(`{{define "brand"}}<link href="https://x.example/y.css" rel="stylesheet">{{end}}`), `themes/default/templates/_x.html:1:25: the Content-Security-Policy blocks https://x.example/y.css`},
		{"frame", "default", part(`{{define "brand"}}<iframe src="/x"></iframe>{{end}}`), `themes/default/templates/_x.html:1:19: the Content-Security-Policy blocks <iframe>`},
		{"javascript:", "default", part(`{{define "brand"}}<a href=" JavaScript:x()">y</a>{{end}}`), `themes/default/templates/_x.html:1:22: the Content-Security-Policy blocks javascript: addresses`},
		{"form to elsewhere", "default", part(`{{define "brand"}}<form action="https://x.example/"></form>{{end}}`), `themes/default/templates/_x.html:1:25: the Content-Security-Policy blocks https://x.example/`},

		// Style sheets
		{"no such font", "default", css("p {}\n  é { src: url(icon.sgv) }"), `themes/default/assets/custom.css:2:12: the theme has no asset "icon.sgv": did you mean icon.svg?`},
		{"font of elsewhere", "default", css("p { src: URL( 'https://x.example/f.woff2' ) }"), `themes/default/assets/custom.css:1:10: the Content-Security-Policy blocks url(https://x.example/f.woff2)`},
		{"picture in the rules", "default", css("p { background: url(data:image/png;base64,AAAA) }"), `themes/default/assets/custom.css:1:17: the Content-Security-Policy blocks url(data:`},
		{"import", "default", css("/* @import */\n@import 'x.css';"), `themes/default/assets/custom.css:2:1: @import would be one more request`},
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
				err = templates.Execute(new(bytes.Buffer), "404", "", page{Page: &inner{}})
			}
			if err == nil || !strings.Contains("\n"+err.Error(), "\n"+test.want) {
				t.Fatalf("error %v, want %s", err, test.want)
			}
			if goWords := regexp.MustCompile(`\bthemes\.|reflect|interface|\*\w|state[A-Z]|executing|html/template`); goWords.MatchString(err.Error()) {
				t.Errorf("error %q shows the program's inside", err)
			}
		})
	}
}

func TestNoFaultIsFoundInWhatIsAllowed(t *testing.T) {
	theme := load(t, "default", overlay(t, map[string]string{
		"README.md": "Ours.", "default/README.md": "Mine.", "default/LICENSE": "", "default/.git": "", "default/templates/_x.html~": "{{",
		"other/template/x": "", "default/templates/_x.html": `{{define "brand"}}{{/* <style> */}}<!-- <style> style="" onclick="" -->
<script src="{{.Script}}" defer>
</script><script type="application/ld+json">{"a": "b"}</script><script type="module" src="{{$.Asset "site.js"}}"></script>
<a href="https://x.example/" data-style="x" title='style="x" onclick="y"'>on = style=</a><link rel="canonical" href="https://x.example/">
<a {{if .Draft}}class="a"{{end}} href="{{.Home}}">a < b</a><img src="{{.Icon}}" alt="">{{end}}`,
	}))
	in(t, theme)
}

func TestTheBuiltInThemeHasNothingThatIsBlocked(t *testing.T) {
	var f faults
	for _, s := range load(t, "default", nil).files {
		f.blocked(s)
	}
	if err := f.err(); err != nil {
		t.Error(err)
	}
}

// TestLinksAreNotFollowed: what a link leads to need not be meant for the world.
func TestLinksAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "default", "assets"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"default/assets/a.png": "/etc/hosts", "default/templates": "assets", "mine": "default"} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	for name, want := range map[string]string{
		"mine": "themes/mine: is a link or another thing that is no file; vitrine follows none", "default": "themes/default/templates: is a link",
	} {
		if _, err := Load(name, os.DirFS(dir)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
	if err := os.Remove(filepath.Join(dir, "default", "templates")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "mine")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load("default", os.DirFS(dir)); err == nil || !strings.Contains(err.Error(), "themes/default/assets/a.png: is a link") {
		t.Errorf("error %v", err)
	}
}

func TestAllFaultsAreNamed(t *testing.T) {
	_, err := Load("default", fstest.MapFS{
		"default/templates/_x.html":      {Data: []byte(`{{define "brand"}}{{if}}{{end}}`)},
		"default/templates/_y.html":      {Data: []byte(`{{define "short"}}<style></style><p onclick="x">{{end}}`)},
		"default/templates/prodcut.html": {},
	})
	if err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("error %v, want four faults", err)
	}
}

// FuzzBlocked: a template is the operator's, and yet nothing in it may bring
// the program down.
func FuzzBlocked(f *testing.F) {
	for _, s := range []string{`<a href="x" onclick=y>`, "<script>{{x}}</script>", "<!--", "<a b='", "<style", "<a =>", "{{", "<a {{if}}b{{end}}=c>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var found faults
		found.blocked(&source{path: "x.html", data: []byte(s), text: squeeze([]byte(s))})
	})
}
