package site

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/markdown"
)

// newFrame makes what all pages of a language share.
func (s *Site) newFrame(l *lang) view {
	v := view{
		Tag:        l.Tag,
		Site:       l.text(s.catalog.Title),
		About:      l.text(s.catalog.Description),
		Home:       s.href(l.Tag + "/"),
		Contact:    s.catalog.Contact,
		OpenSearch: s.href(openSearchPath(l)),
		Locale:     l.Locale(),
		New:        s.in(l, newPath),
		Feed:       *s.feedOf(l, "", l.text(s.catalog.Title)),
		Compare:    s.in(l, comparePath),
		Style:      s.href(s.opt.Theme.Asset("style.css")),
		Script:     s.href(s.opt.Theme.Asset("site.js")),
		Icon:       s.href(s.opt.Theme.Asset("icon.svg")),
		Preview:    s.opt.Visible.Drafts || s.opt.Preview,
		Change:     s.opt.Preview,
		Kind:       "website",
		lang:       l,
		Search: searchView{
			Action: s.in(l, "products/"),
			Entry:  s.href(searchPath(l) + "index.json"),
			Engine: s.href(s.opt.Theme.Asset("search-index.js")),
			Script: s.href(s.opt.Theme.Asset("search.js")),
		},
		Estimate: s.newEstimateFrame(l),
	}
	for _, other := range s.languages {
		if other != l {
			v.OtherLocales = append(v.OtherLocales, other.Locale())
		}
	}
	v.Image, v.ImageText = s.absolute(homePoster(l)), v.Site
	for _, section := range []string{"products", "sellers", "categories"} {
		v.Navigation = append(v.Navigation, link{Name: l.Word("nav." + section), Href: s.in(l, section+"/")})
	}
	for _, slug := range s.catalog.Navigation {
		for _, p := range s.pages {
			if p.Slug == slug {
				v.Footer = append(v.Footer, link{Name: l.text(p.Title), Href: s.in(l, pagePath(p))})
			}
		}
	}
	return v
}

// view makes what every page has. The path is below the language's part of the
// site: "products/page/2/".
func (s *Site) view(l *lang, path, title, description string) *view {
	v := l.frame
	v.path = path
	v.Title, v.WindowTitle, v.Description = title, title, description
	if title != v.Site {
		v.WindowTitle += " – " + v.Site
	}
	v.Canonical = s.absolute(l.Tag + "/" + path)
	section, _, _ := strings.Cut(path, "/")
	v.enter(section)
	v.Alternates = make([]alternate, 0, len(s.languages))
	for _, other := range s.languages {
		to := other.Tag + "/" + path
		v.Alternates = append(v.Alternates, alternate{Tag: other.Tag, Name: other.Name, Href: s.href(to), URL: s.absolute(to), Current: other == l})
	}
	v.Fallback = v.Alternates[0].URL
	if path == "" {
		v.Fallback = s.absolute("") // where a language is chosen
	}
	return &v
}

// crumbs puts the way to the page before it: home, the links given.
func (v *view) crumbs(links ...link) {
	v.Crumbs = append([]link{{Name: v.lang.Word("nav.home"), Href: v.Home}}, links...)
}

// navigation returns the link to a part of the site, for a breadcrumb.
func (v *view) navigation(section string) link {
	for _, n := range v.Navigation {
		if strings.HasSuffix(n.Href, "/"+section+"/") {
			return link{Name: n.Name, Href: n.Href}
		}
	}
	return link{}
}

// execute renders a page into the writer's buffer and hands it over.
func (s *Site) execute(w *writer, l *lang, kind string, v *view) error {
	return s.executeFile(w, l, kind, fileOf(l.Tag+"/"+v.path), v)
}

// executeFile renders a page that does not stand where its view says.
func (s *Site) executeFile(w *writer, l *lang, kind, file string, v *view) error {
	v.LinkedData = s.graph(v)
	if err := l.theme.Execute(&w.buffer, kind, "", v); err != nil {
		w.buffer.Reset()
		return fmt.Errorf("%w – page %s", err, file)
	}
	return w.file(file)
}

// bodies renders an entry's text in each language.
func (s *Site) bodies(e *catalog.Entry) ([]template.HTML, error) {
	texts, err := s.textsOf(e)
	if err != nil {
		return nil, err
	}
	out := make([]template.HTML, len(s.languages))
	for i, text := range texts {
		var b strings.Builder
		b.Grow(len(text) + len(text)/16)
		text.Render(&b, func(to markdown.Link) markdown.Target { return s.target(e, to) })
		out[i] = safe(b.String())
	}
	return out, nil
}

// textsOf returns an entry's text in each language: as the check kept it, or
// else from its source.
func (s *Site) textsOf(e *catalog.Entry) ([]markdown.Text, error) {
	if s.opt.Texts != nil {
		if kept := s.opt.Texts(e); len(kept) == len(s.languages) {
			return kept, nil
		}
	}
	source, err := s.opt.Body(e)
	if err != nil {
		return nil, err
	}
	out := make([]markdown.Text, len(s.languages))
	doc := markdown.Parse(source)
	for i := range doc.Sections {
		section := &doc.Sections[i]
		for _, l := range s.languages {
			if section.Title != l.Name || out[l.index] != nil {
				continue
			}
			var b bytes.Buffer
			if err := doc.Text(&b, section); err != nil {
				return nil, fmt.Errorf("%s: %w", e.Source, err)
			}
			out[l.index] = b.Bytes()
		}
	}
	return out, nil
}

// safe is the one place where a text becomes HTML that templates do not escape:
// what package markdown or a template rendered.
func safe(rendered string) template.HTML { return template.HTML(rendered) }

// target says where a link in an entry's text leads. Rules have refused all
// other links; should one come here, it is not rendered.
func (s *Site) target(e *catalog.Entry, to markdown.Link) markdown.Target {
	if f := e.File(to.Destination); f != nil {
		return markdown.Target{URL: s.href(filePath(f)), Width: f.Width, Height: f.Height}
	}
	if path, fragment, _ := strings.Cut(to.Destination, "#"); strings.HasPrefix(path, "/") && !to.Image {
		if a, ok := s.catalog.Address(path); ok && s.opt.Visible.Address(a) {
			if fragment != "" {
				a.Path += "#" + fragment
			}
			return markdown.Target{URL: s.href(a.Path)}
		}
		return markdown.Target{}
	}
	if problem, _ := content.LinkProblem(to.Destination); problem.IsZero() && !to.Image {
		return markdown.Target{URL: to.Destination, External: true}
	}
	return markdown.Target{}
}

// picture returns an image of an entry.
func (s *Site) picture(e *catalog.Entry, name, alt string) picture {
	f := e.File(name)
	if f == nil {
		return picture{}
	}
	return picture{Src: s.href(filePath(f)), Alt: alt, Width: f.Width, Height: f.Height}
}

// document returns a document that is a file of the entry or a link.
func (s *Site) document(l *lang, e *catalog.Entry, title string, t catalog.Text) *document {
	to := l.text(t)
	if to == "" {
		return nil
	}
	if content.IsLink(to) {
		return &document{Title: title, Href: to, Link: true}
	}
	f := e.File(to)
	if f == nil {
		return nil
	}
	return &document{
		Title: title, Href: s.href(filePath(f)), Size: l.size(f.Size),
		Kind: strings.ToUpper(strings.TrimPrefix(path.Ext(to), ".")),
	}
}

// size writes a file's size in the language: 1.2 MB, 1,2 Mo.
func (l *lang) size(n int64) string {
	key, amount := "unit.kb", fmt.Sprint(max(1, (n+500)/1000))
	if n >= 1_000_000 {
		key, amount = "unit.mb", fmt.Sprintf("%.1f", float64(n)/1e6)
	}
	return l.Word(key, "n", l.Number(amount))
}

// card renders a product for lists. It stands on many pages and is rendered
// once.
func (s *Site) card(l *lang, p *catalog.Product) (template.HTML, error) {
	kept := &l.cards[s.number[p]]
	if c := kept.Load(); c != nil {
		return *c, nil
	}
	var b bytes.Buffer
	if err := l.theme.Execute(&b, "products", "card", s.cardView(l, p)); err != nil {
		return "", fmt.Errorf("%w – card of %s", err, p.Source)
	}
	c := safe(b.String())
	kept.Store(&c)
	return c, nil
}

func (s *Site) cardView(l *lang, p *catalog.Product) card {
	return card{
		Ref:      p.Ref(),
		Href:     s.in(l, productPath(p)),
		Title:    l.text(p.Title),
		Summary:  l.text(p.Summary),
		Seller:   l.text(p.Seller.Name),
		Logo:     s.picture(&p.Entry, p.Logo, ""),
		TypeName: string(p.Type),
		Type:     l.Word("type." + string(p.Type)),
		Price:    s.price(l, p),
		Draft:    l.draft(&p.Entry),
	}
}

// cards renders products for a list.
func (s *Site) cards(l *lang, products []*catalog.Product) ([]template.HTML, error) {
	out := make([]template.HTML, 0, len(products))
	for _, p := range products {
		c, err := s.card(l, p)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (s *Site) sellerCard(l *lang, seller *catalog.Seller) sellerCard {
	c := sellerCard{
		Href:           s.in(l, sellerPath(seller)),
		Name:           l.text(seller.Name),
		Summary:        l.text(seller.Summary),
		Logo:           s.picture(&seller.Entry, seller.Logo, ""),
		Certifications: seller.Certifications,
		Draft:          l.draft(&seller.Entry),
	}
	for _, p := range seller.Products {
		if s.opt.Visible.Product(p) {
			c.Products++
		}
	}
	return c
}

// newLatest returns the products that were published last, newest first; of
// those that were published at once, the one with the newer release.
func (s *Site) newLatest() []*catalog.Product {
	type dated struct {
		*catalog.Product
		published time.Time
		released  catalog.Date
	}
	var first []dated
	for _, p := range s.products {
		first = among(first, dated{p, published(p), s.released(p)}, latestOnHome, func(a, b dated) int {
			return cmp.Or(b.published.Compare(a.published), cmp.Compare(b.released, a.released), compareRefs(a.Product, b.Product))
		})
	}
	latest := make([]*catalog.Product, 0, len(first))
	for _, d := range first {
		latest = append(latest, d.Product)
	}
	return latest
}

func compareRefs(a, b *catalog.Product) int { return strings.Compare(a.Ref(), b.Ref()) }

// among adds an item to the first ones of an order, most of them at most.
func among[T any](first []T, item T, most int, order func(a, b T) int) []T {
	if len(first) == most && order(first[most-1], item) <= 0 {
		return first
	}
	at, _ := slices.BinarySearchFunc(first, item, order)
	first = slices.Insert(first, at, item)
	return first[:min(len(first), most)]
}

// pageLinks makes the navigation of a list.
func (s *Site) pageLinks(l *lang, p pager) pageLinks {
	out := pageLinks{Number: p.Number, Last: p.Last}
	if p.Number > 1 {
		out.Previous = s.in(l, p.path(p.Number-1))
	}
	if p.Number < p.Last {
		out.Next = s.in(l, p.path(p.Number+1))
	}
	for n := 1; n <= p.Last; n++ { // the first, the last, and those around this one
		switch {
		case n == 1, n == p.Last, n >= p.Number-2 && n <= p.Number+2:
			out.All = append(out.All, link{Name: fmt.Sprint(n), Href: s.in(l, p.path(n)), Current: n == p.Number})
		case n == p.Number-3, n == p.Number+3:
			out.All = append(out.All, link{}) // a gap
		}
	}
	return out
}
