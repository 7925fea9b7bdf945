package history

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// walk goes over the commits, the newer ones first.
type walk struct {
	repo    *git.Repository
	prefix  string                          // the folder in the repository
	folder  string                          // the folder in the catalog's root
	records map[string]Record               // by the path below the catalog's root
	trees   map[plumbing.Hash]plumbing.Hash // commit that comes later to its folder's tree
	line    *line
}

func (w *walk) commits(ctx context.Context, head plumbing.Hash) error {
	commits, err := w.repo.Log(&git.LogOptions{From: head, Order: git.LogOrderCommitterTime})
	if err != nil {
		return err
	}
	defer commits.Close()
	for {
		c, err := commits.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.commit(c)
		}
		if err != nil {
			return err
		}
	}
}

// commit notes what one commit touches.
func (w *walk) commit(c *object.Commit) error {
	step := step{when: c.Committer.When.UTC(), merge: c.NumParents() > 1, line: w.line.has(c)}
	if step.merge && !step.line {
		return nil
	}
	now, known := w.trees[c.Hash]
	delete(w.trees, c.Hash)
	if !known {
		var err error
		if now, err = w.tree(c); err != nil {
			return err
		}
	}
	before := plumbing.ZeroHash
	if c.NumParents() > 0 {
		parent, err := c.Parent(0)
		if err != nil {
			return err
		}
		if before, err = w.tree(parent); err != nil {
			return err
		}
		w.trees[parent.Hash] = before
	}
	if err := w.compare(now, before, w.folder, &step); err != nil {
		return err
	}
	return w.line.follow(w.repo, &step)
}

// tree returns the hash of a commit's folder, or the zero hash.
func (w *walk) tree(c *object.Commit) (plumbing.Hash, error) {
	t, err := c.Tree()
	if err != nil {
		return plumbing.ZeroHash, err
	}
	e, err := t.FindEntry(w.prefix)
	if errors.Is(err, object.ErrEntryNotFound) || errors.Is(err, object.ErrDirectoryNotFound) {
		return plumbing.ZeroHash, nil
	}
	if err != nil {
		return plumbing.ZeroHash, err
	}
	return e.Hash, nil
}

// step is what one commit does to the folder.
type step struct {
	when  time.Time
	merge bool
	line  bool    // it is on the line of publications
	added []place // entries that it adds
	gone  []place // files and folders that it deletes or replaces
}

// place is a file or a folder at a path below the catalog's root.
type place struct {
	path string
	object.TreeEntry
}

// compare notes the files that differ between two trees.
func (w *walk) compare(now, before plumbing.Hash, folder string, s *step) error {
	if now == before {
		return nil
	}
	old := make(map[string]object.TreeEntry)
	if !before.IsZero() {
		b, err := w.repo.TreeObject(before)
		if err != nil {
			return err
		}
		for _, e := range b.Entries {
			old[e.Name] = e
		}
	}
	a := &object.Tree{}
	if !now.IsZero() {
		var err error
		if a, err = w.repo.TreeObject(now); err != nil {
			return err
		}
	}
	for _, e := range a.Entries {
		o, was := old[e.Name]
		name := folder + "/" + e.Name
		if was && o.Mode.IsFile() == e.Mode.IsFile() {
			delete(old, e.Name) // what stays in old is gone
		}
		if was && o.Hash == e.Hash && o.Mode == e.Mode {
			continue
		}
		if e.Mode.IsFile() {
			if _, seen := w.records[name]; !seen && !s.merge {
				w.records[name] = Record{Changed: s.when}
			}
			if s.line {
				w.line.note(place{name, e}, was && o.Mode.IsFile(), s)
			}
			continue
		}
		if o.Mode.IsFile() {
			o.Hash = plumbing.ZeroHash
		}
		if err := w.compare(e.Hash, o.Hash, name, s); err != nil {
			return err
		}
	}
	if s.line {
		for _, e := range old {
			s.gone = append(s.gone, place{folder + "/" + e.Name, e})
		}
	}
	return nil
}
