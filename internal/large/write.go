package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// aSeller is how many products a seller has.
const aSeller = 12

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="64" height="64"><rect width="8" height="8" fill="#%06x"/><circle cx="4" cy="4" r="2" fill="#fff"/></svg>
`

// generator writes one catalog. All its choices come from one source with a
// fixed seed.
type generator struct {
	*rand.Rand
	dir   string
	codes int // product codes and OMIs given so far
}

func write(dir string, n int) error {
	g := &generator{Rand: rand.New(rand.NewPCG(1, 2)), dir: filepath.Join(dir, "content")}
	if err := g.file("catalog.yaml", g.settings()); err != nil {
		return err
	}
	slug, name := "", ""
	for i := range n {
		if i%aSeller == 0 {
			name = g.name()
			slug = strings.ToLower(name) + "-" + strconv.Itoa(i/aSeller+1)
			if err := g.entry("sellers/"+slug, "showcase.md", g.showcase(slug, name)); err != nil {
				return err
			}
		}
		what := pick(g, products)
		title := pair{name + " " + what[0] + " " + strconv.Itoa(i+1), what[1] + " " + name + " " + strconv.Itoa(i+1)}
		product := fmt.Sprintf("sellers/%s/%s-%d", slug, strings.ToLower(what[0]), i+1)
		if err := g.entry(product, "product.md", g.product(slug, title)); err != nil {
			return err
		}
	}
	return nil
}

func pick[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

func (g *generator) name() string { return pick(g, first) + pick(g, then) + pick(g, last) }

func (g *generator) file(name, text string) error {
	name = filepath.Join(g.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

func (g *generator) entry(dir, name, text string) error {
	if err := g.file(dir+"/"+name, text); err != nil {
		return err
	}
	return g.file(dir+"/logo.svg", fmt.Sprintf(logo, g.IntN(0x808080)))
}

func (g *generator) settings() string {
	var b strings.Builder
	b.WriteString(`title: {en: Large catalog, fr: Grand catalogue}
description: {en: "A catalog to measure with.", fr: "Un catalogue pour mesurer."}
base_url: https://catalog.example/
theme: default
languages: [en, fr]
currency: EUR
contact: {email: catalog@catalog.example}
regions: [{id: cloudgouv-eu-west-1, default: true}, {id: eu-west-2}]
product_codes: {pattern: "^pty-[0-9a-f]{8}$"}
categories:
`)
	for _, c := range categories {
		fmt.Fprintf(&b, "  - {id: %s, name: {en: \"%s\", fr: \"%s\"}}\n", c.id, c.name[0], c.name[1])
	}
	b.WriteString("service_categories:\n")
	for _, c := range serviceCategories {
		fmt.Fprintf(&b, "  - {id: %s, name: {en: \"%s\", fr: \"%s\"}}\n", c.id, c.name[0], c.name[1])
	}
	return b.String()
}

// within writes a sentence of at most so many characters.
func (g *generator) within(most int, name pair) pair {
	for {
		s := g.sentence(name)
		if utf8.RuneCountInString(s[0]) <= most && utf8.RuneCountInString(s[1]) <= most {
			return s
		}
	}
}

// sentence fills in one of the patterns, the same in both languages.
func (g *generator) sentence(name pair) pair {
	s := pick(g, sentences)
	for strings.Contains(s[0], "$") {
		at := strings.IndexByte(s[0], '$')
		mark := s[0][at : at+2]
		var with pair
		switch mark {
		case "$n":
			with = pick(g, nouns)
		case "$v":
			with = pick(g, verbs)
		case "$m":
			with = pick(g, moments)
		case "$o":
			with = pick(g, audiences)
		case "$d":
			n := strconv.Itoa(10 + g.IntN(900))
			with = pair{n, n}
		case "$p":
			with = name
		}
		for l := range s {
			s[l] = strings.Replace(s[l], mark, with[l], 1)
		}
	}
	return s
}

// body writes an entry's body: chapters of three sentences, a list among them.
func (g *generator) body(name pair) string {
	var text [2]strings.Builder
	for i := range headings[:3+g.IntN(4)] {
		for l := range text {
			fmt.Fprintf(&text[l], "\n## %s\n\n", headings[i][l])
		}
		for range 3 + g.IntN(3) {
			s := g.sentence(name)
			for l := range text {
				if i%2 == 1 {
					text[l].WriteString("- ")
				}
				text[l].WriteString(s[l])
				text[l].WriteString([2]string{" ", "\n"}[i%2])
			}
		}
		for l := range text {
			text[l].WriteString("\n")
		}
	}
	return "# English\n" + text[0].String() + "\n# Français\n" + text[1].String()
}

// short writes a sentence as a value of the front matter.
func (g *generator) short(key string, name pair, indent string) string {
	s := g.within(160, name)
	return fmt.Sprintf("%s%s\n%s  en: \"%s\"\n%s  fr: \"%s\"\n", indent, key, indent, s[0], indent, s[1])
}
