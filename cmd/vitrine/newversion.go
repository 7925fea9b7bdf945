package main

import (
	"context"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// newVersion adds a version to a product: what sellers do most often.
func (a *author) newVersion(ctx context.Context, name, number string, given *newFlags) error {
	if name == "" {
		return a.usage("the product's name is missing: write it and the version's number, such as acme/vault 2.1.0")
	}
	t, err := a.find(name)
	if err != nil {
		return err
	}
	if t.Product == nil {
		return a.usage("%s is no product, so it has no versions", t.Name())
	}
	kind := content.ProductEntry
	free := func(number string) error { return a.FreeVersion(t.Product, number) }
	switch {
	case number != "" || t.Product.Type != catalog.OMI:
	case a.asker == nil:
		return a.usage("the version's number is missing: write it behind %s", t.Name())
	default:
		if number, err = a.asker.ask(question{words: a.words(kind, "versions", "version"), judge: free}); err != nil {
			return err
		}
	}
	if err := free(number); err != nil {
		return err
	}
	images, err := a.pairs("image", "eu-west-2=ami-1a2b3c4d", given.images)
	if err != nil {
		return err
	}
	notes, err := a.pairs("note", "en=…", given.notes)
	if err != nil {
		return err
	}
	if images == nil && a.asker != nil {
		if images, err = a.askImages(t.Product); err != nil {
			return err
		}
	}
	if given.released == "" && a.asker != nil {
		q := question{words: a.words(kind, "versions", "released"), initial: string(a.Today), judge: a.judge(kind, "versions", "released")}
		if given.released, err = a.asker.ask(q); err != nil {
			return err
		}
	}
	values := make(map[string]any)
	for key, value := range map[string]string{"released": given.released, "os": given.os, "architecture": given.architecture} {
		if value != "" {
			values[key] = value
		}
	}
	if images != nil {
		values["images"] = images
	}
	if notes != nil {
		values["notes"] = notes
	}
	c, err := a.NewVersion(ctx, t.Product, number, values)
	if err != nil {
		return err
	}
	if err := a.write(c, t.Name()); err != nil {
		return err
	}
	var steps []diag.Text
	if notes == nil {
		steps = append(steps, diag.Say("say what is new in each language, below notes: of the version"))
	}
	a.next(append(steps, diag.Say("when it is complete: vitrine publish %s --version %s", t.Name(), shellWord(number)))...)
	return nil
}

// askImages asks for the OMI in each Region of a product.
func (a *author) askImages(p *catalog.Product) (map[string]any, error) {
	var images map[string]any
	for _, region := range p.Regions {
		words := a.words(content.ProductEntry, "versions", "images")
		words.Title = diag.Say("OMI in %s", region).In(a.book)
		id, err := a.asker.ask(question{words: words, optional: true, judge: a.judge(content.ProductEntry, "versions", "images")})
		if err != nil {
			return nil, err
		}
		if id != "" {
			if images == nil {
				images = make(map[string]any)
			}
			images[region] = id
		}
	}
	return images, nil
}

// pairs reads flags of the form KEY=VALUE.
func (a *author) pairs(flag, example string, given []string) (map[string]any, error) {
	var out map[string]any
	for _, g := range given {
		key, value, ok := strings.Cut(g, "=")
		if !ok || key == "" || value == "" {
			return nil, a.usage("--%s %s is not understood: write it as in --%s %s", flag, diag.Quote(g), flag, example)
		}
		if out == nil {
			out = make(map[string]any)
		}
		if out[key] != nil {
			return nil, a.usage("--%s names %s twice", flag, diag.Quote(key))
		}
		out[key] = value
	}
	return out, nil
}
