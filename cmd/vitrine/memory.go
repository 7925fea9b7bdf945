package main

import (
	"runtime/debug"

	"vitrine/internal/build"
)

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
	if tuned(getenv) {
		return nil
	}
	debug.SetGCPercent(50)
	return make([]byte, 128<<20)
}

func tuned(getenv func(string) string) bool {
	return getenv("GOGC") != "" || getenv("GOMEMLIMIT") != ""
}

// tuneFor puts collections off where most of the work was done by earlier runs:
// what they left is read at once and kept to the end, so that a collection would
// look through all of it and find nothing.
func (env *environment) tuneFor(m *build.Memory) {
	if m.Look() && !tuned(env.getenv) {
		debug.SetGCPercent(400)
	}
}
