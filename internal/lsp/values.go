package lsp

import (
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// choice is a value that may be written.
type choice struct {
	Value  string
	Detail string
	About  func() string // Markdown; nil for none: few of what could be offered are
	Kind   int
	Late   bool // offered after the others
}

// values offers the values of a key, or of a list's items.
func (c *completer) values() {
	at := c.at
	switch {
	case at.severity:
		for _, v := range []string{"error", "warning", "off"} {
			c.value(choice{Value: v, Kind: kindEnum})
		}
		return
	case at.list:
		if item := slotOfItem(at.key); item.single && !item.languages && !c.p.flow {
			c.at = item
			for _, v := range c.choices(item.key) {
				v.Value, v.Detail = "["+v.Value+"]", strings.TrimSpace(v.Detail)
				c.value(v)
			}
		}
		return
	case at.languages && !c.p.item && c.word() == "":
		n := 0
		form := strings.TrimPrefix(c.mapping(slot{languages: true, key: at.key}, content.Facts{}, true, &n), " ")
		c.add(completionItem{Label: "{" + strings.Join(c.languages(), ", ") + "}", Kind: kindProperty, Detail: c.s.say(diag.Say("a value for each language")), SortText: "0"}, form)
	case at.languages && c.p.item:
		c.p.item = false
		c.keys()
		return
	case at.keys != nil && c.p.item:
		c.p.item = false
		c.keys()
		return
	}
	if at.single {
		taken := c.taken()
		for _, v := range c.choices(at.key) {
			if !taken[v.Value] {
				c.value(v)
			}
		}
	}
}

// taken are the other items of the list that the place is in.
func (c *completer) taken() map[string]bool {
	taken := make(map[string]bool)
	list := c.p.parent
	if c.p.item && !c.p.flow {
		list = list.parent
	}
	if c.p.item || c.p.hyphen {
		for _, n := range list.children {
			if n.value != c.p.from {
				taken[n.scalar] = true
			}
		}
	}
	return taken
}

// value offers one value.
func (c *completer) value(v choice) {
	typed := strings.Trim(string(c.d.text[c.p.from:min(c.offset, c.p.to)]), `"'`)
	filter := v.Value
	if v.About != nil || v.Kind == kindReference { // found by its name as well
		filter += " " + v.Detail
	}
	if !strings.Contains(strings.ToLower(filter), strings.ToLower(typed)) {
		return // the editor would not show it, and there is room for so many
	}
	item := completionItem{Label: v.Value, Kind: v.Kind, Detail: v.Detail, SortText: c.order(!v.Late), FilterText: filter}
	if item.Kind == 0 {
		item.Kind = kindValue
	}
	if len(c.items) >= maxItems {
		c.cut = true
		return
	}
	if v.About != nil {
		item.Documentation = &markup{"markdown", v.About()}
	}
	text := strings.ReplaceAll(v.Value, "$", `\$`)
	if c.p.quoted || c.at.key.Quoted() {
		text = `"` + text + `"`
		if c.p.quoted {
			item.FilterText = `"` + filter + `"`
		}
	}
	c.add(item, text)
}

// choices are the values that are known of a key.
func (c *completer) choices(k content.Key) (out []choice) {
	for _, v := range k.Values() {
		out = append(out, choice{Value: v, Detail: k.AboutValue(v, c.s.language), Kind: kindEnum})
	}
	switch {
	case k.Reference():
		return c.products(strings.HasSuffix(k.Path(), "service_of"))
	case k.File():
		return c.files(k)
	}
	if c.catalog == nil {
		return out
	}
	switch k.Path() {
	case "product.categories":
		for _, cat := range c.catalog.CategoriesOf(c.p.facts().Type) {
			out = append(out, choice{Value: cat.ID, Detail: c.inLanguage(cat.Name), About: func() string { return c.both(cat.Name, cat.Description) }})
		}
	case "product.regions":
		return c.regions()
	case "showcase.country":
		out = c.countries()
	case "product.offers.vm_types":
		out = c.used(func(p *catalog.Product, add func(string)) {
			for _, o := range p.Offers {
				for _, t := range o.VMTypes {
					add(t)
				}
			}
		})
	case "product.versions.os", "product.versions.architecture":
		out = c.used(func(p *catalog.Product, add func(string)) {
			for _, v := range p.Versions {
				if k.Name() == "os" {
					add(v.OS)
				} else {
					add(v.Architecture)
				}
			}
		})
	case "showcase.certifications":
		seen := make(map[string]bool)
		for _, s := range c.catalog.Sellers {
			for _, name := range s.Certifications {
				seen[name] = true
			}
		}
		out = named(slices.Sorted(maps.Keys(seen)))
	case "catalog.navigation":
		for _, p := range c.catalog.Pages {
			out = append(out, choice{Value: p.Slug, Detail: c.inLanguage(p.Title), Kind: kindFile})
		}
	case "catalog.waivers.rule":
		for _, r := range changeable() {
			out = append(out, choice{Value: r.ID, Detail: c.s.book.Phrase(r.Title), About: func() string { return c.s.about(r).Value }})
		}
	}
	if strings.HasSuffix(k.Path(), ".drift.key") {
		for _, of := range content.Keys(c.d.kind) {
			if perLanguage, _ := of.EachLanguage(); perLanguage || slotOfItem(of).languages {
				out = append(out, choice{Value: of.Name(), Detail: of.Title(c.s.language)})
			}
		}
		out = append(out, choice{Value: "body", Detail: c.s.say(diag.Say("the long text"))})
	}
	if k.Date() {
		out = append(out, choice{Value: string(c.s.opt.Today()), Detail: c.s.say(diag.Say("today"))})
	}
	return out
}

func named(values []string) (out []choice) {
	for _, v := range values {
		out = append(out, choice{Value: v})
	}
	return out
}

// regions are the catalog's; a version's images are in those of its product.
func (c *completer) regions() (out []choice) {
	if c.catalog == nil {
		return nil
	}
	var own []string
	if n := c.p.root.child("regions"); n != nil && c.at.regions {
		for _, i := range n.children {
			own = append(own, i.scalar)
		}
	}
	for _, r := range c.catalog.Regions {
		if len(own) > 0 && !slices.Contains(own, r.ID) {
			continue
		}
		v := choice{Value: r.ID, Late: !r.Default}
		if r.Default {
			v.Detail = c.s.say(diag.Say("every OMI product is offered there"))
		}
		out = append(out, v)
	}
	return out
}

// products are those of the catalog, one's own and the seller's first.
func (c *completer) products(own bool) (out []choice) {
	if c.catalog == nil {
		return nil
	}
	parts := strings.Split(c.d.path, "/")
	seller, ref := "", ""
	if len(parts) > 3 {
		seller, ref = parts[2], parts[2]+"/"+parts[3]
	}
	add := func(s *catalog.Seller, late bool) {
		for _, p := range s.Products {
			if p.Ref() != ref {
				detail := c.inLanguage(p.Title)
				if p.Status != catalog.Published {
					detail += " (" + string(p.Status) + ")"
				}
				out = append(out, choice{Value: p.Ref(), Detail: detail, About: func() string { return c.both(p.Title, p.Summary) }, Kind: kindReference, Late: late})
			}
		}
	}
	if s := c.catalog.Seller(seller); s != nil {
		add(s, false)
	}
	for _, s := range c.catalog.Sellers {
		if !own && s.Slug != seller {
			add(s, true)
		}
	}
	return out
}

// files are those of the entry's folder that may be named here.
func (c *completer) files(k content.Key) (out []choice) {
	entries, err := os.ReadDir(c.d.in.file(path.Dir(c.d.path)))
	if err != nil || c.d.kind == content.PageEntry {
		return nil
	}
	endings := check.Endings(k.Path())
	for _, e := range entries {
		if e.Type().IsRegular() && slices.Contains(endings, path.Ext(e.Name())) {
			out = append(out, choice{Value: e.Name(), Kind: kindFile})
		}
	}
	return out
}

func (c *completer) countries() (out []choice) {
	l := c.words.Get(c.s.language)
	for _, code := range l.Countries() {
		out = append(out, choice{Value: code, Detail: l.Country(code)})
	}
	return out
}

// used are values that products of the catalog have.
func (c *completer) used(visit func(*catalog.Product, func(string))) []choice {
	seen := make(map[string]bool)
	for p := range c.catalog.Products {
		visit(p, func(v string) {
			if v != "" {
				seen[v] = true
			}
		})
	}
	return named(slices.Sorted(maps.Keys(seen)))
}

// inLanguage is a text in the language of the conversation, or else the first
// there is.
func (c *completer) inLanguage(t catalog.Text) string {
	if i := slices.Index(c.languages(), c.s.language); i >= 0 && t.In(i) != "" {
		return diag.Visible(t.In(i))
	}
	for _, s := range t {
		if s != "" {
			return diag.Visible(s)
		}
	}
	return ""
}

// both are texts in each language, as Markdown.
func (c *completer) both(name, about catalog.Text) string {
	var b strings.Builder
	for i, l := range c.languages() {
		if name.In(i) == "" && about.In(i) == "" {
			continue
		}
		b.WriteString("**" + l + "** " + markdownText(name.In(i)))
		if about.In(i) != "" {
			b.WriteString("  \n" + markdownText(about.In(i)))
		}
		b.WriteString("\n\n")
	}
	return strings.TrimSpace(b.String())
}

// markdownText is a text whose characters mean nothing to Markdown.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range diag.Visible(s) {
		if strings.ContainsRune("\\`*_{}[]<>()#+-.!|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
