package lsp

import (
	"context"
	"strings"
)

// documentSymbol lists the keys of the front matter and the headings of the text.
func (s *server) documentSymbol(_ context.Context, params string) (any, error) {
	var p documentParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	d := s.document(p.TextDocument.URI)
	if d == nil || d.in == nil || !s.client.TextDocument.DocumentSymbol.HierarchicalDocumentSymbolSupport {
		return nil, nil
	}
	symbols := []symbol{}
	from, to, ok := d.front()
	if !ok {
		return symbols, nil
	}
	t := string(d.text)
	for _, n := range outline(t, from, to).children {
		symbols = append(symbols, symbol{
			Name: n.key, Detail: n.scalar, Kind: symbolProperty,
			Range: d.text.span(n.from, max(n.to, n.last()), s.encoding), SelectionRange: d.text.span(n.from, n.to, s.encoding),
		})
	}
	code := false
	for at := to; at < len(t); {
		end := lineEnd(t, at, len(t))
		line := strings.TrimRight(t[at:end], " \r")
		if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
			code = !code
		}
		if level := len(line) - len(strings.TrimLeft(line, "#")); !code && level > 0 && level < 7 && strings.HasPrefix(line[level:], " ") {
			h := symbol{Name: line[level+1:], Kind: symbolString, Range: d.text.span(at, end, s.encoding), SelectionRange: d.text.span(at, end, s.encoding)}
			if last := len(symbols) - 1; level > 1 && last >= 0 && symbols[last].Kind == symbolString {
				symbols[last].Children = append(symbols[last].Children, h)
				symbols[last].Range.End = h.Range.End
			} else {
				symbols = append(symbols, h)
			}
		}
		at = end + 1
	}
	for i := range symbols { // a name must not be empty
		if symbols[i].Name == "" {
			symbols[i].Name = "?"
		}
	}
	return symbols, nil
}
