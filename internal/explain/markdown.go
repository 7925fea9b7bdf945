package explain

import (
	"fmt"
	"io"
	"strings"

	"vitrine/internal/diag"
)

// Document writes a page of Markdown about all rules, one section each under
// its id. The examples are those of the book's language.
func Document(w io.Writer, rules []*diag.Rule, examples map[string]Example, book *diag.Book) error {
	var b strings.Builder
	paragraph := func(t diag.Text) { b.WriteString(t.In(book) + "\n\n") }
	b.WriteString("<!-- go test ./internal/check -update -->\n\n")
	paragraph(diag.Say("# The rules of the catalog"))
	paragraph(diag.Say("[En français](rules.fr.md)"))
	paragraph(diag.Say("`vitrine check` holds every entry to these rules; `vitrine explain RULE` shows one of them in the terminal. An error keeps an entry from being published, a warning does not."))
	paragraph(diag.Say("In `catalog.yaml`, `rules:` sets a rule's severity, and `waivers:` lets what it finds in one file or folder pass until a day; what safety depends on cannot be changed."))
	paragraph(diag.Say("Marketplace rules are those of the marketplace's rules for sellers, by their numbers. The examples are the program's own tests."))
	fmt.Fprintf(&b, "| %s | %s | %s |\n|---|---|---|\n", diag.Say("rule").In(book), diag.Say("severity").In(book), diag.Say("what it asks for").In(book))
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](#%[1]s) | %s | %s |\n", r.ID, book.Phrase(r.Severity.String()), prose(book.Phrase(r.Title)))
	}
	for _, r := range rules {
		fmt.Fprintf(&b, "\n## %s\n\n**%s** (%s)\n\n%s", r.ID, prose(book.Phrase(r.Title)), prose(severity(r, book)), Markdown(r, examples[r.ID], book))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown returns why a rule exists, what to do, and the example.
func Markdown(r *diag.Rule, e Example, book *diag.Book) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", prose(book.Phrase(r.Why)), diag.Say("What to do: %s.", prose(book.Phrase(r.Help))).In(book))
	if e.Found == "" {
		return b.String()
	}
	if e.Path == "" {
		fmt.Fprintf(&b, "\n%s\n", diag.Say("Wrong: %s", prose(strings.TrimSpace(e.Wrong))).In(book))
	} else {
		fmt.Fprintf(&b, "\n%s\n\n%s", diag.Say("Wrong, in `%s`:", e.Path).In(book), fenced(e.Wrong))
	}
	fmt.Fprintf(&b, "\n%s\n\n%s", diag.Say("What `vitrine check` says:").In(book), fenced(e.Found))
	if e.Path == "" {
		fmt.Fprintf(&b, "\n%s\n", diag.Say("Right: %s", prose(strings.TrimSpace(e.Right))).In(book))
	} else {
		fmt.Fprintf(&b, "\n%s\n\n%s", diag.Say("Right:").In(book), fenced(e.Right))
	}
	return b.String()
}

// prose escapes what a sentence may have that means something to Markdown.
func prose(s string) string {
	return strings.NewReplacer(`\`, `\\`, "<", `\<`, "*", `\*`, "|", `\|`).Replace(s)
}

// fenced is a code block; its fence is longer than any in it.
func fenced(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "\n" + s + fence + "\n"
}
