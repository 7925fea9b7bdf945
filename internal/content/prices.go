package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// pricesDir holds a price list a Region, <region>.json, as vitrine prices
// writes it.
const pricesDir = "content/prices"

// PricesPath returns where a Region's price list stands.
func PricesPath(region string) string { return path.Join(pricesDir, region+".json") }

// Limits of a price list: a Region has some hundred VM types.
const (
	maxPrices     = 256_000 // bytes
	maxPriceCount = 5000
)

var rulePrices = &diag.Rule{
	ID: "prices-form", Severity: diag.Error, Fixed: true,
	Title: "a price list is JSON as vitrine prices writes it",
	Why:   "Buyers are shown what a product costs with its VMs, computed from these figures. One that is not sure would be a promise that nobody made; none is guessed.",
	Help:  "write the file anew with vitrine prices",
}

// PriceFile is a price list and where it stands.
type PriceFile struct {
	*catalog.PriceList
	Path    string
	Fetched diag.Span // the place of the day
}

// priceForm is the form of a price. Others that JSON has, such as 1e-3, have no
// sure number of decimal places.
var priceForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})(\.[0-9]{1,12})?$`)

// ValidPrice reports whether a price list may have this price.
func ValidPrice(s string) bool { return priceForm.MatchString(s) && strings.Trim(s, "0.") != "" }

// findPrices lists the price lists.
func (f *finder) findPrices(root *Root) (names []string) {
	for _, item := range f.listed(root, pricesDir) {
		name := path.Join(pricesDir, item.name)
		region, isList := strings.CutSuffix(item.name, ".json")
		switch {
		case !item.mode.IsRegular() && !item.mode.IsDir():
			f.found = append(f.found, fileFault(name, errNotRegular))
		case item.mode.IsDir(), !isList, !ValidSlug(region):
			f.stray(ruleStray, name, diag.Say("content/prices/ holds price lists alone"), diag.Say("a price list is content/prices/<region>.json: vitrine prices writes it"))
		default:
			names = append(names, name)
		}
	}
	return names
}

// readPrices reads the price lists of a catalog. One that has a fault is left
// out.
func (t *Tree) readPrices(root *Root, names []string) {
	t.Catalog.Prices = make(map[string]*catalog.PriceList)
	for _, name := range names {
		r := priceReader{path: name}
		list := r.read(root, &t.Catalog.Settings)
		t.Files++
		t.priceFiles++
		t.listing = append(t.listing, r.found...)
		if list != nil {
			t.Prices = append(t.Prices, PriceFile{list, name, r.fetched})
			t.Catalog.Prices[list.Region] = list
		}
	}
}

// priceReader reads one price list. Its findings are at most one a key.
type priceReader struct {
	path    string
	source  *Source
	found   []diag.Finding
	json    *json.Decoder
	fetched diag.Span
}

func (r *priceReader) report(from, end int, message string, args ...any) {
	at := diag.Span{Path: r.path}
	if r.source != nil {
		at = r.source.Span(from, end)
	}
	r.found = append(r.found, diag.Finding{Rule: rulePrices, Severity: rulePrices.Severity, Span: at, Help: diag.Say(rulePrices.Help), Message: diag.Say(message, args...)})
}

// token reads the next token and says where it begins and ends. Numbers are
// json.Number.
func (r *priceReader) token() (token json.Token, from, end int, err error) {
	from = int(r.json.InputOffset())
	token, err = r.json.Token()
	end = int(r.json.InputOffset())
	for from < end && bytes.IndexByte([]byte(" \t\r\n,:"), r.source.Data[from]) >= 0 {
		from++
	}
	return token, from, end, err
}

var errFault = errors.New("reported")

func (r *priceReader) read(root *Root, s *catalog.Settings) *catalog.PriceList {
	data, err := root.ReadFile(r.path, maxPrices)
	if err != nil {
		f := fileFault(r.path, err)
		if TooLarge(err) > 0 {
			f.Help = diag.Say(rulePrices.Help)
		}
		r.found = append(r.found, f)
		return nil
	}
	source, found := newSource(r.path, data)
	if r.found = found; source == nil {
		return nil
	}
	r.source = source
	r.json = json.NewDecoder(bytes.NewReader(source.Data))
	r.json.UseNumber()
	list := &catalog.PriceList{Digest: sha256.Sum256(data)}
	if err := r.list(list, s); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			at := max(0, min(int(syntax.Offset)-1, len(source.Data)))
			r.report(at, at, "this is not JSON")
		} else if !errors.Is(err, errFault) {
			r.report(len(source.Data), len(source.Data), "the file ends in the middle")
		}
	}
	if slices.ContainsFunc(r.found, func(f diag.Finding) bool { return f.Severity == diag.Error }) {
		return nil
	}
	return list
}

// list reads the outer object.
func (r *priceReader) list(list *catalog.PriceList, s *catalog.Settings) error {
	if err := r.open("the file"); err != nil {
		return err
	}
	seen := make(map[string]bool)
	for r.json.More() {
		key, from, end, err := r.token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if seen[name] {
			r.report(from, end, "the key %s is there twice", diag.Quote(name))
			return errFault
		}
		seen[name] = true
		if name != "region" && name != "currency" && name != "fetched" && name != "hourly" {
			r.report(from, end, "the key %s is not known here", diag.Quote(name))
			return errFault // its value may be anything
		}
		if name == "hourly" {
			if list.Hourly, err = r.hourly(); err != nil {
				return err
			}
			continue
		}
		value, from, end, err := r.token()
		if err != nil {
			return err
		}
		text, isText := value.(string)
		switch {
		case !isText:
			r.report(from, end, "a text in quotes is expected here")
			return errFault
		case name == "region":
			list.Region = text
			if want := strings.TrimSuffix(path.Base(r.path), ".json"); text != want {
				r.report(from, end, "the Region is %s, but the file's name says %s", diag.Quote(text), diag.Quote(want))
			} else if s.Region(text) == nil {
				r.report(from, end, "Region %s is not in the catalog", diag.Quote(text))
			}
		case name == "currency":
			if list.Currency = text; text != s.Currency {
				r.report(from, end, "the prices are in %s, and the catalog's in %s", diag.Quote(text), diag.Quote(s.Currency))
			}
		case name == "fetched":
			r.fetched = r.source.Span(from, end)
			if _, err := time.Parse(time.DateOnly, text); err != nil {
				r.report(from, end, "%s is not a day", diag.Quote(text))
			}
			list.Fetched = catalog.Date(text)
		}
	}
	if _, _, _, err := r.token(); err != nil { // the closing brace
		return err
	}
	if _, from, end, err := r.token(); err != io.EOF {
		r.report(from, end, "nothing is expected behind the closing brace")
		return errFault
	}
	for _, key := range []string{"region", "currency", "fetched", "hourly"} {
		if !seen[key] {
			r.report(0, 0, "the key %s is missing", diag.Quote(key))
		}
	}
	return nil
}

func (r *priceReader) open(what string) error {
	token, from, end, err := r.token()
	if err == io.EOF {
		r.report(0, 0, "the file is empty")
		return errFault
	}
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		r.report(from, end, "%s must be an object: { and }", diag.Say(what))
		return errFault
	}
	return nil
}

// hourly reads the prices.
func (r *priceReader) hourly() (map[string]catalog.Decimal, error) {
	if err := r.open("hourly"); err != nil {
		return nil, err
	}
	prices := make(map[string]catalog.Decimal)
	for r.json.More() {
		key, from, end, err := r.token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		_, twice := prices[name]
		switch {
		case twice:
			r.report(from, end, "the price of %s is there twice", diag.Quote(name))
		case !catalog.PriceName(name):
			r.report(from, end, "%s is nothing that VMs are made of", diag.Quote(name))
		case len(prices) == maxPriceCount:
			r.report(from, end, "the list has more than %d prices", maxPriceCount)
			return nil, errFault
		}
		value, from, end, err := r.token()
		if err != nil {
			return nil, err
		}
		number, ok := value.(json.Number)
		if !ok || !ValidPrice(number.String()) {
			r.report(from, end, "this is not a price: a number above 0 is expected, with at most six digits before and twelve behind the point")
			if !ok {
				return nil, errFault // it may be a list, or anything
			}
			prices[name] = catalog.Decimal{}
			continue
		}
		if prices[name], err = catalog.ParseDecimal(number.String()); err != nil {
			return nil, err
		}
	}
	_, _, _, err := r.token()
	return prices, err
}

// FormatPrices writes a price list: sorted, a price a line, so that a change of
// one changes one line.
func FormatPrices(l *catalog.PriceList) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"region\": %q,\n  \"currency\": %q,\n  \"fetched\": %q,\n  \"hourly\": {", l.Region, l.Currency, l.Fetched)
	for i, name := range l.Names() {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n    %q: %s", name, l.Hourly[name])
	}
	b.WriteString("\n  }\n}\n")
	return b.Bytes()
}
