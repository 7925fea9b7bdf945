package check

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/markdown"
)

var (
	ruleSectionMissing = &diag.Rule{
		ID: "section-missing", Severity: diag.Error, Lack: true, Fixed: true,
		Title: "the body has one section a language, headed by the language's own name",
		Why:   "Marketplace rule 1: what buyers read is given in English and in French. One section a language keeps both in one file, for reviewers as well.",
		Help:  "write a heading such as # English, and the text below it",
	}
	ruleSectionUnknown = &diag.Rule{
		ID: "section-unknown", Severity: diag.Error, Fixed: true,
		Title: "headings of level 1 are kept for the languages",
		Why:   "In the file, level 1 tells the languages apart; on the page, it is the title. Headings that begin at level 2 keep the order that screen readers go by (WCAG 2.2, 1.3.1).",
		Help:  "inside a section, begin headings with ##",
	}
	ruleSectionTwice = &diag.Rule{
		ID: "section-duplicate", Severity: diag.Error, Fixed: true,
		Title: "a language has one section in the body",
		Why:   "A page shows one text a language. Of two sections, one would be lost.",
		Help:  "put the two together",
	}
	rulePreamble = &diag.Rule{
		ID: "section-before-first", Severity: diag.Error, Fixed: true,
		Title: "every text of the body belongs to a language",
		Why:   "A text that belongs to no language would be shown in none. Nothing that a seller writes is dropped in silence.",
		Help:  "write a heading such as # English before the text",
	}
	ruleHTML = &diag.Rule{
		ID: "markdown-html", Severity: diag.Error, Fixed: true,
		Title: "texts are Markdown, without HTML in it",
		Why:   "HTML in a text could run scripts, load things from elsewhere, or break the page for everybody. Markdown (CommonMark) says all that a listing needs.",
		Help:  "write it in Markdown; a < that is meant as such is written \\<, or stands in `code`",
	}
	ruleLimit = &diag.Rule{
		ID: "markdown-limit", Severity: diag.Error, Fixed: true,
		Title: "a text is no larger, and no deeper nested, than a page can show",
		Why:   "Some texts of a few kilobytes take a Markdown reader minutes. The limits are far above any listing, and keep the check quick for all.",
		Help:  "make it simpler",
	}
	ruleLinkBody = &diag.Rule{
		ID: "link-target", Severity: diag.Error, Fixed: true,
		Title: "a link in a text leads to a public site, to a heading of the same text, to a file of the entry, or to a page of the catalog",
		Why:   "A dead link loses a buyer, and one that runs a script or leads into a private network harms them. Links that leave the site follow the same rules as those of the front matter.",
		Help:  "write the address of a page that exists, or of a public https site",
	}
	rulePictureRemote = &diag.Rule{
		ID: "picture-elsewhere", Severity: diag.Error, Fixed: true,
		Title: "a picture in a text is a file of the entry: pages ask no other site for anything",
		Why:   "A picture from another site tells that site who reads the page, and can change after it was reviewed. Pages of the catalog load nothing from elsewhere.",
		Help:  "put the picture into the entry's folder and write its name",
	}
	rulePictureAlt = &diag.Rule{
		ID: "picture-alt", Severity: diag.Error, Lack: true,
		Title: "a picture in a text says what it shows, for those who cannot see it",
		Why:   "WCAG 2.2, 1.1.1 (level A): what a picture tells is there as text, too, for people who cannot see it. The French RGAA, 1.1, asks the same.",
		Help:  "write what the picture shows between the brackets",
	}
	ruleInsecure = &diag.Rule{
		ID: "link-insecure-text", Severity: diag.Warning,
		Title: "a link in a text is https, not http",
		Why:   "Whatever goes over http can be read and changed on its way, and browsers warn of it. This is for the safety of buyers.",
		Help:  "write https where the site answers there",
	}
)

// body checks the Markdown below the front matter.
func body(p *entryPass) {
	text := p.Text()
	if limit, over := markdown.Limits(text); over {
		p.limit(&limit)
		return
	}
	p.ids(text)
	doc := markdown.Parse(text)
	if doc.Over != nil {
		p.limit(doc.Over)
		return
	}
	if doc.Preamble.To > doc.Preamble.From {
		p.Report(rulePreamble, p.inBody(doc.Preamble), diag.Say("write # %s before it", p.languageName(0)), "this text stands before the first section, so it has no language")
	}
	first := make(map[string]*markdown.Section)
	unknown := false // a heading that may be meant for a language
	for i := range doc.Sections {
		s := &doc.Sections[i]
		language := p.languageOf(s.Title)
		switch {
		case language == "":
			unknown = true
			p.Report(ruleSectionUnknown, p.inBody(s.Heading), p.sectionHelp(s.Title), "%s is not the name of a language of the catalog", diag.Quote(s.Title)).Fix.Replace = p.sectionMeant(s.Title)
		case first[language] != nil:
			f := p.Report(ruleSectionTwice, p.inBody(s.Heading), diag.Text{}, "a second section in %s", diag.Quote(s.Title))
			f.Related = []diag.Note{{Span: p.inBody(first[language].Heading), Message: diag.Say("the first one")}}
		default:
			first[language] = s
			if s.Empty {
				p.Report(ruleSectionMissing, p.inBody(s.Heading), diag.Say("write the text below the heading"), "the section %s is empty", diag.Quote(s.Title))
			}
		}
		p.section(s)
	}
	p.sections(first)
	p.keep(doc, first)
	at := p.fenceOrHeading(doc)
	for i, language := range p.settings.Languages {
		if first[language] == nil && !unknown {
			name := p.languageName(i)
			help := diag.Say("write # %s and the text below it", name)
			if fence := openFence(text); fence >= 0 {
				help = diag.Say("%s; the code block that begins in line %d is not closed: it takes in what follows", help, p.Source.Position(p.Body[0]+fence).Line)
			}
			p.Report(ruleSectionMissing, at, help, "the body has no section # %s", name)
		}
	}
}

// keep keeps what the sections look like for the build that follows.
func (p *entryPass) keep(doc *markdown.Document, of map[string]*markdown.Section) {
	if p.texts == nil {
		return
	}
	w := textBuffers.Get().(*bytes.Buffer)
	defer textBuffers.Put(w)
	w.Reset()
	lengths := make([]int32, len(p.settings.Languages))
	for i, language := range p.settings.Languages {
		from := w.Len()
		if s := of[language]; s != nil {
			if doc.Text(w, s) != nil {
				return // whoever wants it gets the error
			}
		}
		lengths[i] = int32(w.Len() - from)
	}
	p.texts.keep(p.Entry(), w.Bytes(), lengths)
}

var textBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// limit reports a text that is not looked at further.
func (p *entryPass) limit(l *markdown.Limit) {
	p.Report(ruleLimit, p.inBody(l.Span), diag.Text{}, "%d %s, limit %d", l.N, diag.Say(l.What), l.Most)
	p.unread = true
}

// fenceOrHeading is where a section that is missing is reported: the last one
// that is there, or else the body's beginning.
func (p *entryPass) fenceOrHeading(doc *markdown.Document) diag.Span {
	if n := len(doc.Sections); n > 0 {
		return p.inBody(doc.Sections[n-1].Heading)
	}
	closing := max(0, p.Body[0]-1) // the line feed of the line ---
	return p.Source.Span(max(0, closing-3), closing)
}

func (p *entryPass) inBody(s markdown.Span) diag.Span {
	return p.Source.Span(p.Body[0]+s.From, p.Body[0]+s.To)
}

// languageName returns the name that heads a language's section.
func (p *entryPass) languageName(i int) string { return p.words.NameOf(p.settings.Languages[i]) }

func (p *entryPass) languageOf(title string) string {
	for i, l := range p.settings.Languages {
		if p.languageName(i) == title {
			return l
		}
	}
	return ""
}

// sectionHelp says what to write instead of a heading.
func (p *entryPass) sectionHelp(title string) diag.Text {
	if heading := p.sectionMeant(title); heading != "" {
		return diag.Say("write %s", heading)
	}
	var names []string
	for i := range p.settings.Languages {
		names = append(names, p.languageName(i))
	}
	return diag.Say("inside a section, headings start with ##; the sections are # %s", strings.Join(names, ", # "))
}

// sectionMeant returns the heading of a language's section that a heading is
// most likely meant for, or "".
func (p *entryPass) sectionMeant(title string) string {
	var names []string
	for i := range p.settings.Languages {
		names = append(names, p.languageName(i))
	}
	for i, n := range names {
		if markdown.Fold(n) == markdown.Fold(title) || strings.EqualFold(p.settings.Languages[i], title) || diag.Nearest(title, names) == n {
			return "# " + n
		}
	}
	return ""
}

// openFence returns the offset of a code fence that is never closed, or -1.
func openFence(text []byte) int {
	open, at := -1, 0
	mark := ""
	for line := range strings.Lines(string(text)) {
		t := strings.TrimSpace(line)
		for _, m := range []string{"```", "~~~"} {
			switch {
			case !strings.HasPrefix(t, m):
			case open < 0:
				open, mark = at, m
			case mark == m && strings.Trim(t, m[:1]) == "":
				open = -1
			}
		}
		at += len(line)
	}
	return open
}

func (p *entryPass) section(s *markdown.Section) {
	for _, at := range s.HTML {
		p.Report(ruleHTML, p.inBody(at), diag.Text{}, "HTML is not allowed in texts")
	}
	for _, h := range s.Headings {
		if h.Level == 1 {
			p.Report(ruleSectionUnknown, p.inBody(h.Span), diag.Say("write ##: a heading of level 1 begins a language's section"), "a heading of level 1 inside a list or a quote")
		}
	}
	for _, l := range s.Links {
		at := p.inBody(l.Span)
		if l.Image {
			p.bodyPicture(l, at)
			continue
		}
		p.bodyLink(s, l, at)
	}
}

func (p *entryPass) bodyPicture(l markdown.Link, at diag.Span) {
	switch {
	case content.IsLink(l.Destination):
		p.Report(rulePictureRemote, at, diag.Say("put the picture into the entry's folder and write its name"), "the picture %s is not a file of this entry", diag.Quote(l.Destination))
	case !content.ValidFileName(l.Destination):
		p.Report(content.RuleFileName, at, content.FileNameHelp(l.Destination), "%s cannot be a file's name here", diag.Quote(l.Destination))
	default:
		p.file(l.Destination, picture, at)
	}
	if strings.TrimSpace(l.Alt) == "" {
		p.Report(rulePictureAlt, at, diag.Say("write what it shows between the brackets: ![a dashboard with three charts](%s)", diag.Visible(l.Destination)), "the picture has no text for those who cannot see it")
	}
}

func (p *entryPass) bodyLink(s *markdown.Section, l markdown.Link, at diag.Span) {
	to := l.Destination
	fragment, isFragment := strings.CutPrefix(to, "#")
	switch {
	case to == "":
		if i := strings.Index(string(p.Text()[l.From:l.To]), "()"); i >= 0 {
			at = p.inBody(markdown.Span{From: l.From, To: l.From + i + len("()")})
		}
		p.Report(ruleLinkBody, at, diag.Say("write an address between the parentheses"), "the link leads nowhere")
	case isFragment:
		if s.Anchor(fragment) == "" {
			var known []string
			for _, h := range s.Headings {
				known = append(known, "#"+strings.TrimPrefix(h.ID, "s-"))
			}
			help := diag.Say("this section has no headings to link to")
			if len(known) > 0 {
				help = choose("#"+markdown.Fold(fragment), known, "the section's headings are %s")
			}
			p.Report(ruleLinkBody, at, help, "no heading of this section is called %s", diag.Quote(to))
		}
	case !content.IsLink(to) && content.ValidFileName(to):
		p.file(to, anyFile, at)
	case !content.IsLink(to) && slices.Contains(anyFile.endings, path.Ext(to)):
		p.Report(content.RuleFileName, at, content.FileNameHelp(to), "%s cannot be a file's name here", diag.Quote(to))
	case strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//"):
		e := p.Entry() // siteLinks knows whether the page exists
		e.Links = append(e.Links, catalog.Link{To: to, From: p.Body[0] + l.From, End: p.Body[0] + l.To})
	default:
		switch problem, insecure := content.LinkProblem(to); {
		case !problem.IsZero():
			help := diag.Say("write a full address such as https://www.example.org/page")
			switch {
			case strings.HasPrefix(to, "mailto:"):
				help = diag.Say("write mailto:name@example.org")
			case strings.HasPrefix(to, "."):
				help = diag.Say("write the page's address on the site, such as /%s/products/<seller>/<product>/", p.settings.Languages[0])
			}
			p.Report(ruleLinkBody, at, help, "%s %s", diag.Quote(to), problem)
		case insecure:
			p.Report(ruleInsecure, at, diag.Say("if the site answers there, write https%s", strings.TrimPrefix(to, "http")), "%s is not encrypted", diag.Quote(to))
		}
	}
}

// siteLinks follows the links of texts to other pages of the site.
func siteLinks(p *catalogPass) {
	for e := range p.catalog.Entries {
		for _, l := range e.Links {
			path, _, _ := strings.Cut(l.To, "#")
			a, known := p.catalog.Address(path)
			to := a.Entry()
			switch {
			case !known:
				p.reportAt(ruleLinkBody, e, p.source(e, l), diag.Say("write the address of a page that exists, such as /%s/products/<seller>/<product>/", p.catalog.Languages[0]), "the site has no page %s", diag.Quote(l.To))
			case to != nil && e.Status == catalog.Published && to.Status != catalog.Published && to.Status != "":
				p.reportAt(ruleReferenceHidden, e, p.source(e, l), diag.Say("link to another page, or delete the link: buyers see its text alone"), "the page %s has the status %s", diag.Quote(l.To), to.Status)
			}
		}
	}
}
