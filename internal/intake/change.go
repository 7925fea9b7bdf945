package intake

import (
	"bytes"
	"context"
	"path"
	"strings"

	"vitrine/internal/authoring"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// change edits a product that is in the catalog: it gets a version, or it or one
// of its versions is unpublished. All else in its file stays as it is, byte for
// byte.
func (r *request) change(ctx context.Context) error {
	seller, slug, ok := productOf(r.line("product"))
	if !ok {
		return refuse("the product is missing or is none: write seller/product, as in the address of its page")
	}
	file := content.SourceFile{Path: path.Join("content/sellers", seller, slug, "product.md"), Kind: content.ProductEntry}
	d, err := r.root.ReadSource(file)
	if err != nil {
		return refuse("there is no product %s in the catalog: the address of its page has the names", diag.Quote(seller+"/"+slug))
	}
	if err := r.allowed(seller); err != nil {
		return err
	}
	if err := r.free(file.Path); err != nil {
		return err
	}
	if d.Front == nil {
		return refuse("the file of %s cannot be read: ask the marketplace's staff", diag.Quote(seller+"/"+slug))
	}
	before, err := r.findings(ctx, r.root, file.Path)
	if err != nil {
		return err
	}
	r.measure()
	if r.form.kind == version {
		return r.release(ctx, file, d, before)
	}
	return r.withdraw(ctx, file, d, before)
}

// release adds a version, the newest first.
func (r *request) release(ctx context.Context, file content.SourceFile, d *content.Document, before []diag.Finding) error {
	if t := strings.Join(d.Texts("type"), ""); t != string(catalog.OMI) {
		return refuse("only OMI products have versions: this product is of another type")
	}
	if strings.Join(d.Texts("status"), "") == string(catalog.Unpublished) {
		return refuse("the product is unpublished: ask the marketplace's staff")
	}
	v := r.version()
	if v == nil {
		return refuse("the version's number is missing: nothing can be written without it")
	}
	if versionOf(d, v["version"].(string)) >= 0 {
		return refuse("the product has this version already; what was published does not change, so give the new one a number of its own")
	}
	write := func(s catalog.Status) ([]byte, error) {
		own := make(map[string]any, len(v)+1)
		for k, value := range v {
			own[k] = value
		}
		own["status"] = string(s)
		return r.rewrite(file, d, content.Insert(own, "versions", 0))
	}
	return r.judge(ctx, file, write, before)
}

// withdraw unpublishes the product, or one version.
func (r *request) withdraw(ctx context.Context, file content.SourceFile, d *content.Document, before []diag.Finding) error {
	at, status := -1, strings.Join(d.Texts("status"), "")
	if number := r.line("version"); number != "" {
		i := versionOf(d, number)
		if i < 0 {
			return refuse("the product has no such version: leave the field empty to unpublish all of it")
		}
		at, status = i, d.Version(i, "status")
	}
	switch status {
	case string(catalog.Unpublished):
		return refuse("this is unpublished already")
	case string(catalog.Draft):
		return refuse("this was never published: there is nothing to unpublish")
	}
	why := map[string]any{"since": string(r.Today)}
	put(why, "reason", r.picked("reason"))
	if why["reason"] == nil {
		return refuse("the reason is missing: nothing can be written without it")
	}
	put(why, "replacement", r.line("replacement"))
	put(why, "note", r.each("note"))
	var published []int
	for i := range d.Versions() {
		if d.Version(i, "status") == string(catalog.Published) {
			published = append(published, i)
		}
	}
	data, err := r.rewrite(file, d, authoring.Withdraw(why, at, published)...)
	if err != nil {
		return err
	}
	if err := r.check(ctx, file, data, before); err != nil {
		return err
	}
	r.Status, r.Files = catalog.Unpublished, []File{{file.Path, data}}
	return nil
}

func (r *request) rewrite(file content.SourceFile, d *content.Document, edits ...content.Edit) ([]byte, error) {
	data, err := r.root.ReadFile(file.Path, int64(len(d.Source.Data))*2+16)
	if err != nil {
		return nil, err
	}
	after, err := content.Rewrite(file, data, r.settings.Languages, edits...)
	if err != nil {
		return nil, refuse("the product's file is written in a way that this program does not change by itself: ask the marketplace's staff")
	}
	if bytes.Equal(after, data) {
		return nil, refuse("this changes nothing")
	}
	return after, nil
}

// versionOf returns the number of the version's item, or -1.
func versionOf(d *content.Document, number string) int {
	for i := range d.Versions() {
		if d.Version(i, "version") == number {
			return i
		}
	}
	return -1
}
