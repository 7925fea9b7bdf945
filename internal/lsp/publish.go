package lsp

import (
	"encoding/json"
	"os"
	"path"
	"slices"

	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// maxPublished is how many files that are not open have their findings shown:
// an editor's list of more helps nobody.
const maxPublished = 500

// publish shows the findings of all files, and takes back those that are mended.
// What did not change since the last time is not sent again.
func (w *workspace) publish(r *check.Result, open map[string]*document) {
	all := make(map[string][]diagnostic)
	texts := w.reader(open)
	others := 0
	for found := r.Findings; len(found) > 0; {
		name := found[0].Path
		n := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Path != name })
		if n < 0 {
			n = len(found)
		}
		at := w.shownAt(name)
		if open[at] == nil {
			if others++; others > maxPublished {
				found = found[n:]
				continue
			}
		}
		all[at] = append(all[at], w.diagnostics(found[:n], texts)...)
		found = found[n:]
	}
	for at := range open {
		if all[at] == nil {
			all[at] = []diagnostic{}
		}
	}
	for at := range w.published {
		if all[at] == nil {
			all[at] = []diagnostic{}
		}
	}
	for at, found := range all {
		p := publishParams{URI: w.uri(at, open), Diagnostics: found}
		if d := open[at]; d != nil {
			p.Version = &d.version
		}
		sent, err := json.Marshal(p)
		if err != nil || w.published[at] == string(sent) || w.ctx.Err() != nil {
			continue
		}
		if err := w.s.rpc.Notify(w.ctx, "textDocument/publishDiagnostics", p); err == nil {
			w.published[at] = string(sent)
		}
		if len(found) == 0 && open[at] == nil {
			delete(w.published, at)
		}
	}
}

// takeBack takes back all findings: the editor lets go of the catalog.
func (w *workspace) takeBack() {
	for at := range w.published {
		_ = w.s.rpc.Notify(w.s.ctx, "textDocument/publishDiagnostics", publishParams{URI: w.uri(at, nil), Diagnostics: []diagnostic{}})
	}
}

// shownAt is the file at which findings of a path are shown. Those of a folder
// are shown at its entry, since no editor opens folders.
func (w *workspace) shownAt(name string) string {
	if path.Ext(name) != "" {
		return name
	}
	for _, entry := range []string{"product.md", "showcase.md"} {
		if kind, ok := content.KindOf(path.Join(name, entry)); ok && kind != content.CatalogFile {
			if _, err := os.Lstat(w.file(path.Join(name, entry))); err == nil {
				return path.Join(name, entry)
			}
		}
	}
	return name
}

// reader returns texts of files as the check has seen them.
func (w *workspace) reader(open map[string]*document) func(name string) text {
	known := make(map[string]text)
	return func(name string) text {
		if d := open[name]; d != nil {
			return d.text
		}
		t, ok := known[name]
		if _, entry := content.KindOf(name); !ok && entry {
			data, _ := os.ReadFile(w.file(name)) //nolint:gosec // a file that was checked
			t = text(data)
			known[name] = t
		}
		return t
	}
}

// uri is that of a file: the editor's own where it is open.
func (w *workspace) uri(name string, open map[string]*document) string {
	if d := open[name]; d != nil {
		return d.uri
	}
	return uriOf(w.file(name))
}

// unneeded are the rules that find what may be deleted: editors fade it.
var unneeded = map[string]bool{"item-duplicate": true, "key-duplicate": true, "waiver-unused": true, "file-unused": true}

func (w *workspace) diagnostics(found []diag.Finding, texts func(string) text) []diagnostic {
	s := w.s
	out := make([]diagnostic, 0, len(found))
	for _, f := range found {
		d := diagnostic{
			Range: texts(f.Path).rangeOf(f.Span, s.encoding), Severity: 1, Code: f.Rule.ID, Source: "vitrine",
			Message: s.say(f.Message),
		}
		if f.Severity == diag.Warning {
			d.Severity = 2
		}
		if !f.Help.IsZero() {
			d.Message += "\n" + s.book.Phrase("help:") + " " + s.say(f.Help)
		}
		if unneeded[f.Rule.ID] {
			d.Tags = []int{tagUnnecessary}
		}
		for _, n := range f.Related {
			d.Related = append(d.Related, related{
				location{w.uriOf(w.shownAt(n.Path)), texts(n.Path).rangeOf(n.Span, s.encoding)}, s.say(n.Message),
			})
		}
		out = append(out, d)
	}
	return out
}
