package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vitrine/internal/authoring"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

const unpublishAbout = `Unpublish an entry with all its versions, or one version: seller/product, a
seller's name, or the path of its file or folder. The file stays, and says since
when and why; see docs/unpublishing.md. On a terminal, what the flags do not say
is asked for. Nothing is committed.`

func runUnpublish(ctx context.Context, env *environment, args []string) error {
	a := &author{env: env, command: "unpublish"}
	var w authoring.Withdrawing
	var since string
	var notes []string
	f := env.flags("unpublish", "PATH", unpublishAbout, func(f *pflag.FlagSet) {
		f.StringVar(&w.Version, "version", "", "unpublish this version of an OMI product alone")
		f.StringVar(&w.Reason, "reason", "", "why: "+strings.Join(reasons(), ", "))
		f.StringVar(&w.Replacement, "replacement", "", "the product to turn to instead, seller/product")
		f.StringVar(&since, "since", "", "the first day without it; today otherwise")
		f.StringArrayVar(&notes, "note", nil, "LANGUAGE=TEXT, what customers should do; repeat it for each language")
		f.BoolVar(&w.Purge, "purge", false, "keep no trace: its former page does not even name it")
		a.flags(f)
	})
	rest, err := f.parse(args, 1)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return &usageError{"say what to unpublish: seller/product, a seller's name, or a path", "unpublish"}
	}
	w.Since = catalog.Date(since)
	if err := a.open(ctx); err != nil {
		return err
	}
	defer a.Root.Close()
	if w.Version == "" && f.Changed("version") { // from a script whose variable is not set: not the whole entry
		return a.usage("--version is empty: write the version's number, or leave --version out for the whole entry")
	}
	return a.closing(a.unpublish(ctx, rest[0], w, notes))
}

func (a *author) unpublish(ctx context.Context, name string, w authoring.Withdrawing, notes []string) error {
	t, err := a.find(name)
	if err != nil {
		return err
	}
	given, err := a.pairs("note", "en=…", notes)
	if err != nil {
		return err
	}
	w.Note = make(map[string]string)
	for l, text := range given {
		w.Note[l], _ = text.(string)
	}
	if err := a.askWithdrawing(t, &w); err != nil {
		return err
	}
	c, err := a.Unpublish(ctx, t, w)
	if err != nil {
		return err
	}
	what := t.Name()
	if w.Version != "" {
		what += " " + diag.Visible(w.Version)
	}
	if err := a.show(c); err != nil {
		return err
	}
	if err := a.write(c, what); err != nil {
		return err
	}
	day := max(w.Since, a.Today)
	a.tell(a.Effect(t, c, w.Version, day), day, w)
	if t.Seller != nil && len(t.Seller.Products) > 0 {
		a.note(diag.Say("its products go with it; unpublish each of them too, so that its own file says so"))
	}
	a.commit(c.Path, "Unpublish "+what)
	return nil
}

func reasons() (words []string) {
	for _, v := range content.Describe(content.ProductEntry, "en", "unpublished", "reason").Values {
		words = append(words, v.Value)
	}
	return words
}

// askWithdrawing asks for what the flags do not say, where somebody can be asked.
func (a *author) askWithdrawing(t authoring.Target, w *authoring.Withdrawing) (err error) {
	kind := content.ProductEntry
	asked := w.Reason == "" && a.asker != nil // whoever gives a reason by a flag is asked nothing
	q := question{words: a.words(kind, "unpublished", "reason"), judge: a.judge(kind, "unpublished", "reason")}
	if err := a.Unpublishable(t, w.Version); err != nil {
		return err
	}
	if err := a.complete(&w.Reason, "reason", true, q); err != nil || !asked {
		return err
	}
	if w.Since == "" {
		q := question{words: a.words(kind, "unpublished", "since"), initial: string(a.Today), judge: a.judge(kind, "unpublished", "since")}
		since, err := a.asker.ask(q)
		if err != nil {
			return err
		}
		w.Since = catalog.Date(since)
	}
	if w.Replacement == "" {
		q := question{words: a.words(kind, "unpublished", "replacement"), optional: true, judge: func(ref string) error {
			return a.JudgeReplacement(t, ref, w.Version != "")
		}}
		if w.Replacement, err = a.asker.ask(q); err != nil {
			return err
		}
	}
	return a.askNote(w)
}

// askNote asks for the note in each language, or in none.
func (a *author) askNote(w *authoring.Withdrawing) error {
	if len(w.Note) > 0 {
		return nil
	}
	for i, l := range a.Checked.Catalog.Languages {
		words := a.words(content.ProductEntry, "unpublished", "note")
		words.Title = diag.Say("%s, in the language %s", words.Title, a.Checked.Words.NameOf(l)).In(a.book)
		text, err := a.asker.ask(question{words: words, optional: i == 0, judge: a.judge(content.ProductEntry, "unpublished", "note")})
		if err != nil || text == "" {
			return err
		}
		w.Note[l] = text
	}
	return nil
}

// tell says what unpublishing means for buyers.
func (a *author) tell(e authoring.Effect, day catalog.Date, w authoring.Withdrawing) {
	when := diag.Say("with the next build")
	if day > a.Today {
		when = diag.Say("from %s on", day)
	}
	if len(e.Pages) > 0 {
		said := diag.Say("%s, these pages go; a small page at each address says what became of it:", when)
		if w.Purge {
			said = diag.Say("%s, these pages go; a small page at each address names nothing:", when)
		}
		a.note(said)
		a.list(e.Pages)
	}
	for _, l := range e.Latest {
		if l.Version == "" {
			a.note(diag.Say("no version is left in %s", l.Region))
			continue
		}
		a.note(diag.Say("the latest version in %s is %s then", l.Region, diag.Visible(l.Version)))
	}
	if len(e.Links) > 0 {
		a.note(diag.Say("these entries lead to it; the site leaves out what their keys say, and vitrine check warns of links in their texts:"))
		var lines []string
		for _, l := range e.Links {
			key := l.Key
			if key == "" {
				key = diag.Say("a link in its text").In(a.book)
			}
			lines = append(lines, l.Path+": "+key)
		}
		a.list(slices.Compact(lines))
	}
}

// list lists a few lines and counts the others.
func (a *author) list(lines []string) {
	const most = 12
	for _, l := range lines[:min(most, len(lines))] {
		fmt.Fprintf(a.env.stderr, "  %s\n", diag.Visible(l))
	}
	if more := len(lines) - most; more > 0 {
		a.note(diag.Say("… and %d more", more))
	}
}
