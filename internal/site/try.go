package site

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"vitrine/internal/catalog"
)

// Try renders each kind of page with made-up values, once with all that a page
// can have and once with next to nothing: what is wrong with a catalog's own theme
// or words is seen before an entry needs it. Options need no Body and no File.
func Try(settings catalog.Settings, opt Options) error {
	if err := opt.Words.Unused(opt.Theme.Words()); err != nil {
		return err
	}
	s, err := New(&catalog.Catalog{Settings: settings}, opt)
	if err != nil {
		return err
	}
	var faults []error
	said := make(map[string]bool)
	note := func(err error, format string, args ...any) { // a fault of many pages is said once
		if err != nil && !said[err.Error()] {
			said[err.Error()] = true
			faults = append(faults, fmt.Errorf("%w – "+format, append([]any{err}, args...)...))
		}
	}
	for _, l := range s.languages {
		for _, full := range []bool{true, false} {
			amount := map[bool]string{true: "everything", false: "next to nothing"}[full]
			for _, kind := range slices.Sorted(maps.Keys(kinds)) {
				var page bytes.Buffer
				err := l.theme.Execute(&page, kind, "", s.madeUp(l, kinds[kind], full))
				if err == nil && !bytes.Contains(page.Bytes(), []byte(policy)) {
					err = errors.New("the theme has pages without <meta " + policy + " …>: keep it in the parts head and _base.html, since browsers then run nothing that is not the theme's")
				}
				note(err, "tried in %s: %s.html with %s on the page", l.Tag, kind, amount)
			}
			for _, part := range slices.Sorted(maps.Keys(alone)) {
				v := reflect.New(reflect.TypeOf(alone[part].view))
				if full {
					fill(v.Elem(), 0)
				}
				note(l.theme.Execute(new(bytes.Buffer), alone[part].kind, part, v.Interface()), "tried in %s: a %s with %s on it", l.Tag, part, amount)
			}
		}
	}
	return errors.Join(faults...)
}

// policy is what no theme may leave out of a page.
const policy = `http-equiv="Content-Security-Policy"`

// madeUp makes the view of a page that has everything, or only what all have.
func (s *Site) madeUp(l *lang, page any, full bool) *view {
	v := s.view(l, "products/", "x", "x")
	if page != nil {
		p := reflect.New(reflect.TypeOf(page))
		if full {
			fill(p.Elem(), 0)
		}
		v.Page = p.Interface()
	}
	var facets []facet
	if full {
		fill(reflect.ValueOf(v).Elem(), 0)
		fill(reflect.ValueOf(&facets).Elem(), 0)
	}
	l.facets = func() []facet { return facets }
	return v
}

// fill puts something into each field that is empty.
func fill(v reflect.Value, depth int) {
	const deepest = 8 // a type may hold itself
	if !v.CanSet() || depth > deepest {
		return
	}
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 {
			v.SetString("x")
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		if v.IsZero() {
			v.SetInt(2)
		}
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		fill(v.Elem(), depth+1)
	case reflect.Slice:
		if v.Len() > 0 {
			return // it may be the catalog's own
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth+1)
			}
		}
	}
}
