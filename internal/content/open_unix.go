//go:build unix

package content

import "syscall"

// nonblock opens a file that is never waited for.
const nonblock = syscall.O_NONBLOCK
