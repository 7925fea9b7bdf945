package main

import (
	"strings"
	"testing"
)

func TestReplaceLeavesTheRestAlone(t *testing.T) {
	const by = "written by hand | <!-- a remark -->\n"
	document := by + begin + "old\n" + end + by
	got, err := replace(document, "| new |")
	if err != nil {
		t.Fatal(err)
	}
	if want := by + begin + "\n| new |\n" + end + by; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, document := range []string{"", begin, end + begin} {
		if got, err := replace(document, "| new |"); err == nil {
			t.Errorf("%q has no place for measures, and became %q", document, got)
		}
	}
}

// measured makes measures of all scenarios: those of Hugo, and a part of them.
func measured(products int, part float64) *size {
	s := &size{products: products}
	for _, sc := range scenarios {
		rounds := []measure{{wall: 10, cpu: 20, peak: 1000}, {wall: 30, cpu: 60, peak: 3000}, {wall: 20, cpu: 40, peak: 2000}}
		if !sc.hugo {
			for i := range rounds {
				rounds[i] = measure{rounds[i].wall * part, rounds[i].cpu * part, rounds[i].peak * part}
			}
		}
		s.measures, s.output = append(s.measures, rounds), append(s.output, output{files: 1234, bytes: 5_000_000})
	}
	return s
}

func line(t *testing.T, report, name string) string {
	t.Helper()
	for l := range strings.SplitSeq(report, "\n") {
		if strings.HasPrefix(l, "| "+name+" |") {
			return l
		}
	}
	t.Fatalf("the report has no line %q:\n%s", name, report)
	return ""
}

func TestReportSaysWhatWasMet(t *testing.T) {
	for part, want := range map[float64]string{
		0.04: "| met |",
		0.1:  "| **memory not met** |",
		0.3:  "| **wall not met**, acceptable (≤ 0.33), **CPU not met**, acceptable (≤ 0.33), **memory not met** |",
		0.5:  "| **wall not met**, **CPU not met**, **memory not met** |",
	} {
		r := report{sizes: []*size{measured(10_000, part)}}
		got := line(t, r.markdown(), "vitrine build, cold, no cache")
		if !strings.HasSuffix(got, want) {
			t.Errorf("%v of Hugo: %s, want %s", part, got, want)
		}
	}
	r := report{sizes: []*size{measured(10_000, 0.25)}}
	want := "| vitrine build, cold, no cache | 5 | 10 | 500 | 1,234 | 5 | 0.25 | 0.25 | 0.25 | wall ≤ 0.2 ×, CPU ≤ 0.2 ×, memory ≤ 0.05 × |"
	if got := line(t, r.markdown(), "vitrine build, cold, no cache"); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestReportWithoutHugo(t *testing.T) {
	s := measured(10_000, 0.01)
	s.measures[0] = nil
	r := report{sizes: []*size{s}}
	got := line(t, r.markdown(), "vitrine build, nothing changed")
	if want := "| – | – | – | wall ≤ 0.005 ×, ≤ 0.2 s | wall not known |"; !strings.HasSuffix(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestReportOfGrowth(t *testing.T) {
	a, b := measured(10_000, 0.1), measured(20_000, 0.1)
	for i := range b.measures {
		for j := range b.measures[i] {
			b.measures[i][j].peak += 60
			b.measures[i][j].wall *= 2.3
		}
	}
	r := report{sizes: []*size{a, b}}
	_, growth, _ := strings.Cut(r.markdown(), "### From 10,000 to 20,000 products")
	if got, want := line(t, growth, "vitrine build, cold, no cache"), "| 6.1 | × 2.3 | ≤ 5 KiB, linear (≤ × 2.4) | **memory not met** |"; !strings.HasSuffix(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 0.00512: "0.0051", 0.2: "0.2", 1.239: "1.24", 28.84: "28.8", 2158.2: "2158"} {
		if got := number(x); got != want {
			t.Errorf("number(%v) = %q, want %q", x, got, want)
		}
	}
}

func TestParseSize(t *testing.T) {
	for s, want := range map[string]size{"10000": {products: 10_000, rounds: usualRounds}, "50000:1": {products: 50_000, rounds: 1}} {
		got, err := parseSize(s)
		if err != nil || got.products != want.products || got.rounds != want.rounds {
			t.Errorf("%s: got %+v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "0", "-1", "10:", "10:0", ":3", "10:3:1", "many"} {
		if got, err := parseSize(s); err == nil {
			t.Errorf("%q was taken for %+v", s, got)
		}
	}
}
