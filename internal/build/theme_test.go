//go:build unix

package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestALanguageIsAFileOfWords: no code knows German, and yet the catalog has it.
func TestALanguageIsAFileOfWords(t *testing.T) {
	dir := t.TempDir()
	english, err := os.ReadFile("../../i18n/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	german := strings.NewReplacer(
		"name: English", "name: Deutsch", "nav.home: Home", "nav.home: Startseite",
		"January, ", "Januar, ", "{month} {day}, {year}", "{day}. {month} {year}", `decimal: "."`, `decimal: ","`, `group: ","`, `group: "."`,
	).Replace(string(english))
	for name, text := range map[string]string{
		"i18n/de.yaml": german,
		"content/catalog.yaml": `title: {en: Catalog, fr: Catalogue, de: Katalog}
description: {en: A catalog., fr: Un catalogue., de: Ein Katalog.}
base_url: https://catalog.example/
theme: default
languages: [en, fr, de]
currency: EUR
navigation: [about]
regions: [{id: cloudgouv-eu-west-1, default: true}]
product_codes: {pattern: "^[0-9]{4}$", reserved: ["0001"]}
categories: [{id: tools, name: {en: Tools, fr: Outils, de: Werkzeuge}}]
service_categories: [{id: support, name: {en: Support, fr: Assistance, de: Unterstützung}}]
`,
		"content/sellers/acme/showcase.md": "---\nstatus: draft\nname: Acme\n---\n",
		"content/pages/about.md": `---
status: published
title: {en: About, fr: À propos, de: Über uns}
summary: {en: What this is., fr: Ce que c’est., de: Was das ist.}
---
# English

A catalog.

# Français

Un catalogue.

# Deutsch

Ein Katalog.
`,
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	if _, err := run(t.Context(), dir, out, nil); err != nil {
		t.Fatal(err)
	}
	for name, texts := range map[string][]string{
		"de/pages/about/index.html": {`<html lang="de">`, ">Über uns</h1>", "<p>Ein Katalog.</p>", ">Startseite</a>", `hreflang="fr"`},
		"fr/index.html":             {`hreflang="de"`, ">Deutsch</a>"},
		"index.html":                {">Katalog</h1>"},
		"de/categories/index.html":  {"Werkzeuge"},
	} {
		page, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Error(err)
		}
		for _, text := range texts {
			if !strings.Contains(string(page), text) {
				t.Errorf("%s has no %s", name, text)
			}
		}
	}
}
