package build

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/change"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/markdown"
	"vitrine/internal/site"
	"vitrine/themes"
)

// Diff says what a change of the state that git knows as base means for buyers,
// and returns what the check says of it. The change leads to the commit that git
// knows as head, or where that is "", to the files of the root. The actor is the
// GitHub handle of who makes it, "" where not known.
func Diff(ctx context.Context, root *content.Root, opt Options, base, head, actor string) (*change.Change, *check.Result, error) {
	j, err := judge(ctx, root, opt, base, head, actor)
	if err != nil {
		return nil, nil, err
	}
	return j.change(opt, base, head, actor), j.result, nil
}

// change says what a change that was checked means.
func (j *judged) change(opt Options, base, head, actor string) *change.Change {
	in := change.Input{
		Base: change.Commit{Ref: base, Commit: j.git.Commit, Behind: j.git.Behind}, Head: change.Commit{Ref: head, Commit: j.git.HeadCommit()},
		Actor: actor, At: opt.At, Was: &catalog.Catalog{}, Now: j.result.Catalog, Before: j.base.Files, After: j.root,
		Touched: j.base.Touched, Findings: j.result.Findings, Owners: j.base.Tip, Words: j.result.Words, Lang: opt.Lang, Book: opt.Book,
	}
	if was := j.result.Was; was != nil {
		in.Was, in.Renamed = was.Catalog, was.Renamed
		p := &pair{judged: j, opt: opt}
		if p.plan() {
			in.PagesWas, in.PagesNow = p.addresses()
		}
		c := change.Compare(in)
		if p.now != nil {
			c.Views = func() ([]change.View, int) { return p.views(c) }
		}
		return c
	}
	return change.Compare(in)
}

// pair is a catalog's site before and after a change.
type pair struct {
	*judged
	opt      Options
	was, now *site.Site
}

// plan plans both sites. It reports whether they could be: there may be no
// address, or a language without words, which are findings.
func (p *pair) plan() bool {
	now, err := p.site(p.result.Catalog, p.root, p.result.Words, nil)
	if err != nil {
		return false
	}
	words := p.result.Words
	if p.touches("i18n") {
		if own, err := p.wordsBefore(); err == nil {
			words = own
		}
	}
	was := p.result.Was.Catalog
	if was.BaseURL == "" {
		was = new(*was)
		was.Settings = p.result.Catalog.Settings // there was no catalog
	}
	before, err := p.site(was, p.base.Files, words, now)
	if err != nil {
		return false
	}
	p.was, p.now = before, now
	return true
}

func (p *pair) touches(folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return touches(p.base.Touched, f) })
}

func (p *pair) wordsBefore() (*i18n.Set, error) { return words(p.base.Files) }

// site plans a site, as if nothing of it were faulty: what would be built once
// the findings are mended. A theme that does not work gives way to the built-in
// one.
func (p *pair) site(c *catalog.Catalog, root *content.Root, words *i18n.Set, like *site.Site) (*site.Site, error) {
	c = c.With(func(e *catalog.Entry) (catalog.Entry, bool) {
		own := *e
		own.Faulty = false
		return own, e.Faulty
	}, nil)
	var t *themes.Theme
	if like != nil && !p.touches("themes", content.CatalogPath) {
		t = like.Options().Theme
	} else {
		var err error
		if t, err = theme(root, &check.Result{Catalog: c, Words: words}); err != nil {
			if t, err = themes.Load("default", nil); err != nil {
				return nil, err
			}
		}
	}
	made := site.Options{
		BaseURL: c.BaseURL, Visible: catalog.Visibility{At: p.opt.At, Drafts: p.opt.Drafts}, Words: words, Theme: t, Body: bounded(root), File: root.File,
	}
	if p.opt.BaseURL != "" {
		made.BaseURL = p.opt.BaseURL
	}
	if like == nil {
		return site.New(c, made)
	}
	return like.Again(c, made)
}

// bounded returns a function that reads an entry's text, unless it is one that was
// made to be slow: what is faulty is rendered here as well.
func bounded(root *content.Root) func(*catalog.Entry) ([]byte, error) {
	return func(e *catalog.Entry) ([]byte, error) {
		text, err := root.Body(e)
		if limit, over := markdown.Limits(text); err == nil && over {
			return nil, fmt.Errorf("%s: %s", e.Source, limit)
		}
		return text, err
	}
}

// maxRendered is how many entries are rendered to see whether their pages
// differ; of more, all are taken to.
const maxRendered = 100

// addresses lists the pages of both sites, and which of those that both have say
// something else now.
func (p *pair) addresses() (was, now []change.Address) {
	old := p.was.Addresses()
	for _, a := range old {
		was = append(was, change.Address{Path: a.Path, Kind: a.Kind})
	}
	at := make(map[string]bool, len(old))
	for _, a := range old {
		at[a.Path] = a.Entry != nil
	}
	touched := make(map[string]bool)
	for _, name := range p.base.Touched {
		touched[name], touched[path.Dir(name)] = true, true
	}
	rendered := make(map[string]bool)
	for _, a := range p.now.Addresses() {
		n := change.Address{Path: a.Path, Kind: a.Kind}
		if e := a.Entry; e != nil && at[a.Path] && (touched[e.Source] || touched[path.Dir(e.Source)] && !strings.HasPrefix(e.Source, "content/pages/")) {
			rendered[e.Source] = true
			n.Differs = len(rendered) > maxRendered || p.differs(a.Path)
		}
		now = append(now, n)
	}
	return was, now
}

// differs reports whether the page at an address is not what it was. A page that
// cannot be rendered is taken to differ.
func (p *pair) differs(address string) bool {
	a, err := page(p.was, address)
	b, other := page(p.now, address)
	return err != nil || other != nil || !bytes.Equal(a, b)
}

// page renders the page at an address; nil where there is none.
func page(s *site.Site, address string) (data []byte, err error) {
	file := path.Join(address, "index.html")
	u := s.Unit(file)
	if u == nil {
		return nil, nil
	}
	err = s.Render(u, func(p string, d []byte) error {
		if p == file {
			data = bytes.Clone(d)
		}
		return nil
	})
	return data, err
}
