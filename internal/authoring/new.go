package authoring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/format"
	"vitrine/internal/markdown"
)

// NewShowcase makes a seller's showcase, a draft that explains itself. Values are
// what is known of it, given as to content.Set; they may be nil.
func (a *Author) NewShowcase(ctx context.Context, seller string, values map[string]any) (*Change, error) {
	if err := a.FreeSeller(seller); err != nil {
		return nil, err
	}
	s := content.Skeleton{Kind: content.SellerEntry, Values: with(values, map[string]any{"status": "draft", "website": nil})}
	c, err := a.skeleton(ctx, showcasePath(seller), s)
	if err != nil {
		return nil, err
	}
	// The folder of a product that is not written yet does not stand in the way:
	// the product can only be made after its showcase.
	c.Found = slices.DeleteFunc(c.Found, func(f diag.Finding) bool { return f.Rule.ID == "entry-missing" })
	return c, nil
}

// NewProduct makes a product of a seller, a draft that explains itself, with the
// keys of its type and, for an OMI product, of its pricing mode.
func (a *Author) NewProduct(ctx context.Context, ref string, kind catalog.ProductType, pricing catalog.Pricing, values map[string]any) (*Change, error) {
	if err := a.FreeProduct(ref); err != nil {
		return nil, err
	}
	known := map[string]any{"type": string(kind), "status": "draft"}
	seller, _, _ := strings.Cut(ref, "/")
	if c := a.Checked.Catalog.Seller(seller).Contact; c.Email != "" {
		known["support"] = map[string]any{"email": c.Email}
	}
	if kind == catalog.OMI {
		var regions []any
		for _, r := range a.Checked.Catalog.Regions {
			if r.Default {
				regions = append(regions, r.ID)
			}
		}
		known["regions"] = append([]any{}, regions...)
		known["pricing"] = string(pricing)
		known["versions"] = []any{map[string]any{"status": "draft", "released": string(a.Today)}}
		if pricing == catalog.PerVMType || pricing == catalog.Subscription {
			known["offers"] = []any{map[string]any{"id": "standard", "audience": "all"}}
		}
	}
	s := content.Skeleton{Kind: content.ProductEntry, Type: kind, Pricing: pricing, Values: with(values, known)}
	return a.skeleton(ctx, productPath(ref), s)
}

// NewPage makes a page of the catalog's own, such as the legal notice.
func (a *Author) NewPage(ctx context.Context, slug string, values map[string]any) (*Change, error) {
	if err := a.FreePage(slug); err != nil {
		return nil, err
	}
	s := content.Skeleton{Kind: content.PageEntry, Values: with(values, map[string]any{"status": "draft"})}
	return a.skeleton(ctx, pagePath(slug), s)
}

// Compose makes a new entry of values that somebody gave, without explanations:
// a showcase (content.SellerEntry) by its seller's name, a product by
// seller/product. Texts are Markdown, by language; sections without one are
// there, empty. The entry is a draft whatever the values say.
func (a *Author) Compose(ctx context.Context, kind content.Kind, name string, values map[string]any, texts map[string]string) (*Change, error) {
	free, where := a.FreeProduct, productPath
	switch kind {
	case content.SellerEntry:
		free, where = a.FreeSeller, showcasePath
	case content.PageEntry:
		free, where = a.FreePage, pagePath
	}
	if err := free(name); err != nil {
		return nil, err
	}
	own := maps.Clone(values)
	own["status"] = "draft"
	b := bytes.NewBuffer(content.FrontMatter(kind, a.languages(), own))
	for _, l := range a.languages() {
		fmt.Fprintf(b, "\n# %s\n", a.Checked.Words.NameOf(l))
		if text := strings.TrimSpace(texts[l]); text != "" {
			fmt.Fprintf(b, "\n%s\n", text)
		}
	}
	return a.made(ctx, where(name), b.Bytes())
}

func with(values, known map[string]any) map[string]any {
	all := maps.Clone(known)
	maps.Copy(all, values)
	return all
}

// skeleton is the change that adds one.
func (a *Author) skeleton(ctx context.Context, name string, s content.Skeleton) (*Change, error) {
	s.Language, s.Settings = a.Language, &a.Checked.Catalog.Settings
	for _, l := range a.languages() {
		s.Sections = append(s.Sections, a.Checked.Words.NameOf(l))
	}
	return a.made(ctx, name, s.File())
}

// made is the change that adds a file, in canonical form.
func (a *Author) made(ctx context.Context, name string, data []byte) (*Change, error) {
	canonical, err := a.canonical(ctx, name, data)
	if err != nil {
		return nil, err
	}
	return a.consider(ctx, &Change{Path: name, After: canonical})
}

// canonical puts a new file in the form that vitrine fmt gives it. One that it
// cannot read is left as it is: the check says why.
func (a *Author) canonical(ctx context.Context, name string, data []byte) ([]byte, error) {
	as := a.Root.With(map[string][]byte{name: data})
	r, err := format.Run(ctx, as, format.Options{Below: func(path string) bool { return path == name }, Check: true})
	if err != nil || len(r.Changed) == 0 {
		return data, err
	}
	return r.Changed[0].After, nil
}

func showcasePath(seller string) string { return "content/sellers/" + seller + "/showcase.md" }
func productPath(ref string) string     { return "content/sellers/" + ref + "/product.md" }
func pagePath(slug string) string       { return "content/pages/" + slug + ".md" }

// FreeSeller reports why a name cannot be a new seller's.
func (a *Author) FreeSeller(slug string) error {
	if err := valid(slug, slug); err != nil {
		return err
	}
	for _, s := range a.Checked.Catalog.Sellers {
		switch {
		case s.Slug == slug:
			return refuse(diag.Say("change that file; nothing is overwritten"), "the seller %s has a showcase already, %s", slug, s.Source)
		case slices.Contains(s.Aliases, slug):
			return refuse(diag.Say("choose another name"), "the name %s leads to the seller %s, whose former name it is", slug, s.Slug)
		}
	}
	return a.freeFile(showcasePath(slug))
}

// FreeProduct reports why a reference cannot be a new product's.
func (a *Author) FreeProduct(ref string) error {
	seller, slug, ok := strings.Cut(ref, "/")
	if !ok || strings.Contains(slug, "/") {
		return refuse(diag.Say("write seller/product, the names of the two folders"), "%s is not a product's name", diag.Quote(ref))
	}
	if err := valid(seller, ref); err != nil {
		return err
	}
	if err := valid(slug, ref); err != nil {
		return err
	}
	s := a.Checked.Catalog.Seller(seller)
	if s == nil {
		for _, other := range a.Checked.Catalog.Sellers {
			if slices.Contains(other.Aliases, seller) {
				return refuse(diag.Say("write %s", other.Slug+"/"+slug), "the seller %s is called %s now", seller, other.Slug)
			}
		}
		return refuse(diag.Say("make it first: vitrine new showcase %s", seller), "the seller %s has no showcase", seller)
	}
	for _, p := range s.Products {
		switch {
		case p.Slug == slug:
			return refuse(diag.Say("change that file; nothing is overwritten"), "the product %s is there already, %s", ref, p.Source)
		case slices.Contains(p.Aliases, slug):
			return refuse(diag.Say("choose another name"), "the name %s leads to the product %s, whose former name it is", ref, p.Ref())
		}
	}
	return a.freeFile(productPath(ref))
}

// FreePage reports why a name cannot be a new page's.
func (a *Author) FreePage(slug string) error {
	if err := valid(slug, slug); err != nil {
		return err
	}
	for _, p := range a.Checked.Catalog.Pages {
		if slices.Contains(p.Aliases, slug) {
			return refuse(diag.Say("choose another name"), "the name %s leads to the page %s, whose former name it is", slug, p.Slug)
		}
	}
	return a.freeFile(pagePath(slug))
}

// freeFile reports that something stands where a file, or its folder, is to be.
func (a *Author) freeFile(name string) error {
	dir := path.Dir(name)
	if info, err := fs.Lstat(a.Root.FS(), dir); err == nil && !info.IsDir() {
		return refuse(diag.Say("nothing is overwritten"), "%s is no folder", dir)
	}
	if _, err := fs.Lstat(a.Root.FS(), name); !errors.Is(err, fs.ErrNotExist) {
		return refuse(diag.Say("change that file; nothing is overwritten"), "there is a file %s already", name)
	}
	return nil
}

// valid reports why a name cannot be a folder's, and suggests one that can.
func valid(slug, whole string) error {
	if content.ValidSlug(slug) {
		return nil
	}
	help := diag.Say("write lowercase letters and digits, joined by single hyphens, at most 64 characters")
	switch better := strings.Trim(markdown.Fold(slug), "-"); {
	case slug != "" && better == slug && len(slug) <= 64: // its form is right, so it is one of those
		help = diag.Say("choose another: Windows keeps this name for a device")
	case content.ValidSlug(better):
		help = diag.Say("write %s", strings.Replace(whole, slug, better, 1))
	}
	return refuse(help, "the name %s cannot be part of an address", diag.Quote(slug))
}
