package check

import (
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var (
	ruleMoved = &diag.Rule{
		ID: "target-changed", Severity: diag.Error, Fixed: true,
		Title: "a change is made to the files that the target has now",
		Help:  "merge the target into the branch, then check again",
		Why:   "What the target has published since the change began would otherwise be changed without being judged: a rate that is frozen now, a seller that was renamed.",
	}
	ruleAliasNew = &diag.Rule{
		ID: "alias-unfounded", Severity: diag.Warning,
		Title: "an alias is a name that the entry had",
		Help:  "delete it; staff: let it pass if the entry had this name elsewhere",
		Why:   "An alias keeps others from a name and redirects its address. Only whoever had the name has a right to it.",
	}
)

// moved reports files that both the change and the target changed.
func moved(c *changePass) {
	for _, name := range c.base.Moved {
		c.path(ruleMoved, name, diag.Say("merge %s into the branch, then check again", c.base.Ref), "%s has changed this file since the change began", c.base.Ref)
	}
}

// aliased reports aliases that the change adds and that were never a name of
// the entry.
func aliased(c *changePass) {
	had := make(map[*catalog.Entry][]string)
	for i := range c.pairs {
		if p := &c.pairs[i]; p.now != nil {
			had[p.now] = append(append(had[p.now], p.was.Slug), p.was.Aliases...)
		}
	}
	for e := range c.catalog.Entries {
		if !slices.Contains(c.base.Touched, e.Source) {
			continue
		}
		for i, alias := range e.Aliases {
			if alias != "" && alias != e.Slug && !slices.Contains(had[e], alias) {
				c.report(ruleAliasNew, e, []any{"aliases", i}, diag.Text{}, "%s was never the name of this entry", diag.Quote(alias))
			}
		}
	}
}
