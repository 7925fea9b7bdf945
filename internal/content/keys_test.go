package content

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

// kinds are the kinds of files by the names of their schemas.
var kinds = map[string]Kind{"catalog": CatalogFile, "page": PageEntry, "showcase": SellerEntry, "product": ProductEntry}

// TestEveryKeyIsDescribed holds keys.yaml to the tables: each key has a title
// and a description in both languages, each value of an enumeration a
// description, and nothing is described that is not there.
func TestEveryKeyIsDescribed(t *testing.T) {
	if !slices.Equal(schemaLanguages, phrasebook.Languages) {
		t.Errorf("keys are described in %q, findings are said in %q", schemaLanguages, phrasebook.Languages)
	}
	used := make(map[*Value]bool)
	whole := func(path string, v *Value) {
		t.Helper()
		for _, l := range schemaLanguages {
			title, about := v.Get("title").Get(l).text(), v.Get("about").Get(l).text()
			if title == "" || strings.HasSuffix(title, ".") {
				t.Errorf("%s: the title in %s is %q", path, l, title)
			}
			if len(about) < 15 || !strings.HasSuffix(about, ".") {
				t.Errorf("%s: the description in %s is %q", path, l, about)
			}
		}
		used[v] = true
	}
	var walk func(fields []field, path []string)
	walk = func(fields []field, path []string) {
		for i := range fields {
			f := &fields[i]
			path, name := append(slices.Clone(path), f.key), strings.Join(append(slices.Clone(path), f.key), ".")
			words := wordsOf(path)
			whole(name, words)
			for _, v := range f.values {
				for _, l := range schemaLanguages {
					if s := words.Get("values").Get(v).Get(l).text(); !strings.HasSuffix(s, ".") {
						t.Errorf("%s: the value %s is %q in %s", name, v, s, l)
					}
				}
			}
			if given := words.Get("values"); given != nil && len(given.Keys) != len(f.values) {
				t.Errorf("%s: %d values are described, there are %d", name, len(given.Keys), len(f.values))
			}
			if f.form != enum && len(items(words.Get("examples"))) == 0 {
				t.Errorf("%s has no example", name)
			}
			if len(f.fields) > 0 && f.fields[0].key != "" {
				walk(f.fields, path)
			}
		}
	}
	for name, kind := range kinds {
		whole("file."+name, wordsOf([]string{"file", name}))
		if kind == CatalogFile {
			walk(catalogSchema, []string{name})
		} else {
			walk((&Document{Kind: kind}).schema(), []string{name})
		}
	}
	for i, k := range keyWords().Keys {
		if !used[keyWords().Items[i]] && !sentence.MatchString(k.Text) {
			t.Errorf("%s is described and is no key", k.Text)
		}
	}
}

var sentence = regexp.MustCompile(`^(phrase|fault)\.([a-z_]+)$`)

// TestEverySentenceIsThere compares the sentences that the schemas are made of
// with those of keys.yaml.
func TestEverySentenceIsThere(t *testing.T) {
	asked := map[string]bool{"phrase.or": true, "phrase.to_publish": true, "phrase.always": true, "phrase.unpublished": true}
	for _, kind := range []string{"showcase", "product", "page"} {
		asked["phrase.write_"+kind] = true
	}
	for _, f := range []string{"keys.go", "jsonschema.go", "jsonschema_form.go", "jsonschema_rules.go", "skeleton.go"} {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(say|shape|add)\((?:[^"\n]*, |.*"\|".*, )?"([a-z_]+)"`).FindAllSubmatch(source, -1) {
			asked[map[string]string{"say": "fault.", "shape": "fault.", "add": "phrase."}[string(m[1])]+string(m[2])] = true
		}
	}
	var patterns func([]field, string)
	patterns = func(fields []field, key string) {
		for _, f := range fields {
			if f.pattern != nil {
				asked["fault."+key] = true
			}
			patterns(f.fields, f.key)
		}
	}
	patterns(productSchema, "")
	patterns(showcaseSchema, "")
	for name := range asked {
		for _, l := range schemaLanguages {
			if s := keyWords().Get(name).Get(l).text(); s == "" {
				t.Errorf("keys.yaml has no %s in %s", name, l)
			}
		}
	}
	for _, k := range keyWords().Keys {
		if sentence.MatchString(k.Text) && !asked[k.Text] {
			t.Errorf("nothing says %s", k.Text)
		}
	}
}

// TestFrenchTypography looks at every French text of keys.yaml: no-break spaces
// before high punctuation and inside guillemets, and the curly apostrophe.
func TestFrenchTypography(t *testing.T) {
	code := regexp.MustCompile("`[^`]*`|https?://\\S*|\"[^\"]*\"|status: draft|audience: all")
	bad := regexp.MustCompile("[^\u00a0\u202f][:;!?»]|«[^\u00a0\u202f]|'")
	n := 0
	var walk func(v *Value, path string)
	walk = func(v *Value, path string) {
		for i, item := range v.Items {
			name := path
			if v.Kind == Mapping {
				name += "." + v.Keys[i].Text
			}
			if item.Kind == Scalar && strings.HasSuffix(name, ".fr") {
				n++
				if m := bad.FindString(code.ReplaceAllString(item.Text, "")); m != "" {
					t.Errorf("%s: %q in %q", name, m, item.Text)
				}
			}
			walk(item, name)
		}
	}
	walk(keyWords(), "")
	if n < 200 {
		t.Errorf("only %d French texts", n)
	}
}

// TestSchemasAreSchemas compiles every schema, which compares it with the
// metaschema of draft 2020-12, and holds its examples to it.
func TestSchemasAreSchemas(t *testing.T) {
	some := &catalog.Settings{
		Languages: []string{"fr", "en", "de"}, Regions: []catalog.Region{{ID: "eu-west-2"}, {ID: "cloudgouv-eu-west-1", Default: true}},
		Categories: []catalog.Category{{ID: "databases", Name: catalog.Text{"Bases de données", "Databases", "Datenbanken"}}},
		Codes:      catalog.CodeRules{Pattern: "^pty-[0-9a-f]{8}$", Reserved: []string{"0001"}},
	}
	for name, kind := range kinds {
		for _, settings := range []*catalog.Settings{nil, some} {
			text, err := Schema(kind, SchemaOptions{Settings: settings, Rules: []*diag.Rule{{ID: "file-unused"}}, Language: "fr"})
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			c := jsonschema.NewCompiler()
			if err := c.AddResource("x:///"+name, value); err != nil {
				t.Fatal(err)
			}
			if _, err := c.Compile("x:///" + name); err != nil {
				t.Error(err)
			}
			if settings != nil {
				continue // the examples are for any catalog
			}
			n := 0
			for at, examples := range examplesIn(value, "") {
				s, err := c.Compile("x:///" + name + "#" + at)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range examples {
					if n++; s.Validate(e) != nil {
						t.Errorf("%s: %s: the example %v is refused: %v", name, at, e, s.Validate(e))
					}
				}
			}
			if n < 5 {
				t.Errorf("%s has %d examples", name, n)
			}
		}
	}
}

// examplesIn finds the examples of a schema by the JSON pointers of what they
// are for.
func examplesIn(schema any, at string) map[string][]any {
	all := make(map[string][]any)
	switch s := schema.(type) {
	case map[string]any:
		if e, ok := s["examples"].([]any); ok {
			all[at] = e
		}
		for k, v := range s {
			maps.Copy(all, examplesIn(v, at+"/"+k))
		}
	case []any:
		for i, v := range s {
			maps.Copy(all, examplesIn(v, fmt.Sprintf("%s/%d", at, i)))
		}
	}
	return all
}
