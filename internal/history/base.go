package history

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// Base is what a change is judged against: the commit that it started from.
type Base struct {
	Ref    string // as it was named, "origin/main"
	Commit string // the commit's hash, abbreviated
	Behind bool   // Ref has commits that the change does not have

	repo   *git.Repository
	root   string // the catalog's root
	prefix string // of the catalog's root in the repository, "" or "shop"
	start  *object.Commit
	tip    *object.Commit
	head   *object.Commit
	alone  bool // head alone is the state that is compared, not what is checked out
}

// ErrNoRepository says that the catalog is in no git repository.
var ErrNoRepository = errors.New("the catalog is not in a git repository: a change is compared with a commit of one")

// OpenBase finds the commit that the checked out state of the catalog at root
// started from: where it left ref, as git merge-base tells. Its errors say what
// to do: a ref that is not here, a history that is cut off or not shared.
func OpenBase(root, ref string) (*Base, error) { return OpenChange(root, ref, "") }

// OpenChange is OpenBase for the state of a commit that git knows as head; "" is
// what is checked out.
func OpenChange(root, ref, head string) (*Base, error) {
	repo, err := open(root)
	if err != nil {
		return nil, err
	}
	if repo == nil {
		return nil, ErrNoRepository
	}
	shallow, err := repo.Storer.Shallow()
	if err != nil {
		return nil, fmt.Errorf("cannot read the git repository: %w", err)
	}
	cut := len(shallow) > 0
	b := &Base{Ref: ref, repo: repo, root: root, alone: head != ""}
	out, err := repo.Head()
	if err != nil {
		return nil, errors.New("the git repository has no commit yet: make one, then compare with it")
	}
	if b.alone {
		b.head, err = named(repo, head, cut)
	} else if b.head, err = repo.CommitObject(out.Hash()); err != nil {
		err = fmt.Errorf("cannot read the git repository: %w", err)
	}
	if err != nil {
		return nil, err
	}
	if b.tip, err = named(repo, ref, cut); err != nil {
		return nil, err
	}
	starts, err := b.head.MergeBase(b.tip)
	switch {
	case len(starts) > 0: // several where branches were merged crosswise: any of them is a common ancestor
		b.start = starts[0]
	case cut:
		return nil, fmt.Errorf("the clone is shallow, so it is not known where this change left %s: fetch the whole history (git fetch --unshallow; in CI, fetch-depth: 0)", ref)
	case err != nil:
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	case b.alone:
		return nil, fmt.Errorf("%s and %s have no history in common", ref, head)
	default:
		return nil, fmt.Errorf("%s and the checked out commit have no history in common", ref)
	}
	b.Commit = b.start.Hash.String()[:12]
	b.Behind = b.start.Hash != b.tip.Hash
	if b.prefix, err = below(repo, root, "."); err != nil {
		return nil, err
	}
	if b.prefix == "." {
		b.prefix = ""
	}
	return b, nil
}

// named resolves a name, or says what to do about it.
func named(repo *git.Repository, ref string, cut bool) (*object.Commit, error) {
	if strings.Contains(ref, "@{") { // the library takes HEAD@{1} for HEAD
		return nil, fmt.Errorf("%q cannot be resolved here: write the hash that git rev-parse '%s' tells", ref, ref)
	}
	c, err := commitOf(repo, ref)
	if err != nil {
		return nil, unknownRef(repo, ref, cut)
	}
	return c, nil
}

// commitOf resolves a name: a branch, a tag, a hash, HEAD~1.
func commitOf(repo *git.Repository, ref string) (*object.Commit, error) {
	hash, err := repo.ResolveRevision(plumbing.Revision(ref))
	if err != nil {
		return nil, err
	}
	return repo.CommitObject(*hash)
}

// unknownRef says what to do about a name that means no commit here.
func unknownRef(repo *git.Repository, ref string, cut bool) error {
	remote := path.Join("origin", ref)
	switch _, err := commitOf(repo, remote); {
	case err == nil:
		return fmt.Errorf("there is no commit %q here: did you mean %s?", ref, remote)
	case cut:
		return fmt.Errorf("there is no commit %q here, and the clone is shallow: fetch the whole history (git fetch --unshallow; in CI, fetch-depth: 0)", ref)
	}
	return fmt.Errorf("there is no commit %q here: name a branch, a tag or a hash that git knows, or fetch it (git fetch origin)", ref)
}

// Files is the catalog's root as it was at the commit compared with.
func (b *Base) Files() (*Tree, error) { return b.tree(b.start) }

// Tip is the catalog's root as it is at Ref now, which may be newer.
func (b *Base) Tip() (*Tree, error) { return b.tree(b.tip) }

// Head is the catalog's root as it is at the commit that the change leads to.
func (b *Base) Head() (*Tree, error) { return b.tree(b.head) }

// Elsewhere returns the paths below the catalog's root, within a folder, in which
// what is checked out differs from the commit that the change leads to.
func (b *Base) Elsewhere(ctx context.Context, folder string) ([]string, error) {
	out := &Base{repo: b.repo, root: b.root, prefix: b.prefix, start: b.head, head: b.head}
	return out.Touched(ctx, folder)
}

// HeadCommit is the hash of that commit, abbreviated; "" where what is checked
// out is compared, committed or not.
func (b *Base) HeadCommit() string {
	if !b.alone {
		return ""
	}
	return b.head.Hash.String()[:12]
}

// Moved returns those of the paths, below the catalog's root, that Ref has
// changed since the commit that the change began from.
func (b *Base) Moved(touched []string) ([]string, error) {
	if !b.Behind {
		return nil, nil
	}
	start, err := b.start.Tree()
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	tip, err := b.tip.Tree()
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	var moved []string
	for _, name := range touched {
		at := path.Join(b.prefix, name)
		was, wasErr := start.FindEntry(at)
		now, nowErr := tip.FindEntry(at)
		if (wasErr == nil) != (nowErr == nil) || wasErr == nil && was.Hash != now.Hash {
			moved = append(moved, name)
		}
	}
	return moved, nil
}

func (b *Base) tree(c *object.Commit) (*Tree, error) {
	t, err := c.Tree()
	if err == nil && b.prefix != "" {
		t, err = t.Tree(b.prefix)
		if errors.Is(err, object.ErrDirectoryNotFound) {
			t, err = &object.Tree{}, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	return &Tree{repo: b.repo, root: t}, nil
}
