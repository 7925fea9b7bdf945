package bilingual_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/bilingual"
	"vitrine/internal/markdown"
)

// bodies are the texts of the repository's own products, in both languages.
func bodies(b *testing.B) (all [][]byte, size int) {
	b.Helper()
	names, err := filepath.Glob("../../content/sellers/*/*/product.md")
	if err != nil || len(names) < 20 {
		b.Fatalf("%d products, %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		_, body, _ := strings.Cut(string(data), "\n---\n")
		all = append(all, []byte(body))
		size += len(body)
	}
	return all, size
}

// BenchmarkBodies reads and compares texts as the check does once they are
// parsed; BenchmarkParse is what parsing them takes.
func BenchmarkBodies(b *testing.B) {
	all, size := bodies(b)
	var parsed []*markdown.Document
	for _, body := range all {
		parsed = append(parsed, markdown.Parse(body))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, d := range parsed {
			if len(d.Sections) != 2 {
				continue
			}
			x, y := bilingual.Read("en", all[i], pieces(&d.Sections[0], 0)), bilingual.Read("fr", all[i], pieces(&d.Sections[1], 0))
			bilingual.Compare(x, y)
			bilingual.Untranslated(x, y)
			x.Release()
			y.Release()
		}
	}
}

func BenchmarkParse(b *testing.B) {
	all, size := bodies(b)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, body := range all {
			markdown.Parse(body)
		}
	}
}
