package check

import (
	"path"
	"slices"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var ruleFileUnused = &diag.Rule{
	ID: "file-unused", Severity: diag.Error, Lack: true,
	Title: "a file in an entry's folder is one that the entry refers to",
	Why:   "A file that nothing refers to is never published. Most often a name is misspelt, or something was left behind; this is our own convention.",
	Help:  "refer to the file in the entry, or delete it",
}

// unusedFiles reports what stands in the folder and is not referred to: it is
// never published.
func unusedFiles(p *entryPass) {
	if p.Page != nil || p.unread {
		return
	}
	for _, name := range p.Folder.Files {
		if p.used[name] || slices.ContainsFunc(p.missed, func(n string) bool {
			return strings.EqualFold(n, name) || diag.Nearest(n, []string{name}) != ""
		}) {
			continue // used, or meant: that is a finding already
		}
		at := diag.Span{Path: path.Join(p.Folder.Path, name)}
		help := diag.Say("delete it, or refer to it in %s", p.Entry().Source)
		if !content.ValidFileName(name) {
			help = diag.Say("delete it: it has a name or an ending that the catalog does not publish")
		}
		if strings.EqualFold(path.Ext(name), ".md") {
			if where := p.meantFor(name); !where.IsZero() {
				help = where
			}
		}
		p.Report(ruleFileUnused, at, help, "the entry does not refer to this file")
	}
}

// meantFor says where a Markdown file that looks like a listing belongs.
func (p *entryPass) meantFor(name string) diag.Text {
	data, err := p.Folder.ReadFile(name, maxTemplate)
	if err != nil {
		return diag.Text{}
	}
	seller := p.Folder.Path
	if p.Product != nil {
		seller = path.Dir(seller)
	}
	switch kind, ok := content.LooksLike(data); {
	case ok && kind == content.ProductEntry:
		slug := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
		if slug == "product" || slug == "products" || !content.ValidSlug(slug) {
			slug = "<product>"
		}
		return diag.Say("it looks like a product, and each has a folder of its own: move it to %s", path.Join(seller, slug, "product.md"))
	case ok:
		return diag.Say("it looks like a showcase, and a seller has one: %s", path.Join(seller, "showcase.md"))
	}
	return diag.Text{}
}
