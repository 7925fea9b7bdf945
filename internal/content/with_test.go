package content

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vitrine/internal/diag"
)

// A catalog with written files is read as if they were there, links are still
// links, and nothing is written.
func TestWith(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("logo.svg", filepath.Join(dir, "content/sellers/acme/link.svg")); err != nil {
		t.Skip(err)
	}
	root, err := OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	with := root.With(map[string][]byte{
		"content/sellers/acme/showcase.md":       []byte("---\nstatus: draft\nname: Other\n---\n"),
		"content/sellers/acme/new/product.md":    []byte("---\ntype: service\nstatus: draft\n---\n"),
		"content/sellers/nova/showcase.md":       []byte("---\nstatus: draft\n---\n"),
		"content/sellers/nova/first/product.md":  []byte("---\ntype: omi\nstatus: draft\n---\n"),
		"content/sellers/nova/second/product.md": []byte("---\ntype: omi\nstatus: draft\n---\n"),
	})
	tree, err := Load(context.Background(), with, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range tree.Catalog.Sellers {
		got = append(got, s.Slug+" "+string(s.Status)+" "+s.Name.In(0))
		for _, p := range s.Products {
			got = append(got, p.Ref())
		}
	}
	want := []string{"acme draft Other", "acme/care", "acme/new", "acme/relay", "acme/vault", "nova draft ", "nova/first", "nova/second"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	link := slices.ContainsFunc(tree.Findings, func(f diag.Finding) bool {
		return f.Rule == ruleFileKind && f.Path == "content/sellers/acme/link.svg"
	})
	if !link {
		t.Error("the link is no finding")
	}
	if _, err := os.Stat(filepath.Join(dir, "content/sellers/nova")); err == nil {
		t.Error("something was written")
	}
	if _, err := with.FS().Open("content/sellers/acme/link.svg"); err == nil {
		t.Error("a link is followed")
	}
	if _, err := fs.ReadDir(with.FS(), "content/none"); err == nil {
		t.Error("a folder that is not there can be read")
	}
}
