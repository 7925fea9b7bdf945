package main

import (
	"fmt"
	"strings"
)

func (g *generator) showcase(slug, name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\nstatus: published\nname: %s\n", name)
	b.WriteString(g.short("summary:", pair{name, name}, ""))
	fmt.Fprintf(&b, "logo: logo.svg\nwebsite: https://www.%s.example/\nmaintainers: [%s]\ncountry: FR\n", slug, slug)
	if g.IntN(3) > 0 {
		fmt.Fprintf(&b, "certifications: [%s]\n", pick(g, certifications))
	}
	return b.String() + "---\n" + g.body(pair{name, name})
}

func (g *generator) product(seller string, title pair) string {
	var b strings.Builder
	kind := []string{"omi", "omi", "omi", "outsourced", "service"}[g.IntN(5)]
	fmt.Fprintf(&b, "---\ntype: %s\nstatus: published\ntitle: {en: \"%s\", fr: \"%s\"}\n", kind, title[0], title[1])
	b.WriteString(g.short("summary:", title, ""))
	if kind == "service" {
		fmt.Fprintf(&b, "categories: [%s]\n", pick(g, serviceCategories).id)
	} else {
		fmt.Fprintf(&b, "categories: [%s]\n", pick(g, categories).id)
	}
	b.WriteString("key_points:\n")
	for range 3 + g.IntN(3) {
		point := g.within(120, title)
		fmt.Fprintf(&b, "  - en: \"%s\"\n    fr: \"%s\"\n", strings.TrimSuffix(point[0], "."), strings.TrimSuffix(point[1], "."))
	}
	b.WriteString("logo: logo.svg\n")
	switch kind {
	case "omi":
		g.omi(&b, seller, title)
	case "service":
		fmt.Fprintf(&b, "privacy_policy: {en: https://www.%s.example/privacy, fr: https://www.%s.example/vie-privee}\n", seller, seller)
	}
	fmt.Fprintf(&b, "support: {email: support@%s.example}\n---\n", seller)
	return b.String() + g.body(title)
}

// code returns eight hexadecimal digits that nothing else has.
func (g *generator) code() string {
	g.codes++
	return fmt.Sprintf("%08x", g.codes)
}

func (g *generator) omi(b *strings.Builder, seller string, title pair) {
	pricing := []string{"vm_type", "subscription", "byol", "free"}[g.IntN(4)]
	regions := []string{"cloudgouv-eu-west-1", "eu-west-2"}[:1+g.IntN(2)]
	fmt.Fprintf(b, "regions: [%s]\nproduct_code: \"pty-%s\"\npricing: %s\nversions:\n", strings.Join(regions, ", "), g.code(), pricing)
	for i := range 1 + g.IntN(4) {
		fmt.Fprintf(b, "  - version: \"%d.%d.0\"\n    status: published\n    released: %d-%02d-15\n    images: {", 9-i, g.IntN(10), 2026-i, 1+g.IntN(11))
		for j, r := range regions {
			fmt.Fprintf(b, "%s%s: ami-%s", []string{"", ", "}[min(j, 1)], r, g.code())
		}
		fmt.Fprintf(b, "}\n    os: %s\n    architecture: x86_64\n", pick(g, systems))
		b.WriteString(g.short("notes:", title, "    "))
	}
	switch pricing {
	case "vm_type":
		fmt.Fprintf(b, "offers:\n  - id: standard\n    name: {en: Standard rate, fr: Tarif standard}\n    audience: all\n    hourly: 0.%03d\n    yearly: %d\n    per: vm\n    vm_types: [tinav6.c4r8p2]\n", 10+g.IntN(900), 100+g.IntN(9000))
	case "subscription":
		fmt.Fprintf(b, "offers:\n  - id: standard\n    name: {en: Standard rate, fr: Tarif standard}\n    audience: all\n    rate: %d\n    commitment_months: 12\n    billing: monthly\n    vm_types: [tinav6.c4r8p2]\n", 10+g.IntN(900))
		b.WriteString("activation: {en: Enter the key in the console., fr: Saisissez la clé dans la console.}\n")
	}
	fmt.Fprintf(b, "license: {en: https://www.%s.example/license, fr: https://www.%s.example/licence}\n", seller, seller)
}
