package content

import (
	"strings"

	"vitrine/internal/diag"
)

// PathAt returns the keys that lead down to a place in the front matter, joined
// by dots, without the numbers of lists' items: versions.images.eu-west-2. It is
// "" for a place outside of it.
func (d *Document) PathAt(at diag.Position) string {
	if d == nil || d.Front == nil {
		return ""
	}
	offset := d.Source.Offset(at)
	if d.Kind != CatalogFile && offset >= d.Body[0] {
		return ""
	}
	var path []string
	for v := d.Front; v != nil; {
		var next *Value
		key := ""
		for i, item := range v.Items {
			begins := item
			if v.Kind == Mapping {
				begins = v.Keys[i]
			}
			if begins.at <= offset {
				next, key = item, ""
				if v.Kind == Mapping {
					key = begins.Text
				}
			}
		}
		if key != "" {
			path = append(path, key)
		}
		v = next
	}
	return strings.Join(path, ".")
}
