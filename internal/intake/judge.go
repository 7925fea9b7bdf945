package intake

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/format"
)

// canonical puts an entry that is not written yet into canonical form.
func (r *request) canonical(ctx context.Context, file content.SourceFile, data []byte) ([]byte, error) {
	with := r.root.With(map[string][]byte{file.Path: data})
	f, err := format.Run(ctx, with, format.Options{Check: true, Below: func(name string) bool { return name == file.Path }})
	if err != nil {
		return nil, err
	}
	if len(f.Findings) > 0 {
		return nil, refuse("the listing's file cannot be written: %s", f.Findings[0].Message)
	}
	for _, c := range f.Changed {
		data = c.After
	}
	return data, nil
}

// judge checks the catalog as it would be with the entry published, says what
// is wrong in the form's words, and keeps the file: as a draft, or published
// where that is asked for and nothing stands in the way. What was there before is
// passed over.
func (r *request) judge(ctx context.Context, file content.SourceFile, write func(catalog.Status) ([]byte, error), before []diag.Finding) error {
	public, err := write(catalog.Published)
	if err != nil {
		return err
	}
	if err := r.check(ctx, file, public, before); err != nil {
		return err
	}
	data := public
	if r.Publish && r.Complete() {
		r.Status = catalog.Published
	} else if data, err = write(catalog.Draft); err != nil {
		return err
	}
	r.Files = []File{{file.Path, data}}
	return nil
}

// check reports what is wrong with an entry that would be written; what was
// there before is passed over.
func (r *request) check(ctx context.Context, file content.SourceFile, data []byte, before []diag.Finding) error {
	files := map[string][]byte{file.Path: data}
	d, err := r.root.With(files).ReadSource(file)
	if err != nil {
		return err
	}
	r.missing(d, path.Dir(file.Path), files)
	found, err := r.findings(ctx, r.root.With(files), file.Path)
	if err != nil {
		return err
	}
	for _, f := range found {
		same := func(b diag.Finding) bool { return b.Rule == f.Rule && b.Message.String() == f.Message.String() }
		if slices.ContainsFunc(before, same) {
			continue
		}
		q := r.asked(d, f)
		if f.Rule.ID == "file-missing" {
			continue // named below, with where they go
		}
		own := Finding{Message: f.Message, Help: f.Help, Warning: f.Severity == diag.Warning, foreign: true}
		if q != nil {
			own.Field = q.label
			yaml := f.Rule.ID == "key-missing" || f.Rule.ID == "language-missing" // whose help is about YAML
			switch row := strings.HasPrefix(q.id, "offers-") && strings.HasPrefix(d.PathAt(f.Start), "offers"); {
			case yaml && row:
				own.Message, own.Help = diag.Say("a row of the table is not complete: each offer has a name in each language, a rate, and how it is billed"), diag.Text{}
			case yaml:
				own.Message, own.Help, own.foreign = diag.Say("nothing is written here yet"), diag.Text{}, false
			}
		}
		said := func(f Finding) bool {
			return f.Field == own.Field && (own.Field != "" && !f.foreign || f.Message.String() == own.Message.String())
		}
		if !slices.ContainsFunc(r.Findings, said) {
			r.Findings = append(r.Findings, own)
		}
	}
	return nil
}

// findings are those of one entry in a catalog.
func (r *request) findings(ctx context.Context, root *content.Root, file string) ([]diag.Finding, error) {
	result, err := check.Run(ctx, root, check.Options{Today: r.Today, Words: r.Words})
	if err != nil {
		return nil, err
	}
	if result.Broken {
		return nil, fmt.Errorf("%s: cannot be read: vitrine check shows why", content.CatalogPath)
	}
	return slices.DeleteFunc(result.Findings, func(f diag.Finding) bool {
		return f.Path != file && !slices.ContainsFunc(f.Related, func(n diag.Note) bool { return n.Path == file })
	}), nil
}

// asked is the field that a finding is about, or nil.
func (r *request) asked(d *content.Document, f diag.Finding) *field {
	at := f.Start
	for _, n := range f.Related {
		if f.Path != d.Source.Path && n.Path == d.Source.Path {
			at = n.Start
		}
	}
	if f.Rule.ID == "contact-missing" {
		return r.form.field("website")
	}
	if at.Line > d.Source.Position(d.Body[0]).Line {
		return r.text(d, at.Line)
	}
	path := d.PathAt(at)
	// What is not there has no place: the message names it.
	for _, word := range f.Message.Pack().Args {
		if word, ok := word.(string); ok {
			if q := r.form.of(strings.Trim(path+"."+strings.Trim(word, `"`), ".")); q != nil && path != q.key {
				return q
			}
		}
	}
	if q := r.form.of(path); q != nil {
		return q
	}
	return r.form.of(strings.TrimPrefix(path, "versions.")) // a version's own withdrawal
}

// text is the field of the text that a line of the file belongs to.
func (r *request) text(d *content.Document, line int) *field {
	lines := strings.Split(string(d.Source.Data), "\n")
	for n := min(line, len(lines)) - 1; n >= 0; n-- {
		for _, l := range r.settings.Languages {
			if lines[n] == "# "+r.Words.NameOf(l) {
				return r.form.field("text-" + l)
			}
		}
	}
	return nil
}

// maxAdded is how many bytes of an added file are looked at: no use of a file
// lets it be larger.
const maxAdded = 10_000_000

// missing lists the files that the entry names and that are not there. Those
// that were added to the request are laid over the catalog.
func (r *request) missing(d *content.Document, folder string, files map[string][]byte) {
	for _, key := range []string{"logo", "license", "privacy_policy"} {
		for _, name := range d.Texts(key) {
			file := path.Join(folder, name)
			if !content.ValidFileName(name) || files[file] != nil || slices.Contains(r.Missing, file) {
				continue
			}
			if data := r.added(file); data != nil {
				files[file] = data
			} else if _, err := r.root.Size(file); err != nil {
				r.Missing = append(r.Missing, file)
			}
		}
	}
}

// added returns a file that was added to the request, or nil.
func (r *request) added(file string) []byte {
	if r.Added == nil {
		return nil
	}
	data, err := content.RootOf(r.Added).ReadFile(file, maxAdded)
	if err != nil {
		return nil
	}
	return data
}
