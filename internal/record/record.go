// Package record keeps what a run learned for the runs after it, as JSON in a
// file below the catalog's root. Such files are of one machine, and no part of the
// catalog.
package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// maxSize is the size of a record, in bytes.
const maxSize = 64 << 20

// Version is the version of records' form. What is read has it as "version".
const Version = 1

// Read reads a record, such as .vitrine/links.json, below a catalog's root into
// what into points to. It reports false where there is none, or none that can be
// read; the error then tells why, and what into points to may be half of one.
func Read(root, name string, into any) (bool, error) {
	f, err := os.Open(filepath.Join(root, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, fmt.Errorf("%s cannot be read", name)
	}
	defer f.Close()
	var version struct{ Version int }
	data, err := io.ReadAll(io.LimitReader(f, maxSize))
	if err == nil {
		err = errors.Join(json.Unmarshal(data, &version), json.Unmarshal(data, into))
	}
	if err != nil || version.Version != Version {
		return false, fmt.Errorf("%s cannot be read, and is begun anew", name)
	}
	return true, nil
}

// Write writes a record below a catalog's root, in one step: a run that is
// interrupted leaves the one before.
func Write(root, name string, record any) error {
	data, err := json.MarshalIndent(record, "", " ")
	if err != nil {
		return err
	}
	dir, err := os.OpenRoot(root)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	defer dir.Close()
	err = dir.MkdirAll(path.Dir(name), 0o755)
	if err == nil {
		err = dir.WriteFile(name+".new", append(data, '\n'), 0o644)
	}
	if err == nil {
		err = dir.Rename(name+".new", name)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}
