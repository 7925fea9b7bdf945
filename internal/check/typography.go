package check

import (
	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

var ruleTypography = &diag.Rule{
	ID: "typography-french", Severity: diag.Warning,
	Title: "French texts have French typography: no-break spaces where French asks for them, and the apostrophe ’",
	Help:  "vitrine fmt mends all of them",
	Why:   "Without no-break spaces, a line begins with a lonely colon or question mark. The rules are those of French printers, as the Imprimerie nationale sets them down.",
}

// typos are the faults in the typography of an entry.
type typos struct {
	first diag.Span
	kind  typography.Kind
	mark  string // before which a space is missing
	n     int
}

// typography counts faults.
func (p *entryPass) typography(fixes []typography.Fix, text []byte, span func(from, to int) diag.Span) {
	if p.typos.n == 0 && len(fixes) > 0 {
		f := fixes[0]
		p.typos.first, p.typos.kind = span(f.From, max(f.To, f.From+1)), f.Kind
		if f.To < len(text) {
			p.typos.mark = string(text[f.To : f.To+1])
		}
	}
	p.typos.n += len(fixes)
}

// frenchTypography reports the first fault of an entry, and how many there are:
// one command mends them all.
func frenchTypography(p *entryPass) {
	t := &p.typos
	if t.n == 0 {
		return
	}
	var what diag.Text
	switch t.kind {
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
		return
	}
	p.Report(ruleTypography, t.first, diag.Text{}, "%s, and typography is at fault in %s of this file", what, diag.Plural(t.n-1, "%d more place", "%d more places"))
}
