package content

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"vitrine/internal/diag"
)

var (
	ruleValueForm = &diag.Rule{
		ID: "value-form", Severity: diag.Error, Fixed: true,
		Title: "a value has the form that its key asks for: a date, an amount, an address, a name",
		Why:   "Dates, amounts and names become orders, sums and addresses of the site, so they must be exact. Dates follow ISO 8601, countries ISO 3166-1; amounts are decimals with a point.",
		Help:  "write the value in the form that its key asks for",
	}
	ruleValueQuoted = &diag.Rule{
		ID: "value-quoted", Severity: diag.Error, Fixed: true,
		Title: "a text that YAML could take for a number, a date or a yes is in quotes",
		Why:   "YAML readers take 0001 for the number 1, 2026-01-02 for a date and no for false, and do not agree about it. Quotes keep a text a text, and a product code its zeros.",
		Help:  "put the text in double quotes",
	}
	ruleLinkForm = &diag.Rule{
		ID: "link-form", Severity: diag.Error, Fixed: true,
		Title: "a link is a full https address of a public host, or mailto",
		Why:   "A link that runs a script, names a password or leads into a private network harms buyers, or leads nowhere. RFC 6761 and RFC 6762 name the hosts that are not public.",
		Help:  "write a full address such as https://www.example.org/page",
	}
	ruleLinkHTTP = &diag.Rule{
		ID: "link-insecure", Severity: diag.Warning,
		Title: "a link is https, not http",
		Why:   "Whatever goes over http can be read and changed on its way, and browsers warn of it. This is for the safety of buyers.",
		Help:  "write https where the site answers there",
	}
	// RuleFileName is for names of files, in the front matter and in texts.
	RuleFileName = &diag.Rule{
		ID: "file-name", Severity: diag.Error, Fixed: true,
		Title: "a file's name has lowercase letters, digits, dots and hyphens, and a known ending",
		Why:   "Names become addresses, on systems that tell Logo.svg from logo.svg and on systems that do not. Simple names mean the same everywhere; this is our own convention.",
		Help:  "rename the file: lowercase letters, digits, dots and hyphens, ending in .svg, .png, .jpg, .webp, .pdf, .yaml or .tf",
	}
)

// Forms of names, from the contract's layout.
var (
	slugForm      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	referenceForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)
	emailForm     = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
	moneyForm     = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$`)
	numberForm    = regexp.MustCompile(`^[1-9][0-9]{0,5}$`)
	sexagesimal   = regexp.MustCompile(`^[0-9]+(:[0-5]?[0-9])+$`)
	countryForm   = regexp.MustCompile(`^[A-Z]{2}$`)
	fileForm      = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,62}\.(svg|png|jpg|jpeg|webp|pdf|yaml|tf)$`)
)

// Forms of the cloud's names, which package check asks for.
var (
	OMIForm    = regexp.MustCompile(`^ami-[0-9a-f]{8}$`)
	VMTypeForm = regexp.MustCompile(`^tinav[1-9][0-9]*\.c[1-9][0-9]*r[1-9][0-9]*p[123]$`)
	// An account's number may begin with zeros: it is a text.
	AccountForm = regexp.MustCompile(`^[0-9]{12}$`)
)

// maxSlug is how long a slug may be, in characters.
const maxSlug = 64

// ValidSlug reports whether a name can be part of an address. Names that
// Windows keeps for devices cannot: nobody could check the catalog out there.
func ValidSlug(s string) bool {
	return len(s) <= maxSlug && slugForm.MatchString(s) && !slices.Contains(devices, s)
}

var devices = strings.Fields("con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

// ValidReference reports whether a text has the form of a reference to a
// product.
func ValidReference(s string) bool { return referenceForm.MatchString(s) }

// ValidFileName reports whether a file of an entry may have this name.
func ValidFileName(s string) bool { return fileForm.MatchString(s) && !strings.Contains(s, "..") }

// IsLink reports whether a value that may be a file or a link is meant as a link.
func IsLink(s string) bool { return strings.Contains(s, ":") || strings.HasPrefix(s, "/") }

// form checks a scalar's form.
func (c *validator) form(f *field, v *Value, at *Value) {
	s := strings.TrimSpace(v.Text)
	bad := func(help diag.Text, message string) *diag.Finding {
		return c.report(ruleValueForm, at, help, message, diag.Quote(s))
	}
	switch f.form {
	case text:
		if v.comment {
			c.report(ruleValueQuoted, at, diag.Say("put the text in double quotes if what stands behind # belongs to it, else move the comment to a line of its own"), "what stands behind this text begins with # and is left out")
		} else if ambiguous(v) {
			c.report(ruleValueQuoted, at, diag.Say(`write "%s"`, s), "without quotes, %s is read as a number, a date or a yes or no", diag.Quote(s)).Fix.Replace = quoted(v)
		} else if strings.Contains(s, "\n") {
			bad(diag.Say("write it in one line"), "one line of text is expected, not %s")
		}
	case literal:
		if f.quoted && v.quoted == 0 {
			c.report(ruleValueQuoted, at, diag.Say(`write "%s": without quotes, YAML reads 0001 as the number 1`, s), "%s must be in quotes", diag.Quote(s)).Fix.Replace = quoted(v)
		}
	case enum:
		if !slices.Contains(f.values, s) {
			help := diag.Say("the values are %s", strings.Join(f.values, ", "))
			near := diag.Nearest(s, f.values)
			if near != "" {
				help = diag.Say("did you mean %s?", near)
			}
			c.report(ruleValueUnknown, at, help, "%s is not a value of %s", diag.Quote(s), f.key).Fix.Replace = near
		}
	case slug:
		if !ValidSlug(s) {
			bad(diag.Say("write lowercase letters and digits, joined by single hyphens, at most 64 characters"), "%s is not made of lowercase letters, digits and single hyphens")
		}
	case reference:
		if !referenceForm.MatchString(s) {
			bad(diag.Say("write seller/product, the names of the two folders"), "%s is not a reference to a product")
		}
	case date:
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			bad(diag.Say("write year-month-day, such as 2026-03-31"), "%s is not a date")
		}
	case boolean:
		if v.Plain != "bool" {
			bad(diag.Say("write true or false"), "%s is neither true nor false")
		}
	case number:
		if !numberForm.MatchString(s) {
			bad(diag.Say("write digits alone, such as 12"), "%s is not a whole number above 0")
		}
	case money:
		if !moneyForm.MatchString(s) {
			help, mended := diag.Say("write digits with a decimal point, such as 12.50, without currency or grouping"), ""
			if t := strings.Replace(s, ",", ".", 1); moneyForm.MatchString(t) {
				help, mended = diag.Say("write %s, with a decimal point", t), t
			}
			bad(help, "%s is not an amount").Fix.Replace = mended
		}
	case email:
		if !emailForm.MatchString(s) || len(s) > 254 {
			bad(diag.Say("write an address such as name@example.org"), "%s is not an e-mail address")
		}
	case link:
		c.link(s, at)
	case file:
		c.fileName(s, at)
	case country:
		if !countryForm.MatchString(s) {
			bad(diag.Say("write the country's two letters, such as FR"), "%s is not a country's code")
		}
	case fileOrLink:
		if IsLink(s) {
			c.link(s, at)
		} else {
			c.fileName(s, at)
		}
	}
}

// quoted is a plain scalar of one line as it is written in quotes.
func quoted(v *Value) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.TrimSpace(v.Text)) + `"`
}

// ambiguous reports whether YAML readers disagree whether a plain scalar is a
// text: numbers, dates, and the words that older YAML takes for true or false.
func ambiguous(v *Value) bool {
	if v.quoted != 0 {
		return false
	}
	if v.Plain != "str" {
		return true
	}
	switch strings.ToLower(v.Text) {
	case "yes", "no", "on", "off", "y", "n":
		return true
	}
	return strings.Contains(v.Text, ":") && sexagesimal.MatchString(v.Text) // 12:30 is the number 750
}

func (c *validator) link(s string, at *Value) {
	switch problem, insecure := LinkProblem(s); {
	case !problem.IsZero():
		c.report(ruleLinkForm, at, diag.Say("write a full address such as https://www.example.org/page"), "%s %s", diag.Quote(s), problem)
	case insecure:
		c.report(ruleLinkHTTP, at, diag.Say("if the site answers there, write https%s", s[len("http"):]), "%s is not encrypted", diag.Quote(s)).Fix.Replace = "https" + s[len("http"):]
	}
}

func (c *validator) fileName(s string, at *Value) {
	switch {
	case strings.ContainsAny(s, `/\`):
		c.report(RuleFileName, at, diag.Say("write the file's name alone: it stands in the entry's own folder"), "%s is a path, not a file's name", diag.Quote(s))
	case !ValidFileName(s):
		c.report(RuleFileName, at, FileNameHelp(s), "%s cannot be a file's name here", diag.Quote(s))
	}
}

// FileNameHelp says how a file should be named instead.
func FileNameHelp(s string) diag.Text {
	if mended := strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(s)); ValidFileName(mended) {
		return diag.Say("rename the file to %s", mended)
	}
	return diag.Say(RuleFileName.Help)
}

// LinkProblem says what is wrong with a link to another site, in words that
// follow the link itself, and whether it is a plain http link. Only https,
// http and mailto pass, to public hosts, without a password in them.
func LinkProblem(s string) (problem diag.Text, insecure bool) {
	if strings.ContainsAny(s, " \t\n\\") {
		return diag.Say("has a space or a backslash in it"), false
	}
	u, err := url.Parse(s)
	if err != nil {
		return diag.Say("is not an address"), false
	}
	switch strings.ToLower(u.Scheme) {
	case "mailto":
		if address, _, _ := strings.Cut(u.Opaque, "?"); !emailForm.MatchString(address) {
			return diag.Say("has no e-mail address behind mailto:"), false
		}
		return diag.Text{}, false
	case "https":
	case "http":
		insecure = true
	case "":
		return diag.Say("has no https:// before it"), false
	default:
		return diag.Say("is neither https nor mailto"), false
	}
	if u.User != nil {
		return diag.Say("holds a user name or password"), false
	}
	if strings.ContainsFunc(u.Path+u.Fragment, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		return diag.Say("has a control character in it"), false
	}
	return hostProblem(strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")), insecure
}

// isHostName reports whether a host's name is as it goes into the DNS: labels of
// lowercase letters, digits and inner hyphens.
func isHostName(host string) bool {
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
				return false
			}
		}
	}
	return true
}

// private are the last labels of hosts that only their own network knows
// (RFC 6761, RFC 6762, and what is in use).
var private = []string{"local", "localhost", "internal", "intranet", "lan", "home", "corp"}

func hostProblem(host string) diag.Text {
	if host == "" {
		return diag.Say("names no host")
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	ipv6 := false
	if strings.Contains(host, ":") {
		_, err := netip.ParseAddr(host)
		ipv6 = err == nil
	}
	switch {
	case ipv6, strings.Trim(last, "0123456789") == "", strings.HasPrefix(last, "0x"): // 127.1 and 0x7f.1 are addresses too
		return diag.Say("is a bare IP address")
	case !strings.Contains(host, "."), slices.Contains(private, last):
		return diag.Say("is not a host that buyers can reach")
	case !isHostName(host):
		return diag.Say("has a host's name with other characters than letters, digits and hyphens (write an international one as xn--…)")
	}
	return diag.Text{}
}

// spanOf is the place of a value; that of the front matter as a whole is the
// fence.
func (d *Document) spanOf(v *Value) diag.Span {
	if v == d.Front {
		return d.fence()
	}
	return d.Source.valueSpan(v)
}

// fence is the place of the line that opens the front matter: what is missing
// from the front matter as a whole is reported there.
func (d *Document) fence() diag.Span {
	if d.Kind == CatalogFile {
		return d.Source.Span(0, 0)
	}
	return d.Source.Span(0, len(fence))
}
