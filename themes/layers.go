package themes

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// What is read of a theme's file, in bytes.
const (
	maxTemplate = 1 << 20
	maxAsset    = 5 << 20
)

// layer is a folder that a theme is made from. What a later layer has wins
// over what an earlier one has.
type layer struct {
	files   fs.FS
	dir     string // in files: default
	builtIn bool
}

// path returns a file's path below the catalog's root.
func (l *layer) path(name ...string) string {
	return path.Join(append([]string{"themes", l.dir}, name...)...)
}

// layers finds the layers of a theme: the built-in default theme, the folder
// themes/default, and the theme's own folder.
func layers(name string, overlay fs.FS) ([]*layer, error) {
	var found []*layer
	var f faults
	have := f.folders(name, overlay)
	for _, dir := range slices.Compact([]string{"default", name}) {
		if _, err := fs.ReadDir(builtIn, dir); err == nil {
			found = append(found, &layer{builtIn, dir, true})
		}
		if slices.Contains(have, dir) {
			found = append(found, &layer{overlay, dir, false})
		}
	}
	if len(f) == 0 && (len(found) == 0 || found[len(found)-1].dir != name) {
		return nil, fmt.Errorf("there is no theme %s: catalog.yaml names a folder of themes/", diag.Quote(name))
	}
	for _, l := range found {
		if !l.builtIn {
			f.unknown(l)
		}
	}
	return found, f.err()
}

// folders returns the folders of themes/, and says what is no folder or looks
// like a misspelt one.
func (f *faults) folders(name string, overlay fs.FS) (found []string) {
	if overlay == nil {
		return nil
	}
	entries, err := fs.ReadDir(overlay, ".")
	if err != nil {
		f.file("themes", "cannot be read: %v", reason(err))
	}
	for _, e := range entries {
		switch near := diag.Nearest(e.Name(), []string{"default", name}); {
		case bystander(e.Name()):
		case e.IsDir():
			found = append(found, e.Name())
			if near != "" && near != e.Name() && e.Name() != "default" {
				f.file("themes/"+e.Name(), "this folder replaces nothing: did you mean themes/%s?", near)
			}
		case e.Type().IsRegular():
			f.file("themes/"+e.Name(), "is not used here: a theme is a folder, such as themes/default, with the folders templates and assets in it")
		default:
			f.file("themes/"+e.Name(), notRegular)
		}
	}
	return found
}

// unknown says what in a theme's folder is not looked at.
func (f *faults) unknown(l *layer) {
	entries, err := fs.ReadDir(l.files, l.dir)
	if err != nil {
		f.file(l.path(), "cannot be read: %v", reason(err))
	}
	for _, e := range entries {
		switch {
		case bystander(e.Name()):
		case e.Type()&fs.ModeSymlink != 0:
			f.file(l.path(e.Name()), notRegular)
		case e.Name() == "templates" || e.Name() == "assets":
			if !e.IsDir() {
				f.file(l.path(e.Name()), "is a file: it must be a folder")
			}
		case e.IsDir():
			f.file(l.path(e.Name()), "is not used: templates stand in templates, all other files in assets%s", mean(e.Name(), "templates", "assets"))
		case path.Ext(e.Name()) == ".html":
			f.file(l.path(e.Name()), "is not used here: move it to %s", l.path("templates", e.Name()))
		default:
			f.file(l.path(e.Name()), "is not used here: move it to %s", l.path("assets", e.Name()))
		}
	}
}

const notRegular = "is a link or another thing that is no file; vitrine follows none: put the file itself here"

// bystander reports whether a file is for people and other programs: what
// begins with a dot, what editors leave behind, a read-me, and Go files, since
// the built-in themes stand among them.
func bystander(name string) bool {
	upper := strings.ToUpper(name)
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || path.Ext(name) == ".go" ||
		path.Ext(name) == ".md" || strings.HasPrefix(upper, "README") || strings.HasPrefix(upper, "LICENSE")
}

// read reads the files of a layer's folder, in the order of their names.
func (f *faults) read(l *layer, dir string, limit int64) (out []*source) {
	entries, err := fs.ReadDir(l.files, path.Join(l.dir, dir))
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) { // a layer need not have every folder
			f.file(l.path(dir), "cannot be read: %v", reason(err))
		}
		return nil
	}
	for _, e := range entries {
		p := l.path(dir, e.Name())
		info, err := e.Info()
		switch {
		case strings.HasPrefix(e.Name(), "."), strings.HasSuffix(e.Name(), "~"):
			continue
		case err != nil:
			f.file(p, "cannot be read: %v", reason(err))
			continue
		case e.IsDir():
			f.file(p, "is a folder, which is not looked into: put its files into %s itself", l.path(dir))
			continue
		case !e.Type().IsRegular():
			f.file(p, notRegular)
			continue
		case info.Size() > limit:
			f.file(p, "has %d kB, limit %d kB", info.Size()>>10, limit>>10)
			continue
		}
		data, err := fs.ReadFile(l.files, path.Join(l.dir, dir, e.Name()))
		if err != nil {
			f.file(p, "cannot be read: %v", reason(err))
			continue
		}
		out = append(out, &source{name: e.Name(), path: p, builtIn: l.builtIn, data: data})
	}
	return out
}

// texts keeps the files that are text as the parser takes it.
func (f *faults) texts(files []*source) []*source {
	return slices.DeleteFunc(files, func(s *source) bool {
		if !utf8.Valid(s.data) {
			f.file(s.path, "is not UTF-8: save it with that encoding")
			return true
		}
		s.data = bytes.TrimPrefix(bytes.ReplaceAll(s.data, []byte("\r\n"), []byte("\n")), []byte("\ufeff"))
		s.text = string(s.data)
		return false
	})
}

// reason strips the operation and the path from an I/O error.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// mean asks whether a name that stands for nothing is another one misspelt.
func mean(name string, known ...string) string {
	if near := diag.Nearest(name, known); near != "" && near != name {
		return ": did you mean " + near + "?"
	}
	return ""
}
