package content

import (
	"path"
	"strconv"
	"strings"
	"time"

	"vitrine/internal/catalog"
)

// What follows turns values into the catalog's types, key by key. A value of
// the wrong form is left empty: validate has reported it.

func (d *Document) schema() []field {
	switch d.Kind {
	case PageEntry:
		return pageSchema
	case SellerEntry:
		return showcaseSchema
	}
	return productSchema
}

// decode fills the document's entry. Languages are the catalog's.
func (d *Document) decode(languages []string) {
	r := reader{languages}
	v := d.Front
	switch d.Kind {
	case PageEntry:
		d.Page = &catalog.Page{Entry: r.entry(v), Title: r.text(v.Get("title")), Summary: r.text(v.Get("summary"))}
	case SellerEntry:
		d.Seller = r.seller(v)
	case ProductEntry:
		d.Product = r.product(v)
	}
}

type reader struct{ languages []string }

func (r reader) entry(v *Value) catalog.Entry {
	return catalog.Entry{
		Status:      status(v.Get("status")),
		PublishOn:   day(v.Get("publish_on")),
		UnpublishOn: day(v.Get("unpublish_on")),
		Withdrawal:  r.withdrawal(v.Get("unpublished")),
		Aliases:     strs(v.Get("aliases")),
		Drift:       drift(v.Get("drift")),
	}
}

// status reads a publication status. Any other word is no status at all:
// never, by mistake, published.
func status(v *Value) catalog.Status {
	switch s := catalog.Status(v.text()); s {
	case catalog.Draft, catalog.Published, catalog.Unpublished:
		return s
	}
	return ""
}

func (r reader) withdrawal(v *Value) *catalog.Withdrawal {
	if v == nil || v.Kind != Mapping {
		return nil
	}
	return &catalog.Withdrawal{
		Since:       day(v.Get("since")),
		Reason:      v.Get("reason").text(),
		Replacement: v.Get("replacement").text(),
		Note:        r.text(v.Get("note")),
		Purge:       v.Get("purge").text() == "true",
	}
}

func drift(v *Value) []catalog.Drift {
	var out []catalog.Drift
	for _, d := range items(v) {
		out = append(out, catalog.Drift{Key: d.Get("key").text(), Until: day(d.Get("until")), Reason: d.Get("reason").text()})
	}
	return out
}

func (r reader) seller(v *Value) *catalog.Seller {
	s := &catalog.Seller{
		Entry:          r.entry(v),
		Name:           r.text(v.Get("name")),
		Summary:        r.text(v.Get("summary")),
		Logo:           v.Get("logo").text(),
		Website:        r.text(v.Get("website")),
		Contact:        r.contact(v.Get("contact")),
		Maintainers:    strs(v.Get("maintainers")),
		Accounts:       accounts(v.Get("accounts")),
		Country:        v.Get("country").text(),
		Certifications: strs(v.Get("certifications")),
	}
	for _, d := range items(v.Get("documents")) {
		s.Documents = append(s.Documents, catalog.Document{Title: r.text(d.Get("title")), File: r.text(d.Get("file"))})
	}
	return s
}

func (r reader) contact(v *Value) catalog.Contact {
	return catalog.Contact{Email: v.Get("email").text(), Phone: v.Get("phone").text(), URL: r.text(v.Get("url"))}
}

func (r reader) product(v *Value) *catalog.Product {
	p := &catalog.Product{
		Entry:              r.entry(v),
		Type:               catalog.ProductType(v.Get("type").text()),
		Title:              r.text(v.Get("title")),
		Summary:            r.text(v.Get("summary")),
		Categories:         strs(v.Get("categories")),
		Logo:               v.Get("logo").text(),
		Regions:            strs(v.Get("regions")),
		ProductCode:        v.Get("product_code").text(),
		Pricing:            catalog.Pricing(v.Get("pricing").text()),
		License:            r.text(v.Get("license")),
		Activation:         r.text(v.Get("activation")),
		DeploymentTemplate: r.text(v.Get("deployment_template")),
		Documentation:      r.text(v.Get("documentation")),
		Support:            r.contact(v.Get("support")),
		PrivacyPolicy:      r.text(v.Get("privacy_policy")),
		ServiceOf:          v.Get("service_of").text(),
		Related:            strs(v.Get("related")),
	}
	for _, k := range items(v.Get("key_points")) {
		p.KeyPoints = append(p.KeyPoints, r.text(k))
	}
	for _, s := range items(v.Get("screenshots")) {
		p.Screenshots = append(p.Screenshots, catalog.Screenshot{File: s.Get("file").text(), Alt: r.text(s.Get("alt"))})
	}
	for _, n := range items(v.Get("versions")) {
		p.Versions = append(p.Versions, r.version(n))
	}
	for i := range p.Versions { // unpublishing a product unpublishes its versions
		n := &p.Versions[i]
		switch {
		case n.Status != catalog.Unpublished:
		case n.Withdrawal != nil:
			n.Gone = n.Withdrawal.Since
		case p.Status == catalog.Unpublished && p.Withdrawal != nil:
			n.Gone = p.Withdrawal.Since
		}
	}
	for _, o := range items(v.Get("offers")) {
		p.Offers = append(p.Offers, r.offer(o))
	}
	return p
}

func (r reader) version(v *Value) catalog.Version {
	n := catalog.Version{
		Version:      v.Get("version").text(),
		Status:       status(v.Get("status")),
		Released:     day(v.Get("released")),
		OS:           v.Get("os").text(),
		Architecture: v.Get("architecture").text(),
		Notes:        r.text(v.Get("notes")),
		Withdrawal:   r.withdrawal(v.Get("unpublished")),
	}
	if m := v.Get("images"); m != nil && m.Kind == Mapping {
		for i, k := range m.Keys {
			n.Images = append(n.Images, catalog.Image{Region: k.Text, OMI: m.Items[i].text()})
		}
	}
	return n
}

func accounts(v *Value) (of []catalog.Account) {
	if v != nil && v.Kind == Mapping {
		for i, k := range v.Keys {
			of = append(of, catalog.Account{Region: k.Text, Number: v.Items[i].text()})
		}
	}
	return of
}

func (r reader) offer(v *Value) catalog.Offer {
	months, _ := strconv.Atoi(v.Get("commitment_months").text())
	return catalog.Offer{
		ID:               v.Get("id").text(),
		Name:             r.text(v.Get("name")),
		Description:      r.text(v.Get("description")),
		Audience:         v.Get("audience").text(),
		Hourly:           amount(v.Get("hourly")),
		Yearly:           amount(v.Get("yearly")),
		Per:              v.Get("per").text(),
		Rate:             amount(v.Get("rate")),
		CommitmentMonths: months,
		Billing:          v.Get("billing").text(),
		VMTypes:          strs(v.Get("vm_types")),
	}
}

func decodeSettings(v *Value) catalog.Settings {
	r := reader{strs(v.Get("languages"))}
	s := catalog.Settings{
		Title:       r.text(v.Get("title")),
		Description: r.text(v.Get("description")),
		BaseURL:     strings.TrimRight(v.Get("base_url").text(), "/") + "/",
		Theme:       v.Get("theme").text(),
		Languages:   r.languages,
		Currency:    v.Get("currency").text(),
		Contact:     r.contact(v.Get("contact")),
		Navigation:  strs(v.Get("navigation")),
		Staff:       strs(v.Get("staff")),
		Categories:  r.categories(v.Get("categories")),
		Services:    r.categories(v.Get("service_categories")),
		Codes: catalog.CodeRules{
			Pattern:  v.Get("product_codes").Get("pattern").text(),
			Reserved: strs(v.Get("product_codes").Get("reserved")),
		},
	}
	if s.Theme == "" {
		s.Theme = "default"
	}
	if s.Currency == "" {
		s.Currency = "EUR"
	}
	for _, n := range items(v.Get("regions")) {
		s.Regions = append(s.Regions, catalog.Region{ID: n.Get("id").text(), Default: n.Get("default").text() == "true"})
	}
	if rules := v.Get("rules"); rules != nil && rules.Kind == Mapping {
		s.Severities = make(map[string]string)
		for i, k := range rules.Keys {
			s.Severities[k.Text] = rules.Items[i].text()
		}
	}
	for _, w := range items(v.Get("waivers")) {
		s.Waivers = append(s.Waivers, catalog.Waiver{
			Rule:   w.Get("rule").text(),
			Path:   path.Clean(w.Get("path").text()),
			Reason: w.Get("reason").text(),
			Until:  day(w.Get("until")),
		})
	}
	return s
}

func (r reader) categories(v *Value) []catalog.Category {
	var out []catalog.Category
	for _, c := range items(v) {
		out = append(out, catalog.Category{ID: c.Get("id").text(), Name: r.text(c.Get("name")), Description: r.text(c.Get("description"))})
	}
	return out
}

// text reads a text of every language, or one text for all of them.
func (r reader) text(v *Value) catalog.Text {
	if v == nil || v.Kind == Null {
		return nil
	}
	t := make(catalog.Text, len(r.languages))
	for i, l := range r.languages {
		if v.Kind == Mapping {
			t[i] = v.Get(l).text()
		} else {
			t[i] = v.text()
		}
	}
	return t
}

func items(v *Value) []*Value {
	if v == nil || v.Kind != Sequence {
		return nil
	}
	return v.Items
}

// strs reads a list of scalars. Items of another kind become "": an item's
// number stays its place.
func strs(v *Value) []string {
	var out []string
	for _, i := range items(v) {
		out = append(out, i.text())
	}
	return out
}

// day reads a date; anything else is none.
func day(v *Value) catalog.Date {
	if _, err := time.Parse(time.DateOnly, v.text()); err != nil {
		return ""
	}
	return catalog.Date(v.text())
}

func amount(v *Value) *catalog.Decimal {
	s := v.text()
	if !moneyForm.MatchString(s) {
		return nil
	}
	d, err := catalog.ParseDecimal(s)
	if err != nil {
		return nil
	}
	return &d
}
