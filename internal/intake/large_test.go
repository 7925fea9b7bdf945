package intake

import (
	"strings"
	"testing"
	"time"
)

// TestLargeIssues: an issue as large as GitHub lets it be is answered soon,
// whatever fills it.
func TestLargeIssues(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred issues of 60 kB")
	}
	root, opt := catalogOf(t)
	for _, filling := range []string{"### a\n", "### Seller\n", "# a\n", "a\n=\n", "- [x] a\n", "| a | b |\n", "a, ", "[", "**a", "> ", "```\n", "<a>", "<!-- ", "a\n\n", "\u202e", "![a](b)", "|||||||\n", "é"} {
		text := strings.Repeat(filling, 60_000/len(filling))
		for _, id := range []string{"text-en", "key_points-fr", "title-en", "offers-vm_type", "categories", "product_code"} {
			said := with(lock, id, text)
			if id == "categories" {
				said = with(lock, "regions", "", "version", text)
			}
			body := issue(t, root, opt.Words, "en", omi, said)
			start := time.Now()
			inert(t, root, opt, read(t, root, body, opt))
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("%q in %s takes %v", filling, id, d)
			}
		}
		read(t, root, text, opt)
	}
}
