package history

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"sync"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// Tree is a folder of a commit as a file system. Symbolic links and submodules
// are listed as what they are, and cannot be opened.
type Tree struct {
	repo *git.Repository
	root *object.Tree
	lock sync.Mutex // go-git's objects are not for several goroutines at once
	lost error      // the first object that the clone does not have
}

// Err returns an error where something could not be read that the commit has:
// in a partial clone, files are fetched when git asks for them, and nobody else
// can. What was read then is not the whole.
func (t *Tree) Err() error {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.lost == nil {
		return nil
	}
	return errors.New("the clone lacks files of the commit to compare with, as a partial clone does: fetch them (git fetch --refetch --no-filter), and in CI leave out filter")
}

// lose remembers an error other than that a file is not there.
func (t *Tree) lose(err error) error {
	if t.lost == nil {
		t.lost = err
	}
	return err
}

// Open opens a file or a folder.
func (t *Tree) Open(name string) (fs.File, error) {
	fail := func(err error) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	t.lock.Lock()
	defer t.lock.Unlock()
	if !fs.ValidPath(name) {
		return fail(fs.ErrInvalid)
	}
	if name == "." {
		return &folder{info: info{name: ".", mode: fs.ModeDir}, tree: t.root}, nil
	}
	e, err := t.root.FindEntry(name)
	switch {
	case errors.Is(err, object.ErrEntryNotFound), errors.Is(err, object.ErrDirectoryNotFound):
		return fail(fs.ErrNotExist)
	case err != nil:
		return fail(t.lose(err))
	}
	i := info{name: path.Base(name), mode: modeOf(e.Mode)}
	if i.IsDir() {
		tree, err := t.repo.TreeObject(e.Hash)
		if err != nil {
			return fail(t.lose(err))
		}
		return &folder{info: i, tree: tree}, nil
	}
	if !i.mode.IsRegular() {
		return fail(fs.ErrInvalid)
	}
	blob, err := t.repo.BlobObject(e.Hash)
	if err != nil {
		return fail(t.lose(err))
	}
	i.size = blob.Size
	r, err := blob.Reader()
	if err != nil {
		return fail(err)
	}
	return &file{info: i, ReadCloser: r}, nil
}

func modeOf(m filemode.FileMode) fs.FileMode {
	switch m {
	case filemode.Dir:
		return fs.ModeDir
	case filemode.Regular, filemode.Executable, filemode.Deprecated:
		return 0
	case filemode.Symlink:
		return fs.ModeSymlink
	}
	return fs.ModeIrregular // a submodule
}

// info describes a file, also as an entry of a folder.
type info struct {
	name string
	size int64
	mode fs.FileMode
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return i.size }
func (i info) Mode() fs.FileMode          { return i.mode }
func (i info) Type() fs.FileMode          { return i.mode.Type() }
func (i info) IsDir() bool                { return i.mode.IsDir() }
func (i info) ModTime() time.Time         { return time.Time{} }
func (i info) Sys() any                   { return nil }
func (i info) Stat() (fs.FileInfo, error) { return i, nil }
func (i info) Info() (fs.FileInfo, error) { return i, nil }

type file struct {
	info
	io.ReadCloser
}

type folder struct {
	info
	tree *object.Tree
	done bool
}

func (f *folder) Read([]byte) (int, error) { return 0, fs.ErrInvalid }
func (f *folder) Close() error             { return nil }

// ReadDir lists the folder, whole at the first call.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if f.done {
		if n > 0 {
			return nil, io.EOF
		}
		return nil, nil
	}
	f.done = true
	entries := make([]fs.DirEntry, 0, len(f.tree.Entries))
	for _, e := range f.tree.Entries {
		entries = append(entries, info{name: e.Name, mode: modeOf(e.Mode)})
	}
	return entries, nil
}

// hashOf returns the hash of a folder's tree, or zero for none.
func hashOf(t *object.Tree) plumbing.Hash {
	if t == nil {
		return plumbing.ZeroHash
	}
	return t.Hash
}
