package markdown

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// Render writes a section as pages have it.
func (d *Document) Render(w io.Writer, s *Section, resolve func(Link) Target) error {
	var open bytes.Buffer
	if err := d.Text(&open, s); err != nil {
		return err
	}
	var b strings.Builder
	Text(open.Bytes()).Render(&b, resolve)
	_, err := io.WriteString(w, b.String())
	return err
}

// A text's links can be left out one by one, whatever stands in them.
func TestOpenLinks(t *testing.T) {
	tests := []struct{ source, all, none string }{
		{"[a *b*](/c 'd')", `<a href="/c" title="d">a <em>b</em></a>`, "a <em>b</em>"},
		{"<https://x.example/?a&b>", `<a href="https://x.example/?a&amp;b">https://x.example/?a&amp;b</a>`, "https://x.example/?a&amp;b"},
		{"![a *b*](c.png \"d\")", `<img src="c.png" alt="a b" title="d" loading="lazy">`, "a <em>b</em>"},
		{"[![a](b.png) c](/d)", `<a href="/d"><img src="b.png" alt="a" loading="lazy"> c</a>`, "a c"},
		{"![a ![b](c.png) [d](/e)](f.png) g", `<img src="f.png" alt="a b d" loading="lazy"> g`, "a b d g"},
		{"[a](/b)\x00[c](/d\x00)", "<a href=\"/b\">a</a>\ufffd<a href=\"/d%EF%BF%BD\">c</a>", "a\ufffdc"},
		{"[a](/b\\[c&amp;d)", `<a href="/b%5Bc&amp;d">a</a>`, "a"},
	}
	for _, test := range tests {
		d := Parse([]byte("# x\n\n" + test.source))
		for want, resolve := range map[string]func(Link) Target{
			test.all:  func(l Link) Target { return Target{URL: l.Destination} },
			test.none: func(Link) Target { return Target{} },
		} {
			var b strings.Builder
			if err := d.Render(&b, &d.Sections[0], resolve); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSuffix(b.String(), "\n"); got != "<p>"+want+"</p>" {
				t.Errorf("%q becomes %s, want <p>%s</p>", test.source, got, want)
			}
		}
	}
}
