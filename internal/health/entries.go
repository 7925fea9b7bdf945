package health

import (
	"slices"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// settings looks at the waivers that catalog.yaml has.
func (l *looker) settings() {
	document := l.root.ReopenSettings()
	for i, w := range l.catalog.Waivers {
		if w.Until < l.opt.At || w.Until > l.soon {
			continue // one that is over is a finding
		}
		at := diag.Span{Path: "content/catalog.yaml"}
		if document != nil {
			at = document.At("waivers", i, "until")
		}
		l.add(Item{
			WaiverEnds, Soon, at, diag.Say("the waiver of %s for %s ends on %s; then what it lets pass fails the check", w.Rule, diag.Quote(w.Path), string(w.Until)),
			diag.Say("have it mended and delete the waiver, or agree on another day"),
		})
	}
}

// entry looks at what all entries have; visible says whether buyers see it.
func (l *looker) entry(e *catalog.Entry, visible bool) {
	at := l.opt.At
	for i, d := range e.Drift {
		if d.Until >= at && d.Until <= l.soon {
			l.say(DriftEnds, Soon, e, []any{"drift", i, "until"}, diag.Say("bring the texts in line, then delete the marker"),
				diag.Say("the drift marker of %s ends on %s", diag.Quote(d.Key), string(d.Until)))
		}
	}
	switch e.Status {
	case catalog.Draft:
		l.draft(e)
	case catalog.Published:
		if l.isSoon(e.PublishOn) {
			l.say(DateAhead, Soon, e, []any{"publish_on"}, diag.Say("nothing, if that is still meant: the build of that day shows it"), diag.Say("it will be published on %s", string(e.PublishOn)))
		}
		switch {
		case l.isSoon(e.UnpublishOn):
			l.say(DateAhead, Soon, e, []any{"unpublish_on"}, diag.Say("nothing, if that is still meant: the build of that day takes it out"), diag.Say("it will be unpublished on %s", string(e.UnpublishOn)))
		case e.UnpublishOn != "" && e.UnpublishOn <= at:
			l.say(DateOver, Look, e, []any{"unpublish_on"}, diag.Say("write status: unpublished and why: vitrine unpublish does"), diag.Say("buyers have not seen it since %s, and its status is still published", string(e.UnpublishOn)))
		}
	case catalog.Unpublished:
		if since := e.Withdrawal.Day(); l.isSoon(since) {
			l.say(DateAhead, Soon, e, []any{"unpublished", "since"}, diag.Say("nothing, if that is still meant: the build of that day takes it out"), diag.Say("it will be unpublished on %s", string(since)))
		}
	}
	if changed := catalog.DateOf(e.Changed); visible && !e.Changed.IsZero() && changed < l.stale {
		l.say(Unchanged, Look, e, []any{"status"}, diag.Say("ask whether it is still true; a change of any kind begins the time anew"), diag.Say("nothing has changed since %s", string(changed)))
	}
}

// draft looks at an entry that is not published yet.
func (l *looker) draft(e *catalog.Entry) {
	if e.PublishOn != "" && e.PublishOn <= l.opt.At {
		l.say(DateOver, Now, e, []any{"publish_on"}, diag.Say("publish it (vitrine publish), or write another day"), diag.Say("it was to be published on %s, and is still a draft", string(e.PublishOn)))
	}
	if changed := catalog.DateOf(e.Changed); !e.Changed.IsZero() && changed < l.idle {
		l.say(DraftWaits, Look, e, []any{"status"}, diag.Say("ask whether it will be finished, or delete it"), diag.Say("the draft was last changed on %s", string(changed)))
	}
}

// seller looks at a showcase, and returns whether buyers see it.
func (l *looker) seller(s *catalog.Seller) bool {
	visible := l.visible.Seller(s)
	l.entry(&s.Entry, visible)
	if visible && !slices.ContainsFunc(s.Products, l.visible.Product) {
		l.say(SellerEmpty, Look, &s.Entry, []any{"status"}, diag.Say("ask whether products will come; a showcase without any is unpublished"), diag.Say("buyers see the showcase, and no product of this seller"))
	}
	return visible
}

// product looks at a product, and returns whether buyers see it.
func (l *looker) product(p *catalog.Product) bool {
	visible := l.visible.Product(p)
	newest := -1
	for i := range p.Versions {
		v := &p.Versions[i]
		if visible && v.Status == catalog.Published && l.isSoon(v.Released) {
			l.say(DateAhead, Soon, &p.Entry, []any{"versions", i, "released"}, diag.Say("nothing, if that is still meant: the build of that day shows it"), diag.Say("version %s will be released on %s", diag.Quote(v.Version), string(v.Released)))
		}
		if v.Status == catalog.Published && l.visible.Version(v) && (newest < 0 || v.Released > p.Versions[newest].Released) {
			newest = i
		}
	}
	old := visible && newest >= 0 && p.Versions[newest].Released != "" && p.Versions[newest].Released < l.stale
	if old {
		v := &p.Versions[newest]
		l.say(VersionOld, Look, &p.Entry, []any{"versions", newest, "released"}, diag.Say("ask whether it is still maintained: publish a new version, or unpublish the product"),
			diag.Say("the newest version, %s, is of %s", diag.Quote(v.Version), string(v.Released)))
	}
	l.entry(&p.Entry, visible && !old) // an old version says it already
	return visible
}
