// Package stamp tells whether files are as they were without reading them, as
// git's index does.
package stamp

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Stamp is what the system tells of a file without reading it. A file with the
// same stamp has the same bytes, and a folder the same files in it, unless it was
// written within the tick of the clock in which it was looked at. The zero value
// is no file.
type Stamp struct {
	Mode     os.FileMode
	Size     int64
	Modified int64 // nanoseconds since 1970
	Changed  int64 // the same, of the inode; 0 where the system has none
	Inode    uint64
}

// tick is a safe bound for how long a file system gives files the same time.
const tick = 50 * time.Millisecond

// Settled reports whether the file was written long enough before it was looked
// at for its stamp to tell later changes.
func (s *Stamp) Settled(looked time.Time) bool {
	limit := looked.Add(-tick).UnixNano()
	return s.Modified < limit && s.Changed < limit
}

// Of returns the stamp of a file, or the zero stamp where there is none.
func Of(name string) Stamp {
	f, err := open(".")
	if err != nil {
		return Stamp{}
	}
	defer f.close()
	return f.stamp(name)
}

// Files returns the stamps of files below a folder, in the order of the names,
// which have slashes. What is not there has the zero stamp.
func Files(dir string, names []string) []Stamp {
	out := make([]Stamp, len(names))
	f, err := open(dir)
	if err != nil {
		return out
	}
	defer f.close()
	batches(len(names), func(i int) { out[i] = f.stamp(names[i]) })
	return out
}

// batches runs a task for each of n numbers, on all cores.
func batches(n int, task func(i int)) {
	const batch = 256
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/batch+1) {
		group.Go(func() {
			for {
				from := int(next.Add(batch)) - batch
				if from >= n {
					return
				}
				for i := from; i < min(from+batch, n); i++ {
					task(i)
				}
			}
		})
	}
	group.Wait()
}
