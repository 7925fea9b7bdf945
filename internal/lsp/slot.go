package lsp

import (
	"slices"

	"vitrine/internal/content"
)

// slot is what the schema allows at a place.
type slot struct {
	keys       []content.Key // of a mapping
	languages  bool          // a mapping with a value a language, of the key
	regions    bool          // a mapping with a value a Region, of the key's item
	severities bool          // a mapping from rules to severities
	severity   bool          // a rule's severity
	list       bool          // a list, of the key's items
	single     bool          // one value, of the key
	key        content.Key
}

// slotAt follows a path of keys, "" for items. ok is false where the schema has no
// such place.
func slotAt(kind content.Kind, path []string) (c slot, ok bool) {
	c = slot{keys: content.Keys(kind)}
	for _, step := range path {
		if c, ok = c.enter(step); !ok {
			return slot{}, false
		}
	}
	return c, true
}

// enter goes on to the value of a key, or to an item.
func (c slot) enter(step string) (slot, bool) {
	switch {
	case step == "":
		return slotOfItem(c.key), c.list
	case c.keys != nil:
		i := slices.IndexFunc(c.keys, func(k content.Key) bool { return k.Name() == step })
		if i < 0 {
			return slot{}, false
		}
		return slotOf(c.keys[i]), true
	case c.languages:
		return slot{key: c.key, single: true}, true
	case c.regions:
		return slot{key: c.key.Item(), single: true}, true
	case c.severities:
		return slot{severity: true}, true
	}
	return slot{}, false
}

func slotOf(k content.Key) slot {
	c := slot{key: k}
	perLanguage, single := k.EachLanguage()
	switch {
	case k.List():
		c.list = true
	case k.ByRegion():
		c.regions = true
	case k.Severities():
		c.severities = true
	case k.Keys() != nil:
		c.keys = k.Keys()
	default:
		c.languages, c.single = perLanguage, single
	}
	return c
}

func slotOfItem(list content.Key) slot {
	if keys := list.Keys(); keys != nil {
		return slot{key: list, keys: keys}
	}
	if item := list.Item(); item.Known() {
		return slotOf(item)
	}
	return slot{}
}
