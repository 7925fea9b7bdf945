package check

import (
	"slices"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var (
	ruleVersionPublished = &diag.Rule{
		ID: "version-published-missing", Severity: diag.Error, Lack: true,
		Title: "a published OMI product has a published version",
		Why:   "Marketplace rule 7: buyers see published versions only. A published product without one would have nothing to start.",
		Help:  "publish a version, or write status: unpublished for the product",
	}
	ruleVersionStays = &diag.Rule{
		ID: "version-still-published", Severity: diag.Error,
		Title: "unpublishing an OMI product unpublishes all its versions",
		Why:   "Marketplace rule 7: unpublishing an OMI product unpublishes all its versions. The file says the same, so that nobody reads it otherwise.",
		Help:  "write status: unpublished for the version",
	}
	ruleWithdrawal = &diag.Rule{
		ID: "unpublished-without-status", Severity: diag.Error,
		Title: "the key unpublished goes with status: unpublished",
		Why:   "Either an entry is withdrawn and says why, or it is there. With both, nobody could tell what buyers should see.",
		Help:  "delete the key unpublished, or write status: unpublished",
	}
	ruleDates = &diag.Rule{
		ID: "dates-order", Severity: diag.Error,
		Title: "an entry is published before it is unpublished",
		Why:   "In the other order the entry would never be public. Most often a month or a year is wrong.",
		Help:  "write a day after publish_on",
	}
)

func statuses(p *entryPass) {
	e := p.Entry()
	if e.Withdrawal != nil && e.Status != catalog.Unpublished && e.Status != "" {
		p.report(ruleWithdrawal, []any{"unpublished"}, diag.Say("delete the key unpublished, or write status: unpublished"), "the entry says why it is unpublished, but its status is %s", e.Status)
	}
	if e.PublishOn != "" && e.UnpublishOn != "" && e.UnpublishOn <= e.PublishOn {
		p.report(ruleDates, []any{"unpublish_on"}, diag.Say("write a day after publish_on"), "unpublish_on is not after publish_on, %s", diag.Quote(string(e.PublishOn)))
	}
	if p.Product == nil || p.Product.Type != catalog.OMI {
		return
	}
	for i, v := range p.Product.Versions {
		if v.Withdrawal != nil && v.Status != catalog.Unpublished && v.Status != "" {
			p.report(ruleWithdrawal, []any{"versions", i, "unpublished"}, diag.Say("delete the key unpublished, or write status: unpublished"), "the version says why it is unpublished, but its status is %s", v.Status)
		}
		if e.Status == catalog.Unpublished && v.Status == catalog.Published {
			p.report(ruleVersionStays, []any{"versions", i, "status"}, diag.Say("write status: unpublished"), "version %s is published, but the product is unpublished", diag.Quote(v.Version))
		}
	}
	if len(p.Product.Versions) > 0 && !hasPublished(p.Product) && e.Status != catalog.Unpublished {
		f := p.report(ruleVersionPublished, []any{"versions"}, diag.Say("publish a version, or write status: unpublished for the product"), "no version is published")
		if slices.ContainsFunc(p.Product.Versions, func(v catalog.Version) bool { return v.Status == catalog.Unpublished }) {
			f.Severity = diag.Warning // withdrawing the last version must not wait for anything
		}
	}
}

var ruleContact = &diag.Rule{
	ID: "contact-missing", Severity: diag.Error, Lack: true,
	Title: "buyers can reach a seller: a showcase has a website or a contact",
	Why:   "Marketplace rule 10: buyers see how to reach a seller. Without that they cannot ask before they buy, nor be helped afterwards.",
	Help:  "add website: https://… or contact: {email: …}",
}

func contacts(p *entryPass) {
	s := p.Seller
	if s == nil {
		return
	}
	if s.Website.Empty() && s.Contact.Email == "" && s.Contact.Phone == "" && s.Contact.URL.Empty() {
		p.report(ruleContact, nil, diag.Say("add website: https://… or contact: {email: …}"), "the showcase has neither a website nor a contact")
	}
}

var (
	ruleShowcaseDraft = &diag.Rule{
		ID: "showcase-not-published", Severity: diag.Error,
		Title: "a product is published after its seller's showcase",
		Why:   "Marketplace rule 2: a seller's showcase exists before any of its products. Until it is published, buyers see none of them.",
		Help:  "publish the showcase first, or write status: draft",
	}
	ruleShowcaseGone = &diag.Rule{
		ID: "showcase-unpublished", Severity: diag.Warning,
		Title: "the products of a seller who left are unpublished with the showcase",
		Why:   "Marketplace rule 7: what is unpublished is out of the catalog. The products of an unpublished showcase are gone with it, and their own files should say so.",
		Help:  "write status: unpublished in the product as well",
	}
)

// showcaseStatus compares products with their showcases: buyers see none of
// the products of a showcase that is not published.
func showcaseStatus(p *catalogPass) {
	for product := range p.catalog.Products {
		seller := product.Seller
		if product.Status != catalog.Published || seller.Status == catalog.Published || seller.Status == "" {
			continue
		}
		rule, help := ruleShowcaseDraft, diag.Say("publish the showcase first, or write status: draft")
		if seller.Status == catalog.Unpublished {
			rule, help = ruleShowcaseGone, diag.Say("write status: unpublished here as well")
		}
		f := p.report(rule, &product.Entry, []any{"status"}, help, "buyers do not see this product: its seller's showcase has the status %s", seller.Status)
		f.Related = []diag.Note{{Span: p.span(&seller.Entry, "status"), Message: diag.Say("the showcase's status")}}
	}
}

var (
	ruleReference = &diag.Rule{
		ID: "reference-unknown", Severity: diag.Error,
		Title: "a product that is referred to exists",
		Why:   "A reference to nothing would be a dead link on the page. The name may be misspelt, or the product renamed.",
		Help:  "write seller/product, the names of the two folders",
	}
	ruleReferenceSelf = &diag.Rule{
		ID: "reference-to-itself", Severity: diag.Error,
		Title: "a product does not refer to itself",
		Why:   "A page that recommends itself leads nowhere. Most often another product was meant.",
		Help:  "delete the reference",
	}
	ruleReferenceHidden = &diag.Rule{
		ID: "reference-not-published", Severity: diag.Warning,
		Title: "a published entry refers to products that buyers can see",
		Why:   "Marketplace rule 7: buyers do not see what is not published. The page leaves such a reference out, and says less than its seller meant.",
		Help:  "name another product, or delete the reference",
	}
	ruleServiceOf = &diag.Rule{
		ID: "service-of-other-seller", Severity: diag.Error,
		Title: "a professional service is tied to a product of the same seller",
		Why:   "The marketplace lets a seller tie a professional service to one of its own products. Nobody sells services in the name of another's product.",
		Help:  "name one of your own products, or delete the key",
	}
)

// references follows related, service_of and replacement.
func references(p *catalogPass) {
	known := sync.OnceValue(func() (refs []string) {
		for product := range p.catalog.Products {
			refs = append(refs, product.Ref())
		}
		return refs
	})
	// one reports whether a reference leads to a product, other than the own one.
	one := func(e *catalog.Entry, own *catalog.Product, ref string, at ...any) *catalog.Product {
		if !content.ValidReference(ref) {
			return nil // reported where its form is
		}
		to := p.catalog.Product(ref)
		switch {
		case to == nil:
			p.report(ruleReference, e, at, choose(ref, known(), "write seller/product, such as %s"), "there is no product %s", diag.Quote(ref)).Fix.Replace = diag.Nearest(ref, known())
		case to == own:
			p.report(ruleReferenceSelf, e, at, diag.Say("delete it"), "the product refers to itself")
		case e.Status == catalog.Published && to.Status != catalog.Published && to.Status != "":
			p.report(ruleReferenceHidden, e, at, diag.Say("name another product, or delete the reference: buyers are not shown it"), "the product %s has the status %s", diag.Quote(ref), to.Status)
		}
		return to
	}
	for product := range p.catalog.Products {
		e, own := &product.Entry, product
		for i, ref := range product.Related {
			if slices.Contains(product.Related[:i], ref) && ref != "" {
				p.report(ruleTwice, e, []any{"related", i}, diag.Say("delete one of the two"), "the product %s is named twice", diag.Quote(ref))
				continue
			}
			one(e, own, ref, "related", i)
		}
		if to := one(e, own, product.ServiceOf, "service_of"); to != nil && to.Seller != product.Seller {
			p.report(ruleServiceOf, e, []any{"service_of"}, diag.Say("name one of your own products, or delete the key"), "the product %s is another seller's", diag.Quote(product.ServiceOf))
		}
		if w := product.Withdrawal; w != nil {
			one(e, own, w.Replacement, "unpublished", "replacement")
		}
		for i, v := range product.Versions {
			if v.Withdrawal != nil {
				one(e, nil, v.Withdrawal.Replacement, "versions", i, "unpublished", "replacement")
			}
		}
	}
	for _, s := range p.catalog.Sellers {
		if s.Withdrawal != nil {
			one(&s.Entry, nil, s.Withdrawal.Replacement, "unpublished", "replacement")
		}
	}
}
