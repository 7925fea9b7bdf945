package site

import (
	"html/template"
	"strings"
	"time"

	"vitrine/internal/api"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// planAPI plans the JSON documents that are not an entry's: those are made with
// the entry's page, whose text they share.
func (s *plan) planAPI() {
	s.add(s.catalogAPI, api.CatalogPath)
	s.add(s.openAPI, api.OpenAPIPath)
	for _, r := range s.catalog.Regions {
		if list := s.catalog.Prices[r.ID]; list != nil {
			s.add(func(w *writer) error { return s.pricesAPI(w, list) }, api.PricesPath(list.Region))
			s.depends(func(k *keyer) { k.key(k.prices) })
		}
	}
	for _, kind := range api.Kinds() {
		path := api.SchemaPath(kind)
		s.add(func(w *writer) error {
			if err := api.WriteSchema(&w.buffer, kind, s.absolute(path), s.catalog.Languages); err != nil {
				return err
			}
			return w.file(path)
		}, path)
	}
}

func (s *Site) openAPI(w *writer) error {
	first := s.languages[0]
	err := api.WriteOpenAPI(&w.buffer, api.Info{
		Title: first.frame.Site, Description: first.frame.About, Email: s.catalog.Contact.Email,
		Server: s.absolute(""), Languages: s.catalog.Languages,
	})
	if err != nil {
		return err
	}
	return w.file(api.OpenAPIPath)
}

// apiFile writes a document.
func (s *Site) apiFile(w *writer, path string, document any) error {
	if err := api.Write(&w.buffer, document, ""); err != nil {
		w.buffer.Reset()
		return err
	}
	return w.file(path)
}

func (s *Site) catalogAPI(w *writer) error {
	c := s.catalog
	doc := api.Catalog{
		Schema: s.absolute(api.SchemaPath("catalog")), Version: api.Version,
		Title: s.texts(c.Title), Description: s.texts(c.Description),
		URL: s.pageURLs(""), Currency: c.Currency, Contact: s.apiContact(c.Contact),
		Links: api.Links{
			OpenAPI: s.absolute(api.OpenAPIPath), Sitemap: s.absolute("sitemap.xml"), LLMs: s.absolute("llms.txt"),
			Atom: s.pageURLs("feed.atom"), Feed: s.pageURLs("feed.json"),
		},
		Regions:  make([]api.Region, 0, len(c.Regions)),
		Counts:   api.Counts{Sellers: len(s.sellers), Products: len(s.products)},
		Sellers:  make([]api.SellerItem, 0, len(s.sellers)),
		Products: s.apiItems(s.products),
	}
	for _, l := range s.languages {
		doc.Languages = append(doc.Languages, api.Language{Tag: l.Tag, Name: l.Name})
	}
	for _, r := range c.Regions {
		doc.Regions = append(doc.Regions, api.Region{ID: r.ID, Default: r.Default})
	}
	doc.Categories, doc.ServiceCategories = s.apiCategories(c.Categories), s.apiCategories(c.Services)
	for _, seller := range s.sellers {
		products := 0
		for _, p := range seller.Products {
			if s.opt.Visible.Product(p) {
				products++
			}
		}
		doc.Sellers = append(doc.Sellers, api.SellerItem{
			ID: seller.Slug, Name: s.texts(seller.Name), Summary: s.texts(seller.Summary),
			URL: s.pageURLs(sellerPath(seller)), API: s.absolute(api.SellerPath(seller.Slug)), Products: products,
		})
	}
	return s.apiFile(w, api.CatalogPath, &doc)
}

func (s *Site) apiCategories(of []catalog.Category) []api.Category {
	out := make([]api.Category, 0, len(of))
	for _, c := range of {
		out = append(out, api.Category{
			ID: c.ID, Name: s.texts(c.Name), Description: s.texts(c.Description),
			URL: s.pageURLs(categoryPath(c.ID)), Products: s.counts()[categoryFacet][c.ID],
		})
	}
	return out
}

func (s *Site) apiItems(products []*catalog.Product) []api.ProductItem {
	out := make([]api.ProductItem, 0, len(products))
	for _, p := range products {
		out = append(out, api.ProductItem{
			ID: p.Ref(), Type: string(p.Type), Pricing: string(p.Pricing),
			Title: s.texts(p.Title), Summary: s.texts(p.Summary), Categories: listed(p.Categories),
			URL: s.pageURLs(productPath(p)), API: s.absolute(productAPI(p)), Changed: isoDay(s.changed(p)),
		})
	}
	return out
}

func productAPI(p *catalog.Product) string { return api.ProductPath(p.Seller.Slug, p.Slug) }

func (s *Site) sellerAPI(w *writer, seller *catalog.Seller, body api.Text) error {
	doc := api.Seller{
		Schema: s.absolute(api.SchemaPath("seller")), Version: api.Version,
		ID: seller.Slug, Name: s.texts(seller.Name), Summary: s.texts(seller.Summary),
		URL: s.pageURLs(sellerPath(seller)), Logo: s.apiImage(&seller.Entry, seller.Logo, nil),
		Preview: s.previews(s.sellerPoster(seller)),
		Website: s.texts(seller.Website), Contact: s.apiContact(seller.Contact), Country: seller.Country,
		Certifications: seller.Certifications, Body: body, Changed: isoDay(seller.Changed),
	}
	for _, d := range seller.Documents {
		if files := s.apiDocuments(&seller.Entry, d.File); files != nil {
			doc.Documents = append(doc.Documents, api.SellerDocument{Title: s.texts(d.Title), Files: files})
		}
	}
	var products []*catalog.Product
	for _, p := range seller.Products {
		if s.opt.Visible.Product(p) {
			products = append(products, p)
		}
	}
	doc.Products = s.apiItems(products)
	return s.apiFile(w, api.SellerPath(seller.Slug), &doc)
}

// texts gives a text in each language that has it; nil where none has.
func (s *Site) texts(t catalog.Text) api.Text {
	if t.Empty() {
		return nil
	}
	out := make(api.Text, len(s.languages))
	for _, l := range s.languages {
		if text := t.In(l.index); text != "" {
			out[l.Tag] = text
		}
	}
	return out
}

// pageURLs gives the full address of a page in each language.
func (s *Site) pageURLs(path string) api.Text {
	out := make(api.Text, len(s.languages))
	for _, l := range s.languages {
		out[l.Tag] = s.absolute(l.Tag + "/" + path)
	}
	return out
}

// previews gives the full address of an entry's picture in each language.
func (s *Site) previews(g sign) api.Text {
	out := make(api.Text, len(s.languages))
	for _, l := range s.languages {
		out[l.Tag] = s.posterURL(l, g)
	}
	return out
}

// bodyTexts gives an entry's rendered text in each language that has it.
func (s *Site) bodyTexts(bodies []template.HTML) api.Text {
	out := make(api.Text, len(s.languages))
	for _, l := range s.languages {
		if body := bodies[l.index]; body != "" {
			out[l.Tag] = string(body)
		}
	}
	return out
}

func (s *Site) apiContact(c catalog.Contact) *api.Contact {
	if c.Email == "" && c.Phone == "" && c.URL.Empty() {
		return nil
	}
	return &api.Contact{Email: c.Email, Phone: c.Phone, URL: s.texts(c.URL)}
}

func (s *Site) apiImage(e *catalog.Entry, name string, alt api.Text) *api.Image {
	f := e.File(name)
	if f == nil {
		return nil
	}
	return &api.Image{URL: s.absolute(filePath(f)), Type: mediaType(f.Name), Width: f.Width, Height: f.Height, Alt: alt}
}

// apiDocuments gives a document that is a file of the entry or a link, in each
// language; nil where there is none.
func (s *Site) apiDocuments(e *catalog.Entry, t catalog.Text) api.Documents {
	var out api.Documents
	for _, l := range s.languages {
		to := t.In(l.index)
		d := api.Document{URL: to}
		if f := e.File(to); f != nil {
			d = api.Document{URL: s.absolute(filePath(f)), Type: mediaType(f.Name), Bytes: f.Size}
		} else if !content.IsLink(to) {
			continue
		}
		if out == nil {
			out = make(api.Documents, len(s.languages))
		}
		out[l.Tag] = d
	}
	return out
}

// mediaType returns the media type of a file by its name's ending, one of those
// that sellers' files may have.
func mediaType(name string) string {
	switch ending := name[strings.LastIndexByte(name, '.')+1:]; ending {
	case "svg":
		return "image/svg+xml"
	case "jpg":
		return "image/jpeg"
	case "png", "jpeg", "webp":
		return "image/" + ending
	case "pdf":
		return "application/pdf"
	case "yaml", "yml":
		return "application/yaml"
	}
	return "text/plain"
}

// isoDay writes a day; "" for none.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// listed is a list that JSON shows as one, even where it is empty.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
