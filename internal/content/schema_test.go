package content

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/catalog"
)

// TestSchemaIsDecoded sets one key after the other to a sample value and looks
// whether what is decoded is another: a key that sellers may write and the
// catalog does not read would be lost without a word.
func TestSchemaIsDecoded(t *testing.T) {
	for _, of := range []struct {
		kind   Kind
		fields []field
	}{{CatalogFile, catalogSchema}, {PageEntry, pageSchema}, {SellerEntry, showcaseSchema}, {ProductEntry, productSchema}} {
		leaves(of.fields, "%s", func(path, with, without string) {
			before, after := decoded(t, of.kind, without), decoded(t, of.kind, with)
			if cmp.Equal(before, after) {
				t.Errorf("kind %d: %s is not decoded: %s", of.kind, path, with)
			}
		})
	}
}

// leaves calls yield for each key, with YAML that has it and YAML that does
// not. The frame is the YAML around it.
func leaves(fields []field, frame string, yield func(path, with, without string)) {
	for _, f := range fields {
		inner := fmt.Sprintf(frame, "{"+f.key+": %s}")
		without := fmt.Sprintf(frame, "{}")
		switch {
		case f.form == object && f.fields != nil:
			leaves(f.fields, inner, yield)
		case f.form == list && f.fields[0].key != "":
			leaves(f.fields, fmt.Sprintf(inner, "[%s]"), yield)
		case f.form == list:
			yield(f.key, fmt.Sprintf(inner, "["+sample(f.fields[0], "en")+"]"), without)
		case f.form == object, f.form == byRegion:
			yield(f.key, fmt.Sprintf(inner, "{a: b}"), without)
		default:
			yield(f.key, fmt.Sprintf(inner, sample(f, "en")), without)
			if f.lang != once {
				yield(f.key+" in French", fmt.Sprintf(inner, sample(f, "fr")), without)
			}
			if f.lang == onceOrEach {
				yield(f.key+" for all languages", fmt.Sprintf(inner, "x"), without)
			}
		}
	}
}

func sample(f field, language string) string {
	s := "x"
	switch f.form {
	case boolean:
		s = "true"
	case number:
		s = "7"
	case money:
		s = "1.50"
	case enum:
		s = f.values[0]
	case date:
		s = "2026-01-02"
	}
	if f.lang == once {
		return s
	}
	return "{" + language + ": " + s + "}"
}

// decoded reads an entry, or catalog.yaml, from YAML in one line.
func decoded(t *testing.T, kind Kind, yaml string) any {
	t.Helper()
	if kind == CatalogFile && !strings.Contains(yaml, "{languages:") { // texts need languages
		yaml = strings.Replace(yaml, "{", "{languages: [en, fr], ", 1)
	}
	source := &Source{Path: "x", Data: []byte(yaml)}
	v, found := parseYAML(source, 0, len(yaml))
	if len(found) > 0 {
		t.Fatalf("%s: %v", yaml, places(found, nil))
	}
	d := &Document{Kind: kind, Front: v}
	if kind == CatalogFile {
		return decodeSettings(v)
	}
	d.decode([]string{"en", "fr"})
	return []any{d.Page, d.Seller, d.Product}
}

// TestTheDecoderReadsOnlyKeysOfTheSchema: a key that is decoded and not in the
// tables could never be written.
func TestTheDecoderReadsOnlyKeysOfTheSchema(t *testing.T) {
	known := make(map[string]bool)
	var add func([]field)
	add = func(fields []field) {
		for _, f := range fields {
			known[f.key] = true
			add(f.fields)
		}
	}
	for _, fields := range [][]field{catalogSchema, pageSchema, showcaseSchema, productSchema} {
		add(fields)
	}
	source, err := os.ReadFile("decode.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`Get\("([^"]+)"\)`).FindAllSubmatch(source, -1)
	if len(keys) < 50 {
		t.Fatalf("only %d keys are found in decode.go", len(keys))
	}
	for _, key := range keys {
		if !known[string(key[1])] {
			t.Errorf("decode.go reads the key %s, which no table of the schema has", key[1])
		}
	}
}

func TestOnlyTheThreeWordsAreAStatus(t *testing.T) {
	for word, want := range map[string]catalog.Status{
		"published": catalog.Published, "draft": catalog.Draft, "unpublished": catalog.Unpublished, `"published"`: catalog.Published,
		"Published": "", "true": "", "yes": "", "publishd": "", "[published]": "", "{published: true}": "", "~": "", `""`: "",
	} {
		page := decoded(t, PageEntry, "{status: "+word+"}").([]any)[0].(*catalog.Page)
		if page.Status != want {
			t.Errorf("status: %s is read as %q, want %q", word, page.Status, want)
		}
	}
}
