package check_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"

	"vitrine/internal/content"
)

// more are keys that the valid catalog's files do not have, by file.
var more = map[string]string{
	"content/catalog.yaml": `
rules: {file-unused: warning}
staff: [orlune-staff]
waivers:
  - {rule: file-unused, path: content/sellers/acme, reason: It follows., until: 2026-12-31}
`,
	"content/pages/about.md": `
aliases: [former]
publish_on: 2026-01-31
unpublish_on: 2027-01-31
drift: [{key: title, until: 2026-12-31, reason: A slip.}]
`,
	"content/sellers/acme/showcase.md": `
contact: {email: sales@acme.example, phone: +33 1 00 00 00 00, url: {en: https://www.acme.example/en, fr: https://www.acme.example/fr}}
country: FR
certifications: [HDS]
documents:
  - title: {en: Brochure, fr: Brochure}
    file: {en: brochure-en.pdf, fr: brochure-fr.pdf}
`,
	"content/sellers/acme/vault/product.md": `
screenshots:
  - file: main.png
    alt: {en: A picture, fr: Une image}
deployment_template: stack.yaml
documentation: https://www.acme.example/docs
support: {email: help@acme.example}
aliases: [former]
`,
}

// What a value is changed to: empty, of another kind, of no form. A few of them
// are enough in drafts, which differ in what may be empty.
var (
	others = []string{
		"null", `""`, `" "`, "x y", "Word", "12", "1.50", "true", "2026-01-02", "2026-13-45", "name@acme.example", "acme/vault", "https://www.acme.example/",
		"other.png", "[]", "[word, word]", "[[word]]", "{x: y}", "{en: One}", "{en: One, fr: }", "{en: One, fr: Un, de: Eins}", strings.Repeat("long ", 500),
	}
	inDrafts = []string{"null", `""`, `" "`, "x y", "12", "[]", "[word, word]", "{en: One}", "{en: One, fr: }"}
)

// differences are changes on which schema and check may differ, and why.
var differences = map[string]*regexp.Regexp{
	"a word of several is empty in a draft: the schema lists the words, for editors to offer":     regexp.MustCompile(`(?m)^draft .*\.(type|status|pricing|reason|audience|per|billing|categories\.\d|regions\.\d): " ?"$`),
	"a name that YAML reads as true: the check takes any word, a schema would say that it is one": regexp.MustCompile(`\.(id|theme|aliases\.\d|navigation\.\d): true$`),
	"JSON gives numbers no length": regexp.MustCompile(`\.currency: (true|1\.50)$`),
}

// TestSchemaAndCheckAgreeOnChanges changes one value after the other of valid
// entries, of drafts as well, and compares schema and check on each.
func TestSchemaAndCheckAgreeOnChanges(t *testing.T) {
	files, root := inMemory(t)
	changes, done := make(map[string]string), make(map[string]bool) // changes by file
	for _, file := range sources(t, root) {
		if file == "content/catalog.yaml" {
			continue
		}
		front, _ := frontMatter(t, root, file)
		for status, others := range map[string][]string{"published": others, "draft": inDrafts, "unpublished": nil} {
			text := strings.Replace(string(front)+more[file], "status: published", "status: "+status, 1)
			for change, text := range changed(t, text, others) {
				if key := path.Base(file) + status + change; strings.Contains(change, ": ") && done[key] {
					continue // a value is judged alike in all products
				} else {
					done[key] = true
				}
				slug := fmt.Sprintf("change-%d", len(changes))
				name := "content/sellers/acme/" + slug + "/product.md"
				switch {
				case strings.HasPrefix(file, "content/pages/"):
					name = "content/pages/" + slug + ".md"
				case path.Base(file) == "showcase.md":
					name = "content/sellers/" + slug + "/showcase.md"
				}
				changes[name] = status + " " + file + change
				files[name] = &fstest.MapFile{Data: []byte("---\n" + text + "---\n")}
			}
		}
	}
	if len(changes) < 3000 {
		t.Errorf("only %d changes", len(changes))
	}
	for file, differs := range compare(t, root, slices.Sorted(maps.Keys(changes))) {
		report(t, changes[file], differs)
	}
}

// TestSchemaAndCheckAgreeOnSettings does the same with catalog.yaml.
func TestSchemaAndCheckAgreeOnSettings(t *testing.T) {
	const file = "content/catalog.yaml"
	files, root := inMemory(t)
	valid, _ := frontMatter(t, root, file)
	for change, text := range changed(t, string(valid)+more[file], others) {
		files[file] = &fstest.MapFile{Data: []byte(text)}
		if differs := compare(t, root, []string{file})[file]; differs != "" {
			report(t, file+change, differs)
		}
	}
}

// inMemory is the valid catalog, to be changed.
func inMemory(t *testing.T) (fstest.MapFS, *content.Root) {
	t.Helper()
	valid, files := os.DirFS("testdata/valid"), make(fstest.MapFS)
	err := fs.WalkDir(valid, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(valid, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, content.RootOf(files)
}

func report(t *testing.T, change, differs string) {
	t.Helper()
	for _, known := range differences {
		if known.MatchString(change) {
			return
		}
	}
	t.Errorf("%s: %s", change, differs)
}

// changed returns the changes of a text of YAML: each value of each key and
// list is deleted, and changed to each of the others. What changes nothing is
// left out.
func changed(t *testing.T, text string, others []string) map[string]string {
	t.Helper()
	all := map[string]string{"nothing": print(t, parsed(t, text))}
	var walk func(path []int, name string, n *yaml.Node)
	walk = func(path []int, name string, n *yaml.Node) {
		step := 1
		if n.Kind == yaml.MappingNode {
			step = 2
			all["add a key in "+name] = with(t, text, path, func(n *yaml.Node) { n.Content = append(n.Content, parsed(t, "zzz: 1").Content[0].Content...) })
		}
		for i := step - 1; i < len(n.Content); i += step {
			name := fmt.Sprintf("%s.%d", name, i)
			if step == 2 {
				name = strings.TrimSuffix(name, fmt.Sprint(i)) + n.Content[i-1].Value
			}
			all["delete "+name] = with(t, text, path, func(n *yaml.Node) { n.Content = slices.Delete(n.Content, i-step+1, i+1) })
			if n.Kind == yaml.SequenceNode && i > 1 {
				continue // like the two before it
			}
			for _, o := range others {
				all[fmt.Sprintf("%s: %.20s", name, o)] = with(t, text, path, func(n *yaml.Node) { n.Content[i] = parsed(t, o).Content[0] })
			}
			walk(append(slices.Clone(path), i), name, n.Content[i])
		}
		if n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
			all["more in "+name] = with(t, text, path, func(n *yaml.Node) {
				for range 201 {
					n.Content = append(n.Content, n.Content[0])
				}
			})
		}
	}
	walk(nil, "", parsed(t, text).Content[0])
	return all
}

// with changes the node at a path.
func with(t *testing.T, text string, path []int, change func(*yaml.Node)) string {
	doc := parsed(t, text)
	n := doc.Content[0]
	for _, i := range path {
		n = n.Content[i]
	}
	change(n)
	return print(t, doc)
}

func parsed(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return &n
}

func print(t *testing.T, n *yaml.Node) string {
	t.Helper()
	text, err := yaml.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
