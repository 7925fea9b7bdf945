package health

import (
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/links"
	"vitrine/internal/markdown"
)

// Use is a place of the catalog that links to another site.
type Use struct {
	Link string
	diag.Span
}

// Uses returns the links to other sites of all entries that buyers see on a day,
// each once an entry, in the order of their places.
func Uses(root *content.Root, c *catalog.Catalog, at catalog.Date) (uses []Use) {
	for e, visible := range (catalog.Visibility{At: at}).Entries(c) {
		if !visible {
			continue
		}
		d := root.Reopen(e)
		if d == nil {
			continue // changed since: the next run sees it
		}
		seen := make(map[string]bool)
		add := func(link string, at diag.Span) bool {
			link, _, _ = strings.Cut(link, "#") // the site is not asked for a part of a page
			if !seen[link] && isSite(link) {
				seen[link] = true
				uses = append(uses, Use{link, at})
			}
			return true
		}
		d.Links(add)
		text := d.Text()
		if _, over := markdown.Limits(text); over {
			continue
		}
		for _, s := range markdown.Parse(text).Sections {
			for _, l := range s.Links {
				if !l.Image {
					add(l.Destination, d.Source.Span(d.Body[0]+l.From, d.Body[0]+l.To))
				}
			}
		}
	}
	return uses
}

// isSite reports whether a link leads to a page of another site.
func isSite(link string) bool {
	scheme, _, ok := strings.Cut(link, "://")
	return ok && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http"))
}

// links makes items of what asking for links told.
func (l *looker) links() *Links {
	n := &Links{}
	counted := make(map[string]bool)
	for _, u := range l.opt.Uses {
		r, asked := l.opt.Links[u.Link]
		if !counted[u.Link] {
			counted[u.Link] = true
			switch {
			case !asked:
				n.NotAsked++
			case r.State == links.OK:
				n.OK++
			case r.State == links.Dead:
				n.Dead++
			default:
				n.Unsure++
			}
		}
		if !asked || r.State == links.OK {
			continue
		}
		since := string(catalog.DateOf(r.Since))
		if r.State == links.Dead {
			l.add(Item{LinkDead, Now, u.Span, diag.Say("the link %s is dead: %s (first seen on %s)", diag.Quote(u.Link), because(r), since), diag.Say("link to where the page is now, or take the link out")})
		} else {
			l.add(Item{LinkUnsure, Look, u.Span, diag.Say("it is not sure whether the link %s works: %s (first seen on %s)", diag.Quote(u.Link), because(r), since), diag.Say("open it in a browser; the next report asks again")})
		}
	}
	return n
}

// because says why a link is not known to work.
func because(r links.Result) diag.Text {
	switch r.Cause {
	case links.Answered:
		return diag.Say("the site answers with status %d", r.Status)
	case links.NoHost:
		return diag.Say("there is no such host")
	case links.Timeout:
		return diag.Say("no answer came in time")
	case links.Certificate:
		return diag.Say("browsers do not trust its certificate")
	case links.Private:
		return diag.Say("it leads to an address that is not public, which is never connected to")
	case links.Port:
		return diag.Say("it leads to another port than 443, which is not asked")
	case links.Redirects:
		return diag.Say("it redirects more than five times")
	case links.Redirected:
		return diag.Say("it redirects to what is not https")
	}
	return diag.Say("no connection could be made")
}
