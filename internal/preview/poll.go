package preview

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"time"
)

// pollEvery is how often files are looked at where they cannot be watched.
const pollEvery = 2 * time.Second

// seen is what a file looked like.
type seen struct {
	size     int64
	modified time.Time
	mode     fs.FileMode
}

// poll calls changed with what was touched since it looked before.
func poll(ctx context.Context, root string, changed func([]string)) {
	before := look(root)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := look(root)
		var touched []string
		for name, s := range now {
			if before[name] != s {
				touched = append(touched, name)
			}
		}
		for name := range before {
			if _, still := now[name]; !still {
				touched = append(touched, name)
			}
		}
		before = now
		if len(touched) > 0 {
			slices.Sort(touched)
			changed(touched)
		}
	}
}

// look lists every file that the site is made from.
func look(root string) map[string]seen {
	found := make(map[string]seen)
	for _, top := range watched {
		_ = filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // gone, or not to be read: the check says so
			}
			rel, err := filepath.Rel(root, p)
			name := filepath.ToSlash(rel)
			if err != nil || ignored(name) {
				if d.IsDir() && p != filepath.Join(root, top) {
					return filepath.SkipDir
				}
				return nil
			}
			info, err := d.Info()
			if err != nil {
				return nil
			}
			s := seen{info.Size(), info.ModTime(), info.Mode()}
			if d.IsDir() {
				s = seen{mode: info.Mode()} // its files tell
			}
			found[name] = s
			return nil
		})
	}
	return found
}
