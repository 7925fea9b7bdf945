package change

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxDocument is how many bytes of a document are read: several times what
// Compare makes.
const maxDocument = 8 << 20

// maxName is how many bytes names of commits, languages and people have.
const maxName = 300

// Read reads a document that a stranger may have written. Nothing in it is
// believed but its form: keys that are not known are refused, as are values that
// are none of those that a key has, and more of anything than Compare lists.
func Read(r io.Reader) (*Change, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the change cannot be read: %w", err)
	case len(data) > maxDocument:
		return nil, fmt.Errorf("the change is larger than %d MB: make it with vitrine diff --format json", maxDocument>>20)
	case !utf8.Valid(data):
		return nil, errors.New("the change is not UTF-8: make it with vitrine diff --format json")
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	c := &Change{}
	if err := d.Decode(c); err != nil {
		return nil, errors.New("the change is not a document of vitrine diff --format json: it is no JSON, or has other keys or kinds of values")
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("the change has something behind its end: make it with vitrine diff --format json")
	}
	if c.Version != Version {
		return nil, fmt.Errorf("the change has version %d, and this program reads version %d: make it with the same program", c.Version, Version)
	}
	if err := valid(reflect.ValueOf(c).Elem(), ""); err != nil {
		return nil, err
	}
	for _, name := range slices.Concat(c.Languages, c.Next.Handles, []string{c.Base.Ref, c.Base.Commit, c.Head.Ref, c.Head.Commit, c.Currency}) {
		if len(name) > maxName {
			return nil, fmt.Errorf("the change has a name of %d bytes, limit %d", len(name), maxName)
		}
	}
	for _, l := range c.Labels {
		if !slices.Contains(Labels, l) {
			return nil, errors.New("the change has a label that is none of the list in docs/diff.md")
		}
	}
	return c, nil
}

// valid looks at every value: those that the tag enum lists are the only ones,
// paths are not empty, counts not negative, lists not longer than what Compare
// makes.
func valid(v reflect.Value, at string) error {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Tag.Get("json") == "-" {
				continue
			}
			name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
			own := strings.TrimPrefix(at+"."+name, ".")
			value := v.Field(i)
			if values := f.Tag.Get("enum"); values != "" && !(option == "omitempty" && value.String() == "") && !slices.Contains(strings.Split(values, ","), value.String()) {
				return fmt.Errorf("the change’s %s is none of %s", own, strings.ReplaceAll(values, ",", ", "))
			}
			if name == "path" && value.Kind() == reflect.Slice && value.Len() == 0 {
				return fmt.Errorf("the change’s %s is empty", own)
			}
			if err := valid(value, own); err != nil {
				return err
			}
		}
	case reflect.Slice:
		most := map[string]int{"entries": maxEntries, "pages": maxPages, "outside": maxOutside, "findings": maxFindings, "languages": 20, "labels": len(Labels), "next.handles": 300, "entries.fields.path": 12}[at]
		if most == 0 {
			most = 2000
		}
		if v.Len() > most {
			return fmt.Errorf("the change’s %s has %d items, limit %d", at, v.Len(), most)
		}
		for i := range v.Len() {
			if err := valid(v.Index(i), at); err != nil {
				return err
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return valid(v.Elem(), at)
		}
	case reflect.Int, reflect.Int64:
		if v.Int() < 0 || v.Int() > 1<<40 {
			return fmt.Errorf("the change’s %s is no count", at)
		}
	}
	return nil
}
