package content

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// belongs says where something that stands directly in content/, or beside it,
// was meant to stand.
func belongs(root *Root, name string, item item) diag.Text {
	low := strings.ToLower(item.name)
	switch dir := item.mode.IsDir(); {
	case dir && (low == "sellers" || low == "pages"):
		return diag.Say("move it to %s", path.Join(contentDir, low))
	case !dir && strings.HasSuffix(low, ".json"):
		return diag.Say("a price list is content/prices/<region>.json: vitrine prices writes it")
	case dir && root.holdsEntries(name):
		return diag.Say("a seller's folder is %s: move it there", path.Join(sellersDir, diag.Visible(low)))
	case !dir && low == showcaseFile:
		return diag.Say("a showcase is content/sellers/<seller>/showcase.md: move it there")
	case !dir && low == productFile:
		return diag.Say("a product is content/sellers/<seller>/<product>/product.md: move it there")
	case !dir && strings.HasPrefix(low, "catalog."):
		return diag.Say("rename it to content/catalog.yaml, or put what it says there")
	}
	return diag.Say("content/ holds catalog.yaml, pages/, prices/ and sellers/: move it there, or out of content/")
}

// holdsEntries reports whether a folder looks like a seller's: it has a showcase
// or products, however they are written.
func (r *Root) holdsEntries(dir string) bool {
	items, err := r.list(dir)
	return err == nil && slices.ContainsFunc(items, func(i item) bool {
		if !i.mode.IsDir() {
			return strings.EqualFold(i.name, showcaseFile)
		}
		below, err := r.list(path.Join(dir, i.name))
		return err == nil && slices.ContainsFunc(below, func(i item) bool { return strings.EqualFold(i.name, productFile) })
	})
}

// findBeside looks for what was meant to be in content/ and stands beside it.
func (f *finder) findBeside(root *Root) {
	items, err := root.list(".")
	if err != nil {
		return
	}
	for _, i := range items {
		low := strings.ToLower(i.name)
		switch dir := i.mode.IsDir(); {
		case dir && low == contentDir && i.name != contentDir && !root.isSame(i.name, contentDir):
			f.stray(ruleStray, i.name, diag.Say("nothing in this folder is read"), diag.Say("rename it to %s", contentDir))
		case dir && low == "sellers" && root.holdsSellers(i.name), !dir && (low == showcaseFile || low == productFile):
			f.stray(ruleStray, i.name, diag.Say("this stands beside content/, where nothing is read"), belongs(root, i.name, i))
		}
	}
}

// holdsSellers reports whether a folder has sellers' folders in it.
func (r *Root) holdsSellers(dir string) bool {
	items, err := r.list(dir)
	return err == nil && slices.ContainsFunc(items, func(i item) bool { return i.mode.IsDir() && r.holdsEntries(path.Join(dir, i.name)) })
}

// isSame reports whether two names are one folder, where the file system takes
// Content for content.
func (r *Root) isSame(a, b string) bool {
	x, err := fs.Stat(r.FS(), a)
	y, err2 := fs.Stat(r.FS(), b)
	return err == nil && err2 == nil && os.SameFile(x, y)
}

// LooksLike tells what a Markdown file seems to be, wherever it stands: a
// ProductEntry or a SellerEntry.
func LooksLike(data []byte) (kind Kind, ok bool) {
	front, found := bytes.CutPrefix(plainText(data), []byte(fence+"\n"))
	if !found {
		return 0, false
	}
	front, _, _ = bytes.Cut(front, []byte("\n"+fence))
	for line := range strings.Lines(string(front)) {
		switch key, _, _ := strings.Cut(line, ":"); key {
		case "type", "product_code", "key_points", "pricing":
			return ProductEntry, true
		case "maintainers", "website", "certifications":
			return SellerEntry, true
		}
	}
	return 0, false
}
