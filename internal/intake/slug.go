package intake

import (
	"fmt"
	"regexp"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/markdown"
)

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf makes a slug of an offer's name that none before it has.
func slugOf(name string, before map[string]bool) string {
	s := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(markdown.Fold(name)), "-"), "-")
	if s = strings.Trim(s[:min(len(s), 40)], "-"); s == "" || !content.ValidSlug(s) {
		s = "offer"
	}
	id := s
	for n := 2; before[id]; n++ {
		id = fmt.Sprintf("%s-%d", s, n)
	}
	before[id] = true
	return id
}

var page = regexp.MustCompile(`^(?:https?://\S*/products/|content/sellers/)?([a-z0-9-]+)/([a-z0-9-]+)(?:/|/product\.md)?$`)

// productOf reads the name of a product: seller/product, or the address of its
// page. It is false where that is none.
func productOf(s string) (seller, product string, ok bool) {
	m := page.FindStringSubmatch(strings.Trim(s, "`<> "))
	if m == nil || !content.ValidSlug(m[1]) || !content.ValidSlug(m[2]) {
		return "", "", false
	}
	return m[1], m[2], true
}
