// Package history reads what git knows of the catalog. It hides go-git.
package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// ErrShallow says that the clone does not have the whole history.
var ErrShallow = errors.New("the clone is shallow")

// Changes returns when each file below a folder of the catalog's root last
// changed in the history of HEAD: the committer's date of the newest commit
// that touches it, merges left out, as git log -1 gives it. Paths are relative to
// the root. Outside a repository, or before the first commit, the map is nil.
//
// It is one walk over the commits that compares only the folder's trees: a log
// of each file would take minutes.
func Changes(ctx context.Context, root, folder string) (map[string]time.Time, error) {
	repo, err := open(root)
	if err != nil || repo == nil {
		return nil, err
	}
	if shallow, err := repo.Storer.Shallow(); err == nil && len(shallow) > 0 {
		return nil, ErrShallow
	}
	head, err := repo.Head()
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the git repository: %w", err)
	}
	prefix, err := below(repo, root, folder)
	if err != nil {
		return nil, err
	}
	commits, err := repo.Log(&git.LogOptions{From: head.Hash(), Order: git.LogOrderCommitterTime})
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	defer commits.Close()
	w := &walk{repo: repo, changes: make(map[string]time.Time)}
	for {
		c, err := commits.Next()
		if err == io.EOF {
			return w.changes, nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.commit(c, prefix, folder)
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read the git history: %w", err)
		}
	}
}

// open opens the repository that a folder is in; nil where it is in none.
func open(root string) (*git.Repository, error) {
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real // the repository is looked for above the folder itself, not above a link to it
	}
	repo, err := git.PlainOpenWithOptions(root, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if errors.Is(err, git.ErrRepositoryNotExists) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the git repository: %w", err)
	}
	return repo, nil
}

// below returns where the folder stands in the repository.
func below(repo *git.Repository, root, folder string) (string, error) {
	tree, err := repo.Worktree()
	if err != nil {
		return "", fmt.Errorf("cannot read the git repository: %w", err)
	}
	top, err := filepath.EvalSymlinks(tree.Filesystem.Root())
	if err != nil {
		return "", err
	}
	abs, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return "", err
	}
	rel, err := filepath.Rel(top, filepath.Join(abs, folder))
	return filepath.ToSlash(rel), err
}

type walk struct {
	repo    *git.Repository
	changes map[string]time.Time
}

// commit notes what one commit touches. Newer commits come first, so a file's
// first date stays.
func (w *walk) commit(c *object.Commit, prefix, folder string) error {
	if c.NumParents() > 1 {
		return nil
	}
	now, err := w.tree(c, prefix)
	if err != nil {
		return err
	}
	before := plumbing.ZeroHash
	if c.NumParents() == 1 {
		parent, err := c.Parent(0)
		if err != nil {
			return err
		}
		if before, err = w.tree(parent, prefix); err != nil {
			return err
		}
	}
	return w.compare(now, before, folder, c.Committer.When)
}

// tree returns the hash of a commit's folder, or the zero hash.
func (w *walk) tree(c *object.Commit, prefix string) (plumbing.Hash, error) {
	t, err := c.Tree()
	if err != nil {
		return plumbing.ZeroHash, err
	}
	e, err := t.FindEntry(prefix)
	if errors.Is(err, object.ErrEntryNotFound) || errors.Is(err, object.ErrDirectoryNotFound) {
		return plumbing.ZeroHash, nil
	}
	if err != nil {
		return plumbing.ZeroHash, err
	}
	return e.Hash, nil
}

// compare notes the files that differ between two trees.
func (w *walk) compare(now, before plumbing.Hash, folder string, when time.Time) error {
	if now == before || now.IsZero() {
		return nil
	}
	a, err := w.repo.TreeObject(now)
	if err != nil {
		return err
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
	for _, e := range a.Entries {
		o := old[e.Name]
		if o.Hash == e.Hash && o.Mode == e.Mode {
			continue
		}
		name := folder + "/" + e.Name
		if e.Mode.IsFile() {
			if _, seen := w.changes[name]; !seen {
				w.changes[name] = when
			}
			continue
		}
		if o.Mode.IsFile() {
			o.Hash = plumbing.ZeroHash
		}
		if err := w.compare(e.Hash, o.Hash, name, when); err != nil {
			return err
		}
	}
	return nil
}
