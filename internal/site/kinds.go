package site

// kinds are the kinds of pages, each by the name of its template, and what their
// pages have in Page; nil for those that have nothing of their own.
var kinds = map[string]any{
	"404":        nil,
	"categories": categoryListView{},
	"choose":     chooseView{},
	"compare":    compareView{},
	"gone":       goneView{},
	"home":       homeView{},
	"new":        newView{},
	"page":       pageView{},
	"product":    productView{},
	"products":   productListView{},
	"redirect":   redirectView{},
	"seller":     sellerView{},
	"sellers":    sellerListView{},
}

// pieces of pages that are rendered on their own, each by the name of its part:
// the kind of page whose template has it, and what it is given.
var alone = map[string]struct {
	kind string
	view any
}{
	"card": {"products", card{}},
}
