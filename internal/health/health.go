// Package health tells the catalog's staff what needs looking after: what is
// over, what ends soon, and what has not been touched for long.
package health

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/links"
)

// When says how urgent an item is.
type When string

// The urgencies.
const (
	Now  When = "now"  // wrong, dead or over
	Soon When = "soon" // a day that comes within Options.Within
	Look When = "look" // nothing is wrong, and somebody should look
)

var order = []When{Now, Soon, Look}

// Kind is what an item is about.
type Kind string

// The kinds of items.
const (
	Errors         Kind = "errors"               // of vitrine check: the site cannot be built
	Untranslated   Kind = "translation-missing"  // a draft lacks texts in a language
	Doubtful       Kind = "translation-doubtful" // texts may not say the same
	DriftOver      Kind = "drift-over"
	DriftEnds      Kind = "drift-ends"
	WaiverOver     Kind = "waiver-over"
	WaiverEnds     Kind = "waiver-ends"
	VersionOld     Kind = "version-old"
	Unchanged      Kind = "entry-unchanged"
	DraftWaits     Kind = "draft-waiting"
	DateOver       Kind = "date-over" // a day has come, and the file still says what was before
	DateAhead      Kind = "date-ahead"
	SellerEmpty    Kind = "seller-without-product"
	PricesOld      Kind = "prices-old"
	LinkDead       Kind = "link-dead"
	LinkUnsure     Kind = "link-unsure"
	OwnersOutdated Kind = "codeowners-outdated"
)

// Item is one thing to look after.
type Item struct {
	Kind Kind
	When When
	diag.Span
	Message diag.Text
	Help    diag.Text
}

// Group is what is to be looked after by the same people.
type Group struct {
	Seller  string   // its folder's name; "" is the catalog's staff
	Handles []string // GitHub handles, without @
	Items   []Item   // the most urgent ones first
}

// Count is how often a rule of the check found something.
type Count struct {
	Rule     *diag.Rule
	Severity diag.Severity
	N        int
}

// Report is the catalog's health on a day.
type Report struct {
	At       catalog.Date
	Sellers  int // that buyers see
	Products int
	Groups   []Group // the staff first, then sellers in order; none without items
	Findings []Count // in the order of the rules' ids
	Links    *Links  // nil where no links were asked for
}

// Links are the figures of the links that were asked for.
type Links struct {
	OK, Dead, Unsure int
	NotAsked         int // http, other ports, or no time was left
}

// Options are the choices of Look.
type Options struct {
	At          catalog.Date
	Within      int // days
	StaleMonths int
	Staff       []Item                  // more for the staff
	Links       map[string]links.Result // what asking told, or nil
	Uses        []Use                   // of links
}

// draftMonths is how long a draft may lie before somebody is asked about it.
const draftMonths = 3

// Of looks at a checked catalog whose dates are filled in.
func Of(root *content.Root, r *check.Result, opt Options) *Report {
	l := &looker{
		root: root, catalog: r.Catalog, opt: opt, visible: catalog.Visibility{At: opt.At}, groups: make(map[string]*Group),
		soon:  catalog.DateOf(opt.At.Time().AddDate(0, 0, opt.Within)),
		stale: catalog.DateOf(opt.At.Time().AddDate(0, -opt.StaleMonths, 0)),
		idle:  catalog.DateOf(opt.At.Time().AddDate(0, -draftMonths, 0)),
	}
	for _, i := range opt.Staff {
		l.add(i)
	}
	l.findings(r.Findings)
	l.settings()
	for _, p := range r.Catalog.Pages {
		l.entry(&p.Entry, l.visible.Page(p))
	}
	out := &Report{At: opt.At, Findings: counts(r.Findings)}
	for _, s := range r.Catalog.Sellers {
		if l.seller(s) {
			out.Sellers++
		}
		for _, p := range s.Products {
			if l.product(p) {
				out.Products++
			}
		}
	}
	if opt.Links != nil {
		out.Links = l.links()
	}
	for _, g := range l.groups {
		slices.SortFunc(g.Items, func(a, b Item) int {
			return cmp.Or(cmp.Compare(slices.Index(order, a.When), slices.Index(order, b.When)), cmp.Compare(a.Path, b.Path),
				cmp.Compare(a.Start.Line, b.Start.Line), cmp.Compare(a.Start.Column, b.Start.Column), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Message.String(), b.Message.String()))
		})
		out.Groups = append(out.Groups, *g)
	}
	slices.SortFunc(out.Groups, func(a, b Group) int { return cmp.Compare(a.Seller, b.Seller) })
	return out
}

// Count returns how many items there are of an urgency.
func (r *Report) Count(w When) (n int) {
	for _, g := range r.Groups {
		for _, i := range g.Items {
			if i.When == w {
				n++
			}
		}
	}
	return n
}

// Summary is the report in a line.
func (r *Report) Summary() diag.Text {
	s := diag.Say("%s, %s on %s: %d to do now, %d soon, %d to look at", diag.Plural(r.Sellers, "%d seller", "%d sellers"), diag.Plural(r.Products, "%d product", "%d products"),
		string(r.At), r.Count(Now), r.Count(Soon), r.Count(Look))
	if l := r.Links; l != nil {
		s = diag.Say("%s; links: %d fine, %d dead, %d unsure, %d not asked for", s, l.OK, l.Dead, l.Unsure, l.NotAsked)
	}
	return s
}

// looker looks at one part of the catalog after the other.
type looker struct {
	root              *content.Root
	catalog           *catalog.Catalog
	opt               Options
	visible           catalog.Visibility
	soon, stale, idle catalog.Date
	groups            map[string]*Group
	reopened          *catalog.Entry // what document is of
	document          *content.Document
}

// add puts an item into the group of those who look after its file.
func (l *looker) add(i Item) {
	seller := ""
	if rest, ok := strings.CutPrefix(i.Path, "content/sellers/"); ok {
		seller, _, _ = strings.Cut(rest, "/")
	}
	g := l.groups[seller]
	if g == nil {
		g = &Group{Seller: seller, Handles: l.catalog.Staff}
		if s := l.catalog.Seller(seller); s != nil {
			g.Handles = s.Maintainers
		}
		l.groups[seller] = g
	}
	g.Items = append(g.Items, i)
}

// say adds an item at a value of an entry.
func (l *looker) say(kind Kind, when When, e *catalog.Entry, at []any, help, message diag.Text) {
	if l.reopened != e {
		l.reopened, l.document = e, l.root.Reopen(e)
	}
	span := diag.Span{Path: e.Source}
	if l.document != nil {
		span = l.document.At(at...)
	}
	l.add(Item{kind, when, span, message, help})
}

// isSoon reports whether a day is still to come, within the days asked for.
func (l *looker) isSoon(d catalog.Date) bool { return d > l.opt.At && d <= l.soon }
