package history

import (
	"cmp"
	"context"
	"crypto/sha1" //nolint:gosec // git's own hash
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"golang.org/x/sync/errgroup"
)

// hashFolder hashes a folder of the working tree as git would: folders that are
// as they were are then told by one comparison. Files that known tells of are not
// read.
func hashFolder(ctx context.Context, work *os.Root, dir string, known func() *indexed) (*node, error) {
	top := &node{mode: filemode.Dir, inside: make(map[string]*node)}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	// The first two levels are listed here and what is below them is hashed in
	// parallel: content/sellers has a folder a seller.
	var folders []*node
	var list func(n *node, dir string, depth int) error
	list = func(n *node, dir string, depth int) error {
		in, err := work.OpenRoot(dir)
		if err != nil {
			return err
		}
		defer in.Close()
		entries, err := names(in)
		if err != nil {
			return err
		}
		folders = append(folders, n)
		for _, e := range entries {
			if hidden(e.Name()) {
				continue
			}
			below := &node{mode: filemode.Dir}
			n.inside[e.Name()] = below
			name := path.Join(dir, e.Name())
			if depth > 0 && e.IsDir() {
				below.inside = make(map[string]*node)
				if err := list(below, name, depth-1); err != nil {
					return err
				}
				continue
			}
			group.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				in, err := work.OpenRoot(dir)
				if err != nil {
					return err
				}
				defer in.Close()
				h := &hasher{sha: sha1.New(), known: known()}
				made, err := h.node(in, name, e)
				if err == nil {
					*below = *made
				}
				return err
			})
		}
		return nil
	}
	if err := list(top, dir, 1); err != nil {
		_ = group.Wait()
		return nil, err
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	h := &hasher{sha: sha1.New()}
	for _, n := range slices.Backward(folders) {
		n.hash = h.tree(n.inside)
	}
	return top, nil
}

// names lists a folder.
func names(dir *os.Root) ([]fs.DirEntry, error) {
	f, err := dir.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

type hasher struct {
	sha   hash.Hash
	known *indexed
	buf   [16 << 10]byte
}

// node hashes what a folder's entry is. Each folder is opened once: walking
// down the path for each file would take twice the time.
func (h *hasher) node(dir *os.Root, name string, e fs.DirEntry) (*node, error) {
	switch {
	case e.IsDir():
		in, err := dir.OpenRoot(e.Name())
		if err != nil {
			return nil, err
		}
		defer in.Close()
		entries, err := names(in)
		if err != nil {
			return nil, err
		}
		n := &node{mode: filemode.Dir, inside: make(map[string]*node, len(entries))}
		for _, e := range entries {
			if hidden(e.Name()) {
				continue
			}
			if n.inside[e.Name()], err = h.node(in, path.Join(name, e.Name()), e); err != nil {
				return nil, err
			}
		}
		n.hash = h.tree(n.inside)
		return n, nil
	case e.Type().IsRegular():
		return h.file(dir, name, e)
	case e.Type()&fs.ModeSymlink != 0:
		target, err := dir.Readlink(e.Name())
		if err != nil {
			return nil, err
		}
		h.begin("blob", int64(len(target)))
		io.WriteString(h.sha, target) //nolint:errcheck // a hash takes all
		return &node{mode: filemode.Symlink, hash: h.sum()}, nil
	}
	return &node{mode: filemode.Empty}, nil // a device, a FIFO: never opened
}

func (h *hasher) file(dir *os.Root, name string, e fs.DirEntry) (*node, error) {
	info, err := e.Info()
	if err != nil {
		return nil, err
	}
	n := &node{mode: filemode.Regular}
	if info.Mode()&0o100 != 0 {
		n.mode = filemode.Executable
	}
	if k, ok := h.known.of(name, info); ok {
		n.hash = k.Hash
		return n, nil
	}
	f, err := dir.Open(e.Name())
	if err != nil {
		return n, nil // not readable: the check says so, and it counts as touched
	}
	defer f.Close()
	h.begin("blob", info.Size())
	if _, err := io.CopyBuffer(struct{ io.Writer }{h.sha}, struct{ io.Reader }{f}, h.buf[:]); err != nil {
		return n, nil
	}
	n.hash = h.sum()
	return n, nil
}

func (h *hasher) begin(kind string, size int64) {
	h.sha.Reset()
	fmt.Fprintf(h.sha, "%s %d\x00", kind, size)
}

func (h *hasher) sum() (sum plumbing.Hash) {
	h.sha.Sum(sum[:0])
	return sum
}

// tree returns the hash of a folder: git sorts a folder's name as if it ended
// with a slash, and keeps no empty folders.
func (h *hasher) tree(inside map[string]*node) plumbing.Hash {
	type entry struct {
		sort, name string
		*node
	}
	entries := make([]entry, 0, len(inside))
	for name, n := range inside {
		if n.mode == filemode.Dir && n.hash.IsZero() {
			continue
		}
		sort := name
		if n.mode == filemode.Dir {
			sort += "/"
		}
		entries = append(entries, entry{sort, name, n})
	}
	if len(entries) == 0 {
		return plumbing.ZeroHash
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.sort, b.sort) })
	var tree []byte
	for _, e := range entries {
		tree = strconv.AppendUint(tree, uint64(e.mode), 8)
		tree = append(append(append(tree, ' '), e.name...), 0)
		tree = append(tree, e.hash[:]...)
	}
	h.begin("tree", int64(len(tree)))
	h.sha.Write(tree)
	return h.sum()
}
