package change

import (
	_ "embed"
	"fmt"
	"html"
	"io"

	"vitrine/internal/diag"
)

//go:embed report.css
var style string

// maxHTML bounds the page, the pictures of entries aside.
const maxHTML = 2_000_000

// HTML writes the change as one page that loads nothing and runs nothing: what
// Markdown says, and entries before and after. Those are documents of their own in
// sandboxed frames, so that nothing of theirs reaches the page.
func (c *Change) HTML(w io.Writer, opt Options) error {
	p := &printer{c, opt}
	d := p.blocks(maxHTML)
	d.write("<!doctype html>\n<html lang=\"" + opt.Lang + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n" +
		"<title>" + p.say(diag.Say("A change of the catalog")) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
	d.write("<h1>" + p.verdict() + "</h1>\n<p>" + p.is("<b>"+p.say(diag.Say("Next"))+"</b>", p.nextLine()) + "</p>\n")
	d.block("<ul>\n", p.findingRows(maxFirstFindings), "</ul>\n", 1_000_000)
	p.first(d, "<h2>"+p.say(diag.Say("What buyers will see"))+"</h2>\n")
	p.details(d)
	p.views(d)
	d.write("<footer>" + p.footer() + "</footer>\n</main>\n</body>\n</html>\n")
	return d.flush(w)
}

// views writes entries before and after.
func (p *printer) views(d *blocks) {
	if p.Views == nil {
		return
	}
	views, left := p.Views()
	if len(views)+left == 0 {
		return
	}
	d.write("<h2>" + p.say(diag.Say("Before and after")) + "</h2>\n")
	for i, v := range views {
		e := p.Entries[v.Entry]
		if i == 0 || views[i-1].Entry != v.Entry {
			d.write("<h3>" + p.title(e) + "</h3>\n")
		}
		d.write("<details open><summary>" + p.language(v.Language) + "</summary>\n<div class=\"pair\">\n")
		d.write(p.frame(diag.Say("Before"), v.Was) + p.frame(diag.Say("After"), v.Now) + "</div>\n")
		if v.Pictures > 0 {
			d.write("<p>" + p.say(diag.Say("Left out for their size: %s.", diag.Plural(v.Pictures, "%d picture", "%d pictures"))) + "</p>\n")
		}
		d.write("</details>\n")
	}
	if left > 0 {
		d.write("<p>" + p.say(diag.Say("Not shown: %s.", diag.Plural(left, "%d more entry", "%d more entries"))) + "</p>\n")
	}
}

// frame writes one side.
func (p *printer) frame(side diag.Text, document string) string {
	name := p.say(side)
	if document == "" {
		return fmt.Sprintf("<figure><figcaption>%s</figcaption><p>%s</p></figure>\n", name, p.say(diag.Say("nothing")))
	}
	return fmt.Sprintf("<figure><figcaption>%s</figcaption><iframe sandbox title=\"%s\" srcdoc=\"%s\"></iframe></figure>\n", name, name, html.EscapeString(document))
}
