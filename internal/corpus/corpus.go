// Package corpus makes up a catalog of any size to measure with: the same texts
// each time, in both languages and as long as sellers write them. It lays them
// out for this program, and for Hugo, which this one is compared with.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// aSeller is how many products a seller has.
const aSeller = 12

type seller struct {
	slug, name    string
	summary, body text
	certification string // "" for none
	colour        int    // of the logo
}

type product struct {
	seller               *seller
	slug                 string
	kind                 string // as in the catalog: omi, outsourced, service
	categories           []string
	title, summary, body text
	points               []text
	colour               int

	// An OMI has these as well.
	code, pricing string
	regions       []string
	versions      []version
	rate          int // of its offer: euros a month or a year
}

type version struct {
	number, released, system string
	images                   []string // by Region
	notes                    text
}

// layout is a form in which a catalog is written to files.
type layout interface {
	seller(*seller) error
	product(*product) error
}

// generate makes up a catalog of so many products: each seller, then its
// products. All choices come from one source with a fixed seed.
func generate(n int, to layout) error {
	g := &generator{Rand: rand.New(rand.NewPCG(1, 2))}
	var s *seller
	for i := range n {
		if i%aSeller == 0 {
			s = g.seller(i/aSeller + 1)
			if err := to.seller(s); err != nil {
				return err
			}
		}
		if err := to.product(g.product(s, i+1)); err != nil {
			return err
		}
	}
	return nil
}

type generator struct {
	*rand.Rand
	codes int // product codes and OMIs given so far
}

func (g *generator) seller(number int) *seller {
	name := g.name()
	s := &seller{slug: strings.ToLower(name) + "-" + strconv.Itoa(number), name: name, colour: g.IntN(0x808080)}
	s.summary, s.body = g.within(160, text{name, name}), g.body(text{name, name})
	if g.IntN(3) > 0 {
		s.certification = pick(g, certifications)
	}
	return s
}

func (g *generator) product(s *seller, number int) *product {
	what := pick(g, products)
	p := &product{
		seller: s, slug: strings.ToLower(what[0]) + "-" + strconv.Itoa(number), colour: g.IntN(0x808080),
		title: text{s.name + " " + what[0] + " " + strconv.Itoa(number), what[1] + " " + s.name + " " + strconv.Itoa(number)},
		kind:  []string{"omi", "omi", "omi", "outsourced", "service"}[g.IntN(5)],
	}
	p.summary = g.within(160, p.title)
	if p.kind == "service" {
		p.categories = []string{pick(g, serviceCategories).id}
	} else {
		for _, i := range g.Perm(len(categories))[:1+g.IntN(3)] {
			p.categories = append(p.categories, categories[i].id)
		}
	}
	for range 3 + g.IntN(3) {
		point := g.within(120, p.title)
		p.points = append(p.points, text{strings.TrimSuffix(point[0], "."), strings.TrimSuffix(point[1], ".")})
	}
	if p.kind == "omi" {
		g.omi(p)
	}
	p.body = g.body(p.title)
	g.details(p)
	return p
}

func (g *generator) omi(p *product) {
	p.code, p.rate = g.code(), 10+g.IntN(900)
	p.pricing = []string{"vm_type", "subscription", "byol", "free"}[g.IntN(4)]
	p.regions = []string{"cloudgouv-eu-west-1", "eu-west-2"}[:1+g.IntN(2)]
	for i := range 1 + g.IntN(4) {
		v := version{
			number:   fmt.Sprintf("%d.%d.0", 9-i, g.IntN(10)),
			released: fmt.Sprintf("%d-%02d-15", 2026-i, 1+g.IntN(11)),
			system:   pick(g, systems),
			notes:    g.within(160, p.title),
		}
		for range p.regions {
			v.images = append(v.images, g.code())
		}
		p.versions = append(p.versions, v)
	}
}

// code returns eight hexadecimal digits that nothing else has.
func (g *generator) code() string {
	g.codes++
	return fmt.Sprintf("%08x", g.codes)
}

func write(name, data string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(data), 0o644)
}
