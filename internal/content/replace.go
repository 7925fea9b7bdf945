package content

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
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
