//go:build !linux

package stamp

import (
	"os"
	"path/filepath"
)

// folder is a folder's path.
type folder string

func open(dir string) (folder, error) { return folder(dir), nil }

func (f folder) sub(name string) (folder, error) { return folder(filepath.Join(string(f), name)), nil }

func (folder) close() {}

// names returns what is in it, in no order.
func (f folder) names() ([]string, error) {
	d, err := os.Open(string(f))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Readdirnames(-1)
}

// stamp returns the stamp of a file below it, or the zero stamp. Size and time
// of the last change have to tell files apart.
func (f folder) stamp(name string) Stamp {
	info, err := os.Lstat(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return Stamp{}
	}
	return Stamp{Mode: info.Mode(), Size: info.Size(), Modified: info.ModTime().UnixNano()}
}
