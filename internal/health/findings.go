package health

import (
	"cmp"
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// told are the rules whose findings are items as they are.
var told = map[string]Kind{"prices-old": PricesOld, "waiver-expired": WaiverOver, "waiver-unused": WaiverOver, "drift-marker": DriftOver}

// missing are the rules that a draft breaks which lacks a language, and doubted
// those that compare languages.
var (
	missing = []string{"language-missing", "section-missing", "text-untranslated"}
	doubted = []string{"facts-differ", "links-differ", "code-differs", "structure-differs", "text-untranslated"}
)

// findings makes items of what the check found: one a file and kind.
func (l *looker) findings(found []diag.Finding) {
	drafts := make(map[string]bool)
	for e := range l.catalog.Entries {
		if e.Status == catalog.Draft {
			drafts[e.Source] = true
		}
	}
	for len(found) > 0 {
		n := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Path != found[0].Path })
		if n < 0 {
			n = len(found)
		}
		l.file(found[:n], drafts[found[0].Path])
		found = found[n:]
	}
}

// file makes items of the findings of one file.
func (l *looker) file(found []diag.Finding, draft bool) {
	sum := func(kind Kind, when When, help diag.Text, of func(*diag.Finding) bool, message func(n int) diag.Text) {
		n, first := 0, diag.Span{}
		for i := range found {
			if of(&found[i]) {
				if n++; n == 1 {
					first = found[i].Span
				}
			}
		}
		if n > 0 {
			l.add(Item{kind, when, first, message(n), help})
		}
	}
	for _, f := range found {
		if kind, ok := told[f.Rule.ID]; ok {
			l.add(Item{kind, Now, f.Span, f.Message, f.Help})
		}
	}
	sum(Errors, Now, diag.Say("vitrine check shows them: while there is one, the site cannot be built"), func(f *diag.Finding) bool {
		return f.Severity == diag.Error && told[f.Rule.ID] == ""
	}, func(n int) diag.Text { return diag.Say("%s", diag.Plural(n, "%d error", "%d errors")) })
	lacks := func(f *diag.Finding) bool {
		return draft && f.Severity == diag.Warning && slices.Contains(missing, f.Rule.ID)
	}
	sum(Untranslated, Look, diag.Say("write them; vitrine check shows each"), lacks, func(n int) diag.Text {
		return diag.Say("the draft lacks %s in one of the languages", diag.Plural(n, "%d text", "%d texts"))
	})
	sum(Doubtful, Look, diag.Say("compare the languages; vitrine check shows each place"), func(f *diag.Finding) bool {
		return !draft && f.Severity == diag.Warning && slices.Contains(doubted, f.Rule.ID)
	}, func(n int) diag.Text {
		return diag.Say("the languages may not say the same: %s", diag.Plural(n, "%d place", "%d places"))
	})
}

// counts counts findings by their rules.
func counts(found []diag.Finding) []Count {
	type key struct {
		rule     *diag.Rule
		severity diag.Severity
	}
	n := make(map[key]int)
	for _, f := range found {
		n[key{f.Rule, f.Severity}]++
	}
	var out []Count
	for k, n := range n {
		out = append(out, Count{k.rule, k.severity, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Rule.ID, b.Rule.ID), cmp.Compare(b.Severity, a.Severity))
	})
	return out
}
