// Command latency measures how long an author waits: from the start of vitrine
// serve to its first page, and from a save to the browser showing it.
//
//	go run ./internal/latency [-n 200] [-catalog DIR] [PRODUCTS]
//
// A catalog of PRODUCTS (10,000) is made by internal/large, or that in DIR is
// copied. It prints the median, the 95th percentile and the number of saves, a
// line for each kind of change; without Chromium it says so and does nothing.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"vitrine/internal/browser"
)

func main() {
	n := flag.Int("n", 200, "how many saves of each kind are measured")
	from := flag.String("catalog", "", "the catalog's root; a copy is measured")
	flag.Parse()
	products := 10_000
	if arg := flag.Arg(0); arg != "" {
		var err error
		if products, err = strconv.Atoi(arg); err != nil || flag.NArg() > 1 {
			fmt.Fprintln(os.Stderr, "usage: go run ./internal/latency [-n N] [-catalog DIR] [PRODUCTS]")
			os.Exit(2)
		}
	}
	if err := run(*from, products, *n); errors.Is(err, browser.ErrNone) {
		fmt.Println("skipped:", err)
	} else if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func run(from string, products, n int) error {
	b, stop, err := browser.Start()
	if err != nil {
		return err
	}
	defer stop()
	temp, err := os.MkdirTemp("", "latency")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	p, err := prepare(temp, from, products)
	if err != nil {
		return err
	}
	first, stopServer, err := p.serve()
	if err != nil {
		return err
	}
	defer stopServer()
	tab := b.Page()
	start := time.Now()
	if err := tab.Visit(p.url + p.page); err != nil {
		return err
	}
	fmt.Printf("%d products, first page after %d ms, shown by the browser in %d ms more\n\n%-36s %8s %8s %5s\n",
		p.products, first.Milliseconds(), time.Since(start).Milliseconds(), "from save to shown", "median", "p95", "n")
	for _, kind := range p.kinds() {
		if err := tab.Visit(p.url + kind.page); err != nil {
			return err
		}
		times, err := p.measure(tab, kind, n)
		if err != nil {
			return err
		}
		slices.Sort(times)
		fmt.Printf("%-36s %5d ms %5d ms %5d\n", kind.name, times[len(times)/2].Milliseconds(), times[len(times)*95/100].Milliseconds(), len(times))
	}
	return nil
}
