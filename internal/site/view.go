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
	Tag          string // of the language
	Site         string // the catalog's title
	About        string // the catalog's description
	Home         string
	Footer       []link // the catalog's own pages
	Contact      catalog.Contact
	New          string // the page of what is new
	Feed         feedLink
	Compare      string // where products are compared
	OpenSearch   string // its description
	Search       searchView
	Estimate     estimateFrame
	Locale       string // en_US
	OtherLocales []string
	Style        string
	Script       string
	Icon         string
	Preview      bool // drafts or a change are shown: the site is nobody's but its authors'
	Change       bool // a change that is not published is shown
	Navigation   []link

	// How other sites and search engines show the page.
	Kind       string      // website or product
	Image      string      // absolute: the picture beside a link to it
	ImageText  string      // what that picture says
	Data       string      // the JSON document about the same, or ""
	LinkedData *linkedData // nil where there is nothing to say

	Title       string
	WindowTitle string // the page's title and the catalog's
	Description string
	Canonical   string // absolute; "" for pages that have no address of their own
	Alternates  []alternate
	Fallback    string // absolute: the page for all other languages
	Crumbs      []link
	OwnFeed     *feedLink // of what the page shows
	NoIndex     bool
	Redirect    string // where the page leads at once; "" for nearly all
	Draft       bool   // the entry is not public yet
	Page        any    // what only one kind of page has: a pointer to one of the views of kinds.go

	things  []any  // of schema.org, for LinkedData
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

// Facets returns the ways to narrow down the products, with their values.
func (v *view) Facets() []facet { return v.lang.facets() }

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

// Asset returns the address of a file of the theme's assets.
func (v *view) Asset(name string) (string, error) {
	if a := v.lang.asset(name); a != "" {
		return a, nil
	}
	return "", fmt.Errorf("the theme has no asset %q", name)
}

// Day writes a day in the page's language.
func (v *view) Day(day time.Time) string { return v.lang.Date(day) }

// ISO writes a day for machines.
func (v *view) ISO(day time.Time) string { return day.Format(time.DateOnly) }

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
	Ref      string // seller/product
	Href     string
	Title    string
	Summary  string
	Seller   string
	Logo     picture
	Type     string // word
	Price    string // from …; or why there is none
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
