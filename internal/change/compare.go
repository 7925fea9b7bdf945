package change

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Input is what a change is made of.
type Input struct {
	Base, Head Commit
	Actor      string
	At         catalog.Date // the day whose public state is meant

	Was, Now      *catalog.Catalog
	Before, After *content.Root     // what they were loaded from
	Touched       []string          // paths that differ, "../" for those outside of the catalog's root
	Renamed       map[string]string // sources of entries that have another name, and what they are now
	Findings      []diag.Finding

	PagesWas, PagesNow []Address // the pages of both sites, in order; none where they are not known

	Owners *content.Root // what says who owns what: the target's own state
	Words  *i18n.Set
	Lang   string // of sentences
	Book   *diag.Book
}

// comparison makes a Change.
type comparison struct {
	Input
	out   *Change
	found []Entry         // all entries that changed, with all that did
	owned map[string]bool // files in sellers' folders that are an entry's
	bytes int             // of the texts that are listed
	work  int             // that is left for comparing texts

	unread bool // an entry cannot be read, so that its page seems to go
}

// Compare says what a change means.
func Compare(in Input) *Change {
	in.Was, in.Now = sound(in.Was), sound(in.Now)
	c := &comparison{Input: in, owned: make(map[string]bool), work: maxWork}
	c.out = &Change{
		Version: Version, Lang: in.Lang, Base: in.Base, Head: in.Head, Actor: in.Actor,
		Languages: in.Now.Languages, Currency: in.Now.Currency, Why: []string{}, Labels: []string{},
		Entries: []Entry{}, Pages: []Page{}, Outside: []File{}, Findings: []Finding{},
	}
	c.out.Counts.Files = len(in.Touched)
	c.entries()
	c.outside()
	if !c.unread {
		c.pages()
	}
	c.findings()
	c.classify()
	c.label()
	c.next()
	return c.out
}

// sound returns a catalog as if nothing of it were faulty: what buyers see is told
// as it will be once the findings are mended.
func sound(c *catalog.Catalog) *catalog.Catalog {
	return c.With(func(e *catalog.Entry) (catalog.Entry, bool) {
		own := *e
		own.Faulty = false
		return own, e.Faulty
	}, nil)
}

// findings lists what the rules say, the worst first, and gives the verdict.
func (c *comparison) findings() {
	counts := diag.Count(c.Findings)
	c.out.Counts.Errors, c.out.Counts.Warnings, c.out.Counts.Before = counts.Errors, counts.Warnings, counts.Before
	c.out.Verdict = "ok"
	if counts.Warnings > 0 {
		c.out.Verdict = "warnings"
	}
	if counts.Errors > 0 {
		c.out.Verdict = "errors"
	}
	worst := slices.Clone(c.Findings)
	rank := func(f diag.Finding) int {
		if f.Before {
			return 0
		}
		return int(f.Severity)
	}
	slices.SortStableFunc(worst, func(a, b diag.Finding) int { return cmp.Compare(rank(b), rank(a)) })
	for _, f := range worst[:min(len(worst), maxFindings)] {
		c.out.Findings = append(c.out.Findings, Finding{
			Rule: f.Rule.ID, Severity: f.Severity.String(), Path: f.Path, Line: f.Start.Line, Column: f.Start.Column,
			Message: head(f.Message.In(c.Book), 2000), Help: head(f.Help.In(c.Book), 2000), Before: f.Before,
		})
	}
}

// has reports whether the change brings a finding of one of these rules.
func (c *comparison) has(rules ...string) bool {
	return slices.ContainsFunc(c.Findings, func(f diag.Finding) bool { return !f.Before && slices.Contains(rules, f.Rule.ID) })
}

// seller returns the seller whose folder a path is in, or "".
func seller(name string) string {
	rest, ok := strings.CutPrefix(name, "content/sellers/")
	if !ok || !strings.Contains(rest, "/") {
		return ""
	}
	slug, _, _ := strings.Cut(rest, "/")
	return slug
}

// sellers returns the sellers whose folders the change touches.
func (c *comparison) sellers() (slugs []string) {
	for _, name := range c.Touched {
		if s := seller(name); s != "" && !slices.Contains(slugs, s) {
			slugs = append(slugs, s)
		}
	}
	return slugs
}

// maintainers returns who may change a seller's folder by the target's state.
func (c *comparison) maintainers(slug string) []string {
	if !c.Owners.HasSeller(slug) {
		if now := c.Owners.SellerOnce(slug); now != "" {
			slug = now
		}
	}
	return catalog.Handles(c.Owners.Maintainers(slug))
}
