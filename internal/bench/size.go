package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// size holds the measures with a catalog of one size.
type size struct {
	products, rounds int

	measures [][]measure // by scenario, then by round; nil where it was not run
	output   []output    // by scenario: what it left
}

// output is a site as it was built.
type output struct{ files, bytes int64 }

// usualRounds is how often a size is measured where nothing else is asked for.
const usualRounds = 3

// parseSize reads 10000 or 10000:3, products and rounds.
func parseSize(s string) (*size, error) {
	products, rounds, ok := strings.Cut(s, ":")
	if !ok {
		rounds = strconv.Itoa(usualRounds)
	}
	n, err := strconv.Atoi(products)
	r, err2 := strconv.Atoi(rounds)
	if errors.Join(err, err2) != nil || n < 1 || r < 1 {
		return nil, fmt.Errorf("not a number of products, such as 10000, or of products and rounds, such as 50000:1")
	}
	return &size{products: n, rounds: r}, nil
}

// measure measures all scenarios in turn, round after round, so that a machine
// that gets slower does so for both programs.
func (s *size) measure(ctx context.Context, p programs, dir string) error {
	say("%d products: writing the catalog", s.products)
	l, err := newLab(p, dir, s.products)
	if err != nil {
		return err
	}
	s.measures, s.output = make([][]measure, len(scenarios)), make([]output, len(scenarios))
	for round := 1; round <= s.rounds; round++ {
		for i, sc := range scenarios {
			if sc.hugo && p.hugo == "" {
				continue
			}
			m, err := sc.run(ctx, l, round)
			if err != nil {
				return err
			}
			say("%d products, round %d: %s: %.2f s, CPU %.2f s, %.0f MiB", s.products, round, sc.name, m.wall, m.cpu, m.peak)
			s.measures[i] = append(s.measures[i], m)
			if round == s.rounds {
				if s.output[i], err = weigh(l, sc.hugo); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// weigh counts the files of what was built, and their bytes.
func weigh(l *lab, hugo bool) (o output, err error) {
	dir := l.path("vitrine/public")
	if hugo {
		dir = l.path("hugo/public")
	}
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			o.files++
			o.bytes += info.Size()
		}
		return err
	})
	return o, err
}

// median returns the middle of what is picked from the measures.
func median(of []measure, pick func(measure) float64) float64 {
	var values []float64
	for _, m := range of {
		values = append(values, pick(m))
	}
	return middle(values)
}

// ratio returns the middle of the rounds' ratios: each round is compared with
// the one of Hugo that it followed. It is 0 where Hugo was not measured.
func ratio(of, hugo []measure, pick func(measure) float64) float64 {
	if len(hugo) == 0 {
		return 0
	}
	var values []float64
	for i, m := range of {
		values = append(values, pick(m)/pick(hugo[i]))
	}
	return middle(values)
}

func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return 0
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

func wall(m measure) float64   { return m.wall }
func cpu(m measure) float64    { return m.cpu }
func memory(m measure) float64 { return m.peak }
