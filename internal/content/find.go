package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

func (t *Tree) stray(rule *diag.Rule, name string, message, help diag.Text) {
	t.Findings = append(t.Findings, diag.Finding{Rule: rule, Severity: rule.Severity, Span: diag.Span{Path: name}, Message: message, Help: help})
}

// find lists the entries to read: pages, then each showcase before its
// products. What stands where nothing belongs is a finding.
func (t *Tree) find(root *Root) ([]unit, error) {
	top, err := root.list(contentDir)
	if err != nil {
		return nil, fmt.Errorf("cannot read the folder %s: %w", contentDir, reason(err))
	}
	var units []unit
	for _, item := range top {
		name := path.Join(contentDir, item.name)
		switch {
		case item.mode.IsDir() && name == pagesDir:
			units = append(units, t.findPages(root)...)
		case item.mode.IsDir() && name == sellersDir:
			units = append(units, t.findSellers(root)...)
		case name == catalogFile:
		case !item.mode.IsDir() && !item.mode.IsRegular():
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		default:
			if strings.HasPrefix(item.name, "catalog.") {
				t.stray(ruleStray, name, diag.Say("nothing of this name belongs here"), diag.Say("rename it to catalog.yaml, or put what it says there"))
				continue
			}
			t.stray(ruleStray, name, diag.Say("nothing of this name belongs here"), diag.Say("content/ holds catalog.yaml, pages/ and sellers/: move it there, or out of content/"))
		}
	}
	return units, nil
}

func (t *Tree) listed(root *Root, dir string) []item {
	items, err := root.list(dir)
	if err != nil {
		t.Findings = append(t.Findings, fileFault(dir, err))
	}
	return items
}

func (t *Tree) findPages(root *Root) []unit {
	var units []unit
	for _, item := range t.listed(root, pagesDir) {
		name := path.Join(pagesDir, item.name)
		slug, isPage := strings.CutSuffix(item.name, ".md")
		switch {
		case !item.mode.IsRegular() && !item.mode.IsDir():
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		case item.mode.IsDir(), !isPage:
			t.stray(ruleStray, name, diag.Say("content/pages/ holds Markdown files alone"), diag.Say("name a page content/pages/<slug>.md"))
		default:
			units = append(units, unit{kind: PageEntry, path: name, slug: slug, folder: Folder{Path: pagesDir}})
		}
	}
	return units
}

func (t *Tree) findSellers(root *Root) []unit {
	var units []unit
	for _, item := range t.listed(root, sellersDir) {
		name := path.Join(sellersDir, item.name)
		switch {
		case item.mode.IsDir():
			units = append(units, t.findSeller(root, item.name)...)
		case !item.mode.IsRegular():
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		default:
			t.stray(ruleStray, name, diag.Say("content/sellers/ holds a folder a seller"), diag.Say("a showcase is content/sellers/<seller>/showcase.md"))
		}
	}
	return units
}

// findSeller lists one seller's entries.
func (t *Tree) findSeller(root *Root, seller string) []unit {
	dir := path.Join(sellersDir, seller)
	folder, folders := t.folder(root, dir)
	var units []unit
	if i := slices.Index(folder.Files, showcaseFile); i >= 0 {
		folder.Files = slices.Delete(folder.Files, i, i+1)
		units = append(units, unit{kind: SellerEntry, path: path.Join(dir, showcaseFile), slug: seller, folder: folder})
	} else {
		t.missing(folder, showcaseFile, diag.Say("the seller has no showcase, so none of its products can be shown"))
	}
	for _, product := range folders {
		dir := path.Join(dir, product)
		folder, below := t.folder(root, dir)
		for _, b := range below {
			t.stray(ruleStray, path.Join(dir, b), diag.Say("a product's folder has no folders in it"), diag.Say("put the files beside product.md"))
		}
		if i := slices.Index(folder.Files, productFile); i >= 0 {
			folder.Files = slices.Delete(folder.Files, i, i+1)
			units = append(units, unit{kind: ProductEntry, path: path.Join(dir, productFile), slug: product, seller: seller, folder: folder})
		} else {
			t.missing(folder, productFile, diag.Say("the folder has no product in it"))
		}
	}
	return units
}

// missing reports a folder without its entry; a file that was meant to be it
// is named.
func (t *Tree) missing(f Folder, entry string, message diag.Text) {
	if slices.Contains(f.Odd, entry) {
		return // reported for what it is
	}
	help := diag.Say("add %s", path.Join(f.Path, entry))
	for _, name := range f.Files {
		if strings.EqualFold(name, entry) || strings.HasSuffix(strings.ToLower(name), ".md") {
			help = diag.Say("rename %s to %s", diag.Visible(path.Join(f.Path, name)), entry)
		}
	}
	t.stray(ruleEntryMissing, f.Path, message, help)
}

// folder lists a folder's files and folders.
func (t *Tree) folder(root *Root, dir string) (f Folder, folders []string) {
	f.Path = dir
	for _, item := range t.listed(root, dir) {
		name := path.Join(dir, item.name)
		switch {
		case item.mode.IsDir():
			folders = append(folders, item.name)
		case !item.mode.IsRegular():
			f.Odd = append(f.Odd, item.name)
			t.Findings = append(t.Findings, fileFault(name, errNotRegular))
		default:
			f.Files = append(f.Files, item.name)
		}
	}
	return f, folders
}
