package history

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // git's own hash
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// Touched returns the paths, below the catalog's root and in order, of the
// files that the change adds, changes or deletes. A path outside of the
// catalog's root begins with "../".
//
// Below folder, what stands in the working tree counts, committed or not. Elsewhere, and for hidden files, what is
// committed counts: a working tree is full of files that are nobody's change.
// Of a change between two commits, what is committed counts everywhere.
func (b *Base) Touched(ctx context.Context, folder string) ([]string, error) {
	touched := make(map[string]bool)
	d := &differ{repo: b.repo}
	before, err := b.start.Tree()
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	after, err := b.head.Tree()
	if err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	if err := d.trees(before, after, ""); err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	committed := d.found
	d.found = nil
	for _, name := range committed {
		rel, err := filepath.Rel("/"+b.prefix, "/"+name)
		if err != nil {
			return nil, err
		}
		rel = filepath.ToSlash(rel)
		if b.alone || !strings.HasPrefix(rel, folder+"/") || hidden(rel) {
			touched[rel] = true
		}
	}
	if b.alone {
		return slices.Sorted(maps.Keys(touched)), nil
	}
	base := &object.Tree{}
	if e, err := before.FindEntry(path.Join(b.prefix, folder)); err == nil {
		if base, err = b.repo.TreeObject(e.Hash); err != nil {
			return nil, fmt.Errorf("cannot read the git history: %w", err)
		}
	}
	work, err := os.OpenRoot(b.root)
	if err != nil {
		return nil, fmt.Errorf("cannot read the catalog's root: %w", err)
	}
	defer work.Close()
	known := sync.OnceValue(func() *indexed { return readIndex(b.repo, b.prefix, folder) })
	go known() // while folders are listed
	node, err := hashFolder(ctx, work, folder, known)
	if err != nil {
		return nil, fmt.Errorf("cannot read the folder %s: %w", folder, err)
	}
	if err := d.working(work, node, base, folder); err != nil {
		return nil, fmt.Errorf("cannot read the git history: %w", err)
	}
	for _, name := range d.found {
		touched[name] = true
	}
	return slices.Sorted(maps.Keys(touched)), nil
}

// hidden reports whether the catalog passes over a path: one of its names
// begins with a dot or is an editor's copy.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, "~") {
			return true
		}
	}
	return false
}

// trees notes the files that differ between two commits' trees. Names are taken
// as they are: the library's own comparison fails for some.
func (d *differ) trees(before, after *object.Tree, dir string) error {
	old := make(map[string]object.TreeEntry, len(before.Entries))
	for _, e := range before.Entries {
		old[e.Name] = e
	}
	for _, e := range after.Entries {
		was, there := old[e.Name]
		delete(old, e.Name)
		if there && was.Hash == e.Hash && was.Mode == e.Mode {
			continue
		}
		name := path.Join(dir, e.Name)
		a, b := &object.Tree{}, &object.Tree{}
		var err error
		if there && was.Mode != filemode.Dir {
			d.found = append(d.found, name)
		} else if there {
			if a, err = d.repo.TreeObject(was.Hash); err != nil {
				return err
			}
		}
		if e.Mode != filemode.Dir {
			d.found = append(d.found, name)
		} else if b, err = d.repo.TreeObject(e.Hash); err != nil {
			return err
		}
		if err := d.trees(a, b, name); err != nil {
			return err
		}
	}
	for _, e := range old {
		if e.Mode != filemode.Dir {
			d.found = append(d.found, path.Join(dir, e.Name))
			continue
		}
		tree, err := d.repo.TreeObject(e.Hash)
		if err == nil {
			err = d.trees(tree, &object.Tree{}, path.Join(dir, e.Name))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// node is a file or a folder of the working tree with the hash that git would
// give it.
type node struct {
	hash   plumbing.Hash
	mode   filemode.FileMode
	inside map[string]*node // of a folder
}

// differ finds the files in which a working tree differs from a commit's.
type differ struct {
	repo  treeReader
	found []string
}

type treeReader interface {
	TreeObject(plumbing.Hash) (*object.Tree, error)
}

// working compares a folder of the working tree with a commit's.
func (d *differ) working(work *os.Root, now *node, before *object.Tree, dir string) error {
	if now.hash == hashOf(before) {
		return nil
	}
	old := make(map[string]object.TreeEntry, len(before.Entries))
	for _, e := range before.Entries {
		if hidden(e.Name) {
			continue
		}
		old[e.Name] = e
		if now.inside[e.Name] == nil {
			if err := d.gone(e, path.Join(dir, e.Name)); err != nil {
				return err
			}
		}
	}
	for name, n := range now.inside {
		e, was := old[name]
		name := path.Join(dir, name)
		switch {
		case was && e.Hash == n.hash:
		case n.mode == filemode.Dir:
			tree := &object.Tree{}
			if was && e.Mode == filemode.Dir {
				var err error
				if tree, err = d.repo.TreeObject(e.Hash); err != nil {
					return err
				}
			} else if was {
				d.found = append(d.found, name)
			}
			if err := d.working(work, n, tree, name); err != nil {
				return err
			}
		default:
			if was && e.Mode == filemode.Dir {
				if err := d.gone(e, name); err != nil {
					return err
				}
			} else if was && d.sameLines(work, name, e) {
				continue
			}
			d.found = append(d.found, name)
		}
	}
	return nil
}

// gone notes a file that the working tree lacks, or all files of a folder.
func (d *differ) gone(e object.TreeEntry, name string) error {
	if e.Mode != filemode.Dir {
		d.found = append(d.found, name)
		return nil
	}
	tree, err := d.repo.TreeObject(e.Hash)
	if err != nil {
		return err
	}
	for _, e := range tree.Entries {
		if hidden(e.Name) {
			continue
		}
		if err := d.gone(e, path.Join(name, e.Name)); err != nil {
			return err
		}
	}
	return nil
}

// sameLines reports whether a file differs from a commit's in nothing but its
// line ends: git itself makes them CR LF on Windows.
func (d *differ) sameLines(work *os.Root, name string, e object.TreeEntry) bool {
	data, err := work.ReadFile(name)
	if err != nil || !bytes.Contains(data, []byte("\r\n")) {
		return false
	}
	h := sha1.New() //nolint:gosec // git's own hash
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return plumbing.Hash(h.Sum(nil)) == e.Hash
}
