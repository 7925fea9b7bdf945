package markdown

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// allowed are the elements that a section may be rendered with, and their
// attributes. The values of class, id and the rest are checked below.
var allowed = map[string][]string{
	"a": {"href", "title", "rel"}, "img": {"src", "alt", "title", "width", "height", "loading"},
	"h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"p": nil, "br": nil, "hr": nil, "em": nil, "strong": nil, "del": nil, "blockquote": nil,
	"ul": nil, "ol": {"start"}, "li": nil, "pre": {"tabindex"}, "code": {"class"},
	"div": {"class", "tabindex"}, "table": nil, "thead": nil, "tbody": nil, "tr": nil,
	"th": {"scope", "class"}, "td": {"class"},
}

var void = []string{"img", "br", "hr"}

// lenient resolves as little as a site could: it lets every address pass whose
// scheme is not dangerous, and plain file names.
func lenient(l Link) Target {
	u, err := url.Parse(l.Destination)
	if err != nil {
		return Target{}
	}
	switch strings.ToLower(u.Scheme) {
	case "https", "http", "mailto":
		return Target{URL: l.Destination, External: true}
	case "":
		if u.Host == "" && !strings.ContainsAny(l.Destination, `:/\`) {
			return Target{URL: l.Destination, Width: 1, Height: 1}
		}
	}
	return Target{}
}

// FuzzRender: whatever a seller writes, a page gets only elements, attributes
// and addresses that can do nothing.
func FuzzRender(f *testing.F) {
	for _, s := range hostile {
		f.Add([]byte("# English\n\n" + s))
		f.Add([]byte("# English\n\n- a\n\n  > b " + s + " c\n\n## " + s + "\n\n| a |\n|--|\n| " + s + " |\n"))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		if _, over := Limits(source); over {
			return
		}
		d := Parse(source)
		inside := func(s Span) bool { return 0 <= s.From && s.From <= s.To && s.To <= len(source) }
		if !inside(d.Preamble) {
			t.Errorf("the preamble's place %v is outside", d.Preamble)
		}
		for i := range d.Sections {
			s := &d.Sections[i]
			places := append(slices.Clone(s.HTML), s.Heading)
			for _, h := range s.Headings {
				places = append(places, h.Span)
			}
			for _, l := range s.Links {
				places = append(places, l.Span)
			}
			for _, p := range s.Pieces {
				places = append(places, p.Span)
			}
			if j := slices.IndexFunc(places, func(p Span) bool { return !inside(p) }); j >= 0 {
				t.Errorf("the place %v is outside", places[j])
			}
			var b bytes.Buffer
			if err := d.Render(&b, s, lenient); err != nil {
				t.Fatal(err)
			}
			harmless(t, b.String())
		}
	})
}

// harmless checks a section's HTML token by token.
func harmless(t *testing.T, page string) {
	t.Helper()
	var open []string
	ids := make(map[string]bool)
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%v is not closed in %s", open, page)
			}
			return
		case html.CommentToken:
			if token.Data != " raw HTML omitted " {
				t.Errorf("the comment %q in %s", token.Data, page)
			}
		case html.DoctypeToken:
			t.Errorf("a doctype in %s", page)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Errorf("</%s> closes %v in %s", token.Data, open, page)
				return
			}
			open = open[:len(open)-1]
		case html.StartTagToken, html.SelfClosingTagToken:
			names, ok := allowed[token.Data]
			if !ok {
				t.Errorf("the element %s in %s", token.Data, page)
			}
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
			seen := make(map[string]bool)
			for _, a := range token.Attr {
				if !slices.Contains(names, a.Key) || seen[a.Key] || !value(a.Key, a.Val, ids) {
					t.Errorf("<%s %s=%q> in %s", token.Data, a.Key, a.Val, page)
				}
				seen[a.Key] = true
			}
			if src := slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == "src" }); token.Data == "img" && !src {
				t.Errorf("an image without src in %s", page)
			}
		}
	}
}

// value reports whether an attribute has a harmless value.
func value(key, v string, ids map[string]bool) bool {
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	switch key {
	case "href", "src":
		return address(v)
	case "id":
		fresh := !ids[v]
		ids[v] = true
		return fresh && strings.HasPrefix(v, idPrefix) && !strings.ContainsAny(v, " \t\n")
	case "class":
		language, ok := strings.CutPrefix(v, "language-")
		return ok && languageForm.MatchString(language) || v == "scroll" || v == "end" || v == "center"
	case "rel":
		return v == rel
	case "loading":
		return v == "lazy"
	case "scope":
		return v == "col"
	case "tabindex":
		return v == "0"
	case "start", "width", "height":
		return digits(v)
	}
	return true // alt and title are texts
}

// address reads an address as browsers do, which drop tabs and line feeds
// anywhere and controls around it, and take a backslash for a slash.
func address(v string) bool {
	v = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(v)
	v = strings.TrimFunc(v, func(r rune) bool { return r <= ' ' })
	v = strings.ReplaceAll(v, `\`, "/")
	if scheme, _, ok := strings.Cut(v, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		return slices.Contains([]string{"https", "http", "mailto"}, strings.ToLower(scheme))
	}
	return !strings.HasPrefix(v, "//")
}

// hostile are texts that made other programs write harmful HTML.
var hostile = []string{
	"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))", "[a](<java\tscript:alert(1)>)",
	"[a](&#106;avascript:alert(1))", "[a](javascript&colon;alert(1))", "[a](javascript&#58;alert(1))", "[a](&#x1;javascript:alert(1))",
	"[a](java&Tab;script:alert(1))", "[a](java&NewLine;script:alert(1))", "[a]( javascript:alert(1))", "[a](\\javascript:alert(1))",
	"[a](<javascript:alert(1)>)", "[a](%6aavascript:alert(1))", "[a](java%0ascript:alert(1))", "[a](javascript\\:alert(1))",
	"[a](data:text/html;base64,PHNjcmlwdD4=)", "![a](data:image/svg+xml,<svg onload=alert(1)>)", "[a](DATA:text/html,a)", "[a](data:image/png;base64,iVBO)",
	"[a](vbscript:msgbox)", "[a](file:///etc/passwd)", "[a](blob:https://x/1)", "[a](intent:#Intent;end)", "[a](ms-msdt:/id)",
	"[a](//x.example)", "[a](\\\\x.example)", "[a](/\\x.example)", "[a](https:x)", "[a](https://u:p@x.example)", "[a](:)", "[a]()", "[a](#)", "[a](#a)",
	"[a][r]\n\n[r]: javascript:alert(1)", "[r]\n\n[r]: <data:a> 't'", "![r]\n\n[r]: javascript:alert(1)", "[a][r]\n\n[r]: https://x.example '\" onclick=\"alert(1)'",
	"[a](https://x.example '\" onmouseover=\"alert(1)')", "[a](https://x.example \"&quot; onclick=&quot;\")", "[a](https://x.example/\"onclick=alert(1))",
	"[a](https://x.example/\">\"<b>)", "[a](<https://x.example/\"><script>>)", "![\" onerror=\"alert(1)](a.png)", "![a](a.png '\" onerror=\"alert(1)')", "![<script>](a.png)",
	"![a]( \" onerror=alert(1) )", "[![a](a.png)](https://x.example)", "![[a](https://x.example)](a.png)", "[a [b](https://y.example)](https://x.example)",
	"<javascript:alert(1)>", "<https://x.example/\"onclick=a>", "<a@x.example>", "<mailto:a@x.example>", "<data:a>", "https://x.example/\"><b>", "http://x.example/'a", "a@x.example\"b",
	"<script>alert(1)</script>", "<ScRiPt src=//x>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=javascript:a>b</a>", "<iframe srcdoc=a>",
	"<style>@import '//x'", "<!--", "<!-- a --", "<!--> <script>", "<!-- -- > a", "<![CDATA[", "<?x", "<!DOCTYPE", "</p>", "</div></table>", "<div\n", "<a\nhref='", "<math><mi//xlink:href=a>",
	"`<b>`", "``` \"onclick=a\n<b>\n```", "~~~ <script>\n</code></pre>\n~~~", "    </pre><script>", "## <b> {onclick=a}", "## \"><b>", "# a {#\"}",
	"| a |\n|:-:|\n| <b> `|` \\| |", "| [a](javascript:a) |\n|--|", "a|b\n-|-:\n*a|b*", "&lt;script&gt;", "&#60;b&#62;", "&#0;&#x110000;&notanentity;",
	"*a **b* c**", "~~a~~ ~b~", "\\<b>", "1000000000. a", "0. a", "a\\\nb  \nc", "\x00<b>\x00", "\u202e<b>", "\xff\xfe<b>", "<b\x0conclick=a>", "a\r\n<b>\r\n", "[a\x00](b\x00)",
}
