package site_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/site"
)

// mostBytes is what a product's page may weigh: the page, its style sheet and
// its scripts, compressed.
const mostBytes = 60_000

func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestPagesAreLight(t *testing.T) {
	f, _ := render(t, site.Options{})
	heaviest, name := 0, ""
	for at, page := range f.pages(t) {
		bytes := compressed(t, f[at])
		for n := range page.Descendants() {
			loaded := ""
			switch {
			case n.DataAtom == atom.Link && attr(n, "rel") == "stylesheet":
				loaded = attr(n, "href")
			case n.DataAtom == atom.Script:
				loaded = attr(n, "src")
			}
			if loaded != "" {
				bytes += compressed(t, f[strings.TrimPrefix(loaded, "/")])
			}
		}
		if bytes > mostBytes {
			t.Errorf("%s weighs %d bytes without pictures, more than %d", at, bytes, mostBytes)
		}
		if bytes > heaviest {
			heaviest, name = bytes, at
		}
	}
	t.Logf("the heaviest page weighs %d bytes without pictures: %s", heaviest, name)
}

// The policy holds only for what comes behind it.
func TestThePolicyComesFirst(t *testing.T) {
	f, _ := render(t, site.Options{})
	policy := ""
	for name, page := range f.pages(t) {
		var first []*html.Node
		for n := range page.Descendants() {
			if n.Type == html.ElementNode && n.Parent.DataAtom == atom.Head && len(first) < 2 {
				first = append(first, n)
			}
		}
		if len(first) < 2 || attr(first[0], "charset") != "utf-8" || attr(first[1], "http-equiv") != "Content-Security-Policy" {
			t.Errorf("%s does not begin with its encoding and its policy", name)
			continue
		}
		switch got := attr(first[1], "content"); {
		case policy == "":
			policy = got
		case policy != got:
			t.Errorf("%s has another policy: %s", name, got)
		}
	}
	for _, part := range []string{"default-src 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy lacks %s", part)
		}
	}
	for _, part := range []string{"unsafe", "*", "http:", "https:", "data:", "blob:"} {
		if strings.Contains(policy, part) {
			t.Errorf("the policy allows %s", part)
		}
	}
	// What docs/headers.md tells hosts to send is the same and more.
	data, err := os.ReadFile("../../docs/headers.md")
	if err != nil {
		t.Fatal(err)
	}
	told := regexp.MustCompile(`(?m)Content-Security-Policy:? "?(default-src [^"\n]*)`).FindAllStringSubmatch(string(data), -1)
	if len(told) != 2 {
		t.Errorf("docs/headers.md has %d policies", len(told))
	}
	for _, m := range told {
		if m[1] != policy+"; frame-ancestors 'none'" {
			t.Errorf("docs/headers.md has another policy than the pages, which have\n%s", policy)
		}
	}
}

// A style sheet or script that fetched something would make more requests than
// the page shows.
func TestAssetsLoadNothing(t *testing.T) {
	f, _ := render(t, site.Options{})
	for name, data := range f {
		if path.Ext(name) == ".css" && regexp.MustCompile(`@import|url\(`).Match(data) {
			t.Errorf("%s loads another file", name)
		}
	}
}
