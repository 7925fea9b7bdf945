package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vitrine/internal/change"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/health"
	"vitrine/internal/phrasebook"
)

const schemaAbout = `Print the JSON Schema (draft 2020-12) of catalog.yaml, or of the front matter of
a product, a showcase or a page. Editors that know it complete keys and explain
them. In a catalog's root, its languages, Regions and categories are part of it.
The schemas of diff and report are those of what these commands print as JSON.`

// outputs write the schemas of what commands print as JSON, by name.
var outputs = map[string]func(io.Writer) error{
	"diff": change.WriteSchema,
	"report": func(w io.Writer) error {
		_, err := w.Write(health.Schema)
		return err
	},
}

// schemaKinds are the kinds of files by the names that people write.
var schemaKinds = []struct {
	name string
	kind content.Kind
}{
	{"product", content.ProductEntry},
	{"showcase", content.SellerEntry},
	{"page", content.PageEntry},
	{"catalog", content.CatalogFile},
}

func runSchema(_ context.Context, env *environment, args []string) error {
	var language string
	var names []string
	for _, k := range schemaKinds {
		names = append(names, k.name)
	}
	names = append(names, slices.Sorted(maps.Keys(outputs))...)
	f := env.flags("schema", strings.Join(names, "|"), schemaAbout, func(f *pflag.FlagSet) {
		f.StringVar(&language, "lang", "en", "the language of titles and descriptions: "+strings.Join(phrasebook.Languages, " or "))
	})
	args, err := f.parse(args, 1)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return &usageError{"vitrine schema needs a kind of file: write " + orList(names), "schema"}
	}
	i := slices.Index(names, args[0])
	if i < 0 {
		return &usageError{fmt.Sprintf("there is no schema of %s: write %s", diag.Quote(args[0]), orList(names)), "schema"}
	}
	if write := outputs[args[0]]; write != nil {
		return write(env.stdout)
	}
	root, book, err := env.open(language, "schema")
	if err != nil {
		return err
	}
	defer root.Close()
	schema, err := content.Schema(schemaKinds[i].kind, content.SchemaOptions{
		Settings: content.ReadSettings(root), Rules: check.Rules(), Language: language, Book: book,
	})
	if err != nil {
		return err
	}
	_, err = env.stdout.Write(schema)
	return err
}

// orList writes words for people: a, b or c.
func orList(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
