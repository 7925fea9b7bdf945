package history

import (
	"io/fs"
	"strings"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/format/index"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// indexed is what git's index knows of the files below a folder: their hashes
// as of a size and a time. It spares reading files that were not changed since.
// It is no more than a hint: without an index, all files are read.
type indexed struct {
	files   map[string]*index.Entry // by their path below the catalog's root
	written time.Time
}

func readIndex(repo *git.Repository, prefix, folder string) *indexed {
	storage, ok := repo.Storer.(*filesystem.Storage)
	if !ok {
		return nil
	}
	info, err := storage.Filesystem().Stat("index")
	if err != nil {
		return nil
	}
	i, err := storage.Index()
	if err != nil {
		return nil
	}
	known := &indexed{make(map[string]*index.Entry, len(i.Entries)), info.ModTime()}
	if prefix != "" {
		prefix += "/"
	}
	for _, e := range i.Entries {
		if name, ok := strings.CutPrefix(e.Name, prefix); ok && strings.HasPrefix(name, folder+"/") && e.Stage == 0 { // not in a conflict
			known.files[name] = e
		}
	}
	return known
}

// of returns what is known of a file. One that was written when the index was,
// or later, may have changed since without its time telling: git's own rule.
func (k *indexed) of(name string, info fs.FileInfo) (e *index.Entry, ok bool) {
	if k == nil {
		return nil, false
	}
	e, ok = k.files[name]
	return e, ok && int64(e.Size) == info.Size() && e.ModifiedAt.Equal(info.ModTime()) && e.ModifiedAt.Before(k.written)
}
