// Package themes holds the themes: plain html/template files and assets, built
// into the program. A folder themes/<name> beside content/ replaces single
// parts of a theme, or is a theme of its own that takes what it lacks from the
// default one.
//
// A theme is a set of named parts, {{define "card"}}…{{end}}. Files that begin
// with "_" hold those that all pages share, the others those of one kind of page.
// A part of the catalog's own wins over the built-in one of the same name.
package themes

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

//go:embed all:default
var builtIn embed.FS

// Theme is a theme that was read and parsed.
type Theme struct {
	shared   map[string]*part            // those of all pages
	kinds    map[string]map[string]*part // kind of page, such as product, to its own parts
	files    map[string]*source          // by the names that the parser knows
	standard map[string]map[string]*part // the built-in parts, by kind; "" for shared ones
	Assets   []Asset                     // in the order of their names
}

// Own reports whether the catalog has parts of its own.
func (t *Theme) Own() bool {
	for _, s := range t.files {
		if !s.builtIn {
			return true
		}
	}
	return false
}

// Digest returns a digest of all that the theme was read from.
func (t *Theme) Digest() [sha256.Size]byte {
	h := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(t.files)) {
		fmt.Fprintf(h, "%s %d\n", key, len(t.files[key].data))
		h.Write(t.files[key].data)
	}
	for _, a := range t.Assets {
		fmt.Fprintf(h, "%s %d\n", a.Path, len(a.Data))
		h.Write(a.Data)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// part is a named part of a theme.
type part struct {
	name string
	tree *parse.Tree
	from *source
}

// layout is the template that every page is put into; files of templates/ that
// begin with "_" are parts that all pages share.
const layout = "_base.html"

// Load reads a theme. The overlay is the folder themes/ beside content/, or nil.
// What is wrong with the theme are the Faults of the error.
func Load(name string, overlay fs.FS) (*Theme, error) {
	layers, err := layers(name, overlay)
	if err != nil {
		return nil, err
	}
	var f faults
	t := &Theme{
		shared: make(map[string]*part), kinds: make(map[string]map[string]*part),
		files: make(map[string]*source), standard: make(map[string]map[string]*part),
	}
	for _, l := range layers {
		t.add(l, &f)
	}
	t.Assets = f.assets(layers)
	if len(f) == 0 { // else what follows from a fault would bury it
		t.calls(&f)
	}
	return t, f.err()
}

// add adds the templates of a layer.
func (t *Theme) add(l *layer, f *faults) {
	in := make(map[string]map[string]*part) // kind, "" for shared parts, to the layer's parts
	for _, s := range f.texts(f.read(l, "templates", maxTemplate)) {
		kind := strings.TrimSuffix(s.name, ".html")
		switch {
		case kind == s.name:
			f.file(s.path, "is not used: a template's name ends in .html, and all other files stand in assets")
			continue
		case strings.HasPrefix(s.name, "_"):
			kind = ""
		case t.kinds[kind] == nil && l.builtIn:
			t.kinds[kind] = make(map[string]*part)
		case t.kinds[kind] == nil:
			f.file(s.path, "no page uses this file%s (a file of parts begins with _, such as _%s)", t.kindLike(kind), s.name)
			continue
		}
		if in[kind] == nil {
			in[kind] = make(map[string]*part)
		}
		s.text = squeeze(s.data)
		t.files[s.key()] = s
		f.parse(s, in[kind])
		if !s.builtIn {
			f.blocked(s)
		}
	}
	for kind, parts := range in {
		if l.builtIn && t.standard[kind] == nil {
			t.standard[kind] = maps.Clone(parts)
		} else if l.builtIn {
			maps.Copy(t.standard[kind], parts)
		}
		if kind == "" {
			maps.Copy(t.shared, parts)
		} else {
			maps.Copy(t.kinds[kind], parts)
		}
	}
}

// kindLike asks whether a kind of page is another one misspelt.
func (t *Theme) kindLike(kind string) string {
	known := slices.Sorted(maps.Keys(t.kinds))
	if m := mean(kind, known...); m != "" {
		return strings.TrimSuffix(m, "?") + ".html?"
	}
	return ": there are " + strings.Join(known, ".html, ") + ".html"
}

// parse adds a file's parts to those of the same layer.
func (f *faults) parse(s *source, parts map[string]*part) {
	parsed, err := template.New(s.key()).Parse(s.text)
	if err != nil {
		*f = append(*f, (&Theme{files: map[string]*source{s.key(): s}}).explain(err, nil))
		return
	}
	all := parsed.Templates()
	slices.SortFunc(all, func(a, b *template.Template) int { return strings.Compare(a.Name(), b.Name()) })
	for _, one := range all {
		p := &part{one.Name(), one.Tree, s}
		if p.name == s.key() { // what stands outside of its parts
			if p.name = s.name; parse.IsEmptyTree(p.tree.Root) {
				continue
			}
			if s.name != layout {
				f.at(s, p.start(), `what stands outside of {{define "…"}} and {{end}} is never shown: a page stands between {{define "main"}} and {{end}}`)
				continue
			}
		}
		if other := parts[p.name]; other != nil {
			f.at(s, p.start(), "the part %q is defined in %s too: keep one of them", p.name, other.from.name)
			continue
		}
		parts[p.name] = p
	}
}

// start is where a part begins, as an offset into its file's text.
func (p *part) start() int {
	if i := strings.Index(p.from.text, `define "`+p.name+`"`); i >= 0 {
		return i
	}
	for _, n := range p.tree.Root.Nodes {
		text, ok := n.(*parse.TextNode)
		if !ok {
			return int(n.Position())
		}
		if shown := strings.TrimLeft(string(text.Text), " \t\n"); shown != "" {
			return int(text.Pos) + len(text.Text) - len(shown)
		}
	}
	return int(p.tree.Root.Pos)
}

// of returns the parts that a kind of page is made from.
func (t *Theme) of(kind string) map[string]*part {
	all := maps.Clone(t.shared)
	maps.Copy(all, t.kinds[kind])
	return all
}

// Kinds returns the kinds of pages that there are templates for, in order.
func (t *Theme) Kinds() []string { return slices.Sorted(maps.Keys(t.kinds)) }

// Templates are a theme's templates in one language: one a kind of page, each
// with the layout, the parts, and the page's own definitions.
type Templates struct {
	theme    *Theme
	pages    map[string]*template.Template
	programs sync.Map // [2]string of kind and part to func() *program
}

// In makes the templates for one language: where a template asks for a word by
// its key alone, {{.T "key"}}, the word itself is put in. A page has a hundred
// of them, and they are the same on every page.
func (t *Theme) In(words Words) (*Templates, error) {
	var f faults
	filled := make(map[*part]*parse.Tree)
	out := &Templates{theme: t, pages: make(map[string]*template.Template)}
	for _, kind := range t.Kinds() {
		page := template.New("theme").Option("missingkey=error")
		for _, name := range slices.Sorted(maps.Keys(t.of(kind))) {
			p := t.of(kind)[name]
			tree := filled[p]
			if tree == nil {
				f.words(p, words)
				tree = p.tree.Copy()
				fillWords(tree.Root, words.Plain)
				filled[p] = tree
			}
			if _, err := page.AddParseTree(name, tree.Copy()); err != nil {
				return nil, t.explain(err, nil)
			}
		}
		out.pages[kind] = page
	}
	return out, f.err()
}

// squeeze takes the indentation out of a template: it is for those who read
// the template, and would be a tenth of every page. Line breaks stay, so that
// errors name the right line.
func squeeze(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for i, line := range strings.SplitAfter(string(data), "\n") {
		if i > 0 {
			line = strings.TrimLeft(line, " \t")
		}
		b.WriteString(line)
	}
	return b.String()
}

// Execute renders a page of a kind, or with a part's name a part of it.
func (t *Templates) Execute(w *bytes.Buffer, kind, part string, view any) error {
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
	if fast := t.program(kind, part, page); fast != nil {
		start := w.Len()
		if fast.try(w, view) {
			return nil
		}
		w.Truncate(start)
	}
	if err := p.Execute(w, view); err != nil {
		return t.theme.explain(err, view)
	}
	return nil
}

// program returns a part compiled, or nil where html/template must render it.
func (t *Templates) program(kind, part string, page *template.Template) *program {
	key := [2]string{kind, part}
	f, known := t.programs.Load(key)
	if !known {
		f, _ = t.programs.LoadOrStore(key, sync.OnceValue(func() *program {
			p, _ := compile(page, part)
			return p
		}))
	}
	return f.(func() *program)()
}
