package content

import (
	"fmt"
	"strings"

	"vitrine/internal/diag"
)

// emptyHelp says what to do about a key without a value.
func (c *validator) emptyHelp(f *field) diag.Text {
	if f.need == optional {
		return diag.Say("write %s, or delete the key", c.example(f))
	}
	return diag.Say("write %s", c.example(f))
}

func (c *validator) languageExample(f *field) string {
	var b strings.Builder
	for i, l := range c.languages {
		if i > 0 {
			b.WriteString(", ")
		}
		value := "…"
		if f.form == file {
			value = f.key + "-" + l + ".pdf"
		}
		fmt.Fprintf(&b, "%s: %s", l, value)
	}
	return "{" + b.String() + "}"
}

// example shows how the key is written.
func (c *validator) example(f *field) diag.Text {
	if f.lang == each && f.form != list {
		return written(f.key, c.languageExample(f))
	}
	if f.example != "" {
		return written(f.key, f.example)
	}
	switch f.form {
	case enum:
		return written(f.key, f.values...)
	case date:
		return written(f.key, "2026-03-31")
	case boolean:
		return written(f.key, "true", "false")
	case number:
		return written(f.key, "12")
	case money:
		return written(f.key, "12.50")
	case link:
		return written(f.key, "https://…")
	case email:
		return written(f.key, "name@example.org")
	case file:
		return written(f.key, "logo.svg")
	case country:
		return written(f.key, "FR")
	case fileOrLink:
		return written(f.key, "license.pdf", "https://…")
	case reference:
		return written(f.key, "seller/product")
	case byRegion:
		return written(f.key, "{"+strings.Join(c.regions, ": …, ")+": …}")
	case object:
		return diag.Say("%s with the keys %s", f.key, keys(f.fields))
	case list:
		if len(f.fields) == 1 && f.fields[0].key == "" {
			if f.fields[0].lang == each {
				return diag.Say("%s, a list of items - %s", f.key, c.languageExample(&f.fields[0]))
			}
			return written(f.key, "[…, …]")
		}
		return diag.Say("%s, a list of items with the keys %s", f.key, keys(f.fields))
	}
	return written(f.key, "…")
}

// written shows a key with its value, or with those that it may have.
func written(key string, values ...string) diag.Text {
	t := diag.Say("%s", join(key, values[0]))
	for _, v := range values[1:] {
		t = diag.Say("%s or %s", t, v)
	}
	return t
}

func join(key, value string) string {
	if key == "" {
		return value
	}
	return key + ": " + value
}

func keys(fields []field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.key)
	}
	return strings.Join(names, ", ")
}
