package content

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// With returns the catalog as it would be with some files written: bytes by
// paths below the root, in the place of files that are there, or beside them.
// Nothing is written. It is valid as long as r is open.
func (r *Root) With(files map[string][]byte) *Root {
	return &Root{files: &overlaid{r.FS(), files}, dir: r.dir}
}

// overlaid is a file system with some files more, or with other bytes.
type overlaid struct {
	under fs.FS
	files map[string][]byte
}

// Open implements fs.FS. Only plain files and folders are opened: a FIFO would
// block for ever.
func (w *overlaid) Open(name string) (fs.File, error) {
	if data, ok := w.files[name]; ok {
		return &openFile{writtenInfo{path.Base(name), int64(len(data)), 0o644}, bytes.NewReader(data)}, nil
	}
	info, err := w.Lstat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	case info.IsDir():
		return &openFile{info, bytes.NewReader(nil)}, nil
	}
	return w.under.Open(name)
}

// Lstat implements fs.ReadLinkFS.
func (w *overlaid) Lstat(name string) (fs.FileInfo, error) {
	if data, ok := w.files[name]; ok {
		return writtenInfo{path.Base(name), int64(len(data)), 0o644}, nil
	}
	info, err := fs.Lstat(w.under, name)
	if err != nil && len(w.below(name)) > 0 {
		return writtenInfo{path.Base(name), 0, fs.ModeDir | 0o755}, nil
	}
	return info, err
}

// Stat implements fs.StatFS: no link is followed.
func (w *overlaid) Stat(name string) (fs.FileInfo, error) { return w.Lstat(name) }

// ReadLink implements fs.ReadLinkFS.
func (w *overlaid) ReadLink(name string) (string, error) { return fs.ReadLink(w.under, name) }

// ReadDir implements fs.ReadDirFS.
func (w *overlaid) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.under, name)
	added := w.below(name)
	if err != nil && len(added) == 0 {
		return nil, err
	}
	for _, base := range added {
		info, err := w.Lstat(path.Join(name, base))
		if err != nil {
			return nil, err
		}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == base })
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// below returns the names in a folder that hold written files.
func (w *overlaid) below(dir string) (names []string) {
	for name := range w.files {
		rest, ok := strings.CutPrefix(name, dir+"/")
		if dir == "." {
			rest, ok = name, true
		}
		if base, _, _ := strings.Cut(rest, "/"); ok && !slices.Contains(names, base) {
			names = append(names, base)
		}
	}
	return names
}

// openFile is a written file, or a folder.
type openFile struct {
	info fs.FileInfo
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

func (f *openFile) Read(p []byte) (int, error) {
	if f.info.IsDir() {
		return 0, fs.ErrInvalid
	}
	return f.Reader.Read(p)
}

// writtenInfo describes a written file, or a folder that leads to one.
type writtenInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i writtenInfo) Name() string       { return i.name }
func (i writtenInfo) Size() int64        { return i.size }
func (i writtenInfo) Mode() fs.FileMode  { return i.mode }
func (i writtenInfo) ModTime() time.Time { return time.Time{} }
func (i writtenInfo) IsDir() bool        { return i.mode.IsDir() }
func (i writtenInfo) Sys() any           { return nil }
