package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
)

// eventKind is what happened to an entry or a version.
type eventKind string

const (
	eventPublished eventKind = "published"
	eventUpdated   eventKind = "updated"
	eventVersion   eventKind = "version"
	eventWithdrawn eventKind = "withdrawn"
)

// event is something in the catalog's life that buyers may want to know. It
// never holds an entry that is hidden from them.
type event struct {
	kind    eventKind
	when    time.Time        // UTC; midnight where only the day is known
	key     string           // its own for ever, in the form of a path: part of its id
	seller  *catalog.Seller  // nil where hidden
	product *catalog.Product // nil: the event is the seller's, or of a product that is no longer shown
	version *catalog.Version // of a new version, or of one that is withdrawn
	reason  string           // of a withdrawal; "" where none is given
}

// events are what happened up to the day that is built, newest first.
type events struct {
	all        []event
	sellers    map[*catalog.Seller][]*event // the newest of each, feedEvents at most
	categories map[string][]*event
}

// newEvents finds what happened. A catalog has a few events a product.
func (s *Site) newEvents() *events {
	found := &events{
		all:     make([]event, 0, 2*len(s.products)),
		sellers: make(map[*catalog.Seller][]*event), categories: make(map[string][]*event),
	}
	for _, seller := range s.sellers {
		found.all = appendLife(found.all, event{seller: seller, key: sellerPath(seller)}, &seller.Entry, publication(&seller.Entry), nil)
	}
	for _, p := range s.products {
		found.all = s.appendProduct(found.all, p)
	}
	for p := range s.catalog.Products {
		found.all = s.appendWithdrawn(found.all, p)
	}
	found.all = slices.DeleteFunc(found.all, func(e event) bool { return e.when.IsZero() || catalog.DateOf(e.when) > s.opt.Visible.At })
	slices.SortFunc(found.all, newestFirst)
	for i := range found.all {
		e := &found.all[i]
		if of := found.sellers[e.seller]; e.seller != nil && len(of) < feedEvents {
			found.sellers[e.seller] = append(of, e)
		}
		if e.product == nil {
			continue
		}
		for _, id := range e.product.Categories {
			if in := found.categories[id]; len(in) < feedEvents {
				found.categories[id] = append(in, e)
			}
		}
	}
	return found
}

// newReleases finds the products' latest versions: those that were released last,
// newest first, as many as a page tells.
func (s *Site) newReleases() (first []event) {
	for _, p := range s.products {
		if v := s.latestVersion(p); v != nil {
			first = among(first, event{kind: eventVersion, when: v.Released.Time(), key: p.Ref(), seller: p.Seller, product: p, version: v}, versionsOnNew, newestFirst)
		}
	}
	return first
}

func newestFirst(a, b event) int {
	return cmp.Or(b.when.Compare(a.when), strings.Compare(a.key, b.key))
}

// latestVersion returns the version of a visible product that was released last
// up to the day that is built, or nil.
func (s *Site) latestVersion(p *catalog.Product) (latest *catalog.Version) {
	for i := range p.Versions {
		v := &p.Versions[i]
		if s.opt.Visible.Version(v) && v.Released != "" && v.Released <= s.opt.Visible.At && (latest == nil || v.Released > latest.Released) {
			latest = v
		}
	}
	return latest
}

// appendLife adds when an entry was published and its last change after that
// day. A change on the day of other news is that news.
func appendLife(to []event, e event, entry *catalog.Entry, published time.Time, news []catalog.Date) []event {
	if entry.Status == catalog.Draft { // seen in a preview
		return to
	}
	at := e.key
	e.kind, e.when, e.key = eventPublished, published, at+"published"
	to = append(to, e)
	if day := catalog.DateOf(entry.Changed); !published.IsZero() && day > catalog.DateOf(published) && !slices.Contains(news, day) {
		e.kind, e.when, e.key = eventUpdated, entry.Changed, at+"updated/"+string(day)
		to = append(to, e)
	}
	return to
}

// appendProduct adds what happened to a visible product and its versions. The
// versions that it came with are no news.
func (s *Site) appendProduct(to []event, p *catalog.Product) []event {
	published := published(p)
	first := catalog.DateOf(published)
	var news []catalog.Date
	for i := range p.Versions {
		v := &p.Versions[i]
		e := event{key: productPath(p) + "versions/" + url.PathEscape(v.Version), seller: p.Seller, product: p, version: v}
		switch w := v.Withdrawal; {
		case v.Status == catalog.Draft:
			continue
		case s.opt.Visible.Version(v) && v.Released > first:
			e.kind, e.when = eventVersion, v.Released.Time()
		case !s.opt.Visible.Version(v) && w != nil && !w.Purge:
			e.kind, e.when, e.reason = eventWithdrawn, w.Since.Time(), w.Reason
			e.key += "/withdrawn"
		default:
			continue
		}
		news = append(news, catalog.DateOf(e.when))
		to = append(to, e)
	}
	return appendLife(to, event{seller: p.Seller, product: p, key: productPath(p)}, &p.Entry, published, news)
}

// appendWithdrawn adds that a product is withdrawn, and tells nothing of it but
// who offered it, when it went and why. The key is a hash with the product's
// code in it: guessing names does not tell whose it is.
func (s *Site) appendWithdrawn(to []event, p *catalog.Product) []event {
	g := s.opt.Visible.GoneProduct(p)
	if g == nil || g.Purge {
		return to
	}
	e := event{kind: eventWithdrawn, seller: p.Seller, reason: g.Reason}
	if !s.opt.Visible.Seller(p.Seller) {
		e.seller = nil
	}
	sum := sha256.Sum256([]byte(p.Ref() + "\n" + p.ProductCode + "\n" + string(g.Since)))
	e.when, e.key = g.Since.Time(), fmt.Sprintf("withdrawn/%x", sum[:16])
	return append(to, e)
}

// publication returns when an entry was published by what the history and
// publish_on tell; zero where neither is known.
func publication(e *catalog.Entry) time.Time {
	return later(e.Published, e.PublishOn.Time())
}

// published returns when a product that is visible was published: not before
// its seller. Where the history tells nothing, it is the day of its oldest
// version that is offered.
func published(p *catalog.Product) time.Time {
	when := publication(&p.Entry)
	if when.IsZero() {
		var oldest catalog.Date
		for i := range p.Versions {
			if v := &p.Versions[i]; v.Status == catalog.Published && v.Released != "" && (oldest == "" || v.Released < oldest) {
				oldest = v.Released
			}
		}
		when = oldest.Time()
	}
	if when.IsZero() {
		return when
	}
	return later(when, publication(&p.Seller.Entry))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// eventID returns an event's id in a language, a tag URI (RFC 4151): it stays the
// same wherever the event is told, and when the page moves.
func (s *Site) eventID(l *lang, e *event) string {
	return "tag:" + s.base.Hostname() + ",2026:" + l.Tag + "/" + e.key
}
