package diag

// Code returns a text as a code element for Markdown, in which nothing is a link,
// a name that GitHub tells people of, or a command.
func Code(s string) string { return code(s) }

// Place writes where a span begins: path:line:column, or the path alone.
func (s Span) Place() string { return place(s) }
