package change

import "slices"

// Labels are the labels that a change may have, in the order in which it has
// them.
var Labels = []string{
	"trivial",      // it needs no second look
	"formatting",   // nothing that people see differs
	"drafts-only",  // buyers see none of it
	"new-seller",   // a showcase is new
	"new-product",  // a product is new, or published for the first time
	"new-version",  // a version is new, or published for the first time
	"status",       // something is published, unpublished, republished, or will be on another day
	"rename",       // an entry has another name
	"deletion",     // an entry, a version or an offer is gone
	"price",        // pricing mode, rates and what they are paid for
	"product-code", // the product code
	"images",       // the OMIs of a version
	"owners",       // maintainers or accounts
	"links",        // addresses of other hosts
	"files",        // logos, screenshots, documents
	"texts",        // what people read
	"facts",        // any other value
	"outside",      // files outside of the sellers' folders
	"needs-translation",
	"errors",
}

// needsTranslation are the rules that find a text which another language lacks.
var needsTranslation = []string{"translation-drift", "language-missing", "text-untranslated", "section-missing"}

// label gives the change its labels.
func (c *comparison) label() {
	has := make(map[string]bool)
	has["trivial"] = c.out.Trivial
	has["formatting"] = len(c.found) > 0 && c.out.Counts.Outside == 0
	has["drafts-only"] = has["formatting"]
	for _, e := range c.found {
		if e.Change != "formatting" {
			has["formatting"] = false
		}
		if e.Seen != "no" {
			has["drafts-only"] = false
		}
		c.labelEntry(e, has)
	}
	if has["formatting"] {
		has["drafts-only"] = false
	}
	has["new-seller"] = has["new-seller"] || c.has("seller-new")
	has["outside"] = c.out.Counts.Outside > 0
	has["needs-translation"] = c.has(needsTranslation...)
	has["errors"] = c.out.Verdict == "errors"
	for _, l := range Labels {
		if has[l] {
			c.out.Labels = append(c.out.Labels, l)
		}
	}
}

func (c *comparison) labelEntry(e Entry, has map[string]bool) {
	switch e.Change {
	case "added":
		has["new-seller"] = has["new-seller"] || e.Kind == "seller"
		has["new-product"] = has["new-product"] || e.Kind == "product"
	case "published":
		has["new-product"] = has["new-product"] || e.Kind == "product"
		has["status"] = true
	case "unpublished", "republished":
		has["status"] = true
	case "renamed":
		has["rename"] = true
	case "deleted":
		has["deletion"] = true
	}
	has["rename"] = has["rename"] || e.From != ""
	has["links"] = has["links"] || len(e.Links) > 0
	has["files"] = has["files"] || len(e.Files) > 0
	if e.Change == "added" || e.Change == "deleted" {
		return // all of it is new, or gone
	}
	for _, f := range wholes(e.Fields) {
		for _, l := range labelsOf(e.Kind, f) {
			has[l] = true
		}
	}
}

// wholes leaves out what is in an item that came or went as a whole.
func wholes(fields []Field) (out []Field) {
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		out = append(out, f)
		for f.Form == "item" && i+1 < len(fields) && within(fields[i+1].Path, f.Path) {
			i++
		}
	}
	return out
}

// money are the keys that say what is paid, and for what.
var money = []string{"hourly", "yearly", "per", "rate", "commitment_months", "billing", "audience", "vm_types"}

// labelsOf returns the labels of a value that differs.
func labelsOf(kind string, f Field) []string {
	key, last := f.Path[0], f.Path[len(f.Path)-1]
	switch {
	case kind == "catalog":
		return []string{"facts"}
	case key == "versions" && f.Form == "item" && f.Change == "added":
		return []string{"new-version"}
	case (key == "versions" || key == "offers") && f.Form == "item" && f.Change == "removed":
		return []string{"deletion"}
	case key == "versions" && slices.Contains(f.Path, "images"):
		return []string{"images"}
	case key == "versions" && last == "status" && slices.Equal(f.Was, []string{"draft"}) && slices.Equal(f.Now, []string{"published"}):
		return []string{"new-version", "status"}
	case key == "status", key == "publish_on", key == "unpublish_on", key == "unpublished", key == "versions" && (last == "status" || slices.Contains(f.Path, "unpublished")):
		return []string{"status"}
	case key == "pricing", key == "offers" && (f.Form == "item" || slices.Contains(money, last)):
		return []string{"price"}
	case key == "product_code":
		return []string{"product-code"}
	case key == "maintainers", key == "accounts":
		return []string{"owners"}
	case f.Form == "link":
		return []string{"links"}
	case f.Form == "file":
		return []string{"files"}
	case f.Form == "text", f.Form == "body":
		return []string{"texts"}
	}
	return []string{"facts"}
}
