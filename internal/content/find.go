package content

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// finder lists what the catalog's folders hold. What stands where nothing belongs
// is a finding.
type finder struct {
	within func(folder string) bool // whether to look into pagesDir, or a seller's folder
	found  []diag.Finding
	prices []string // paths of price lists
}

func (f *finder) stray(rule *diag.Rule, name string, message, help diag.Text) {
	f.found = append(f.found, diag.Finding{Rule: rule, Severity: rule.Severity, Span: diag.Span{Path: name}, Message: message, Help: help})
}

// find lists the entries to read: pages, then each showcase before its
// products. Of a product, only the folder was seen.
func (f *finder) find(root *Root) ([]unit, error) {
	top, err := root.list(contentDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noCatalog(root)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the folder %s: %w", contentDir, reason(err))
	}
	f.findBeside(root)
	var units []unit
	for _, item := range top {
		name := path.Join(contentDir, item.name)
		switch {
		case item.mode.IsDir() && name == pagesDir:
			if f.within(pagesDir) {
				units = append(units, f.findPages(root)...)
			}
		case item.mode.IsDir() && name == sellersDir:
			units = append(units, f.findSellers(root)...)
		case item.mode.IsDir() && name == pricesDir:
			f.prices = f.findPrices(root)
		case name == catalogFile:
		case !item.mode.IsDir() && !item.mode.IsRegular():
			f.found = append(f.found, fileFault(name, errNotRegular))
		default:
			f.stray(ruleStray, name, diag.Say("nothing of this name belongs here"), belongs(root, name, item))
		}
	}
	return units, nil
}

func (f *finder) listed(root *Root, dir string) []item {
	items, err := root.list(dir)
	if err != nil {
		f.found = append(f.found, fileFault(dir, err))
	}
	return items
}

func (f *finder) findPages(root *Root) []unit {
	var units []unit
	for _, item := range f.listed(root, pagesDir) {
		name := path.Join(pagesDir, item.name)
		slug, isPage := strings.CutSuffix(item.name, ".md")
		switch {
		case !item.mode.IsRegular() && !item.mode.IsDir():
			f.found = append(f.found, fileFault(name, errNotRegular))
		case item.mode.IsDir(), !isPage:
			f.stray(ruleStray, name, diag.Say("content/pages/ holds Markdown files alone"), diag.Say("name a page content/pages/<slug>.md"))
		default:
			units = append(units, unit{kind: PageEntry, path: name, slug: slug, folder: Folder{Path: pagesDir}})
		}
	}
	return units
}

func (f *finder) findSellers(root *Root) []unit {
	var units []unit
	for _, item := range f.listed(root, sellersDir) {
		name := path.Join(sellersDir, item.name)
		switch {
		case item.mode.IsDir():
			if f.within(name) {
				units = append(units, f.findSeller(root, item.name)...)
			}
		case !item.mode.IsRegular():
			f.found = append(f.found, fileFault(name, errNotRegular))
		default:
			f.stray(ruleStray, name, diag.Say("content/sellers/ holds a folder a seller"), diag.Say("a showcase is content/sellers/<seller>/showcase.md: move it there"))
		}
	}
	return units
}

// findSeller lists one seller's entries.
func (f *finder) findSeller(root *Root, seller string) []unit {
	dir := path.Join(sellersDir, seller)
	var units []unit
	opened, err := root.sub(dir)
	if err == nil {
		defer opened.Close()
	}
	folder, folders := f.folder(opened, err, dir)
	if folder.without(showcaseFile) {
		units = append(units, unit{kind: SellerEntry, path: path.Join(dir, showcaseFile), slug: seller, folder: folder})
	} else {
		f.missing(folder, showcaseFile, diag.Say("the seller has no showcase, so none of its products can be shown"))
	}
	for _, product := range folders {
		dir := path.Join(dir, product)
		units = append(units, unit{kind: ProductEntry, path: path.Join(dir, productFile), slug: product, seller: seller, folder: Folder{Path: dir}})
	}
	return units
}

// product lists a product's folder, opened or not for a reason, and reports
// whether the product is in it.
func (f *finder) product(opened *Root, err error, dir string) (Folder, bool) {
	folder, below := f.folder(opened, err, dir)
	for _, b := range below {
		help := diag.Say("put the files beside product.md")
		if in, err := opened.list(b); err == nil && slices.ContainsFunc(in, func(i item) bool { return strings.EqualFold(i.name, productFile) }) {
			help = diag.Say("a product's folder stands in its seller's: move it to %s", path.Join(path.Dir(dir), diag.Visible(b)))
		}
		f.stray(ruleStray, path.Join(dir, b), diag.Say("a product's folder has no folders in it"), help)
	}
	if !folder.without(productFile) {
		f.missing(folder, productFile, diag.Say("the folder has no product in it"))
		return folder, false
	}
	return folder, true
}

// without takes an entry's own file out of its folder's; it reports whether it
// was there.
func (f *Folder) without(entry string) bool {
	i := slices.Index(f.Files, entry)
	if i >= 0 {
		f.Files = slices.Delete(f.Files, i, i+1)
	}
	return i >= 0
}

// missing reports a folder without its entry; a file that was meant to be it
// is named.
func (f *finder) missing(in Folder, entry string, message diag.Text) {
	if slices.Contains(in.Odd, entry) {
		return // reported for what it is
	}
	help := diag.Say("add %s", path.Join(in.Path, entry))
	for _, name := range in.Files {
		if strings.EqualFold(name, entry) || strings.HasSuffix(strings.ToLower(name), ".md") {
			help = diag.Say("rename %s to %s", diag.Visible(path.Join(in.Path, name)), entry)
		}
	}
	f.stray(ruleEntryMissing, in.Path, message, help)
}

// folder lists the files and folders of a folder, opened or not for a reason.
func (f *finder) folder(opened *Root, err error, dir string) (of Folder, folders []string) {
	of.Path = dir
	var items []item
	if err == nil {
		items, err = opened.list(".")
	}
	if err != nil {
		f.found = append(f.found, fileFault(dir, err))
	}
	for _, item := range items {
		name := path.Join(dir, item.name)
		switch {
		case item.mode.IsDir():
			folders = append(folders, item.name)
		case !item.mode.IsRegular():
			of.Odd = append(of.Odd, item.name)
			f.found = append(f.found, fileFault(name, errNotRegular))
		default:
			of.Files = append(of.Files, item.name)
		}
	}
	return of, folders
}
