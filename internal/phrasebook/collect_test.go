package phrasebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// phrase is an English phrase of the program's sources.
type phrase struct {
	english string
	at      token.Position
}

// collector finds what the program says: every constant that can reach the
// phrase of a diag.Say or diag.Plural, or a text of a diag.Rule. It follows
// them backwards, through parameters, variables, fields and results, so that
// nobody has to list the functions that report something.
type collector struct {
	fset     *token.FileSet
	info     *types.Info
	files    []*ast.File
	spoken   map[types.Object]bool     // variables, parameters and fields that become phrases
	results  map[types.Object]bool     // functions whose first result does
	phrases  map[string]phrase         // by the English
	unclear  map[token.Position]string // what could not be followed
	packages map[string]*types.Package // ours, checked from source
}

// collect reads the sources of every package but this one.
func collect(t *testing.T) *collector {
	t.Helper()
	c := &collector{
		fset:    token.NewFileSet(),
		info:    &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}},
		spoken:  map[types.Object]bool{},
		results: map[types.Object]bool{}, phrases: map[string]phrase{}, unclear: map[token.Position]string{},
		packages: map[string]*types.Package{},
	}
	c.load(t)
	diag := c.packages["vitrine/internal/diag"]
	for name, params := range map[string][]int{"Say": {0}, "Plural": {1, 2}} {
		for _, i := range params {
			c.spoken[diag.Scope().Lookup(name).Type().(*types.Signature).Params().At(i)] = true
		}
	}
	book, _, _ := types.LookupFieldOrMethod(types.NewPointer(diag.Scope().Lookup("Book").Type()), true, diag, "Phrase")
	c.spoken[book.Type().(*types.Signature).Params().At(0)] = true
	for _, name := range []string{"Title", "Help", "Why"} {
		field, _, _ := types.LookupFieldOrMethod(diag.Scope().Lookup("Rule").Type(), true, diag, name)
		c.spoken[field] = true
	}
	for before := -1; before != len(c.spoken)+len(c.results); { // until nothing more is found
		before = len(c.spoken) + len(c.results)
		for _, f := range c.files {
			c.walk(f)
		}
	}
	return c
}

// load type-checks our packages, in the order of their imports.
func (c *collector) load(t *testing.T) {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,GoFiles,Export", "vitrine/...")
	out, err := cmd.Output()
	if err != nil {
		if e, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("go list: %s", e.Stderr)
		}
		t.Fatal(err)
	}
	exports := make(map[string]string)
	library := importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath, Dir, Export string
			GoFiles                 []string
		}
		if err := d.Decode(&p); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if !strings.HasPrefix(p.ImportPath, "vitrine/") {
			continue
		}
		for _, dir := range []string{p.Dir, filepath.Dir(p.Dir)} { // a new file or package makes go test run this again
			if _, err := os.ReadDir(dir); err != nil {
				t.Fatal(err)
			}
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(c.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
			if p.ImportPath != "vitrine/internal/phrasebook" && (p.ImportPath != "vitrine/internal/diag" || name != "say.go") { // say.go is where phrases end
				c.files = append(c.files, f)
			}
		}
		conf := types.Config{Importer: importFunc(func(path string) (*types.Package, error) {
			if ours, ok := c.packages[path]; ok {
				return ours, nil
			}
			return library.Import(path)
		})}
		if c.packages[p.ImportPath], err = conf.Check(p.ImportPath, c.fset, files, c.info); err != nil {
			t.Fatal(err)
		}
	}
}

type importFunc func(path string) (*types.Package, error)

func (f importFunc) Import(path string) (*types.Package, error) { return f(path) }

// walk looks at a file once.
func (c *collector) walk(f *ast.File) {
	var in types.Object // the function
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			in = c.info.Defs[fn.Name]
		}
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.call(n)
			case *ast.AssignStmt:
				c.assign(n.Lhs, n.Rhs)
			case *ast.ValueSpec:
				var names []ast.Expr
				for _, name := range n.Names {
					names = append(names, name)
				}
				c.assign(names, n.Values)
			case *ast.RangeStmt:
				if n.Value != nil && c.spoken[c.object(n.Value)] {
					c.speak(n.X)
				}
			case *ast.CompositeLit:
				c.literal(n)
			case *ast.ReturnStmt:
				if c.results[in] && len(n.Results) > 0 {
					c.speak(n.Results[0])
				}
			}
			return true
		})
	}
}

func (c *collector) call(n *ast.CallExpr) {
	sig, ok := c.info.TypeOf(n.Fun).(*types.Signature)
	if !ok {
		return
	}
	says := false
	for i, arg := range n.Args {
		last := sig.Params().Len() - 1
		if i < last || i == last && !sig.Variadic() {
			if c.spoken[sig.Params().At(i)] {
				says = true
				c.speak(arg)
			}
		} else if v := c.info.Types[arg].Value; says && v != nil && v.Kind() == constant.String && strings.Contains(constant.StringVal(v), " ") {
			c.unclear[c.fset.Position(arg.Pos())] = "words that are put into a phrase: make them a diag.Say, or part of the phrase"
		}
	}
}

func (c *collector) assign(to, from []ast.Expr) {
	for i, e := range to {
		switch {
		case !c.spoken[c.object(e)]:
		case len(from) == len(to):
			c.speak(from[i])
		case len(from) == 1 && i == 0:
			c.speak(from[0])
		}
	}
}

func (c *collector) literal(n *ast.CompositeLit) {
	t, ok := c.info.TypeOf(n).Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, e := range n.Elts {
		field, value := types.Object(nil), e
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			field, value = c.object(kv.Key), kv.Value
		} else {
			field = t.Field(i)
		}
		if c.spoken[field] {
			c.speak(value)
		}
	}
}

// object returns what a name stands for.
func (c *collector) object(e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		return c.info.ObjectOf(e)
	case *ast.SelectorExpr:
		return c.info.ObjectOf(e.Sel)
	}
	return nil
}

// speak says that an expression becomes a phrase.
func (c *collector) speak(e ast.Expr) {
	if v := c.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		if s := constant.StringVal(v); s != "" {
			c.phrases[s] = phrase{s, c.fset.Position(e.Pos())}
		}
		return
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		c.speak(e.X)
		return
	case *ast.IndexExpr:
		c.speak(e.X)
		return
	case *ast.CompositeLit:
		for _, item := range e.Elts {
			if kv, ok := item.(*ast.KeyValueExpr); ok {
				item = kv.Value
			}
			if _, isStruct := item.(*ast.CompositeLit); !isStruct { // its fields are looked at where they are asked for
				c.speak(item)
			}
		}
		return
	case *ast.CallExpr:
		if f, ok := c.object(e.Fun).(*types.Func); ok && strings.HasPrefix(f.Pkg().Path(), "vitrine/") {
			c.results[f] = true
			return
		}
	case *ast.Ident, *ast.SelectorExpr:
		if v, ok := c.object(e).(*types.Var); ok {
			c.spoken[v] = true
			return
		}
	}
	c.unclear[c.fset.Position(e.Pos())] = "a phrase that is made while the program runs: French cannot have it"
}

func (p phrase) String() string {
	return fmt.Sprintf("%s:%d", p.file(), p.at.Line)
}

// file is the phrase's source file below the repository's root.
func (p phrase) file() string { return below(p.at.Filename) }

func below(name string) string {
	root, err := filepath.Abs("../..")
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}
