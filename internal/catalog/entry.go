package catalog

import (
	"slices"
	"time"
)

// Status is an entry's or a version's publication status. The zero value is
// no status: never public.
type Status string

// The publication statuses.
const (
	Draft       Status = "draft"
	Published   Status = "published"
	Unpublished Status = "unpublished"
)

// Date is a day in ISO form, "2026-03-31", or "" where none was given. Days in
// this form compare like strings.
type Date string

// DateOf returns the day of t in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// Time returns midnight UTC of the day; the zero time for "".
func (d Date) Time() time.Time {
	if d == "" { // most often
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Entry is what showcases, products and pages have in common.
type Entry struct {
	Source      string // the Markdown file, below the catalog's root: content/sellers/…/product.md
	Slug        string // last folder of its address
	Status      Status
	PublishOn   Date
	UnpublishOn Date
	Withdrawal  *Withdrawal // key "unpublished"
	Aliases     []string    // former slugs
	Drift       []Drift     // texts that may change in one language alone
	Files       []File      // files that the entry refers to, sorted by name
	Links       []Link      // links of its text to other pages of the site
	Named       []Link      // OMI ids and product codes that its text names
	Body        int         // offset of its text in the source
	Digest      [32]byte    // SHA-256 of the source
	Front       [32]byte    // SHA-256 of what is before the text
	Blob        [20]byte    // git's hash of the source
	Changed     time.Time   // last change in the history; zero where unknown
	Published   time.Time   // first publication in the history; zero where unknown
	Faulty      bool        // has findings of severity error: never rendered
}

// Link is a link in an entry's text to a page of the site.
type Link struct {
	To        string // "/fr/sellers/acme/", perhaps with a fragment
	From, End int    // its place: offsets in the source
}

// File returns the file with this name that the entry refers to, or nil.
func (e *Entry) File(name string) *File {
	if i := slices.IndexFunc(e.Files, func(f File) bool { return f.Name == name }); i >= 0 {
		return &e.Files[i]
	}
	return nil
}

// File is a file in an entry's folder that the entry refers to.
type File struct {
	Name          string // in the entry's folder
	Path          string // below the catalog's root
	Size          int64  // bytes
	Width, Height int    // pixels, of images; 0 where an SVG gives none
	Digest        [32]byte
}

// Drift lets a text change in one language alone for a while.
type Drift struct {
	Key    string // of the front matter, or "body"
	Until  Date   // the last day
	Reason string
}

// Withdrawal says why an entry or a version is no longer offered.
type Withdrawal struct {
	Since       Date
	Reason      string
	Replacement string // "seller/product"
	Note        Text
	Purge       bool
}

// Day returns the day from which something is withdrawn; "" where it is not.
func (w *Withdrawal) Day() Date {
	if w == nil {
		return ""
	}
	return w.Since
}

// Page is a page of the catalog's own, such as the legal notice.
type Page struct {
	Entry
	Title   Text
	Summary Text
}

// Seller is a seller partner's showcase.
type Seller struct {
	Entry
	Name           Text
	Summary        Text
	Logo           string // a file's name
	Website        Text
	Contact        Contact
	Maintainers    []string
	Accounts       []Account
	Country        string // ISO 3166-1 alpha-2
	Certifications []string
	Documents      []Document
	Products       []*Product
}

// Account is the OUTSCALE account that a seller's OMIs in a Region belong to.
type Account struct {
	Region string
	Number string // twelve digits
}

// Account returns the number of the account in a Region, or "".
func (s *Seller) Account(region string) string {
	for _, a := range s.Accounts {
		if a.Region == region {
			return a.Number
		}
	}
	return ""
}

// Document is a document that a seller offers, in each language.
type Document struct {
	Title Text
	File  Text // file names
}
