package markdown

import (
	"bytes"
	"strings"
	"testing"
)

func TestLimitsRefuseWhatSlowsTheParserDown(t *testing.T) {
	repeat := strings.Repeat
	tests := []struct {
		name       string
		pass, fail string
		want       string // message for fail
		line       int    // where fail is refused, from 0
	}{
		{"size", repeat("a", maxBody), repeat("a", maxBody+1), "131073 bytes of text, limit 131072", 0},
		{"columns", repeat("|a", 20) + "|", "a\n\n" + repeat("a|", 20) + "a", "21 columns in a table, limit 20", 2},
		{"cells", repeat(repeat("|a", 20)+"|\n"+repeat("|a\n", 99)+"\n", 5), repeat(repeat("|a", 20)+"|\n"+repeat("|a\n", 99)+"\n", 5) + "|a", "10001 cells in the tables of a text, limit 10000", 505},
		{"escaped pipes", repeat("\\|\n\n", 500), repeat("\\|\n\n", 501), "501 times \\| in a text, limit 500", 1000},
		{"empty lines", "a" + repeat("\n", 51) + "a", "a" + repeat("\n", 52) + "a", "51 empty lines in a row, limit 50", 51},
		{"rows", repeat("|a\n", 250) + "\n" + repeat("|a\n", 250), repeat("|a\n", 251), "251 rows in a table, limit 250", 250},
		{"rows without pipes below", "a|b\n-|-\n" + repeat("a\n", 248), "a|b\n-|-\n" + repeat("a\n", 249), "251 rows in a table, limit 250", 250},
		{"brackets", repeat("[a\n\n", 1000), repeat("[a\n\n", 1001), "1001 times [ in a text, limit 1000", 2000},
		{"marks", repeat("*_~", 200) + "\n\n" + repeat("*", 600), repeat("*_~", 200) + "\n*", "601 times * or _ in a paragraph, limit 600", 1},
		{"ticks", repeat("`a", 400) + "\n\n" + repeat("`a", 400), repeat("`a", 400) + "\n`", "401 times ` in a paragraph, limit 400", 1},
		{"quotes", repeat(">", 10) + "a", repeat("> ", 11) + "a", "11 quotes or lists in one another, limit 10", 0},
		{"lists in a line", repeat("- ", 10) + "a", repeat("- ", 5) + repeat("1. ", 3) + repeat("+ ", 3) + "a", "11 quotes or lists in one another, limit 10", 0},
		{"lists by indentation", repeat(" ", 40) + "- a", repeat(" ", 44) + "- a", "11 quotes or lists in one another, limit 10", 0},
		{"lists by tabs", repeat("\t", 10) + "- a", repeat("\t", 11) + "- a", "11 quotes or lists in one another, limit 10", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if l, over := Limits([]byte(test.pass)); over {
				t.Errorf("a text at the limit is refused: %s", l)
			}
			l, over := Limits([]byte(test.fail))
			if !over {
				t.Fatal("a text above the limit passes")
			}
			if l.String() != test.want {
				t.Errorf("message %q, want %q", l.String(), test.want)
			}
			if line := strings.Count(test.fail[:l.From], "\n"); line != test.line || l.To > len(test.fail) {
				t.Errorf("refused at %v, in line %d, want line %d", l.Span, line, test.line)
			}
		})
	}
}

func TestLimitsLetOrdinaryTextsPass(t *testing.T) {
	for _, text := range []string{
		"", "\n", "# English\n\nA text.\n", "1. a\n   - b\n     > c\n", "---\n***\n___\n",
		strings.Repeat("A *text* with a [link](https://x.example/) and `code`.\n\n", 200),
		"```\n" + strings.Repeat("    ", 8) + "deeply indented code\n```\n",
	} {
		if l, over := Limits([]byte(text)); over {
			t.Errorf("%.40q is refused: %s", text, l)
		}
	}
}

// TestLimitsOfWhatIsParsed: small texts that would make large or slow pages.
func TestLimitsOfWhatIsParsed(t *testing.T) {
	repeat := strings.Repeat
	for _, test := range []struct{ name, text, want string }{
		{"headings", "# English\n" + repeat("## a\n", 501), "501 headings in a text, limit 500"},
		{"titles", "# English\n\n[a]: /x \"" + repeat("a", 1000) + "\"\n\n" + repeat("[a] ", 66), "66132 bytes in the addresses and titles of a text's links, limit 65536"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := Parse([]byte(test.text))
			if d.Over == nil {
				t.Fatal("the text passes")
			}
			if d.Over.String() != test.want {
				t.Errorf("message %q, want %q", d.Over.String(), test.want)
			}
			var b bytes.Buffer
			if err := d.Render(&b, &d.Sections[0], func(Link) Target { return Target{} }); err == nil || b.Len() > 0 {
				t.Errorf("it is rendered all the same: %d bytes, error %v", b.Len(), err)
			}
		})
	}
}
