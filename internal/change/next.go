package change

import (
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// next says who has to act.
func (c *comparison) next() {
	staff := catalog.Handles(c.Owners.Staff())
	actor := strings.ToLower(c.out.Actor)
	isStaff := actor != "" && slices.Contains(staff, actor)
	n := Next{Who: "reviewers", Handles: staff}
	var owners []string
	for _, s := range c.sellers() {
		if m := c.maintainers(s); !slices.Contains(m, actor) && len(m) > 0 && !isStaff {
			owners = append(owners, m...)
		}
	}
	slices.Sort(owners)
	switch owners = slices.Compact(owners); {
	case len(c.Touched) == 0:
		n.Who, n.Handles = "nobody", nil
	case c.out.Verdict == "errors" && c.onlyOwners() && len(owners) > 0:
		n.Who, n.Handles = "maintainers", owners
	case c.out.Verdict == "errors" && c.onlyOwners():
		n.Who = "staff"
	case c.out.Verdict == "errors":
		n.Who, n.Handles = "author", nil
		if actor != "" {
			n.Handles = []string{actor}
		}
	case len(owners) > 0 && actor != "":
		n.Who, n.Handles = "maintainers", owners
	case c.out.Counts.Outside > 0 || slices.Contains(c.out.Labels, "new-seller") || slices.Contains(c.out.Labels, "owners"):
		n.Who = "staff"
	}
	if n.Handles == nil {
		n.Handles = []string{}
	}
	n.Text = c.out.nextText(n.Who).In(c.Book)
	c.out.Next = n
}

// onlyOwners reports whether the only errors are that somebody else owns what
// the change touches: the author has nothing to mend.
func (c *comparison) onlyOwners() bool {
	return !slices.ContainsFunc(c.Findings, func(f diag.Finding) bool {
		return f.Severity == diag.Error && !f.Before && f.Rule.ID != "owner-only" && f.Rule.ID != "staff-only"
	})
}

// nextText says what who has to do.
func (c *Change) nextText(who string) diag.Text {
	switch who {
	case "author":
		return diag.Say("the author mends %s and pushes again; then this is written anew", diag.Plural(c.Counts.Errors, "%d error", "%d errors"))
	case "maintainers":
		return diag.Say("a maintainer of the folder makes the change, or agrees to it: it comes from somebody else")
	case "staff":
		if slices.Contains(c.Labels, "new-seller") {
			return diag.Say("the catalog’s staff make sure that the seller has signed up and that the change comes from it, then review it")
		}
		if slices.Contains(c.Labels, "owners") && c.Counts.Outside == 0 {
			return diag.Say("the catalog’s staff make sure that the new maintainers are the seller’s, then review it")
		}
		return diag.Say("the catalog’s staff review it: it touches what is theirs")
	case "nobody":
		return diag.Say("nobody: nothing of the catalog differs")
	}
	if c.Trivial {
		return diag.Say("a reviewer merges it: it is trivial")
	}
	return diag.Say("a reviewer reads what buyers will see, and merges it or asks for changes")
}
