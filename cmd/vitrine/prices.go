package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/outscale"
)

const pricesAbout = `Fetch what VMs cost, from OUTSCALE's public price list, for each Region of the
catalog or for those named, and write it to content/prices/<region>.json. The
pages of OMI products estimate from it what a product costs with its VMs. It
needs no keys.

The files are sorted and have one price a line, so that a review shows what
changed. OUTSCALE's list names no currency: it is taken for the catalog's.`

func runPrices(ctx context.Context, env *environment, args []string) error {
	f := env.flags("prices", "[REGION…]", pricesAbout, nil)
	regions, err := f.parse(args, 100)
	if err != nil {
		return err
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	settings := content.ReadSettings(root)
	if settings == nil {
		return fmt.Errorf("%s cannot be read: vitrine check says why", content.CatalogPath)
	}
	for _, r := range regions {
		if settings.Region(r) == nil {
			return &usageError{fmt.Sprintf("Region %s is not in the catalog", diag.Quote(r)), "prices"}
		}
	}
	if len(regions) == 0 {
		for _, r := range settings.Regions {
			regions = append(regions, r.ID)
		}
	}
	client := outscale.NewPublic(env.getenv)
	var failed error
	for _, region := range regions {
		prices, failure, err := client.Prices(ctx, region)
		if err != nil {
			return err
		}
		if failure != nil {
			fmt.Fprintf(env.stderr, "%s: %s\n  help: %s\n", region, diag.Visible(failure.Reason.String()), diag.Visible(failure.Help.String()))
			failed = errUnchecked
			continue
		}
		if err := env.writePrices(region, settings.Currency, prices); err != nil {
			return err
		}
	}
	return failed
}

// priceDecimals is how many decimal places a price keeps. Some lists have prices
// that were computed with binary fractions: 0.043499999999999997.
const priceDecimals = 12

// writePrices writes a Region's price list, and says what changed.
func (env *environment) writePrices(region, currency string, prices []outscale.Price) error {
	list := &catalog.PriceList{Region: region, Currency: currency, Fetched: catalog.DateOf(time.Now()), Hourly: make(map[string]catalog.Decimal)}
	var odd []string
	for _, p := range prices {
		d, err := catalog.ParseDecimal(p.Rate)
		if err == nil {
			d = catalog.Decimal{Decimal: d.Round(priceDecimals)}
		}
		if err != nil || !content.ValidPrice(d.String()) || !catalog.PriceName(p.Type) {
			odd = append(odd, p.Type)
			continue
		}
		// Where Subregions have different prices, an estimate is not too low.
		if before, twice := list.Hourly[p.Type]; !twice || d.GreaterThan(before.Decimal) {
			list.Hourly[p.Type] = d
		}
	}
	if len(odd) > 0 {
		slices.Sort(odd)
		fmt.Fprintf(env.stderr, "%s: left out, as their prices are none: %s\n", region, diag.Visible(strings.Join(slices.Compact(odd), ", ")))
	}
	if len(list.Hourly) == 0 {
		fmt.Fprintf(env.stderr, "%s: the public price list has no prices of VMs; nothing is written\n", region)
		return errUnchecked
	}
	root, err := os.OpenRoot(env.root) // no link leads the writing elsewhere
	if err != nil {
		return fmt.Errorf("cannot open the catalog's root: %w", err)
	}
	defer root.Close()
	name := content.PricesPath(region)
	before, err := root.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s cannot be read: %w", name, err)
	}
	data := content.FormatPrices(list)
	fmt.Fprintf(env.stdout, "%s: %d prices, %s\n", name, len(list.Hourly), changed(before, data))
	if bytes.Equal(before, data) {
		return nil
	}
	err = root.MkdirAll(path.Dir(name), 0o755)
	if err == nil {
		err = root.WriteFile(name+"~", data, 0o644) // a name that nothing reads
	}
	if err == nil {
		err = root.Rename(name+"~", name)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}

// changed says how many prices differ between two price lists. They have a price
// a line.
func changed(before, after []byte) string {
	if before == nil {
		return "new"
	}
	prices := func(data []byte) map[string]string {
		of := make(map[string]string)
		for line := range strings.Lines(string(data)) {
			if name, price, ok := strings.Cut(strings.TrimSpace(line), "\": "); ok && strings.HasPrefix(line, "    ") {
				of[name] = strings.TrimSuffix(price, ",")
			}
		}
		return of
	}
	was, is := prices(before), prices(after)
	var other, added, gone int
	for name, price := range is {
		switch old, ok := was[name]; {
		case !ok:
			added++
		case old != price:
			other++
		}
	}
	for name := range was {
		if _, ok := is[name]; !ok {
			gone++
		}
	}
	if other+added+gone == 0 {
		return "none changed"
	}
	return fmt.Sprintf("%d changed, %d new, %d gone", other, added, gone)
}
