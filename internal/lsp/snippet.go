package lsp

import (
	"strconv"
	"strings"

	"vitrine/internal/content"
)

// plain is a snippet for an editor that knows none: the first of each choice, and
// nothing where something is to be written.
func plain(snippet string) string {
	var b strings.Builder
	for len(snippet) > 0 {
		i := strings.IndexByte(snippet, '$')
		if i < 0 {
			break
		}
		b.WriteString(snippet[:i])
		snippet = snippet[i+1:]
		if rest, ok := strings.CutPrefix(snippet, "{"); ok {
			var in string
			in, snippet, _ = strings.Cut(rest, "}")
			if _, choices, ok := strings.Cut(in, "|"); ok {
				first, _, _ := strings.Cut(strings.TrimSuffix(choices, "|"), ",")
				b.WriteString(first)
			} else if _, text, ok := strings.Cut(in, ":"); ok {
				b.WriteString(text)
			}
			continue
		}
		snippet = strings.TrimLeft(snippet, "0123456789")
	}
	b.WriteString(snippet)
	return strings.TrimRight(b.String(), " ")
}

// form is the snippet of a key's value, as it is best written at the place.
func (c *completer) form(k content.Key, facts content.Facts) string {
	n := 0
	return c.formOf(k, facts, c.p.flow, &n)
}

func (c *completer) formOf(k content.Key, facts content.Facts, flow bool, n *int) string {
	at := slotOf(k)
	stop := func() string { *n++; return "$" + strconv.Itoa(*n) }
	switch {
	case at.list && k.Keys() == nil && !slotOfItem(k).languages:
		return " [" + stop() + "]"
	case at.list && flow:
		return " [{" + stop() + "}]"
	case at.list:
		return "\n  " + indented(c.itemForm(slotOfItem(k), facts, n))
	case at.regions, at.keys != nil, at.severities, at.languages && !at.single:
		return c.mapping(at, facts, flow, n)
	}
	return " " + c.scalarStop(k, n)
}

// mapping is a mapping with what it needs.
func (c *completer) mapping(at slot, facts content.Facts, flow bool, n *int) string {
	var lines []string
	switch {
	case at.languages:
		for _, l := range c.languages() {
			lines = append(lines, l+": "+c.scalarStop(at.key, n))
		}
	case at.regions:
		for _, r := range c.regions() {
			lines = append(lines, r.Value+": "+c.scalarStop(at.key.Item(), n))
		}
	default:
		for _, k := range at.keys {
			if k.Fits(facts) && k.Needed(facts) {
				lines = append(lines, k.Name()+":"+indentedForm(c.formOf(k, facts, flow, n)))
			}
		}
	}
	if len(lines) == 0 {
		*n++
		if flow {
			return " {$" + strconv.Itoa(*n) + "}"
		}
		return "\n  $" + strconv.Itoa(*n)
	}
	if flow {
		return " {" + strings.Join(lines, ", ") + "}"
	}
	return "\n  " + strings.Join(lines, "\n  ")
}

// itemForm is a list's item: a hyphen and what it needs.
func (c *completer) itemForm(at slot, facts content.Facts, n *int) string {
	if at.languages || at.keys != nil {
		form := c.mapping(at, facts, false, n)
		return "- " + strings.TrimPrefix(form, "\n  ")
	}
	return "- " + c.scalarStop(at.key, n)
}

// indented indents the lines after the first one by two more spaces.
func indented(s string) string { return strings.ReplaceAll(s, "\n", "\n  ") }

func indentedForm(s string) string {
	if strings.HasPrefix(s, "\n") {
		return indented(s)
	}
	return s
}

func (c *completer) scalarForm(k content.Key) string {
	n := 0
	return " " + c.scalarStop(k, &n)
}

// scalarStop is where a value is to be written: a choice, or within quotes.
func (c *completer) scalarStop(k content.Key, n *int) string {
	*n++
	stop := strconv.Itoa(*n)
	if v := k.Values(); len(v) > 0 {
		return "${" + stop + "|" + strings.Join(v, ",") + "|}"
	}
	if k.Quoted() || k.Text() && (c.mending || c.s.snippets()) {
		return `"$` + stop + `"`
	}
	return "$" + stop
}

func (s *server) snippets() bool {
	return s.client.TextDocument.Completion.CompletionItem.SnippetSupport
}
