package markdown

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASectionKnowsItsPieces(t *testing.T) {
	names := []string{"paragraph", "cell", "title", "run", "code", "block", "link", "picture", "list", "table"}
	tests := []struct {
		name, source string
		want         []string
	}{
		{"paragraph", "a **b** *c*d\ne", []string{`paragraph "a **b** *c*d\ne"`, `run "a "`, `run "b"`, `run " "`, `run "c"`, `run "d"`, `run "e"`}},
		{"heading", "### a `b` #", []string{`title "### a ` + "`b`" + ` #" 3`, `run "a "`, `code "b"`}},
		{"escapes", `1\*2 3&nbsp;4 R&D &#8364;5;`, []string{`paragraph "1\\*2 3&nbsp;4 R&D &#8364;5;"`, `run "1"`, `run "\\*" means "*"`, `run "2 3"`, `run "&nbsp;" means "\u00a0"`, `run "4 R&D "`, `run "&#8364;" means "€"`, `run "5;"`}},
		{"links", "[a](https://x.example/a\\_b) <https://y.example/> https://z.example c@x.example ![d](e.png)", []string{
			`paragraph "[a](https://x.example/a\\_b) <https://y.example/> https://z.example c@x.example ![d](e.png)"`,
			`link "https://x.example/a\\_b" means "https://x.example/a_b"`, `run "a"`, `run " "`, `link "https://y.example/" means "https://y.example/"`, `run " "`,
			`link "https://z.example" means "https://z.example"`, `run " "`, `link "c@x.example" means "mailto:c@x.example"`, `run " "`,
			`picture "e.png" means "e.png"`, `run "d"`,
		}},
		{"code block", "```sh\na  \n  b\n```\n", []string{`block "a  \n  b\n" means "sh"`}},
		{"code block in a list", "- ```\n  a\n   b\n  ```\n", []string{`list "- ` + "```" + `\n  a\n   b" 1`, `block "a\n   b\n"`}},
		{"lists", "1. a\n   - b\n   - c\n2. d\n\ne", []string{`list "1. a\n   - b\n   - c\n2. d" 2 ordered`, `paragraph "a"`, `run "a"`, `list "   - b\n   - c" 2`, `paragraph "b"`, `run "b"`, `paragraph "c"`, `run "c"`, `paragraph "d"`, `run "d"`, `paragraph "e"`, `run "e"`}},
		{"table", "| a | b |\n|---|--:|\n| `c` | 1 |\n\ne", []string{`table "| a | b |\n|---|--:|\n| ` + "`c`" + ` | 1 |" 2 x 2`, `cell ""`, `run "a"`, `cell ""`, `run "b"`, `cell ""`, `code "c"`, `cell ""`, `run "1"`, `paragraph "e"`, `run "e"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			source := "# English\n\n" + test.source
			var got []string
			for _, p := range parse(t, source).Sections[0].Pieces {
				text := fmt.Sprintf("%s %+q", names[p.Kind], source[p.From:p.To])
				if p.Text != "" {
					text += fmt.Sprintf(" means %q", p.Text)
				}
				if p.Count > 0 {
					text += fmt.Sprintf(" %d", p.Count)
				}
				if p.Columns > 0 {
					text += fmt.Sprintf(" x %d", p.Columns)
				}
				if p.Ordered {
					text += " ordered"
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("pieces (-want +got):\n%s", diff)
			}
		})
	}
}
