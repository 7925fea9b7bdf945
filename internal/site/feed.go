package site

import (
	"time"

	"vitrine/internal/catalog"
)

// feedEvents is how many events a feed tells.
const feedEvents = 50

// feed is what happened in one part of the catalog, told in every language as
// Atom and as JSON Feed.
type feed struct {
	path   string             // of the page that it belongs to, below a language's part of the site
	name   func(*lang) string // of that part
	about  func(*lang) string // one sentence
	find   func() []*event    // finds its events, newest first
	events []*event           // those, once it is rendered
}

// planFeeds plans the catalog's feed, one a seller and one a category.
func (s *plan) planFeeds() {
	s.planFeed(feed{"", func(l *lang) string { return l.frame.Site }, func(l *lang) string { return l.frame.About }, s.newest, nil})
	for _, c := range s.categories() {
		s.planFeed(feed{categoryPath(c.ID), textOf(c.Name), textOf(c.Description), func() []*event { return s.events().categories[c.ID] }, nil})
	}
	for _, seller := range s.sellers {
		s.planFeed(feed{sellerPath(seller), textOf(seller.Name), textOf(seller.Summary), func() []*event { return s.events().sellers[seller] }, nil})
		s.depends(func(k *keyer) { k.seller(seller) })
	}
}

// newest returns the catalog's newest events.
func (s *Site) newest() (events []*event) {
	all := s.events().all
	for i := range all[:min(feedEvents, len(all))] {
		events = append(events, &all[i])
	}
	return events
}

func textOf(t catalog.Text) func(*lang) string { return func(l *lang) string { return l.text(t) } }

// planFeed plans a feed's files, in one unit.
func (s *plan) planFeed(f feed) {
	var paths []string
	for _, l := range s.languages {
		paths = append(paths, l.Tag+"/"+f.path+"feed.atom", l.Tag+"/"+f.path+"feed.json")
	}
	s.add(func(w *writer) error {
		f := f
		f.events = f.find()
		for i, l := range s.languages {
			items := make([]item, 0, len(f.events))
			for _, e := range f.events {
				items = append(items, s.item(l, e))
			}
			s.atom(w, l, &f, items)
			if err := w.file(paths[2*i]); err != nil {
				return err
			}
			if err := s.jsonFeed(w, l, &f, items); err != nil {
				return err
			}
			if err := w.file(paths[2*i+1]); err != nil {
				return err
			}
		}
		return nil
	}, paths...)
}

// updated returns when a feed last changed. One that has nothing to tell yet
// never did, and Atom demands a time: the build's own would make every build
// differ.
func (f *feed) updated() time.Time {
	if len(f.events) == 0 {
		return time.Unix(0, 0)
	}
	return f.events[0].when
}

// stamp writes a time as both formats do (RFC 3339).
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// feedLink is a page's own feed, for its head.
type feedLink struct {
	Title      string
	Atom, JSON string
}

// feedOf links a page to the feed that stands beside it.
func (s *Site) feedOf(l *lang, path, name string) *feedLink {
	return &feedLink{l.Word("feed.title", "name", name), s.in(l, path+"feed.atom"), s.in(l, path+"feed.json")}
}
