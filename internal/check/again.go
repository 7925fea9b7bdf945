package check

import (
	"maps"
	"reflect"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// judges reports whether the rules of the catalog would find in another one what
// they found in this one, at the same places: nothing that they look at differs.
// They look at every entry, which takes longer than all else after a save, and
// most saves change texts.
func (r *Result) judges(c *catalog.Catalog) bool {
	was, now := r.Catalog, c
	if len(was.Sellers) != len(now.Sellers) || len(was.Pages) != len(now.Pages) {
		return false
	}
	if !maps.EqualFunc(was.Prices, now.Prices, func(a, b *catalog.PriceList) bool { return a.Digest == b.Digest }) {
		return false
	}
	touched := make(map[string]bool)
	alike := func(a, b *catalog.Entry) bool {
		if a.Digest != b.Digest {
			touched[b.Source] = true
		}
		return a.Source == b.Source
	}
	for i, p := range now.Pages {
		if o := was.Pages[i]; o != p && !(alike(&o.Entry, &p.Entry) && (o.Digest == p.Digest || reflect.DeepEqual(judgedPage(o), judgedPage(p)))) {
			return false
		}
	}
	for i, s := range now.Sellers {
		o := was.Sellers[i]
		if o == s {
			continue
		}
		if !alike(&o.Entry, &s.Entry) || len(o.Products) != len(s.Products) || o.Digest != s.Digest && !reflect.DeepEqual(judgedSeller(o), judgedSeller(s)) {
			return false
		}
		for j, p := range s.Products {
			o := o.Products[j]
			if !alike(&o.Entry, &p.Entry) || o.Digest != p.Digest && !reflect.DeepEqual(judgedProduct(o), judgedProduct(p)) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(r.judged, func(f diag.Finding) bool { // its place may be another one
		return touched[f.Path] || slices.ContainsFunc(f.Related, func(n diag.Note) bool { return touched[n.Path] })
	})
}

// What the rules of the catalog look at: all but what is taken out here.

func judgedEntry(e catalog.Entry) catalog.Entry {
	out := catalog.Entry{
		Source: e.Source, Slug: e.Slug, Status: e.Status, PublishOn: e.PublishOn, UnpublishOn: e.UnpublishOn,
		Withdrawal: e.Withdrawal, Aliases: e.Aliases, Drift: e.Drift,
	}
	for _, l := range e.Links {
		out.Links = append(out.Links, catalog.Link{To: l.To})
	}
	for _, n := range e.Named {
		out.Named = append(out.Named, catalog.Link{To: n.To})
	}
	if len(e.Drift) > 0 {
		out.Digest = e.Digest // markers are compared with the keys of the front matter
	}
	return out
}

func judgedPage(p *catalog.Page) catalog.Page { return catalog.Page{Entry: judgedEntry(p.Entry)} }

func judgedSeller(s *catalog.Seller) catalog.Seller {
	return catalog.Seller{Entry: judgedEntry(s.Entry)}
}

func judgedProduct(p *catalog.Product) catalog.Product {
	out := *p
	out.Entry, out.Seller = judgedEntry(p.Entry), nil
	out.Title, out.Summary, out.Categories, out.KeyPoints = nil, nil, nil, nil
	out.Logo, out.Screenshots = "", nil
	out.Offers, out.License, out.Activation = nil, nil, nil
	out.DeploymentTemplate, out.PrivacyPolicy, out.Documentation, out.Support = nil, nil, nil, catalog.Contact{}
	return out
}
