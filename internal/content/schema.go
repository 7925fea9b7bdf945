package content

import (
	"regexp"

	"vitrine/internal/catalog"
)

// A field is one key of a front matter: its form, when it is needed, and its
// limits. The tables below are the schema; they read from top to bottom like
// the tables of docs/content.md.
type field struct {
	key     string
	form    form
	lang    languages
	need    need
	types   []catalog.ProductType // the product types that have the key; nil: all
	pricing []catalog.Pricing     // the pricing modes that need the key; nil: all
	max     int                   // characters of a text
	items   [2]int                // least and most items of a list; 0: no limit
	values  []string              // of an enumeration
	fields  []field               // of an object, or of a list's objects
	quoted  bool                  // must be in quotes
	unique  bool                  // no item twice: package check reports it
	pattern *regexp.Regexp        // of a literal: package check reports it
	example string                // how a value is written, where the form does not say
}

// form is what a value looks like.
type form uint8

const (
	text       form = iota // one line
	enum                   // one of values
	slug                   // lowercase words joined by hyphens
	reference              // seller/product
	date                   // 2026-03-31
	boolean                // true or false
	number                 // a whole number
	money                  // an exact decimal
	link                   // https://…
	email                  // name@example.org
	file                   // a file's name in the entry's folder
	fileOrLink             // either
	country                // ISO 3166-1 alpha-2
	literal                // taken as written: versions, codes, identifiers
	object                 // keys and values
	list                   // items of the form that fields or item say
	byRegion               // a value a Region
)

// languages says whether a value is given once or a language each.
type languages uint8

const (
	once       languages = iota // one value for all languages
	each                        // one a language
	onceOrEach                  // either
)

// need says when a key must be there.
type need uint8

const (
	optional    need = iota
	toPublish        // needed; a draft may still lack it
	always           // needed in a draft as well
	unpublished      // needed where status is unpublished
)

var (
	omi     = []catalog.ProductType{catalog.OMI}
	service = []catalog.ProductType{catalog.Service}

	statuses = []string{string(catalog.Draft), string(catalog.Published), string(catalog.Unpublished)}
	reasons  = []string{"end-of-life", "security", "superseded", "seller-left", "legal", "error", "other"}
)

// lifecycle is what every entry has beside its own keys.
var lifecycle = []field{
	{key: "aliases", form: list, fields: []field{{form: slug}}},
	{key: "publish_on", form: date},
	{key: "unpublish_on", form: date},
	{key: "unpublished", form: object, need: unpublished, fields: withdrawal, example: "{since: 2026-03-31, reason: end-of-life}"},
	{key: "drift", form: list, items: [2]int{1, 20}, fields: []field{
		{key: "key", form: literal, max: 40, need: always, example: "summary"},
		{key: "until", form: date, need: always},
		{key: "reason", form: text, max: 300},
	}},
}

var withdrawal = []field{
	{key: "since", form: date, need: always},
	{key: "reason", form: enum, values: reasons, need: always},
	{key: "replacement", form: reference},
	{key: "note", form: text, lang: each, max: 500},
	{key: "purge", form: boolean},
}

var contact = []field{
	{key: "email", form: email},
	{key: "phone", form: text, max: 40},
	{key: "url", form: link, lang: onceOrEach},
}

var pageSchema = append([]field{
	{key: "status", form: enum, values: statuses, need: always},
	{key: "title", form: text, lang: onceOrEach, max: 80, need: toPublish},
	{key: "summary", form: text, lang: each, max: 160, need: toPublish},
}, lifecycle...)

var showcaseSchema = append([]field{
	{key: "status", form: enum, values: statuses, need: always},
	{key: "name", form: text, lang: onceOrEach, max: 80, need: toPublish},
	{key: "summary", form: text, lang: each, max: 160, need: toPublish},
	{key: "logo", form: file, need: toPublish},
	{key: "website", form: link, lang: onceOrEach},
	{key: "contact", form: object, fields: contact},
	{key: "maintainers", form: list, items: [2]int{1, 50}, need: toPublish, example: "[your-github-name]", fields: []field{{form: literal, max: 39}}},
	{key: "accounts", form: byRegion, fields: []field{{form: literal, pattern: AccountForm, quoted: true}}},
	{key: "country", form: country},
	{key: "certifications", form: list, fields: []field{{form: text, max: 60}}},
	{key: "documents", form: list, fields: []field{
		{key: "title", form: text, lang: each, max: 80, need: toPublish},
		{key: "file", form: file, lang: each, need: toPublish},
	}},
}, lifecycle...)

var productSchema = append([]field{
	{key: "type", form: enum, values: []string{string(catalog.OMI), string(catalog.Outsourced), string(catalog.Service)}, need: always},
	{key: "status", form: enum, values: statuses, need: always},
	{key: "title", form: text, lang: onceOrEach, max: 80, need: toPublish},
	{key: "summary", form: text, lang: each, max: 160, need: toPublish},
	{key: "categories", form: list, unique: true, items: [2]int{1, 4}, need: toPublish, example: "[databases]", fields: []field{{form: literal}}},
	{key: "key_points", form: list, items: [2]int{3, 5}, need: toPublish, fields: []field{{form: text, lang: each, max: 120}}},
	{key: "logo", form: file, need: toPublish},
	{key: "screenshots", form: list, items: [2]int{0, 20}, fields: []field{
		{key: "file", form: file, need: toPublish, example: "screenshot-1.png"},
		{key: "alt", form: text, lang: each, max: 160, need: toPublish},
	}},
	{key: "regions", form: list, unique: true, types: omi, need: toPublish, example: "[cloudgouv-eu-west-1]", items: [2]int{1, 50}, fields: []field{{form: literal}}},
	{key: "product_code", form: literal, types: omi, need: toPublish, quoted: true, example: `"pty-1a2b3c4d"`},
	{key: "pricing", form: enum, types: omi, need: toPublish, values: []string{
		string(catalog.PerVMType), string(catalog.Subscription), string(catalog.BYOL), string(catalog.Free),
	}},
	{key: "versions", form: list, types: omi, need: toPublish, fields: []field{
		{key: "version", form: literal, need: always, max: 40, example: `"1.0.0"`},
		{key: "status", form: enum, values: statuses, need: always},
		{key: "released", form: date},
		{key: "images", form: byRegion, need: toPublish, fields: []field{{form: literal, pattern: OMIForm}}},
		{key: "os", form: text, max: 60},
		{key: "architecture", form: text, max: 20},
		{key: "notes", form: text, lang: each, max: 2000},
		{key: "unpublished", form: object, fields: withdrawal},
	}},
	{key: "offers", form: list, types: omi, need: toPublish, pricing: []catalog.Pricing{catalog.PerVMType, catalog.Subscription}, fields: []field{
		{key: "id", form: slug, need: toPublish},
		{key: "name", form: text, lang: each, max: 60, need: toPublish},
		{key: "description", form: text, lang: each, max: 300},
		{key: "audience", form: enum, values: []string{"all", "nuage_public"}, need: toPublish},
		{key: "hourly", form: money, need: toPublish, pricing: []catalog.Pricing{catalog.PerVMType}},
		{key: "yearly", form: money, need: toPublish, pricing: []catalog.Pricing{catalog.PerVMType}},
		{key: "per", form: enum, values: []string{"vm", "vcpu"}, need: toPublish, pricing: []catalog.Pricing{catalog.PerVMType}},
		{key: "rate", form: money, need: toPublish, pricing: []catalog.Pricing{catalog.Subscription}},
		{key: "commitment_months", form: number, need: toPublish, pricing: []catalog.Pricing{catalog.Subscription}},
		{key: "billing", form: enum, values: []string{"monthly", "quarterly", "yearly"}, need: toPublish, pricing: []catalog.Pricing{catalog.Subscription}},
		{key: "vm_types", form: list, fields: []field{{form: literal, pattern: VMTypeForm}}},
	}},
	{key: "license", form: fileOrLink, lang: each, types: omi, need: toPublish},
	{key: "activation", form: text, lang: each, types: omi, max: 600, need: toPublish, pricing: []catalog.Pricing{catalog.Subscription}},
	{key: "deployment_template", form: fileOrLink, lang: onceOrEach, types: omi},
	{key: "documentation", form: link, lang: onceOrEach},
	{key: "support", form: object, fields: contact},
	{key: "privacy_policy", form: fileOrLink, lang: each, types: service, need: toPublish},
	{key: "service_of", form: reference, types: service},
	{key: "related", form: list, unique: true, fields: []field{{form: reference}}},
}, lifecycle...)

var catalogSchema = []field{
	{key: "title", form: text, lang: onceOrEach, max: 80, need: always},
	{key: "description", form: text, lang: each, max: 300, need: always},
	{key: "base_url", form: link, need: always},
	{key: "theme", form: slug},
	{key: "languages", form: list, items: [2]int{1, 20}, need: always, fields: []field{{form: literal, max: 12}}},
	{key: "currency", form: literal, max: 3},
	{key: "contact", form: object, fields: contact},
	{key: "navigation", form: list, fields: []field{{form: slug}}},
	{key: "staff", form: list, items: [2]int{1, 200}, example: "[your-github-name]", fields: []field{{form: literal, max: 39}}},
	{key: "regions", form: list, items: [2]int{1, 50}, need: always, fields: []field{
		{key: "id", form: slug, need: always},
		{key: "default", form: boolean},
	}},
	{key: "categories", form: list, items: [2]int{1, 200}, need: always, fields: category},
	{key: "service_categories", form: list, items: [2]int{1, 200}, fields: category},
	{key: "product_codes", form: object, fields: []field{
		{key: "pattern", form: literal},
		{key: "reserved", form: list, fields: []field{{form: literal, quoted: true}}},
	}},
	{key: "rules", form: object}, // its keys are rules' ids: package check knows them
	{key: "waivers", form: list, fields: []field{
		{key: "rule", form: literal, need: always},
		{key: "path", form: literal, need: always},
		{key: "reason", form: text, need: always, max: 300},
		{key: "until", form: date, need: always},
	}},
}

var category = []field{
	{key: "id", form: slug, need: always},
	{key: "name", form: text, lang: each, max: 60, need: always},
	{key: "description", form: text, lang: each, max: 300},
}
