package check

import (
	"iter"
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/bilingual"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/markdown"
	"vitrine/internal/typography"
)

var (
	ruleFacts = &diag.Rule{
		ID: "facts-differ", Severity: diag.Error, Lack: true,
		Title: "figures, prices, dates, versions and addresses are the same in every language",
		Help:  "correct the one that is wrong, or say it in both languages",
		Why:   "Buyers of either language buy the same product (marketplace rule 1). A price, a limit or a version that differs between the languages is wrong in one of them.",
	}
	ruleLinksDiffer = &diag.Rule{
		ID: "links-differ", Severity: diag.Warning,
		Title: "links lead to the same pages in every language, or to their translations",
		Help:  "give the link in both languages; where the page is translated, link to each language's",
		Why:   "What buyers of one language are shown, the others are shown too (marketplace rule 1). A link that only one language has was most often forgotten in the other.",
	}
	ruleCodeDiffers = &diag.Rule{
		ID: "code-differs", Severity: diag.Warning,
		Title: "code is the same in every language",
		Help:  "copy the code from one language to the other; only its comments are translated",
		Why:   "Code is not translated: buyers copy it. Where it differs, it was changed in one language alone.",
	}
	ruleStructure = &diag.Rule{
		ID: "structure-differs", Severity: diag.Warning,
		Title: "headings, lists, tables and pictures are the same in every language",
		Help:  "give both languages the same parts, in the same order",
		Why:   "A part that only one language has is most often one that was not translated (marketplace rule 1).",
	}
	ruleUntranslated = &diag.Rule{
		ID: "text-untranslated", Severity: diag.Error, Lack: true,
		Title: "a text is in the language that it is given for",
		Help:  "translate it",
		Why:   "Everything buyers read is given in their language (marketplace rule 1). A text that was copied and not translated yet is missing.",
	}
)

// language names a language in a message.
func language(words *i18n.Set, tag string) diag.Text {
	switch tag {
	case "en":
		return diag.Say("English")
	case "fr":
		return diag.Say("French")
	}
	return diag.Say("%s", words.NameOf(tag))
}

// both is a text in two languages, and how to point at it.
type both struct {
	languages [2]string
	read      [2]*bilingual.Text
	span      [2]func(from, to int) diag.Span
}

// frontTexts compares the texts of the front matter.
func frontTexts(p *entryPass) {
	p.EachFrench(func(text string, at func(from, to int) diag.Span) {
		p.typography(typography.French([]byte(text)), []byte(text), at)
	})
	for i, key := range p.Front.Keys {
		if key.Text != "aliases" && key.Text != "maintainers" && key.Text != "drift" {
			p.frontText(p.Front.Items[i])
		}
	}
}

// settingsTexts compares the texts of catalog.yaml.
func settingsTexts(p *catalogPass) {
	d := *p.settings
	d.Findings = nil
	texts := &entryPass{Document: &d, settings: &p.catalog.Settings, words: p.words}
	frontTexts(texts)
	frenchTypography(texts)
	p.found = append(p.found, d.Findings...)
}

// frontText compares the texts in a value.
func (p *entryPass) frontText(v *content.Value) {
	languages := p.settings.Languages
	if len(languages) > 0 && isText(v, languages) {
		first := v.Get(languages[0])
		if !isProse(first.Text) {
			return
		}
		for _, l := range languages[1:] {
			a, b := bilingual.Plain(languages[0], []byte(first.Text)), bilingual.Plain(l, []byte(v.Get(l).Text))
			p.compare(&both{[2]string{languages[0], l}, [2]*bilingual.Text{a, b}, [2]func(int, int) diag.Span{p.partOf(first), p.partOf(v.Get(l))}})
			a.Release()
			b.Release()
		}
		return
	}
	for _, item := range v.Items {
		p.frontText(item)
	}
}

// isText reports whether a value has a text a language.
func isText(v *content.Value, languages []string) bool {
	for _, l := range languages {
		if t := v.Get(l); t == nil || t.Kind != content.Scalar {
			return false
		}
	}
	return true
}

// isProse reports whether a text is for reading: not an address or a file's name.
func isProse(s string) bool {
	return strings.Contains(s, " ") || !content.IsLink(s) && !content.ValidFileName(s)
}

func (p *entryPass) partOf(v *content.Value) func(from, to int) diag.Span {
	return func(from, to int) diag.Span { return p.Part(v, from, to) }
}

// sections compares the sections of the body, by their languages.
func (p *entryPass) sections(of map[string]*markdown.Section) {
	text := p.Text()
	span := func(from, to int) diag.Span { return p.inBody(markdown.Span{From: from, To: to}) }
	read := make(map[string]*bilingual.Text)
	for l, s := range of {
		read[l] = bilingual.Read(l, text, pieces(s))
		defer read[l].Release()
		if content.French(l) {
			p.typography(typography.French(text, s.Prose()...), text, span)
		}
	}
	if len(p.settings.Languages) == 0 {
		return
	}
	first := p.settings.Languages[0]
	for _, l := range p.settings.Languages[1:] {
		if read[first] != nil && read[l] != nil {
			p.compare(&both{[2]string{first, l}, [2]*bilingual.Text{read[first], read[l]}, [2]func(int, int) diag.Span{span, span}})
		}
	}
}

// pieces are what package markdown tells of a section.
func pieces(s *markdown.Section) iter.Seq[bilingual.Piece] {
	return func(yield func(bilingual.Piece) bool) {
		for _, p := range s.Pieces {
			if !yield(bilingual.Piece{
				Kind: bilingual.PieceKind(p.Kind), From: p.From, To: p.To,
				Text: p.Text, Count: p.Count, Columns: p.Columns, Ordered: p.Ordered,
			}) {
				return
			}
		}
	}
}

// compare reports what a text says in one language alone, and what was not
// translated. What is unpublished is read by nobody.
func (p *entryPass) compare(t *both) {
	if p.Kind != content.CatalogFile && p.Entry().Status == catalog.Unpublished {
		return
	}
	for _, d := range bilingual.Compare(t.read[0], t.read[1]) {
		p.difference(t, d)
	}
	name := func(i int) diag.Text { return language(p.words, t.languages[i]) }
	a, b := bilingual.Untranslated(t.read[0], t.read[1])
	for i, stretches := range [][]bilingual.Stretch{a, b} {
		for _, s := range stretches {
			if s.Copied && i == 0 {
				continue // reported where it should be in the other language
			}
			message := "this is written in %[1]s, where the text in %[2]s is expected"
			if s.Copied {
				message = "the text in %[2]s has this word for word from that in %[3]s"
			}
			p.Report(ruleUntranslated, t.span[i](s.From, s.To), diag.Text{}, message, language(p.words, s.Language), name(i), name(1-i))
		}
	}
}

// difference reports a fact that two texts do not share: in the second
// language, or where it stands if that has nothing like it.
func (p *entryPass) difference(t *both, d bilingual.Difference) {
	rule := ruleFacts
	switch d.Kind {
	case bilingual.URL:
		rule = ruleLinksDiffer
	case bilingual.Code, bilingual.CodeBlock:
		rule = ruleCodeDiffers
	case bilingual.Heading, bilingual.List, bilingual.Table, bilingual.Image:
		rule = ruleStructure
	}
	name := func(i int) diag.Text { return language(p.words, t.languages[i]) }
	sides := [2]bilingual.Side{d.A, d.B}
	at := 1
	if d.B.Missing {
		at = 0
	}
	here, there := sides[at], sides[1-at]
	place, other := t.span[at](here.From, here.To), t.span[1-at](there.From, there.To)
	if slices.ContainsFunc(p.Findings, func(f diag.Finding) bool {
		return f.Severity == diag.Error && f.Start == place.Start && f.Path == place.Path
	}) {
		return // what is wrong in itself is said already
	}
	if there.Missing {
		f := p.Report(rule, place, diag.Text{}, "%s in %s, and nothing like it in %s", fact(d.Kind, here), name(at), name(1-at))
		f.Related = []diag.Note{{Span: other, Message: diag.Say("expected about here in %s", name(1-at))}}
		return
	}
	f := p.Report(rule, place, diag.Text{}, "%s in %s, but %s in %s", fact(d.Kind, here), name(at), fact(d.Kind, there), name(1-at))
	f.Related = []diag.Note{{Span: other, Message: diag.Say("in %s", name(1-at))}}
}

// fact names a fact as a message does.
func fact(kind bilingual.Kind, s bilingual.Side) diag.Text {
	switch kind {
	case bilingual.Heading:
		return diag.Say("a heading of level %d", s.Count)
	case bilingual.List:
		if s.Ordered {
			return diag.Say("a numbered list of %s", diag.Plural(s.Count, "%d item", "%d items"))
		}
		return diag.Say("a list of %s", diag.Plural(s.Count, "%d item", "%d items"))
	case bilingual.Table:
		return diag.Say("a table of %s and %s", diag.Plural(s.Count, "%d row", "%d rows"), diag.Plural(s.Columns, "%d column", "%d columns"))
	case bilingual.Image:
		return diag.Say("the picture %s", diag.Quote(s.Text))
	case bilingual.CodeBlock:
		return diag.Say("a code block that begins with %s", diag.Quote(s.Text))
	}
	return diag.Say("%s", diag.Quote(s.Text))
}
