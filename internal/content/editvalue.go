package content

import (
	"maps"
	"slices"
)

// This file holds what an edit means for values alone: what the edited file is
// compared with.

// clone copies a value. What is written in the file counts for it no more.
func (v *Value) clone() *Value {
	c := *v
	c.Keys, c.Items = slices.Clone(v.Keys), nil
	for _, item := range v.Items {
		c.Items = append(c.Items, item.clone())
	}
	return &c
}

// newValue is a value that an edit gives.
func newValue(given any) *Value {
	switch given := given.(type) {
	case string:
		return &Value{Kind: Scalar, Text: given}
	case map[string]any:
		v := &Value{Kind: Mapping}
		for _, k := range slices.Sorted(maps.Keys(given)) {
			v.Keys = append(v.Keys, &Value{Kind: Scalar, Text: k})
			v.Items = append(v.Items, newValue(given[k]))
		}
		return v
	case []any:
		v := &Value{Kind: Sequence}
		for _, item := range given {
			v.Items = append(v.Items, newValue(item))
		}
		return v
	}
	return &Value{Kind: Null}
}

// child returns the index of what a step of a path leads to, or -1.
func (v *Value) child(step any) int {
	switch step := step.(type) {
	case string:
		if v.Kind == Mapping {
			return slices.IndexFunc(v.Keys, func(k *Value) bool { return k.Text == step })
		}
	case int:
		if v.Kind == Sequence && step >= 0 && step < len(v.Items) {
			return step
		}
	}
	return -1
}

// nested is what is to be written where the first step of a path is missing.
// Only keys can be added so: an item has others before it.
func nested(path []any, e Edit) (any, bool) {
	if len(path) == 0 {
		return e.value, true
	}
	switch step := path[0].(type) {
	case string:
		inner, ok := nested(path[1:], e)
		return map[string]any{step: inner}, ok
	case int:
		return []any{e.value}, step == 0 && len(path) == 1 && e.op == opInsert
	}
	return nil, false
}

// apply edits values. What a part of a path leads to is a mapping, a list, or
// nothing yet.
func (v *Value) apply(e Edit) error {
	for i, step := range e.path {
		n, last := v.child(step), i == len(e.path)-1
		key, isKey := step.(string)
		switch {
		case n < 0 && e.op == opDelete:
			return nil
		case n < 0 && isKey && v.Kind == Mapping:
			value, ok := nested(e.path[i+1:], e)
			if !ok {
				return noPath(e.path)
			}
			v.Keys, v.Items = append(v.Keys, &Value{Kind: Scalar, Text: key}), append(v.Items, newValue(value))
			return nil
		case n < 0 && last && e.op == opInsert && v.Kind == Sequence && step == len(v.Items):
			v.Items = append(v.Items, newValue(e.value))
			return nil
		case n < 0 && v.Kind == Null:
			value, ok := nested(e.path[i:], e)
			if !ok {
				return noPath(e.path)
			}
			*v = *newValue(value)
			return nil
		case n < 0 || last && e.op == opInsert && isKey:
			return noPath(e.path)
		case last && e.op == opDelete:
			v.Items = slices.Delete(v.Items, n, n+1)
			if isKey {
				v.Keys = slices.Delete(v.Keys, n, n+1)
			}
			return nil
		case last && e.op == opInsert:
			v.Items = slices.Insert(v.Items, n, newValue(e.value))
			return nil
		case last:
			if !says(v.Items[n], e.value) {
				v.Items[n] = merged(v.Items[n], newValue(e.value))
			}
			return nil
		}
		v = v.Items[n]
	}
	return noPath(e.path)
}

// merged is a new value, with those of its parts that say what they said before
// as they were.
func merged(old, now *Value) *Value {
	if old.Kind != now.Kind {
		return now
	}
	for i, item := range now.Items {
		n := i
		if now.Kind == Mapping {
			n = old.child(now.Keys[i].Text)
		}
		if n >= 0 && n < len(old.Items) {
			now.Items[i] = merged(old.Items[n], item)
		}
	}
	if now.Kind == Scalar && now.Text == old.Text {
		return old
	}
	return now
}

// says reports whether a value is already what an edit gives.
func says(v *Value, given any) bool {
	switch given := given.(type) {
	case string:
		return v.Kind == Scalar && v.Text == given
	case map[string]any:
		if v.Kind != Mapping || len(v.Items) != len(given) {
			return false
		}
		for i, k := range v.Keys {
			if g, ok := given[k.Text]; !ok || !says(v.Items[i], g) {
				return false
			}
		}
		return true
	case []any:
		if v.Kind != Sequence || len(v.Items) != len(given) {
			return false
		}
		for i, item := range v.Items {
			if !says(item, given[i]) {
				return false
			}
		}
		return true
	}
	return v.Kind == Null
}

// holds reports whether a file that was read again has the intended values,
// whatever the order of keys. A value that was there is read as it was.
func holds(want, got *Value) bool {
	if want.Kind != got.Kind || len(want.Items) != len(got.Items) || want.Kind != Null && want.Text != got.Text {
		return false
	}
	if want.Plain != "" && want.Kind == Scalar && got.Plain != want.Plain {
		return false
	}
	for i, item := range want.Items {
		n := i
		if want.Kind == Mapping {
			n = got.child(want.Keys[i].Text)
		}
		if n < 0 || !holds(item, got.Items[n]) {
			return false
		}
	}
	return true
}
