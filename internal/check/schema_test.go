package check_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
	"golang.org/x/tools/txtar"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// TestSchemaAndCheckAgree compares them on the fixtures of all rules and on the
// repository's own catalog: a schema refuses a file where, and only where, the
// check has an error of a rule that a schema can say.
func TestSchemaAndCheckAgree(t *testing.T) {
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	met := make(map[string]bool) // exceptions
	agree := func(t *testing.T, name, dir string) {
		t.Helper()
		root, err := content.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		for file, differs := range compare(t, root, sources(t, root)) {
			if met[name] = true; exceptions[name] == "" {
				t.Errorf("%s: %s: %s", name, file, differs)
			}
		}
	}
	agree(t, "content", "../..")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		for _, tree := range []string{"right", "wrong"} {
			if slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, tree+"/") }) {
				agree(t, id+" "+tree, catalogDir(t, archive, tree+"/"))
			}
		}
		if slices.Contains(sayableRules, id) {
			for name, one := range apart(archive) {
				agree(t, name, catalogDir(t, one, "wrong/"))
			}
		}
	}
	for name := range exceptions {
		if !met[name] {
			t.Errorf("they agree on %s: it is no exception", name)
		}
	}
}

// exceptions are catalogs on which schema and check differ, and why.
var exceptions = map[string]string{
	"settings-language wrong": "entries are judged by the languages of which the program knows words; a schema has all that catalog.yaml lists",
}

// apart gives each of a fixture's edits an archive of its own: one fault of a
// file would hide that another is not found. Edits of what another edit wrote
// are left out.
func apart(archive *txtar.Archive) map[string]*txtar.Archive {
	all := make(map[string]*txtar.Archive)
	for _, f := range archive.Files {
		name, edited := strings.CutSuffix(f.Name, ".edit")
		valid, err := os.ReadFile(filepath.Join("testdata/valid", strings.TrimPrefix(name, "wrong/")))
		if !edited || !strings.HasPrefix(name, "wrong/") || err != nil {
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			if before, _, _ := strings.Cut(line, " =>"); strings.Contains(string(valid), strings.ReplaceAll(before, `\n`, "\n")) {
				all[strings.TrimSpace(line)] = &txtar.Archive{Files: []txtar.File{{Name: f.Name, Data: []byte(line)}}}
			}
		}
	}
	return all
}

// words are the languages that are built in.
var words = sync.OnceValue(func() *i18n.Set {
	set, err := i18n.Load(nil)
	if err != nil {
		panic(err)
	}
	return set
})

// compare returns those of a catalog's files on which the check and the schemas
// that are made for the catalog differ.
func compare(t *testing.T, root *content.Root, files []string) map[string]string {
	t.Helper()
	r, err := check.Run(t.Context(), root, check.Options{Today: today, Words: words()})
	if err != nil {
		t.Fatal(err)
	}
	faults := make(map[string][]diag.Finding)
	for _, f := range r.Findings {
		faults[f.Path] = append(faults[f.Path], f)
	}
	settings := content.ReadSettings(root)
	differ := make(map[string]string)
	for _, file := range files {
		front, last := frontMatter(t, root, file)
		value, ok := asEditorsRead(front)
		if !ok || settings == nil && file != "content/catalog.yaml" { // the check stops there
			continue
		}
		var said []string
		for _, f := range faults[file] {
			if f.Severity == diag.Error && f.Start.Line <= last && slices.Contains(sayableRules, f.Rule.ID) && !invisible(f) {
				said = append(said, fmt.Sprintf("%d: %s [%s]", f.Start.Line, f.Message, f.Rule.ID))
			}
		}
		refused := schemaOf(t, file, settings).Validate(value)
		if (refused != nil) != (len(said) > 0) {
			differ[file] = fmt.Sprintf("the check says %q, the schema says %v", said, refused)
		}
	}
	return differ
}

// invisible reports whether a finding asks for quotes around what YAML 1.2
// reads as a text anyway, such as yes or 2026-01-02: a schema cannot see quotes.
func invisible(f diag.Finding) bool {
	parts := strings.Split(f.Message.String(), `"`)
	if f.Rule.ID != "value-quoted" || len(parts) < 3 {
		return false
	}
	value, _ := jsonOf(&yaml.Node{Kind: yaml.ScalarNode, Value: parts[1]})
	_, isText := value.(string)
	return isText
}

// sayableRules are the rules that a schema can say. The others need what YAML
// does not keep (yaml-feature, key-duplicate), the text below the front matter,
// files, or other entries.
var sayableRules = strings.Fields(`
	yaml-syntax key-unknown key-missing key-not-for-type value-type value-unknown value-form value-quoted value-empty
	language-missing language-unknown list-too-short list-too-long text-too-long link-form file-name
	category-unknown region-unknown region-default-missing item-duplicate product-code-form product-code-reserved omi-form account-form vm-type-form
	unpublished-without-status version-published-missing version-still-published
	offer-for-all-missing offer-key-not-for-pricing contact-missing settings-rule`)

// sources are the files of a catalog that have keys.
func sources(t *testing.T, root *content.Root) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"content/catalog.yaml", "content/pages/*.md", "content/sellers/*/showcase.md", "content/sellers/*/*/product.md"} {
		names, err := fs.Glob(root.FS(), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if _, err := root.Size(name); err == nil { // else it is no plain file
				all = append(all, name)
			}
		}
	}
	return all
}

// frontMatter returns the YAML of a file and the number of its last line.
func frontMatter(t *testing.T, root *content.Root, name string) (front []byte, last int) {
	t.Helper()
	data, err := fs.ReadFile(root.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	if path.Ext(name) == ".yaml" {
		return data, 1 << 30
	}
	front, ok := bytes.CutPrefix(data, []byte("---\n"))
	front, _, closed := bytes.Cut(front, []byte("\n---\n"))
	if !ok || !closed {
		return nil, 0
	}
	return front, bytes.Count(front, []byte("\n")) + 2
}

var compiled = make(map[string]*jsonschema.Schema)

// schemaOf returns the schema that is made for a file of a catalog.
func schemaOf(t *testing.T, file string, settings *catalog.Settings) *jsonschema.Schema {
	t.Helper()
	kind := content.ProductEntry
	switch {
	case file == "content/catalog.yaml":
		kind = content.CatalogFile
	case strings.HasPrefix(file, "content/pages/"):
		kind = content.PageEntry
	case path.Base(file) == "showcase.md":
		kind = content.SellerEntry
	}
	if kind == content.CatalogFile && settings != nil {
		settings = &catalog.Settings{Languages: settings.Languages} // catalog.yaml's own schema has nothing else of it
	}
	key := fmt.Sprintf("%d %+v", kind, settings)
	if s := compiled[key]; s != nil {
		return s
	}
	text, err := content.Schema(kind, content.SchemaOptions{Settings: settings, Rules: check.Rules(), Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", value); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	compiled[key] = s
	return s
}

// asEditorsRead reads YAML as JSON values, by the core schema of YAML 1.2: days
// are texts, and so are yes, no, on and off. It returns false where editors and
// the check differ in what they take for YAML at all.
func asEditorsRead(front []byte) (any, bool) {
	var doc yaml.Node
	if err := yaml.Unmarshal(front, &doc); err != nil || len(doc.Content) != 1 {
		return nil, false
	}
	return jsonOf(doc.Content[0])
}

func jsonOf(n *yaml.Node) (any, bool) {
	if n.Anchor != "" || n.Kind == yaml.AliasNode || n.Style&yaml.TaggedStyle != 0 {
		return nil, false
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any)
		for i := 0; i < len(n.Content); i += 2 {
			key, twice := n.Content[i].Value, false
			if _, twice = m[key]; twice || n.Content[i].Kind != yaml.ScalarNode || key == "<<" {
				return nil, false
			}
			v, ok := jsonOf(n.Content[i+1])
			if !ok {
				return nil, false
			}
			m[key] = v
		}
		return m, true
	case yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			v, ok := jsonOf(c)
			if !ok {
				return nil, false
			}
			l = append(l, v)
		}
		return l, true
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Value, true
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return nil, true
	case "true", "True", "TRUE":
		return true, true
	case "false", "False", "FALSE":
		return false, true
	}
	if coreNumber.MatchString(n.Value) {
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f, true
		}
	}
	if i, err := strconv.ParseInt(n.Value, 0, 64); err == nil && strings.HasPrefix(n.Value, "0") {
		return float64(i), true // 0x1F and 0o17
	}
	return n.Value, true
}

var coreNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
