package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"time"
)

// aim is what a scenario should take at most.
type aim struct {
	of   string // wall, CPU or memory, as parts of Hugo's; or seconds, at 10,000 products
	most float64
	last float64 // what is still acceptable, where that is more
}

var coldAims = []aim{{"wall", 0.2, 0.33}, {"CPU", 0.2, 0.33}, {"memory", 0.05, 0}}

const (
	aimProducts  = 10_000 // the size that the aims were set for
	growthAimKiB = 5.0    // memory a product, from that size on
	growthSlack  = 1.2    // times as much time as products: machines drift
)

// report makes the document's part of the measures.
type report struct {
	command, machine string
	sizes            []*size
}

func newReport(sizes []*size, other bool) *report {
	command := "go run ./internal/bench"
	for _, s := range sizes {
		command += fmt.Sprintf(" -products %d:%d", s.products, s.rounds)
	}
	command += " -write"
	if other {
		command += " -vitrine FILE"
	}
	return &report{command: command, machine: machine(), sizes: sizes}
}

// machine describes what was measured on.
func machine() string {
	s := fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		s += ", load " + strings.Fields(string(load))[0] + " before it began"
	}
	return s
}

func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %s. Medians of rounds, each of them all lines in turn; a ratio is the median of the rounds' ratios.\n\n```\n%s\n```\n",
		time.Now().Format(time.DateOnly), r.machine, r.command)
	for _, s := range r.sizes {
		fmt.Fprintf(&b, "\n### %s products (rounds: %d)\n\n", thousands(int64(s.products)), s.rounds)
		s.times(&b)
	}
	if len(r.sizes) > 1 {
		growth(&b, r.sizes[0], r.sizes[len(r.sizes)-1])
	}
	return b.String()
}

// times writes the table of one size.
func (s *size) times(b *strings.Builder) {
	b.WriteString("| | wall s | CPU s | peak MiB | files | MB | × Hugo: wall | CPU | memory | aim | met? |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|\n")
	hugo := s.hugo()
	for i, sc := range scenarios {
		m := s.measures[i]
		if m == nil {
			continue
		}
		fmt.Fprintf(b, "| %s | %s | %s | %.0f |", sc.name, number(median(m, wall)), number(median(m, cpu)), median(m, memory))
		if sc.only {
			b.WriteString(" – | – |")
		} else {
			fmt.Fprintf(b, " %s | %s |", thousands(s.output[i].files), number(float64(s.output[i].bytes)/1e6))
		}
		for _, pick := range []func(measure) float64{wall, cpu, memory} {
			if x := ratio(m, hugo, pick); x > 0 {
				fmt.Fprintf(b, " %s |", number(x))
			} else {
				b.WriteString(" – |")
			}
		}
		aims, verdict := s.judge(sc, m, hugo)
		fmt.Fprintf(b, " %s | %s |\n", aims, verdict)
	}
}

func (s *size) hugo() []measure {
	for i, sc := range scenarios {
		if sc.hugo {
			return s.measures[i]
		}
	}
	return nil
}

// judge says what was aimed at, and whether it was met.
func (s *size) judge(sc scenario, m, hugo []measure) (aims, verdict string) {
	var all, missed []string
	for _, a := range sc.aims {
		x, name, unit := 0.0, a.of+" ", " ×"
		switch a.of {
		case "wall":
			x = ratio(m, hugo, wall)
		case "CPU":
			x = ratio(m, hugo, cpu)
		case "memory":
			x = ratio(m, hugo, memory)
		case "seconds":
			if s.products > aimProducts {
				continue
			}
			x, name, unit = median(m, wall), "", " s"
		}
		all = append(all, name+"≤ "+number(a.most)+unit)
		switch {
		case x == 0:
			missed = append(missed, a.of+" not known")
		case x > a.most && x <= a.last:
			missed = append(missed, fmt.Sprintf("**%s not met**, acceptable (≤ %s)", a.of, number(a.last)))
		case x > a.most:
			missed = append(missed, "**"+a.of+" not met**")
		}
	}
	if len(all) > 0 && len(missed) == 0 {
		missed = []string{"met"}
	}
	return strings.Join(all, ", "), strings.Join(missed, ", ")
}

// growth writes what more products cost.
func growth(b *strings.Builder, from, to *size) {
	factor := float64(to.products) / float64(from.products)
	fmt.Fprintf(b, "\n### From %s to %s products\n\n| | memory, KiB a product more | wall, for × %s products | aim | met? |\n|---|---:|---:|---|---|\n", thousands(int64(from.products)), thousands(int64(to.products)), number(factor))
	for i, sc := range scenarios {
		if from.measures[i] == nil || to.measures[i] == nil {
			continue
		}
		kib := (median(to.measures[i], memory) - median(from.measures[i], memory)) * 1024 / float64(to.products-from.products)
		times := median(to.measures[i], wall) / median(from.measures[i], wall)
		aim, verdict := "", ""
		if len(sc.aims) > 0 && from.products >= aimProducts {
			aim = fmt.Sprintf("≤ %s KiB, linear (≤ × %s)", number(growthAimKiB), number(factor*growthSlack))
			var missed []string
			if kib > growthAimKiB {
				missed = append(missed, "**memory not met**")
			}
			if times > factor*growthSlack {
				missed = append(missed, "**time not met**")
			}
			if verdict = strings.Join(missed, ", "); verdict == "" {
				verdict = "met"
			}
		}
		fmt.Fprintf(b, "| %s | %.1f | × %.1f | %s | %s |\n", sc.name, kib, times, aim, verdict)
	}
}

// number writes three digits, or as many as stand before the point.
func number(x float64) string {
	if x == 0 {
		return "0"
	}
	digits := max(0, 2-int(math.Floor(math.Log10(math.Abs(x)))))
	s := fmt.Sprintf("%.*f", min(digits, 4), x)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// thousands writes 24103 as 24,103.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
