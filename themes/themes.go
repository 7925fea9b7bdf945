// Package themes holds the themes: plain html/template files and assets, built
// into the program. A folder themes/<name> beside content/ replaces single
// files of a theme, or is a theme of its own that takes the files it lacks from
// the default one.
package themes

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"image/color"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed all:default
var builtIn embed.FS

// Theme is a theme that was read and parsed.
type Theme struct {
	files  []themeFile // the templates, in the order of their names
	Assets []Asset     // in the order of their names
}

// Asset is a file that pages load: a style sheet, an icon.
type Asset struct {
	Name string // in the theme: style.css
	Path string // on the site: assets/style.1a2b3c4d.css, so that caches may keep it for ever
	Data []byte
}

// layout is the template that every page is put into; files of templates/ that
// begin with "_" are parts that all pages share.
const layout = "_base.html"

// Load reads a theme. The overlay is the folder themes/ beside content/, or nil.
func Load(name string, overlay fs.FS) (*Theme, error) {
	var layers []fs.FS // the later ones win
	found := false
	for _, dir := range slices.Compact([]string{"default", name}) {
		for _, from := range []fs.FS{builtIn, overlay} {
			if from == nil {
				continue
			}
			if info, err := fs.Stat(from, dir); err != nil || !info.IsDir() {
				continue
			}
			sub, err := fs.Sub(from, dir)
			if err != nil {
				return nil, err
			}
			layers = append(layers, sub)
			found = found || dir == name
		}
	}
	if !found {
		return nil, fmt.Errorf("there is no theme %q: catalog.yaml names a folder of themes/", name)
	}
	t := &Theme{files: merge(layers, "templates")}
	for _, f := range merge(layers, "assets") {
		digest := sha256.Sum256(f.data)
		ext := path.Ext(f.name)
		t.Assets = append(t.Assets, Asset{
			Name: f.name,
			Path: fmt.Sprintf("assets/%s.%x%s", strings.TrimSuffix(f.name, ext), digest[:4], ext),
			Data: f.data,
		})
	}
	return t, nil
}

type themeFile struct {
	name string
	data []byte
}

// merge returns the files of a folder, the later layers' before the earlier
// ones', in the order of their names.
func merge(layers []fs.FS, dir string) []themeFile {
	found := make(map[string][]byte)
	for _, layer := range layers {
		entries, err := fs.ReadDir(layer, dir)
		if err != nil {
			continue // a layer need not have every folder
		}
		for _, e := range entries {
			if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			if data, err := fs.ReadFile(layer, path.Join(dir, e.Name())); err == nil {
				found[e.Name()] = data
			}
		}
	}
	files := make([]themeFile, 0, len(found))
	for name, data := range found {
		files = append(files, themeFile{name, data})
	}
	slices.SortFunc(files, func(a, b themeFile) int { return strings.Compare(a.name, b.name) })
	return files
}

// Templates are a theme's templates in one language: one a kind of page, each
// with the layout, the parts, and the page's own definitions.
type Templates struct{ pages map[string]*template.Template }

// In parses the templates for one language: where a template asks for a word by
// its key alone, {{.T "key"}}, the word itself is put in. A page has a hundred
// of them, and they are the same on every page.
func (t *Theme) In(word func(key string) (string, bool)) (*Templates, error) {
	shared := template.New("theme").Option("missingkey=error")
	for _, f := range t.files {
		if strings.HasPrefix(f.name, "_") {
			if _, err := shared.New(f.name).Parse(squeeze(f.data)); err != nil {
				return nil, templateError(err)
			}
		}
	}
	out := &Templates{make(map[string]*template.Template)}
	for _, f := range t.files {
		if strings.HasPrefix(f.name, "_") || path.Ext(f.name) != ".html" {
			continue
		}
		page, err := shared.Clone()
		if err != nil {
			return nil, templateError(err)
		}
		if _, err := page.New(f.name).Parse(squeeze(f.data)); err != nil {
			return nil, templateError(err)
		}
		for _, part := range page.Templates() {
			if part.Tree != nil {
				fillWords(part.Tree.Root, word)
			}
		}
		out.pages[strings.TrimSuffix(f.name, ".html")] = page
	}
	return out, nil
}

var indentation = regexp.MustCompile(`\n[ \t]+`)

// squeeze takes the indentation out of a template: it is for those who read
// the template, and would be a tenth of every page. Line breaks stay, so that
// errors name the right line.
func squeeze(data []byte) string {
	return indentation.ReplaceAllString(string(data), "\n")
}

func templateError(err error) error {
	return fmt.Errorf("the theme cannot be used: %s", strings.TrimPrefix(err.Error(), "template: "))
}

// Execute renders a page of a kind, or with a part's name a part of it.
func (t *Templates) Execute(w io.Writer, kind, part string, view any) error {
	if part == "" {
		part = layout
	}
	page := t.pages[kind]
	if page == nil {
		return errors.New("the theme has no template " + kind + ".html")
	}
	p := page.Lookup(part)
	if p == nil {
		return fmt.Errorf("the theme's template %s.html has no part %s", kind, part)
	}
	if err := p.Execute(w, view); err != nil {
		return templateError(err)
	}
	return nil
}

// Asset returns where an asset stands on the site, or "".
func (t *Theme) Asset(name string) string {
	for _, a := range t.Assets {
		if a.Name == name {
			return a.Path
		}
	}
	return ""
}

var colour = regexp.MustCompile(`--([a-z-]+):\s*#([0-9a-fA-F]{6})\b`)

// Color returns the first colour that the style sheet gives a custom property,
// which is that of its light form: Color("accent") of --accent: #2b46c8. Other
// ways to write a colour are not understood.
func (t *Theme) Color(property string) (c color.RGBA, ok bool) {
	for _, a := range t.Assets {
		if a.Name != "style.css" {
			continue
		}
		for _, m := range colour.FindAllSubmatch(a.Data, -1) {
			if string(m[1]) == property {
				n, err := strconv.ParseUint(string(m[2]), 16, 32)
				return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}, err == nil
			}
		}
	}
	return color.RGBA{}, false
}
