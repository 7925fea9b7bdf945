// Package intake takes listings from people who do not use git: it makes the
// forms that GitHub shows for a new issue, and turns the issue that comes out of
// one into the files of an entry.
//
// Whoever can open an issue writes its text. It is data: values become texts
// between quotes, long texts stay below their language's heading, paths are made
// of checked names alone, and nothing in a reply is a link, a name or a command
// that the author chose.
package intake

import (
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/diag"
	"vitrine/internal/phrasebook"
)

// Label is the label that every form gives its issue, and Publish the one by
// which staff say that the listing may be published.
const (
	Label   = "listing"
	Publish = "publish"
)

// kind is what a form asks for.
type kind string

// The kinds of forms. A product has a form a type: each asks for what its type
// needs, and for nothing else.
const (
	showcase   kind = "showcase"
	omi        kind = "omi"
	outsourced kind = "outsourced"
	service    kind = "service"
	version    kind = "version"
	unpublish  kind = "unpublish"
)

var kinds = []kind{showcase, omi, outsourced, service, version, unpublish}

// form is one issue form in one language.
type form struct {
	kind        kind
	lang        string
	name, about string // in the list of forms
	welcome     string // Markdown above the fields
	fields      []field
}

// shape is how a field is asked for, in GitHub's words.
type shape string

const (
	input shape = "input"      // one line
	area  shape = "textarea"   // several lines
	pick  shape = "dropdown"   // one of some options
	boxes shape = "checkboxes" // any of some options
)

// field is one question of a form.
type field struct {
	id          string
	shape       shape
	label, hint string
	example     string   // what stands in the empty field
	filled      string   // what stands in it to begin with
	options     []option // of pick and boxes
	needed      bool     // the request is nothing without it: GitHub asks for it
	key         string   // where its value stands in the front matter: versions.images.eu-west-2; "" nowhere
	publish     bool     // nothing is published without it
	max         int      // characters, of each line in an area; 0: no limit of its own
	items       [2]int   // least and most lines; 0: no limit
}

// option is a value that can be chosen, and its words in the form.
type option struct{ value, text string }

// maker makes the forms of one language.
type maker struct {
	settings *catalog.Settings
	words    *i18n.Set
	lang     string
	book     *diag.Book
}

// forms makes all forms of a catalog, in all languages of the program.
func forms(s *catalog.Settings, words *i18n.Set) []form {
	var all []form
	for _, lang := range phrasebook.Languages {
		book, _ := phrasebook.In(lang)
		m := &maker{s, words, lang, book}
		for _, f := range []form{m.showcase(), m.omi(), m.outsourced(), m.service(), m.version(), m.unpublish()} {
			f.lang, f.welcome = lang, m.say("Fill in what you know. A reply below the issue tells what is missing and what happens next; edit the issue, and it is read again. **Everything that you write here is public at once**, before any review. [How this works](../blob/HEAD/docs/%s).", m.say("issues.md"))
			for i, q := range f.fields {
				if q.publish && !q.needed {
					f.fields[i].hint = m.say("%s Needed to publish.", q.hint)
				}
			}
			all = append(all, f)
		}
	}
	return all
}

// say says something in the forms' language.
func (m *maker) say(phrase string, args ...any) string { return diag.Say(phrase, args...).In(m.book) }

// field returns a form's field, or nil.
func (f *form) field(id string) *field {
	i := slices.IndexFunc(f.fields, func(f field) bool { return f.id == id })
	if i < 0 {
		return nil
	}
	return &f.fields[i]
}

// of returns the field whose value stands at a path of the front matter, or
// above it, or the first one of those below it; nil where there is none.
func (f *form) of(path string) *field {
	var best *field
	for i, c := range f.fields {
		if c.key != "" && (path == c.key || strings.HasPrefix(path, c.key+".")) && (best == nil || len(c.key) > len(best.key)) {
			best = &f.fields[i]
		}
	}
	if i := slices.IndexFunc(f.fields, func(c field) bool { return strings.HasPrefix(c.key, path+".") }); best == nil && i >= 0 {
		best = &f.fields[i]
	}
	return best
}
