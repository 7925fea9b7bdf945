package check

import (
	"bytes"
	"encoding/hex"
	"regexp"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var rulePDF = &diag.Rule{
	ID: "pdf-active", Severity: diag.Error, Fixed: true,
	Title: "a PDF runs nothing: no scripts, no launch actions, no embedded files",
	Why:   "Buyers open agreements on their own machines. A document that is only read needs no scripts and no actions (ISO 32000), which are a common way to attack its reader.",
	Help:  "print the document to PDF again, from a word processor or a browser",
}

var (
	pdfStream = regexp.MustCompile(`(?s)>>\s*stream\r?\n.*?endstream`)
	pdfEscape = regexp.MustCompile(`#[0-9A-Fa-f]{2}`) // in a name
	pdfActive = regexp.MustCompile(`/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|OpenAction|AA|RichMedia|XFA)\b`)
)

func (p *entryPass) pdf(f *catalog.File, data []byte, span diag.Span) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.Contains(data[max(0, len(data)-1024):], []byte("%%EOF")) {
		p.fileType(span, looksLike(data, ".pdf"), diag.Say("save the document as PDF"), "%s is not a PDF document", diag.Quote(f.Name))
		return
	}
	// What a stream holds is compressed: letters in it mean nothing.
	names := pdfEscape.ReplaceAllFunc(pdfStream.ReplaceAll(data, nil), func(b []byte) []byte {
		raw, err := hex.DecodeString(string(b[1:]))
		if err != nil {
			return b
		}
		return raw
	})
	if m := pdfActive.Find(names); m != nil {
		p.Report(rulePDF, span, diag.Text{}, "the PDF %s holds %s", diag.Quote(f.Name), m)
	}
}
