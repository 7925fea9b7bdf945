package content

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// formatted formats a file in memory.
func formatted(t *testing.T, name, text string) *Formatted {
	t.Helper()
	kind := ProductEntry
	if name == catalogFile {
		kind = CatalogFile
	}
	f, err := format(SourceFile{name, kind}, []byte(text), nil, []string{"en", "fr"}, func(b []byte) []byte { return b })
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestFormat runs testdata/format/*.txtar: a product, or catalog.yaml, before
// and after.
func TestFormat(t *testing.T) {
	names, err := filepath.Glob("testdata/format/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		test := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(test, func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file := "content/sellers/acme/vault/product.md"
			if test == "catalog" {
				file = catalogFile
			}
			f := formatted(t, file, string(a.Files[0].Data))
			if len(f.Findings) > 0 {
				t.Fatalf("it cannot be read: %s", f.Findings[0].Message)
			}
			if diff := cmp.Diff(strings.Split(string(a.Files[1].Data), "\n"), strings.Split(string(f.After), "\n")); diff != "" {
				t.Errorf("the form is not as expected (-want +got):\n%s", diff)
			}
			if again := formatted(t, file, string(f.After)); !bytes.Equal(again.After, f.After) {
				t.Errorf("formatted again, it is\n%s", again.After)
			}
		})
	}
}

// A file's byte order mark and its line ends are those of every other.
func TestFormatEncoding(t *testing.T) {
	f := formatted(t, "content/x/product.md", "\ufeff---\r\nstatus: draft\r\n---\r\n\r\n# English\r\n\r\nx\r\n")
	if want := "---\nstatus: draft\n---\n\n# English\n\nx\n"; string(f.After) != want {
		t.Errorf("got %q, want %q", f.After, want)
	}
}

// What cannot be read is left as it is, and the findings say why.
func TestFormatUnreadable(t *testing.T) {
	for _, text := range []string{
		"", "status: draft\n", "---\nstatus: draft\n", "---\nstatus: [\n---\n", "---\nstatus: draft\nstatus: draft\n---\n",
		"---\nstatus: &a draft\n---\n", "---\nstatus: !!str draft\n---\n", "---\n- draft\n---\n", "---\nstatus: \xff\n---\n", "---\nstatus: a\u202eb\n---\n",
	} {
		if f := formatted(t, "content/x/product.md", text); f.After != nil || len(f.Findings) == 0 {
			t.Errorf("%q becomes %q with %d findings", text, f.After, len(f.Findings))
		}
	}
}

// EachFrench finds the texts that Format mends, and where each part of them is.
func TestEachFrench(t *testing.T) {
	source := "---\ntitle: {en: \"It's\", fr: \"L'un\"}\nkey_points:\n  - en: b\n    fr: l'é d'eux\nactivation: {fr: \"\\u00e9 l'a\"}\nname: l'x\nlicense: {fr: l'x.pdf}\n---\n"
	d, _ := parseDocument("content/x/product.md", ProductEntry, []byte(source), nil)
	var got []string
	d.EachFrench(func(text string, at func(from, to int) diag.Span) {
		for _, f := range typography.French([]byte(text)) {
			s := at(f.From, f.To)
			got = append(got, fmt.Sprintf("%d:%d-%d", s.Start.Line, s.Start.Column, s.End.Column))
		}
	})
	// The last one is written otherwise than it reads: the whole text.
	if diff := cmp.Diff([]string{"2:27-28", "5:10-11", "5:14-15", "6:18-30"}, got); diff != "" {
		t.Errorf("the places are not as expected (-want +got):\n%s", diff)
	}
}
