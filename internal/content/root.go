package content

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/stamp"
)

// Root is a catalog's root folder: the one that holds content/. Nothing is
// read from outside it, and no symbolic link is followed.
type Root struct {
	root    *os.Root
	dir     string
	sellers *os.Root    // content/sellers: nearly everything is read below it, and each part of a path costs
	files   fs.FS       // instead of root: a catalog that is no folder
	seen    *stamp.Tree // what was in the folders a moment ago, for listing them; or nil
	below   string      // of a folder that sub opened: its path below the catalog's root

	unsaved map[string][]byte // texts that stand in for files: see Lay
}

// OpenRoot opens the folder that holds content/.
func OpenRoot(dir string) (*Root, error) {
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot open the catalog's root %s: %w", dir, reason(err))
	}
	root := &Root{root: r, dir: dir}
	if info, err := r.Lstat(sellersDir); err == nil && info.IsDir() {
		root.sellers, _ = r.OpenRoot(sellersDir) // without it, paths are longer
	}
	return root, nil
}

// RootOf is the catalog in a file system, such as a commit's. Links in it are
// not followed.
func RootOf(files fs.FS) *Root { return &Root{files: files} }

// FS returns the folder as a file system.
func (r *Root) FS() fs.FS {
	if r.files != nil {
		return r.files
	}
	return r.root.FS()
}

// Lay lays texts over files, by their paths below the root: what is open in an
// editor and not saved yet is read instead of what is on the disk. A text in a
// folder that is there makes a file that is not. Lay nothing with nil.
func (r *Root) Lay(unsaved map[string][]byte) { r.unsaved = unsaved }

// Close releases the folder.
func (r *Root) Close() error {
	if r.files != nil {
		return nil
	}
	if r.sellers != nil {
		_ = r.sellers.Close()
	}
	return r.root.Close()
}

// folder opens the folder of a path below the root, and returns the path's last
// part.
func (r *Root) folder(name string) (dir *os.Root, base string, err error) {
	parent, base := path.Split(name)
	from := r.root
	if rest, ok := strings.CutPrefix(parent, sellersDir+"/"); ok && r.sellers != nil && rest != "" {
		from, parent = r.sellers, rest
	}
	dir, err = from.OpenRoot(path.Clean(parent))
	return dir, base, err
}

// Dir is the folder as it was named to OpenRoot.
func (r *Root) Dir() string { return r.dir }

// sub opens a folder below the root: reading several files from it then does
// not walk down the path for each.
func (r *Root) sub(dir string) (*Root, error) {
	if r.files != nil {
		files, err := fs.Sub(r.files, dir)
		return &Root{files: files, dir: dir}, err
	}
	s, _, err := r.folder(dir + "/")
	if err != nil {
		return nil, err
	}
	return &Root{root: s, dir: dir, seen: r.seen, below: path.Join(r.below, dir), unsaved: r.unsaved}, nil
}

// errNotRegular says that a name is not that of a plain file.
var errNotRegular = errors.New("not a regular file")

// tooLargeError says that a file is larger than what is read of its kind.
type tooLargeError struct{ size, limit int64 }

func (e *tooLargeError) Error() string {
	return Over(e.size, e.limit).String()
}

// TooLarge returns the size of a file that ReadFile refused for it, else 0.
func TooLarge(err error) int64 {
	if e, ok := errors.AsType[*tooLargeError](err); ok {
		return e.size
	}
	return 0
}

// ReadFile reads a file below the root, of at most limit bytes. The name has
// slashes. A file that is not regular is refused before it is opened: a FIFO
// would block for ever.
func (r *Root) ReadFile(name string, limit int64) ([]byte, error) {
	if text, open := r.unsaved[path.Join(r.below, name)]; open {
		if size := int64(len(text)); size > limit {
			return nil, &tooLargeError{size, limit}
		}
		return text, nil
	}
	if r.files != nil {
		return readFrom(r.files, name, limit)
	}
	dir, base := r.root, name
	if strings.Contains(name, "/") {
		var err error
		if dir, base, err = r.folder(name); err != nil {
			return nil, err
		}
		defer dir.Close()
	}
	info, err := dir.Lstat(base)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if info.Size() > limit {
		return nil, &tooLargeError{info.Size(), limit}
	}
	f, err := open(dir, base)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, 0, info.Size()+1)
	for { // io.ReadAll would start small and grow
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if int64(len(data)) > limit {
			return nil, &tooLargeError{int64(len(data)), limit}
		}
		if err == io.EOF || err == nil && int64(len(data)) == info.Size() {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = slices.Grow(data, 4096)
		}
	}
}

// readFrom reads a file of a file system as ReadFile does.
func readFrom(files fs.FS, name string, limit int64) ([]byte, error) {
	f, err := files.Open(name)
	if errors.Is(err, fs.ErrInvalid) {
		return nil, errNotRegular // a link, a submodule
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > limit:
		return nil, &tooLargeError{info.Size(), limit}
	}
	return io.ReadAll(io.LimitReader(f, limit))
}

// item is a name in a folder, and what it is.
type item struct {
	name string
	mode fs.FileMode // type bits only
}

// list returns the names in a folder in order. Names that begin with a dot are
// left out, as are those that editors leave behind.
func (r *Root) list(dir string) ([]item, error) {
	if r.seen != nil {
		if f := r.seen.Folders[path.Join(r.below, dir)]; f != nil {
			items := make([]item, 0, len(f.In))
			for _, n := range f.In {
				if !passedOver(n.Name) {
					items = append(items, item{n.Name, n.Mode.Type()})
				}
			}
			return items, nil
		}
	}
	entries, err := r.readDir(dir)
	items := make([]item, 0, len(entries))
	for _, e := range entries {
		if n := e.Name(); !passedOver(n) {
			items = append(items, item{n, e.Type()})
		}
	}
	for name := range r.unsaved {
		in, base := path.Split(name)
		if path.Clean(in) == path.Join(r.below, dir) && !slices.ContainsFunc(items, func(i item) bool { return i.name == base }) {
			items = append(items, item{base, 0})
		}
	}
	slices.SortFunc(items, func(a, b item) int { return strings.Compare(a.name, b.name) })
	return items, err
}

func (r *Root) readDir(dir string) ([]fs.DirEntry, error) {
	if r.files != nil {
		return fs.ReadDir(r.files, dir)
	}
	if dir == "." { // a folder that is open
		return entries(r.root, dir)
	}
	from, base, err := r.folder(dir)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	if info, err := from.Lstat(base); err != nil || !info.IsDir() {
		return nil, errors.Join(err, errNotRegular)
	}
	return entries(from, base)
}

func entries(dir *os.Root, base string) ([]fs.DirEntry, error) {
	f, err := open(dir, base)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// open opens a file or folder for reading. Without nonblock, the os package would
// ask the system five times whether reading can wait for something, and a FIFO
// that took a file's place just now would block for ever.
func open(dir *os.Root, base string) (*os.File, error) {
	return dir.OpenFile(base, os.O_RDONLY|nonblock, 0)
}

// Size returns a regular file's size in bytes.
func (r *Root) Size(name string) (int64, error) {
	info, err := fs.Lstat(r.FS(), name)
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, errNotRegular
	}
	return info.Size(), nil
}

// Overlay returns the files of a folder below the root as a file system, or
// nil where there is no such folder. It is how themes/ and i18n/ replace files
// that are built in.
func (r *Root) Overlay(dir string) (fs.FS, error) {
	info, err := fs.Lstat(r.FS(), dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("%s: cannot be read: %w", dir, reason(err))
	case !info.IsDir():
		return nil, fmt.Errorf("%s: is a link or a file; it must be a folder, or not be there", dir)
	}
	return fs.Sub(r.FS(), dir)
}

// reason strips the operation and the path from an I/O error: messages name
// the file in their own way.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// Over writes a size beside the limit that it breaks, with as many digits as it
// takes to tell them apart.
func Over(size, limit int64) diag.Text {
	a, b := Bytes(size), Bytes(limit)
	if a.String() == b.String() {
		a, b = diag.Say("%d bytes", size), diag.Say("%d bytes", limit)
	}
	return diag.Say("%s, limit %s", a, b)
}

// Bytes writes a size for people: 3.2 MB. Units are powers of ten, as the
// marketplace's limits are.
func Bytes(n int64) diag.Text {
	// Tenths are whole numbers: each language has its own decimal sign.
	tenths := func(unit int64) (whole, tenth int64) {
		t := (n + unit/20) / (unit / 10)
		return t / 10, t % 10
	}
	switch {
	case n < 1000:
		return diag.Say("%d bytes", n)
	case n < 1_000_000:
		whole, tenth := tenths(1000)
		return diag.Say("%d.%d kB", whole, tenth)
	default:
		whole, tenth := tenths(1_000_000)
		return diag.Say("%d.%d MB", whole, tenth)
	}
}
