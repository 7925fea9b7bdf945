// Command bench measures vitrine beside Hugo: both build the same catalog, in
// turn, several times. It prints medians and ratios as Markdown; with -write, it
// puts them into docs/performance.md. Run it from the repository's root:
//
//	go run ./internal/bench [-products 10000[:ROUNDS]]… [-write]
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
	var sizes []*size
	flag.Func("products", "products in the catalog, and in how many rounds all is measured: 10000:3; give it again for another size, smaller ones first", func(s string) error {
		n, err := parseSize(s)
		if err == nil && len(sizes) > 0 && n.products <= sizes[len(sizes)-1].products {
			err = fmt.Errorf("not more than the size before")
		}
		sizes = append(sizes, n)
		return err
	})
	toDocument := flag.Bool("write", false, "put the table into "+document)
	vitrine := flag.String("vitrine", "", "measure this program instead of one built from ./cmd/vitrine")
	keep := flag.String("dir", "", "work in this new folder and keep it (a temporary one)")
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		return fmt.Errorf("there is nothing to be measured like this")
	}
	if len(sizes) == 0 {
		sizes = []*size{{products: 10_000, rounds: usualRounds}}
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
	report := newReport(sizes, *vitrine != "") // now, since it looks at the machine's load
	for _, s := range sizes {
		if err := s.measure(ctx, p, filepath.Join(dir, strconv.Itoa(s.products))); err != nil {
			return err
		}
	}
	text := report.markdown()
	fmt.Print(text)
	if *toDocument {
		return insert(document, text)
	}
	return nil
}
