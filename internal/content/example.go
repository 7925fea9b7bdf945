package content

import (
	"fmt"
	"strings"
)

// emptyHelp says what to do about a key without a value.
func (c *validator) emptyHelp(f *field) string {
	if f.need == optional {
		return "write " + c.example(f) + ", or delete the key"
	}
	return "write " + c.example(f)
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
func (c *validator) example(f *field) string {
	if f.lang == each && f.form != list {
		return join(f.key, c.languageExample(f))
	}
	if f.example != "" {
		return join(f.key, f.example)
	}
	switch f.form {
	case enum:
		return join(f.key, strings.Join(f.values, " or "))
	case date:
		return join(f.key, "2026-03-31")
	case boolean:
		return join(f.key, "true or false")
	case number:
		return join(f.key, "12")
	case money:
		return join(f.key, "12.50")
	case link:
		return join(f.key, "https://…")
	case email:
		return join(f.key, "name@example.org")
	case file:
		return join(f.key, "logo.svg")
	case country:
		return join(f.key, "FR")
	case fileOrLink:
		return join(f.key, "license.pdf or https://…")
	case reference:
		return join(f.key, "seller/product")
	case byRegion:
		return join(f.key, "{"+strings.Join(c.regions, ": …, ")+": …}")
	case object:
		return f.key + " with the keys " + keys(f.fields)
	case list:
		if len(f.fields) == 1 && f.fields[0].key == "" {
			if f.fields[0].lang == each {
				return f.key + ", a list of items - " + c.languageExample(&f.fields[0])
			}
			return join(f.key, "[…, …]")
		}
		return f.key + ", a list of items with the keys " + keys(f.fields)
	}
	return join(f.key, "…")
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
