package check

import (
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var (
	ruleOwner = &diag.Rule{
		ID: "owner-only", Severity: diag.Error, Fixed: true,
		Title: "a seller's folder is changed by its maintainers alone",
		Help:  "ask one of the maintainers to make the change, or to add you first",
		Why:   "A listing speaks in the seller's name. Who may change it is what the published showcase says, so nobody can make themselves its owner.",
	}
	ruleOutside = &diag.Rule{
		ID: "staff-only", Severity: diag.Error, Fixed: true,
		Title: "what lies outside of content/sellers/ is changed by the catalog's staff alone",
		Help:  "take the file out of the change, or ask the staff",
		Why:   "The catalog's settings, pages, theme and workflows concern every seller and every buyer.",
	}
	ruleSellerNew = &diag.Rule{
		ID: "seller-new", Severity: diag.Warning,
		Title: "a new seller is confirmed by the catalog's staff",
		Help:  "staff: make sure that the organisation has signed up as a seller, and that the change comes from it",
		Why:   "A showcase must exist before the first product, and the marketplace must know who sells (rule 2 of the marketplace).",
	}
)

// maxOutside is how many paths outside of the sellers' folders are reported
// one by one.
const maxOutside = 10

// workflowBot is the author of a pull request that a workflow of the repository
// itself opened. That is the one which makes listings of issues: it has compared
// who filed the issue with who may change the folder (OwnerOf).
const workflowBot = "github-actions[bot]"

// owners compares who makes the change with those who may. Who that is, the
// target's own state says, not the change.
func owners(c *changePass) {
	staff := catalog.Handles(c.base.Tip.Staff())
	actor := catalog.Handle(c.base.Actor)
	isStaff := actor != "" && slices.Contains(staff, actor)
	sellers := make(map[string][]string) // slug to the paths touched
	var outside []string
	for _, name := range c.base.Touched {
		if rest, ok := strings.CutPrefix(name, "content/sellers/"); ok && strings.Contains(rest, "/") {
			slug, _, _ := strings.Cut(rest, "/")
			sellers[slug] = append(sellers[slug], name)
			continue
		}
		outside = append(outside, name)
	}
	for slug, names := range sellers {
		c.owner(slug, names, actor, isStaff)
	}
	if isStaff || actor == "" {
		return
	}
	help := diag.Say("ask the catalog's staff: %s", list(staff))
	if len(staff) == 0 {
		help = diag.Say("%s at %s lists no staff, so nobody may: add staff: [your-github-name] there first", "content/catalog.yaml", c.base.Ref)
	}
	for i, name := range outside {
		if i == maxOutside {
			c.path(ruleOutside, name, help, "%s outside of content/sellers/, which %s may not change", diag.Plural(len(outside)-i, "%d more file", "%d more files"), diag.Quote(actor))
			break
		}
		c.path(ruleOutside, name, help, "%s may not change what lies outside of content/sellers/", diag.Quote(actor))
	}
}

// owner judges the changes in one seller's folder.
func (c *changePass) owner(slug string, names []string, actor string, isStaff bool) {
	if isStaff {
		return
	}
	if actor == workflowBot {
		actor = ""
	}
	owned, at := c.owned(slug)
	if len(owned) == 0 {
		place := path.Join("content/sellers", slug, "showcase.md")
		if !slices.Contains(names, place) {
			place = names[0]
		}
		c.path(ruleSellerNew, place, diag.Text{}, "%s is a new seller", diag.Quote(slug))
		return
	}
	if actor == "" {
		return
	}
	for _, of := range owned {
		maintainers := catalog.Handles(at.Maintainers(of))
		if slices.Contains(maintainers, actor) {
			continue
		}
		help := diag.Say("ask one of its maintainers: %s", list(maintainers))
		if len(maintainers) == 0 {
			help = diag.Say("its showcase at %s names no maintainer: ask the catalog's staff", c.base.Ref)
		}
		c.path(ruleOwner, names[0], help, "%s is not a maintainer of %s, and changes %s of its folder", diag.Quote(actor), diag.Quote(of),
			diag.Plural(len(names), "%d file", "%d files"))
		return
	}
}

// owned returns the sellers whose folder it is, and where their showcases say
// who maintains them: that of this name at the target, or what became of it
// there; those that the change gives this name; or, for one that the target no
// longer has, the one that the change began from. None for a new seller.
func (c *changePass) owned(slug string) ([]string, *content.Root) {
	if c.base.Tip.HasSeller(slug) {
		return []string{slug}, c.base.Tip
	}
	if now := c.base.Tip.SellerOnce(slug); now != "" {
		return []string{now}, c.base.Tip
	}
	var renamed []string
	if s := c.catalog.Seller(slug); s != nil {
		for _, alias := range s.Aliases {
			if alias != "" && c.base.Tip.HasSeller(alias) {
				renamed = append(renamed, alias)
			}
		}
	}
	if len(renamed) > 0 {
		return renamed, c.base.Tip
	}
	if c.base.Files.HasSeller(slug) {
		return []string{slug}, c.base.Files
	}
	return nil, nil
}

// Owner says whose a seller's folder is.
type Owner struct {
	Seller string   // who has the name, or had it; "" for a new seller
	May    bool     // the folder is the actor's to change, or nobody's yet
	Ask    []string // who may instead: handles
}

// OwnerOf says whose folder a seller's name is, as a catalog has it, and whether
// somebody may change it: one of the maintainers, or the catalog's staff.
func OwnerOf(root *content.Root, slug, actor string) Owner {
	if !root.HasSeller(slug) {
		slug = root.SellerOnce(slug)
	}
	if slug == "" {
		return Owner{May: true}
	}
	staff, maintainers := catalog.Handles(root.Staff()), catalog.Handles(root.Maintainers(slug))
	o := Owner{Seller: slug, Ask: maintainers, May: slices.Contains(staff, catalog.Handle(actor)) || slices.Contains(maintainers, catalog.Handle(actor))}
	if len(maintainers) == 0 {
		o.Ask = staff
	}
	return o
}

// path reports at a file as a whole.
func (c *changePass) path(rule *diag.Rule, name string, help diag.Text, message string, args ...any) {
	c.reportAt(rule, nil, diag.Span{Path: name}, help, message, args...)
}

func list(handles []string) string {
	var b strings.Builder
	for i, h := range handles {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("@" + diag.Visible(h))
	}
	return b.String()
}
