package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/internal/fakecloud"
)

// BenchmarkCheckOnline checks a catalog of 1,000 OMI products with three versions
// in two Regions against an API that takes 50 ms for an answer:
//
//	go test ./cmd/vitrine -run '^$' -bench CheckOnline -benchtime 3x
func BenchmarkCheckOnline(b *testing.B) {
	const products = 1000
	dir := b.TempDir()
	writeOMIs(b, dir, products)
	code := func(id string) string { // an OMI's number counts a product's six
		var n int
		_, _ = fmt.Sscanf(id, "ami-%08x", &n)
		return fmt.Sprintf("pty-%08x", n/6)
	}
	api := &fakecloud.API{
		Latency: 50 * time.Millisecond,
		Types:   func(string) bool { return true },
		Image: func(id string) string {
			return fakecloud.Image(id, "available", "012345678901", "x86_64", false, "0001,"+code(id))
		},
	}
	server := httptest.NewServer(api)
	defer server.Close()
	env := map[string]string{"HOME": b.TempDir(), "OSC_ENDPOINT_API": server.URL + "/api/v1"}
	profile := func(region string) string {
		return fmt.Sprintf(`%q: {"access_key": %q, "secret_key": %q, "region": %[1]q}`, region, fakecloud.AccessKey, fakecloud.SecretKey)
	}
	writeFile(b, filepath.Join(env["HOME"], ".osc", "config.json"), "{"+profile("cloudgouv-eu-west-1")+", "+profile("eu-west-2")+"}")
	before := len(api.Requests())
	for b.Loop() {
		var stdout, stderr bytes.Buffer
		if status := run(context.Background(), []string{"-C", dir, "check", "--online"}, &stdout, &stderr, func(name string) string { return env[name] }); status != 0 {
			b.Fatalf("status %d\n%s%s", status, stdout.String()[:min(stdout.Len(), 2000)], stderr.String())
		}
		if !strings.Contains(stderr.String(), fmt.Sprintf("%d OMIs", products*6)) {
			b.Fatal(stderr.String())
		}
	}
	b.ReportMetric(float64(len(api.Requests())-before)/float64(b.N), "requests/op")
}

// writeOMIs writes a catalog of OMI products, each with three versions in two
// Regions.
func writeOMIs(t testing.TB, dir string, products int) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS("../../internal/check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	acme := filepath.Join(dir, "content", "sellers", "acme")
	data, err := os.ReadFile(filepath.Join(acme, "vault", "product.md"))
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(data), "versions:\n")
	_, rest, _ = strings.Cut(rest, "offers:\n")
	logo, err := os.ReadFile(filepath.Join(acme, "vault", "logo.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"vault", "relay", "care"} { // the relay and its care speak of the vault
		if err := os.RemoveAll(filepath.Join(acme, name)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range products {
		var versions strings.Builder
		for v := range 3 {
			fmt.Fprintf(&versions, "  - version: \"%d.0.0\"\n    status: published\n    released: 2026-0%d-01\n    architecture: x86_64\n    images: {cloudgouv-eu-west-1: ami-%08x, eu-west-2: ami-%08x}\n", 3-v, 4-v, i*6+v, i*6+3+v)
		}
		text := strings.NewReplacer("pty-0a1b2c3d", fmt.Sprintf("pty-%08x", i), "title: Coffre Vault", fmt.Sprintf("title: Vault %d", i)).Replace(head)
		text += "versions:\n" + versions.String() + "offers:\n" + strings.Replace(rest, "related: [acme/relay]\n", "", 1)
		seller := filepath.Join(dir, "content", "sellers", fmt.Sprintf("acme-%d", i/12))
		if i%12 == 0 {
			showcase, err := os.ReadFile(filepath.Join(acme, "showcase.md"))
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(seller, "showcase.md"), strings.Replace(string(showcase), "name: Acme", fmt.Sprintf("name: Acme %d\naccounts: {cloudgouv-eu-west-1: \"012345678901\", eu-west-2: \"012345678901\"}", i), 1))
			writeFile(t, filepath.Join(seller, "logo.svg"), string(logo))
		}
		writeFile(t, filepath.Join(seller, fmt.Sprintf("vault-%d", i), "product.md"), text)
		writeFile(t, filepath.Join(seller, fmt.Sprintf("vault-%d", i), "logo.svg"), string(logo))
	}
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(name), 0o755)
	if err == nil {
		err = os.WriteFile(name, []byte(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
