// Package build runs the stages in their order: load and check, dates from the
// history, plan, render, write. It writes nothing where the check fails.
package build

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/history"
	"vitrine/internal/site"
	"vitrine/themes"
)

// Options are the choices of Plan and Build.
type Options struct {
	BaseURL string       // "" for the one in catalog.yaml
	At      catalog.Date // the day whose public state is built
	Drafts  bool         // show drafts too, for a preview
}

// Check loads and checks a catalog.
func Check(ctx context.Context, root *content.Root, today catalog.Date) (*check.Result, error) {
	return CheckOnline(ctx, root, today, nil)
}

// CheckOnline loads and checks a catalog, and asks the cloud about its OMIs; with
// nil, it does not.
func CheckOnline(ctx context.Context, root *content.Root, today catalog.Date, online *check.Online) (*check.Result, error) {
	words, err := words(root)
	if err != nil {
		return nil, err
	}
	return check.Run(ctx, root, check.Options{Today: today, Words: words, Online: online})
}

// CheckChange checks a catalog as a change of the state that git knows as ref:
// what the change can break, and what it may do. The actor is the GitHub handle
// of who makes it, "" where not known. The cloud is asked as by CheckOnline.
func CheckChange(ctx context.Context, root *content.Root, today catalog.Date, ref, actor string, online *check.Online) (*check.Result, *Comparison, error) {
	words, err := words(root)
	if err != nil {
		return nil, nil, err
	}
	h, err := history.OpenBase(root.Dir(), ref)
	if err != nil {
		return nil, nil, err
	}
	base := &check.Base{Ref: ref, Actor: actor}
	files, err := h.Files()
	if err != nil {
		return nil, nil, err
	}
	tip, err := h.Tip()
	if err != nil {
		return nil, nil, err
	}
	if base.Touched, err = h.Touched(ctx, "content"); err != nil {
		return nil, nil, err
	}
	if base.Moved, err = h.Moved(base.Touched); err != nil {
		return nil, nil, err
	}
	base.Files, base.Tip = content.RootOf(files), content.RootOf(tip)
	r, err := check.Run(ctx, root, check.Options{Today: today, Words: words, Base: base, Online: online})
	if lost := errors.Join(files.Err(), tip.Err()); lost != nil {
		return nil, nil, lost
	}
	theme := slices.ContainsFunc(base.Touched, func(p string) bool {
		return p == content.CatalogPath || strings.HasPrefix(p, "themes/") || strings.HasPrefix(p, "i18n/")
	})
	return r, &Comparison{Commit: h.Commit, Behind: h.Behind, Touched: len(base.Touched), Theme: theme}, err
}

// Comparison is what a change was compared with.
type Comparison struct {
	Commit  string // the hash of the commit that it began from, abbreviated
	Behind  bool   // the ref has moved on since
	Touched int    // files that the change touches
	Theme   bool   // among them are some of the theme, the words or the settings
}

// Plan plans the site of a checked catalog. Faulty entries are left out of it.
// What is worth saying on the way is returned as notices.
func Plan(ctx context.Context, root *content.Root, r *check.Result, opt Options) (s *site.Site, notices []string, err error) {
	theme, err := theme(root, r)
	if err != nil {
		return nil, nil, err
	}
	records, err := dates(ctx, root, r.Catalog)
	if notice := noticeOf(err); notice != "" {
		notices = append(notices, notice)
	}
	s, err = plan(root, r, opt, theme, records)
	return s, notices, err
}

// noticeOf says why dates are not known that were looked for, or "".
func noticeOf(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, history.ErrShallow):
		return "the clone is shallow, so the dates of the last changes are not known and left out; in CI, fetch the whole history (fetch-depth: 0)"
	case errors.Is(err, history.ErrPartial):
		return "the clone is partial, so the days of publication are not known and those of releases stand for them; in CI, fetch all files (leave out filter)"
	}
	return fmt.Sprintf("the dates of the last changes are left out: %v", err)
}

// plan plans the site of a checked catalog with what is known of its history.
func plan(root *content.Root, r *check.Result, opt Options, theme *themes.Theme, records map[string]history.Record) (*site.Site, error) {
	date(r.Catalog, records)
	if opt.BaseURL == "" {
		opt.BaseURL = r.Catalog.BaseURL
	}
	return site.New(r.Catalog, site.Options{
		BaseURL: opt.BaseURL,
		Visible: catalog.Visibility{At: opt.At, Drafts: opt.Drafts},
		Words:   r.Words,
		Theme:   theme,
		Body:    root.Body,
		File:    root.File,
	})
}

// dates reads what the history tells of a catalog's files.
func dates(ctx context.Context, root *content.Root, c *catalog.Catalog) (map[string]history.Record, error) {
	var entries []history.Entry
	for e := range c.Entries {
		entries = append(entries, history.Entry{Path: e.Source, Blob: e.Blob, Published: e.Status == catalog.Published})
	}
	return history.Read(ctx, root.Dir(), "content", entries)
}

// date fills in when each entry was first published and last changed: the newest
// change of its source or of a file that it refers to.
func date(c *catalog.Catalog, records map[string]history.Record) {
	if records == nil {
		return
	}
	for e := range c.Entries {
		e.Changed, e.Published = records[e.Source].Changed, records[e.Source].Published
		for _, f := range e.Files {
			if t := records[f.Path].Changed; t.After(e.Changed) {
				e.Changed = t
			}
		}
	}
}

// Stats are the figures of a build.
type Stats struct {
	Files    int
	Bytes    int64
	Written  int // files that are new or have other bytes than before
	Deleted  int // files of the build before that are no longer made
	Foreign  []string
	Sellers  int
	Products int
}

// Build renders a site into a folder.
func Build(ctx context.Context, root *content.Root, s *site.Site, out string) (*Stats, error) {
	w, err := newWriter(root.Dir(), out)
	if err != nil {
		return nil, err
	}
	defer w.close()
	if w.prover, err = newProver(s); err != nil {
		return nil, err
	}
	if err := w.render(ctx, s); err != nil {
		return nil, err
	}
	stats, err := w.commit()
	if err != nil {
		return nil, err
	}
	stats.Sellers, stats.Products = s.Counts()
	return stats, nil
}
