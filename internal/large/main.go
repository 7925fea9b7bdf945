// Command large writes a catalog of as many products as asked for, to measure
// the program and its site with: the same bytes each time, both languages, and
// texts as long as sellers write them.
//
//	go run ./internal/large 10000 DIR
package main

import (
	"fmt"
	"os"
	"strconv"

	"vitrine/internal/corpus"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: go run ./internal/large PRODUCTS DIR")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number of products", args[0])
	}
	if _, err := os.Stat(args[1]); err == nil {
		return fmt.Errorf("%s is already there: name a new folder", args[1])
	}
	return corpus.Catalog(args[1], n)
}
