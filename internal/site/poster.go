package site

import (
	"image/color"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/poster"
)

// The pictures that other sites show beside a link to a page. A product and a
// showcase have one a language, all other pages that of the language's home;
// so have those whose name cannot be written with the font that is there.

// posters draws them.
type posters struct {
	*poster.Painter
	products map[catalog.ProductType][]poster.Frame // a frame a language
	sellers  []poster.Frame
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
	s.posters = posters{Painter: painter, products: make(map[catalog.ProductType][]poster.Frame)}
	for _, l := range s.languages {
		for _, t := range []catalog.ProductType{catalog.OMI, catalog.Outsourced, catalog.Service} {
			s.posters.products[t] = append(s.posters.products[t], painter.Frame(l.frame.Site, l.Word("type."+string(t))))
		}
		s.posters.sellers = append(s.posters.sellers, painter.Frame(l.frame.Site, l.Word("poster.seller")))
		s.add(func(w *writer) error {
			return w.emit(homePoster(l), painter.PNG(painter.Frame("", s.base.Host), painter.Name(l.frame.Site), painter.Below("")))
		}, homePoster(l))
	}
	for _, seller := range s.sellers {
		below := strings.Join(seller.Certifications, " · ")
		s.poster(seller.Name, func(*lang) string { return below }, s.posters.sellers, sellerPoster(seller))
	}
	for _, p := range s.products {
		s.poster(p.Title, func(l *lang) string { return l.text(p.Seller.Name) }, s.posters.products[p.Type], productPoster(p))
	}
	return nil
}

// poster plans the pictures of an entry in all languages.
func (s *Site) poster(name catalog.Text, below func(*lang) string, frames []poster.Frame, path string) {
	var in []*lang
	var paths []string
	for _, l := range s.languages {
		if s.posters.Writable(l.text(name)) {
			in, paths = append(in, l), append(paths, path+l.Tag+".png")
		}
	}
	if paths == nil {
		return
	}
	s.add(func(w *writer) error {
		var drawn poster.Line
		before := ""
		for i, l := range in {
			if title := l.text(name); drawn == nil || title != before { // a name is often the same in all languages
				drawn, before = s.posters.Name(title), title
			}
			data := s.posters.PNG(frames[l.index], drawn, s.posters.Below(below(l)))
			if err := w.emit(paths[i], data); err != nil {
				return err
			}
		}
		return nil
	}, paths...)
}

// Where pictures stand, without the language and the ending. Slugs have no dots,
// so that no two meet.

func homePoster(l *lang) string { return "og/" + l.Tag + ".png" }

func sellerPoster(s *catalog.Seller) string { return "og/" + s.Slug + "." }

func productPoster(p *catalog.Product) string { return "og/" + p.Seller.Slug + "/" + p.Slug + "." }

// posterURL returns the full address of an entry's picture in a language, or
// that of the language's home where it has none.
func (s *Site) posterURL(l *lang, name catalog.Text, path string) string {
	if s.posters.Writable(l.text(name)) {
		return s.absolute(path + l.Tag + ".png")
	}
	return s.absolute(homePoster(l))
}
