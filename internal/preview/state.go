package preview

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
	"vitrine/internal/site"
)

// state is what a page asks about itself and the catalog after each save.
type state struct {
	Generation string    `json:"generation"` // of the site
	Files      string    `json:"files"`      // the last one in which a file was touched that pages refer to
	Stale      bool      `json:"stale"`      // the page cannot be made as it is now: the last good one stays
	Words      words     `json:"words"`
	Title      string    `json:"title"` // over the findings
	Hint       string    `json:"hint"`
	Failure    string    `json:"failure,omitempty"` // why there is no site: a theme that does not parse
	Findings   []finding `json:"findings"`          // the errors to show over the page
	Page       *pageInfo `json:"page"`              // of the entry whose page it is
}

// finding is one finding as vitrine check prints it.
type finding struct {
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Edit     string `json:"edit,omitempty"` // opens the editor there
}

// pageInfo is what a bar at the page's foot tells its author.
type pageInfo struct {
	Source   string    `json:"source"`
	Edit     string    `json:"edit"`
	Marks    []string  `json:"marks"` // Draft, Unpublished, …
	Shown    bool      `json:"shown"` // the site has a page of it
	Count    string    `json:"count"`
	Findings []finding `json:"findings"`
}

// maxShown is how many findings are shown at once.
const maxShown = 50

// state answers for the page at a path of the site.
func (p *Preview) state(w http.ResponseWriter, r *http.Request) {
	now := p.now.Load()
	s := state{
		Generation: strconv.Itoa(now.generation), Files: strconv.Itoa(now.files), Words: p.words, Findings: []finding{},
		Hint: diag.Say("This goes away by itself when the files are mended. Until then the last good page stays.").In(p.opt.Book),
	}
	name, _ := p.name(r.URL.Query().Get("path"))
	at := now.at(name)
	if now.failure != nil {
		s.Failure, s.Stale, s.Title = diag.Visible(now.failure.Error()), true, diag.Say("The site cannot be built").In(p.opt.Book)
	}
	errors := now.alarming(at)
	if len(errors) > 0 {
		s.Stale = true
		s.Title = diag.Plural(len(errors), "%d error", "%d errors").In(p.opt.Book)
		s.Findings = p.findings(errors)
	}
	if e := at.entry; e != nil {
		own := now.about(at)
		s.Page = &pageInfo{Source: e.Source, Edit: p.edit(e.Source, diag.Position{Line: 1, Column: 1}), Findings: p.findings(own), Marks: p.marks(e), Shown: now.unit(name) != nil}
		s.Page.Count = p.amount(own)
		if !s.Page.Shown && len(s.Page.Marks) > 0 {
			s.Page.Marks = append(s.Page.Marks, p.words.Hidden)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(s)
}

// entryOf returns the entry whose page a unit makes: its own, or the small one
// that it left.
func entryOf(u *site.Unit) *catalog.Entry {
	if u.Entry != nil {
		return u.Entry
	}
	return u.Gone
}

// amount says how many errors and warnings there are.
func (p *Preview) amount(of []diag.Finding) string {
	c := diag.Count(of)
	var parts []string
	if c.Errors > 0 {
		parts = append(parts, diag.Plural(c.Errors, "%d error", "%d errors").In(p.opt.Book))
	}
	if c.Warnings > 0 {
		parts = append(parts, diag.Plural(c.Warnings, "%d warning", "%d warnings").In(p.opt.Book))
	}
	return strings.Join(parts, ", ")
}

// marks says in a word each what buyers do not see of an entry.
func (p *Preview) marks(e *catalog.Entry) []string {
	out := []string{}
	switch {
	case e.Status == catalog.Draft:
		out = append(out, diag.Say("Draft").In(p.opt.Book))
	case e.Status == catalog.Unpublished:
		out = append(out, diag.Say("Unpublished").In(p.opt.Book))
	case e.PublishOn != "":
		out = append(out, diag.Say("Public from %s", string(e.PublishOn)).In(p.opt.Book))
	}
	return out
}

// alarming returns the errors that a page is covered for: those of its own
// entry, and those that the last save brought.
func (s *snapshot) alarming(at page) []diag.Finding {
	var out []diag.Finding
	for _, f := range s.Result.Findings {
		if f.Severity == diag.Error && (s.touches(f.Path) || at.has(f.Path)) {
			out = append(out, f)
		}
	}
	return out
}

// about returns the findings of what a page is made from.
func (s *snapshot) about(at page) []diag.Finding {
	var out []diag.Finding
	for _, f := range s.Result.Findings {
		if at.has(f.Path) {
			out = append(out, f)
		}
	}
	return out
}

// belongs reports whether a path is an entry's source, or a file in its folder.
func belongs(name, source string) bool {
	if name == source {
		return true
	}
	dir, ok := strings.CutSuffix(source, "/product.md")
	if !ok {
		dir, ok = strings.CutSuffix(source, "/showcase.md")
	}
	rest, in := strings.CutPrefix(name, dir+"/")
	return ok && in && !strings.Contains(rest, "/")
}

// findings prints findings as vitrine check does.
func (p *Preview) findings(of []diag.Finding) []finding {
	out := []finding{}
	for _, f := range of[:min(len(of), maxShown)] {
		var b strings.Builder
		_ = diag.Printer{Book: p.opt.Book, Lines: p.opt.Lines}.Print(&b, []diag.Finding{f})
		out = append(out, finding{Severity: f.Severity.String(), Text: strings.TrimRight(b.String(), "\n"), Edit: p.edit(f.Path, f.Start)})
	}
	return out
}

// edit returns a link that opens a file in the author's editor.
func (p *Preview) edit(name string, at diag.Position) string {
	abs, err := filepath.Abs(filepath.Join(p.opt.Dir, filepath.FromSlash(name)))
	if err != nil || p.opt.Editor == "" {
		return ""
	}
	// Each part of the path by itself: slashes stay.
	parts := strings.Split(filepath.ToSlash(abs), "/")
	for i := range parts {
		parts[i] = escapePath(parts[i])
	}
	return strings.NewReplacer("{path}", strings.Join(parts, "/"), "{line}", strconv.Itoa(max(1, at.Line)), "{column}", strconv.Itoa(max(1, at.Column))).Replace(p.opt.Editor)
}

// touches reports whether the last save touched a path.
func (s *snapshot) touches(name string) bool {
	return slices.ContainsFunc(s.touched, func(t string) bool { return name == t || strings.HasPrefix(name, t+"/") })
}
