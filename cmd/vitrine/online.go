package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/cloud"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/outscale"
)

// onlineFlags are the flags of commands that ask the cloud.
type onlineFlags struct {
	online bool
	cache  time.Duration
}

func (o *onlineFlags) cacheFlag(f *pflag.FlagSet) {
	f.DurationVar(&o.cache, "online-cache", 0, "with --online: do not ask again for what was right so short a while ago, such as 24h")
}

// errKeys stands for keys that the cloud does not take, which people were told.
var errKeys = fmt.Errorf("keys: %w", errUnchecked)

// inquiry is one run's questions to the cloud, and the record of the answers
// before.
type inquiry struct {
	client *outscale.Client // nil: nothing is asked
	check.Online
	record *cloud.Record
	began  time.Time
}

// inquire prepares to ask the cloud. Without --online, there is the record alone.
func (env *environment) inquire(asking onlineFlags, paths []string, command string) (*inquiry, error) {
	i := &inquiry{began: time.Now()}
	switch {
	case asking.cache < 0:
		return nil, &usageError{"--online-cache needs a span of time, such as 24h", command}
	case asking.cache > 0 && !asking.online:
		return nil, &usageError{"--online-cache goes with --online", command}
	}
	var err error
	if i.record, err = cloud.ReadRecord(env.root); err != nil {
		fmt.Fprintf(env.stderr, "note: %v\n", err)
	}
	if len(paths) > 0 {
		i.Within = func(path string) bool {
			return slices.ContainsFunc(paths, func(p string) bool { return concerns(path, p) })
		}
	}
	if !asking.online {
		return i, nil
	}
	client, failure := outscale.New(env.getenv)
	if failure != nil {
		return nil, failure
	}
	i.client, i.Ask = client, client.Ask
	if asking.cache > 0 {
		i.Recent = i.record.Since(i.began.Add(-asking.cache))
	}
	return i, nil
}

// online is what the check asks by; nil where nothing is asked.
func (i *inquiry) online() *check.Online {
	if i.client == nil {
		return nil
	}
	return &i.Online
}

// conclude says what could not be asked and keeps the record. Its error says
// that not everything was checked; it is errKeys where that is for whoever runs
// the program to mend.
func (env *environment) conclude(i *inquiry, r *check.Result, book *diag.Book) error {
	say := func(t diag.Text) { fmt.Fprintln(env.stderr, diag.Visible(t.In(book))) }
	if i.client == nil {
		if r.Catalog != nil {
			if seen := i.lastSeen(check.OMIs(r.Catalog)); !seen.IsZero() {
				say(seen)
			}
		}
		return nil
	}
	if r.Broken {
		return nil
	}
	took := time.Since(i.began).Round(10 * time.Millisecond)
	checked := 0
	for _, o := range r.OMIs {
		if o.Asked {
			checked++
		}
	}
	say(diag.Say("OUTSCALE: %d of %s checked, %s, %s", checked, diag.Plural(len(r.OMIs), "%d OMI", "%d OMIs"), diag.Plural(i.client.Requests(), "%d request", "%d requests"), took))
	r.Remember(i.record)
	if err := i.record.Write(env.root); err != nil {
		fmt.Fprintf(env.stderr, "note: %v\n", err)
	}
	return env.tellUnchecked(i, r, book)
}

// tellUnchecked says what could not be asked, once a reason.
func (env *environment) tellUnchecked(i *inquiry, r *check.Result, book *diag.Book) error {
	below := func(t diag.Text) { fmt.Fprintf(env.stderr, "  %s\n", diag.Visible(t.In(book))) }
	var err error
	for k, first := range r.Unchecked {
		if slices.ContainsFunc(r.Unchecked[:k], func(u check.Unchecked) bool { return u.Failure == first.Failure }) {
			continue
		}
		var regions []string
		var omis []check.OMI
		codes := 0
		for _, u := range r.Unchecked[k:] {
			if u.Failure == first.Failure {
				regions, codes = append(regions, u.Region), codes+u.Codes
				for _, o := range u.OMIs {
					omis = append(omis, *o)
				}
			}
		}
		what := diag.Say("%s", diag.Plural(len(omis), "%d OMI", "%d OMIs"))
		if codes > 0 {
			what = diag.Say("%s and %s", what, diag.Plural(codes, "%d product code", "%d product codes"))
		}
		fmt.Fprintln(env.stderr, diag.Say("not checked: %s in %s", what, strings.Join(regions, ", ")).In(book))
		if err == nil {
			err = errUnchecked
		}
		if f := first.Failure; f != nil {
			if f.Credentials {
				err = errKeys
			}
			below(diag.Say("why: %s", f.Reason))
			below(diag.Say("help: %s", f.Help))
		}
		if seen := i.lastSeen(omis); !seen.IsZero() {
			below(seen)
		}
	}
	return err
}

// lastSeen says when OMIs were last seen as they should be, as the record has it;
// nothing where it has none of them.
func (i *inquiry) lastSeen(omis []check.OMI) diag.Text {
	var first, last time.Time
	never := 0
	n := 0
	for _, o := range omis {
		if i.Within != nil && !i.Within(o.Product.Source) {
			continue
		}
		switch seen, ok := i.record.Last(o.Region, o.ID); {
		case !ok:
			never++
		default:
			n++
			if first.IsZero() || seen.At.Before(first) {
				first = seen.At
			}
			if seen.At.After(last) {
				last = seen.At
			}
		}
	}
	if n == 0 {
		return diag.Text{}
	}
	seen := diag.Say("%s last seen as they should be from %s to %s", diag.Plural(n, "%d OMI was", "%d OMIs were"), minute(first), minute(last))
	if never > 0 {
		seen = diag.Say("%s, %s", seen, diag.Plural(never, "%d never (vitrine omis --recorded lists them)", "%d never (vitrine omis --recorded lists them)"))
	}
	return seen
}

// minute writes a time as people compare it.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// checkOnline checks a catalog for a command that is about its OMIs alone.
func (env *environment) checkOnline(ctx context.Context, root *content.Root, i *inquiry) (*check.Result, error) {
	r, err := build.Check(ctx, root, build.Options{At: catalog.DateOf(time.Now()), Online: i.online()})
	if err == nil && r.Broken {
		err = fmt.Errorf("%s cannot be read: vitrine check says why", content.CatalogPath)
	}
	return r, err
}
