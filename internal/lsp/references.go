package lsp

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

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
