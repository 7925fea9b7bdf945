package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/codeowners"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/health"
	"vitrine/internal/links"
)

const reportAbout = `Tell what needs looking after: texts that lack a language, waivers and drift markers
that end, versions and entries that nobody has touched for long, days that come,
sellers without products. It is grouped by seller, with whom to ask.

With --links, the https links of what buyers see are asked for, a host one at a
time, and none more than once a day. Only public addresses are connected to,
without a proxy.

It is a report: the exit status is 0 whatever it tells, and 1 with --strict where
there is something to do now or soon. docs/desk.md explains it.`

// reportFlags are the choices of vitrine report.
type reportFlags struct {
	format, lang, at string
	within, stale    int
	links, strict    bool
	linksTime        time.Duration
	noCache          bool
}

func (o *reportFlags) define(f *pflag.FlagSet) {
	f.StringVar(&o.format, "format", "text", "text, markdown or json")
	langFlag(f, &o.lang)
	f.StringVar(&o.at, "at", "", "the day that it is about, such as 2026-03-31 (today)")
	f.IntVar(&o.within, "within", 30, "how many days ahead to look")
	f.IntVar(&o.stale, "stale-months", 12, "how old the newest version, or the last change, may be")
	f.BoolVar(&o.links, "links", false, "ask other sites whether the pages are there that the catalog links to")
	f.DurationVar(&o.linksTime, "links-time", 6*time.Minute, "with --links: how long to ask")
	f.BoolVar(&o.strict, "strict", false, "exit with status 1 where there is something to do now or soon")
	cacheFlag(f, &o.noCache)
}

// day returns the day that the report is about, or says why there is none.
func (o *reportFlags) day() (catalog.Date, error) {
	switch {
	case !slices.Contains([]string{"text", "markdown", "json"}, o.format):
		return "", &usageError{fmt.Sprintf("there is no format %s: write text, markdown or json", diag.Quote(o.format)), "report"}
	case o.within < 0 || o.within > 3660:
		return "", &usageError{"--within needs a number of days, such as 30", "report"}
	case o.stale < 1 || o.stale > 1200:
		return "", &usageError{"--stale-months needs a number of months, such as 12", "report"}
	case o.linksTime <= 0:
		return "", &usageError{"--links-time needs a span of time, such as 6m", "report"}
	case o.at == "":
		return catalog.DateOf(time.Now()), nil
	}
	if _, err := time.Parse(time.DateOnly, o.at); err != nil {
		return "", &usageError{fmt.Sprintf("--at needs a day such as 2026-03-31, not %s", diag.Quote(o.at)), "report"}
	}
	return catalog.Date(o.at), nil
}

func runReport(ctx context.Context, env *environment, args []string) error {
	o := &reportFlags{}
	f := env.flags("report", "", reportAbout, o.define)
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	day, err := o.day()
	if err != nil {
		return err
	}
	book, err := bookOf(o.lang, "report")
	if err != nil {
		return err
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	ctx, progress := env.follow(ctx, false, book)
	defer progress.close()
	memory := env.memory(o.noCache)
	env.tuneFor(memory)
	opt := build.Options{At: day, Memory: memory}
	r, err := build.Check(ctx, root, opt)
	if err == nil && r.Broken {
		err = fmt.Errorf("%s cannot be read: vitrine check says why", content.CatalogPath)
	}
	if err != nil {
		return err
	}
	notice := build.Date(ctx, root, r, opt)
	progress.pause()
	if notice != "" {
		fmt.Fprintf(env.stderr, "note: %s\n", notice)
	}
	look := health.Options{At: day, Within: o.within, StaleMonths: o.stale, Staff: ownersItem(root)}
	var unasked error
	if o.links {
		look.Uses = health.Uses(root, r.Catalog, day)
		look.Links, unasked = env.askLinks(ctx, look.Uses, r.Catalog.BaseURL, o.linksTime, progress)
		if unasked != nil && !errors.Is(unasked, errUnchecked) {
			return unasked
		}
	}
	report := health.Of(root, r, look)
	progress.close()
	switch o.format {
	case "json":
		err = report.JSON(env.stdout, book)
	case "markdown":
		err = report.Markdown(env.stdout, book)
	default:
		err = report.Text(env.stdout, book)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(env.stderr, report.Summary().In(book))
	if o.strict && report.Count(health.Now)+report.Count(health.Soon) > 0 {
		return errFindings
	}
	return unasked
}

// ownersItem says that CODEOWNERS is not what the catalog says; nothing where the
// repository has none.
func ownersItem(root *content.Root) []health.Item {
	file, err := codeowners.Of(root)
	if err != nil {
		return nil // vitrine codeowners says it
	}
	committed, err := file.Committed()
	if err != nil || committed == nil || bytes.Equal(committed, file.Data) {
		return nil
	}
	return []health.Item{{
		Kind: health.OwnersOutdated, When: health.Now, Span: diag.Span{Path: codeowners.Path},
		Message: diag.Say("it is not what the showcases and catalog.yaml say"), Help: diag.Say("run vitrine codeowners and commit it"),
	}}
}

// askLinks asks for the links that were not asked for within a day, and returns
// what is known of all: nothing, with errUnchecked, where no site can be reached.
func (env *environment) askLinks(ctx context.Context, uses []health.Use, site string, most time.Duration, progress *progress) (map[string]links.Result, error) {
	record, err := links.ReadRecord(env.root)
	if err != nil {
		fmt.Fprintf(env.stderr, "note: %v\n", err)
	}
	var all []string
	for _, u := range uses {
		if links.Askable(u.Link) {
			all = append(all, u.Link)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	began := time.Now()
	due := record.Due(all, began.Add(-24*time.Hour))
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	results := links.New("vitrine-links/1 (+"+site+")").Check(limited, due, func(done int) { progress.tell(asking, done, len(due)) })
	progress.pause()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if unreachable(results) {
		fmt.Fprintln(env.stderr, diag.Say("no site could be reached, so nothing is told of the links: is there a network here?").In(progress.book))
		return map[string]links.Result{}, errUnchecked
	}
	record.Add(results)
	record.Keep(all)
	if err := record.Write(env.root); err != nil {
		fmt.Fprintf(env.stderr, "note: %v\n", err)
	}
	fmt.Fprintln(env.stderr, diag.Say("links: %d of %s asked for, %s; the others were asked for within a day, or no time was left", len(results),
		diag.Plural(len(all), "%d link", "%d links"), time.Since(began).Round(10*time.Millisecond)).In(progress.book))
	return record.Links, nil
}

// unreachable reports whether no site answered at all: that is the network's fault.
func unreachable(results map[string]links.Result) bool {
	for _, r := range results {
		if r.Cause != links.NoHost && r.Cause != links.Connection && r.Cause != links.Timeout {
			return false
		}
	}
	return len(results) > 0
}
