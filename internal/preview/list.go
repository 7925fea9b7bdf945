package preview

import (
	"bytes"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// own pages of the preview: the list of entries, and two languages beside each
// other.
var ownPages = template.Must(template.New("").ParseFS(assets, "assets/*.html"))

// row is an entry in the list.
type row struct {
	Source   string
	Edit     template.URL // of the editor's own scheme
	Status   string
	Href     string // its page, or ""
	Side     string // its languages side by side, or ""
	Findings string // how many; "" for none
	Faulty   bool
	hidden   bool
}

// list shows every entry with its state: those with findings first.
func (p *Preview) list(w http.ResponseWriter) {
	now := p.now.Load()
	found := make(map[string][]diag.Finding)
	for _, f := range now.Result.Findings {
		found[f.Path] = append(found[f.Path], f)
	}
	pages := make(map[string]string) // source to the first of its pages
	for _, u := range now.site.Units() {
		if e := entryOf(&u); e != nil && pages[e.Source] == "" {
			pages[e.Source] = now.site.Base() + strings.TrimSuffix(u.Paths[0], "index.html")
		}
	}
	var rows []row
	for e := range now.Result.Catalog.Entries {
		r := row{Source: e.Source, Edit: template.URL(p.edit(e.Source, diag.Position{})), //nolint:gosec // made by edit, which escapes the path
			Status: p.status(e), Href: pages[e.Source], Faulty: e.Faulty, hidden: len(p.marks(e)) > 0}
		if r.Href != "" {
			r.Side = "side?path=" + template.URLQueryEscaper(r.Href)
		}
		if own := found[e.Source]; len(own) > 0 {
			r.Findings = p.amount(own)
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return rank(a) - rank(b) })
	p.page(w, "list.html", struct {
		words
		Top  string
		Base string
		Rows []row
	}{p.words, now.site.Base(), now.site.Base() + own, rows})
}

// status says what buyers see of an entry.
func (p *Preview) status(e *catalog.Entry) string {
	if marks := p.marks(e); len(marks) > 0 {
		return marks[0]
	}
	if e.Status == "" {
		return ""
	}
	return diag.Say("Published").In(p.opt.Book)
}

// rank puts what needs its author's eye first.
func rank(r row) int {
	switch {
	case r.Faulty:
		return 0
	case r.Findings != "":
		return 1
	case r.hidden:
		return 2
	}
	return 3
}

// side shows a page in two or more languages beside each other, for a
// translator.
func (p *Preview) side(w http.ResponseWriter, r *http.Request) {
	now := p.now.Load()
	base := now.site.Base()
	address, _ := strings.CutPrefix(r.URL.Query().Get("path"), base)
	languages := now.Result.Catalog.Languages
	_, rest, ok := strings.Cut(address, "/")
	if name, _ := p.name(base + address); !ok || now.unit(name) == nil {
		http.Error(w, "there is no such page", http.StatusNotFound)
		return
	}
	type pane struct{ Tag, Href string }
	var panes []pane
	for _, tag := range languages {
		panes = append(panes, pane{tag, base + tag + "/" + rest})
	}
	p.page(w, "side.html", struct {
		words
		Base  string
		Panes []pane
	}{p.words, base + own, panes})
}

func (p *Preview) page(w http.ResponseWriter, name string, data any) {
	var b bytes.Buffer
	if err := ownPages.ExecuteTemplate(&b, name, data); err != nil {
		p.opt.Log("%s: %v", name, err)
		http.Error(w, "this page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'none'")
	_, _ = w.Write(b.Bytes())
}
