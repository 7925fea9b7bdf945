package markdown

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// TestEngineReadsWhatTheLibraryReads: what the engine spares the parser changes
// nothing that it reads.
func TestEngineReadsWhatTheLibraryReads(t *testing.T) {
	library := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	pieces := strings.Split("a|b c|\n|\n|\n\n|\n\n| |   |    |\t|[a]: b|[a]: <b> \"c\"|[a]:|[a|[a]|[a](b)|]|(|)|: b|\"c\"|'|# |===|---|- |1. |> |```|*|_|`|<b>|\\|!|PIPE|\\PIPE|PIPE-PIPE|\u00a0[a]: b|\v[a]: b", "|")
	random := rand.New(rand.NewPCG(1, 0))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(16) {
			b.WriteString(strings.ReplaceAll(pieces[random.IntN(len(pieces))], "PIPE", "|"))
		}
		source := []byte(b.String())
		want := tree(library.Parser().Parse(text.NewReader(source)))
		if got := tree(engine.Parser().Parse(text.NewReader(source))); got != want {
			t.Fatalf("%q is read as\n%s\nthe library says\n%s", source, got, want)
		}
	}
}

// tree lists the nodes below a node, with their places.
func tree(n ast.Node) string {
	var b strings.Builder
	depth := 0
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&b, "%*s%s at %d", depth, "", n.Kind(), n.Pos())
		if n.Type() == ast.TypeBlock {
			for i := range n.Lines().Len() {
				fmt.Fprintf(&b, " %v", n.Lines().At(i))
			}
		}
		switch n := n.(type) {
		case *ast.Text:
			fmt.Fprint(&b, n.Segment)
		case *ast.Link:
			fmt.Fprintf(&b, " to %q %q", n.Destination, n.Title)
		}
		b.WriteByte('\n')
		depth++
		return ast.WalkContinue, nil
	})
	return b.String()
}

// BenchmarkParse reads one product's text: what limits it, and what is in it.
func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("../../content/sellers/perlune/perlune-vpn/product.md")
	if err != nil {
		b.Fatal(err)
	}
	_, body, _ := bytes.Cut(data[len("---\n"):], []byte("\n---\n"))
	for name, read := range map[string]func(){
		"limits": func() { Limits(body) },
		"parse":  func() { Parse(body) },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				read()
			}
		})
	}
}
