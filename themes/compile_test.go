package themes

import (
	"bytes"
	"html/template"
	"reflect"
	"testing"
	"testing/fstest"
)

// sight has values of the kinds that views have.
type sight struct {
	Text, Empty string
	Named       kind
	HTML        template.HTML
	URL         template.URL
	Address     string
	N, Zero     int
	Yes, No     bool
	Items       []item
	None        []item
	Ptr, Nil    *item
	Any         any
}

type kind string

type item struct {
	Name  string
	Inner *item
}

func (i *item) Loud() string                                  { return i.Name + "!" }
func (s *sight) T(key string, args ...string) (string, error) { return key + args[0], nil }

const everything = `{{define "item"}}<li title="{{.Name}}">{{.Name}} {{.Loud}}{{with .Inner}} {{.Name}}{{end}}</li>{{end}}
{{define "main"}}<title>{{.Text}}</title><p>{{.Text}} {{.Named}} {{.HTML}} {{.N}}</p>
<a href="{{.Address}}" title="{{.Text}}">{{.Text}}</a> <a href="{{.URL}}">x</a> <a href="mailto:{{.Text}}">x</a> <a href="#{{.Text}}">x</a> <meta http-equiv="refresh" content="0; url={{.Text}}"> <a href="{{.Text}}">x</a>
<p title="{{.HTML}}" class="a-{{.Named}}" data-n="{{.N}}">{{.T "key" .Text}} {{.Any}}</p>
{{if .Yes}}yes{{else}}no{{end}} {{if .No}}yes{{else if .Text}}text{{else}}no{{end}} {{if or .Empty .Text}}or{{end}} {{if and .Text .Empty}}and{{end}} {{if not .Zero}}not{{end}}
{{if eq .Text "x"}}eq{{end}} {{if ne .N 3}}ne{{end}} {{if gt (len .Items) 1}}gt{{end}} {{if eq .Zero 0}}zero{{end}}
{{with $x := .Ptr}}{{$x.Name}} {{.Loud}}{{end}} {{with .Nil}}nil{{else}}none{{end}} {{(index .Items 0).Name}}
{{range .Items}}{{template "item" .}}{{end}} {{range $i, $v := .Items}}{{$i}} {{$v.Name}} {{$.N}}{{end}} {{range .None}}{{else}}none{{end}}{{end}}`

// A compiled template writes what html/template writes.
func TestCompiledTemplatesWriteTheSame(t *testing.T) {
	theme, err := Load("default", fstest.MapFS{
		"default/templates/_base.html": {Data: []byte(`{{block "main" .}}{{end}}`)},
		"default/templates/404.html":   {Data: []byte(everything)},
	})
	if err != nil {
		t.Fatal(err)
	}
	templates := in(t, theme)
	page := templates.pages["404"]
	p, err := compile(page, layout)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"", "x", "plain text", "é ’ 漢字", `<b> & "quotes" 'single' + plus`, "a\x00b", "\xff\xfe", "javascript:alert(1)", "https://x.example/é?a=b&c=d#e", "/a/b-c_d.e/",
		"//evil.example", "data:text/html,x", "mailto:a@b.example", " https://x.example", "HTTPS://X.EXAMPLE/", "https://x.example/%zz%41", "a\nb\tc", "{{.}}", "</title><script>", "\u2028", "https://", "#a-b", "#a b", "#", "\ufdd0\uffff",
	} {
		view := &sight{
			Text: s, Named: kind(s), HTML: template.HTML("<b>" + s + "</b>"), URL: template.URL(s), Address: s, N: 3, Yes: true, //nolint:gosec // a test
			Items: []item{{Name: s}, {Name: "b", Inner: &item{Name: s}}}, Ptr: &item{Name: s}, Any: s,
		}
		var want, got bytes.Buffer
		if err := page.ExecuteTemplate(&want, layout, view); err != nil {
			t.Fatal(err)
		}
		if !p.run(&run{out: &got}, reflect.ValueOf(view)) {
			t.Errorf("%q was left to html/template", s)
			continue
		}
		if got.String() != want.String() {
			t.Errorf("%q is written as\n%s\nwant\n%s", s, got.String(), want.String())
		}
	}
}

// Whatever is not plain is left to html/template, and gives what it gives.
func TestOddTemplatesAreLeftToTheLibrary(t *testing.T) {
	for name, text := range map[string]string{
		"a function": `{{printf "%q" .Text}}`,
		"no quotes":  `<p title={{.Text}}>`, "a loop that ends": `{{range .Items}}{{break}}{{end}}`, "a variable set again": `{{$x := 1}}{{$x = 2}}{{$x}}`,
		"a number": `{{1.5}}`, "a part in an attribute": `<p title="{{template "p" .}}">{{end}}{{define "p"}}{{.Text}}`,
	} {
		theme, err := Load("default", fstest.MapFS{
			"default/templates/_base.html": {Data: []byte(`{{block "main" .}}{{end}}`)},
			"default/templates/404.html":   {Data: []byte(`{{define "main"}}` + text + `{{end}}`)},
		})
		if err != nil {
			t.Fatal(err)
		}
		templates := in(t, theme)
		var want, got bytes.Buffer
		view := &sight{Text: `<b>"`, Items: []item{{}}}
		if err := templates.Execute(&got, "404", "", view); err != nil {
			t.Fatal(name, err)
		}
		if err := templates.pages["404"].ExecuteTemplate(&want, layout, view); err != nil {
			t.Fatal(name, err)
		}
		if got.String() != want.String() {
			t.Errorf("%s: %q, want %q", name, got.String(), want.String())
		}
	}
}
