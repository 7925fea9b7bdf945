package check

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var (
	ruleFileMissing = &diag.Rule{
		ID: "file-missing", Severity: diag.Error, Lack: true,
		Title: "a file that an entry refers to is in its folder",
		Why:   "The page would have a broken picture or a dead link. Only files of the entry's own folder are published.",
		Help:  "add the file to the entry's folder",
	}
	ruleFileKind = &diag.Rule{
		ID: "file-kind-wrong", Severity: diag.Error, Fixed: true,
		Title: "a file is of the kind that is asked for: a picture for a logo, a PDF for an agreement",
		Why:   "Browsers show pictures, buyers keep agreements as PDF, and deployment tools read text: each use has its kinds of files.",
		Help:  "name a file of the kind that is asked for",
	}
	ruleFileSize = &diag.Rule{
		ID: "file-size", Severity: diag.Error, Fixed: true,
		Title: "a file keeps to the size of its kind: 2 MB for a picture, 10 MB for a PDF",
		Why:   "Marketplace rule 8: a logo is a file of 2 MB or less. Other pictures keep to the same limit, since buyers load them on phones; the limits of other files are our own.",
		Help:  "make the file smaller",
	}
)

// use is what a file is used for.
type use struct {
	what    string   // in messages
	endings []string // allowed
	logo    bool
}

var (
	pictures = []string{".svg", ".png", ".jpg", ".jpeg", ".webp"}

	logo     = use{"a picture", pictures, true}
	picture  = use{"a picture", pictures, false}
	agreed   = use{"a document", []string{".pdf"}, false}
	template = use{"a deployment template", []string{".yaml", ".tf"}, false}
	anyFile  = use{"a file", append(slices.Clip(pictures), ".pdf", ".yaml", ".tf"), false}
)

// Sizes in bytes. Rule 8 of the marketplace: a logo is a file of 2 MB or less.
const (
	maxPicture  = 2_000_000
	maxPDF      = 10_000_000
	maxTemplate = 256_000
)

func limitOf(name string) int64 {
	switch path.Ext(name) {
	case ".pdf":
		return maxPDF
	case ".yaml", ".tf":
		return maxTemplate
	}
	return maxPicture
}

// files checks every file that the front matter refers to.
func files(p *entryPass) {
	p.used = make(map[string]bool)
	eachFile := func(t catalog.Text, use use, key ...any) {
		for i, name := range t {
			if !content.IsLink(name) {
				p.file(name, use, p.At(append(slices.Clip(key), p.settings.Languages[i])...))
			}
		}
	}
	switch {
	case p.Seller != nil:
		p.file(p.Seller.Logo, logo, p.At("logo"))
		for i, d := range p.Seller.Documents {
			eachFile(d.File, agreed, "documents", i, "file")
		}
	case p.Product != nil:
		p.file(p.Product.Logo, logo, p.At("logo"))
		for i, s := range p.Product.Screenshots {
			p.file(s.File, picture, p.At("screenshots", i, "file"))
		}
		eachFile(p.Product.License, agreed, "license")
		eachFile(p.Product.PrivacyPolicy, agreed, "privacy_policy")
		eachFile(p.Product.DeploymentTemplate, template, "deployment_template")
	}
}

// file checks one file of the entry's folder and adds it to the entry.
func (p *entryPass) file(name string, use use, span diag.Span) {
	if !content.ValidFileName(name) { // reported where its form is
		p.missed = append(p.missed, name)
		return
	}
	e := p.Entry()
	if p.Page != nil {
		p.Report(ruleFileMissing, span, diag.Say("link to an https address, or to a seller's page"), "the catalog's own pages have no files: there is no %s", diag.Quote(name))
		return
	}
	if !slices.Contains(use.endings, path.Ext(name)) {
		p.Report(ruleFileKind, span, diag.Say("name a file ending in %s", strings.Join(use.endings, ", ")), "%s is not %s", diag.Quote(name), diag.Say(use.what))
	}
	if slices.Contains(p.Folder.Odd, name) {
		return // reported for what it is
	}
	if !slices.Contains(p.Folder.Files, name) {
		p.missed = append(p.missed, name)
		help := diag.Say("add the file %s", path.Join(p.Folder.Path, name))
		near := diag.Nearest(name, p.Folder.Files)
		if near != "" {
			help = diag.Say("did you mean %s?", diag.Visible(near))
		}
		if p.Source.Offset(span.Start) >= p.Body[0] {
			near = "" // the place is that of the whole link
		}
		p.Report(ruleFileMissing, span, help, "the file %s is not in %s", diag.Quote(name), diag.Visible(p.Folder.Path)).Fix.Replace = near
		return
	}
	if p.used[name] {
		return
	}
	p.used[name] = true
	f := catalog.File{Name: name, Path: path.Join(p.Folder.Path, name)}
	data, err := p.Folder.ReadFile(name, limitOf(name))
	switch {
	case content.TooLarge(err) > 0:
		help := diag.Say("make it smaller")
		if limitOf(name) == maxPicture {
			help = diag.Say("make it smaller: fewer pixels, stronger compression")
		}
		p.Report(ruleFileSize, span, help, "%s has %s", diag.Quote(name), content.Over(content.TooLarge(err), limitOf(name)))
		return
	case errors.Is(err, fs.ErrNotExist):
		return // gone since the folder was listed
	case err != nil:
		p.Report(ruleFileMissing, span, diag.Say("give the user who runs the check permission to read it"), "the file %s cannot be read", diag.Quote(name))
		return
	}
	f.Size, f.Digest = int64(len(data)), sha256.Sum256(data)
	before := len(p.Findings)
	p.inside(&f, use, data, span)
	if !slices.ContainsFunc(p.Findings[before:], func(f diag.Finding) bool { return f.Severity == diag.Error }) {
		e.Files = append(e.Files, f)
		slices.SortFunc(e.Files, func(a, b catalog.File) int { return strings.Compare(a.Name, b.Name) })
	}
}

// inspection is a kind of file with a content. Sellers copy a logo or an agreement
// from product to product: what was found faultless once is not looked into
// again. Faults are found anew each time, since each has its place.
type inspection struct {
	ending string
	logo   bool
	digest [32]byte
}

// inside looks into a file.
func (p *entryPass) inside(f *catalog.File, use use, data []byte, span diag.Span) {
	key := inspection{path.Ext(f.Name), use.logo, f.Digest}
	if size, known := p.inspected.Load(key); known {
		size := size.([2]int)
		f.Width, f.Height = size[0], size[1]
		return
	}
	before := len(p.Findings)
	switch path.Ext(f.Name) {
	case ".svg":
		p.svg(f, data, span)
	case ".pdf":
		p.pdf(f, data, span)
	case ".yaml", ".tf":
		if bytes.IndexByte(data, 0) >= 0 {
			p.Report(ruleFileType, span, diag.Say("add the template as a text file"), "%s is not a text file", diag.Quote(f.Name))
		}
	default:
		p.raster(f, use, data, span)
	}
	if len(p.Findings) == before {
		p.inspected.Store(key, [2]int{f.Width, f.Height})
	}
}

// Endings are the endings of the files that a key may name, by the key's path,
// such as product.screenshots.file. They are for editors.
func Endings(key string) []string {
	switch path.Ext(key) {
	case ".logo":
		return logo.endings
	case ".deployment_template":
		return template.endings
	}
	if key == "product.screenshots.file" {
		return picture.endings
	}
	return agreed.endings
}
