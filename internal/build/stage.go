package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// stage writes files below a folder, one after the other: making files from two
// sides takes the system a third more time, since both wait for its locks. So a
// page is rendered while the one before is written.
type stage struct {
	dir    string
	files  chan stagedFile
	done   chan struct{}
	failed atomic.Pointer[error]
	made   map[string]bool // folders
}

type stagedFile struct {
	name string
	data *bytes.Buffer
}

// waiting is how many files may wait to be written: some megabytes.
const waiting = 64

var stagedBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func newStage(dir string) *stage {
	s := &stage{dir: dir, files: make(chan stagedFile, waiting), done: make(chan struct{}), made: map[string]bool{".": true}}
	go s.run()
	return s
}

func (s *stage) run() {
	defer close(s.done)
	for f := range s.files {
		if s.failed.Load() == nil {
			if err := s.put(f.name, f.data.Bytes()); err != nil {
				s.failed.Store(&err)
			}
		}
		if f.data.Cap() < 1<<20 { // else it was a sitemap
			stagedBuffers.Put(f.data)
		}
	}
}

// write has a file written. The error may be that of a file before.
func (s *stage) write(name string, data []byte) error {
	if err := s.failed.Load(); err != nil {
		return *err
	}
	b := stagedBuffers.Get().(*bytes.Buffer)
	b.Reset()
	b.Write(data)
	s.files <- stagedFile{name, b}
	return nil
}

// close waits until all files are written.
func (s *stage) close() error {
	close(s.files)
	<-s.done
	if err := s.failed.Load(); err != nil {
		return *err
	}
	return nil
}

func (s *stage) put(name string, data []byte) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return fmt.Errorf("the page %q would be written outside the output folder", name)
	}
	if err := s.mkdir(path.Dir(name)); err != nil {
		return fmt.Errorf("cannot make the folder for %s: %w", name, cause(err))
	}
	return stageFile(s.dir, name, data)
}

func stageFile(dir, name string, data []byte) error {
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o644); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, cause(err))
	}
	return nil
}

// mkdir makes a folder. It remembers which ones there are: asking the system about
// each parent of each page takes longer than making them.
func (s *stage) mkdir(dir string) error {
	if s.made[dir] {
		return nil
	}
	if err := s.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(s.dir, filepath.FromSlash(dir)), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	s.made[dir] = true
	return nil
}

// cause strips the operation and the path from an I/O error.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
