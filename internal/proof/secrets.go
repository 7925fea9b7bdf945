package proof

import (
	"fmt"
	"strings"

	"vitrine/internal/catalog"
)

// Secrets lists what the entries and versions that are not visible say: their
// texts, ids and addresses. body reads an entry's Markdown.
func Secrets(c *catalog.Catalog, v catalog.Visibility, body func(*catalog.Entry) ([]byte, error)) ([]Secret, error) {
	var all []Secret
	hide := func(e *catalog.Entry) (*collector, error) {
		of := &collector{source: e.Source}
		data, err := body(e)
		if err != nil && !e.Faulty { // what cannot be read cannot get out either
			return nil, err
		}
		of.markdown(string(data))
		of.withdrawal(e.Withdrawal)
		return of, nil
	}
	for _, p := range c.Pages {
		if v.Page(p) {
			continue
		}
		of, err := hide(&p.Entry)
		if err != nil {
			return nil, err
		}
		of.names("pages", &p.Entry)
		of.texts("title", p.Title)
		of.texts("summary", p.Summary)
		all = append(all, of.secrets...)
	}
	for _, s := range c.Sellers {
		if !v.Seller(s) {
			of, err := hide(&s.Entry)
			if err != nil {
				return nil, err
			}
			of.seller(s)
			all = append(all, of.secrets...)
		}
		for _, p := range s.Products {
			of := &collector{source: p.Source}
			if !v.Product(p) {
				var err error
				if of, err = hide(&p.Entry); err != nil {
					return nil, err
				}
				of.product(p)
			}
			for i := range p.Versions {
				if n := &p.Versions[i]; !v.Product(p) || !v.Version(n) {
					of.version(n)
				}
			}
			all = append(all, of.secrets...)
		}
	}
	return all, nil
}

// collector collects the secrets of one entry.
type collector struct {
	source  string
	secrets []Secret
}

func (c *collector) add(kind Kind, what, text string) {
	if text != "" {
		c.secrets = append(c.secrets, Secret{kind, text, c.source, what})
	}
}

// names adds the addresses that an entry has and had: its page, its files, what
// machines read of it.
func (c *collector) names(below string, e *catalog.Entry) {
	for _, name := range append([]string{e.Slug}, e.Aliases...) {
		c.add(Name, "address", below+"/"+name)
	}
}

// texts adds a short text in every language.
func (c *collector) texts(what string, t catalog.Text) {
	for _, s := range t {
		for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '`' || r == '\n' }) { // between backquotes stands code
			c.chunks(what, run)
		}
	}
}

// Lengths in bytes of the pieces that a text is looked for by: somebody may
// show its beginning alone, or break it by markup.
const (
	chunk = 32
	least = 12 // of a piece of a longer text
)

// chunks adds a text in pieces that end where words do.
func (c *collector) chunks(what, s string) {
	for {
		end := -1
		if len(s) >= 2*chunk {
			end = strings.IndexByte(s[chunk:], ' ')
		}
		if end < 0 || len(s)-chunk-end < least {
			c.add(Text, what, s)
			return
		}
		c.add(Text, what, s[:chunk+end])
		s = s[chunk+end+1:]
	}
}

// markdown adds a text's runs without markup. It reads Markdown as no parser
// does: where something may be markup, a run ends.
func (c *collector) markdown(s string) {
	for line := range strings.Lines(s) {
		line = strings.TrimLeft(line, " \t->#+*0123456789.)") // markers of lists, quotes and headings
		for run := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune("*_[]()`|<>~\\!#\r\n", r) }) {
			if run = trim(run); len(run) >= least {
				c.chunks("text", run)
			}
		}
	}
}

func (c *collector) withdrawal(w *catalog.Withdrawal) {
	if w != nil {
		c.texts("note", w.Note)
	}
}

func (c *collector) contact(what string, k catalog.Contact) {
	c.add(Text, what, k.Email)
	c.add(Text, what, k.Phone)
	c.links(what, k.URL)
}

// links adds links, and names of files, which are no secret by themselves.
func (c *collector) links(what string, t catalog.Text) {
	for _, s := range t {
		if _, rest, found := strings.Cut(s, "://"); found {
			c.add(Text, what, rest)
		}
	}
}

func (c *collector) seller(s *catalog.Seller) {
	c.names("sellers", &s.Entry)
	c.names("files", &s.Entry)
	c.texts("name", s.Name)
	c.texts("summary", s.Summary)
	c.links("website", s.Website)
	c.contact("contact", s.Contact)
	for _, d := range s.Documents {
		c.texts("document's title", d.Title)
	}
}

func (c *collector) product(p *catalog.Product) {
	if p.Seller != nil {
		c.names(p.Seller.Slug, &p.Entry)
		for _, below := range p.Seller.Aliases {
			c.names(below, &p.Entry)
		}
	}
	c.texts("title", p.Title)
	c.texts("summary", p.Summary)
	for _, k := range p.KeyPoints {
		c.texts("key point", k)
	}
	for _, s := range p.Screenshots {
		c.texts("screenshot's text", s.Alt)
	}
	kind := Name
	if strings.Trim(p.ProductCode, "0123456789") == "" {
		kind = Value
	}
	c.add(kind, "product code", p.ProductCode)
	for _, o := range p.Offers {
		c.texts("offer's name", o.Name)
		c.texts("offer's description", o.Description)
	}
	c.texts("activation", p.Activation)
	c.links("license", p.License)
	c.links("deployment template", p.DeploymentTemplate)
	c.links("documentation", p.Documentation)
	c.links("privacy policy", p.PrivacyPolicy)
	c.contact("support", p.Support)
}

func (c *collector) version(n *catalog.Version) {
	for _, i := range n.Images {
		c.add(Name, fmt.Sprintf("OMI id of version %s", n.Version), i.OMI)
	}
	c.texts(fmt.Sprintf("notes of version %s", n.Version), n.Notes)
	c.withdrawal(n.Withdrawal)
}
