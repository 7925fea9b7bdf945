package corpus

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Catalog writes a catalog of so many products for this program: dir is its
// root, and need not be there. All entries are published and without a fault.
func Catalog(dir string, products int) error {
	c := catalog{dir: filepath.Join(dir, "content")}
	if err := write(filepath.Join(c.dir, "catalog.yaml"), settings()); err != nil {
		return err
	}
	return generate(products, c)
}

type catalog struct{ dir string }

func settings() string {
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

func (c catalog) seller(s *seller) error {
	var b strings.Builder
	fmt.Fprintf(&b, "---\nstatus: published\nname: %s\n", s.name)
	short(&b, "", "summary", s.summary)
	fmt.Fprintf(&b, "logo: logo.svg\nwebsite: https://www.%s.example/\nmaintainers: [%s]\ncountry: FR\n", s.slug, s.slug)
	if s.certification != "" {
		fmt.Fprintf(&b, "certifications: [%s]\n", s.certification)
	}
	return c.entry(&b, filepath.Join("sellers", s.slug), "showcase.md", s.body, s.colour)
}

func (c catalog) product(p *product) error {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntype: %s\nstatus: published\ntitle: {en: \"%s\", fr: \"%s\"}\n", p.kind, p.title[0], p.title[1])
	short(&b, "", "summary", p.summary)
	fmt.Fprintf(&b, "categories: [%s]\nkey_points:\n", strings.Join(p.categories, ", "))
	for _, point := range p.points {
		fmt.Fprintf(&b, "  - en: \"%s\"\n    fr: \"%s\"\n", point[0], point[1])
	}
	b.WriteString("logo: logo.svg\n")
	switch p.kind {
	case "omi":
		omi(&b, p)
	case "service":
		fmt.Fprintf(&b, "privacy_policy: {en: https://www.%[1]s.example/privacy, fr: https://www.%[1]s.example/vie-privee}\n", p.seller.slug)
	}
	fmt.Fprintf(&b, "support: {email: support@%s.example}\n", p.seller.slug)
	return c.entry(&b, filepath.Join("sellers", p.seller.slug, p.slug), "product.md", p.body, p.colour)
}

func omi(b *strings.Builder, p *product) {
	fmt.Fprintf(b, "regions: [%s]\nproduct_code: \"pty-%s\"\npricing: %s\nversions:\n", strings.Join(p.regions, ", "), p.code, p.pricing)
	for _, v := range p.versions {
		fmt.Fprintf(b, "  - version: \"%s\"\n    status: published\n    released: %s\n    images: {", v.number, v.released)
		for i, r := range p.regions {
			fmt.Fprintf(b, "%s%s: ami-%s", []string{"", ", "}[min(i, 1)], r, v.images[i])
		}
		fmt.Fprintf(b, "}\n    os: %s\n    architecture: x86_64\n", v.system)
		short(b, "    ", "notes", v.notes)
	}
	switch p.pricing {
	case "vm_type":
		fmt.Fprintf(b, "offers:\n  - id: standard\n    name: {en: Standard rate, fr: Tarif standard}\n    audience: all\n    hourly: 0.%03d\n    yearly: %d\n    per: vm\n    vm_types: [tinav6.c4r8p2]\n", p.rate, 8*p.rate)
	case "subscription":
		fmt.Fprintf(b, "offers:\n  - id: standard\n    name: {en: Standard rate, fr: Tarif standard}\n    audience: all\n    rate: %d\n    commitment_months: 12\n    billing: monthly\n    vm_types: [tinav6.c4r8p2]\n", p.rate)
		b.WriteString("activation: {en: Enter the key in the console., fr: Saisissez la clé dans la console.}\n")
	}
	fmt.Fprintf(b, "license: {en: https://www.%[1]s.example/license, fr: https://www.%[1]s.example/licence}\n", p.seller.slug)
}

// short writes a sentence as a value of the front matter.
func short(b *strings.Builder, indent, key string, t text) {
	fmt.Fprintf(b, "%[1]s%[2]s:\n%[1]s  en: \"%[3]s\"\n%[1]s  fr: \"%[4]s\"\n", indent, key, t[0], t[1])
}

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="64" height="64"><rect width="8" height="8" fill="#%06x"/><circle cx="4" cy="4" r="2" fill="#fff"/></svg>
`

// entry writes an entry whose front matter was begun, and its logo.
func (c catalog) entry(b *strings.Builder, dir, name string, body text, colour int) error {
	fmt.Fprintf(b, "---\n# English\n%s\n# Français\n%s", body[0], body[1])
	dir = filepath.Join(c.dir, dir)
	if err := write(filepath.Join(dir, name), b.String()); err != nil {
		return err
	}
	return write(filepath.Join(dir, "logo.svg"), fmt.Sprintf(logo, colour))
}
