package check

import (
	"bytes"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// flags are the keys that say whether buyers see an entry or a version.
var flags = []string{"status", "unpublished", "unpublish_on"}

// onlyUnpublishes reports whether the change does nothing but set entries and
// versions to unpublished. Such a change must always pass, so what it entails
// elsewhere, such as a link to what is no longer public, is said and fails
// nothing.
func (c *changePass) onlyUnpublishes() bool {
	entries := 0
	for i := range c.pairs {
		p := &c.pairs[i]
		if !slices.Contains(c.base.Touched, p.was.Source) {
			continue
		}
		if p.now == nil || p.was.Source != p.now.Source {
			return false
		}
		was, now := c.before.document(p.was), c.document(p.now)
		if was == nil || now == nil || was.Front == nil || now.Front == nil ||
			!bytes.Equal(was.Text(), now.Text()) || !sameButFlags(was.Front, now.Front) || !withdraws(p) {
			return false
		}
		entries++
	}
	return entries > 0 && entries == len(c.base.Touched)
}

// withdraws reports whether each status that changed became unpublished.
func withdraws(p *pair) bool {
	became := func(was, now catalog.Status) bool { return was == now || now == catalog.Unpublished }
	if !became(p.was.Status, p.now.Status) {
		return false
	}
	if p.wasProduct == nil {
		return true
	}
	for i, v := range p.nowProduct.Versions { // as many as before, in the same order
		if !became(p.wasProduct.Versions[i].Status, v.Status) {
			return false
		}
	}
	return true
}

// sameButFlags reports whether two front matters differ in nothing but flags.
func sameButFlags(a, b *content.Value) bool {
	if a.Kind != b.Kind {
		return false
	}
	keep := func(v *content.Value) (keys []string, items []*content.Value) {
		for i, item := range v.Items {
			if v.Kind == content.Mapping && slices.Contains(flags, v.Keys[i].Text) {
				continue
			}
			if v.Kind == content.Mapping {
				keys = append(keys, v.Keys[i].Text)
			}
			items = append(items, item)
		}
		return keys, items
	}
	ak, ai := keep(a)
	bk, bi := keep(b)
	return a.Text == b.Text && slices.Equal(ak, bk) && slices.EqualFunc(ai, bi, sameButFlags)
}
