package i18n

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Number writes a decimal number, such as "-1234.50", as the language does:
// 1,234.50 in English, 1 234,50 in French. Decimal places stay as they are.
func (l *Language) Number(decimal string) string {
	sign := ""
	if rest, ok := strings.CutPrefix(decimal, "-"); ok {
		sign, decimal = "−", rest
	}
	whole, places, _ := strings.Cut(decimal, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.file.Formats.Group)
		}
		b.WriteRune(c)
	}
	if places != "" {
		b.WriteString(l.file.Formats.Decimal)
		b.WriteString(places)
	}
	return b.String()
}

// Money writes an amount, such as "12.5", in a currency: €12.50 in English,
// 12,50 € in French. It has two decimal places, or more where they are given.
func (l *Language) Money(amount, currency string) string {
	whole, places, _ := strings.Cut(amount, ".")
	for len(places) < 2 {
		places += "0"
	}
	symbol := l.file.Currencies[currency]
	if symbol == "" {
		symbol = currency
	}
	return fill(l.file.Formats.Money, []string{"amount", l.Number(whole + "." + places), "currency", symbol})
}

// MoneyForm is how Money writes amounts, for scripts: with {amount} where the
// number stands, what is between groups of three digits, and the decimal sign.
func (l *Language) MoneyForm(currency string) (form, group, decimal string) {
	symbol := l.file.Currencies[currency]
	if symbol == "" {
		symbol = currency
	}
	f := &l.file.Formats
	return fill(f.Money, []string{"currency", symbol}), f.Group, f.Decimal
}

// Date writes a day: November 3, 2026 in English, 3 novembre 2026 in French.
func (l *Language) Date(t time.Time) string {
	f := &l.file.Formats
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 && f.FirstDay != "" {
		day = f.FirstDay
	}
	return fill(f.Date, []string{"day", day, "month", f.Months[t.Month()-1], "year", strconv.Itoa(t.Year())})
}

// List writes the items of a list one after the other.
func (l *Language) List(items []string) string { return strings.Join(items, l.file.Formats.List) }

// Country returns a country's name, or its code where none is known.
func (l *Language) Country(code string) string {
	if name := l.file.Countries[code]; name != "" {
		return name
	}
	return code
}

// Countries are the codes of the countries that have a name in the language.
func (l *Language) Countries() []string { return slices.Sorted(maps.Keys(l.file.Countries)) }
