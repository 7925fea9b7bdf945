package intake

import (
	"fmt"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// The first label of each form is its own: an issue is recognised by it.

func (m *maker) showcase() form {
	f := form{
		kind:  showcase,
		name:  m.say("Become a seller: a showcase"),
		about: m.say("Your organisation's page. It comes before your first product."),
	}
	f.fields = append(f.fields, m.slug("seller", m.say("Short name of the seller"), "acme"))
	f.fields = append(f.fields, m.key(content.SellerEntry, input, "name", "name"))
	f.fields = append(f.fields, m.each(content.SellerEntry, input, "summary")...)
	f.fields = append(f.fields, m.texts(m.say("Who you are and what you offer, in Markdown. Paragraphs, lists and headings of level two (##) are welcome."))...)
	f.fields = append(f.fields, m.logo(content.SellerEntry),
		m.key(content.SellerEntry, input, "website", "website"),
		m.key(content.SellerEntry, input, "email", "contact", "email"),
		m.key(content.SellerEntry, input, "phone", "contact", "phone"),
		m.key(content.SellerEntry, input, "country", "country"),
	)
	certifications := m.names(content.SellerEntry, "certifications", m.say("Separate them by commas."))
	maintainers := m.names(content.SellerEntry, "maintainers", m.say("Separate them by commas. If you leave it empty, it is you."))
	f.fields = append(f.fields, certifications, maintainers, m.files())
	return f
}

// product is what all products have.
func (m *maker) product(first string, categories []catalog.Category) []field {
	fields := []field{m.slug("slug", first, "vault"), m.slug("seller", m.say("Seller"), "acme")}
	fields[1].hint = m.say("Your short name in this catalog: the last part of your showcase's address.")
	title := m.each(content.ProductEntry, input, "title")
	for i := range title[1:] {
		title[i+1].hint = m.say("Only where the name is another in this language.")
		title[i+1].publish = false
	}
	fields = append(fields, title...)
	fields = append(fields, m.each(content.ProductEntry, input, "summary")...)
	points := m.each(content.ProductEntry, area, "key_points")
	for i := range points {
		points[i].hint = m.say("%s Between %d and %d, one a line, the same ones in each language, at most %d characters each.", content.LegendOf(content.ProductEntry, m.lang, "key_points").About, points[i].items[0], points[i].items[1], points[i].max)
	}
	fields = append(fields, points...)
	fields = append(fields, m.texts(m.say("What it does, for whom, and how one starts, in Markdown. Paragraphs, lists, tables and headings of level two (##) are welcome."))...)
	chosen := m.key(content.ProductEntry, boxes, "categories", "categories")
	chosen.hint = m.say("Where buyers find it: %d to %d.", chosen.items[0], chosen.items[1])
	for _, c := range categories {
		chosen.options = append(chosen.options, option{c.ID, fmt.Sprintf("%s (%s)", strings.TrimSpace(c.Name.In(max(0, m.settings.Language(m.lang)))), c.ID)})
	}
	return append(fields, chosen, m.logo(content.ProductEntry),
		m.key(content.ProductEntry, input, "documentation", "documentation"),
		m.named(m.key(content.ProductEntry, input, "support-email", "support", "email"), m.say("Support: e-mail address")),
		m.named(m.key(content.ProductEntry, input, "support-url", "support", "url"), m.say("Support: web page")),
	)
}

func (m *maker) omi() form {
	f := form{
		kind:  omi,
		name:  m.say("List an OMI product"),
		about: m.say("A machine image that buyers start as VMs in their own account."),
	}
	f.fields = m.product(m.say("Short name of the OMI product"), m.settings.CategoriesOf(catalog.OMI))
	code := m.key(content.ProductEntry, input, "product_code", "product_code")
	regions := m.key(content.ProductEntry, boxes, "regions", "regions")
	regions.hint, regions.publish = m.say("Where buyers can start it. Where every OMI product is offered, yours is too."), false
	for _, r := range m.settings.Regions {
		text := r.ID
		if r.Default {
			text = m.say("%s (always)", r.ID)
		}
		regions.options = append(regions.options, option{r.ID, text})
	}
	pricing := m.choice(content.ProductEntry, "pricing", "pricing")
	f.fields = append(f.fields, code, regions)
	f.fields = append(f.fields, m.release()...)
	f.fields = append(f.fields, pricing)
	f.fields = append(f.fields, m.offers()...)
	license := m.each(content.ProductEntry, input, "license")
	for i := range license {
		license[i].hint = m.say("A link (https://…), or the name of a PDF file that you attach below, such as %s.", "license-"+m.settings.Languages[i]+".pdf")
	}
	activation := m.each(content.ProductEntry, area, "activation")
	for i := range activation {
		activation[i].hint = m.say("For subscriptions alone: %s", content.LegendOf(content.ProductEntry, m.lang, "activation").About)
		activation[i].publish = false
	}
	f.fields = append(append(append(f.fields, license...), activation...), m.files())
	return f
}

func (m *maker) outsourced() form {
	f := form{
		kind:  outsourced,
		name:  m.say("List an outsourced product"),
		about: m.say("SaaS or PaaS that you run, and bill outside the marketplace."),
	}
	f.fields = append(m.product(m.say("Short name of the outsourced product"), m.settings.CategoriesOf(catalog.Outsourced)), m.files())
	return f
}

func (m *maker) service() form {
	f := form{
		kind:  service,
		name:  m.say("List a professional service"),
		about: m.say("Support, training or consulting."),
	}
	f.fields = m.product(m.say("Short name of the professional service"), m.settings.CategoriesOf(catalog.Service))
	policy := m.each(content.ProductEntry, input, "privacy_policy")
	for i := range policy {
		policy[i].hint = m.say("A link (https://…), or the name of a PDF file that you attach below, such as %s.", "privacy-"+m.settings.Languages[i]+".pdf")
	}
	f.fields = append(append(f.fields, policy...), m.key(content.ProductEntry, input, "service_of", "service_of"), m.files())
	return f
}

func (m *maker) version() form {
	f := form{
		kind:  version,
		name:  m.say("A new version of an OMI product"),
		about: m.say("The product stays as it is; buyers get the new version first."),
	}
	release := m.release()
	release[0].needed = true
	f.fields = append(append(f.fields, m.which(m.say("Product of the new version"))), release...)
	return f
}

func (m *maker) unpublish() form {
	f := form{
		kind:  unpublish,
		name:  m.say("Unpublish a product or a version"),
		about: m.say("Buyers no longer see it. Whoever uses it already goes on."),
	}
	one := field{id: "version", shape: input, label: m.say("Version to unpublish"), hint: m.say("Leave it empty to unpublish the product with all its versions."), example: "1.0.0"}
	reason := m.choice(content.ProductEntry, "reason", "unpublished", "reason")
	reason.needed, reason.publish = true, true
	replacement := m.key(content.ProductEntry, input, "replacement", "unpublished", "replacement")
	f.fields = append(f.fields, m.which(m.say("Product to unpublish")), one, reason, replacement)
	f.fields = append(f.fields, m.each(content.ProductEntry, area, "unpublished", "note")...)
	return f
}
