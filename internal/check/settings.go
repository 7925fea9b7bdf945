package check

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var (
	rulePattern = &diag.Rule{
		ID: "settings-pattern", Severity: diag.Error, Fixed: true,
		Title: "product_codes.pattern is a regular expression",
		Why:   "Product codes are compared with this pattern. One that cannot be read would let every code pass. Its form is RE2, that of Go.",
		Help:  "see https://github.com/google/re2/wiki/Syntax",
	}
	ruleSettingTwice = &diag.Rule{
		ID: "settings-duplicate", Severity: diag.Error, Fixed: true,
		Title: "languages, Regions and categories have ids of their own",
		Why:   "Products name languages, Regions and categories by their ids, and pages have them in their addresses. Two with the same id cannot be told apart.",
		Help:  "give each an id of its own",
	}
	ruleSettingRule = &diag.Rule{
		ID: "settings-rule", Severity: diag.Error, Fixed: true,
		Title: "catalog.yaml sets and waives only rules that exist and may be changed",
		Why:   "A misspelt rule would set nothing, and nobody would notice. Rules that keep buyers safe and the site whole cannot be switched off by anyone.",
		Help:  "name a rule of docs/rules.md that may be changed",
	}
	ruleLanguage = &diag.Rule{
		ID: "settings-language", Severity: diag.Error, Fixed: true,
		Title: "each of the catalog's languages has its words in i18n/",
		Why:   "The words of buttons and headings come from i18n/. Without them, the pages of a language would be half in another one.",
		Help:  "add the file i18n/<language>.yaml, or delete the language",
	}
	ruleBaseURL = &diag.Rule{
		ID: "settings-base-url", Severity: diag.Error, Fixed: true,
		Title: "base_url is where the site begins: no query, no fragment",
		Why:   "Every address in feeds and in the sitemap begins with this one. Behind a query or a fragment, all of them would lead nowhere.",
		Help:  "write the address of the site's first page alone",
	}
	rulePageUnknown = &diag.Rule{
		ID: "page-unknown", Severity: diag.Error,
		Title: "the pages in navigation exist",
		Why:   "The footer stands on every page: a dead link in it is dead everywhere.",
		Help:  "name pages of content/pages/",
	}
	ruleWaiverOver = &diag.Rule{
		ID: "waiver-expired", Severity: diag.Error, Fixed: true,
		Title: "a waiver is still valid",
		Why:   "A waiver is a promise to mend something by a day. Without an end, exceptions would stay for ever; this is our own convention.",
		Help:  "mend what the waiver lets pass, then delete it",
	}
	ruleWaiverUnused = &diag.Rule{
		ID: "waiver-unused", Severity: diag.Error, Fixed: true,
		Title: "a waiver lets a finding pass that is there",
		Why:   "What it let pass is mended, or its path is misspelt. A waiver that stays would hide the next fault.",
		Help:  "delete the waiver",
	}
)

func (p *catalogPass) setting(rule *diag.Rule, at []any, help diag.Text, message string, args ...any) *diag.Finding {
	d := &content.Document{}
	p.found = append(p.found, *d.Report(rule, p.settings.At(at...), help, message, args...))
	return &p.found[len(p.found)-1]
}

// settingKey reports at a key itself.
func (p *catalogPass) settingKey(rule *diag.Rule, at []any, help diag.Text, message string, args ...any) *diag.Finding {
	f := p.setting(rule, at, help, message, args...)
	f.Span = p.settings.KeyAt(at...)
	return f
}

// settings checks what catalog.yaml says of itself.
func settings(p *catalogPass) {
	s := &p.catalog.Settings
	if _, err := regexp.Compile(s.Codes.Pattern); err != nil {
		p.setting(rulePattern, []any{"product_codes", "pattern"}, diag.Say("see https://github.com/google/re2/wiki/Syntax"), "%s is not a regular expression: %s", diag.Quote(s.Codes.Pattern), patternFault(err))
	}
	switch base := strings.TrimSuffix(s.BaseURL, "/"); {
	case strings.ContainsAny(base, "?#"):
		p.setting(ruleBaseURL, []any{"base_url"}, diag.Say("write the address of the site's first page alone"), "%s has a query or a fragment", diag.Quote(base))
	case !strings.HasPrefix(base, "http") && base != "":
		p.setting(ruleBaseURL, []any{"base_url"}, diag.Say("write https://…"), "%s is not the address of a site", diag.Quote(base))
	}
	seen := make(map[string][]any)
	once := func(kind, id string, at ...any) {
		key := kind + " " + id
		if before, twice := seen[key]; twice && id != "" {
			f := p.setting(ruleSettingTwice, at, diag.Say("give each an id of its own"), "the %s %s is given twice", diag.Say(kind), diag.Quote(id))
			f.Related = []diag.Note{{Span: p.settings.At(before...), Message: diag.Say("first given here")}}
			return
		}
		seen[key] = at
	}
	for i, l := range s.Languages {
		once("language", l, "languages", i)
	}
	for _, l := range p.unknown {
		p.setting(ruleLanguage, []any{"languages"}, diag.Say("%s; another one needs the file i18n/%s.yaml", choose(l, p.words.Tags(), "the languages are %s"), diag.Visible(l)), "nothing is known of the language %s", diag.Quote(l))
	}
	for i, r := range s.Regions {
		once("Region", r.ID, "regions", i, "id")
	}
	for i, c := range s.Categories {
		once("category", c.ID, "categories", i, "id")
		if c.ID == reserved {
			p.setting(ruleSlugReserved, []any{"categories", i, "id"}, diag.Say("choose another id"), "the site needs the name %s for its own addresses", diag.Quote(reserved))
		}
	}
	for i, c := range s.Services { // one address each: /categories/<id>/
		once("category", c.ID, "service_categories", i, "id")
		if c.ID == reserved {
			p.setting(ruleSlugReserved, []any{"service_categories", i, "id"}, diag.Say("choose another id"), "the site needs the name %s for its own addresses", diag.Quote(reserved))
		}
	}
	var ids []string
	for _, r := range Rules() {
		ids = append(ids, r.ID)
	}
	for id, severity := range s.Severities {
		rule := ruleByID(id)
		switch {
		case rule == nil:
			p.settingKey(ruleSettingRule, []any{"rules", id}, choose(id, ids, "rules are %s"), "there is no rule %s", diag.Quote(id)).Fix.Replace = diag.Nearest(id, ids)
		case severities[severity] == nil:
			p.setting(ruleSettingRule, []any{"rules", id}, diag.Say("write off, warning or error"), "%s is not a severity", diag.Quote(severity))
		case rule.Fixed:
			p.settingKey(ruleSettingRule, []any{"rules", id}, diag.Say("delete the line"), "the rule %s cannot be changed: the site's safety or its form depends on it", diag.Quote(id))
		}
	}
	for i, w := range s.Waivers {
		if rule := ruleByID(w.Rule); w.Rule == "" {
			continue // reported as a key without a value
		} else if rule == nil {
			p.setting(ruleSettingRule, []any{"waivers", i, "rule"}, choose(w.Rule, ids, "rules are %s"), "there is no rule %s", diag.Quote(w.Rule)).Fix.Replace = diag.Nearest(w.Rule, ids)
		} else if rule.Fixed {
			p.setting(ruleSettingRule, []any{"waivers", i, "rule"}, diag.Say("delete the waiver"), "the rule %s cannot be waived: the site's safety or its form depends on it", diag.Quote(w.Rule))
		}
	}
}

// patternFault says what is wrong with a regular expression, and where.
func patternFault(err error) diag.Text {
	e, ok := errors.AsType[*syntax.Error](err)
	if !ok {
		return diag.Say("it cannot be read")
	}
	at := diag.Quote(e.Expr)
	switch e.Code {
	case syntax.ErrMissingParen, syntax.ErrUnexpectedParen:
		return diag.Say("( and ) do not go in pairs in %s", at)
	case syntax.ErrMissingBracket:
		return diag.Say("the [ of %s is not closed", at)
	case syntax.ErrInvalidCharRange, syntax.ErrInvalidCharClass:
		return diag.Say("the range %s runs backwards, or is none", at)
	case syntax.ErrMissingRepeatArgument:
		return diag.Say("nothing stands before %s that could be repeated", at)
	case syntax.ErrInvalidRepeatOp, syntax.ErrInvalidRepeatSize:
		return diag.Say("%s cannot repeat like this", at)
	case syntax.ErrInvalidEscape, syntax.ErrTrailingBackslash:
		return diag.Say("the backslash of %s begins no escape", at)
	case syntax.ErrInvalidPerlOp:
		return diag.Say("groups that begin with %s are not known", at)
	}
	return diag.Say("it goes wrong at %s", at)
}

func navigation(p *catalogPass) {
	var known []string
	for _, page := range p.catalog.Pages {
		known = append(known, page.Slug)
	}
	for i, slug := range p.catalog.Navigation {
		if slug != "" && !slices.Contains(known, slug) {
			p.setting(rulePageUnknown, []any{"navigation", i}, choose(slug, known, "the pages are %s"), "there is no page content/pages/%s.md", slug).Fix.Replace = diag.Nearest(slug, known)
		}
	}
}

var severities = map[string]*diag.Severity{
	"off": new(diag.Off), "warning": new(diag.Warning), "error": new(diag.Error),
}

// applySettings gives findings the severity that catalog.yaml sets, and takes
// out those that it waives. A waiver that is over or lets nothing pass is a
// finding itself.
func applySettings(p *catalogPass, today catalog.Date) (kept []diag.Finding, waived int) {
	s := &p.catalog.Settings
	found := diag.Sort(p.found)
	p.found = nil
	used := make([]bool, len(s.Waivers))
	for _, f := range found {
		if to := severities[s.Severities[f.Rule.ID]]; to != nil && !f.Rule.Fixed {
			if lack := f.Severity < f.Rule.Severity; !lack || *to < f.Severity { // what a draft lacks stays a warning
				f.Severity = *to
			}
		}
		pass := f.Severity == diag.Off
		for i, w := range s.Waivers {
			covers := f.Path == w.Path || strings.HasPrefix(f.Path, w.Path+"/")
			if w.Rule == f.Rule.ID && covers && !f.Rule.Fixed {
				used[i] = true
				if w.Until >= today {
					pass = true
					waived++
					break
				}
			}
		}
		if !pass {
			kept = append(kept, f)
		}
	}
	for i, w := range s.Waivers {
		rule := ruleByID(w.Rule)
		switch {
		case rule == nil, rule.Fixed, w.Until == "":
		case w.Until < today:
			p.setting(ruleWaiverOver, []any{"waivers", i, "until"}, diag.Say("mend what it lets pass, then delete the waiver"), "the waiver ended on %s", w.Until)
		case !used[i] && slices.Contains(onlineOnly, rule) && !p.online: // only the cloud's answer breaks those
		case !used[i] && !slices.Contains(changeOnly, rule): // only a comparison finds those
			p.setting(ruleWaiverUnused, []any{"waivers", i}, diag.Say("delete it"), "the waiver lets nothing pass: %s finds nothing in %s", w.Rule, diag.Quote(w.Path))
		}
	}
	return diag.Sort(append(kept, p.found...)), waived
}
