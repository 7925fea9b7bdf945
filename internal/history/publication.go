package history

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// line is the line of commits along which entries are published: HEAD, its first
// parent, and so on. What is on a branch is public when the branch is merged, not
// when its commits were made, so a merge counts here and the commits that it
// brings do not.
type line struct {
	next     plumbing.Hash     // the commit of the line that comes next
	owner    map[string]string // path at this point of the walk to the entry that was there
	versions map[string][]version
}

// version is an entry's file as a commit left it.
type version struct {
	blob plumbing.Hash
	when time.Time
}

func newLine(head plumbing.Hash, entries []Entry) *line {
	l := &line{head, make(map[string]string, len(entries)), make(map[string][]version, len(entries))}
	for _, e := range entries {
		l.owner[e.Path] = e.Path
	}
	return l
}

// has reports whether a commit is the next one on the line, and goes on to its
// first parent. A parent always comes after its child.
func (l *line) has(c *object.Commit) bool {
	if c.Hash != l.next {
		return false
	}
	l.next = plumbing.ZeroHash
	if len(c.ParentHashes) > 0 {
		l.next = c.ParentHashes[0]
	}
	return true
}

// note remembers a file's version if the file is an entry's. There may be a
// thousand commits and one version an entry, so versions are what is kept.
func (l *line) note(p place, was bool, s *step) {
	entry, ok := l.owner[p.path]
	if !ok {
		return
	}
	l.versions[entry] = append(l.versions[entry], version{p.Hash, s.when})
	if !was {
		s.added = append(s.added, p)
	}
}

// follow finds the former paths of entries that a commit moved: it adds the very
// bytes that it deletes elsewhere. Older versions are then those of the former
// path. An entry that is changed in the same commit begins anew.
func (l *line) follow(repo *git.Repository, s *step) error {
	if len(s.added) == 0 || len(s.gone) == 0 {
		return nil
	}
	former := make(map[plumbing.Hash][]string)
	var list func(p place) error
	list = func(p place) error {
		if p.Mode.IsFile() {
			former[p.Hash] = append(former[p.Hash], p.path)
			return nil
		}
		t, err := repo.TreeObject(p.Hash)
		if err != nil {
			return err
		}
		for _, e := range t.Entries {
			if err := list(place{p.path + "/" + e.Name, e}); err != nil {
				return err
			}
		}
		return nil
	}
	slices.SortFunc(s.gone, func(a, b place) int { return cmp.Compare(a.path, b.path) })
	for _, p := range s.gone {
		if err := list(p); err != nil {
			return err
		}
	}
	moved := make(map[string]string) // former path to entry
	for _, p := range s.added {
		if paths := former[p.Hash]; len(paths) > 0 {
			moved[paths[0]] = l.owner[p.path]
			former[p.Hash] = paths[1:]
			delete(l.owner, p.path)
		}
	}
	for path, entry := range moved {
		l.owner[path] = entry
	}
	return nil
}

// publications fills in when entries were first published. Of an entry's
// versions, those up to the first that is published are looked at: one or two.
// Reading one takes 0.1 ms, so those that are known are not read.
func (l *line) publications(ctx context.Context, repo *git.Repository, entries []Entry, records map[string]Record) error {
	var text bytes.Buffer
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, v := range slices.Backward(l.versions[entry.Path]) {
			public := entry.Published
			if v.blob != entry.Blob {
				text.Reset()
				if err := readBlob(repo, v.blob, &text); err != nil {
					return err
				}
				public = published(text.Bytes())
			}
			if public {
				r := records[entry.Path]
				r.Published = v.when
				records[entry.Path] = r
				break
			}
		}
	}
	return nil
}

// readBlob reads a file's beginning; a front matter is far shorter.
func readBlob(repo *git.Repository, hash plumbing.Hash, to *bytes.Buffer) error {
	blob, err := repo.BlobObject(hash)
	if err != nil {
		return err
	}
	r, err := blob.Reader()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = to.ReadFrom(io.LimitReader(r, 1<<20))
	return err
}

// published reports whether an entry's front matter has the status published.
// Its first keys are looked at, line by line: old versions need not be valid
// today, and there are thousands of them.
func published(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	for i := 0; ; i++ {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		line = bytes.TrimRight(line, " \t\r")
		if bare := string(line) == "---"; bare != (i == 0) {
			return false // no front matter, or its end
		}
		key, value, ok := strings.Cut(string(line), ":")
		if ok && strings.Trim(strings.TrimRight(key, " \t"), `"'`) == "status" {
			value, _, _ = strings.Cut(value, " #")
			return strings.Trim(strings.TrimSpace(value), `"'`) == "published"
		}
		if !more {
			return false
		}
		text = rest
	}
}
