package check

import (
	"path"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var (
	ruleVanished = &diag.Rule{
		ID: "entry-vanished", Severity: diag.Error,
		Title: "an entry that was published is unpublished, never deleted",
		Help:  "put it back and write status: unpublished; where it got a new name, add the old one to its aliases",
		Why:   "Buyers who run the product look for its page; its address, its product code and the reason why it is gone stay. A new name is an alias of the old one.",
	}
	ruleVersionGone = &diag.Rule{
		ID: "version-vanished", Severity: diag.Error,
		Title: "a version that was published is unpublished, never deleted",
		Help:  "put it back with status: unpublished, and say why under unpublished",
		Why:   "VMs that were made from the version go on working; their owners look it up (rule 7 of the marketplace).",
	}
	ruleAliasGone = &diag.Rule{
		ID: "alias-vanished", Severity: diag.Error,
		Title: "a former name stays an alias",
		Help:  "put it back: links to the former address still lead here",
		Why:   "An alias redirects a former address. One that is given up breaks the links of buyers, and could be taken by somebody else.",
	}
	ruleBackToDraft = &diag.Rule{
		ID: "status-back-to-draft", Severity: diag.Error,
		Title: "what was published becomes unpublished, never a draft again",
		Help:  "write status: unpublished, and say why under unpublished",
		Why:   "Unpublishing tells buyers when and why; a draft would vanish without a word (rule 7 of the marketplace).",
	}
)

// vanished looks for what was public and is no longer there.
func vanished(c *changePass) {
	for i := range c.pairs {
		p := &c.pairs[i]
		if !p.public(c.today) {
			continue
		}
		if p.now == nil {
			c.gone(p)
			continue
		}
		if c.document(p.now) == nil {
			continue // what cannot be read is reported as such
		}
		switch {
		case p.now.Status == catalog.Draft:
			c.report(ruleBackToDraft, p.now, []any{"status"}, diag.Text{}, "the entry was %s and is a draft now", string(p.was.Status))
		case p.was.Status == catalog.Published && p.now.Status == catalog.Published && p.now.PublishOn > c.today:
			c.report(ruleBackToDraft, p.now, []any{"publish_on"}, diag.Say("delete publish_on, or write status: unpublished and say why under unpublished"),
				"the entry is public, and would be so again only on %s", string(p.now.PublishOn))
		}
		for _, alias := range p.was.Aliases {
			if alias != "" && !is(p.now, alias) {
				c.report(ruleAliasGone, p.now, []any{"aliases"}, diag.Text{}, "the alias %s is no longer listed", diag.Quote(alias))
			}
		}
		if p.wasProduct != nil && p.nowProduct != nil {
			c.goneVersions(p.wasProduct, p.nowProduct)
		}
	}
}

// gone reports an entry without a file, and where it may have gone.
func (c *changePass) gone(p *pair) {
	help := diag.Say("put it back and write status: unpublished; if it has a new name, add %s to the aliases there", p.was.Slug)
	f := c.reportAt(ruleVanished, nil, diag.Span{Path: p.was.Source}, help, "this entry was published, and its file is gone")
	if p.wasProduct == nil || p.wasProduct.ProductCode == "" {
		return
	}
	for n := range c.catalog.Products {
		if n.ProductCode == p.wasProduct.ProductCode {
			message := diag.Say("this product has its product code")
			if path.Dir(path.Dir(n.Source)) != path.Dir(path.Dir(p.was.Source)) {
				f.Help = diag.Say("put it back: a product stays with its seller")
			}
			f.Related = append(f.Related, diag.Note{Span: c.span(&n.Entry, "product_code"), Message: message})
		}
	}
}

func (c *changePass) goneVersions(was, now *catalog.Product) {
	if was.Type != now.Type {
		return
	}
	for _, v := range was.Versions {
		if v.Status == catalog.Draft || v.Status == "" {
			continue
		}
		i := slices.IndexFunc(now.Versions, func(n catalog.Version) bool { return n.Version == v.Version })
		switch {
		case i < 0:
			c.report(ruleVersionGone, &now.Entry, []any{"versions"}, diag.Text{}, "version %s was published and is no longer listed", diag.Quote(v.Version))
		case now.Versions[i].Status == catalog.Draft:
			c.report(ruleBackToDraft, &now.Entry, []any{"versions", i, "status"}, diag.Text{}, "version %s was %s and is a draft now", diag.Quote(v.Version), string(v.Status))
		}
	}
}
