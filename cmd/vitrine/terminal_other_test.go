//go:build !linux

package main

import "github.com/rogpeppe/go-internal/testscript"

func answer(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Fatalf("there is no terminal to have on this system")
}
