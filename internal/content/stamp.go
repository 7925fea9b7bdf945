package content

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Stamp is what the system tells of a file without reading it. Two files with
// the same stamp are one file with the same bytes, unless it was written within
// the tick of the clock in which it was looked at.
type Stamp struct {
	Name     string // in its folder
	Mode     fs.FileMode
	Size     int64
	Modified int64 // nanoseconds since 1970
	Changed  int64 // the same, of the inode; 0 where the system has none
	Inode    uint64
}

// tick is a safe bound for how long a file system gives files the same time.
const tick = 50 * time.Millisecond

// settled reports whether the file was written long enough before a time for
// its stamp to tell later changes.
func (s *Stamp) settled(before time.Time) bool {
	limit := before.Add(-tick).UnixNano()
	return s.Modified < limit && s.Changed < limit
}

// look is the catalog's folders with the stamps of what is in them, at one
// moment.
type look struct {
	at      time.Time
	folders map[string][]Stamp // by path below the root, in order of the names
}

// Look notes what is in the folders content/, themes/ and i18n/ without reading
// it: from now on, the catalog's files are those that it saw.
func (r *Root) Look() {
	if r.files != nil {
		return
	}
	l := &look{at: time.Now(), folders: make(map[string][]Stamp)}
	var mu sync.Mutex
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	var into func(dir string)
	into = func(dir string) {
		stamps, err := stampsOf(filepath.Join(r.dir, filepath.FromSlash(dir)))
		if err != nil {
			return // those who read it say why it cannot be read
		}
		mu.Lock()
		l.folders[dir] = stamps
		mu.Unlock()
		for i := range stamps {
			s := &stamps[i]
			if !s.Mode.IsDir() || strings.HasPrefix(s.Name, ".") {
				continue
			}
			below := path.Join(dir, s.Name)
			if !group.TryGo(func() error { into(below); return nil }) {
				into(below)
			}
		}
	}
	for _, top := range []string{contentDir, "themes", "i18n"} {
		if info, err := os.Lstat(filepath.Join(r.dir, top)); err != nil || !info.IsDir() {
			continue
		}
		into(top)
	}
	_ = group.Wait()
	r.look = l
}

// stampsOf returns the stamps of what is in a folder, in order of the names.
func stampsOf(dir string) ([]Stamp, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	stamps := make([]Stamp, 0, len(entries))
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // gone meanwhile
		}
		s := Stamp{Name: e.Name(), Mode: info.Mode(), Size: info.Size(), Modified: info.ModTime().UnixNano()}
		s.Changed, s.Inode = inode(info)
		if info.IsDir() {
			s = Stamp{Name: s.Name, Mode: s.Mode} // what is in it tells
		}
		stamps = append(stamps, s)
	}
	slices.SortFunc(stamps, func(a, b Stamp) int { return strings.Compare(a.Name, b.Name) })
	return stamps, nil
}

// stamp returns the stamp of a file that was seen, or nil.
func (l *look) stamp(name string) *Stamp {
	dir, base := path.Split(name)
	in := l.folders[path.Clean(dir)]
	i, ok := slices.BinarySearchFunc(in, base, func(s Stamp, name string) int { return strings.Compare(s.Name, name) })
	if !ok {
		return nil
	}
	return &in[i]
}
