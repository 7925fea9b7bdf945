package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
)

// size holds the measures with a catalog of one size.
type size struct {
	products int
	measures [][]measure // by scenario, then by round; nil where it was not run
	output   []output    // by scenario: what it left
}

// output is a site as it was built.
type output struct{ files, bytes int64 }

// measureSize measures all scenarios in turn, as many rounds as asked for, so
// that a machine that gets slower does so for both programs.
func measureSize(ctx context.Context, p programs, dir string, products, rounds int) (*size, error) {
	say("%d products: writing the catalog", products)
	l, err := newLab(p, dir, products)
	if err != nil {
		return nil, err
	}
	s := &size{products: products, measures: make([][]measure, len(scenarios)), output: make([]output, len(scenarios))}
	for round := 1; round <= rounds; round++ {
		for i, sc := range scenarios {
			if sc.hugo && p.hugo == "" {
				continue
			}
			m, err := sc.run(ctx, l, round)
			if err != nil {
				return nil, err
			}
			say("%d products, round %d: %s: %.2f s, CPU %.2f s, %.0f MiB", products, round, sc.name, m.wall, m.cpu, m.peak)
			s.measures[i] = append(s.measures[i], m)
			if round == rounds {
				if s.output[i], err = weigh(l, sc.hugo); err != nil {
					return nil, err
				}
			}
		}
	}
	return s, nil
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
