package site

// comparePath is where products are compared. Which ones is in the query, as
// ?p=seller/product&p=…: the page's script fetches their own pages and takes
// from them what carries data-compare.
const comparePath = "compare/"

// compareView is the page that compares products.
type compareView struct {
	Script   string // what fills it
	Products string // below it are the products' pages
	Rows     []compareRow
}

// compareRow is a row of the comparison.
type compareRow struct {
	Key  string // the value of data-compare on a product's page
	Name string
}

// compareRows are the rows in their order: the keys of data-compare, and the
// words that head them.
var compareRows = [][2]string{
	{"price", "product.price"},
	{"pricing", "product.pricing"},
	{"type", "product.type"},
	{"regions", "product.regions"},
	{"latest", "product.latest"},
	{"points", "product.points"},
	{"offers", "product.offers"},
	{"categories", "product.categories"},
	{"certifications", "product.certifications"},
	{"license", "product.license"},
	{"documentation", "product.documentation"},
	{"support", "product.support"},
	{"changed", "product.changed"},
}

func (s *Site) compare(w *writer, l *lang) error {
	title := l.Word("compare.title")
	v := s.view(l, comparePath, title, l.Word("compare.description", "site", l.frame.Site))
	page := &compareView{Script: s.href(s.opt.Theme.Asset("compare.js")), Products: s.in(l, "products/")}
	for _, r := range compareRows {
		page.Rows = append(page.Rows, compareRow{r[0], l.Word(r[1])})
	}
	v.Page = page
	v.crumbs(v.navigation("products"), link{Name: title})
	return s.execute(w, l, "compare", v)
}
