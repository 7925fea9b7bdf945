package change

import (
	"path"
	"strings"

	"vitrine/internal/content"
)

// files lists the files of an entry's folder that were touched.
func (c *comparison) files(e *Entry, names []string, was, now *entry) {
	pixels := func(of *entry, name string) (w, h int) {
		if of == nil {
			return 0, 0
		}
		for _, f := range of.Files {
			if f.Path == name {
				return f.Width, f.Height
			}
		}
		return 0, 0
	}
	for _, name := range names {
		if carried(name, was, now) {
			continue
		}
		f := c.file(name)
		if f.Was != nil {
			f.Was.Width, f.Was.Height = pixels(was, name)
		}
		if f.Now != nil {
			f.Now.Width, f.Now.Height = pixels(now, name)
		}
		e.Files = append(e.Files, f)
	}
}

// carried reports whether a file only went along when its entry got another
// name.
func carried(name string, was, now *entry) bool {
	if was == nil || now == nil || path.Dir(was.Source) == path.Dir(now.Source) {
		return false
	}
	a, b := was.File(path.Base(name)), now.File(path.Base(name))
	return a != nil && b != nil && a.Digest == b.Digest
}

// file says how large a file was and is.
func (c *comparison) file(name string) File {
	f := File{Path: name, Was: sizeOf(c.Before, name), Now: sizeOf(c.After, name), Area: areaOf(name)}
	f.Change = changeOf(f.Was != nil, f.Now != nil)
	return f
}

func sizeOf(root *content.Root, name string) *Size {
	n, err := root.Size(name)
	if err != nil {
		return nil // not there, outside of the catalog's root, or no plain file
	}
	return &Size{Bytes: n}
}

// areaOf returns what a file belongs to.
func areaOf(name string) string {
	within := func(dir string) bool { return strings.HasPrefix(name, dir+"/") }
	switch {
	case name == content.CatalogPath:
		return "settings"
	case folderOf(name) != "":
		return "entry"
	case within("content/pages"):
		return "page"
	case within("content/prices"):
		return "prices"
	case within("themes"):
		return "theme"
	case within("i18n"):
		return "words"
	case within(".github"), within(".ci"), path.Base(name) == ".gitlab-ci.yml", path.Base(name) == "CODEOWNERS", strings.Contains("/"+name, "/.github/"):
		return "workflow"
	}
	return "other"
}

// outside lists what is touched outside of the sellers' folders, and files in
// them that are no entry's.
func (c *comparison) outside() {
	for _, name := range c.Touched {
		if folderOf(name) != "" && c.owned[name] {
			continue
		}
		c.out.Counts.Outside++
		if len(c.out.Outside) < maxOutside {
			c.out.Outside = append(c.out.Outside, c.file(name))
		}
	}
}

// pages says which pages appear, change or go.
func (c *comparison) pages() {
	was := make(map[string]Address, len(c.PagesWas))
	for _, a := range c.PagesWas {
		was[a.Path] = a
	}
	add := func(p Page) {
		c.out.Counts.Pages++
		if len(c.out.Pages) < maxPages {
			c.out.Pages = append(c.out.Pages, p)
		}
	}
	for _, a := range c.PagesNow {
		b, there := was[a.Path]
		delete(was, a.Path)
		switch {
		case !there:
			add(Page{a.Path, "appears", "", a.Kind})
		case a.Kind != b.Kind, a.Differs:
			add(Page{a.Path, "changes", b.Kind, a.Kind})
		}
	}
	for _, name := range sorted(was) {
		add(Page{name, "goes", was[name].Kind, ""})
	}
}

// Address is a page of the site.
type Address struct {
	Path    string // below the site's root
	Kind    string // page, list, redirect or notice
	Differs bool   // it is an entry's own, and says something else than before
}
