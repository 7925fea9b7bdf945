package lsp

import (
	"context"
	"slices"
	"strings"

	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/explain"
)

// hover says what is known of a place: what is wrong there and why that is a
// fault, what a key means, what a value stands for.
func (s *server) hover(ctx context.Context, d *document, _ *placeParams, offset int) (any, error) {
	c := s.completer(ctx, d, offset)
	var parts []string
	from, to := offset, offset
	if t, ok := c.target(); ok {
		from, to = t.from, t.to
		parts = append(parts, c.tell(t))
	} else if k, at, ok := c.keyAt(); ok {
		from, to = at[0], at[1]
		parts = append(parts, "**"+markdownText(k.Title(s.language))+"** `"+k.Name()+"`\n\n"+k.About(s.language))
	}
	found, err := s.findingsAt(ctx, d, offset, offset)
	if err != nil {
		return nil, err
	}
	var told []string
	for _, f := range found {
		if slices.Contains(told, f.Rule.ID) || len(told) == 3 {
			continue
		}
		told = append(told, f.Rule.ID)
		parts = append(parts, s.about(f.Rule).Value)
		if len(parts) == 1 {
			from, to = d.text.at(f.Start), d.text.at(f.End)
		}
	}
	text := strings.TrimSpace(strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "\n\n---\n\n"))
	if text == "" {
		return nil, nil
	}
	return hover{markup{"markdown", text}, d.text.span(from, to, s.encoding)}, nil
}

// about is what vitrine explain says of a rule.
func (s *server) about(r *diag.Rule) markup {
	title := "**" + markdownText(s.book.Phrase(r.Title)) + "** `" + r.ID + "`\n\n"
	return markup{"markdown", title + explain.Markdown(r, explain.BuiltIn()[s.language][r.ID], s.book)}
}

// tell says what a word stands for.
func (c *completer) tell(t target) string {
	switch {
	case t.entry != nil:
		return c.both(t.name, t.about) + "\n\n`" + t.entry.Source + "` (`" + string(t.entry.Status) + "`)"
	case t.category != nil:
		return c.both(t.category.Name, t.category.Description)
	case t.region != "":
		text := "**" + markdownText(t.region) + "**"
		if r := c.catalog.Region(t.region); r != nil && r.Default {
			text += "\n\n" + c.s.say(diag.Say("every OMI product is offered there"))
		}
		if p := c.catalog.Prices[t.region]; p != nil {
			text += "\n\n" + c.s.say(diag.Say("the catalog has a price list of this Region's VMs"))
		}
		return text
	case t.omi != "":
		return c.omi(t.omi)
	}
	return ""
}

// omi says which versions of the catalog have an OMI.
func (c *completer) omi(id string) string {
	var in []string
	for p := range c.catalog.Products {
		for i := range p.Versions {
			for _, image := range p.Versions[i].Images {
				if image.OMI == id && len(in) < 5 {
					in = append(in, "- "+c.s.say(diag.Say("%s %s in %s, with the status %s", p.Ref(), p.Versions[i].Version, image.Region, string(p.Versions[i].Status))))
				}
			}
		}
	}
	return strings.Join(in, "\n")
}

// keyAt returns the key at the offset, and its place.
func (c *completer) keyAt() (k content.Key, at [2]int, ok bool) {
	from, to, ok := c.d.front()
	if !ok || c.offset > to {
		return k, at, false
	}
	p, ok := placeAt(string(c.d.text), from, to, c.offset)
	if !ok || p.value {
		return k, at, false
	}
	in, ok := slotAt(c.d.kind, p.parent.path())
	if !ok {
		return k, at, false
	}
	word := strings.Trim(string(c.d.text[p.from:p.to]), `"'`)
	for _, k := range in.keys {
		if k.Name() == word {
			return k, [2]int{p.from, p.to}, true
		}
	}
	return k, at, false
}

// findingsAt are the findings of what is in the editor now that touch a piece of
// the document.
func (s *server) findingsAt(ctx context.Context, d *document, from, to int) (found []diag.Finding, err error) {
	r, err := d.in.current(ctx)
	if err != nil || r == nil {
		return nil, err
	}
	i, _ := slices.BinarySearchFunc(r.Findings, d.path, func(f diag.Finding, p string) int { return strings.Compare(f.Path, p) })
	for _, f := range r.Findings[i:] {
		if f.Path != d.path {
			break
		}
		if d.text.at(f.Start) <= to && d.text.at(f.End) >= from {
			found = append(found, f)
		}
	}
	return found, nil
}

// changeable are the rules that catalog.yaml may change.
func changeable() []*diag.Rule {
	return slices.DeleteFunc(slices.Clone(check.Rules()), func(r *diag.Rule) bool { return r.Fixed })
}
