package check

import (
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var (
	ruleDrift = &diag.Rule{
		ID: "translation-drift", Severity: diag.Error,
		Title: "a text of a published entry changes in all languages together",
		Help:  "bring the other languages in line, or set a drift marker where they were right already",
		Why:   "Everything buyers read is given in every language, and a modification is made in each of them (rule 1 of the marketplace). A text that changed in one alone says two things.",
	}
	ruleDriftMarker = &diag.Rule{
		ID: "drift-marker", Severity: diag.Warning,
		Title: "a drift marker names a key of the entry and is not over",
		Help:  "delete the marker, or write the key that it is for",
		Why:   "A marker lets a text change in one language alone for a while. One that is over, or that names nothing, lets nothing pass.",
	}
)

// drift looks for texts that changed in one language and not in another.
func drift(c *changePass) {
	for i := range c.pairs {
		p := &c.pairs[i]
		if p.now == nil || p.was.Status != catalog.Published || !p.public(c.today) || p.now.Status != catalog.Published {
			continue
		}
		was, now := c.before.document(p.was), c.document(p.now)
		if was == nil || now == nil || was.Front == nil || now.Front == nil {
			continue
		}
		d := &driftPass{changePass: c, pair: p, doc: now, languages: c.catalog.Languages}
		for i, key := range now.Front.Keys {
			if !slices.Contains(notRead, key.Text) && !d.marked(key.Text) {
				d.value(now.Front.Items[i], was.Front.Get(key.Text), []any{key.Text})
			}
		}
		if !d.marked("body") {
			d.body(was, now)
		}
	}
}

// notRead are the keys whose values buyers do not read, or read when nothing is
// published any more.
var notRead = []string{"unpublished", "aliases", "drift", "maintainers"}

// driftPass compares one entry with what it was.
type driftPass struct {
	*changePass
	*pair
	doc       *content.Document // as it is
	languages []string
}

// marked reports whether the entry says that a text may change in one language
// alone.
func (d *driftPass) marked(key string) bool {
	return slices.ContainsFunc(d.now.Drift, func(m catalog.Drift) bool { return m.Key == key && m.Until >= d.today && m.Until <= latest(d.today) })
}

// value compares a value and what is in it with what they were.
func (d *driftPass) value(now, was *content.Value, at []any) {
	switch {
	case was == nil:
	case now.Kind == content.Mapping && was.Kind == content.Scalar && isText(now, d.languages):
		d.text(now, d.each(was), at)
	case now.Kind == content.Scalar && was.Kind == content.Mapping && isText(was, d.languages):
		d.text(d.each(now), was, at)
	case now.Kind != was.Kind:
	case now.Kind == content.Mapping && isText(now, d.languages):
		if isText(was, d.languages) {
			d.text(now, was, at)
		}
	case now.Kind == content.Mapping:
		for i, key := range now.Keys {
			if !slices.Contains(notRead, key.Text) {
				d.value(now.Items[i], was.Get(key.Text), append(slices.Clip(at), key.Text))
			}
		}
	case now.Kind == content.Sequence:
		for i, item := range now.Items {
			d.value(item, d.counterpart(now, was, i), append(slices.Clip(at), i))
		}
	}
}

// each is a text that is given once, as if it were given a language each.
func (d *driftPass) each(v *content.Value) *content.Value {
	m := &content.Value{Kind: content.Mapping}
	for _, l := range d.languages {
		m.Keys = append(m.Keys, &content.Value{Kind: content.Scalar, Text: l})
		m.Items = append(m.Items, v)
	}
	return m
}

// counterpart finds the item of a list that an item was: by what names it, else
// by the texts that it kept, else by its place.
func (d *driftPass) counterpart(now, was *content.Value, i int) *content.Value {
	item := now.Items[i]
	for _, key := range []string{"version", "id", "file"} {
		if name := item.Get(key); name != nil && name.Kind == content.Scalar {
			for _, w := range was.Items {
				if n := w.Get(key); n != nil && n.Text == name.Text {
					return w
				}
			}
			return nil
		}
	}
	kept := func(w *content.Value) (n int) { // languages whose text is the same
		for _, l := range d.languages {
			if a, b := item.Get(l), w.Get(l); a != nil && b != nil && alike(a.Text, b.Text) {
				n++
			}
		}
		return n
	}
	if j := slices.IndexFunc(was.Items, func(w *content.Value) bool { return kept(w) == len(d.languages) }); j >= 0 {
		return was.Items[j]
	}
	if i < len(was.Items) && (kept(was.Items[i]) > 0 || len(now.Items) == len(was.Items)) {
		return was.Items[i]
	}
	if j := slices.IndexFunc(was.Items, func(w *content.Value) bool { return kept(w) > 0 }); j >= 0 {
		return was.Items[j]
	}
	return nil
}

// text compares one text a language with what it was.
func (d *driftPass) text(now, was *content.Value, at []any) {
	var changed, same []string
	for _, l := range d.languages {
		if d.changed(now.Get(l).Text, was.Get(l).Text, at) {
			changed = append(changed, l)
		} else {
			same = append(same, l)
		}
	}
	if len(changed) == 0 {
		return
	}
	l := changed[0]
	for _, kept := range same {
		at, before, after := append(slices.Clip(at), kept), was.Get(l).Text, now.Get(l).Text
		if before == after { // a file of this name, with other bytes
			d.report(ruleDrift, d.now, at, d.help(at[0].(string), kept), "the document %s of %s changed, but %s of %s did not",
				diag.Quote(after), d.name(l), diag.Quote(now.Get(kept).Text), d.name(kept))
			continue
		}
		f := d.report(ruleDrift, d.now, at, d.help(at[0].(string), kept), "%s changed in %s, from %s to %s, but in %s it is still %s",
			keyOf(at), d.name(l), diag.Quote(excerpt(before, after)), diag.Quote(excerpt(after, before)), d.name(kept), diag.Quote(excerpt(now.Get(kept).Text, "")))
		f.Related = []diag.Note{{Span: d.doc.At(append(slices.Clip(at[:len(at)-1]), l)...), Message: diag.Say("changed here")}}
	}
}

// keyOf is the last key of a path, without the language.
func keyOf(at []any) string {
	for _, step := range slices.Backward(at[:len(at)-1]) {
		if key, ok := step.(string); ok {
			return key
		}
	}
	return ""
}

// changed reports whether a text, or the file that it names, is another one.
func (d *driftPass) changed(now, was string, at []any) bool {
	if !alike(now, was) {
		return true
	}
	return content.ValidFileName(now) && slices.Contains(d.base.Touched, path.Join(path.Dir(d.now.Source), now))
}

func (d *driftPass) help(key, kept string) diag.Text {
	return diag.Say("bring the text in %s in line; where it was right already, say so in the front matter: drift: [{key: %s, until: %s, reason: …}]",
		d.name(kept), key, catalog.DateOf(d.today.Time().AddDate(0, 1, 0)))
}

// name names a language.
func (d *driftPass) name(tag string) diag.Text { return language(d.words, tag) }

// alike reports whether two texts say the same: white space, quotes and dashes
// count for nothing, since typography is mended in one language alone.
func alike(a, b string) bool {
	return a == b || strings.Join(words(a), " ") == strings.Join(words(b), " ") || strings.Join(words(a), "") == strings.Join(words(b), "")
}

func words(s string) []string { return strings.Fields(alikeMarks.Replace(s)) }

// alikeMarks puts typographic marks into their plainest form: quotes, dashes,
// and no space of any kind before a mark, a percent sign or a currency. What
// package typography mends must come out alike. The longer patterns stand first:
// the first that fits is taken.
var alikeMarks = func() *strings.Replacer {
	pairs := []string{"’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "…", "..."}
	spaces := []string{" ", "\u00a0", "\u202f"}
	for _, space := range spaces {
		pairs = append(pairs, "«"+space, `"`, space+"»", `"`)
		for _, mark := range strings.Split(": ; ! ? % € $", " ") {
			pairs = append(pairs, space+mark, mark)
		}
	}
	pairs = append(pairs, "«", `"`, "»", `"`)
	for _, space := range spaces[1:] {
		pairs = append(pairs, space, " ")
	}
	return strings.NewReplacer(pairs...)
}()

// excerpt returns what is particular to a text, with a few words around it.
func excerpt(of, other string) string {
	a, b := strings.Fields(of), strings.Fields(other)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	const around, most = 2, 12 // words
	from := max(0, n-around)
	to := min(len(a), from+most)
	s := strings.Join(a[from:to], " ")
	if from > 0 {
		s = "… " + s
	}
	if to < len(a) {
		s += " …"
	}
	return s
}

// latest is how long a marker may last: half a year.
func latest(today catalog.Date) catalog.Date { return catalog.DateOf(today.Time().AddDate(0, 6, 0)) }

// driftMarkers looks at the markers themselves.
func driftMarkers(p *catalogPass) {
	for e := range p.catalog.Entries {
		for i, m := range e.Drift {
			d := p.document(e)
			switch {
			case m.Key == "" || m.Until == "" || d == nil:
			case m.Key != "body" && d.Front.Get(m.Key) == nil:
				keys := []string{"body"}
				for _, k := range d.Front.Keys {
					keys = append(keys, k.Text)
				}
				p.report(ruleDriftMarker, e, []any{"drift", i, "key"}, choose(m.Key, keys, "the keys are %s"), "the entry has no key %s", diag.Quote(m.Key)).Fix.Replace = diag.Nearest(m.Key, keys)
			case m.Until > latest(p.today):
				p.report(ruleDriftMarker, e, []any{"drift", i, "until"}, diag.Say("write a day before %s", string(latest(p.today))), "a marker lasts six months at most: this one lets nothing pass")
			case m.Until < p.today:
				p.report(ruleDriftMarker, e, []any{"drift", i, "until"}, diag.Say("delete the marker, or bring the texts in line"), "the marker ended on %s", string(m.Until))
			}
		}
	}
}
