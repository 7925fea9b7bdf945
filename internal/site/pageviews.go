package site

import (
	"html/template"
	"strings"
	"time"

	"vitrine/internal/catalog"
)

type homeView struct {
	Categories []categoryCard
	Services   []categoryCard
	Latest     []template.HTML // cards
	Versions   []newItem
	Products   int
	Sellers    int
}

// productListView is a list of products: all of them, or a category's.
type productListView struct {
	Intro    string
	Products []template.HTML // cards
	Total    int
	Pages    pageLinks
	Refine   string // the search for the same products; "" where all are shown
}

type sellerListView struct {
	Sellers []sellerCard
	Total   int
	Pages   pageLinks
}

type categoryListView struct {
	Categories []categoryCard
	Services   []categoryCard
}

type pageView struct {
	Body template.HTML
}

type document struct {
	Title string
	Href  string
	Kind  string // the file's ending in capitals: PDF
	Size  string // of a file
	Link  bool   // on another site
}

type contactView struct {
	Email   string
	Phone   string
	Tel     template.URL // tel: with digits alone
	URL     string
	Website string
}

type sellerView struct {
	Name           string
	Summary        string
	Logo           picture
	Country        string
	Certifications []string
	Contact        contactView
	Documents      []document
	Products       []template.HTML // cards
	Total          int             // of products
	Pages          pageLinks       // of products
	Body           template.HTML
}

// piece is a part of a short text: commands and names between backquotes are
// shown as code, everything else as it is.
type piece struct {
	Text string
	Code bool
}

// pieces takes a short text apart. A backquote without its fellow is a
// character like any other.
func pieces(s string) (out []piece) {
	for {
		before, rest, found := strings.Cut(s, "`")
		code, after, closed := strings.Cut(rest, "`")
		if !found || !closed || code == "" {
			return append(out, piece{Text: s})
		}
		out = append(out, piece{Text: before}, piece{Text: code, Code: true})
		s = after
	}
}

type versionView struct {
	Version      string
	Title        string // Version 1.2
	Caption      string // of the table of OMI ids
	Released     time.Time
	Day, ISO     string // of the release; "" where not known
	OS           string
	Architecture string
	Notes        []piece
	Images       []catalog.Image
	Draft        string // word; "" where it is none
}

type latestView struct {
	Region   string
	Version  string
	Released time.Time
	OMI      string
}

type rateView struct {
	Amount string
	Unit   string // per hour and VM
}

type offerView struct {
	Name        string
	Description string
	Public      bool // for French public buyers only
	Rates       []rateView
	Commitment  string
	Billing     string
	VMTypes     []string
}

type productView struct {
	Name          string
	Summary       string
	Logo          picture
	TypeName      string // omi, outsourced or service
	Type          string
	TypeHelp      string
	Pricing       string
	PricingHelp   string
	Price         string // from …; or why there is none
	Regions       []string
	Categories    []link
	KeyPoints     []string
	Seller        link
	Latest        []latestView  // a Region each
	Newest        []latestView  // the same; one alone, without a Region, where all are of one version
	Versions      []versionView // the newest
	Older         []versionView // the others
	Deploy        []deployView
	Subscribe     []string // what to do, step by step
	OnMarketplace bool     // one subscribes there
	Offers        []offerView
	Estimate      *estimateView
	License       *document
	Activation    []piece
	Template      *document
	Privacy       *document
	Documentation string
	Support       contactView
	Contact       contactView     // the seller's
	Certified     []string        // the seller's certifications
	ServiceOf     []template.HTML // cards
	Services      []template.HTML
	Screenshots   []picture
	Related       []template.HTML
	Published     time.Time
	Others        []template.HTML // of the same seller
	AllOthers     int             // how many products the seller has
	Sections      []link          // of the page
	Tax           string
	Ref           string // seller/product
	Changed       time.Time
	Body          template.HTML
}

// chooseView is the page at the site's root: one part a language.
type chooseView struct {
	Choices []choice
}

type choice struct {
	Tag   string
	Name  string
	Href  string
	Title string
	About string
	Lead  string
}

// telephone returns a tel: address; the number has been checked to have a form.
func telephone(number string) template.URL {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
	return template.URL("tel:" + digits) //nolint:gosec // digits and + alone
}
