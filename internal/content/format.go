package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// SourceFile is a file that the catalog is read from.
type SourceFile struct {
	Path string // below the catalog's root
	Kind Kind
}

// Sources lists the files that the catalog is read from, in their order.
func (r *Root) Sources() ([]SourceFile, error) {
	everything := finder{within: func(string) bool { return true }}
	units, err := everything.find(r)
	if err != nil {
		return nil, err
	}
	files := []SourceFile{{catalogFile, CatalogFile}}
	for _, u := range units {
		if _, err := r.Size(u.path); errors.Is(err, fs.ErrNotExist) {
			continue // a folder without its product
		}
		files = append(files, SourceFile{u.path, u.kind})
	}
	return files, nil
}

// Languages returns the catalog's languages, or English and French where
// catalog.yaml does not tell.
func (r *Root) Languages() []string {
	if d, _ := r.readDocument(catalogFile, CatalogFile); d.Front != nil {
		if s := decodeSettings(d.Front); len(s.Languages) > 0 {
			return s.Languages
		}
	}
	return []string{"en", "fr"}
}

// Formatted is a source file in canonical form.
type Formatted struct {
	Before, After []byte
	// Findings say why the file cannot be read; then there is no After.
	Findings []diag.Finding
}

// Format puts a source file in canonical form: the order of keys, quotes,
// spaces, and the typography of French texts. What the values say does not
// change, and comments stay beside what they are about. The languages are the
// catalog's; the body, a text in Markdown, is what mend makes of it.
//
// An error says that the file could not be read, or that its form would not
// keep what it says.
func (r *Root) Format(file SourceFile, languages []string, mend func(body []byte) []byte) (f *Formatted, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: the program failed on this file; this is a fault of vitrine, please report it: %v", file.Path, p)
		}
	}()
	data, err := r.ReadFile(file.Path, maxEntry)
	return format(file, data, err, languages, mend)
}

// FormatText puts the text of a source file in canonical form, as Format does
// with the file.
func FormatText(file SourceFile, text []byte, languages []string, mend func(body []byte) []byte) (f *Formatted, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: the program failed on this file; this is a fault of vitrine, please report it: %v", file.Path, p)
		}
	}()
	return format(file, text, nil, languages, mend)
}

// format formats a file's bytes, or says why there are none.
func format(file SourceFile, data []byte, err error, languages []string, mend func([]byte) []byte) (*Formatted, error) {
	d, _ := parseDocument(file.Path, file.Kind, data, err)
	f := &Formatted{Before: data}
	f.Findings = slices.DeleteFunc(d.Findings, func(f diag.Finding) bool { return !isError(f) })
	if d.Front == nil || len(f.Findings) > 0 {
		return f, nil
	}
	f.After = d.canonical(languages, mend)
	after, _ := parseDocument(file.Path, file.Kind, f.After, nil)
	if slices.ContainsFunc(after.Findings, func(f diag.Finding) bool { return f.Rule == ruleFileLarge }) {
		f.After = f.Before // spaces and quotes have their size too
		return f, nil
	}
	if lost := d.lost(after); lost != "" {
		return f, fmt.Errorf("%s: its canonical form would change %s, so it is left as it is; this is a fault of vitrine, please report it", file.Path, lost)
	}
	return f, nil
}

func isError(f diag.Finding) bool { return f.Severity == diag.Error }

// front returns the place of the YAML in the source, without the fences.
func (d *Document) front() [2]int {
	if d.Kind == CatalogFile {
		return [2]int{0, len(d.Source.Data)}
	}
	front, _, _ := split(d.Source)
	return front
}

// canonical returns the document's bytes in canonical form.
func (d *Document) canonical(languages []string, mend func([]byte) []byte) []byte {
	var b bytes.Buffer
	front := d.front()
	yaml := d.Source.Data[front[0]:front[1]]
	if l, top := newLayout(d.Source, front, d.Front); top != nil {
		f := &formatter{layout: l, languages: languages}
		if text := f.file(d.scope(), top); text != nil {
			yaml = text
		}
	}
	if d.Kind == CatalogFile {
		return yaml
	}
	fmt.Fprintf(&b, "%s\n%s%s\n", fence, yaml, fence)
	body := d.Text()
	text := bytes.TrimLeft(body, "\n")
	if len(bytes.TrimSpace(text)) == 0 {
		return b.Bytes()
	}
	if len(text) < len(body) {
		b.WriteByte('\n')
	}
	b.Write(bytes.TrimRight(mend(text), "\n"))
	b.WriteByte('\n')
	return b.Bytes()
}

// scope is what the schema says of the document's front matter.
func (d *Document) scope() scope {
	if d.Kind == CatalogFile {
		return scope{fields: catalogSchema}
	}
	return scope{fields: d.schema()}
}

// file returns a whole piece of YAML, or nil where it is best left as it is.
func (f *formatter) file(c scope, top *part) []byte {
	parts := top.parts
	if parts == nil {
		parts = f.opened(top.value, 0)
		if top.asIs || len(parts) == 0 {
			return nil
		}
		if top.tail != "" {
			top.foot = append([]string{strings.TrimLeft(top.tail, " \t")}, top.foot...)
		}
	}
	lines := slices.Concat(top.head, f.block(c, top.value, parts, ""), top.foot)
	text := strings.Trim(strings.Join(lines, "\n"), "\n")
	return []byte(text + "\n")
}
