package bilingual

// unit is what an amount or a quantity is measured in; 0 is nothing.
type unit uint8

const (
	millisecond unit = 1 + iota // all durations up to weeks
	month                       // months and years
	percent
	core
	euro
	dollar
	pound
	franc
	data     // bytes; data+1 is kB, data+2 MB …
	data5    = data + 5
	binary   // data in powers of 1024: KiB is binary+1 …
	bit      = binary + 6
	hertz    = bit + 6
	watt     = hertz + 6
	watthour = watt + 6
	metre    = watthour + 6
	gram     = metre + 6
	degree   = gram + 6
	pixel    = degree + 1
)

// perSecond is added to a unit of data for its rate.
const perSecond unit = 0x80

// measure is a unit as a word of a text means it: times of the unit.
type measure struct {
	unit  unit
	times int64
}

// The words for units: those of both languages, and those that only one has or
// that mean something else in the other.
var (
	sharedUnits = map[string]measure{
		"ms": {millisecond, 1}, "s": {millisecond, 1000}, "sec": {millisecond, 1000}, "min": {millisecond, 60_000}, "h": {millisecond, 3_600_000},
		"minute": {millisecond, 60_000}, "minutes": {millisecond, 60_000},
		"CPU": {core, 1}, "CPUs": {core, 1}, "vCPU": {core, 1}, "vCPUs": {core, 1}, "vcpu": {core, 1}, "vcpus": {core, 1}, "vCore": {core, 1}, "vCores": {core, 1}, "vcore": {core, 1}, "vcores": {core, 1},
		"kB": {data + 1, 1}, "KB": {data + 1, 1}, "MB": {data + 2, 1}, "GB": {data + 3, 1}, "TB": {data + 4, 1}, "PB": {data5, 1},
		"KiB": {binary + 1, 1}, "kiB": {binary + 1, 1}, "MiB": {binary + 2, 1}, "GiB": {binary + 3, 1}, "TiB": {binary + 4, 1}, "PiB": {binary + 5, 1},
		"bit": {bit, 1}, "bits": {bit, 1}, "kbit": {bit + 1, 1}, "Kbit": {bit + 1, 1}, "kb": {bit + 1, 1}, "Kb": {bit + 1, 1},
		"Mbit": {bit + 2, 1}, "Mb": {bit + 2, 1}, "Gbit": {bit + 3, 1}, "Gb": {bit + 3, 1}, "Tbit": {bit + 4, 1}, "Tb": {bit + 4, 1},
		"kbits": {bit + 1, 1}, "Mbits": {bit + 2, 1}, "Gbits": {bit + 3, 1},
		"kbps": {bit + 1 | perSecond, 1}, "Kbps": {bit + 1 | perSecond, 1}, "Mbps": {bit + 2 | perSecond, 1}, "Gbps": {bit + 3 | perSecond, 1}, "Tbps": {bit + 4 | perSecond, 1},
		"Hz": {hertz, 1}, "kHz": {hertz + 1, 1}, "MHz": {hertz + 2, 1}, "GHz": {hertz + 3, 1},
		"W": {watt, 1}, "kW": {watt + 1, 1}, "MW": {watt + 2, 1}, "Wh": {watthour, 1}, "kWh": {watthour + 1, 1}, "MWh": {watthour + 2, 1},
		"mm": {metre + 3, 1}, "cm": {metre + 2, 1}, "m": {metre, 1}, "km": {metre + 1, 1}, "g": {gram, 1}, "kg": {gram + 1, 1}, "mg": {gram + 2, 1},
		"°C": {degree, 1}, "px": {pixel, 1}, "pixel": {pixel, 1}, "pixels": {pixel, 1},
		"%": {percent, 1}, "€": {euro, 1}, "EUR": {euro, 1}, "euro": {euro, 1}, "euros": {euro, 1}, "$": {dollar, 1}, "USD": {dollar, 1},
		"dollar": {dollar, 1}, "dollars": {dollar, 1}, "£": {pound, 1}, "GBP": {pound, 1}, "CHF": {franc, 1},
	}
	unitsOf = [...]map[string]measure{
		english: {
			"millisecond": {millisecond, 1}, "milliseconds": {millisecond, 1}, "second": {millisecond, 1000}, "seconds": {millisecond, 1000}, "secs": {millisecond, 1000}, "mins": {millisecond, 60_000},
			"hour": {millisecond, 3_600_000}, "hours": {millisecond, 3_600_000}, "hr": {millisecond, 3_600_000}, "hrs": {millisecond, 3_600_000},
			"day": {millisecond, 86_400_000}, "days": {millisecond, 86_400_000}, "week": {millisecond, 604_800_000}, "weeks": {millisecond, 604_800_000}, "fortnight": {millisecond, 1_209_600_000},
			"month": {month, 1}, "months": {month, 1}, "year": {month, 12}, "years": {month, 12}, "yr": {month, 12}, "yrs": {month, 12},
			"core": {core, 1}, "cores": {core, 1}, "B": {data, 1}, "byte": {data, 1}, "bytes": {data, 1},
			"kilobytes": {data + 1, 1}, "megabyte": {data + 2, 1}, "megabytes": {data + 2, 1}, "gigabyte": {data + 3, 1}, "gigabytes": {data + 3, 1}, "terabyte": {data + 4, 1}, "terabytes": {data + 4, 1},
			"megabits": {bit + 2, 1}, "gigabits": {bit + 3, 1}, "meter": {metre, 1}, "meters": {metre, 1}, "metre": {metre, 1}, "metres": {metre, 1}, "percent": {percent, 1},
		},
		french: {
			"milliseconde": {millisecond, 1}, "millisecondes": {millisecond, 1}, "seconde": {millisecond, 1000}, "secondes": {millisecond, 1000}, "mn": {millisecond, 60_000},
			"heure": {millisecond, 3_600_000}, "heures": {millisecond, 3_600_000}, "H": {millisecond, 3_600_000},
			"j": {millisecond, 86_400_000}, "jour": {millisecond, 86_400_000}, "jours": {millisecond, 86_400_000}, "semaine": {millisecond, 604_800_000}, "semaines": {millisecond, 604_800_000},
			"mois": {month, 1}, "trimestre": {month, 3}, "trimestres": {month, 3}, "semestre": {month, 6}, "an": {month, 12}, "ans": {month, 12}, "année": {month, 12}, "années": {month, 12},
			"cœur": {core, 1}, "cœurs": {core, 1}, "coeur": {core, 1}, "coeurs": {core, 1}, "o": {data, 1}, "octet": {data, 1}, "octets": {data, 1},
			"ko": {data + 1, 1}, "Ko": {data + 1, 1}, "Mo": {data + 2, 1}, "Go": {data + 3, 1}, "To": {data + 4, 1}, "Po": {data5, 1},
			"mégaoctet": {data + 2, 1}, "mégaoctets": {data + 2, 1}, "gigaoctet": {data + 3, 1}, "gigaoctets": {data + 3, 1}, "téraoctet": {data + 4, 1}, "téraoctets": {data + 4, 1},
			"kio": {binary + 1, 1}, "Kio": {binary + 1, 1}, "Mio": {binary + 2, 1}, "Gio": {binary + 3, 1}, "Tio": {binary + 4, 1}, "Pio": {binary + 5, 1},
			"mégabits": {bit + 2, 1}, "gigabits": {bit + 3, 1}, "mètre": {metre, 1}, "mètres": {metre, 1}, "pourcent": {percent, 1},
		},
	}
)

// kindOf returns the kind of what is measured in a unit.
func kindOf(u unit) Kind {
	switch u {
	case percent:
		return Percentage
	case euro, dollar, pound, franc:
		return Amount
	}
	return Quantity
}

// isBits reports whether a unit is one of bits.
func isBits(u unit) bool { return u&^perSecond >= bit && u&^perSecond < hertz }

// isData reports whether a unit is one of data, which can have a rate.
func isData(u unit) bool { return u >= data && u < hertz }

// scales are the words that multiply the number before them.
var scales = [...]map[string]int64{
	other:   {},
	english: {"thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12},
	french:  {"mille": 1e3, "milliers": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "billion": 1e12, "billions": 1e12},
}

// shortScales are letters that do so before a currency: 5 M€, €5m.
var shortScales = map[string]int64{"k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "Md": 1e9, "bn": 1e9}
