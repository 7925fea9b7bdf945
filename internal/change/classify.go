package change

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// classify decides whether the change is trivial. Everything that may differ is
// listed here; whatever is not makes it a change that somebody has to judge.
func (c *comparison) classify() {
	var not []diag.Text
	switch {
	case len(c.Touched) == 0:
		not = append(not, diag.Say("nothing differs"))
	case c.out.Actor == "":
		not = append(not, diag.Say("it is not known who makes the change"))
	case len(c.sellers()) == 1 && !slices.Contains(c.maintainers(c.sellers()[0]), strings.ToLower(c.out.Actor)):
		not = append(not, diag.Say("whoever makes it is not a maintainer of the folder"))
	}
	if len(c.sellers()) > 1 {
		not = append(not, diag.Say("it touches the folders of several sellers"))
	}
	if slices.ContainsFunc(c.Findings, func(f diag.Finding) bool { return f.Severity == diag.Error || !f.Before }) {
		not = append(not, diag.Say("a rule has something to say"))
	}
	if slices.ContainsFunc(c.Touched, func(name string) bool { return seller(name) == "" }) {
		not = append(not, diag.Say("it touches files outside of sellers’ folders"))
	}
	if slices.ContainsFunc(c.Touched, func(name string) bool { return seller(name) != "" && !isSource(name) }) {
		not = append(not, diag.Say("it touches files beside texts"))
	}
	if !c.allRead() {
		not = append(not, diag.Say("it adds, moves or deletes an entry, or one that cannot be read"))
	}
	var does []diag.Text
	for _, e := range c.found {
		kinds, other := c.judgeEntry(e)
		does, not = append(does, kinds...), append(not, other...)
	}
	c.out.Trivial = len(not) == 0
	if !c.out.Trivial {
		does = not
	}
	for _, t := range does {
		if s := t.In(c.Book); !slices.Contains(c.out.Why, s) {
			c.out.Why = append(c.out.Why, s)
		}
	}
}

// allRead reports whether each touched file is an entry that was compared.
func (c *comparison) allRead() bool {
	for _, name := range c.Touched {
		if isSource(name) && !slices.ContainsFunc(c.found, func(e Entry) bool {
			return e.Source == name && (e.Change == "changed" || e.Change == "formatting")
		}) {
			return false
		}
	}
	return true
}

// judgeEntry says what about an entry's change is trivial, and what is not.
func (c *comparison) judgeEntry(e Entry) (does, not []diag.Text) {
	if e.Kind != "product" && e.Kind != "seller" || e.Change != "changed" && e.Change != "formatting" {
		return nil, []diag.Text{diag.Say("an entry comes, goes or changes its state")}
	}
	if len(e.Links) > 0 {
		not = append(not, diag.Say("addresses differ"))
	}
	if len(e.Files) > 0 {
		not = append(not, diag.Say("files differ"))
	}
	if len(e.Fields) == 0 && len(not) == 0 {
		does = append(does, diag.Say("only the form of a file differs"))
	}
	patches := c.patches(e)
	for _, f := range wholes(e.Fields) {
		switch {
		case f.Form == "item" && len(f.Path) > 1 && f.Path[0] == "versions" && slices.Contains(patches, f.Path[1]):
			does = append(does, diag.Say("a patch version is new"))
		case !mayCorrect(f):
			not = append(not, diag.Say("%s differs", strings.Join(f.Path, ".")))
		case !corrects(f):
			not = append(not, diag.Say("%s differs by more than spelling", strings.Join(f.Path, ".")))
		default:
			does = append(does, diag.Say("spelling is corrected"))
		}
	}
	return does, not
}

// mayCorrect reports whether a field is a text in which spelling may be
// corrected.
func mayCorrect(f Field) bool {
	if f.Change != "changed" {
		return false
	}
	switch f.Form {
	case "body":
		return true
	case "text":
		return len(f.Path) == 1 && f.Path[0] == "summary" ||
			len(f.Path) == 2 && f.Path[0] == "key_points" ||
			len(f.Path) == 3 && f.Path[0] == "versions" && f.Path[2] == "notes"
	}
	return false
}

// patches returns the versions that an entry gets and that are patches of one
// that it has published: 1.4.2 beside 1.4.1, in the same Regions, on the same
// system.
func (c *comparison) patches(e Entry) (patches []string) {
	p := c.Now.Product(e.Ref)
	was := c.Was.Product(e.Ref)
	if p == nil || was == nil || e.Kind != "product" {
		return nil
	}
	for _, f := range e.Fields {
		if f.Form != "item" || f.Change != "added" || len(f.Path) != 2 || f.Path[0] != "versions" {
			continue
		}
		for i := range p.Versions {
			v := &p.Versions[i]
			if v.Version != f.Path[1] || v.Status != "published" || v.Withdrawal != nil || v.Released > c.At || addressed(v.Notes) {
				continue
			}
			for j := range was.Versions {
				if o := &was.Versions[j]; o.Status == "published" && follows(o.Version, v.Version) &&
					o.OS == v.OS && o.Architecture == v.Architecture && len(o.Images) == len(v.Images) &&
					!slices.ContainsFunc(o.Images, func(i catalog.Image) bool { return v.Image(i.Region) == "" }) {
					patches = append(patches, v.Version)
				}
			}
		}
	}
	return patches
}

// addressed reports whether a text names an address.
func addressed(texts []string) bool {
	return slices.ContainsFunc(texts, func(s string) bool {
		return strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "@")
	})
}

// follows reports whether a version is a later patch of another: numbers alone,
// and only the last one differs.
func follows(was, now string) bool {
	a, b := strings.Split(was, "."), strings.Split(now, ".")
	if len(a) != 3 || len(b) != 3 || a[0] != b[0] || a[1] != b[1] {
		return false
	}
	for _, n := range append(a, b...) {
		if v, err := strconv.ParseUint(n, 10, 31); err != nil || strconv.FormatUint(v, 10) != n {
			return false
		}
	}
	x, _ := strconv.Atoi(a[2])
	y, _ := strconv.Atoi(b[2])
	return y > x
}
