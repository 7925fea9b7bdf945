package build

import (
	"fmt"
	"os"
	"path/filepath"
)

// Guard refuses an output folder that is, holds or lies in what the catalog is
// made from.
func Guard(source, out string) error {
	root, err := filepath.Abs(source)
	if err == nil {
		out, err = filepath.Abs(out)
	}
	if err != nil {
		return err
	}
	root, out = real(root), real(out)
	home, _ := os.UserHomeDir()
	if out == filepath.Dir(out) || home != "" && out == real(home) {
		return fmt.Errorf("%s cannot be the output folder: name a folder of its own with --out", out)
	}
	if within(root, out) {
		return fmt.Errorf("%s cannot be the output folder: the catalog lies in it; name a folder of its own with --out", out)
	}
	for _, dir := range []string{"content", "themes", "i18n", ".git"} {
		if in := filepath.Join(root, dir); within(out, in) {
			return fmt.Errorf("%s cannot be the output folder: the catalog is made from %s; name a folder of its own with --out", out, in)
		}
	}
	return nil
}

// real resolves symbolic links in the part of a path that exists.
func real(p string) string {
	if r, err := filepath.EvalSymlinks(p); err == nil {
		return r
	}
	if parent := filepath.Dir(p); parent != p {
		return filepath.Join(real(parent), filepath.Base(p))
	}
	return p
}

// within reports whether a path is a folder or lies in it.
func within(p, dir string) bool {
	rel, err := filepath.Rel(dir, p)
	return err == nil && filepath.IsLocal(rel)
}
