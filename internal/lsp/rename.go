package lsp

import (
	"context"
	"errors"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// renaming is the change of an entry's slug: its folder or file moves, and
// whatever refers to it follows.
type renaming struct {
	c        *completer
	entry    *catalog.Entry
	kind     content.Kind
	seller   string // of a product
	old, new string // slugs
}

// renamed finds the entry that is renamed at the offset, and the word that stands
// for its slug: in a reference or a link the part that is the slug, and for the
// document's own entry its first line, or the key of its name.
func (c *completer) renamed() (r *renaming, from, to int, ok bool) {
	if c.catalog == nil {
		return nil, 0, 0, false
	}
	if t, found := c.target(); found && t.entry != nil {
		r = c.renaming(t.entry)
		word := string(c.d.text[t.from:t.to])
		at := strings.LastIndex(word, r.old)
		return r, t.from + at, t.from + at + len(r.old), at >= 0
	}
	var own *catalog.Entry
	for e := range c.catalog.Entries {
		if e.Source == c.d.path {
			own = e
		}
	}
	if own == nil {
		return nil, 0, 0, false
	}
	if strings.HasPrefix(string(c.d.text), "---") && c.offset <= len("---") {
		return c.renaming(own), 0, len("---"), true
	}
	if k, at, found := c.keyAt(); found && (strings.HasSuffix(k.Path(), ".title") || k.Path() == "showcase.name") {
		return c.renaming(own), at[0], at[1], strings.Count(k.Path(), ".") == 1
	}
	return nil, 0, 0, false
}

func (c *completer) renaming(e *catalog.Entry) *renaming {
	r := &renaming{c: c, entry: e, old: e.Slug}
	r.kind, _ = content.KindOf(e.Source)
	if r.kind == content.ProductEntry {
		r.seller = strings.Split(e.Source, "/")[2]
	}
	return r
}

func (s *server) prepareRename(ctx context.Context, d *document, _ *placeParams, offset int) (any, error) {
	if _, err := d.in.current(ctx); err != nil {
		return nil, err
	}
	c := s.completer(ctx, d, offset)
	r, from, to, ok := c.renamed()
	if !ok {
		return nil, nil
	}
	return prepared{d.text.span(from, to, s.encoding), r.old}, nil
}

func (s *server) rename(ctx context.Context, d *document, p *placeParams, offset int) (any, error) {
	if _, err := d.in.current(ctx); err != nil {
		return nil, err
	}
	c := s.completer(ctx, d, offset)
	r, _, _, ok := c.renamed()
	if !ok {
		return nil, s.refuse(diag.Say("nothing is renamed here: a slug is renamed at a reference or a link to its entry, or at the first line of the entry's file"))
	}
	if !slices.Contains(s.client.Workspace.WorkspaceEdit.ResourceOperations, "rename") { // which only documentChanges can hold: Neovim does not name these
		return nil, s.refuse(diag.Say("this editor cannot rename a folder for the program: rename %s yourself", diag.Visible(r.place(r.old))))
	}
	r.new = strings.TrimSpace(p.NewName)
	if r.kind == content.ProductEntry {
		r.new = strings.TrimPrefix(r.new, r.seller+"/")
	}
	if err := r.refused(true); err != nil {
		return nil, err
	}
	changes := r.changes()
	changes = append(changes, renameFile{"rename", uriOf(d.in.file(r.place(r.old))), uriOf(d.in.file(r.place(r.new)))})
	return workspaceEdit{DocumentChanges: changes}, nil
}

// willRenameFiles lets references follow a folder or a page that is renamed in the
// editor's list of files.
func (s *server) willRenameFiles(ctx context.Context, params string) (any, error) {
	var p renameFilesParams
	edit := s.client.Workspace.WorkspaceEdit
	if err := decode(params, &p); err != nil || !edit.DocumentChanges && len(edit.ResourceOperations) == 0 {
		return nil, err
	}
	var changes []any
	for _, f := range p.Files {
		from, to := pathOf(f.OldURI), pathOf(f.NewURI)
		s.mu.Lock()
		w, rel := s.place(from)
		s.mu.Unlock()
		if w == nil || to == "" {
			continue
		}
		result, err := w.current(ctx)
		if err != nil || result == nil || result.Broken {
			continue
		}
		c := &completer{s: s, d: &document{in: w}, catalog: result.Catalog, words: result.Words}
		goal, inside := below(w.dir, to)
		for e := range c.catalog.Entries {
			r := c.renaming(e)
			if r.place(r.old) != rel || !inside || path.Dir(goal) != path.Dir(rel) {
				continue
			}
			if r.new = strings.TrimSuffix(path.Base(goal), path.Ext(rel)); r.refused(false) == nil {
				changes = append(changes, r.changes()...)
			}
		}
	}
	if changes == nil {
		return nil, nil
	}
	return workspaceEdit{DocumentChanges: changes}, nil
}

func (s *server) refuse(t diag.Text) error { return errors.New(s.say(t)) }

// place is the folder of the entry, or the file of a page, with a slug.
func (r *renaming) place(slug string) string {
	switch r.kind {
	case content.PageEntry:
		return "content/pages/" + slug + ".md"
	case content.SellerEntry:
		return "content/sellers/" + slug
	}
	return "content/sellers/" + r.seller + "/" + slug
}

// refused says why the entry cannot have the new slug. The file of that name may be
// there already where the editor renames it.
func (r *renaming) refused(looks bool) error {
	s := r.c.s
	switch {
	case r.new == r.old:
		return s.refuse(diag.Say("%s is its name already", diag.Quote(r.new)))
	case !content.ValidSlug(r.new):
		return s.refuse(diag.Say("%s cannot be part of an address: write lowercase letters and digits, joined by single hyphens, at most 64 characters", diag.Quote(r.new)))
	case r.kind == content.SellerEntry && r.new == "page":
		return s.refuse(diag.Say("the site needs the name %s for its own addresses", diag.Quote(r.new)))
	}
	for _, e := range r.siblings() {
		if e.Slug == r.new {
			return s.refuse(diag.Say("there is an entry %s already", diag.Visible(r.place(r.new))))
		}
		if e != r.entry && slices.Contains(e.Aliases, r.new) {
			return s.refuse(diag.Say("%s is a former name of %s, and leads there", diag.Quote(r.new), diag.Visible(e.Source)))
		}
	}
	if _, err := os.Lstat(r.c.d.in.file(r.place(r.new))); looks && err == nil {
		return s.refuse(diag.Say("there is an entry %s already", diag.Visible(r.place(r.new))))
	}
	return nil
}

// siblings are the entries among which a slug is unique.
func (r *renaming) siblings() (all []*catalog.Entry) {
	switch r.kind {
	case content.PageEntry:
		for _, p := range r.c.catalog.Pages {
			all = append(all, &p.Entry)
		}
	case content.SellerEntry:
		for _, s := range r.c.catalog.Sellers {
			all = append(all, &s.Entry)
		}
	default:
		if s := r.c.catalog.Seller(r.seller); s != nil {
			for _, p := range s.Products {
				all = append(all, &p.Entry)
			}
		}
	}
	return all
}
