package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"path"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// Place is where the request's files go on GitHub, for the links of a reply.
type Place struct {
	Repository string // https://github.com/owner/name; "" for no links
	Branch     string // listing/issue-12
}

// say says something in the reply's language.
func (r *Result) say(phrase string, args ...any) string { return diag.Say(phrase, args...).In(r.book) }

// head says what became of the request, in a sentence.
func (r *Result) head() string {
	switch {
	case !r.Refused.IsZero():
		return r.say("Nothing was written.")
	case !r.Complete():
		return r.say("Thank you. Your request is read, and not complete yet.")
	case r.Status == catalog.Draft:
		return r.say("Thank you. Your request is complete: a reviewer looks at it now.")
	case r.Status == catalog.Unpublished:
		return r.say("Thank you. Your request is complete: buyers no longer see it once it is merged.")
	}
	return r.say("Your request is complete, and public once it is merged.")
}

// next says what to do now, a sentence each.
func (r *Result) next() []string {
	var out []string
	add := func(phrase string, args ...any) { out = append(out, r.say(phrase, args...)) }
	switch {
	case r.Form == "":
		return nil
	case !r.Refused.IsZero():
		add("Edit the text of this issue: it is read again each time.")
		return out
	case r.blocked() && r.Status == catalog.Unpublished: // there is no draft of that
		add("Edit the text of this issue: it is read again each time.")
	case r.blocked():
		add("Edit the text of this issue: it is read again each time. Until all is there, it is a draft that no buyer sees.")
	}
	if len(r.Missing) > 0 {
		add("Attach the files to this issue, with the names above: a reviewer adds them to the pull request. Nothing is fetched from a link.")
	}
	switch {
	case r.blocked():
	case r.Status == catalog.Draft:
		add("For reviewers: add the files that are missing, read the change, and give this issue the label %s. The listing is then written as published; merging the pull request makes it public.", Publish)
	default:
		add("For reviewers: read the change, and merge the pull request.")
	}
	if r.fresh {
		add("For reviewers: this is a new seller. Make sure that the organisation has signed up, and that the request comes from it.")
	}
	return out
}

// Markdown writes the reply as a comment for the issue. Whatever comes from the
// issue stands in code elements, escaped: it is no link, no name and no command.
func (r *Result) Markdown(w io.Writer, at Place) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", html.EscapeString(r.head()))
	if !r.Refused.IsZero() {
		fmt.Fprintf(&b, "\n%s\n", code(r.Refused.In(r.book)))
	}
	for _, warning := range []bool{false, true} {
		some := false
		for _, f := range r.Findings {
			if f.Warning != warning {
				continue
			}
			if !some {
				title := r.say("To complete")
				if warning {
					title = r.say("To look at again")
				}
				fmt.Fprintf(&b, "\n**%s**\n\n", title)
				some = true
			}
			said, help := f.Message.In(r.book), f.Help.In(r.book)
			if f.foreign {
				said, help = code(said), code(help)
			}
			if f.Field != "" {
				said = r.say("%s: %s", html.EscapeString(f.Field), said)
			}
			if help != "" {
				said += " → " + help
			}
			fmt.Fprintf(&b, "- %s\n", said)
		}
	}
	if len(r.Missing) > 0 {
		fmt.Fprintf(&b, "\n**%s**\n\n", r.say("Files to add"))
		for _, name := range r.Missing {
			fmt.Fprintf(&b, "- %s", code(path.Base(name)))
			if at.Repository != "" {
				fmt.Fprintf(&b, " → [%s](%s/upload/%s/%s)", r.say("add it here (write access)"), at.Repository, at.Branch, path.Dir(name))
			}
			b.WriteString("\n")
		}
	}
	for i, s := range r.next() {
		if i == 0 {
			fmt.Fprintf(&b, "\n**%s**\n\n", r.say("What happens next"))
		}
		fmt.Fprintf(&b, "- %s\n", html.EscapeString(s))
	}
	_, err := w.Write(bound(b.Bytes()))
	return err
}

// code writes a text from a stranger as a code element, in which nothing is a
// link, a name or a command.
func code(s string) string {
	if s == "" {
		return ""
	}
	return "<code>" + diag.Inert(s) + "</code>"
}

// maxReply is how many bytes of a reply are written: a comment takes 65,536
// characters.
const maxReply = 60_000

// bound cuts a reply behind a line.
func bound(b []byte) []byte {
	if len(b) <= maxReply {
		return b
	}
	return append(b[:bytes.LastIndexByte(b[:maxReply], '\n')+1], "\n…\n"...)
}

// Text writes the reply for a terminal.
func (r *Result) Text(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", r.head())
	if !r.Refused.IsZero() {
		fmt.Fprintf(&b, "  %s\n", diag.Visible(r.Refused.In(r.book)))
	}
	for _, f := range r.Findings {
		said := f.Message.In(r.book)
		if f.Field != "" {
			said = r.say("%s: %s", f.Field, said)
		}
		fmt.Fprintf(&b, "- %s\n", diag.Visible(said))
		if !f.Help.IsZero() {
			fmt.Fprintf(&b, "    %s\n", diag.Visible(f.Help.In(r.book)))
		}
	}
	for _, name := range r.Missing {
		fmt.Fprintf(&b, "- %s\n", r.say("add the file %s", diag.Visible(name)))
	}
	for _, s := range r.next() {
		fmt.Fprintf(&b, "%s\n", s)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// JSON writes what became of the request for programs, the reply among it.
func (r *Result) JSON(w io.Writer, at Place) error {
	type finding struct {
		Field   string `json:"field"`
		Message string `json:"message"`
		Help    string `json:"help,omitempty"`
		Warning bool   `json:"warning,omitempty"`
	}
	doc := struct {
		Version  int       `json:"version"`
		Form     string    `json:"form"`
		Language string    `json:"language"`
		Status   string    `json:"status"` // of what is written; "" where nothing is
		Complete bool      `json:"complete"`
		Refused  string    `json:"refused,omitempty"`
		Files    []string  `json:"files"`
		Missing  []string  `json:"missing"`
		Findings []finding `json:"findings"`
		Reply    string    `json:"reply"` // Markdown
	}{Version: 1, Form: r.Form, Language: r.Language, Complete: r.Complete(), Refused: r.Refused.In(r.book), Files: []string{}, Missing: append([]string{}, r.Missing...), Findings: []finding{}}
	for _, f := range r.Files {
		doc.Files, doc.Status = append(doc.Files, f.Path), string(r.Status)
	}
	for _, f := range r.Findings {
		doc.Findings = append(doc.Findings, finding{f.Field, f.Message.In(r.book), f.Help.In(r.book), f.Warning})
	}
	var reply strings.Builder
	if err := r.Markdown(&reply, at); err != nil {
		return err
	}
	doc.Reply = reply.String()
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}
