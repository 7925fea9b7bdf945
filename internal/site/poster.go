package site

import (
	"image/color"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/poster"
	"vitrine/themes"
)

// The pictures that other sites show beside a link to a page. A product and a
// showcase have one; where their name is not the same in all languages, one a
// language. All other pages have that of the language's home, and so have those
// whose name cannot be written with the font that is there.

// posters draws them.
type posters struct {
	*poster.Painter
	products map[catalog.ProductType]func() frames
	sellers  func() frames
}

// frames is what pictures of a kind have in common.
type frames struct {
	all poster.Frame // of a picture for all languages: it says things in each of them
	in  []poster.Frame
}

// paint prepares for the pictures. What they are drawn with is that of the site
// before where its theme is the same.
func (s *Site) paint(before *Site) error {
	painter := before.posters.Painter
	if painter == nil || before.opt.Theme != s.opt.Theme {
		var err error
		if painter, err = newPainter(s.opt.Theme); err != nil {
			return err
		}
	}
	s.posters = posters{Painter: painter, products: make(map[catalog.ProductType]func() frames), sellers: s.frames("poster.seller")}
	for _, t := range []catalog.ProductType{catalog.OMI, catalog.Outsourced, catalog.Service} {
		s.posters.products[t] = s.frames("type." + string(t))
	}
	return nil
}

func newPainter(theme *themes.Theme) (*poster.Painter, error) {
	background, ok := theme.Color("accent")
	text, both := theme.Color("on-accent")
	if !ok || !both {
		background, text = color.RGBA{0x22, 0x22, 0x22, 0xff}, color.RGBA{0xff, 0xff, 0xff, 0xff}
	}
	return poster.New(background, text)
}

// planHomePosters plans the pictures of the languages' home pages.
func (s *plan) planHomePosters() {
	painter := s.posters.Painter
	for _, l := range s.languages {
		s.add(func(w *writer) error {
			return w.emit(homePoster(l), painter.PNG(painter.Frame("", s.base.Host), l.frame.Site, ""))
		}, homePoster(l))
	}
}

// frames draws what the pictures of a kind have in common, when the first of
// them is drawn. The word says the kind.
func (s *Site) frames(word string) func() frames {
	return sync.OnceValue(func() (f frames) {
		var titles, kinds []string
		for _, l := range s.languages {
			title, kind := l.frame.Site, l.Word(word)
			f.in = append(f.in, s.posters.Frame(title, kind))
			titles, kinds = append(titles, title), append(kinds, kind)
		}
		f.all = s.posters.Frame(strings.Join(slices.Compact(titles), " · "), strings.Join(slices.Compact(kinds), " · "))
		return f
	})
}

// sign is what an entry's picture shows, and where it stands without the ending.
// Slugs have no dots, so that no two meet.
type sign struct {
	path        string
	kind        string // whose frames they are
	name, below catalog.Text
	frames      func() frames
}

func (s *Site) sellerPoster(seller *catalog.Seller) sign {
	return sign{"og/" + seller.Slug, "seller", seller.Name, catalog.Text{strings.Join(seller.Certifications, " · ")}, s.posters.sellers}
}

func (s *Site) productPoster(p *catalog.Product) sign {
	return sign{"og/" + p.Seller.Slug + "/" + p.Slug, string(p.Type), p.Title, p.Seller.Name, s.posters.products[p.Type]}
}

// single reports whether one picture is for all languages.
func (g sign) single() bool {
	return len(slices.Compact(slices.Clone(g.name))) < 2 && len(slices.Compact(slices.Clone(g.below))) < 2
}

// in returns where the picture for a language stands.
func (g sign) in(l *lang) string {
	if g.single() {
		return g.path + ".png"
	}
	return g.path + "." + l.Tag + ".png"
}

// addPoster plans an entry's pictures.
func (s *plan) addPoster(g sign) {
	for _, l := range s.languages {
		if at := g.in(l); s.posters.Writable(l.text(g.name)) {
			s.add(func(w *writer) error {
				frame := g.frames().in[l.index]
				if g.single() {
					frame = g.frames().all
				}
				w.buffer.Write(s.posters.AppendPNG(w.buffer.AvailableBuffer(), frame, l.text(g.name), l.text(g.below)))
				return w.file(at)
			}, at)
			s.depends(func(k *keyer) {
				k.text(g.kind)
				k.text(l.text(g.name))
				k.text(l.text(g.below))
			})
		}
		if g.single() {
			return
		}
	}
}

func homePoster(l *lang) string { return l.Tag + "/og.png" }

// posterURL returns the full address of an entry's picture in a language, or
// that of the language's home where it has none.
func (s *Site) posterURL(l *lang, g sign) string {
	if s.posters.Writable(l.text(g.name)) {
		return s.absolute(g.in(l))
	}
	return s.absolute(homePoster(l))
}
