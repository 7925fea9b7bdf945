package corpus

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Hugo writes the same catalog as the content of a site for Hugo: dir is the
// folder that becomes content/. A file a language, translations at the same path; sellers
// and categories are taxonomies. Hugo needs no logos, so it is spared them.
func Hugo(dir string, products int) error {
	h := hugo{dir}
	fixed := func(path string, front text) error { return h.each(path, front, text{}) }
	if err := fixed("products/_index.md", text{"title: Products\nbuild:\n  render: never\n", "title: Produits\nbuild:\n  render: never\n"}); err != nil {
		return err
	}
	if err := fixed("sellers/_index.md", text{"title: Sellers\nbuild:\n  render: never\n", "title: Vendeurs\nbuild:\n  render: never\n"}); err != nil {
		return err
	}
	if err := fixed("categories/_index.md", text{"title: Categories\n", "title: Catégories\n"}); err != nil {
		return err
	}
	for _, c := range append(categories[:len(categories):len(categories)], serviceCategories...) {
		if err := fixed("categories/"+c.id+"/_index.md", text{"title: " + c.name[0] + "\n", "title: " + c.name[1] + "\n"}); err != nil {
			return err
		}
	}
	return generate(products, h)
}

type hugo struct{ dir string }

// tags are the languages of a text.
var tags = text{"en", "fr"}

func (h hugo) each(path string, front, body text) error {
	for l, tag := range tags {
		if err := write(filepath.Join(h.dir, tag, filepath.FromSlash(path)), "---\n"+front[l]+"---\n"+body[l]); err != nil {
			return err
		}
	}
	return nil
}

func (h hugo) seller(s *seller) error {
	var front text
	for l := range tags {
		front[l] = fmt.Sprintf("title: %s\ndescription: \"%s\"\ncountry: FR\nwebsite: https://www.%s.example/\ncertification: \"%s\"\n", s.name, s.summary[l], s.slug, s.certification)
	}
	return h.each("sellers/"+s.slug+"/_index.md", front, s.body)
}

func (h hugo) product(p *product) error {
	var front text
	for l, tag := range tags {
		var b strings.Builder
		fmt.Fprintf(&b, "title: \"%s\"\ndescription: \"%s\"\nurl: /%s/products/%s/%s/\n", p.title[l], p.summary[l], tag, p.seller.slug, p.slug)
		fmt.Fprintf(&b, "sellers: [%s]\ncategories: [%s]\noffering: %s\nkeyPoints:\n", p.seller.slug, strings.Join(p.categories, ", "), p.kind)
		for _, point := range p.points {
			fmt.Fprintf(&b, "  - \"%s\"\n", point[l])
		}
		if p.kind == "omi" {
			fmt.Fprintf(&b, "date: %s\npricing: %s\nrate: %d\ncode: pty-%s\nregions: [%s]\nversions:\n", p.versions[0].released, p.pricing, p.rate, p.code, strings.Join(p.regions, ", "))
			for _, v := range p.versions {
				fmt.Fprintf(&b, "  - version: \"%s\"\n    released: \"%s\"\n    os: %s\n    images: [ami-%s]\n    notes: \"%s\"\n", v.number, v.released, v.system, strings.Join(v.images, ", ami-"), v.notes[l])
			}
		}
		front[l] = b.String()
	}
	return h.each("products/"+p.slug+".md", front, p.body)
}
