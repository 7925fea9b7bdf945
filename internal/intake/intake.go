package intake

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"unicode/utf8"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

// maxBody is how many bytes of a body are read: GitHub lets an issue have
// 65,536 characters.
const maxBody = 4 * 65_536

// Options are the choices of Read.
type Options struct {
	Actor   string // the GitHub handle of who filed the issue; "" where not known: then nobody is refused for it
	Issue   int    // its number; 0 where not known
	Pending []Pending
	Added   fs.FS        // files that were added to the request, by their paths below the catalog's root; may be nil
	Publish bool         // write what is complete as published, not as a draft
	Today   catalog.Date // of an unpublish request
	Words   *i18n.Set
	Lang    string // of the reply to a body that no form made: "en" or "fr"
}

// Pending is a file that another issue's request, not merged yet, writes.
type Pending struct {
	Issue int
	Path  string // below the catalog's root
}

// Finding is something that the issue has to say otherwise, or lacks.
type Finding struct {
	Field   string // the form's words; "" for the whole
	Message diag.Text
	Help    diag.Text
	Warning bool // it does not stand in the way
	foreign bool // the message shows values from the issue
}

// Result is what became of an issue.
type Result struct {
	Form     string // which one, "" where none was recognised
	Language string // of the form, and of the reply
	Status   catalog.Status
	Files    []File    // to write; none for what was refused
	Refused  diag.Text // why nothing is written
	Findings []Finding
	Missing  []string // files that the entry names and that are not there: paths
	book     *diag.Book
	actor    string
	fresh    bool // a new seller
}

// Complete reports whether nothing stands in the way of publication.
func (r *Result) Complete() bool {
	return r.Refused.IsZero() && len(r.Missing) == 0 && !r.blocked()
}

// blocked reports whether the issue has to say something else first.
func (r *Result) blocked() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return !f.Warning })
}

// request is an issue while it is read.
type request struct {
	Options
	*Result
	root     *content.Root
	settings *catalog.Settings
	form     *form
	maker    *maker
	said     answers
}

// refusal ends the reading of an issue: nothing is written.
type refusal struct{ text diag.Text }

func (r *refusal) Error() string { return r.text.String() }

func refuse(phrase string, args ...any) error { return &refusal{diag.Say(phrase, args...)} }

// Read turns the body of an issue into files. An error means that the catalog
// could not be read; whatever is wrong with the issue is in the result.
func Read(ctx context.Context, root *content.Root, body []byte, opt Options) (*Result, error) {
	r := &request{Options: opt, root: root, settings: content.ReadSettings(root), Result: &Result{Language: opt.Lang, Status: catalog.Draft, actor: opt.Actor}}
	err := r.read(ctx, body)
	r.book, _ = phrasebook.In(r.Language)
	if no, ok := err.(*refusal); ok {
		r.Refused, r.Files, err = no.text, nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.Result, nil
}

func (r *request) read(ctx context.Context, body []byte) error {
	if r.settings == nil || len(r.settings.Languages) == 0 {
		return fmt.Errorf("%s: cannot be read: vitrine check shows why", content.CatalogPath)
	}
	if len(body) > maxBody {
		return refuse("the text has %s: long texts belong into the listing's own file", content.Over(int64(len(body)), maxBody))
	}
	text, gone := clean(body)
	all := forms(r.settings, r.Words)
	if r.form = recognise(all, text); r.form == nil {
		return refuse("no form's headings are in this text: open a new issue and choose a form")
	}
	r.Result.Form, r.Language = string(r.form.kind), r.form.lang
	book, _ := phrasebook.In(r.Language)
	r.maker = &maker{r.settings, r.Words, r.Language, book}
	var twice []*field
	r.said, twice = r.form.read(text)
	for _, q := range twice {
		r.find(q.id, diag.Say("the heading %s stands in the text more than once: take out the one that is not the form's", diag.Quote(q.label)))
	}
	if gone {
		r.Findings = append(r.Findings, Finding{Message: diag.Say("characters that nobody sees, or that turn a line around, were left out"), Warning: true})
	}
	switch r.form.kind {
	case version, unpublish:
		return r.change(ctx)
	}
	return r.create(ctx)
}

// find adds a finding at a field.
func (r *request) find(id string, message diag.Text) {
	f := Finding{Message: message}
	if q := r.form.field(id); q != nil {
		f.Field = q.label
	}
	r.Findings = append(r.Findings, f)
}

// measure looks at what every answer must be: there, and not too long.
func (r *request) measure() {
	for i := range r.form.fields {
		q := &r.form.fields[i]
		said, ok := r.said[q.id]
		if !ok && q.publish {
			r.find(q.id, diag.Say("nothing is written here yet"))
		}
		if !ok || q.max == 0 && q.items[1] == 0 || q.shape == boxes || q.id == "offers-vm_type" || q.id == "offers-subscription" {
			continue
		}
		lines := []string{oneLine(said)}
		if q.items[1] > 0 {
			lines = r.lines(q.id)
			if n := len(lines); q.shape == area && (n < q.items[0] || n > q.items[1]) {
				r.find(q.id, diag.Say("between %d and %d, one a line; here are %d", q.items[0], q.items[1], n))
			}
		}
		for n, line := range lines {
			if k := utf8.RuneCountInString(line); q.max > 0 && k > q.max && q.shape == area && q.items[1] > 0 {
				r.find(q.id, diag.Say("line %d: at most %d characters; this one has %d", n+1, q.max, k))
			} else if q.max > 0 && k > q.max && q.items[1] == 0 {
				r.find(q.id, diag.Say("at most %d characters; this one has %d", q.max, k))
			}
		}
	}
}

// free makes sure that no other request, and nobody else's entry, has a path.
func (r *request) free(file string) error {
	for _, p := range r.Pending {
		if p.Path == file && p.Issue != r.Issue {
			return refuse("issue #%d asks for %s already, and is not decided yet: take part in it, or wait until it is closed", p.Issue, diag.Quote(path.Dir(file)))
		}
	}
	return nil
}

// allowed makes sure that the seller's folder is the actor's to change.
func (r *request) allowed(seller string) error {
	o := check.OwnerOf(r.root, seller, r.Actor)
	switch {
	case o.Seller == "":
		return nil
	case o.Seller != seller:
		return refuse("the name %s was that of the seller %s before, and stays reserved: choose another short name", diag.Quote(seller), diag.Quote(o.Seller))
	case o.May || r.Actor == "":
		return nil
	case len(o.Ask) == 0:
		return refuse("the folder of the seller %s has no maintainer: ask the marketplace's staff", diag.Quote(seller))
	}
	return refuse("the seller %s is maintained by others: ask one of them to file this request: %s", diag.Quote(seller), handles(o.Ask))
}

// handles are GitHub names as a reply shows them.
func handles(all []string) string {
	s := ""
	for i, h := range all {
		if i > 0 {
			s += ", "
		}
		s += "@" + diag.Visible(h)
	}
	return s
}
