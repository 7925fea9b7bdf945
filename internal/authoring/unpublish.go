package authoring

import (
	"context"
	"maps"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Withdrawing is how and why an entry or a version is unpublished.
type Withdrawing struct {
	Version     string // of an OMI product: this version of it; "" for the entry
	Since       catalog.Date
	Reason      string
	Replacement string            // seller/product, or ""
	Note        map[string]string // by language: all of the catalog's, or none
	Purge       bool
}

// Unpublish unpublishes an entry, with all its versions, or one version. That
// waits for nothing: what was wrong with the entry before counts no more, and what
// it entails in others is a warning.
func (a *Author) Unpublish(ctx context.Context, t Target, w Withdrawing) (*Change, error) {
	if w.Since == "" {
		w.Since = a.Today
	}
	if err := a.Unpublishable(t, w.Version); err != nil {
		return nil, err
	}
	if err := a.judgeWithdrawing(t, w); err != nil {
		return nil, err
	}
	why := map[string]any{"since": string(w.Since), "reason": w.Reason}
	if w.Replacement != "" {
		why["replacement"] = w.Replacement
	}
	if len(w.Note) > 0 {
		note := make(map[string]any)
		for l, text := range w.Note {
			note[l] = text
		}
		why["note"] = mended(note)
	}
	if w.Purge {
		why["purge"] = "true"
	}
	at := -1
	var published []int
	if w.Version != "" {
		i, err := version(t.Product, w.Version)
		if err != nil {
			return nil, err
		}
		at = i
	} else if t.Product != nil {
		for i, v := range t.Product.Versions {
			if v.Status == catalog.Published {
				published = append(published, i)
			}
		}
	}
	return a.withdraw(ctx, t, Withdraw(why, at, published)...)
}

// Withdraw returns the edits that unpublish the version with an index, or where
// that is negative the entry, with its published versions: an OMI product takes them
// along (rule 7 of the marketplace). why is the value of the key unpublished.
func Withdraw(why map[string]any, version int, published []int) []content.Edit {
	if version >= 0 {
		return []content.Edit{content.Set("unpublished", "versions", version, "status"), content.Set(why, "versions", version, "unpublished")}
	}
	edits := []content.Edit{content.Set("unpublished", "status")}
	for _, i := range published {
		edits = append(edits, content.Set("unpublished", "versions", i, "status"))
	}
	return append(edits, content.Set(why, "unpublished"))
}

func (a *Author) withdraw(ctx context.Context, t Target, edits ...content.Edit) (*Change, error) {
	c, err := a.edit(ctx, t, edits...)
	if err != nil {
		return nil, err
	}
	before := a.before()
	c.Found = slices.DeleteFunc(c.Found, func(f diag.Finding) bool { return before[same(f)] })
	for i := range c.Found {
		if c.Found[i].Path != c.Path {
			c.Found[i].Severity = diag.Warning
		}
	}
	return c, nil
}

// Unpublishable reports why an entry, or a version of it, cannot be unpublished.
func (a *Author) Unpublishable(t Target, number string) error {
	name, status, why := t.Name(), t.Entry().Status, t.Entry().Withdrawal
	help := diag.Say("delete its folder, if you want it no more")
	if number != "" {
		if t.Product == nil {
			return refuse(diag.Text{}, "%s is no product, so it has no versions", name)
		}
		i, err := version(t.Product, number)
		if err != nil {
			return err
		}
		name, status, why = name+" "+diag.Visible(number), t.Product.Versions[i].Status, t.Product.Versions[i].Withdrawal
		help = diag.Say("delete its lines, if you want it no more")
	}
	switch status {
	case catalog.Draft:
		return refuse(help, "%s is a draft: it was never public", name)
	case catalog.Unpublished:
		return withdrawnAlready(name, why)
	}
	return nil
}

func withdrawnAlready(name string, w *catalog.Withdrawal) error {
	if w == nil {
		return refuse(diag.Text{}, "%s is unpublished already", name)
	}
	return refuse(diag.Say("change the lines below unpublished: in its file, if they are wrong"), "%s is unpublished already, since %s", name, w.Since)
}

// judgeWithdrawing reports what cannot be a reason, a day, or a replacement.
func (a *Author) judgeWithdrawing(t Target, w Withdrawing) error {
	kind := t.file().Kind
	if err := a.judge(kind, string(w.Since), "unpublished", "since"); err != nil {
		return err
	}
	if err := a.judge(kind, w.Reason, "unpublished", "reason"); err != nil {
		return err
	}
	if err := a.JudgeReplacement(t, w.Replacement, w.Version != ""); err != nil {
		return err
	}
	for _, l := range slices.Sorted(maps.Keys(w.Note)) {
		if !slices.Contains(a.languages(), l) {
			return refuse(diag.Say("the catalog's languages are %s", joined(a.languages())), "%s is not a language of the catalog", diag.Quote(l))
		}
		if err := a.judge(kind, w.Note[l], "unpublished", "note"); err != nil {
			return err
		}
	}
	for _, l := range a.languages() {
		if len(w.Note) > 0 && w.Note[l] == "" {
			return refuse(diag.Say("buyers read it in every language"), "the note has no text in %s", diag.Quote(l))
		}
	}
	return nil
}

// JudgeReplacement reports why a product cannot take the place of an entry, or of
// one of its versions: it must be one that buyers can see. "" is none.
func (a *Author) JudgeReplacement(t Target, ref string, version bool) error {
	if ref == "" {
		return nil
	}
	if err := a.judge(t.file().Kind, ref, "unpublished", "replacement"); err != nil {
		return err
	}
	p := a.Checked.Catalog.Product(ref)
	switch {
	case p == nil:
		return refuse(a.meant(ref), "there is no product %s", diag.Quote(ref))
	case p == t.Product && !version:
		return refuse(diag.Say("name another product, or none"), "%s cannot replace itself", ref)
	case t.Seller != nil && p.Seller == t.Seller:
		return refuse(diag.Say("name another seller's, or none"), "%s goes with its showcase", ref)
	case !(catalog.Visibility{At: a.Today}).Product(p):
		return refuse(diag.Say("name one that buyers can see, or none"), "%s is not public", ref)
	}
	return nil
}

// mended are texts by language, the French ones with their typography.
func mended(texts map[string]any) map[string]any {
	out := make(map[string]any)
	for l, given := range texts {
		text, _ := given.(string)
		if content.French(l) {
			text = string(typography.Mend([]byte(text), typography.French([]byte(text))))
		}
		out[l] = text
	}
	return out
}
