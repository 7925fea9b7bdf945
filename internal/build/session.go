package build

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/history"
	"vitrine/internal/site"
	"vitrine/themes"
)

// Session builds a catalog again and again while it is edited. What was read
// and checked before is kept in memory; a refresh reads what was touched.
type Session struct {
	dir    string
	opt    Options
	words  *i18n.Set
	theme  *themes.Theme
	result *check.Result
	site   *site.Site // the last one that could be planned, or nil

	head    string          // the commit that the records are of
	asked   map[string]bool // the sources of the entries that were there
	records map[string]history.Record
	dated   *catalog.Catalog // the last one whose entries have their dates, of these records; or nil
}

// dated returns a catalog whose entries have their dates. Sellers of the one
// before, if not nil, have them already.
func dated(c *catalog.Catalog, records map[string]history.Record, before *catalog.Catalog) *catalog.Catalog {
	return c.With(func(e *catalog.Entry) (catalog.Entry, bool) {
		own := *e
		own.Changed, own.Published = datesOf(e, records)
		return own, !own.Changed.Equal(e.Changed) || !own.Published.Equal(e.Published)
	}, func(s *catalog.Seller) bool { return before != nil && before.Seller(s.Slug) == s })
}

// NewSession loads, checks and plans a catalog. The site is nil where
// catalog.yaml cannot be read.
func NewSession(ctx context.Context, dir string, opt Options) (*Session, *check.Result, *site.Site, []string, error) {
	s := &Session{dir: dir, opt: opt}
	r, planned, notices, err := s.refresh(ctx, nil)
	return s, r, planned, notices, err
}

// Refresh builds the catalog again after files or folders were touched: paths
// below its root, "." for everything. Where it fails, the next refresh still
// knows what was touched by this one only through its caller: name it again.
func (s *Session) Refresh(ctx context.Context, touched []string) (*check.Result, *site.Site, error) {
	r, planned, _, err := s.refresh(ctx, touched)
	return r, planned, err
}

func (s *Session) refresh(ctx context.Context, touched []string) (*check.Result, *site.Site, []string, error) {
	// Opened afresh, since folders may have been exchanged for others. The site
	// that is shown meanwhile reads through the one before, which is closed when
	// nobody has it any more.
	root, err := content.OpenRoot(s.dir)
	if err != nil {
		return s.result, nil, nil, err
	}
	everything := s.result == nil || slices.ContainsFunc(touched, func(name string) bool {
		return name == "." || name == "content" || name == "content/sellers"
	})
	if everything || touches(touched, "i18n") {
		own, err := root.Overlay("i18n")
		if err != nil {
			return s.result, nil, nil, err
		}
		words, err := i18n.Load(own)
		if err != nil {
			return s.result, nil, nil, err
		}
		s.words = words
	}
	opt := check.Options{Today: s.opt.At, Words: s.words, Progress: reading(ctx)}
	var r *check.Result
	switch {
	case s.result == nil: // what is remembered is what was there when the session began
		r, err = s.opt.run(ctx, root, s.words, nil)
	case everything:
		r, err = check.Run(ctx, root, opt)
	default:
		r, err = s.result.Again(ctx, root, slices.DeleteFunc(slices.Clone(touched), func(name string) bool {
			return name != "content" && !strings.HasPrefix(name, "content/")
		}), opt)
	}
	if err != nil {
		return s.result, nil, nil, err
	}
	s.result = r
	if r.Broken {
		return r, nil, nil, errors.New("content/catalog.yaml cannot be read, so there is no catalog to show")
	}
	if everything || s.theme == nil || touches(touched, "themes") || touches(touched, "i18n") || touches(touched, content.CatalogPath) {
		s.theme = nil
		if s.theme, err = theme(root, r); err != nil {
			s.theme = nil
			return r, nil, nil, err
		}
	}
	var notices []string
	if head := history.State(s.dir); everything || head != s.head || s.restored(r.Catalog) {
		tell(ctx)(Dating, 0, 0)
		records, err := dates(ctx, s.dir, r.Catalog, s.opt.Memory)
		if err := ctx.Err(); err != nil {
			return r, nil, nil, err
		}
		if notice := noticeOf(err); notice != "" {
			notices = append(notices, notice)
		}
		s.head, s.asked, s.records = head, make(map[string]bool), records
		for e := range r.Catalog.Entries {
			s.asked[e.Source] = true
		}
		s.dated = nil
	}
	r.Catalog = dated(r.Catalog, s.records, s.dated)
	s.dated = r.Catalog
	planned, err := plan(root, r, s.opt, s.theme, s.site)
	if err == nil {
		s.site = planned
	}
	return r, planned, notices, err
}

// restored reports whether an entry came that the history knows, and was not
// asked for. Of one that is new, it tells nothing: reading it takes a second where
// it is long, and an author who begins an entry need not wait for that.
func (s *Session) restored(c *catalog.Catalog) bool {
	known := func(e *catalog.Entry) bool {
		_, ok := s.records[e.Source]
		return ok && !s.asked[e.Source]
	}
	for _, p := range c.Pages {
		if known(&p.Entry) {
			return true
		}
	}
	for _, seller := range c.Sellers {
		if s.dated != nil && s.dated.Seller(seller.Slug) == seller {
			continue
		}
		if known(&seller.Entry) || slices.ContainsFunc(seller.Products, func(p *catalog.Product) bool { return known(&p.Entry) }) {
			return true
		}
	}
	return false
}

// touches reports whether a folder or something in it was touched.
func touches(touched []string, folder string) bool {
	return slices.ContainsFunc(touched, func(name string) bool { return name == folder || strings.HasPrefix(name, folder+"/") })
}
