package content

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Replace gives a source file other bytes: all of them, or, where something
// fails, none. The file must still be a plain file with the bytes that it had.
func (r *Root) Replace(name string, before, after []byte) error {
	err := r.replace(name, before, after)
	if err != nil && !errors.Is(err, errChanged) {
		err = fmt.Errorf("cannot be written: %w", reason(err))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Rewrite reads a source file and edits its values in memory: see the function
// of this name. Replace writes the result.
func (r *Root) Rewrite(file SourceFile, edits ...Edit) (before, after []byte, err error) {
	before, err = r.ReadFile(file.Path, maxEntry)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: cannot be read: %w", file.Path, reason(err))
	}
	after, err = Rewrite(file, before, r.Languages(), edits...)
	return before, after, err
}

// Create writes a source file that is not there yet, with the folders that lead
// to it. Where something fails, what was made is taken away again.
func (r *Root) Create(name string, data []byte) error {
	made, err := r.makeFolders(path.Dir(name))
	if err == nil {
		var f *os.File
		if f, err = r.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644); err == nil {
			_, err = f.Write(data)
			if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
				_ = r.root.Remove(name)
			}
		}
	}
	if err == nil {
		return nil
	}
	for _, dir := range slices.Backward(made) {
		_ = r.root.Remove(dir)
	}
	return fmt.Errorf("%s: cannot be written: %w", name, reason(err))
}

// makeFolders makes a folder with those above it, and returns the new ones. A link
// on the way is not followed.
func (r *Root) makeFolders(dir string) (made []string, err error) {
	parts := strings.Split(dir, "/")
	for i := range parts {
		above := strings.Join(parts[:i+1], "/")
		info, err := r.root.Lstat(above)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if err := r.root.Mkdir(above, 0o755); err != nil {
				return made, err
			}
			made = append(made, above)
		case err != nil:
			return made, err
		case !info.IsDir():
			return made, errNotRegular
		}
	}
	return made, nil
}

func (r *Root) replace(name string, before, after []byte) error {
	now, err := r.ReadFile(name, maxEntry)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, before) {
		return errChanged
	}
	dir, base, err := r.folder(name)
	if err != nil {
		return err
	}
	defer dir.Close()
	info, err := dir.Lstat(base)
	if err != nil {
		return err
	}
	// Names that begin with a dot are none of the catalog's.
	temporary := "." + base + "." + rand.Text()[:8]
	f, err := dir.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(after)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = dir.Rename(temporary, base)
	}
	if err != nil {
		_ = dir.Remove(temporary)
	}
	return err
}
