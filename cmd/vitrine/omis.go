package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/check"
	"vitrine/internal/diag"
)

const omisAbout = `Tell what the OUTSCALE API says of each OMI of published and unpublished versions:
whether it is there, available, private, the seller's, and carries the product's
code. check --online says the same as findings, with their places.

With --recorded, nothing is asked: what earlier runs on this machine saw is told.`

func runOMIs(ctx context.Context, env *environment, args []string) error {
	var format, lang string
	var recorded bool
	asking := onlineFlags{}
	f := env.flags("omis", "[PATH…]", omisAbout, func(f *pflag.FlagSet) {
		f.StringVar(&format, "format", "text", "text or json")
		langFlag(f, &lang)
		f.BoolVar(&recorded, "recorded", false, "ask nothing: tell what was seen before, and when")
		asking.cacheFlag(f)
	})
	paths, err := f.parse(args, 1_000_000)
	if err != nil {
		return err
	}
	if format != "text" && format != "json" {
		return &usageError{fmt.Sprintf("there is no format %s: write text or json", diag.Quote(format)), "omis"}
	}
	root, book, err := env.open(lang, "omis")
	if err != nil {
		return err
	}
	defer root.Close()
	if paths, err = env.below(paths, "omis"); err != nil {
		return err
	}
	if recorded && asking.cache != 0 {
		return &usageError{"--online-cache is for what is asked: leave it out with --recorded", "omis"}
	}
	asking.online = !recorded
	i, err := env.inquire(asking, paths, "omis")
	if err != nil {
		return err
	}
	r, err := env.checkOnline(ctx, root, i)
	if err != nil {
		return err
	}
	omis := r.OMIs
	if recorded {
		omis = slices.DeleteFunc(check.OMIs(r.Catalog), func(o check.OMI) bool { return i.Within != nil && !i.Within(o.Product.Source) })
	}
	report := newReport(i, omis)
	if format == "json" {
		err = report.json(env.stdout, book)
	} else {
		err = report.text(env.stdout, book)
	}
	if err != nil {
		return err
	}
	if recorded {
		return nil
	}
	if err := env.conclude(i, r, book); err != nil {
		return err
	}
	if report.Summary.Wrong > 0 {
		return errFindings
	}
	return nil
}

// omiReport is what is known of each OMI, version 1.
type omiReport struct {
	Version int       `json:"version"`
	OMIs    []omiLine `json:"omis"`
	Summary struct {
		Right      int `json:"right"`
		Wrong      int `json:"wrong"`
		NotChecked int `json:"not_checked"`
	} `json:"summary"`
}

type omiLine struct {
	Product  string     `json:"product"`
	Version  string     `json:"product_version"`
	Region   string     `json:"region"`
	OMI      string     `json:"omi"`
	Expected string     `json:"expected"` // available or gone
	State    string     `json:"state"`    // right, wrong or not_checked
	Wrong    []string   `json:"wrong,omitempty"`
	Request  string     `json:"request,omitempty"`
	Seen     *time.Time `json:"seen,omitempty"`      // by the request
	LastGood *time.Time `json:"last_good,omitempty"` // as the record has it, before this run

	wrong []diag.Text
}

func newReport(i *inquiry, omis []check.OMI) *omiReport {
	r := &omiReport{Version: 1, OMIs: []omiLine{}}
	for k := range omis {
		o := &omis[k]
		line := omiLine{Product: o.Product.Ref(), Version: o.Version.Version, Region: o.Region, OMI: o.ID, Expected: "available", State: "not_checked", wrong: o.Wrong}
		if o.Gone {
			line.Expected = "gone"
		}
		if o.Asked {
			line.Seen, line.Request = &o.Sight.At, o.Sight.Request
		}
		if seen, ok := i.record.Last(o.Region, o.ID); ok {
			line.LastGood = &seen.At
		}
		switch {
		case len(o.Wrong) > 0:
			line.State = "wrong"
			r.Summary.Wrong++
		case o.Asked:
			line.State = "right"
			r.Summary.Right++
		default:
			r.Summary.NotChecked++
		}
		r.OMIs = append(r.OMIs, line)
	}
	return r
}

func (r *omiReport) json(w io.Writer, book *diag.Book) error {
	for k := range r.OMIs {
		for _, t := range r.OMIs[k].wrong {
			r.OMIs[k].Wrong = append(r.OMIs[k].Wrong, t.In(book))
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

func (r *omiReport) text(w io.Writer, book *diag.Book) error {
	width := 0
	for _, o := range r.OMIs {
		width = max(width, len(o.Region))
	}
	before := ""
	for _, o := range r.OMIs {
		if head := o.Product + " " + o.Version; head != before {
			fmt.Fprintln(w, diag.Visible(head))
			before = head
		}
		state := diag.Say("right")
		switch {
		case o.State == "right" && o.Expected == "gone":
			state = diag.Say("gone, as it should be")
		case o.State == "wrong":
			state = diag.Say("WRONG")
		case o.State == "not_checked" && o.LastGood != nil:
			state = diag.Say("not checked; last seen as it should be on %s", minute(*o.LastGood))
		case o.State == "not_checked":
			state = diag.Say("not checked, and never seen as it should be")
		}
		fmt.Fprintf(w, "  %-*s  %s  %s\n", width, o.Region, o.OMI, state.In(book))
		for _, t := range o.wrong {
			fmt.Fprintf(w, "  %*s  %s\n", width, "", diag.Visible(t.In(book)))
		}
	}
	s := r.Summary
	_, err := fmt.Fprintf(w, "%s\n", diag.Say("%d right, %d wrong, %d not checked", s.Right, s.Wrong, s.NotChecked).In(book))
	return err
}
