package browser_test

import (
	"testing"

	"vitrine/internal/browser"
)

func TestHomeOpens(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.View{})
	tab.Go(s.URL + "fr/")
	if lang := browser.Get[string](tab, "document.documentElement.lang"); lang != "fr" {
		t.Errorf("the page's language is %q", lang)
	}
	if got := tab.Complaints(); len(got) > 0 {
		t.Errorf("the browser complains: %q", got)
	}
	if n := len(tab.Requests()); n < 3 {
		t.Errorf("only %d requests were noted", n)
	}
	tab.Shot("home")
}
