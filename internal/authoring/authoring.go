// Package authoring makes entries, and publishes and unpublishes them, for
// people who would rather not begin with an empty file, and for requests that
// come from elsewhere. Each function works out the change of one file and says
// what it would mean; Write writes it. Nothing is committed.
package authoring

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Author works in a catalog that was checked.
type Author struct {
	Root     *content.Root
	Checked  *check.Result // of Root, not Broken
	Today    catalog.Date
	Language string // of the comments in new files: one of phrasebook.Languages
}

// Change is the change of one file, not written yet.
type Change struct {
	Path   string // below the catalog's root
	Before []byte // nil where the file is new
	After  []byte
	As     *content.Root  // the catalog as it would be
	Found  []diag.Finding // what a check would say of the entry then, and of others for the first time
	Then   *check.Result  // that check
}

// Unchanged reports whether the file says so already.
func (c *Change) Unchanged() bool { return c.Before != nil && bytes.Equal(c.Before, c.After) }

// Blocked reports whether the change should not be written: the entry would have
// errors, or others would for the first time.
func (c *Change) Blocked() bool {
	return slices.ContainsFunc(c.Found, func(f diag.Finding) bool { return f.Severity == diag.Error })
}

// Write writes the change. A file that is there is never overwritten by a new
// one, and one that was edited meanwhile is left as it is.
func (a *Author) Write(c *Change) error {
	if c.Before == nil {
		return a.Root.Create(c.Path, c.After)
	}
	return a.Root.Replace(c.Path, c.Before, c.After)
}

// Refused says why something is not done: what was asked for cannot be, and
// nothing was written.
type Refused struct {
	Why  diag.Text
	Help diag.Text // what to do instead; may be zero

	Withdrawn bool // it was unpublished: Publishing.Again lifts the refusal
}

// Error is the reason in English.
func (r *Refused) Error() string { return r.In(nil) }

// In is the reason in a language.
func (r *Refused) In(book *diag.Book) string {
	if r.Help.IsZero() {
		return r.Why.In(book)
	}
	return diag.Say("%s: %s", r.Why, r.Help).In(book)
}

func refuse(help diag.Text, why string, args ...any) error {
	return &Refused{Why: diag.Say(why, args...), Help: help}
}

// languages are the catalog's.
func (a *Author) languages() []string { return a.Checked.Catalog.Languages }

// consider checks the catalog as it would be.
func (a *Author) consider(ctx context.Context, c *Change) (*Change, error) {
	c.As = a.Root.With(map[string][]byte{c.Path: c.After})
	r, err := a.Checked.Again(ctx, c.As, []string{c.Path}, check.Options{Today: a.Today, Words: a.Checked.Words})
	if err != nil {
		return nil, err
	}
	c.Then = r
	before := a.before()
	folder := path.Dir(c.Path) + "/"
	for _, f := range r.Findings {
		own := f.Path == c.Path || strings.HasPrefix(f.Path, folder) && !strings.Contains(f.Path[len(folder):], "/") && path.Base(path.Dir(f.Path)) != "pages"
		if own || f.Severity == diag.Error && !before[same(f)] {
			c.Found = append(c.Found, f)
		}
	}
	return c, nil
}

// before are the findings of the catalog as it is.
func (a *Author) before() map[string]bool {
	before := make(map[string]bool)
	for _, f := range a.Checked.Findings {
		before[same(f)] = true
	}
	return before
}

// same tells findings apart, wherever their lines are now.
func same(f diag.Finding) string { return f.Rule.ID + " " + f.Path + " " + f.Message.String() }
