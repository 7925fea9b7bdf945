//go:build unix

package lsp

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"vitrine/internal/build"
)

// BenchmarkKey is a key that is typed in a product of a large catalog, up to the
// findings: with the root of one in VITRINE_BENCH_CATALOG.
func BenchmarkKey(b *testing.B) {
	root := os.Getenv("VITRINE_BENCH_CATALOG")
	if root == "" {
		b.Skip("VITRINE_BENCH_CATALOG names no catalog")
	}
	all, err := filepath.Glob(filepath.Join(root, "content/sellers/*/*/product.md"))
	if err != nil || len(all) == 0 {
		b.Fatal(err, "no product")
	}
	data, err := os.ReadFile(all[len(all)/2])
	if err != nil {
		b.Fatal(err)
	}
	path, _ := below(root, all[len(all)/2])
	memory := b.TempDir()
	open := func(b *testing.B) *editor {
		return start(b, root, Options{Memory: func(root string) *build.Memory { return build.OpenMemory(memory, root) }})
	}
	e := open(b) // fills the cache
	e.open(path, "")
	e.found(path)
	sound := string(data)
	body := strings.Index(sound, "# English") + len("# English\n\n")
	for _, test := range []struct {
		name string
		text func(i int) string
	}{
		{"text", func(i int) string { return sound[:body] + strconv.Itoa(i) + " " + sound[body:] }},
		{"status", func(i int) string {
			return strings.Replace(sound, "status: published", "status: "+[]string{"draft", "published"}[i%2], 1)
		}},
		{"broken", func(i int) string { return "---\nx: [" + strconv.Itoa(i) + "\n" + sound[4:] }},
		{"broken or not", func(i int) string {
			return strings.Replace(sound, "status: published", "status: publishe"+"dx"[i%2:i%2+1], 1)
		}},
	} {
		b.Run(test.name, func(b *testing.B) {
			e := open(b)
			e.open(path, "")
			e.found(path)
			before, i := cpu(), 0
			for b.Loop() {
				i++
				e.write(path, test.text(i))
				e.found(path)
			}
			b.ReportMetric(float64(cpu()-before)/float64(i)/1e6, "cpu-ms/op")
		})
	}
	b.Run("start", func(b *testing.B) {
		before, i := cpu(), 0
		for b.Loop() {
			e := open(b)
			e.open(path, "")
			e.found(path)
			i++
		}
		b.ReportMetric(float64(cpu()-before)/float64(i)/1e6, "cpu-ms/op")
	})
	b.Run("products", func(b *testing.B) {
		e := open(b)
		i := strings.Index(sound, "\ntitle:") + 1
		marked := sound[:i] + "related: [‸]\n" + sound[i:]
		e.on("textDocument/completion", path, marked, nil)
		before, n := cpu(), 0
		for b.Loop() {
			e.on("textDocument/completion", path, marked, nil)
			n++
		}
		b.ReportMetric(float64(cpu()-before)/float64(n)/1e6, "cpu-ms/op")
	})
}

// cpu is the processor time that the process has taken, in nanoseconds.
func cpu() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Utime.Nano() + u.Stime.Nano()
}
