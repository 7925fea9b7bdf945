package change

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// entry is an entry of a catalog, whatever kind it is of.
type entry struct {
	*catalog.Entry
	kind, ref, name string
	visible         bool
}

// known lists the entries of a catalog that the change may touch, by their
// source.
func (c *comparison) known(of *catalog.Catalog, touched map[string]bool) map[string]*entry {
	all := make(map[string]*entry)
	visible := catalog.Visibility{At: c.At}
	add := func(e *catalog.Entry, kind, ref, name string, seen func() bool) {
		if touched[e.Source] || kind != "page" && touched[path.Dir(e.Source)] {
			all[e.Source] = &entry{e, kind, ref, name, seen()}
		}
	}
	for _, p := range of.Pages {
		add(&p.Entry, "page", p.Slug, p.Title.In(0), func() bool { return visible.Page(p) })
	}
	for _, s := range of.Sellers {
		if s.Source != "" {
			add(&s.Entry, "seller", s.Slug, s.Name.In(0), func() bool { return visible.Seller(s) })
		}
		for _, p := range s.Products {
			add(&p.Entry, "product", s.Slug+"/"+p.Slug, p.Title.In(0), func() bool { return visible.Product(p) })
		}
	}
	return all
}

// folderOf returns the folder of the entry that a path belongs to: a product's,
// a seller's, or "".
func folderOf(name string) string {
	rest, ok := strings.CutPrefix(name, "content/sellers/")
	if !ok {
		return ""
	}
	parts := strings.Split(rest, "/")
	switch {
	case len(parts) > 2:
		return "content/sellers/" + parts[0] + "/" + parts[1]
	case len(parts) == 2:
		return "content/sellers/" + parts[0]
	}
	return ""
}

// entries pairs what was with what is, and says of each pair what changed.
func (c *comparison) entries() {
	touched := make(map[string]bool)
	files := make(map[string][]string) // folder to what is touched in it, the entry aside
	for _, name := range c.Touched {
		touched[name] = true
		if f := folderOf(name); f != "" {
			touched[f] = true
			if !isSource(name) {
				files[f] = append(files[f], name)
			}
		}
	}
	was, now := c.known(c.Was, touched), c.known(c.Now, touched)
	for _, all := range []map[string]*entry{was, now} {
		for source := range all {
			c.owned[source] = true
			for _, name := range files[path.Dir(source)] {
				c.owned[name] = true
			}
		}
	}
	for _, source := range sorted(was) {
		a, at := was[source], source
		if to := c.Renamed[source]; to != "" {
			at = to
		}
		b := now[at]
		delete(now, at)
		c.entry(a, b, append(slices.Clone(files[path.Dir(source)]), others(files, source, at)...))
	}
	for _, source := range sorted(now) {
		c.entry(nil, now[source], files[path.Dir(source)])
	}
	if touched[content.CatalogPath] {
		c.settings()
	}
	slices.SortStableFunc(c.found, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), strings.Compare(path.Dir(a.Source), path.Dir(b.Source)))
	})
	c.out.Counts.Entries = len(c.found)
	for _, e := range c.found[:min(len(c.found), maxEntries)] {
		c.out.Entries = append(c.out.Entries, c.fit(e))
	}
}

// weight orders entries: what buyers see first, formatting last.
func weight(e Entry) int {
	switch {
	case e.Change == "formatting":
		return 2
	case e.Seen == "no" && e.Kind != "catalog":
		return 1
	}
	return 0
}

// others returns what is touched in the new folder of an entry that was renamed.
func others(files map[string][]string, was, now string) []string {
	if path.Dir(was) == path.Dir(now) {
		return nil
	}
	return files[path.Dir(now)]
}

// isSource reports whether a path is that of a showcase or a product.
func isSource(name string) bool {
	parts := strings.Split(name, "/")
	return len(parts) == 4 && parts[3] == "showcase.md" || len(parts) == 5 && parts[4] == "product.md"
}

// entry says what changed of an entry; one of the two may be nil.
func (c *comparison) entry(was, now *entry, files []string) {
	of := now
	if of == nil {
		of = was
	}
	e := Entry{
		Kind: of.kind, Ref: of.ref, Source: of.Source, Name: of.name, Status: string(of.Status),
		Seen: seen(was != nil && was.visible, now != nil && now.visible), Fields: []Field{}, Links: []Link{}, Files: []File{},
	}
	var a, b *content.Document
	if was != nil {
		a = c.Before.AsItIs(was.Source)
	}
	if now != nil {
		b = c.After.AsItIs(now.Source)
	}
	if was != nil && now != nil && was.ref != now.ref {
		e.From = was.ref
	}
	c.files(&e, files, was, now)
	if b != nil && b.Front == nil {
		e.Change, e.Seen, c.unread = "unreadable", seen(was != nil && was.visible, was != nil && was.visible), true
		c.found = append(c.found, e)
		return
	}
	kind, _ := content.KindOf(of.Source)
	c.fields(&e, kind, a, b)
	e.Change = c.what(&e, was, now)
	if e.Change == "formatting" && was.Digest == now.Digest && len(e.Files) == 0 {
		return // touched by its mode, or by a folder that is another's
	}
	c.found = append(c.found, e)
}

// what says what happened to an entry as a whole.
func (c *comparison) what(e *Entry, was, now *entry) string {
	switch {
	case was == nil:
		return "added"
	case now == nil:
		return "deleted"
	case was.Status != catalog.Published && now.Status == catalog.Published && was.Status != catalog.Unpublished:
		return "published"
	case was.Status == catalog.Unpublished && now.Status == catalog.Published:
		return "republished"
	case was.Status != catalog.Unpublished && now.Status == catalog.Unpublished:
		return "unpublished"
	case e.From != "":
		return "renamed"
	case len(e.Fields) == 0 && len(e.Files) == 0:
		return "formatting"
	}
	return "changed"
}

// settings says what changed of catalog.yaml.
func (c *comparison) settings() {
	e := Entry{
		Kind: "catalog", Source: content.CatalogPath, Name: c.Now.Title.In(0), Change: "changed", Seen: "yes",
		Fields: []Field{}, Links: []Link{}, Files: []File{},
	}
	now := c.After.AsItIs(content.CatalogPath)
	if now.Front == nil && c.After.HasCatalog() {
		e.Change = "unreadable"
		c.found, c.unread = append(c.found, e), true
		return
	}
	c.fields(&e, content.CatalogFile, c.Before.AsItIs(content.CatalogPath), now)
	switch {
	case !c.Before.HasCatalog():
		e.Change = "added"
	case !c.After.HasCatalog():
		e.Change = "deleted"
	case len(e.Fields) == 0:
		e.Change = "formatting"
	}
	c.found = append(c.found, e)
}

// fit shortens an entry to what the document has room for.
func (c *comparison) fit(e Entry) Entry {
	for _, n := range []int{len(e.Fields), len(e.Links), len(e.Files)} {
		e.Omitted += max(0, n-maxOfEntry)
	}
	e.Links, e.Files = e.Links[:min(len(e.Links), maxOfEntry)], e.Files[:min(len(e.Files), maxOfEntry)]
	fields := slices.Clone(e.Fields[:min(len(e.Fields), maxOfEntry)])
	for i := range fields {
		f := &fields[i]
		f.Texts = slices.Clone(f.Texts)
		for j := range f.Texts {
			list := trim(f.Texts[j].Runs)
			for _, r := range list {
				c.bytes += len(r.Text)
			}
			if c.bytes > maxRuns {
				list = []Run{{"cut", ""}}
			}
			f.Texts[j].Runs = list
		}
		f.Was, f.Now = c.short(f.Was), c.short(f.Now)
	}
	e.Fields = fields
	return e
}

// short shortens values that nobody reads to their end.
func (c *comparison) short(values []string) []string {
	if values == nil {
		return nil
	}
	const most, longest = 60, 500
	out := make([]string, 0, min(len(values), most))
	for _, v := range values[:min(len(values), most)] {
		if len(v) > longest {
			v = head(v, longest) + "…"
		}
		out = append(out, v)
	}
	if len(values) > most {
		out = append(out, "…")
	}
	return out
}

func seen(was, now bool) string {
	switch {
	case was && now:
		return "yes"
	case now:
		return "appears"
	case was:
		return "goes"
	}
	return "no"
}

func sorted[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
