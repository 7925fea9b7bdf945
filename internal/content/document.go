package content

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// Kind is what a source file describes.
type Kind uint8

// The kinds of source files.
const (
	CatalogFile Kind = iota
	PageEntry
	SellerEntry
	ProductEntry
)

// Limits of source files, in bytes. A long listing has 10 kB; parsers get slow
// far above that.
const (
	maxEntry       = 256_000
	maxFrontMatter = 64_000
)

var (
	ruleFileKind = &diag.Rule{
		ID: "file-kind", Severity: diag.Error, Fixed: true,
		Title: "everything below content/ is a plain file or a folder",
		Why:   "A symbolic link could publish a file from anywhere on the machine that builds the site. Nothing outside an entry's folder is ever read.",
		Help:  "replace it by the file itself: symbolic links and special files are not followed",
	}
	ruleFileLarge = &diag.Rule{
		ID: "file-too-large", Severity: diag.Error, Fixed: true,
		Title: "a file keeps to the size limit of its kind",
		Why:   "A long listing has 10 kB. A file far above that is no listing, and one made to be slow would hold up the check of everybody.",
		Help:  "move texts into the body, and shorten the file",
	}
	ruleFileUnreadable = &diag.Rule{
		ID: "file-unreadable", Severity: diag.Error, Fixed: true,
		Title: "every file and folder below content/ can be read",
		Why:   "What cannot be read cannot be checked, and must not be missing from the site in silence.",
		Help:  "give the user who runs the check permission to read it",
	}
)

// Document is one source file, read: its values with their places, and what
// they mean. It lives while its own rules run; what stays is the entry.
type Document struct {
	Kind   Kind
	Source *Source
	Front  *Value // a mapping
	Body   [2]int // offsets of the Markdown in the source
	Folder Folder // the entry's folder

	Page    *catalog.Page    // of a PageEntry
	Seller  *catalog.Seller  // of a SellerEntry
	Product *catalog.Product // of a ProductEntry

	Findings []diag.Finding
	draft    bool
}

// Folder is what stands in an entry's folder.
type Folder struct {
	Path  string   // below the catalog's root
	Files []string // names of plain files, in order, without the entry itself
	Odd   []string // names of what is neither a plain file nor a folder
	root  *Root    // open while the entry's rules run
}

// ReadFile reads a file of the folder, of at most limit bytes.
func (f *Folder) ReadFile(name string, limit int64) ([]byte, error) {
	return f.root.ReadFile(name, limit)
}

// Entry returns what all kinds of entries have in common.
func (d *Document) Entry() *catalog.Entry {
	switch d.Kind {
	case PageEntry:
		return &d.Page.Entry
	case SellerEntry:
		return &d.Seller.Entry
	default:
		return &d.Product.Entry
	}
}

// Text returns the body's Markdown.
func (d *Document) Text() []byte { return d.Source.Data[d.Body[0]:d.Body[1]] }

// Report adds a finding. Without help, the rule's own is given. In a draft,
// what is only not there yet is a warning.
func (d *Document) Report(rule *diag.Rule, at diag.Span, help diag.Text, message string, args ...any) *diag.Finding {
	f := diag.Finding{Rule: rule, Severity: rule.Severity, Span: at, Help: help, Message: diag.Say(message, args...)}
	if help.IsZero() {
		f.Help = diag.Say(rule.Help)
	}
	if rule.Lack && d.draft {
		f.Severity = diag.Warning
	}
	d.Findings = append(d.Findings, f)
	return &d.Findings[len(d.Findings)-1]
}

// At returns the place of a value. The path goes down from the front matter:
// keys as strings, items as numbers from 0. What is not there is placed at the
// last part that is.
func (d *Document) At(path ...any) diag.Span {
	v, key := d.Front, (*Value)(nil)
	for _, step := range path {
		var next *Value
		switch step := step.(type) {
		case string:
			if v.Kind != Mapping {
				return d.Source.valueSpan(v)
			}
			for i, k := range v.Keys {
				if k.Text == step {
					next, key = v.Items[i], k
				}
			}
		case int:
			if v.Kind == Sequence && step < len(v.Items) {
				next, key = v.Items[step], nil
			}
		}
		if next == nil {
			break
		}
		v = next
	}
	switch {
	case v == d.Front:
		return d.fence()
	case key != nil && v.Kind != Scalar:
		return d.Source.valueSpan(key)
	}
	return d.Source.valueSpan(v)
}

// KeyAt returns the place of a key itself, where the path leads to its value.
func (d *Document) KeyAt(path ...any) diag.Span {
	v := d.Front
	for i, step := range path {
		switch step := step.(type) {
		case string:
			if i == len(path)-1 && v != nil && v.Kind == Mapping {
				for _, k := range v.Keys {
					if k.Text == step {
						return d.Source.valueSpan(k)
					}
				}
			}
			v = v.Get(step)
		case int:
			if v == nil || step >= len(v.Items) {
				return d.At(path...)
			}
			v = v.Items[step]
		}
	}
	return d.At(path...)
}

// Part returns the place of a part of a value's text: bytes from, to. Where the
// text is written otherwise in the file, with escapes or over several lines, it
// is the place of the whole value.
func (d *Document) Part(v *Value, from, to int) diag.Span {
	at := v.at
	if v.quoted == '"' || v.quoted == '\'' {
		at++
	}
	if end := at + len(v.Text); end <= len(d.Source.Data) && string(d.Source.Data[at:end]) == v.Text {
		return d.Source.Span(at+from, at+to)
	}
	return d.Source.valueSpan(v)
}

// readDocument reads a source file up to its values. The document has no Front
// where it cannot be read; findings then say why.
func (r *Root) readDocument(name string, kind Kind) (*Document, [32]byte) {
	data, err := r.ReadFile(name, maxEntry)
	return parseDocument(name, kind, data, err)
}

// parseDocument reads a source file's bytes, or says why there are none.
func parseDocument(name string, kind Kind, data []byte, err error) (*Document, [32]byte) {
	d := &Document{Kind: kind}
	if err != nil {
		d.Findings = append(d.Findings, fileFault(name, err))
		return d, [32]byte{}
	}
	digest := sha256.Sum256(data)
	source, found := newSource(name, data)
	d.Source, d.Findings = source, found
	if source == nil || slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == ruleCharacter }) {
		return d, digest // a parser could stop at it, or read past it
	}
	front := [2]int{0, len(source.Data)}
	if kind != CatalogFile {
		front, d.Body, found = split(source)
		d.Findings = append(d.Findings, found...)
		if len(found) > 0 {
			return d, digest
		}
	}
	if n := front[1] - front[0]; kind != CatalogFile && n > maxFrontMatter {
		d.Report(ruleFileLarge, source.Span(0, len(fence)), diag.Say("move texts into the body"), "the front matter has %s, limit %s", Bytes(int64(n)), Bytes(maxFrontMatter))
		return d, digest
	}
	d.Front, found = parseYAML(source, front[0], front[1])
	d.Findings = append(d.Findings, found...)
	if d.Front != nil && kind != CatalogFile {
		d.draft = d.Front.Get("status").text() == string(catalog.Draft)
	}
	return d, digest
}

// fileFault is the finding for a file that cannot be read at all.
func fileFault(name string, err error) diag.Finding {
	f := diag.Finding{Rule: ruleFileUnreadable, Span: diag.Span{Path: name}}
	large, isLarge := errors.AsType[*tooLargeError](err)
	switch {
	case errors.Is(err, errNotRegular):
		f.Rule, f.Message = ruleFileKind, diag.Say("this is a symbolic link or a special file")
	case isLarge:
		f.Rule, f.Message, f.Help = ruleFileLarge, diag.Say("the file has %s", Over(large.size, large.limit)), diag.Say("shorten it: a long listing has 10 kB")
	case errors.Is(err, fs.ErrNotExist):
		f.Message, f.Help = diag.Say("the file does not exist"), diag.Say("add it")
	case errors.Is(err, fs.ErrPermission):
		f.Message = diag.Say("cannot be read: permission denied")
	default:
		f.Message = diag.Say("cannot be read: %s", reason(err))
	}
	f.Severity = f.Rule.Severity
	if f.Help.IsZero() {
		f.Help = diag.Say(f.Rule.Help)
	}
	return f
}

// Reopen reads an entry's document again, for the places of its values: they
// are not kept, since nearly all entries have no finding.
func (r *Root) Reopen(e *catalog.Entry) *Document {
	kind := ProductEntry
	switch {
	case strings.HasPrefix(e.Source, pagesDir+"/"):
		kind = PageEntry
	case path.Base(e.Source) == showcaseFile:
		kind = SellerEntry
	}
	d, digest := r.readDocument(e.Source, kind)
	d.Findings = nil
	if d.Front == nil || digest != e.Digest {
		return nil
	}
	return d
}

// ReopenSettings reads catalog.yaml again, for the places of its values; nil where
// it cannot be read.
func (r *Root) ReopenSettings() *Document {
	d, _ := r.readDocument(catalogFile, CatalogFile)
	if d.Front == nil {
		return nil
	}
	return d
}

// errChanged says that a file is no longer the one that was checked.
var errChanged = errors.New("the file changed while the catalog was being read: run the command again")

// Body reads an entry's Markdown again. It fails where the source is no longer
// the one that was loaded.
func (r *Root) Body(e *catalog.Entry) ([]byte, error) {
	data, err := r.ReadFile(e.Source, maxEntry)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Source, reason(err))
	}
	if sha256.Sum256(data) != e.Digest {
		return nil, fmt.Errorf("%s: %w", e.Source, errChanged)
	}
	return plainText(data)[e.Body:], nil
}

// File reads a file that an entry refers to. It fails where the file is no
// longer the one that was checked.
func (r *Root) File(f *catalog.File) ([]byte, error) {
	data, err := r.ReadFile(f.Path, f.Size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, reason(err))
	}
	if sha256.Sum256(data) != f.Digest {
		return nil, fmt.Errorf("%s: %w", f.Path, errChanged)
	}
	return data, nil
}

// KindOf tells what a file is by its path below the catalog's root; ok is false
// where the catalog is not read from it.
func KindOf(name string) (kind Kind, ok bool) {
	parts := strings.Split(name, "/")
	switch {
	case name == catalogFile:
		return CatalogFile, true
	case len(parts) == 3 && path.Dir(name) == pagesDir && path.Ext(name) == ".md":
		return PageEntry, true
	case len(parts) == 4 && strings.HasPrefix(name, sellersDir+"/") && parts[3] == showcaseFile:
		return SellerEntry, true
	case len(parts) == 5 && strings.HasPrefix(name, sellersDir+"/") && parts[4] == productFile:
		return ProductEntry, true
	}
	return 0, false
}
