package lsp

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"vitrine/internal/content"
)

// document returns an open document, or nil.
func (s *server) document(uri string) *document {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.documents[uri]
}

// workspace returns the workspace of a root folder, a new one where there is
// none yet; nil without a root. The lock is held.
func (s *server) workspace(root string) *workspace {
	if root == "" {
		return nil
	}
	w := s.workspaces[root]
	if w == nil {
		w = newWorkspace(s, root)
		s.workspaces[root] = w
		s.group.Go(w.run)
	}
	return w
}

// place tells which workspace a file is of, and its path there. The lock is held.
func (s *server) place(name string) (w *workspace, rel string) {
	if name == "" {
		return nil, ""
	}
	if w = s.workspace(rootOf(filepath.Dir(name))); w == nil {
		return nil, ""
	}
	rel, _ = below(w.dir, name)
	return w, rel
}

func (s *server) didOpen(_ context.Context, params string) (any, error) {
	var p documentParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	t := p.TextDocument
	s.mu.Lock()
	defer s.mu.Unlock()
	s.admit(&document{uri: t.URI, version: t.Version, text: text(t.Text)})
	return nil, nil
}

// admit has a document among those that are open, in the catalog it is of, if there
// is one. The lock is held.
func (s *server) admit(d *document) {
	if w, rel := s.place(pathOf(d.uri)); w != nil {
		if kind, ok := content.KindOf(rel); ok {
			d.in, d.path, d.kind = w, rel, kind
		}
	}
	s.documents[d.uri] = d
	d.touch()
}

// admitAgain looks for the catalogs of documents that have none: their catalog.yaml
// may have come. The lock is held.
func (s *server) admitAgain() {
	for _, d := range s.documents {
		if d.in == nil {
			own := *d
			s.admit(&own)
		}
	}
}

func (s *server) didChange(_ context.Context, params string) (any, error) {
	var p changeParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.documents[p.TextDocument.URI]; d != nil {
		d = d.change(&p, s.encoding)
		s.documents[d.uri] = d
		d.touch()
	}
	return nil, nil
}

// touch has the document checked again.
func (d *document) touch() {
	if d.in != nil {
		d.in.touch(d.path)
	}
}

// didSave looks at the whole folder again: files may have come beside the entry,
// and not every editor watches them.
func (s *server) didSave(_ context.Context, params string) (any, error) {
	var p documentParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch d := s.documents[p.TextDocument.URI]; {
	case d == nil:
	case d.in == nil:
		s.admitAgain()
	default:
		d.in.touch(d.path)
		if d.kind == content.SellerEntry || d.kind == content.ProductEntry {
			d.in.touch(path.Dir(d.path))
		}
	}
	return nil, nil
}

// didClose goes back to what is on the disk.
func (s *server) didClose(_ context.Context, params string) (any, error) {
	var p documentParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.documents[p.TextDocument.URI]; d != nil {
		delete(s.documents, d.uri)
		d.touch()
	}
	return nil, nil
}

func (s *server) didChangeWatchedFiles(_ context.Context, params string) (any, error) {
	var p watchedParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range p.Changes {
		name := pathOf(c.URI)
		if strings.HasSuffix(filepath.ToSlash(name), "/"+content.CatalogPath) {
			s.admitAgain()
		}
		for root, w := range s.workspaces {
			if rel, inside := below(root, name); name != "" && inside && (strings.HasPrefix(rel, "content") || strings.HasPrefix(rel, "i18n")) {
				w.touch(rel)
			}
		}
	}
	return nil, nil
}

func (s *server) didChangeWorkspaceFolders(_ context.Context, params string) (any, error) {
	var p foldersParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range p.Event.Added {
		if name := pathOf(f.URI); name != "" {
			s.workspace(rootOf(name))
		}
	}
	for _, f := range p.Event.Removed {
		s.forget(pathOf(f.URI))
	}
	return nil, nil
}

// forget lets go of the catalogs in a folder, unless a file of them is open.
// The lock is held.
func (s *server) forget(folder string) {
	for root, w := range s.workspaces {
		if _, inside := below(folder, root); folder == "" || !inside {
			continue
		}
		open := false
		for _, d := range s.documents {
			open = open || d.in == w
		}
		if !open {
			w.stop()
			delete(s.workspaces, root)
		}
	}
}

func lower(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "-")) }

func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}
