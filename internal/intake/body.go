package intake

import (
	"strings"

	"vitrine/internal/markdown"
)

// section makes of a text in Markdown the section of a language: headings of
// level 1, which would begin another language's section, become level 2, and
// what the text leaves open (a fence, a comment) is closed or written as what it
// looks like, so that it cannot swallow what follows. It returns "" for a text
// that cannot stand in a section, or is more than a parser should be given.
func section(text string) string {
	text = demoted(strings.Trim(text, "\n"))
	open := strings.NewReplacer("<!", `\<!`, "<?", `\<?`, "</", `\</`)
	tags := func(s string) string {
		var b strings.Builder
		for i := range len(s) {
			if s[i] == '<' && i+1 < len(s) && (s[i+1]|0x20 >= 'a' && s[i+1]|0x20 <= 'z') {
				b.WriteByte('\\')
			}
			b.WriteByte(s[i])
		}
		return b.String()
	}
	inert := demoted(tags(open.Replace(text)))
	for _, s := range []string{text, text + "\n" + fenceOf(text), inert, inert + "\n" + fenceOf(inert)} {
		if stands(s) {
			return s
		}
	}
	return ""
}

// stands reports whether a text has no section of its own, and ends before the
// next one begins.
func stands(text string) bool {
	whole := []byte("# a\n\n" + text + "\n\n# b\n")
	if _, over := markdown.Limits(whole); over {
		return false
	}
	d := markdown.Parse(whole)
	return d.Over == nil && len(d.Sections) == 2 && d.Sections[0].Title == "a" && d.Sections[1].Title == "b"
}

// demoted lowers the text's headings of level 1.
func demoted(text string) string {
	if _, over := markdown.Limits([]byte(text)); over {
		return text
	}
	d := markdown.Parse([]byte(text))
	for i := len(d.Sections) - 1; i >= 0; i-- { // from the end: places before stay
		at := d.Sections[i].Heading.From
		start := strings.LastIndexByte(text[:at], '\n') + 1
		if line := strings.TrimLeft(text[start:], " "); strings.HasPrefix(line, "#") {
			hash := len(text) - len(line)
			text = text[:hash] + "#" + text[hash:]
			continue
		}
		// A heading above a line of =.
		for from := start; from < len(text); {
			line, _, _ := strings.Cut(text[from:], "\n")
			if under := strings.TrimSpace(line); under != "" && strings.Trim(under, "=") == "" {
				text = text[:from] + strings.ReplaceAll(line, "=", "-") + text[from+len(line):]
				break
			}
			from += len(line) + 1
		}
	}
	return text
}

// fenceOf is the fence that would close the last one of a text.
func fenceOf(text string) string {
	fence := "```"
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		for _, mark := range []string{"`", "~"} {
			if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
				fence = strings.Repeat(mark, n)
				break
			}
		}
	}
	return fence
}
