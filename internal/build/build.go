// Package build runs the stages in their order: load and check, dates from the
// history, plan, render, write. It writes nothing where the check fails.
package build

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/change"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/history"
	"vitrine/internal/site"
	"vitrine/themes"
)

// Options are the choices of Plan and Build.
type Options struct {
	BaseURL string        // "" for the one in catalog.yaml
	At      catalog.Date  // the day whose public state is built
	Drafts  bool          // show drafts too, for a preview
	Preview bool          // the site is one of a change that is not published: pages say so
	Memory  *Memory       // of earlier runs, or nil
	Online  *check.Online // asks the cloud about OMIs; or nil
	Texts   *check.Texts  // takes what the check has parsed, so that the build need not parse it again; or nil
	Lang    string        // of the sentences of a Diff: en or fr
	Book    *diag.Book    // their phrases; nil for English
}

// Check loads and checks a catalog.
func Check(ctx context.Context, root *content.Root, opt Options) (*check.Result, error) {
	words, err := words(root)
	if err != nil {
		return nil, err
	}
	return opt.run(ctx, root, words, nil)
}

// run checks a catalog with what is known from earlier runs, and keeps what is
// known now.
func (opt *Options) run(ctx context.Context, root *content.Root, words *i18n.Set, base *check.Base) (*check.Result, error) {
	entries := opt.Memory.entries(words)
	r, err := check.Run(ctx, root, check.Options{Today: opt.At, Words: words, Texts: opt.Texts, Cache: entries, Base: base, Online: opt.Online, Progress: reading(ctx)})
	if err == nil && entries != nil && !r.Broken {
		_ = r.Keep(entries) // if it cannot, they are read again
		opt.Memory.Save()
	}
	return r, err
}

// runAt checks the catalog of a commit. It is read from what is checked out, as
// far as that is the same: git's objects take several times as long.
func (opt *Options) runAt(ctx context.Context, h *history.Base, root, out *content.Root, words *i18n.Set, base *check.Base) (*check.Result, error) {
	o := check.Options{Today: opt.At, Words: words, Base: base, Progress: reading(ctx)}
	differ, err := h.Elsewhere(ctx, "content")
	if err != nil || !out.HasCatalog() || slices.Contains(differ, content.CatalogPath) {
		return check.Run(ctx, root, o)
	}
	r, err := opt.run(ctx, out, words, nil)
	if err != nil || r.Broken {
		return check.Run(ctx, root, o)
	}
	return r.Again(ctx, root, differ, o)
}

// CheckChange checks a catalog as a change of the state that git knows as ref:
// what the change can break, and what it may do. The actor is the GitHub handle
// of who makes it, "" where not known.
func CheckChange(ctx context.Context, root *content.Root, opt Options, ref, actor string) (*check.Result, *Comparison, error) {
	j, err := judge(ctx, root, opt, ref, "", actor)
	if err != nil {
		return nil, nil, err
	}
	touched := j.base.Touched
	theme := slices.ContainsFunc(touched, func(p string) bool {
		return p == content.CatalogPath || strings.HasPrefix(p, "themes/") || strings.HasPrefix(p, "i18n/")
	})
	return j.result, &Comparison{
		Commit: j.git.Commit, Behind: j.git.Behind, Touched: len(touched), Theme: theme,
		Change: func() *change.Change { return j.change(opt, ref, "", actor) },
	}, nil
}

// judged is a change that was checked.
type judged struct {
	git    *history.Base
	base   *check.Base
	root   *content.Root // of the catalog as it is
	result *check.Result
}

// judge checks a catalog as a change. The state that the change leads to is that
// of the commit which git knows as head, or where that is "", of the root.
func judge(ctx context.Context, root *content.Root, opt Options, ref, head, actor string) (*judged, error) {
	h, err := history.OpenChange(root.Dir(), ref, head)
	if err != nil {
		return nil, err
	}
	files, err := h.Files()
	if err != nil {
		return nil, err
	}
	tip, err := h.Tip()
	if err != nil {
		return nil, err
	}
	read := []*history.Tree{files, tip}
	out := root
	if head != "" {
		now, err := h.Head()
		if err != nil {
			return nil, err
		}
		read = append(read, now)
		root = content.RootOf(now)
		if !root.HasCatalog() {
			return nil, fmt.Errorf("there is no %s at %s", content.CatalogPath, head)
		}
	}
	words, err := words(root)
	if err != nil {
		return nil, err
	}
	base := &check.Base{Ref: ref, Actor: actor}
	if base.Touched, err = h.Touched(ctx, "content"); err != nil {
		return nil, err
	}
	if base.Moved, err = h.Moved(base.Touched); err != nil {
		return nil, err
	}
	base.Files, base.Tip = content.RootOf(files), content.RootOf(tip)
	var r *check.Result
	if head == "" {
		r, err = opt.run(ctx, root, words, base)
	} else {
		r, err = opt.runAt(ctx, h, root, out, words, base)
	}
	for _, t := range read {
		if lost := t.Err(); lost != nil {
			return nil, lost
		}
	}
	if err != nil {
		return nil, err
	}
	return &judged{h, base, root, r}, nil
}

// Comparison is what a change was compared with.
type Comparison struct {
	Commit  string // the hash of the commit that it began from, abbreviated
	Behind  bool   // the ref has moved on since
	Touched int    // files that the change touches
	Theme   bool   // among them are some of the theme, the words or the settings
	// Change says what the change means for buyers, as Diff does. It must be asked
	// before a site is planned, which gives the entries of today alone their dates.
	Change func() *change.Change
}

// Plan plans the site of a checked catalog. Faulty entries are left out of it.
// What is worth saying on the way is returned as notices.
func Plan(ctx context.Context, root *content.Root, r *check.Result, opt Options) (s *site.Site, notices []string, err error) {
	tell := tell(ctx)
	tell(Theming, 0, 0)
	var dating sync.WaitGroup
	var records map[string]history.Record
	var undated error
	dating.Go(func() { records, undated = dates(ctx, root.Dir(), r.Catalog, opt.Memory) })
	theme, err := theme(root, r)
	tell(Dating, 0, 0)
	dating.Wait()
	if err != nil {
		return nil, nil, err
	}
	if notice := noticeOf(undated); notice != "" {
		notices = append(notices, notice)
		opt.Memory.notice()
	}
	for e := range r.Catalog.Entries {
		e.Changed, e.Published = datesOf(e, records)
	}
	tell(Planning, 0, 0)
	if s, err = plan(root, r, opt, theme, nil); err == nil {
		tell(Planning, len(s.Units()), len(s.Units()))
	}
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

// plan plans the site of a checked catalog, after the site of the catalog as it
// was before, or nil.
func plan(root *content.Root, r *check.Result, opt Options, theme *themes.Theme, before *site.Site) (*site.Site, error) {
	if opt.BaseURL == "" {
		opt.BaseURL = r.Catalog.BaseURL
	}
	made := site.Options{
		Key:     opt.Memory.key(r, theme),
		Texts:   r.Texts.Of,
		BaseURL: opt.BaseURL,
		Visible: catalog.Visibility{At: opt.At, Drafts: opt.Drafts},
		Preview: opt.Preview,
		Words:   r.Words,
		Theme:   theme,
		Body:    root.Body,
		File:    root.File,
	}
	if before == nil {
		return site.New(r.Catalog, made)
	}
	return before.Again(r.Catalog, made)
}

// datesOf returns when an entry last changed and was first published: the newest
// change of its source or of a file that it refers to.
func datesOf(e *catalog.Entry, records map[string]history.Record) (changed, published time.Time) {
	changed, published = records[e.Source].Changed, records[e.Source].Published
	for _, f := range e.Files {
		if t := records[f.Path].Changed; t.After(changed) {
			changed = t
		}
	}
	return changed, published
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

// Build renders a site into a folder, and remembers nothing.
func Build(ctx context.Context, root *content.Root, s *site.Site, out string) (*Stats, error) {
	o := &Output{root: root, dir: out}
	return o.Build(ctx, s, nil)
}
