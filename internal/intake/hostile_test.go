package intake

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// hostile are texts that are something else to a shell, to YAML, to Markdown, to
// GitHub or to a terminal.
var hostile = []string{
	"$(touch /tmp/x) `id`", "::error file=a::b", "${{ secrets.GITHUB_TOKEN }}", "@octocat and @orlune/staff #1 GH-1", "status: published", "---", "--- a", "...",
	"a: b: c", "a # b", "# a", "[x](javascript:alert(1))", "<script>alert(1)</script>", "<!-- a", `"`, `'`, `\`, `a"b\c'd`, "*a", "&a", "!!str a", "{a: b", "[a", "| a", "> a", "%YAML 1.1", "- a", "? a", "~", "null", "no", "0001", "1_000", "0x1f", "12:30:45", "2026-03-31", ".inf", "é\u00a0!", "\t", "a\tb", "=", "<<", "@a", "`a`", "##[error]a",
}

// TestHostileValues: whatever a value looks like, it is the text that was given,
// and the entry is a draft in its own place.
func TestHostileValues(t *testing.T) {
	root, opt := catalogOf(t)
	for _, text := range hostile {
		said := with(billing, "title-en", text, "title-fr", text+"é", "summary-en", text, "key_points-en", "1\n2\n"+"x"+text, "documentation", text, "support-email", text, "text-en", "Bills.\n\n"+text+"\n\nEnd.")
		r := read(t, root, issue(t, root, opt.Words, "en", outsourced, said), opt)
		p := inert(t, root, opt, r)
		if p == nil {
			t.Fatalf("%q: nothing is written: %s", text, r.Refused)
		}
		want := oneLine(text)
		if p.Title.In(0) != want && want != "" || p.Summary.In(0) != want || p.Documentation.In(0) != want || p.Support.Email != want {
			t.Errorf("%q: the title is %q, the summary %q", text, p.Title, p.Summary)
		}
		// With white space alone, nothing is given.
		if got := p.KeyPoints[2].In(0); got != oneLine("x"+text) {
			t.Errorf("%q: the key point is %q", text, got)
		}
	}
}

// inert looks at what was made of an issue, which may say anything. It returns
// the product, where there is one.
func inert(t testing.TB, root *content.Root, opt Options, r *Result) *catalog.Product {
	t.Helper()
	var reply strings.Builder
	if err := r.Markdown(&reply, Place{"https://github.com/a/b", "listing/issue-12"}); err != nil {
		t.Fatal(err)
	}
	outside := regexp.MustCompile(`<code>[^<>]*</code>|&[#a-z0-9]+;`).ReplaceAllString(reply.String(), "")
	for _, mark := range []string{"@", "<", "javascript:", "${{", "`", "::", "##["} {
		if i := strings.Index(outside, mark); i >= 0 {
			t.Errorf("the reply has %q: %s", mark, outside)
		}
	}
	var text strings.Builder
	if err := r.Text(&text); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, "::") || strings.Contains(line, "##[") || strings.ContainsFunc(strings.TrimSuffix(line, "\n"), diag.Forbidden) {
			t.Errorf("the reply has the line %q", line)
		}
	}
	if len(r.Files) == 0 {
		if r.Refused.IsZero() {
			t.Error("nothing is written, and the reply does not say why")
		}
		return nil
	}
	place := regexp.MustCompile(`^content/sellers/[a-z0-9]+(-[a-z0-9]+)*/(showcase\.md|[a-z0-9]+(-[a-z0-9]+)*/product\.md)$`)
	f := r.Files[0]
	if len(r.Files) != 1 || !place.MatchString(f.Path) {
		t.Fatalf("files %v", r.Files)
	}
	c := checked(t, root, opt, r)
	kind := content.ProductEntry
	if path.Base(f.Path) == "showcase.md" {
		kind = content.SellerEntry
	}
	d, err := root.With(map[string][]byte{f.Path: f.Data}).ReadSource(content.SourceFile{Path: f.Path, Kind: kind})
	if err != nil || d.Front == nil || len(d.Findings) > 0 {
		t.Fatalf("%s cannot be read: %v\n%s", f.Path, d.Findings, f.Data)
	}
	now := catalog.Status(strings.Join(d.Texts("status"), ""))
	if now != r.Status && r.Form != string(version) && r.Form != string(unpublish) || r.Form != string(unpublish) && !opt.Publish && r.Status != catalog.Draft {
		t.Errorf("the status is %q, said to be %q\n%s", now, r.Status, f.Data)
	}
	sections(t, opt, string(f.Data), c)
	if kind == content.SellerEntry {
		return nil
	}
	folder := path.Dir(f.Path)
	return c.Catalog.Product(path.Base(path.Dir(folder)) + "/" + path.Base(folder))
}

// sections looks that each language has its section, once.
func sections(t testing.TB, opt Options, data string, c *check.Result) {
	t.Helper()
	for _, l := range c.Catalog.Languages {
		head := "# " + opt.Words.NameOf(l)
		n := 0
		for line := range strings.Lines(data) {
			if strings.TrimSpace(line) == head {
				n++
			}
		}
		if n < 1 {
			t.Errorf("%s is there %d times\n%s", head, n, data)
		}
	}
	for _, f := range c.Findings {
		if strings.HasPrefix(f.Rule.ID, "section-") && f.Rule.ID != "section-missing" {
			t.Errorf("%s\n%s", f.Message, data)
		}
	}
}

// TestForgedBodies: what stands in one field cannot become another, a language's
// section cannot be forged, and whoever tries is told.
func TestForgedBodies(t *testing.T) {
	root, opt := catalogOf(t)
	body := func(pairs ...string) string { return issue(t, root, opt.Words, "en", omi, with(lock, pairs...)) }
	for _, test := range []struct {
		name, body, want string // of the reply
		file             string // what the file has
		not              string // what it must not have
	}{
		{"a heading of a later field", body("text-en", "Text.\n\n### Product code\n\n0003\n"), "the heading", `product_code: "0002"`, `product_code: "0003"`},
		{"a heading of an earlier field", body("text-en", "Text.\n\n### Seller\n\nother\n"), "the heading", `product_code: "0002"`, ""},
		{"the next field", body("product_code", "0002\n\n### Regions\n\n- [x] eu-west-2"), "the heading", `product_code: "0002"`, ""},
		{"another form", body("text-en", "### Short name of the seller\n\nbris"), "", `product_code: "0002"`, ""},
		{"a language's section", body("text-en", "# Français\n\nFaux.", "text-fr", "Vrai."), "", "## Français\n\nFaux.\n\n# Français\n\nVrai.", ""},
		{"a section below a line", body("text-en", "Français\n========\n\nFaux."), "", "Français\n--------\n\nFaux.\n\n# Français\n", ""},
		{"front matter in a text", body("text-en", "---\nstatus: published\n---\nText."), "", "status: draft\n", "\nstatus: published\ntitle"},
		{"front matter in a value", body("summary-en", "a\n---\nstatus: published"), "", "status: draft\n", ""},
		{"a fence without end", body("text-en", "```\ncode"), "", "```\n\n# Français\n", ""},
		{"a comment without end", body("text-en", "Text <!-- \n\nmore"), "", "# Français\n", ""},
		{"a style without end", body("text-en", "<style>\nmore"), "", "# Français\n", ""},
		{"line ends of Windows", strings.ReplaceAll(body(), "\n", "\r\n"), "", `product_code: "0002"`, "\r"},
		{"hidden characters", body("title-en", "Lo\u202eck\u0000\u200b"), "characters that nobody sees", "title: Lock\n", "\u202e"},
		{"not UTF-8", body("title-en", "Lo\xffck"), "characters that nobody sees", "title: Lock\n", "\xff"},
		{"edited by hand", strings.NewReplacer("### Product code", "###   PRODUCT  code:", "### Regions", "### **Regions**").Replace(body()), "", `product_code: "0002"`, ""},
		{"without its first heading", strings.Replace(body(), "### Short name of the OMI product\n\nlock\n\n", "", 1), "short name is missing", "", ""},
		{"only the first heading", "### Short name of the OMI product\n\nlock\n\n### Seller\n\nacme", "nothing is written here yet", "status: draft", ""},
	} {
		r := read(t, root, test.body, opt)
		var reply strings.Builder
		if err := r.Text(&reply); err != nil {
			t.Fatal(err)
		}
		inert(t, root, opt, r)
		file := ""
		for _, f := range r.Files {
			file += string(f.Data)
		}
		if !strings.Contains(reply.String(), test.want) || test.want == "" && strings.Contains(reply.String(), "the heading") || !strings.Contains(file, test.file) || test.not != "" && strings.Contains(file, test.not) {
			t.Errorf("%s: want %q in the reply, %q and not %q in the file:\n%s\n%s", test.name, test.want, test.file, test.not, &reply, file)
		}
	}
}

// FuzzFromIssue: whatever an issue says, what is written can be read, is a draft,
// stands in an entry's place, and the reply is inert.
func FuzzFromIssue(f *testing.F) {
	root, opt := catalogOf(f)
	for _, lang := range []string{"en", "fr"} {
		f.Add(issue(f, root, opt.Words, lang, showcase, bris))
		f.Add(issue(f, root, opt.Words, lang, omi, lock))
		f.Add(issue(f, root, opt.Words, lang, outsourced, billing))
		f.Add(issue(f, root, opt.Words, lang, service, advice))
		f.Add(issue(f, root, opt.Words, lang, version, release))
		f.Add(issue(f, root, opt.Words, lang, unpublish, withdrawal))
	}
	for _, text := range hostile {
		f.Add(issue(f, root, opt.Words, "en", outsourced, with(billing, "title-en", text, "text-en", text, "text-fr", text+"\n"+text)))
	}
	f.Fuzz(func(t *testing.T, body string) {
		inert(t, root, opt, read(t, root, body, opt))
	})
}
