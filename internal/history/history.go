// Package history reads what git knows of the catalog. It hides go-git.
package history

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// ErrShallow says that the clone does not have the whole history.
var ErrShallow = errors.New("the clone is shallow")

// ErrPartial says that the clone lacks files of earlier commits.
var ErrPartial = errors.New("the clone is partial")

// Record is what the history tells of a file. Dates are in UTC.
type Record struct {
	Changed   time.Time // the newest commit that touches it
	Published time.Time // of an entry: the first commit that has it published; zero where none has
}

// Entry is a file that is published by its status, as it is in the working tree.
type Entry struct {
	Path      string   // below the catalog's root
	Blob      [20]byte // git's hash of its bytes
	Published bool     // its status; it spares reading a version with the same bytes
}

// Read returns what the history of HEAD tells of each file below a folder of the
// catalog's root, and when each of the entries was first published. Paths are relative to the root. Outside a repository, or before the
// first commit, the map is nil. In a partial clone the error is ErrPartial, and
// the map has the dates of the changes alone.
//
// A file changed with the committer's date of the newest commit that touches it,
// merges left out, as git log -1 gives it.
//
// It is one walk over the commits that compares only the folder's trees: a log
// of each file would take minutes.
func Read(ctx context.Context, root, folder string, entries []Entry) (map[string]Record, error) {
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
	repo, closePacks, err := keepPacks(repo)
	if err != nil {
		return nil, fmt.Errorf("cannot read the git repository: %w", err)
	}
	defer closePacks()
	w := &walk{
		repo: repo, prefix: prefix, folder: folder, records: make(map[string]Record),
		trees: make(map[plumbing.Hash]plumbing.Hash), line: newLine(head.Hash(), entries),
	}
	if err := w.commits(ctx, head.Hash()); err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	err = w.line.publications(ctx, repo, entries, w.records)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return w.records, ErrPartial
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	return w.records, nil
}

// State is a text that stays the same as long as Read tells the same of the same
// entries: the commit that is checked out, and whether the clone has the history
// before it. It is "" outside a repository.
func State(root string) string {
	repo, err := open(root)
	if err != nil || repo == nil {
		return ""
	}
	head, err := repo.Head()
	if err != nil {
		return ""
	}
	shallow, err := repo.Storer.Shallow()
	return fmt.Sprint(head.Hash(), shallow, err)
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

// keepPacks opens the repository anew so that its packs stay open until the
// function that it returns is called. Opening them for each object is half of
// the time that a walk takes.
func keepPacks(repo *git.Repository) (*git.Repository, func(), error) {
	storage, ok := repo.Storer.(*filesystem.Storage)
	if !ok {
		return repo, func() {}, nil
	}
	kept := filesystem.NewStorageWithOptions(storage.Filesystem(), cache.NewObjectLRUDefault(), filesystem.Options{KeepDescriptors: true})
	repo, err := git.Open(kept, nil)
	return repo, func() { _ = kept.Close() }, err
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
