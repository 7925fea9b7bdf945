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
	edit := s.client.Workspace.WorkspaceEdit
	if !edit.DocumentChanges || !slices.Contains(edit.ResourceOperations, "rename") {
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
	if err := decode(params, &p); err != nil || !s.client.Workspace.WorkspaceEdit.DocumentChanges {
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

// changes are the edits of all files that name the entry, and its own former name.
func (r *renaming) changes() (changes []any) {
	names := map[string]bool{r.entry.Source: true, content.CatalogPath: true}
	for e := range r.c.catalog.Entries {
		if slices.ContainsFunc(e.Links, func(l catalog.Link) bool { return r.link(l.To) != l.To }) || e.Withdrawal != nil && r.reference(e.Withdrawal.Replacement) != e.Withdrawal.Replacement {
			names[e.Source] = true
		}
	}
	for p := range r.c.catalog.Products {
		moved := func(ref string) bool { return r.reference(ref) != ref }
		if moved(p.ServiceOf) || slices.ContainsFunc(p.Related, moved) || slices.ContainsFunc(p.Versions, func(v catalog.Version) bool {
			return v.Withdrawal != nil && moved(v.Withdrawal.Replacement)
		}) {
			names[p.Source] = true
		}
	}
	w := r.c.d.in
	for _, name := range sorted(names) {
		edits := r.edits(name)
		if len(edits) == 0 {
			continue
		}
		of := versionedDocument{URI: w.uriOf(name)}
		if d := w.open(name); d != nil {
			of.Version = &d.version
		}
		changes = append(changes, documentEdit{of, edits})
	}
	return changes
}

// reference is a reference to a product as it is after the renaming.
func (r *renaming) reference(ref string) string {
	seller, product, ok := strings.Cut(ref, "/")
	switch {
	case !ok:
	case r.kind == content.SellerEntry && seller == r.old:
		return r.new + "/" + product
	case r.kind == content.ProductEntry && seller == r.seller && product == r.old:
		return seller + "/" + r.new
	}
	return ref
}

// link is the address of a page as it is after the renaming.
func (r *renaming) link(to string) string {
	parts := strings.Split(to, "/") // "", language, section, …
	if len(parts) < 4 {
		return to
	}
	is := func(i int, slug string) bool {
		word, _, _ := strings.Cut(parts[i], "#")
		return word == slug
	}
	put := func(i int) string {
		parts[i] = r.new + parts[i][len(r.old):]
		return strings.Join(parts, "/")
	}
	switch section := parts[2]; {
	case r.kind == content.PageEntry && section == "pages" && is(3, r.old),
		r.kind == content.SellerEntry && (section == "sellers" || section == "products") && is(3, r.old):
		return put(3)
	case r.kind == content.ProductEntry && section == "products" && len(parts) > 4 && parts[3] == r.seller && is(4, r.old):
		return put(4)
	}
	return to
}

// edits are those of one file.
func (r *renaming) edits(name string) (edits []textEdit) {
	c := *r.c
	d := &document{path: name, text: c.d.in.text(name), in: c.d.in}
	d.kind, _ = content.KindOf(name)
	c.d = d
	from, to, ok := d.front()
	if !ok {
		return nil
	}
	root := outline(string(d.text), from, to)
	put := func(from, to int, with string) {
		edits = append(edits, textEdit{d.text.span(from, to, c.s.encoding), with})
	}
	root.each(func(n *node) {
		if n.scalar == "" {
			return
		}
		with := r.value(d.kind, n)
		if with == n.scalar {
			return
		}
		from := n.value
		if b := d.text[from]; b == '"' || b == '\'' {
			from++
		}
		put(from, from+len(n.scalar), with)
	})
	if d.kind != content.CatalogFile {
		r.inText(string(d.text), to, put)
	}
	if name == r.entry.Source {
		r.alias(&c, root, put)
	}
	return edits
}

// value is a value of a front matter or of catalog.yaml as it is after the renaming.
func (r *renaming) value(kind content.Kind, n *node) string {
	at, ok := slotAt(kind, n.path())
	if !ok || !at.single {
		return n.scalar
	}
	switch {
	case at.key.Reference():
		return r.reference(n.scalar)
	case at.key.Path() == "catalog.navigation" && r.kind == content.PageEntry && n.scalar == r.old:
		return r.new
	case at.key.Path() == "catalog.waivers.path":
		if rest, ok := strings.CutPrefix(n.scalar, r.place(r.old)); ok && (rest == "" || rest[0] == '/') {
			return r.place(r.new) + rest
		}
	}
	return n.scalar
}

// inText changes the links of the text: where an address begins behind a
// parenthesis, a bracket, or the colon of a reference.
func (r *renaming) inText(t string, from int, put func(from, to int, with string)) {
	for i := from + 1; i < len(t); i++ {
		if t[i] != '/' || strings.IndexByte("(< \t", t[i-1]) < 0 {
			continue
		}
		end := i
		for end < len(t) && strings.IndexByte(")>\"' \t\r\n", t[end]) < 0 {
			end++
		}
		if with := r.link(t[i:end]); with != t[i:end] && r.c.catalog.Language(strings.Split(t[i:end], "/")[1]) >= 0 {
			put(i, end, with)
		}
		i = end
	}
}

// alias adds the old name to the former ones of an entry that buyers have seen.
func (r *renaming) alias(c *completer, root *node, put func(from, to int, with string)) {
	var names []string
	n := root.child("aliases")
	if n != nil {
		for _, item := range n.children {
			if item.scalar != r.new {
				names = append(names, item.scalar)
			}
		}
	}
	if r.entry.Status != catalog.Draft {
		names = append(names, r.old)
	}
	written := "[" + strings.Join(names, ", ") + "]"
	switch {
	case n != nil && len(n.children) > 0:
		end := n.last()
		from := n.to + strings.IndexByte(string(c.d.text[n.to:]), ':') + 1
		put(from, end, " "+written)
	case n != nil:
		put(n.value, max(n.value, n.end), strings.Repeat(" ", map[bool]int{true: 1}[c.d.text[n.value-1] == ':'])+written)
	case len(names) > 0:
		if at, text, ok := c.insertion(0, "aliases"); ok {
			key, rest, _ := strings.Cut(text, "aliases:")
			tail := ""
			if strings.HasSuffix(rest, "\n") {
				tail = "\n"
			}
			put(at, at, key+"aliases: "+written+tail)
		}
	}
}

// each calls visit for a node's children, and theirs.
func (n *node) each(visit func(*node)) {
	for _, c := range n.children {
		visit(c)
		c.each(visit)
	}
}

func sorted(names map[string]bool) (all []string) {
	for name := range names {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}
