package content

import (
	"slices"
	"strconv"
)

// itemPair is an item of a list as it was and as it is.
type itemPair struct {
	name     string
	was, now *Value
	before   int // its place in the list as it was, if it was there
}

// names are the keys that name an item of a list.
var names = []string{"version", "id", "file", "key", "rule"}

// pairs pairs the items of two lists: by what names them, else by a text that
// they kept, else by their place.
func (c *comparison) pairs(was, now *Value) (pairs []itemPair) {
	a, b := was.items(), now.items()
	taken := make([]bool, len(a))
	matched := make([]int, len(b))
	for i := range matched {
		matched[i] = -1
	}
	for _, same := range []func(i, j int) bool{
		func(i, j int) bool { return nameOf(a[i]) != "" && nameOf(a[i]) == nameOf(b[j]) },
		func(i, j int) bool { return nameOf(b[j]) == "" && slices.Equal(c.each(a[i]), c.each(b[j])) },
		func(i, j int) bool { return nameOf(b[j]) == "" && c.shares(a[i], b[j]) },
		func(i, j int) bool { return nameOf(a[i]) == "" && nameOf(b[j]) == "" && i == j },
	} {
		for j := range b {
			for i := 0; i < len(a) && matched[j] < 0; i++ {
				if !taken[i] && same(i, j) {
					taken[i], matched[j] = true, i
				}
			}
		}
	}
	for j := range b {
		p := itemPair{name: nameOf(b[j]), now: b[j]}
		if matched[j] >= 0 {
			p.was, p.before = a[matched[j]], matched[j]
		}
		if p.name == "" {
			p.name = strconv.Itoa(j + 1)
		}
		pairs = append(pairs, p)
	}
	for i := range a {
		if !taken[i] {
			name := nameOf(a[i])
			if name == "" {
				name = strconv.Itoa(i + 1)
			}
			pairs = append(pairs, itemPair{name: name, was: a[i]})
		}
	}
	return pairs
}

// orders names the items that both lists have, in the order of each: by what
// names them, else by their place in the first one.
func orders(pairs []itemPair) (was, now []string) {
	var both []itemPair
	for _, p := range pairs {
		if p.was != nil && p.now != nil {
			both = append(both, p)
		}
	}
	list := func() (out []string) {
		for _, p := range both {
			name := nameOf(p.now)
			if name == "" {
				name = strconv.Itoa(p.before + 1)
			}
			out = append(out, name)
		}
		return out
	}
	now = list()
	slices.SortFunc(both, func(a, b itemPair) int { return a.before - b.before })
	return list(), now
}

// shares reports whether two texts are the same in some language.
func (c *comparison) shares(a, b *Value) bool {
	x, y := c.each(a), c.each(b)
	for i := range x {
		if i < len(y) && x[i] != "" && x[i] == y[i] {
			return true
		}
	}
	return false
}

// nameOf returns what names an item, or "". A document's file is a text a
// language: its first one names it.
func nameOf(v *Value) string {
	for _, key := range names {
		n := v.Get(key)
		if n != nil && n.Kind == Mapping && len(n.Items) > 0 {
			n = n.Items[0]
		}
		if n != nil && n.Kind == Scalar {
			return n.Text
		}
	}
	return ""
}
