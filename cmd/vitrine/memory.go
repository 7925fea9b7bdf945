package main

import (
	"os"
	"runtime/debug"
)

// ballast is memory that is asked for and never used, so that the system never
// gives it. It counts as the program's to the collector of garbage, which runs
// when memory has grown by a part: without it, a program that begins with a few
// megabytes is collected a hundred times before it has read a large catalog.
var ballast []byte

// tuneMemory sets how often garbage is collected: seldom while there is little
// memory in use, and earlier than usual when there is much. Whoever has set GOGC
// or GOMEMLIMIT knows better.
func tuneMemory() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	ballast = make([]byte, 32<<20)
	debug.SetGCPercent(50)
}

// tuneForMemory puts collections off where most of the work was done by earlier
// runs: what they left is read at once and kept to the end, so that a collection
// would look through all of it and find nothing.
func tuneForMemory() {
	if ballast != nil {
		ballast = make([]byte, 256<<20)
	}
}
