package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// The rules of keys and values: what the tables of the schema can say.
var (
	ruleKeyUnknown = &diag.Rule{
		ID: "key-unknown", Severity: diag.Error, Fixed: true,
		Title: "a front matter has only keys that the catalog knows",
		Why:   "A misspelt key would be passed over in silence, and the page would lack what it says. This is our own convention.",
		Help:  "correct the key, or delete it: docs/content.md lists the keys",
	}
	ruleKeyMissing = &diag.Rule{
		ID: "key-missing", Severity: diag.Error, Lack: true, Fixed: true,
		Title: "a published entry has every key that it needs",
		Why:   "Buyers compare products by the same facts, and the marketplace asks every seller for them. A draft may still lack some.",
		Help:  "add the key",
	}
	ruleKeyType = &diag.Rule{
		ID: "key-not-for-type", Severity: diag.Error, Fixed: true,
		Title: "a product has only the keys of its type",
		Why:   "OMI products, outsourced products and professional services are sold in different ways: only an OMI product has versions, Regions and a product code. A key of another type would mislead whoever reads the file.",
		Help:  "delete the key, or change the type",
	}
	ruleValueType = &diag.Rule{
		ID: "value-type", Severity: diag.Error, Fixed: true,
		Title: "a value is what its key asks for: a text, a list, or keys and values",
		Why:   "A text, a list and a group of keys are shown in different ways. Where the kind is another one, nothing is guessed.",
		Help:  "write the value in the form that its key asks for",
	}
	ruleValueEmpty = &diag.Rule{
		ID: "value-empty", Severity: diag.Error, Lack: true, Fixed: true,
		Title: "a key has a value",
		Why:   "A key without a value may be one that was forgotten. Whoever means nothing leaves the key out.",
		Help:  "write a value, or delete the key",
	}
	ruleValueUnknown = &diag.Rule{
		ID: "value-unknown", Severity: diag.Error, Fixed: true,
		Title: "a value is one of those that its key allows",
		Why:   "Each of these words changes what the site does. One that is not known is never taken for another: a misspelt status must not publish anything.",
		Help:  "write one of the words that the key allows",
	}
	ruleLanguageMissing = &diag.Rule{
		ID: "language-missing", Severity: diag.Error, Lack: true, Fixed: true,
		Title: "everything that buyers read is there in every language of the catalog",
		Why:   "Marketplace rule 1: everything that buyers read, texts and documents alike, is given in English and in French; an entry that lacks one cannot be published.",
		Help:  "write the text in every language",
	}
	ruleLanguageUnknown = &diag.Rule{
		ID: "language-unknown", Severity: diag.Error, Fixed: true,
		Title: "texts are given only in the catalog's languages",
		Why:   "A text under a key that is no language would never be shown. The languages are those that catalog.yaml lists.",
		Help:  "write the key of one of the catalog's languages, such as en or fr",
	}
	ruleTextLong = &diag.Rule{
		ID: "text-too-long", Severity: diag.Error,
		Title: "a text keeps to its key's limit",
		Why:   "Cards, lists and search results have room for so much text; more would be cut off where nobody chose. The limits are our own.",
		Help:  "shorten the text",
	}
	ruleListShort = &diag.Rule{
		ID: "list-too-short", Severity: diag.Error, Lack: true,
		Title: "a list has at least as many items as its key asks for",
		Why:   "A product without a category is not found, and one with few key points is not understood. The marketplace asks a professional service for one to four categories and three to five key points; we ask it of all products.",
		Help:  "add items to the list",
	}
	ruleListLong = &diag.Rule{
		ID: "list-too-long", Severity: diag.Error,
		Title: "a list has at most as many items as its key allows",
		Why:   "Pages show a few points well, and many badly. The marketplace asks a professional service for one to four categories and three to five key points; we ask it of all products.",
		Help:  "keep the items that matter most",
	}
)

// validator walks a front matter along its schema.
type validator struct {
	doc       *Document
	languages []string
	regions   []string
	product   catalog.ProductType // "" where it is no product or the type is not known
	pricing   catalog.Pricing
}

// validate reports every fault of a document's front matter that the schema
// can see.
func validate(d *Document, s *catalog.Settings, fields []field) {
	v := &validator{doc: d, languages: s.Languages}
	for _, r := range s.Regions {
		v.regions = append(v.regions, r.ID)
	}
	if d.Kind == ProductEntry {
		v.product = catalog.ProductType(d.Front.Get("type").text())
		v.pricing = catalog.Pricing(d.Front.Get("pricing").text())
	}
	v.object(d.Front, d.Front, fields)
}

// text returns a scalar's text, "" for anything else. It may be called on nil.
func (v *Value) text() string {
	if v == nil || v.Kind != Scalar {
		return ""
	}
	return strings.TrimSpace(v.Text)
}

// report adds a finding at a value, or at the fence where it is the whole front
// matter. Only a finding needs a place: finding places takes longer than
// finding that nothing is wrong.
func (c *validator) report(rule *diag.Rule, at *Value, help diag.Text, message string, args ...any) *diag.Finding {
	return c.doc.Report(rule, c.doc.spanOf(at), help, message, args...)
}

// belongs reports whether the product's type has the key. Where the type is
// not known, every key is let through: its absence is a finding already.
func (c *validator) belongs(f *field) bool {
	known := c.product == catalog.OMI || c.product == catalog.Outsourced || c.product == catalog.Service
	return f.types == nil || !known || slices.Contains(f.types, c.product)
}

// needed reports whether the key must be there.
func (c *validator) needed(f *field, parent *Value) bool {
	switch f.need {
	case optional:
		return false
	case unpublished:
		return parent.Get("status").text() == string(catalog.Unpublished)
	}
	if f.types != nil && !slices.Contains(f.types, c.product) {
		return false
	}
	return f.pricing == nil || slices.Contains(f.pricing, c.pricing)
}

// object checks the keys of a mapping. What is missing is reported at the
// value at.
func (c *validator) object(v *Value, at *Value, fields []field) {
	defer func(was bool) { c.doc.draft = was }(c.doc.draft)
	if v.Get("status").text() == string(catalog.Draft) {
		c.doc.draft = true // a version has a status of its own: a draft one may be incomplete
	}
	for i, key := range v.Keys {
		f := find(fields, key.Text)
		switch {
		case f == nil:
			c.unknownKey(key, fields)
		case !c.belongs(f):
			c.report(ruleKeyType, key, diag.Say("delete the key, or change the type"), "the key %s is not for products of type %s", diag.Quote(key.Text), c.product)
		default:
			c.value(f, key, v.Items[i])
		}
	}
	for i := range fields {
		f := &fields[i]
		if v.Get(f.key) == nil && c.needed(f, v) {
			c.report(ruleKeyMissing, at, diag.Say("add %s", c.example(f)), "the key %s is missing", diag.Quote(f.key)).Fix.Add = f.key
		}
	}
}

func find(fields []field, key string) *field {
	for i := range fields {
		if fields[i].key == key {
			return &fields[i]
		}
	}
	return nil
}

func (c *validator) unknownKey(key *Value, fields []field) {
	var names []string
	for i := range fields {
		if c.belongs(&fields[i]) {
			names = append(names, fields[i].key)
		}
	}
	help := diag.Say("the keys are %s", strings.Join(names, ", "))
	near := diag.Nearest(key.Text, names)
	if near != "" {
		help = diag.Say("did you mean %s?", near)
	}
	c.report(ruleKeyUnknown, key, help, "the key %s is not known here", diag.Quote(key.Text)).Fix.Replace = near
}

// value checks one key's value.
func (c *validator) value(f *field, key, v *Value) {
	at := key
	switch {
	case v.Kind == refused:
	case v.Kind == Null:
		if f.need != optional || f.form != list && f.form != object {
			c.report(ruleValueEmpty, at, c.emptyHelp(f), "the key %s has no value", diag.Quote(key.Text))
		}
	case f.form == byRegion:
		c.byRegion(f, key, v)
	case f.form == list:
		c.list(f, key, v)
	case f.form == object:
		if c.kind(f, v, Mapping) && f.fields != nil {
			c.object(v, at, f.fields)
		}
	case f.lang == each, f.lang == onceOrEach && v.Kind == Mapping:
		c.eachLanguage(f, key, v)
	default:
		c.scalar(f, v)
	}
}

// kind checks that a value is of a kind.
func (c *validator) kind(f *field, v *Value, want ValueKind) bool {
	if v.Kind == want {
		return true
	}
	if v.Kind == refused {
		return false
	}
	help := diag.Say("write %s", c.example(f))
	if s := v.text(); want == Sequence && s != "" && len(f.fields) == 1 && f.fields[0].key == "" && f.fields[0].lang == once {
		help = diag.Say("write %s", join(f.key, "["+s+"]"))
	}
	expected := map[ValueKind]string{
		Scalar:   "a text is expected here, not %s",
		Mapping:  "keys and values are expected here, not %s",
		Sequence: "a list is expected here, not %s",
	}
	c.report(ruleValueType, v, help, expected[want], v.Kind.text())
	return false
}

func (c *validator) list(f *field, key, v *Value) {
	if !c.kind(f, v, Sequence) {
		return
	}
	at := key
	if least := f.items[0]; len(v.Items) < least {
		c.report(ruleListShort, at, diag.Say("add %d more", least-len(v.Items)), "%s has %s, expected at least %d", diag.Quote(key.Text), diag.Plural(len(v.Items), "%d item", "%d items"), least)
	} else if len(v.Items) == 0 && f.need == toPublish {
		c.report(ruleListShort, at, diag.Say("add %s", c.example(f)), "%s has no item", diag.Quote(key.Text))
	}
	if most := f.items[1]; most > 0 && len(v.Items) > most {
		c.report(ruleListLong, at, diag.Say("keep the %d that matter most", most), "%s has %d items, expected at most %d", diag.Quote(key.Text), len(v.Items), most)
	}
	for _, item := range v.Items {
		switch {
		case item.Kind == Null:
			c.report(ruleValueEmpty, item, diag.Say("write a value behind the hyphen, or delete the line"), "this item is empty")
		case len(f.fields) == 1 && f.fields[0].key == "":
			if of := &f.fields[0]; of.lang == each {
				c.eachLanguage(of, item, item)
			} else {
				c.scalar(of, item)
			}
		case item.Kind == refused:
		case item.Kind != Mapping:
			c.report(ruleValueType, item, diag.Say("write items with the keys %s", keys(f.fields)), "keys and values are expected here, not %s", item.Kind.text())
		default:
			c.object(item, item, f.fields)
		}
	}
}

func (c *validator) byRegion(f *field, key, v *Value) {
	if !c.kind(f, v, Mapping) {
		return
	}
	if len(v.Items) == 0 {
		c.report(ruleListShort, key, diag.Say("write %s", c.example(f)), "%s names no Region", diag.Quote(key.Text))
	}
	for i, item := range v.Items {
		if item.Kind == Null {
			c.report(ruleValueEmpty, v.Keys[i], diag.Say("write the value for this Region, or delete the line"), "the Region %s has no value", diag.Quote(v.Keys[i].Text))
			continue
		}
		c.scalar(&f.fields[0], item)
	}
}

func (c *validator) scalar(f *field, v *Value) {
	if !c.kind(f, v, Scalar) {
		return
	}
	at := v
	if strings.TrimSpace(v.Text) == "" {
		c.report(ruleValueEmpty, at, c.emptyHelp(f), "the value is empty")
		return
	}
	if n := utf8.RuneCountInString(v.Text); f.max > 0 && n > f.max {
		c.report(ruleTextLong, at, diag.Say("shorten it by %s", diag.Plural(n-f.max, "%d character", "%d characters")), "%d characters, limit %d", n, f.max)
	}
	c.form(f, v, at)
}
