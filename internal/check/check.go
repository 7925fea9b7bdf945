// Package check holds the rules: what entries must say, alone and together.
// Package content has reported what is wrong with their form already.
//
// A rule is a diag.Rule declared beside the function that enforces it. Rules
// of one entry are called while its document is at hand (entryRules); rules of
// the whole catalog run afterwards on what remained (catalogRules).
package check

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Result is a checked catalog.
type Result struct {
	Catalog     *catalog.Catalog
	Findings    []diag.Finding // in the order of their places
	Files       int            // source files read
	Waived      int            // findings that catalog.yaml lets pass
	Words       *i18n.Set      // as given to Run
	Texts       *Texts         // as given to Run
	Unpublishes bool           // with a base: the change does nothing but unpublish
	Was         *Was           // with a base: the catalog as it was
	Broken      bool           // catalog.yaml cannot be read: nothing else was, and nothing can be built

	// Of a run that asked the cloud.
	OMIs      []OMI                      // that were looked at
	Known     map[string]map[string]bool // by Region, the product codes that were asked for, and whether it knows them
	Unchecked []Unchecked                // what could not be asked: neither passed nor failed

	loader *loader
	tree   *content.Tree
	judged []diag.Finding // what the rules of the catalog found
	marked bool           // some entries are marked as faulty
}

// Counts are the figures of the run.
func (r *Result) Counts() diag.Counts {
	c := diag.Count(r.Findings)
	c.Files, c.Waived = r.Files, r.Waived
	for _, u := range r.Unchecked {
		c.Unchecked += len(u.OMIs)
	}
	return c
}

// Options are the choices of Run.
type Options struct {
	Today catalog.Date   // for dates that end, such as a waiver's
	Words *i18n.Set      // the languages' own names head the sections of texts
	Base  *Base          // what the catalog is compared with; nil for nothing
	Cache *content.Cache // what is known of entries from runs before, or nil
	Texts *Texts         // takes what texts look like, for a build; nil where nobody wants it

	Online *Online // asks the cloud; nil: nothing is asked

	// Progress is told how many entries were read, and of how many; when all of them
	// were, the rules of the catalog run. It may be nil.
	Progress func(done, total int)
}

// Run loads and checks a whole catalog. Entries with errors are marked as
// faulty.
func Run(ctx context.Context, root *content.Root, opt Options) (*Result, error) {
	l := newLoader(opt.Words)
	l.texts = opt.Texts
	load := l.options()
	load.Cache = opt.Cache
	load.Progress = opt.Progress
	tree, err := content.Load(ctx, root, load)
	if err != nil {
		return nil, err
	}
	return l.check(ctx, root, tree, opt, nil)
}

// Keep keeps what is known of the entries for later runs.
func (r *Result) Keep(cache *content.Cache) error { return cache.Save(r.tree) }

// Again checks the catalog once more after some of its files were touched:
// paths below its root, files or folders. It equals Run, and reads only what
// was touched. Sellers that nothing changed of are the same in both catalogs, and
// so are the pages. r stays as it is.
func (r *Result) Again(ctx context.Context, root *content.Root, touched []string, opt Options) (*Result, error) {
	if r.Broken || r.Words != opt.Words || slices.Contains(touched, content.CatalogPath) {
		return Run(ctx, root, opt) // every entry was judged by other settings
	}
	before := *r.tree
	before.Catalog = r.Catalog
	tree, err := before.Again(ctx, root, touched, r.loader.options())
	if err != nil {
		return nil, err
	}
	return r.loader.check(ctx, root, tree, opt, r)
}

// check lets the rules of the catalog run, unless they would find again what
// they found before; before may be nil.
func (l *loader) check(ctx context.Context, root *content.Root, tree *content.Tree, opt Options, before *Result) (*Result, error) {
	r := &Result{Catalog: tree.Catalog, Files: tree.Files, Words: opt.Words, Texts: l.texts, loader: l, tree: tree}
	if tree.Settings.Front == nil {
		r.Findings, r.Broken = diag.Sort(tree.Findings), true
		return r, nil
	}
	p := l.pass(root, tree)
	p.today = opt.Today
	var was *catalogPass
	if opt.Base != nil {
		var err error
		if was, err = opt.Base.pass(ctx, l, tree); err != nil {
			return nil, err
		}
		p.was = was.catalog
	}
	if before != nil && was == nil && before.judges(tree.Catalog) {
		r.judged = before.judged
	} else {
		r.judged = p.judge()
	}
	p.found = append(p.found, r.judged...)
	if p.online = opt.Online != nil; p.online {
		if err := p.askCloud(ctx, r, opt.Online); err != nil {
			return nil, err
		}
	}
	if was != nil {
		r.Unpublishes, r.Was = change(p, was, opt)
	}
	r.Findings, r.Waived = applySettings(p, opt.Today)
	markFaulty(r, before != nil && before.marked)
	if was != nil {
		r.Findings = opt.Base.compare(r.Findings, was, opt.Today)
	}
	r.Findings = diag.Cut(r.Findings)
	return r, nil
}

// loader reads entries and lets their rules run. It knows the settings as soon
// as they are read.
type loader struct {
	words    *i18n.Set
	settings *catalog.Settings
	unknown  []string // languages of catalog.yaml that nothing is known of
	code     func() *regexp.Regexp
	texts    *Texts
	// inspected are the files that were looked into; see inspection
	inspected sync.Map
}

func newLoader(words *i18n.Set) *loader {
	l := &loader{words: words}
	l.code = sync.OnceValue(func() *regexp.Regexp {
		form, err := regexp.Compile(l.settings.Codes.Pattern)
		if err != nil || l.settings.Codes.Pattern == "" {
			return nil // reported at catalog.yaml
		}
		return form
	})
	return l
}

func (l *loader) options() content.Options {
	return content.Options{Settings: func(s *catalog.Settings) {
		l.settings = s
		s.Languages = slices.DeleteFunc(slices.Clone(s.Languages), func(tag string) bool {
			strange := l.words.Get(tag) == nil
			if strange {
				l.unknown = append(l.unknown, tag)
			}
			return strange
		})
	}, Visit: func(d *content.Document) {
		p := &entryPass{Document: d, settings: l.settings, words: l.words, code: l.code, texts: l.texts, inspected: &l.inspected}
		for _, rule := range entryRules {
			rule(p)
		}
	}}
}

// pass is for the rules of a catalog that was loaded.
func (l *loader) pass(root *content.Root, t *content.Tree) *catalogPass {
	return &catalogPass{
		root: root, catalog: t.Catalog, settings: t.Settings, words: l.words, unknown: l.unknown, found: t.Findings,
		prices: t.Prices, documents: make(map[*catalog.Entry]*content.Document),
	}
}

// entryRules are the rules of one entry.
var entryRules = []func(*entryPass){
	categories, regions, versions, codes, offers, statuses, accounts, contacts, files, frontTexts, body, frenchTypography, unusedFiles,
}

// catalogRules are the rules of the catalog as a whole.
var catalogRules = []func(*catalogPass){
	settings, settingsTexts, showcaseStatus, references, driftMarkers, siteLinks, named, uniqueCodes, uniqueOMIs, aliases, slugs, navigation, prices,
}

// entryPass is what the rules of one entry work with.
type entryPass struct {
	*content.Document
	settings *catalog.Settings
	words    *i18n.Set
	code     func() *regexp.Regexp // the form of product codes; nil where none is asked for
	used     map[string]bool       // files that the entry refers to
	missed   []string              // names that it gives and that no file has
	unread   bool                  // its text was not looked at
	texts    *Texts                // takes what it looks like, or nil

	typos     typos
	inspected *sync.Map // of the run's files: inspection to width and height
}

// report adds a finding at a value of the front matter.
func (p *entryPass) report(rule *diag.Rule, at []any, help diag.Text, message string, args ...any) *diag.Finding {
	return p.Report(rule, p.At(at...), help, message, args...)
}

// catalogPass is what the rules of the catalog work with.
type catalogPass struct {
	root      *content.Root
	catalog   *catalog.Catalog
	settings  *content.Document // catalog.yaml
	words     *i18n.Set
	unknown   []string         // languages of catalog.yaml that nothing is known of
	was       *catalog.Catalog // what it is compared with, or nil
	today     catalog.Date
	prices    []content.PriceFile
	online    bool              // the cloud was asked
	moved     map[string]string // of a catalog as it was: folders of entries that were renamed, and where they are now
	found     []diag.Finding
	documents map[*catalog.Entry]*content.Document // read again for their places
}

// judge lets the rules of the catalog run, side by side: each looks at every
// entry, and a preview waits for them at every save.
func (p *catalogPass) judge() (found []diag.Finding) {
	passes := make([]*catalogPass, len(catalogRules))
	var group sync.WaitGroup
	for i, rule := range catalogRules {
		own := *p
		own.found, own.documents = nil, make(map[*catalog.Entry]*content.Document)
		passes[i] = &own
		group.Go(func() { rule(&own) })
	}
	group.Wait()
	for _, own := range passes {
		found = append(found, own.found...)
	}
	return found
}

// document reads an entry again, for the places of its values.
func (p *catalogPass) document(e *catalog.Entry) *content.Document {
	d, ok := p.documents[e]
	if !ok {
		d = p.root.Reopen(e)
		p.documents[e] = d
	}
	return d
}

// span returns the place of a value of an entry.
func (p *catalogPass) span(e *catalog.Entry, at ...any) diag.Span {
	if d := p.document(e); d != nil {
		return d.At(at...)
	}
	return diag.Span{Path: e.Source}
}

// source returns the place of a link in an entry's text.
func (p *catalogPass) source(e *catalog.Entry, l catalog.Link) diag.Span {
	if d := p.document(e); d != nil {
		return d.Source.Span(l.From, l.End)
	}
	return diag.Span{Path: e.Source}
}

// report adds a finding at a value of an entry.
func (p *catalogPass) report(rule *diag.Rule, e *catalog.Entry, at []any, help diag.Text, message string, args ...any) *diag.Finding {
	return p.reportAt(rule, e, p.span(e, at...), help, message, args...)
}

func (p *catalogPass) reportAt(rule *diag.Rule, e *catalog.Entry, at diag.Span, help diag.Text, message string, args ...any) *diag.Finding {
	d := &content.Document{}
	f := d.Report(rule, at, help, message, args...)
	if rule.Lack && e != nil && e.Status == catalog.Draft {
		f.Severity = diag.Warning
	}
	p.found = append(p.found, *f)
	return &p.found[len(p.found)-1]
}

// markFaulty marks the entries with errors, in their own file or in one of
// their folder, so that they are never rendered. marked says that some are marked
// already, by a check before.
func markFaulty(r *Result, marked bool) {
	faulty := make(map[string]bool)
	for _, f := range r.Findings {
		if f.Severity == diag.Error {
			faulty[f.Path] = true
			if !strings.HasSuffix(f.Path, ".md") {
				faulty[path.Dir(f.Path)] = true
			}
		}
	}
	if len(faulty) == 0 && !marked {
		return
	}
	r.marked = len(faulty) > 0
	r.Catalog = r.Catalog.With(func(e *catalog.Entry) (catalog.Entry, bool) {
		own := *e
		own.Faulty = faulty[e.Source] || strings.HasPrefix(e.Source, "content/sellers/") && faulty[path.Dir(e.Source)]
		return own, own.Faulty != e.Faulty
	}, nil)
}
