package check

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/cloud"
	"vitrine/internal/diag"
)

// Online is how the rules of OMIs reach the cloud.
type Online struct {
	Ask    cloud.Ask
	Recent *cloud.Record          // what was seen a short while ago stands for an answer; nil: everything is asked
	Within func(path string) bool // whether the OMIs of an entry are asked for; nil: all are
}

// OMI is one OMI that the catalog names.
type OMI struct {
	Product *catalog.Product
	Version *catalog.Version
	Region  string
	ID      string
	Gone    bool // of an unpublished version: it should not be there
	Asked   bool // Sight and Wrong are from this run or from a recent one
	Sight   cloud.Sight
	Wrong   []diag.Text // what is wrong with it; a warning of its product's code is not of the OMI

	at []any // its place in the entry
}

// OMIs returns the OMIs of published and unpublished versions, in the order of
// products and of what they say. Those of drafts are nobody's business yet. An
// OMI that a published version names is not gone, whoever else names it.
func OMIs(c *catalog.Catalog) []OMI {
	var omis []OMI
	needed := make(map[string]bool)
	for p := range c.Products {
		for i := range p.Versions {
			n := &p.Versions[i]
			gone := n.Status == catalog.Unpublished || p.Status == catalog.Unpublished && n.Status == catalog.Published
			if p.Type != catalog.OMI || p.Status == catalog.Draft || p.Status == "" || n.Status == catalog.Draft || n.Status == "" {
				continue
			}
			for _, image := range n.Images {
				if !omiForm.MatchString(image.OMI) || c.Region(image.Region) == nil {
					continue // a finding already, and nothing to put into a request
				}
				needed[image.Region+" "+image.OMI] = needed[image.Region+" "+image.OMI] || !gone
				omis = append(omis, OMI{Product: p, Version: n, Region: image.Region, ID: image.OMI, Gone: gone, at: []any{"versions", i, "images", image.Region}})
			}
		}
	}
	return slices.DeleteFunc(omis, func(o OMI) bool { return o.Gone && needed[o.Region+" "+o.ID] })
}

// Unchecked is what a Region was to be asked and could not be.
type Unchecked struct {
	Region  string
	OMIs    []*OMI
	Codes   int // product codes
	Failure *cloud.Failure
}

// askCloud asks the cloud about the catalog's OMIs and lets the rules of OMIs
// run.
func (p *catalogPass) askCloud(ctx context.Context, r *Result, online *Online) error {
	r.OMIs = slices.DeleteFunc(OMIs(p.catalog), func(o OMI) bool { return online.Within != nil && !online.Within(o.Product.Source) })
	recent := online.Recent.Since(time.Time{})
	questions := make(map[string]*cloud.Question)
	question := func(region string) *cloud.Question {
		if questions[region] == nil {
			questions[region] = &cloud.Question{Region: region}
		}
		return questions[region]
	}
	for i := range r.OMIs {
		o := &r.OMIs[i]
		q := question(o.Region)
		if seen, ok := recent.Last(o.Region, o.ID); !ok || len(judgeOMI(o, seen.Image)) > 0 {
			q.OMIs = append(q.OMIs, o.ID)
		}
		if code := o.Product.ProductCode; code != "" && !o.Gone && !knows(recent, o.Region, code) {
			q.Codes = append(q.Codes, code)
		}
	}
	var ask []cloud.Question
	for _, region := range slices.Sorted(maps.Keys(questions)) {
		q := questions[region]
		slices.Sort(q.OMIs)
		slices.Sort(q.Codes)
		ask = append(ask, cloud.Question{Region: region, OMIs: slices.Compact(q.OMIs), Codes: slices.Compact(q.Codes)})
	}
	answers, err := online.Ask(ctx, ask)
	if err != nil {
		return err
	}
	of := make(map[string]*cloud.Answer, len(ask))
	for i := range ask {
		of[ask[i].Region] = &answers[i]
	}
	for i := range r.OMIs {
		p.judgeAnswer(&r.OMIs[i], of[r.OMIs[i].Region], recent)
	}
	r.Known = make(map[string]map[string]bool)
	for i, q := range ask {
		r.Known[q.Region] = answers[i].Known
		p.unchecked(r, q, &answers[i])
	}
	p.unknownCodes(r)
	return nil
}

func knows(recent *cloud.Record, region, code string) bool {
	g := recent.Regions[region]
	return g != nil && !g.Codes[code].IsZero()
}

// judgeAnswer looks at what a Region said of an OMI, or says nothing where it was
// not asked.
func (p *catalogPass) judgeAnswer(o *OMI, a *cloud.Answer, recent *cloud.Record) {
	sight, asked := a.Sights[o.ID]
	if !asked {
		seen, ok := recent.Last(o.Region, o.ID)
		if !ok || len(judgeOMI(o, seen.Image)) > 0 {
			return // not checked: neither passed nor failed
		}
		sight = seen.Sight
	}
	o.Asked, o.Sight = true, sight
	for _, fault := range judgeOMI(o, sight.Image) {
		o.Wrong = append(o.Wrong, diag.Say(fault.message, fault.args...))
		f := p.report(fault.rule, &o.Product.Entry, o.at, fault.help, fault.message, fault.args...)
		switch {
		case fault.rule == ruleOMICode:
			f.Related = []diag.Note{{Span: p.span(&o.Product.Entry, "product_code"), Message: diag.Say("the product's code")}}
		case fault.rule == ruleOMIAccount:
			f.Related = []diag.Note{{Span: p.span(&o.Product.Seller.Entry, "accounts", o.Region), Message: diag.Say("the seller's account")}}
		}
	}
}

// unchecked remembers what a Region was not asked.
func (p *catalogPass) unchecked(r *Result, q cloud.Question, a *cloud.Answer) {
	u := Unchecked{Region: q.Region, Failure: a.Failure}
	for i := range r.OMIs {
		if o := &r.OMIs[i]; o.Region == q.Region && !o.Asked {
			u.OMIs = append(u.OMIs, o)
		}
	}
	for _, code := range q.Codes {
		if _, asked := a.Known[code]; !asked {
			u.Codes++
		}
	}
	if len(u.OMIs) > 0 || u.Codes > 0 {
		r.Unchecked = append(r.Unchecked, u)
	}
}

// unknownCodes reports product codes that a Region of their product does not
// know, once a product.
func (p *catalogPass) unknownCodes(r *Result) {
	said := make(map[*catalog.Product]bool)
	for i := range r.OMIs {
		o := &r.OMIs[i]
		known, asked := r.Known[o.Region][o.Product.ProductCode]
		if !asked || known || o.Gone || said[o.Product] {
			continue
		}
		said[o.Product] = true
		p.report(ruleCodeUnknown, &o.Product.Entry, []any{"product_code"}, diag.Say("copy the code from your account; codes that an account made itself are known to the API once they are ready"),
			"the Region %s does not know the product code %s", o.Region, diag.Quote(o.Product.ProductCode))
	}
}

// fault is something wrong with an OMI.
type fault struct {
	rule    *diag.Rule
	help    diag.Text
	message string
	args    []any
}

// judgeOMI compares an OMI with its entry. The image is nil where the Region does
// not have it.
func judgeOMI(o *OMI, image *cloud.Image) (faults []fault) {
	id := diag.Quote(o.ID)
	add := func(rule *diag.Rule, help diag.Text, message string, args ...any) {
		faults = append(faults, fault{rule, help, message, args})
	}
	switch {
	case o.Gone && image != nil:
		add(ruleOMIStays, diag.Say("delete the OMI in your account; VMs that were started from it go on"), "the OMI %s of an unpublished version is still in %s", id, o.Region)
		return faults
	case o.Gone:
		return nil
	case image == nil:
		add(ruleOMIMissing, diag.Say("correct the id, or let the account that asks launch the OMI: an OMI of another account that is not shared looks as if it were not there"),
			"the Region %s has no OMI %s that can be seen", o.Region, id)
		return faults
	}
	if image.State != "available" {
		add(ruleOMIState, diag.Say("wait until it is available, or make the OMI anew and give its id here"), "the OMI %s is in the state %s, not available", id, diag.Quote(image.State))
	}
	if want := o.Product.Seller.Account(o.Region); want != "" && image.Account != want {
		add(ruleOMIAccount, diag.Say("correct the id, or the account in the showcase"), "the OMI %s belongs to the account %s, not to %s", id, diag.Quote(image.Account), diag.Quote(want))
	}
	if image.Public {
		add(ruleOMIPublic, diag.Say("take the permission to launch it from everybody (UpdateImage, PermissionsToLaunch)"), "the OMI %s is public", id)
	}
	if want := o.Version.Architecture; want != "" && image.Architecture != "" && processor(want) != processor(image.Architecture) {
		add(ruleOMIArchitecture, diag.Say("correct the architecture of the version, or the id"), "the OMI %s is made for %s, not for %s", id, diag.Quote(image.Architecture), diag.Quote(want))
	}
	if code := o.Product.ProductCode; code != "" && !slices.Contains(image.Codes, code) {
		help := diag.Say("it has no code at all: make the OMI with the product's code")
		if len(image.Codes) > 0 {
			help = diag.Say("its codes are %s: make the OMI with the product's code", diag.Visible(strings.Join(image.Codes[:min(len(image.Codes), 10)], ", ")))
		}
		add(ruleOMICode, help, "the OMI %s does not carry the product code %s", id, diag.Quote(code))
	}
	return faults
}

// processor is an architecture by one of its names.
func processor(name string) string {
	switch name = strings.NewReplacer("-", "_", " ", "").Replace(strings.ToLower(name)); name {
	case "amd64", "x64", "x86_64":
		return "x86_64"
	case "i386", "i686", "x86":
		return "i386"
	case "aarch64", "arm64":
		return "arm64"
	}
	return name
}

// Remember takes what was seen into a record. What the catalog no longer names
// is dropped.
func (r *Result) Remember(record *cloud.Record) {
	for i := range r.OMIs {
		if o := &r.OMIs[i]; o.Asked {
			record.Add(o.Region, o.ID, o.Sight, len(o.Wrong) == 0)
		}
	}
	omis, codes := make(map[string]bool), make(map[string]bool)
	for _, o := range OMIs(r.Catalog) {
		omis[o.Region+" "+o.ID], codes[o.Region+" "+o.Product.ProductCode] = true, true
	}
	for region, known := range r.Known {
		for code, knows := range known {
			record.Knows(region, code, r.seenIn(region), knows)
		}
	}
	record.Keep(func(region, id string) bool { return omis[region+" "+id] }, func(region, code string) bool { return codes[region+" "+code] })
}

// seenIn is when a Region last answered about an OMI in this run: its codes are
// asked for right after.
func (r *Result) seenIn(region string) (last time.Time) {
	for i := range r.OMIs {
		if o := &r.OMIs[i]; o.Region == region && o.Asked && o.Sight.At.After(last) {
			last = o.Sight.At
		}
	}
	return last
}
