package main

import "runtime/debug"

// tuneMemory sets how often garbage is collected: seldom while little memory is
// in use, and earlier than usual when there is much. Whoever has set GOGC or
// GOMEMLIMIT knows better.
//
// What it returns is memory that is asked for and never used, so that the system
// never gives it. As long as somebody keeps it, it counts as the program's to the
// collector, which runs whenever memory has grown by a part: a program that begins
// with a few megabytes would be collected a hundred times before it has read a
// large catalog.
func tuneMemory(getenv func(string) string) (ballast []byte) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetGCPercent(50)
	return make([]byte, 32<<20)
}
