// Command bench measures vitrine beside Hugo: both build the same catalog, in
// turn, several times. It prints medians and ratios as Markdown; with -write, it
// puts them into docs/performance.md. Run it from the repository's root:
//
//	go run ./internal/bench [-products 10000]… [-runs 3] [-write]
//
// Hugo is taken from the PATH or installed by the go command. Where that does
// not work, vitrine is measured alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
)

const document = "docs/performance.md"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var sizes []int
	flag.Func("products", "products in the catalog; give it again for a second size, smaller ones first (10000)", func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return fmt.Errorf("not a number of products, or not more than the one before")
		}
		sizes = append(sizes, n)
		return nil
	})
	runs := flag.Int("runs", 3, "how often each is measured")
	toDocument := flag.Bool("write", false, "put the table into "+document)
	vitrine := flag.String("vitrine", "", "measure this program instead of one built from ./cmd/vitrine")
	keep := flag.String("dir", "", "work in this new folder and keep it (a temporary one)")
	flag.Parse()
	if flag.NArg() > 0 || *runs < 1 {
		flag.Usage()
		return fmt.Errorf("there is nothing to be measured like this")
	}
	if len(sizes) == 0 {
		sizes = []int{10_000}
	}
	dir := *keep
	if dir == "" {
		temporary, err := os.MkdirTemp("", "vitrine-bench-")
		if err != nil {
			return err
		}
		// Only now that all is measured: to delete a tree makes ext4 slow in building
		// the next one.
		defer os.RemoveAll(temporary)
		dir = temporary
	} else if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	p, err := findPrograms(ctx, dir, *vitrine)
	if err != nil {
		return err
	}
	report := newReport(sizes, *runs, *vitrine != "")
	for _, n := range sizes {
		s, err := measureSize(ctx, p, filepath.Join(dir, strconv.Itoa(n)), n, *runs)
		if err != nil {
			return err
		}
		report.sizes = append(report.sizes, s)
	}
	text := report.markdown()
	fmt.Print(text)
	if *toDocument {
		return insert(document, text)
	}
	return nil
}
