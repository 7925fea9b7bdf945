package intake

import (
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// key is a field for a key of the schema, with the schema's words.
func (m *maker) key(of content.Kind, how shape, id string, path ...string) field {
	l := content.LegendOf(of, m.lang, path...)
	f := field{id: id, shape: how, label: l.Title, hint: l.About, example: l.Example, key: strings.Join(path, "."), max: l.Max, items: l.Items}
	if l.Max > 0 && how == input {
		f.hint = m.say("%s At most %d characters.", l.About, l.Max)
	}
	f.publish = l.Needed
	return f
}

// names is a field for a key that lists names.
func (m *maker) names(of content.Kind, key, how string) field {
	f := m.key(of, input, key, key)
	f.hint = content.LegendOf(of, m.lang, key).About + " " + how
	f.max, f.items, f.publish = 0, [2]int{}, false
	return f
}

func (m *maker) named(f field, label string) field {
	f.label = label
	return f
}

// each is a field for each language of the catalog.
func (m *maker) each(of content.Kind, how shape, path ...string) []field {
	var out []field
	for _, l := range m.settings.Languages {
		f := m.key(of, how, path[len(path)-1]+"-"+l, path...)
		f.label = m.say("%s (%s)", f.label, m.words.NameOf(l))
		f.key += "." + l
		f.example = content.LegendOf(of, l, path...).Example
		out = append(out, f)
	}
	return out
}

// texts are the long texts, one a language.
func (m *maker) texts(hint string) []field {
	var out []field
	for _, l := range m.settings.Languages {
		out = append(out, field{id: "text-" + l, shape: area, label: m.say("Text (%s)", m.words.NameOf(l)), hint: hint, publish: true})
	}
	return out
}

// slug is a field for the name of a folder.
func (m *maker) slug(id, label, example string) field {
	return field{id: id, shape: input, label: label, example: example, needed: true, publish: true, hint: m.say("A part of the page's address: lowercase letters, digits and hyphens. It should stay.")}
}

// which is a field for a product that is in the catalog.
func (m *maker) which(label string) field {
	return field{id: "product", shape: input, label: label, example: "acme/vault", needed: true, publish: true, hint: m.say("As seller/product, or the address of its page.")}
}

// choice is a field for a key that has one of some words.
func (m *maker) choice(of content.Kind, id string, path ...string) field {
	f := m.key(of, pick, id, path...)
	f.example = ""
	for _, c := range content.LegendOf(of, m.lang, path...).Choices {
		f.options = append(f.options, option{c.Value, c.Value + " — " + strings.TrimSuffix(c.About, ".")})
	}
	return f
}

func (m *maker) logo(of content.Kind) field {
	f := m.key(of, pick, "logo", "logo")
	f.example = ""
	f.hint = m.say("Attach the picture below. It has at most 2 MB, and looks best transparent, borderless and centred.")
	for _, ending := range []string{"svg", "png", "jpg", "webp"} {
		f.options = append(f.options, option{"logo." + ending, "logo." + ending})
	}
	return f
}

// files is where logo and documents are attached. Nothing is ever fetched from
// what stands in it: whoever reviews the listing adds the files.
func (m *maker) files() field {
	return field{id: "files", shape: area, label: m.say("Files"), hint: m.say("Drag your logo, screenshots and documents here. A reviewer adds them to the listing.")}
}

// release is what a version has.
func (m *maker) release() []field {
	of := content.ProductEntry
	fields := []field{m.key(of, input, "version", "versions", "version"), m.key(of, input, "released", "versions", "released")}
	fields[0].hint = m.say("The version as buyers know it. At most %d characters.", fields[0].max)
	fields[0].publish = true
	for _, r := range m.settings.Regions {
		f := m.key(of, input, "image-"+r.ID, "versions", "images")
		f.label, f.example, f.key = m.say("OMI in %s", r.ID), "ami-1a2b3c4d", f.key+"."+r.ID
		f.hint = m.say("The OMI's ID in this Region. Leave it empty where the product is not offered.")
		f.publish = false
		fields = append(fields, f)
	}
	fields = append(fields, m.key(of, input, "os", "versions", "os"), m.key(of, input, "architecture", "versions", "architecture"))
	return append(fields, m.each(of, area, "versions", "notes")...)
}

// column is a part of an offer, in the order of the table.
type column struct{ key, title string }

// columns are those of the tables of offers; "name" is one a language.
func (m *maker) columns(p catalog.Pricing) []column {
	var out []column
	for _, l := range m.settings.Languages {
		out = append(out, column{"name." + l, m.say("%s (%s)", content.LegendOf(content.ProductEntry, m.lang, "offers", "name").Title, m.words.NameOf(l))})
	}
	keys := []string{"hourly", "yearly", "per", "audience"}
	if p == catalog.Subscription {
		keys = []string{"rate", "commitment_months", "billing", "audience"}
	}
	for _, k := range keys {
		out = append(out, column{k, content.LegendOf(content.ProductEntry, m.lang, "offers", k).Title})
	}
	return out
}

// offers are two tables to fill in, of which the pricing mode needs one at
// most.
func (m *maker) offers() []field {
	table := func(p catalog.Pricing) string {
		var head, rule, empty strings.Builder
		for _, c := range m.columns(p) {
			head.WriteString("| " + strings.ReplaceAll(c.title, "|", "/") + " ")
			rule.WriteString("|---")
			empty.WriteString("|   ")
		}
		return head.String() + "|\n" + rule.String() + "|\n" + empty.String() + "|\n"
	}
	vm := field{id: "offers-vm_type", shape: area, label: m.say("Offers per VM type"), filled: table(catalog.PerVMType), key: "offers", items: [2]int{0, maxOffers}}
	vm.hint = m.say("With this pricing mode alone: a row for each offer. Rates in %s without taxes, such as 0.145; billed per vm or vcpu; audience all, or nuage_public.", m.settings.Currency)
	by := field{id: "offers-subscription", shape: area, label: m.say("Subscription offers"), filled: table(catalog.Subscription), key: "offers", items: [2]int{0, maxOffers}}
	by.hint = m.say("With this pricing mode alone: a row for each offer. Rates in %s without taxes, such as 900.00; the commitment in months; billed monthly, quarterly or yearly; audience all, or nuage_public.", m.settings.Currency)
	return []field{vm, by}
}

// maxOffers is how many rows of a table are read.
const maxOffers = 20
