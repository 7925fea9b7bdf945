package check

import (
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

var ruleTypography = &diag.Rule{
	ID: "typography-french", Severity: diag.Warning,
	Title: "French texts have French typography: no-break spaces where French asks for them, and the apostrophe ’",
	Help:  "vitrine fmt mends it",
	Why:   "Without no-break spaces, a line begins with a lonely colon or question mark. The rules are those of French printers, as the Imprimerie nationale sets them down.",
}

// typo is one kind of fault in the typography of an entry.
type typo struct {
	first diag.Span
	n     int
	mark  string // before which a space is missing
}

// french looks at the typography of a text of the front matter.
func (p *entryPass) french(language string, v *content.Value) {
	if language == "fr" && isProse(v.Text) {
		text := []byte(v.Text)
		p.typography(typography.French(text), text, p.partOf(v))
	}
}

// typography counts faults. Each kind is reported once in an entry, at its
// first place: one command mends them all.
func (p *entryPass) typography(fixes []typography.Fix, text []byte, span func(from, to int) diag.Span) {
	for _, f := range fixes {
		if p.typos == nil {
			p.typos = make(map[typography.Kind]*typo)
		}
		t := p.typos[f.Kind]
		if t == nil {
			t = &typo{first: span(f.From, max(f.To, f.From+1))}
			if f.To < len(text) {
				t.mark = string(text[f.To : f.To+1])
			}
			p.typos[f.Kind] = t
		}
		t.n++
	}
}

// typos reports what was counted.
func typos(p *entryPass) {
	for kind := typography.Mark; kind <= typography.Quotes; kind++ {
		t := p.typos[kind]
		if t == nil {
			continue
		}
		var what diag.Text
		switch kind {
		case typography.Apostrophe:
			what = diag.Say("the apostrophe is written ’ in French")
		case typography.Quotes:
			what = diag.Say("quotation marks are « and » in French")
		case typography.Thousands:
			what = diag.Say("a no-break space is expected between groups of digits")
		case typography.Unit:
			what = diag.Say("a no-break space is expected between a number and its unit")
		case typography.Guillemet:
			what = diag.Say("a no-break space is expected inside « and »")
		default:
			what = diag.Say("a no-break space is expected before %s", diag.Quote(t.mark))
		}
		if t.n == 1 {
			p.Report(ruleTypography, t.first, diag.Text{}, "%s", what)
		} else {
			p.Report(ruleTypography, t.first, diag.Text{}, "%s, here and in %s", what, diag.Plural(t.n-1, "%d more place", "%d more places"))
		}
	}
}
