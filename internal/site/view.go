package site

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
)

// What templates see. Addresses (Href) are ready to be written into a page;
// texts are in the page's language.

// searchView is where the search is.
type searchView struct {
	Action string // the list of all products, which shows what is found
	Entry  string // the index
	Engine string // the scripts, loaded on first use
	Script string
}

// link is a link on the site, or to another one.
type link struct {
	Name     string
	Href     string
	Current  bool
	External bool
}

// alternate is the page in one of the languages.
type alternate struct {
	Tag, Name string
	Href      string // on the site
	URL       string // absolute
	Current   bool
}

// view is what every page has. It is flat, and what only one kind of page has
// is in Page, since templates find the fields of embedded structs slowly.
type view struct {
	// The same on all pages of a language.
	Tag        string // of the language
	Site       string // the catalog's title
	About      string // the catalog's description
	Home       string
	Footer     []link // the catalog's own pages
	Contact    catalog.Contact
	Feed       string
	Style      string
	Script     string
	Search     searchView
	Facets     []facet
	Icon       string
	Preview    bool // drafts are shown: the site is nobody's but its authors'
	Navigation []link

	Title       string
	WindowTitle string // the page's title and the catalog's
	Description string
	Canonical   string // absolute; "" for pages that have no address of their own
	Alternates  []alternate
	Fallback    string // absolute: the page for all other languages
	Crumbs      []link
	NoIndex     bool
	Draft       bool // the entry is not public yet
	Page        any  // a pointer to one of the views below

	path    string // below the language's part of the site
	section string // the first part of it
	lang    *lang
}

// Once returns a part of the theme that is the same on all pages of a section:
// it is rendered once a language, with what those pages share.
func (v *view) Once(part string) (template.HTML, error) {
	key := [2]string{part, v.section}
	if h, ok := v.lang.parts.Load(key); ok {
		return h.(template.HTML), nil
	}
	shared := v.lang.frame
	shared.enter(v.section)
	var b bytes.Buffer
	if err := v.lang.theme.Execute(&b, "page", part, &shared); err != nil {
		return "", err
	}
	h := safe(b.String())
	v.lang.parts.Store(key, h)
	return h, nil
}

// enter marks the section in the navigation.
func (v *view) enter(section string) {
	v.section = section
	v.Navigation = slices.Clone(v.Navigation)
	for i := range v.Navigation {
		v.Navigation[i].Current = strings.HasSuffix(v.Navigation[i].Href, "/"+v.Tag+"/"+section+"/")
	}
}

// T returns a word of the interface. Arguments are pairs of a placeholder's
// name and its value.
func (v *view) T(key string, args ...string) (string, error) {
	if !v.lang.Has(key) {
		return "", fmt.Errorf("i18n/%s.yaml has no word %q", v.Tag, key)
	}
	return v.lang.Word(key, args...), nil
}

// N returns a phrase with a number in it.
func (v *view) N(key string, n int) (string, error) {
	if !v.lang.Has(key) {
		return "", fmt.Errorf("i18n/%s.yaml has no word %q", v.Tag, key)
	}
	return v.lang.Count(key, n), nil
}

// Day writes a day in the page's language.
func (v *view) Day(t time.Time) string { return v.lang.Date(t) }

// ISO writes a day for machines.
func (v *view) ISO(t time.Time) string { return t.Format(time.DateOnly) }

// draft returns the word for an entry that is one, or "".
func (l *lang) draft(e *catalog.Entry) string {
	if e.Status != catalog.Draft {
		return ""
	}
	return l.Word("status.draft")
}

// picture is an image with the size it is shown at.
type picture struct {
	Src           string
	Alt           string
	Width, Height int // 0 where not known
}

// card is a product in a list.
type card struct {
	Href     string
	Title    string
	Summary  string
	Seller   string
	Logo     picture
	Type     string // word
	Pricing  string // word; "" where the seller bills
	Price    string // from …; "" where it has none
	TypeName string // omi, outsourced or service
	Draft    string // word; "" where it is none
}

// sellerCard is a seller in a list.
type sellerCard struct {
	Href           string
	Name           string
	Summary        string
	Logo           picture
	Certifications []string
	Products       int
	Draft          string // word; "" where it is none
}

// categoryCard is a category in a list.
type categoryCard struct {
	Href        string
	Name        string
	Description string
	Products    int
}

// pageLinks is the navigation between the pages of a list.
type pageLinks struct {
	Number, Last   int
	Previous, Next string
	All            []link
}
