package authoring

import (
	"context"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Publishing is how an entry is published.
type Publishing struct {
	Version string // of an OMI product: publish this version of it; "" for the entry
	On      catalog.Date
	Again   bool // publish what was unpublished
}

// Publish publishes an entry or a version, as far as the check lets it: what it
// lacks is in the change's findings. The first publication of an OMI product takes its
// only version along.
func (a *Author) Publish(ctx context.Context, t Target, p Publishing) (*Change, error) {
	if p.On != "" {
		if err := a.judge(t.file().Kind, string(p.On), "publish_on"); err != nil {
			return nil, err
		}
	}
	if p.Version != "" {
		return a.publishVersion(ctx, t, p)
	}
	e := t.Entry()
	if p.On > a.Today && e.Status == catalog.Published && e.PublishOn <= a.Today {
		return nil, refuse(diag.Say("leave --on out; to withdraw it, unpublish it"), "buyers see %s already: --on would take it off the site until %s", t.Name(), p.On)
	}
	edits := []content.Edit{content.Set("published", "status")}
	if e.Status == catalog.Unpublished {
		if !p.Again {
			return nil, withdrawn(t.Name(), e.Withdrawal)
		}
		edits = append(edits, content.Delete("unpublished"))
	}
	if p.On != "" {
		edits = append(edits, content.Set(string(p.On), "publish_on"))
	}
	if i := a.onlyVersion(t); i >= 0 && e.Status != catalog.Published {
		edits = append(edits, content.Set("published", "versions", i, "status"))
	}
	return a.edit(ctx, t, edits...)
}

func withdrawn(name string, w *catalog.Withdrawal) error {
	r := &Refused{Why: diag.Say("%s is unpublished", name), Help: diag.Say("to publish it again, say so with --republish"), Withdrawn: true}
	if w != nil && w.Since != "" {
		r.Why = diag.Say("%s is unpublished since %s", name, w.Since)
	}
	return r
}

// onlyVersion returns the index of an OMI product's version where it has no
// other, and that one is a draft; else -1.
func (a *Author) onlyVersion(t Target) int {
	if t.Product == nil || len(t.Product.Versions) != 1 || t.Product.Versions[0].Status != catalog.Draft {
		return -1
	}
	return 0
}

func (a *Author) publishVersion(ctx context.Context, t Target, p Publishing) (*Change, error) {
	if t.Product == nil {
		return nil, refuse(diag.Text{}, "%s is no product, so it has no versions", t.Name())
	}
	if p.On != "" {
		return nil, refuse(diag.Say("a version is public from its released on: change that"), "--on is for a whole entry")
	}
	i, err := version(t.Product, p.Version)
	if err != nil {
		return nil, err
	}
	v := &t.Product.Versions[i]
	edits := []content.Edit{content.Set("published", "versions", i, "status")}
	if v.Status == catalog.Unpublished {
		if !p.Again {
			return nil, withdrawn(t.Name()+" "+diag.Visible(v.Version), v.Withdrawal)
		}
		edits = append(edits, content.Delete("versions", i, "unpublished"))
	}
	if t.Product.Status == catalog.Unpublished {
		return nil, refuse(diag.Say("publish the product first"), "%s is unpublished, with all its versions", t.Name())
	}
	return a.edit(ctx, t, edits...)
}

// Drafts returns the numbers of an OMI product's draft versions.
func Drafts(t Target) (numbers []string) {
	if t.Product == nil {
		return nil
	}
	for _, v := range t.Product.Versions {
		if v.Status == catalog.Draft {
			numbers = append(numbers, v.Version)
		}
	}
	return numbers
}

// Bare reports whether a change leaves an OMI product without a version that is
// published: those that went with it come back one by one.
func Bare(t Target, c *Change) bool {
	return t.Product != nil && t.Product.Type == catalog.OMI &&
		!slices.ContainsFunc(c.Then.Catalog.Product(t.Product.Ref()).Versions, func(v catalog.Version) bool { return v.Status == catalog.Published })
}

// Waits reports whether a product waits for its seller's showcase to be published.
func (t Target) Waits() bool {
	return t.Product != nil && t.Product.Seller.Status == catalog.Draft
}

// PublicFrom returns the day from which buyers see what a change publishes: a
// whole entry, or a version. It is "" where no day is given.
func PublicFrom(t Target, c *Change, number string) (day catalog.Date) {
	switch {
	case t.Page != nil:
		for _, p := range c.Then.Catalog.Pages {
			if p.Source == c.Path {
				day = p.PublishOn
			}
		}
		return day
	case t.Seller != nil:
		return c.Then.Catalog.Seller(t.Seller.Slug).PublishOn
	}
	p := c.Then.Catalog.Product(t.Product.Ref())
	first := catalog.Date("")
	for i, v := range p.Versions {
		if v.Version == number {
			return v.Released
		}
		if i == 0 || v.Released < first {
			first = v.Released
		}
	}
	return max(p.PublishOn, first)
}
