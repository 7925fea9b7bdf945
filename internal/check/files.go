package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"regexp"
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
	ruleFileUnused = &diag.Rule{
		ID: "file-unused", Severity: diag.Error, Lack: true,
		Title: "a file in an entry's folder is one that the entry refers to",
		Why:   "A file that nothing refers to is never published. Most often a name is misspelt, or something was left behind; this is our own convention.",
		Help:  "refer to the file in the entry, or delete it",
	}
	ruleFileKind = &diag.Rule{
		ID: "file-kind-wrong", Severity: diag.Error, Fixed: true,
		Title: "a file is of the kind that is asked for: a picture for a logo, a PDF for an agreement",
		Why:   "Browsers show pictures, buyers keep agreements as PDF, and deployment tools read text: each use has its kinds of files.",
		Help:  "name a file of the kind that is asked for",
	}
	ruleFileType = &diag.Rule{
		ID: "file-type", Severity: diag.Error, Fixed: true,
		Title: "a file's content is what its ending says",
		Why:   "Browsers do not show a file that is something else than it says, or run it as what it is. This is for the safety of buyers.",
		Help:  "save the file again in the format of its ending",
	}
	ruleFileSize = &diag.Rule{
		ID: "file-size", Severity: diag.Error, Fixed: true,
		Title: "a file keeps to the size of its kind: 2 MB for a picture, 10 MB for a PDF",
		Why:   "Marketplace rule 8: a logo is a file of 2 MB or less. Other pictures keep to the same limit, since buyers load them on phones; the limits of other files are our own.",
		Help:  "make the file smaller",
	}
	rulePDF = &diag.Rule{
		ID: "pdf-active", Severity: diag.Error, Fixed: true,
		Title: "a PDF runs nothing: no scripts, no launch actions, no embedded files",
		Why:   "Buyers open agreements on their own machines. A document that is only read needs no scripts and no actions (ISO 32000), which are a common way to attack its reader.",
		Help:  "print the document to PDF again, from a word processor or a browser",
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
		if n := diag.Nearest(name, p.Folder.Files); n != "" {
			help = diag.Say("did you mean %s?", diag.Visible(n))
		}
		p.Report(ruleFileMissing, span, help, "the file %s is not in %s", diag.Quote(name), diag.Visible(p.Folder.Path))
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

var (
	pdfStream = regexp.MustCompile(`(?s)>>\s*stream\r?\n.*?endstream`)
	pdfEscape = regexp.MustCompile(`#[0-9A-Fa-f]{2}`) // in a name
	pdfActive = regexp.MustCompile(`/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|OpenAction|AA|RichMedia|XFA)\b`)
)

func (p *entryPass) pdf(f *catalog.File, data []byte, span diag.Span) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.Contains(data[max(0, len(data)-1024):], []byte("%%EOF")) {
		p.fileType(span, looksLike(data, ".pdf"), diag.Say("save the document as PDF"), "%s is not a PDF document", diag.Quote(f.Name))
		return
	}
	// What a stream holds is compressed: letters in it mean nothing.
	names := pdfEscape.ReplaceAllFunc(pdfStream.ReplaceAll(data, nil), func(b []byte) []byte {
		raw, err := hex.DecodeString(string(b[1:]))
		if err != nil {
			return b
		}
		return raw
	})
	if m := pdfActive.Find(names); m != nil {
		p.Report(rulePDF, span, diag.Text{}, "the PDF %s holds %s", diag.Quote(f.Name), m)
	}
}

// fileType reports a file that is not what its ending says, and why that is
// thought where there is more to say.
func (p *entryPass) fileType(span diag.Span, why, help diag.Text, message string, args ...any) {
	if why.IsZero() {
		p.Report(ruleFileType, span, help, message, args...)
		return
	}
	p.Report(ruleFileType, span, help, "%s: %s", diag.Say(message, args...), why)
}

// signatures are the first bytes of the kinds of files that are met.
var signatures = []struct{ start, kind, ending string }{
	{"\x89PNG\r\n\x1a\n", "it is a PNG picture", ".png"},
	{"\xff\xd8\xff", "it is a JPEG picture", ".jpg"},
	{"%PDF-", "it is a PDF document", ".pdf"},
	{"GIF8", "it is a GIF picture", ""},
	{"<!DOCTYPE html", "it is an HTML page", ""},
	{"<html", "it is an HTML page", ""},
	{"PK\x03\x04", "it is a ZIP archive or an office document", ""},
	{"<svg", "it is an SVG picture", ".svg"},
	{"<?xml", "it is an XML file", ".svg"},
}

// looksLike says what a file seems to be that does not fit its ending.
func looksLike(data []byte, ending string) diag.Text {
	start := bytes.ToLower(data[:min(len(data), 20)])
	for _, s := range signatures {
		if !bytes.HasPrefix(start, bytes.ToLower([]byte(s.start))) {
			continue
		}
		if s.ending == ending {
			return diag.Say("the file is damaged or cut off")
		}
		return diag.Say(s.kind)
	}
	if len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" {
		return diag.Say("it is a WebP picture")
	}
	if len(data) == 0 {
		return diag.Say("it is empty")
	}
	return diag.Text{}
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
