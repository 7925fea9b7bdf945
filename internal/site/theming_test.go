package site

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the lists of docs/theming.md")

// TestThemingListsEveryFieldAndPart: what docs/theming.md lists is what templates
// see.
func TestThemingListsEveryFieldAndPart(t *testing.T) {
	const name = "../../docs/theming.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	for _, list := range []struct{ name, text string }{{"parts", partsTable(t)}, {"fields", fieldTables(t)}} {
		form := regexp.MustCompile(`(?s)(<!-- ` + list.name + `: [^\n]*-->\n).*(<!-- /` + list.name + ` -->)`)
		if !form.MatchString(doc) {
			t.Fatalf("%s has no place for the %s", name, list.name)
		}
		doc = form.ReplaceAllStringFunc(doc, func(was string) string {
			m := form.FindStringSubmatch(was)
			return m[1] + list.text + m[2]
		})
	}
	if *update {
		if err := os.WriteFile(name, []byte(doc), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(doc, string(data)); diff != "" {
		t.Errorf("%s is not what templates see; go test ./internal/site -run TestTheming -update writes it (-want +got):\n%s", name, diff)
	}
}

// partsTable lists the parts of the built-in theme, and who uses them.
func partsTable(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob("../../themes/default/templates/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	texts := make(map[string]string)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(name)] = string(data)
	}
	var b strings.Builder
	b.WriteString("| part | file | used by |\n|---|---|---|\n")
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		for _, m := range regexp.MustCompile(`\{\{-? ?(?:define|block) "([^"]+)"`).FindAllStringSubmatch(texts[file], -1) {
			if m[1] == "main" {
				continue // every kind of page has it
			}
			var by []string
			for _, other := range slices.Sorted(maps.Keys(texts)) {
				used := strings.Contains(texts[other], `{{template "`+m[1]+`"`) || strings.Contains(texts[other], `.Once "`+m[1]+`"`)
				if used && (strings.HasPrefix(file, "_") || other == file) {
					by = append(by, "`"+other+"`")
				}
			}
			if len(by) == 0 {
				by = []string{"the program"}
			}
			fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", m[1], file, strings.Join(by, ", "))
		}
	}
	return b.String()
}

// source is the types and methods of the packages whose values templates see.
type source struct {
	types   map[string]*ast.StructType // by name: card, catalog.Contact
	plain   map[string]string          // other named types to what they are
	methods []*ast.FuncDecl            // of view
	used    map[string]bool            // types that tables have named
}

func readSource(t *testing.T) *source {
	t.Helper()
	s := &source{make(map[string]*ast.StructType), make(map[string]string), nil, make(map[string]bool)}
	for prefix, dir := range map[string]string{"": ".", "catalog.": "../catalog"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no Go files in %s: %v", dir, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				s.declaration(d, prefix)
			}
		}
	}
	slices.SortFunc(s.methods, func(a, b *ast.FuncDecl) int { return strings.Compare(a.Name.Name, b.Name.Name) })
	return s
}

func (s *source) declaration(d ast.Decl, prefix string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if prefix == "" && d.Recv != nil && d.Name.IsExported() {
			if star, ok := d.Recv.List[0].Type.(*ast.StarExpr); ok && star.X.(*ast.Ident).Name == "view" {
				s.methods = append(s.methods, d)
			}
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok {
				if of, ok := spec.Type.(*ast.StructType); ok {
					s.types[prefix+spec.Name.Name] = of
				} else {
					s.plain[prefix+spec.Name.Name] = s.words(spec.Type, prefix)
				}
			}
		}
	}
}

// fieldTables lists what every page has, what each kind of page has, and what
// these are made of.
func fieldTables(t *testing.T) string {
	s := readSource(t)
	var b strings.Builder
	b.WriteString("### Every page\n\n")
	s.table(t, &b, "view")
	b.WriteString("\nWhat every page can do:\n\n| method | |\n|---|---|\n")
	for _, m := range s.methods {
		call := "$." + m.Name.Name
		for _, p := range m.Type.Params.List {
			for _, n := range p.Names {
				call += " " + n.Name
			}
		}
		about := describe(strings.TrimPrefix(m.Doc.Text(), m.Name.Name+" "))
		if list, ok := m.Type.Results.List[0].Type.(*ast.ArrayType); ok {
			about += " A " + s.words(list, "") + "."
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", call, about)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(&b, "\n### %s.html\n\n", kind)
		if kinds[kind] == nil {
			b.WriteString("Has no `.Page`.\n")
			continue
		}
		b.WriteString("In `.Page`:\n\n")
		s.table(t, &b, reflect.TypeOf(kinds[kind]).Name())
	}
	for _, part := range slices.Sorted(maps.Keys(alone)) {
		fmt.Fprintf(&b, "\n### The part %s\n\n", part)
		s.table(t, &b, reflect.TypeOf(alone[part].view).Name())
	}
	done := make(map[string]bool)
	for {
		open := slices.DeleteFunc(slices.Sorted(maps.Keys(s.used)), func(name string) bool { return done[name] })
		if len(open) == 0 {
			return b.String()
		}
		for _, name := range open {
			done[name] = true
			fmt.Fprintf(&b, "\n### %s\n\n", title(name))
			s.table(t, &b, name)
		}
	}
}

func (s *source) table(t *testing.T, b *strings.Builder, name string) {
	t.Helper()
	of := s.types[name]
	if of == nil {
		t.Fatalf("the source has no type %s", name)
	}
	prefix := ""
	if strings.HasPrefix(name, "catalog.") {
		prefix = "catalog."
	}
	b.WriteString("| field | | |\n|---|---|---|\n")
	for _, f := range of.Fields.List {
		for _, n := range f.Names {
			if n.IsExported() {
				fmt.Fprintf(b, "| `.%s` | %s | %s |\n", n.Name, s.words(f.Type, prefix), describe(f.Comment.Text()))
			}
		}
	}
}

// words says in plain words what a type is.
func (s *source) words(e ast.Expr, prefix string) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return s.words(e.X, prefix) + ", or nothing"
	case *ast.ArrayType:
		return "list: " + s.words(e.Elt, prefix)
	case *ast.MapType:
		return s.words(e.Value, prefix) + " by " + s.words(e.Key, prefix)
	case *ast.SelectorExpr:
		return s.named(fmt.Sprint(e.X) + "." + e.Sel.Name)
	case *ast.Ident:
		return s.named(map[bool]string{true: prefix}[e.IsExported()] + e.Name)
	}
	return ""
}

func (s *source) named(name string) string {
	switch name {
	case "string", "template.URL":
		return "text"
	case "bool":
		return "yes or no"
	case "int", "int64", "uint64":
		return "number"
	case "template.HTML":
		return "HTML"
	case "time.Time":
		return "day"
	case "any":
		return ""
	}
	if s.types[name] != nil {
		s.used[name] = true
		return fmt.Sprintf("[%s](#%s)", title(name), strings.ReplaceAll(title(name), " ", "-"))
	}
	return s.plain[name]
}

// title is the heading of a type's table: category card for categoryCard.
func title(name string) string {
	name = strings.ReplaceAll(strings.TrimSuffix(name, "View"), ".", " ")
	return strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(name, "$1 $2"))
}

// describe puts a comment into one row.
func describe(comment string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(comment), " "), "|", `\|`)
}
