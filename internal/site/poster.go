package site

import (
	"image/color"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/poster"
)

// The pictures that other sites show beside a link to a page. A product and a
// showcase have one; where their name is not the same in all languages, one a
// language. All other pages have that of the language's home, and so have those
// whose name cannot be written with the font that is there.

// posters draws them.
type posters struct {
	*poster.Painter
	products map[catalog.ProductType]frames
	sellers  frames
}

// frames is what pictures of a kind have in common.
type frames struct {
	all poster.Frame // of a picture for all languages: it says things in each of them
	in  []poster.Frame
}

// planPosters plans the pictures.
func (s *Site) planPosters() error {
	background, ok := s.opt.Theme.Color("accent")
	text, both := s.opt.Theme.Color("on-accent")
	if !ok || !both {
		background, text = color.RGBA{0x22, 0x22, 0x22, 0xff}, color.RGBA{0xff, 0xff, 0xff, 0xff}
	}
	painter, err := poster.New(background, text)
	if err != nil {
		return err
	}
	s.posters = posters{Painter: painter, products: make(map[catalog.ProductType]frames), sellers: s.frames(painter, "poster.seller")}
	for _, t := range []catalog.ProductType{catalog.OMI, catalog.Outsourced, catalog.Service} {
		s.posters.products[t] = s.frames(painter, "type."+string(t))
	}
	for _, l := range s.languages {
		s.add(func(w *writer) error {
			return w.emit(homePoster(l), painter.PNG(painter.Frame("", s.base.Host), l.frame.Site, ""))
		}, homePoster(l))
	}
	for _, seller := range s.sellers {
		s.addPoster(s.sellerPoster(seller))
	}
	for _, p := range s.products {
		s.addPoster(s.productPoster(p))
	}
	return nil
}

// frames draws what the pictures of a kind have in common. The word says the
// kind.
func (s *Site) frames(painter *poster.Painter, word string) (f frames) {
	var titles, kinds []string
	for _, l := range s.languages {
		title, kind := l.frame.Site, l.Word(word)
		f.in = append(f.in, painter.Frame(title, kind))
		titles, kinds = append(titles, title), append(kinds, kind)
	}
	f.all = painter.Frame(strings.Join(slices.Compact(titles), " · "), strings.Join(slices.Compact(kinds), " · "))
	return f
}

// sign is what an entry's picture shows, and where it stands without the ending.
// Slugs have no dots, so that no two meet.
type sign struct {
	path        string
	name, below catalog.Text
	frames      frames
}

func (s *Site) sellerPoster(seller *catalog.Seller) sign {
	return sign{"og/" + seller.Slug, seller.Name, catalog.Text{strings.Join(seller.Certifications, " · ")}, s.posters.sellers}
}

func (s *Site) productPoster(p *catalog.Product) sign {
	return sign{"og/" + p.Seller.Slug + "/" + p.Slug, p.Title, p.Seller.Name, s.posters.products[p.Type]}
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
func (s *Site) addPoster(g sign) {
	for _, l := range s.languages {
		frame := g.frames.in[l.index]
		if g.single() {
			frame = g.frames.all
		}
		if at := g.in(l); s.posters.Writable(l.text(g.name)) {
			s.add(func(w *writer) error {
				w.buffer.Write(s.posters.AppendPNG(w.buffer.AvailableBuffer(), frame, l.text(g.name), l.text(g.below)))
				return w.file(at)
			}, at)
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
