package content

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// With is the catalog with other bytes in some of its files, or with files that
// are not there yet: what it would be, without writing it. Closing it does not
// close r.
func (r *Root) With(files map[string][]byte) *Root { return RootOf(&layered{r.FS(), files}) }

// layered is a file system with files laid over it.
type layered struct {
	fs.FS
	files map[string][]byte // by their paths
}

func (l *layered) Open(name string) (fs.File, error) {
	if data, ok := l.files[name]; ok {
		return &laid{Reader: bytes.NewReader(data), name: path.Base(name)}, nil
	}
	return l.FS.Open(name)
}

func (l *layered) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(l.FS, name)
	found := false
	for file, data := range l.files {
		rest, ok := strings.CutPrefix(file, name+"/")
		if !ok {
			continue
		}
		found = true
		base, _, below := strings.Cut(rest, "/")
		if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == base }) {
			continue
		}
		entries = append(entries, fs.FileInfoToDirEntry(&laid{Reader: bytes.NewReader(data), name: base, folder: below}))
	}
	if found {
		err = nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

func (l *layered) Stat(name string) (fs.FileInfo, error) {
	if info := l.laid(name); info != nil {
		return info, nil
	}
	return fs.Stat(l.FS, name)
}

// laid returns what was laid over a name, or nil.
func (l *layered) laid(name string) fs.FileInfo {
	if data, ok := l.files[name]; ok {
		return &laid{Reader: bytes.NewReader(data), name: path.Base(name)}
	}
	for file := range l.files {
		if _, err := fs.Lstat(l.FS, name); err != nil && strings.HasPrefix(file, name+"/") {
			return &laid{name: path.Base(name), folder: true}
		}
	}
	return nil
}

// Links below are links: they are not followed.
func (l *layered) Lstat(name string) (fs.FileInfo, error) {
	if info := l.laid(name); info != nil {
		return info, nil
	}
	return fs.Lstat(l.FS, name)
}

func (l *layered) ReadLink(name string) (string, error) { return fs.ReadLink(l.FS, name) }

// laid is a file that was laid over a file system, or the folder that it needs.
type laid struct {
	*bytes.Reader
	name   string
	folder bool
}

func (f *laid) Stat() (fs.FileInfo, error) { return f, nil }
func (f *laid) Close() error               { return nil }
func (f *laid) Name() string               { return f.name }
func (f *laid) ModTime() time.Time         { return time.Time{} }
func (f *laid) IsDir() bool                { return f.folder }
func (f *laid) Sys() any                   { return nil }
func (f *laid) Mode() fs.FileMode {
	if f.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

func (f *laid) Size() int64 {
	if f.Reader == nil {
		return 0
	}
	return f.Reader.Size()
}
