package build_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/check"
	"vitrine/internal/content"
)

// benchProducts is the size of the catalog that the benchmarks read.
const benchProducts = 200

// benchRoot makes a catalog of many products: copies of one of the
// repository's own, each with codes of its own.
func benchRoot(b *testing.B) *content.Root {
	b.Helper()
	const seller = "../../content/sellers/perlune"
	dir := b.TempDir()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	sellers := filepath.Join(dir, "content", "sellers", "perlune")
	must(os.MkdirAll(sellers, 0o755))
	for from, to := range map[string]string{
		"../../content/catalog.yaml": filepath.Join(dir, "content", "catalog.yaml"),
		seller + "/showcase.md":      filepath.Join(sellers, "showcase.md"),
		seller + "/logo.svg":         filepath.Join(sellers, "logo.svg"),
	} {
		data, err := os.ReadFile(from)
		must(err)
		must(os.WriteFile(to, data, 0o644))
	}
	must(os.CopyFS(filepath.Join(dir, "content", "pages"), os.DirFS("../../content/pages")))
	source, err := os.ReadFile(seller + "/perlune-vpn/product.md")
	must(err)
	hex := regexp.MustCompile(`(ami|pty)-[0-9a-f]{8}`)
	strip := regexp.MustCompile(`(?m)^(related|aliases): .*\n`)
	serial := 0
	for i := range benchProducts {
		folder := filepath.Join(sellers, fmt.Sprintf("product-%d", i))
		must(os.CopyFS(folder, os.DirFS(seller+"/perlune-vpn")))
		must(os.WriteFile(filepath.Join(folder, "product.md"), hex.ReplaceAllFunc(strip.ReplaceAll(source, nil), func(old []byte) []byte {
			serial++
			return fmt.Appendf(nil, "%s%08x", old[:4], serial)
		}), 0o644))
	}
	root, err := content.OpenRoot(dir)
	must(err)
	b.Cleanup(func() { root.Close() })
	return root
}

func perProduct(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*benchProducts), "µs/product")
}

func BenchmarkLoad(b *testing.B) {
	root := benchRoot(b)
	for b.Loop() {
		if _, err := content.Load(b.Context(), root, content.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	perProduct(b)
}

func BenchmarkCheck(b *testing.B) {
	root := benchRoot(b)
	var r *check.Result
	var err error
	for b.Loop() {
		if r, err = build.Check(b.Context(), root, "2026-06-15"); err != nil {
			b.Fatal(err)
		}
	}
	if len(r.Findings) > 0 {
		b.Fatalf("the catalog has findings: %+v", r.Findings[0])
	}
	perProduct(b)
}

func BenchmarkRender(b *testing.B) {
	root := benchRoot(b)
	r, err := build.Check(b.Context(), root, "2026-06-15")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, _, err := build.Plan(b.Context(), root, r, build.Options{At: "2026-06-15"})
		if err != nil {
			b.Fatal(err)
		}
		units := s.Units()
		for i := range units {
			if err := s.Render(&units[i], func(string, []byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	}
	perProduct(b)
}

// BenchmarkCheckChange checks the catalog as BenchmarkCheck does, as a change
// of one file in a repository of a hundred commits: what is beyond the time of
// that is what a comparison costs.
func BenchmarkCheckChange(b *testing.B) {
	if _, err := exec.LookPath("git"); err != nil {
		b.Skip("the git command is not installed")
	}
	root := benchRoot(b)
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@acme.example"}, args...)...)
		cmd.Dir = root.Dir()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	git("add", "-A")
	for range 100 {
		git("commit", "-q", "--allow-empty", "-m", "a commit")
	}
	name := filepath.Join(root.Dir(), "content/sellers/perlune/product-7/product.md")
	data, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, append(data, "\n\n"...), 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, c, err := build.CheckChange(b.Context(), root, "2026-06-15", "main", "", nil)
		if err != nil {
			b.Fatal(err)
		}
		if c.Touched != 1 || r.Counts().Errors > 0 {
			b.Fatalf("%d files are touched, findings: %v", c.Touched, r.Findings)
		}
	}
	perProduct(b)
}
