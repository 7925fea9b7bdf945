package check

import (
	"bytes"

	"vitrine/internal/diag"
)

var ruleFileType = &diag.Rule{
	ID: "file-type", Severity: diag.Error, Fixed: true,
	Title: "a file's content is what its ending says",
	Why:   "Browsers do not show a file that is something else than it says, or run it as what it is. This is for the safety of buyers.",
	Help:  "save the file again in the format of its ending",
}

// fileType reports a file that is not what its ending says, and why that is
// thought where there is more to say.
func (p *entryPass) fileType(span diag.Span, why, help diag.Text, message string, args ...any) {
	if why.IsZero() {
		p.Report(ruleFileType, span, help, message, args...)
		return
	}
	p.Report(ruleFileType, span, help, "%s: %s", diag.Say(message, args...), why)
}

// signatures are the first bytes of the kinds of files that are met.
var signatures = []struct{ start, kind, ending string }{
	{"\x89PNG\r\n\x1a\n", "it is a PNG picture", ".png"},
	{"\xff\xd8\xff", "it is a JPEG picture", ".jpg"},
	{"%PDF-", "it is a PDF document", ".pdf"},
	{"GIF8", "it is a GIF picture", ""},
	{"<!DOCTYPE html", "it is an HTML page", ""},
	{"<html", "it is an HTML page", ""},
	{"PK\x03\x04", "it is a ZIP archive or an office document", ""},
	{"<svg", "it is an SVG picture", ".svg"},
	{"<?xml", "it is an XML file", ".svg"},
}

// looksLike says what a file seems to be that does not fit its ending.
func looksLike(data []byte, ending string) diag.Text {
	start := bytes.ToLower(data[:min(len(data), 20)])
	for _, s := range signatures {
		if !bytes.HasPrefix(start, bytes.ToLower([]byte(s.start))) {
			continue
		}
		if s.ending == ending {
			return diag.Say("the file is damaged or cut off")
		}
		return diag.Say(s.kind)
	}
	if len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" {
		return diag.Say("it is a WebP picture")
	}
	if len(data) == 0 {
		return diag.Say("it is empty")
	}
	return diag.Text{}
}
