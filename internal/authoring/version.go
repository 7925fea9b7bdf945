package authoring

import (
	"context"
	"maps"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// NewVersion adds a version to an OMI product, as a draft before its others; one
// that has no number yet, as in a new product's file, becomes it. The
// values are those of a version, given as to content.Set; what is left out of the
// operating system and the architecture is taken over from the version before,
// and it is released today.
func (a *Author) NewVersion(ctx context.Context, p *catalog.Product, number string, values map[string]any) (*Change, error) {
	if err := a.FreeVersion(p, number); err != nil {
		return nil, err
	}
	own := map[string]any{"status": "draft", "released": string(a.Today)}
	if len(p.Versions) > 0 {
		if before := p.Versions[0]; before.OS != "" {
			own["os"] = before.OS
		}
		if before := p.Versions[0]; before.Architecture != "" {
			own["architecture"] = before.Architecture
		}
	}
	maps.Copy(own, values)
	own["version"] = number
	if notes, ok := own["notes"].(map[string]any); ok {
		own["notes"] = mended(notes)
	}
	if err := a.judgeVersion(p, own); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Versions, func(v catalog.Version) bool { return v.Version == "" })
	if i < 0 {
		return a.edit(ctx, Target{Product: p}, content.Insert(own, "versions", 0))
	}
	var edits []content.Edit // a new product's file has a version that waits for its number
	for _, key := range slices.Sorted(maps.Keys(own)) {
		edits = append(edits, content.Set(own[key], "versions", i, key))
	}
	return a.edit(ctx, Target{Product: p}, edits...)
}

// FreeVersion reports why a number cannot be a new version's of a product.
func (a *Author) FreeVersion(p *catalog.Product, number string) error {
	if p.Type != catalog.OMI {
		if _, _, err := a.Root.Rewrite(Target{Product: p}.file()); err != nil {
			return err // the type of a file that cannot be read is not known
		}
		return refuse(diag.Say("change the product itself"), "%s is no OMI product, so it has no versions", p.Ref())
	}
	if err := a.judge(content.ProductEntry, number, "versions", "version"); err != nil {
		return err
	}
	if i, err := version(p, number); err == nil {
		if p.Versions[i].Status == catalog.Draft {
			return refuse(diag.Say("change its lines, or give the new one another number"), "%s has a version %s already", p.Ref(), diag.Quote(number))
		}
		return refuse(diag.Say("a version that was published stays as it is: give the new one another number"), "%s has a version %s already", p.Ref(), diag.Quote(number))
	}
	return nil
}

// judgeVersion reports what a version's values cannot be.
func (a *Author) judgeVersion(p *catalog.Product, values map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch value := values[key].(type) {
		case string:
			if err := a.judge(content.ProductEntry, value, "versions", key); err != nil {
				return err
			}
		case map[string]any:
			for _, sub := range slices.Sorted(maps.Keys(value)) {
				if key == "images" && !slices.Contains(p.Regions, sub) {
					return refuse(diag.Say("its Regions are %s", strings.Join(p.Regions, ", ")), "%s is not offered in the Region %s", p.Ref(), diag.Quote(sub))
				}
				if text, ok := value[sub].(string); ok {
					if err := a.judge(content.ProductEntry, text, "versions", key); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// judge reports why a value cannot be a key's.
func (a *Author) judge(kind content.Kind, value string, path ...string) error {
	for _, f := range content.Judge(kind, &a.Checked.Catalog.Settings, value, path...) {
		if f.Severity == diag.Error {
			return &Refused{Why: f.Message, Help: f.Help}
		}
	}
	return nil
}

// edit is the change of an entry's values.
func (a *Author) edit(ctx context.Context, t Target, edits ...content.Edit) (*Change, error) {
	before, after, err := a.Root.Rewrite(t.file(), edits...)
	if err != nil {
		return nil, err
	}
	return a.consider(ctx, &Change{Path: t.Entry().Source, Before: before, After: after})
}
