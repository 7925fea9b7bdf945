package change

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Options are the language of what is printed.
type Options struct {
	Lang  string     // en or fr
	Book  *diag.Book // its phrases; nil for English
	Words *i18n.Set  // how it writes amounts and dates, and the languages' names
}

// printer writes values for people. Whatever comes from files stands in code
// elements, where it is inert on GitHub and in HTML.
type printer struct {
	*Change
	opt Options
}

func (p *printer) say(t diag.Text) string { return t.In(p.opt.Book) }

// is writes what something is, behind its name.
func (p *printer) is(name, value string) string { return p.say(diag.Say("%s: %s", name, value)) }

// maxShown is how many characters of a value people are shown.
const maxShown = 300

// code writes what comes from a file.
func code(s string) string {
	if r := []rune(head(s, 4*maxShown)); len(r) > maxShown {
		s = string(r[:maxShown]) + "…"
	}
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	return "<code>" + diag.Inert(strings.ReplaceAll(s, "\n", " ⏎ ")) + "</code>"
}

// kinds are the kinds of files that entries have.
var kinds = map[string]content.Kind{"product": content.ProductEntry, "seller": content.SellerEntry, "page": content.PageEntry, "catalog": content.CatalogFile}

// label names a value: the titles of its keys, and in code elements what names
// the items of lists.
func (p *printer) label(kind string, path []string) string {
	if len(path) == 1 && path[0] == "body" {
		return p.say(diag.Say("Text"))
	}
	var b strings.Builder
	before := ""
	for i, step := range path {
		title := content.KeyTitle(kinds[kind], path[:i+1], p.opt.Lang)
		switch {
		case title == "" || title == before:
			b.WriteString(" " + code(step))
		case i > 0:
			b.WriteString(separator + title)
		default:
			b.WriteString(title)
		}
		before = title
	}
	return strings.TrimPrefix(b.String(), " ")
}

// separator stands before the title of a key within another one.
const separator = " · "

// language names a language.
func (p *printer) language(tag string) string {
	switch tag {
	case "":
		return p.say(diag.Say("all languages"))
	case "en":
		return p.say(diag.Say("English"))
	case "fr":
		return p.say(diag.Say("French"))
	}
	return code(tag)
}

var amountForm = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,6})?$`)

// value writes a value of a form.
func (p *printer) value(form, v string) string {
	l := p.opt.Words.Get(p.opt.Lang)
	switch {
	case form == "amount" && amountForm.MatchString(v) && l != nil:
		return code(l.Money(v, p.Currency))
	case form == "date" && l != nil && !catalog.Date(v).Time().IsZero():
		return code(l.Date(catalog.Date(v).Time()))
	case form == "item":
		return ""
	}
	return code(v)
}

// values writes a value in each language, or the items of a list.
func (p *printer) values(f Field, list []string) string {
	var parts []string
	for i, v := range list {
		s := p.value(f.Form, v)
		if (f.Form == "link" || f.Form == "file") && len(list) > 1 && i < len(p.Languages) {
			s = p.language(p.Languages[i]) + " " + s
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// differs says how a value differs; of texts and items, nothing.
func (p *printer) differs(f Field) string {
	was, now := p.values(f, f.Was), p.values(f, f.Now)
	switch {
	case f.Form == "list" && f.Change == "changed":
		var parts []string
		came, went := without(f.Now, f.Was), without(f.Was, f.Now)
		if len(came) > 0 {
			parts = append(parts, p.say(diag.Say("added %s", p.values(f, came))))
		}
		if len(went) > 0 {
			parts = append(parts, p.say(diag.Say("removed %s", p.values(f, went))))
		}
		if len(parts) == 0 {
			return p.say(diag.Say("another order: %s", now))
		}
		return strings.Join(parts, " – ")
	case f.Change == "added" || was == "":
		return now
	case f.Change == "removed" || now == "":
		return "<del>" + was + "</del>"
	}
	return was + " → " + now
}

// without returns the items of a list that another one lacks.
func without(list, other []string) (out []string) {
	for _, v := range list {
		if !slices.Contains(other, v) {
			out = append(out, v)
		}
	}
	return out
}

// runs writes a text with the words that it lost and got.
func (p *printer) runs(list []Run) string {
	var b strings.Builder
	b.WriteString("<code>")
	for _, r := range list {
		lines := strings.Split(r.Text, "\n")
		for i := range lines {
			lines[i] = diag.Inert(lines[i])
		}
		text := strings.Join(lines, "<br>")
		switch {
		case r.Is == "cut":
			b.WriteString(" […] ")
		case r.Is == "old":
			b.WriteString("<del>" + text + "</del>")
		case r.Is == "new":
			b.WriteString("<ins>" + text + "</ins>")
		default:
			b.WriteString(text)
		}
	}
	b.WriteString("</code>")
	return b.String()
}

// headline says what happened to an entry, and what buyers see of it.
func (p *printer) headline(e Entry) string {
	parts := []string{p.what(e)}
	switch {
	case e.Change == "formatting" || e.Kind == "catalog":
	case e.Seen == "appears":
		parts = append(parts, p.say(diag.Say("buyers will see it")))
	case e.Seen == "goes":
		parts = append(parts, p.say(diag.Say("buyers will no longer see it")))
	case e.Seen == "no" && e.Status == "draft":
		parts = append(parts, p.say(diag.Say("a draft, which buyers do not see")))
	case e.Seen == "no":
		parts = append(parts, p.say(diag.Say("buyers do not see it")))
	}
	return strings.Join(parts, ", ")
}

func (p *printer) what(e Entry) string {
	switch e.Change {
	case "added":
		return p.say(diag.Say("new"))
	case "published":
		return p.say(diag.Say("published"))
	case "unpublished":
		return p.say(diag.Say("unpublished"))
	case "republished":
		return p.say(diag.Say("published again"))
	case "renamed":
		return p.say(diag.Say("renamed, formerly %s", code(e.From)))
	case "deleted":
		return p.say(diag.Say("deleted"))
	case "formatting":
		return p.say(diag.Say("no visible change: only the form of the file differs"))
	case "unreadable":
		return p.say(diag.Say("cannot be read"))
	}
	return p.say(diag.Say("changed"))
}

// title names an entry.
func (p *printer) title(e Entry) string {
	if e.Kind == "catalog" {
		return "<b>" + p.say(diag.Say("The catalog’s settings")) + "</b>"
	}
	name := e.Name
	if name == "" {
		name = e.Ref
	}
	kind := ""
	switch e.Kind {
	case "product":
		kind = p.say(diag.Say("product"))
	case "seller":
		kind = p.say(diag.Say("seller"))
	case "page":
		kind = p.say(diag.Say("page"))
	}
	return "<b>" + code(name) + "</b> (" + kind + " " + code(e.Ref) + ")"
}

// verdict says the verdict in one line.
func (p *printer) verdict() string {
	errors := diag.Plural(p.Counts.Errors, "%d error", "%d errors")
	warnings := diag.Plural(p.Counts.Warnings, "%d warning", "%d warnings")
	switch {
	case p.Verdict == "errors" && p.Counts.Warnings > 0:
		return "❌ " + p.say(diag.Say("%s, %s", errors, warnings))
	case p.Verdict == "errors":
		return "❌ " + p.say(diag.Say("%s", errors))
	case p.Verdict == "warnings":
		return "⚠️ " + p.say(diag.Say("%s", warnings))
	case p.Trivial:
		return "✅ " + p.say(diag.Say("No findings, and trivial"))
	}
	return "✅ " + p.say(diag.Say("No findings"))
}
