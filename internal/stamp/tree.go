package stamp

import (
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Tree is what is in some folders of a root and in all that are in them, at one
// moment. Folders whose names begin with a dot are not looked into, and links not
// followed. What cannot be read is left out.
type Tree struct {
	Looked  time.Time // before any of it
	Folders map[string]*Folder
	tops    []string
}

// Folder is a folder and what is in it.
type Folder struct {
	Stamp
	In []Named // in order of the names
}

// Named is a file of a folder. The stamp of a folder says that it is one, and no
// more: its own Folder tells.
type Named struct {
	Name string
	Stamp
}

// Look looks at folders of a root. before may be what an earlier look saw, or nil:
// a folder with the same stamp is not listed again.
func Look(root string, before *Tree, tops ...string) *Tree {
	t := &Tree{Looked: time.Now(), Folders: make(map[string]*Folder), tops: tops}
	f, err := open(root)
	if err != nil {
		return t
	}
	defer f.close()
	var known map[string]*Folder
	if before != nil {
		known = before.again(f)
	}
	for level := tops; len(level) > 0; {
		found := make([]*Folder, len(level))
		batches(len(level), func(i int) {
			if found[i] = known[level[i]]; found[i] == nil {
				found[i] = list(f, level[i])
			}
		})
		var below []string
		for i, dir := range level {
			if found[i] == nil {
				continue
			}
			t.Folders[dir] = found[i]
			for j := range found[i].In {
				if in := &found[i].In[j]; in.Mode.IsDir() && !strings.HasPrefix(in.Name, ".") {
					below = append(below, path.Join(dir, in.Name))
				}
			}
		}
		level = below
	}
	return t
}

// list lists a folder; nil where it is none.
func list(root folder, dir string) *Folder {
	f, err := root.sub(dir)
	if err != nil {
		return nil
	}
	defer f.close()
	out := &Folder{Stamp: f.stamp(".")}
	names, err := f.names()
	if err != nil || !out.Mode.IsDir() {
		return nil
	}
	slices.Sort(names)
	for _, name := range names {
		s := f.stamp(name)
		if s.Mode.IsDir() {
			s = Stamp{Mode: s.Mode}
		}
		if s != (Stamp{}) { // else gone meanwhile
			out.In = append(out.In, Named{name, s})
		}
	}
	return out
}

// again returns the folders that have the stamps that they had, with what is in
// them now. Those whose stamp could not be trusted then are left out.
func (t *Tree) again(root folder) map[string]*Folder {
	paths := slices.Collect(maps.Keys(t.Folders))
	found := make([]*Folder, len(paths))
	batches(len(paths), func(i int) {
		dir := paths[i]
		was := t.Folders[dir]
		if !was.Settled(t.Looked) || root.stamp(dir) != was.Stamp {
			return
		}
		now := &Folder{Stamp: was.Stamp, In: make([]Named, len(was.In))}
		for j := range was.In {
			name := was.In[j].Name
			if was.In[j].Mode.IsDir() { // or else this folder would have changed
				now.In[j] = was.In[j]
				continue
			}
			now.In[j] = Named{name, root.stamp(dir + "/" + name)}
			if now.In[j].Stamp == (Stamp{}) {
				return // gone since the folder was looked at
			}
		}
		found[i] = now
	})
	out := make(map[string]*Folder, len(paths))
	for i, dir := range paths {
		if found[i] != nil {
			out[dir] = found[i]
		}
	}
	return out
}

// Settled reports whether all stamps tell later changes.
func (t *Tree) Settled() bool {
	for _, f := range t.Folders {
		if !f.Settled(t.Looked) || slices.ContainsFunc(f.In, func(n Named) bool { return !n.Settled(t.Looked) }) {
			return false
		}
	}
	return true
}

// Equal reports whether two trees have the same stamps.
func (t *Tree) Equal(other *Tree) bool {
	return slices.Equal(t.tops, other.tops) && maps.EqualFunc(t.Folders, other.Folders, func(a, b *Folder) bool {
		return a.Stamp == b.Stamp && slices.Equal(a.In, b.In)
	})
}

// Find returns the stamp of a file, or the zero stamp.
func (t *Tree) Find(name string) Stamp {
	dir, base := path.Split(name)
	f := t.Folders[path.Clean(dir)]
	if f == nil {
		return Stamp{}
	}
	i, ok := slices.BinarySearchFunc(f.In, base, func(n Named, name string) int { return strings.Compare(n.Name, name) })
	if !ok {
		return Stamp{}
	}
	return f.In[i].Stamp
}
