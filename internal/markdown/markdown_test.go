package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parse parses a body that must be within the limits.
func parse(t *testing.T, source string) *Document {
	t.Helper()
	if l, over := Limits([]byte(source)); over {
		t.Fatalf("the body is refused: %s", l)
	}
	return Parse([]byte(source))
}

// sites resolves as the site does: other sites and files are known, nothing else is.
func sites(l Link) Target {
	switch {
	case strings.HasPrefix(l.Destination, "https://"), strings.HasPrefix(l.Destination, "http://"):
		return Target{URL: l.Destination, External: true}
	case l.Destination == "a.png":
		return Target{URL: "/files/a.png", Width: 640, Height: 480}
	case l.Destination == "drawing.svg":
		return Target{URL: "/files/drawing.svg"}
	case strings.HasPrefix(l.Destination, "mailto:"), l.Destination == "/en/":
		return Target{URL: l.Destination}
	}
	return Target{}
}

// render returns the HTML of a text that stands in one section.
func render(t *testing.T, text string) string {
	t.Helper()
	d := parse(t, "# English\n\n"+text)
	if len(d.Sections) != 1 {
		t.Fatalf("%d sections, want 1", len(d.Sections))
	}
	var b bytes.Buffer
	if err := d.Render(&b, &d.Sections[0], sites); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestOnlyHeadingsOfLevel1DivideABody(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"hash", "# English\na\n# Français\nb", []string{"English", "Français"}},
		{"underlined", "English\n=======\na\n\nFrançais\n===\n", []string{"English", "Français"}},
		{"closing hashes", "# English #\na", []string{"English"}},
		{"marked up", "# *Fran*çais\na", []string{"Français"}},
		{"escaped in the title", "# C\\# \\& C\na", []string{"C# & C"}},
		{"level 2", "# English\n## Use\na", []string{"English"}},
		{"fenced code", "# English\n```\n# no\n```\n", []string{"English"}},
		{"fenced code with tildes", "# English\n~~~sh\n# no\n~~~\n", []string{"English"}},
		{"code that is never closed", "# English\n```\n# no\n", []string{"English"}},
		{"indented code", "# English\n\n    # no\n", []string{"English"}},
		{"code in a list", "# English\n- a\n\n  ```\n  # no\n  ```\n", []string{"English"}},
		{"list", "# English\n- # no\n", []string{"English"}},
		{"quote", "# English\n> # no\n", []string{"English"}},
		{"no space", "# English\n#no\n", []string{"English"}},
		{"escaped", "# English\n\\# no\n", []string{"English"}},
		{"no section", "text\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range parse(t, test.source).Sections {
				got = append(got, s.Title)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("sections (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSectionsKnowTheirPlaceAndWhetherTheyAreEmpty(t *testing.T) {
	source := "stray\n\n# English\n\n# Français\n\ntexte\n"
	d := parse(t, source)
	at := func(s Span) string { return source[s.From:s.To] }
	got := []string{at(d.Preamble), at(d.Sections[0].Heading), at(d.Sections[1].Heading)}
	if diff := cmp.Diff([]string{"stray", "# English", "# Français"}, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if !d.Sections[0].Empty || d.Sections[1].Empty {
		t.Errorf("empty: %v, %v; want true, false", d.Sections[0].Empty, d.Sections[1].Empty)
	}
	if d := parse(t, "# English\n\n[//]: # (What to write.)\n\n# Français\n\n[//]: # (Quoi écrire.)\n\nTexte\n"); !d.Sections[0].Empty || d.Sections[1].Empty {
		t.Errorf("with definitions that nobody sees, empty: %v, %v; want true, false", d.Sections[0].Empty, d.Sections[1].Empty)
	}
	if d := parse(t, "# English\na"); d.Preamble.From != d.Preamble.To {
		t.Errorf("preamble %v of a body that begins with its section", d.Preamble)
	}
}

func TestHeadingsGetIDs(t *testing.T) {
	tests := []struct{ heading, want string }{
		{"Where to install it?", "s-where-to-install-it"},
		{"Où l’installer ?", "s-ou-l-installer"},
		{"Où l'installer ?", "s-ou-l-installer"},
		{"Une œuvre, Ænima, straße", "s-une-oeuvre-aenima-strasse"},
		{"Coffre **Vault** `v2`", "s-coffre-vault-v2"},
		{"1. « Été » 2026 !", "s-1-ete-2026"},
		{"日本語 OK", "s-日本語-ok"},
		{"!?", "s-section"},
	}
	for _, test := range tests {
		d := parse(t, "# E\n## "+test.heading+"\n")
		if got := d.Sections[0].Headings[0].ID; got != test.want {
			t.Errorf("%q has the id %q, want %q", test.heading, got, test.want)
		}
		if html := render(t, "## "+test.heading); !strings.Contains(html, `<h2 id="`+test.want+`">`) {
			t.Errorf("%q is rendered as %s", test.heading, html)
		}
	}
}

func TestIDsAreUniqueInASection(t *testing.T) {
	d := parse(t, "# English\n## Use\n### Use\n## Use 2\n## usé\n# Français\n## Use\n")
	var got []string
	for _, s := range d.Sections {
		for _, h := range s.Headings {
			got = append(got, h.ID)
		}
	}
	want := []string{"s-use", "s-use-2", "s-use-2-2", "s-use-3", "s-use"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

func TestRender(t *testing.T) {
	const rel = ` rel="nofollow ugc noopener"`
	tests := []struct{ name, text, want string }{
		{"link", "[a](https://x.example/?a=1&b=2)", `<p><a href="https://x.example/?a=1&amp;b=2"` + rel + `>a</a></p>`},
		{"link with a title", "[a](https://x.example/ \"b \\\" c\")", `<p><a href="https://x.example/" title="b &quot; c"` + rel + `>a</a></p>`},
		{"link on the site", "[a](/en/)", `<p><a href="/en/">a</a></p>`},
		{"link to nowhere", "[**a** b](javascript:alert)", `<p><strong>a</strong> b</p>`},
		{"reference", "[a][r]\n\n[r]: https://x.example/", `<p><a href="https://x.example/"` + rel + `>a</a></p>`},
		{"anchor", "## Où ?\n\n[a](#ou) [b](#Où) [c](#nowhere)", "<h2 id=\"s-ou\">Où ?</h2>\n<p><a href=\"#s-ou\">a</a> <a href=\"#s-ou\">b</a> c</p>"},
		{"anchor before its heading", "[a](#use)\n\n## Use", "<p><a href=\"#s-use\">a</a></p>\n<h2 id=\"s-use\">Use</h2>"},
		{"autolink", "<https://x.example/>", `<p><a href="https://x.example/"` + rel + `>https://x.example/</a></p>`},
		{"bare https", "see https://x.example/a.", `<p>see <a href="https://x.example/a"` + rel + `>https://x.example/a</a>.</p>`},
		{"bare www", "www.x.example or https://x.example/", `<p>www.x.example or <a href="https://x.example/"` + rel + `>https://x.example/</a></p>`},
		{"bare ftp", "see ftp://x.example/a now", `<p>see ftp://x.example/a now</p>`},
		{"autolink to nowhere", "<javascript:alert(1)>", `<p>javascript:alert(1)</p>`},
		{"address", "<a@x.example>", `<p><a href="mailto:a@x.example">a@x.example</a></p>`},
		{"bare address", "write to a@x.example now", `<p>write to <a href="mailto:a@x.example">a@x.example</a> now</p>`},
		{"image", "![A view](a.png)", `<p><img src="/files/a.png" alt="A view" width="640" height="480" loading="lazy"></p>`},
		{"image without a size", "![A view](drawing.svg)", `<p><img src="/files/drawing.svg" alt="A view" loading="lazy"></p>`},
		{"image of nowhere", "![A view](http.png) b", `<p>A view b</p>`},
		{"strikethrough", "~~a~~ b", `<p><del>a</del> b</p>`},
		{"quotes stay", `"a" -- it's...`, `<p>&quot;a&quot; -- it's...</p>`},
		{"no attributes", "## Use {#x onclick=a}", `<h2 id="s-use-x-onclick-a">Use {#x onclick=a}</h2>`},
		{"code", "```go\na < b\n```", `<pre tabindex="0"><code class="language-go">a &lt; b` + "\n</code></pre>"},
		{"language with signs", "``` c++ title=x\na\n```", `<pre tabindex="0"><code class="language-c++">a` + "\n</code></pre>"},
		{"language in capitals", "```Go\na\n```", `<pre tabindex="0"><code>a` + "\n</code></pre>"},
		{"language that is markup", "```\"><script>\na\n```", `<pre tabindex="0"><code>a` + "\n</code></pre>"},
		{"language too long", "```" + strings.Repeat("a", 21) + "\na\n```", `<pre tabindex="0"><code>a` + "\n</code></pre>"},
		{"indented code", "    a <b>", `<pre tabindex="0"><code>a &lt;b&gt;` + "\n</code></pre>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, render(t, test.text)); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
		})
	}
}

// TestABareAddressIsALinkWhateverStandsAround: whether it is one must not
// depend on what else the file holds.
func TestABareAddressIsALinkWhateverStandsAround(t *testing.T) {
	for _, text := range []string{"see (https://x.example/a) now", "a < https://x.example/a", "(https://x.example/a"} {
		alone, beside := render(t, text), render(t, text+"\n\nhttps://y.example/")
		if !strings.HasPrefix(beside, alone) || !strings.Contains(alone, `<a href="https://x.example/a"`) {
			t.Errorf("%q is rendered as\n%s\nalone, and beside another address as\n%s", text, alone, beside)
		}
	}
}

func TestTablesScrollAndAreAlignedByClasses(t *testing.T) {
	got := render(t, "|   | VM | Price |\n|---|:-:|--:|\n| a | b | c |\n")
	want := `<div class="scroll" tabindex="0"><table>
<thead>
<tr>
<td></td>
<th scope="col" class="center">VM</th>
<th scope="col" class="end">Price</th>
</tr>
</thead>
<tbody>
<tr>
<td>a</td>
<td class="center">b</td>
<td class="end">c</td>
</tr>
</tbody>
</table></div>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("HTML (-want +got):\n%s", diff)
	}
}

func TestRawHTMLIsReportedAndNeverRendered(t *testing.T) {
	for _, html := range []string{
		"<script>alert(1)</script>", "<b onclick=x>", "<style>*{}", "<!-- never closed", "<?php a", "<![CDATA[a]]>", "<!DOCTYPE html>", "</p>", "<x-y>",
	} {
		for _, around := range []string{"", "text "} {
			source := "# English\n\n" + around + html + "\n"
			d := parse(t, source)
			var b bytes.Buffer
			if err := d.Render(&b, &d.Sections[0], sites); err != nil {
				t.Fatal(err)
			}
			// What is no tag to the parser is a text and is escaped.
			if reported, escaped := len(d.Sections[0].HTML) > 0, strings.Contains(b.String(), "&lt;"); !reported && !escaped {
				t.Errorf("%q is neither reported nor a text: %s", source, &b)
			}
			inside := strings.NewReplacer("<p>", "", "</p>", "", "<!-- raw HTML omitted -->", "").Replace(b.String())
			if strings.Contains(inside, "<") {
				t.Errorf("%q is rendered as %s", source, &b)
			}
			for _, h := range d.Sections[0].HTML {
				if h.From < strings.Index(source, "\n") || h.To > len(source) || h.From >= h.To {
					t.Errorf("%q: the HTML's place is %v", source, h)
				}
			}
		}
	}
}

func TestLinksAreReportedWithTheirPlace(t *testing.T) {
	source := "# English\n\nA [b](https://x.example/ \"t\"), ![An *é*](a.png), <c@x.example>, https://y.example and [r][].\n\n[r]: /en/\n"
	type found struct {
		At, Destination, Alt string
		Image                bool
	}
	var got []found
	for _, l := range parse(t, source).Sections[0].Links {
		got = append(got, found{source[l.From:l.To], l.Destination, l.Alt, l.Image})
	}
	want := []found{
		{"https://x.example/", "https://x.example/", "", false},
		{"a.png", "a.png", "An é", true},
		{"c@x.example", "mailto:c@x.example", "", false},
		{"https://y.example", "https://y.example", "", false},
		{"/en/", "/en/", "", false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

// TestDestinationsAreDecodedBeforeTheyAreJudged: what resolve is asked about
// must be what a browser will open, or a link passes as one host and leads to
// another: https://good.example&#64;bad.example/ is rendered with an @.
func TestDestinationsAreDecodedBeforeTheyAreJudged(t *testing.T) {
	tests := []struct{ text, asked, want string }{
		{"[a](https://good.example&#64;bad.example/)", "https://good.example@bad.example/", `href="https://good.example@bad.example/"`},
		{"[a](https://127.0.0.1&#x2f;.good.example/)", "https://127.0.0.1/.good.example/", `href="https://127.0.0.1/.good.example/"`},
		{"[a](https&colon;//x.example)", "https://x.example", `href="https://x.example"`},
		{"[a](intent&colon;x)", "intent:x", `href="intent:x"`},
		{"![a](a&period;png)", "a.png", `src="a.png"`},
		{"[a](https://x.example/?a=1&amp;copy;=2)", "https://x.example/?a=1&copy;=2", `href="https://x.example/?a=1&amp;copy;=2"`},
	}
	for _, test := range tests {
		d := parse(t, "# English\n\n"+test.text)
		if got := d.Sections[0].Links[0].Destination; got != test.asked {
			t.Errorf("%s: rules judge %q, want %q", test.text, got, test.asked)
		}
		var asked string
		var b bytes.Buffer
		if err := d.Render(&b, &d.Sections[0], func(l Link) Target { asked = l.Destination; return Target{URL: l.Destination} }); err != nil {
			t.Fatal(err)
		}
		if asked != test.asked || !strings.Contains(b.String(), test.want) {
			t.Errorf("%s: asked about %q, want %q; rendered %s", test.text, asked, test.asked, &b)
		}
	}
}
