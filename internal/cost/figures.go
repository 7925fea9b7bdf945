package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// tolerance is how much a figure may differ from the one that is committed:
// goroutines take turns as they like, and so some buffers are made once more.
const tolerance = 0.05

// figure is something that was counted.
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

func read(name string) (f []figure, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

func write(name string, f []figure) error {
	for i := range f {
		f[i].Value = math.Round(f[i].Value)
	}
	data, err := json.MarshalIndent(f, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}

// compare tells how figures changed, a line for each, and whether some got
// worse.
func compare(committed, now []figure) (lines []string, worse bool) {
	was := make(map[string]float64)
	for _, f := range committed {
		was[f.Name] = f.Value
	}
	better := false
	for _, f := range now {
		before, known := was[f.Name]
		change, verdict := f.Value/before-1, ""
		switch {
		case !known:
			verdict, worse = ": not committed", true
		case change > tolerance:
			verdict, worse = ": WORSE", true
		case change < -tolerance:
			verdict, better = ": better", true
		}
		lines = append(lines, fmt.Sprintf("%-36s %9.0f, committed %9.0f (%+.1f %%)%s\n", f.Name, f.Value, before, 100*change, verdict))
	}
	if better {
		lines = append(lines, "note: some figures are better than those committed; keep them by go run ./internal/cost -update\n")
	}
	return lines, worse
}
