package content

import (
	"slices"

	"vitrine/internal/catalog"
)

// What follows says of keys that depend on each other what the check says of
// them, as far as a schema can. A test of package check compares the two.

var (
	productTypes = []catalog.ProductType{catalog.OMI, catalog.Outsourced, catalog.Service}
	pricingModes = []catalog.Pricing{catalog.PerVMType, catalog.Subscription, catalog.BYOL, catalog.Free}
)

// rules hold for drafts as well.
func (g *schemaMaker) rules(kind Kind, fields []field) []*jsonSchema {
	withdrawn := when("status", []any{"draft", "published"}, one("unpublished", never))
	all := []*jsonSchema{withdrawn}
	if kind != ProductEntry {
		return all
	}
	for _, t := range productTypes {
		then := &jsonSchema{}
		for i := range fields {
			if f := &fields[i]; f.types != nil && !slices.Contains(f.types, t) {
				then.set(f.key, never)
			}
		}
		if s := g.Settings; s != nil {
			then.set("categories", &jsonSchema{Items: g.category(s.CategoriesOf(t))})
		}
		all = append(all, when("type", []any{t}, then))
	}
	offers := find(fields, "offers")
	for _, p := range pricingModes {
		if len(priced(offers.fields, p)) == 0 {
			continue // any rates go with it
		}
		offer := &jsonSchema{}
		for _, f := range offers.fields {
			if f.pricing != nil && !slices.Contains(f.pricing, p) {
				offer.set(f.key, never)
			}
		}
		all = append(all, when("pricing", []any{p}, one("offers", &jsonSchema{Items: offer})))
	}
	stays := &jsonSchema{Not: &jsonSchema{Const: "published"}, ErrorMessage: g.say("version_stays")}
	return append(all,
		one("versions", &jsonSchema{Items: withdrawn}),
		when("status", []any{"unpublished"}, one("versions", &jsonSchema{Items: one("status", stays)})))
}

// needs hold for what is no draft.
func (g *schemaMaker) needs(kind Kind, fields []field) []*jsonSchema {
	all := []*jsonSchema{when("status", []any{"unpublished"}, &jsonSchema{Required: []string{"unpublished"}})}
	switch kind {
	case CatalogFile:
		return nil
	case SellerEntry:
		reached := one("contact", &jsonSchema{Type: "object", MinProperties: 1})
		reached.Required = []string{"contact"}
		all = append(all, &jsonSchema{AnyOf: []*jsonSchema{{Required: []string{"website"}}, reached}, ErrorMessage: g.say("contact")})
	case ProductEntry:
		for _, t := range productTypes {
			then := &jsonSchema{}
			for _, f := range fields {
				if f.need == toPublish && slices.Contains(f.types, t) && f.pricing == nil {
					then.Required = append(then.Required, f.key)
				}
			}
			if then.Required != nil {
				all = append(all, when("type", []any{t}, then))
			}
		}
		for _, p := range pricingModes {
			needed := priced(fields, p)
			if len(needed) == 0 {
				continue
			}
			forAll := one("audience", &jsonSchema{Const: "all"})
			then := one("offers", &jsonSchema{
				Items:    &jsonSchema{Required: priced(find(fields, "offers").fields, p)},
				Contains: forAll, ErrorMessage: g.say("offer_for_all"),
			})
			then.Required = needed
			all = append(all, when("pricing", []any{p}, then))
		}
		all = append(all, when("type", []any{catalog.OMI}, g.omi()))
	}
	return all
}

// omi is what an OMI product needs beside its keys: the default Regions, and a
// published version.
func (g *schemaMaker) omi() *jsonSchema {
	s := &jsonSchema{If: has("status", "published"), Then: one("versions", &jsonSchema{
		Contains: has("status", "published", "unpublished"), ErrorMessage: g.say("version_published"),
	})}
	if g.Settings != nil {
		regions := &jsonSchema{}
		for _, r := range g.Settings.Regions {
			if r.Default {
				regions.AllOf = append(regions.AllOf, &jsonSchema{Contains: &jsonSchema{Const: r.ID}, ErrorMessage: g.say("region_default", "region", r.ID)})
			}
		}
		s.set("regions", regions)
	}
	return s
}

// priced are the keys that a pricing mode needs.
func priced(fields []field, p catalog.Pricing) (keys []string) {
	for _, f := range fields {
		if f.need == toPublish && slices.Contains(f.pricing, p) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// category is the id of one of a catalog's categories.
func (g *schemaMaker) category(of []catalog.Category) *jsonSchema {
	s := &jsonSchema{}
	for _, c := range of {
		s.Enum = append(s.Enum, c.ID)
		s.EnumDescriptions = append(s.EnumDescriptions, c.Name.In(max(0, g.Settings.Language(g.Language))))
	}
	s.Enum = append(s.Enum, nil)
	return s
}

func (g *schemaMaker) regions() []string {
	var ids []string
	if g.Settings != nil {
		for _, r := range g.Settings.Regions {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// has is true where a key is there and has one of the values.
func has(key string, values ...any) *jsonSchema {
	s := &jsonSchema{Enum: values}
	if len(values) == 1 {
		s = &jsonSchema{Const: values[0]}
	}
	s = one(key, s)
	s.Type, s.Required = "object", []string{key} // what is no mapping has no key
	return s
}

// when applies a schema where a key has one of the values.
func when(key string, values []any, then *jsonSchema) *jsonSchema {
	return &jsonSchema{If: has(key, values...), Then: then}
}

// one is a schema with one key.
func one(key string, value any) *jsonSchema {
	s := &jsonSchema{}
	s.set(key, value)
	return s
}
