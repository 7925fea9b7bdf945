package stamp

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// folder is one that is open. Asking from there takes half as long as walking
// down a path for each file, and a third of what package os takes.
type folder int

func open(dir string) (folder, error) {
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	return folder(fd), err
}

// sub opens a folder in it. A link is none.
func (f folder) sub(name string) (folder, error) {
	fd, err := unix.Openat(int(f), name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC|unix.O_NOFOLLOW, 0)
	return folder(fd), err
}

func (f folder) close() { _ = unix.Close(int(f)) }

// names returns what is in it, in no order.
func (f folder) names() (names []string, err error) {
	var buffer [4096]byte
	for {
		n, err := unix.Getdents(int(f), buffer[:])
		if n <= 0 || err != nil {
			return names, err
		}
		_, _, names = unix.ParseDirent(buffer[:n], -1, names)
	}
}

// stamp returns the stamp of a file below it, or the zero stamp.
func (f folder) stamp(name string) Stamp {
	var s unix.Stat_t
	if err := unix.Fstatat(int(f), name, &s, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return Stamp{}
	}
	mode := os.FileMode(s.Mode & 0o777)
	switch s.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
	case syscall.S_IFDIR:
		mode |= os.ModeDir
	case syscall.S_IFLNK:
		mode |= os.ModeSymlink
	default:
		mode |= os.ModeIrregular
	}
	return Stamp{Mode: mode, Size: s.Size, Modified: s.Mtim.Nano(), Changed: s.Ctim.Nano(), Inode: s.Ino}
}
