//go:build unix

package build

import (
	"os"
	"syscall"
)

// lock locks a folder for this process; the lock ends with the process,
// however that ends.
func lock(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// setUmask makes files readable for all: web servers run as other users.
func setUmask() { syscall.Umask(0o022) }
