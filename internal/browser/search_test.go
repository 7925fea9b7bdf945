package browser_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"vitrine/internal/browser"
)

// wait waits until a script's expression is true.
func wait(t *testing.T, tab *browser.Tab, what string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if tab.Is(what) {
			return
		}
	}
	t.Fatalf("in vain waited for %s; the page is %s and shows: %s; it complains: %q", what, browser.Get[string](tab, "location.href"),
		browser.Get[string](tab, "document.querySelector('main').innerText.slice(0, 600)"), tab.Complaints())
}

// count is where the page shows how many products there are.
const count = ".search-count"

// found waits for the page to show and to say how many products there are, and
// for their cards.
func found(t *testing.T, tab *browser.Tab, want string) {
	t.Helper()
	wait(t, tab, fmt.Sprintf("document.querySelector('.search-count')?.textContent === %q && document.querySelector('[role=status]').textContent === %[1]q && !document.querySelector('[aria-busy]')", want))
}

// text returns the text of what a selector finds.
func text(tab *browser.Tab, selector string) string {
	return browser.Get[string](tab, fmt.Sprintf("[...document.querySelectorAll(%q)].map((e) => e.textContent).join(', ')", selector))
}

func click(t *testing.T, tab *browser.Tab, selector string) {
	t.Helper()
	wait(t, tab, fmt.Sprintf("document.querySelector(%q)", selector))
	browser.Get[bool](tab, fmt.Sprintf("document.querySelector(%q).click(), true", selector))
}

// calm reports what the browser complains of.
func calm(t *testing.T, tab *browser.Tab) {
	t.Helper()
	if got := tab.Complaints(); len(got) > 0 {
		t.Errorf("the browser complains: %q", got)
	}
}

func address(t *testing.T, tab *browser.Tab, s *browser.Site, want string) {
	t.Helper()
	if got := strings.TrimPrefix(browser.Get[string](tab, "location.href"), s.URL); got != want {
		t.Errorf("the address is %s, want %s", got, want)
	}
}

func TestSearchWhileTyping(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.View{})
	tab.Go(s.URL + "fr/")
	for _, r := range tab.Requests() {
		if strings.Contains(r.URL, "search") {
			t.Errorf("%s is loaded before anybody searches", r.URL)
		}
	}
	browser.Get[bool](tab, "document.querySelector('#q').focus(), true")
	tab.Press("sauvegrade") // two letters the wrong way round
	found(t, tab, "4 produits")
	if got := text(tab, ".cards mark"); got != "sauvegarde" {
		t.Errorf("highlighted is %q", got)
	}
	address(t, tab, s, "fr/products/?q=sauvegrade")
	if got := text(tab, "h1"); got != "Résultats pour «\u00a0sauvegrade\u00a0»" {
		t.Errorf("the heading is %q", got)
	}
	tab.Shot("search-typing")

	tab.Press(kb.ArrowDown)
	if got := browser.Get[string](tab, "document.activeElement.textContent"); got != text(tab, ".cards li:first-child h3") {
		t.Errorf("the arrow leads to %q", got)
	}
	browser.Get[bool](tab, "document.querySelector('#q').focus(), true")
	tab.Press(kb.Escape)
	wait(t, tab, "!document.querySelector('.search-view') && document.querySelector('.hero') && document.activeElement.id === 'q'")
	address(t, tab, s, "fr/")
	calm(t, tab)
}

// A search made on a product's page shares its history, also where the browser
// loads one of its addresses anew.
func TestBackToThePageThatWasSearchedFrom(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.View{})
	tab.Go(s.URL + "en/products/kelvane/kelvane-postgres/")
	browser.Get[bool](tab, "document.querySelector('#q').focus(), true")
	tab.Press("backup")
	found(t, tab, "4 products")
	tab.Go(s.URL + "en/sellers/")
	browser.Get[bool](tab, "history.back(), true")
	wait(t, tab, "location.search === '?q=backup' && document.querySelector('.search-view')")
	browser.Get[bool](tab, "history.back(), true")
	wait(t, tab, "location.pathname.endsWith('/kelvane-postgres/') && document.querySelector('h1')?.textContent === 'Kelvane Postgres'")
	browser.Get[bool](tab, "location.reload(), true")
	wait(t, tab, "document.readyState === 'complete' && document.querySelector('.pick')")
	browser.Get[bool](tab, "history.forward(), true")
	found(t, tab, "4 products")

	tab.Go(s.URL + "en/products/?q=" + strings.Repeat("x", 3000)) // as much as the box takes
	found(t, tab, "No product matches.")
	if n := len(text(tab, "h1")); n > 130 {
		t.Errorf("the heading has %d characters", n)
	}
	calm(t, tab)
}

func TestSearchStateIsInTheAddress(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.View{})
	tab.Go(s.URL + "en/products/")
	all := text(tab, ".browse-list .meta")
	click(t, tab, "a[data-value=omi]")
	wait(t, tab, "document.querySelector('input[value=omi]')?.checked && document.activeElement.value === 'omi'")
	address(t, tab, s, "en/products/?type=omi")
	click(t, tab, "input[value=service]")
	wait(t, tab, "document.querySelectorAll('.chip').length === 2")
	address(t, tab, s, "en/products/?type=omi&type=service")
	both := text(tab, count)
	tab.Shot("search-filters")
	click(t, tab, ".browse-list > .button")
	wait(t, tab, "document.querySelectorAll('.card').length > 24 && document.activeElement === document.querySelectorAll('.card a')[24]")
	if got := browser.Get[string](tab, "document.querySelectorAll('.card').length + ' products'"); got != both {
		t.Errorf("when more are shown there are %s of %s", got, both)
	}

	browser.Get[bool](tab, "location.reload(), true")
	wait(t, tab, "document.readyState === 'complete'")
	found(t, tab, both)
	browser.Get[bool](tab, "history.back(), true")
	wait(t, tab, "location.search === '?type=omi' && document.querySelectorAll('.chip').length === 1")
	browser.Get[bool](tab, "history.back(), true")
	wait(t, tab, "!document.querySelector('.search-view') && document.querySelector('.browse-list .meta')")
	if got := text(tab, ".browse-list .meta"); got != all {
		t.Errorf("back on the list it says %q, not %q", got, all)
	}
	browser.Get[bool](tab, "history.forward(), true")
	wait(t, tab, "document.querySelector('input[value=omi]')?.checked")
	browser.Get[bool](tab, "document.querySelector('#q').focus(), true")
	tab.Press("dns")
	wait(t, tab, "location.search === '?q=dns&type=omi' && !document.querySelector('[aria-busy]')")
	english := text(tab, count)
	click(t, tab, ".languages a[lang=fr]")
	wait(t, tab, "document.documentElement?.lang === 'fr' && document.querySelector('.search-count') && !document.querySelector('[aria-busy]')")
	address(t, tab, s, "fr/products/?q=dns&type=omi")
	if got := text(tab, count); strings.Fields(got)[0] != strings.Fields(english)[0] {
		t.Errorf("in French there are %s, in English %s", got, english)
	}
	if got := browser.Get[string](tab, "document.querySelector('#q').value"); got != "dns" {
		t.Errorf("the box has %q", got)
	}
	calm(t, tab)
}

func TestCountsOfFiltersAreWhatAClickGives(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.View{})
	tab.Go(s.URL + "en/products/?q=data")
	wait(t, tab, "document.querySelector('.search-count')")
	// In several rounds, a value that can be chosen is clicked; what its count
	// promised must be there.
	for round, pick := range []int{3, 0, 5, 2, 7, 1, 4} {
		type offer struct {
			Before, Promise int
			Adds            bool
			ID              string
		}
		o := browser.Get[offer](tab, fmt.Sprintf(`(() => {
			const items = [...document.querySelectorAll(".filters li:not([hidden])")].filter((li) => !li.querySelector("input").checked);
			const item = items[%d %% items.length], count = item.querySelector(".count").textContent;
			const input = item.querySelector("input");
			return { Before: Number(document.querySelector(".search-count").textContent.match(/\d+/)?.[0] ?? 0),
				Promise: Number(count), Adds: count.startsWith("+"), ID: input.name + "=" + input.value };
		})()`, pick))
		key, id, _ := strings.Cut(o.ID, "=")
		click(t, tab, fmt.Sprintf("input[name=%q][value=%q]", key, id))
		wait(t, tab, fmt.Sprintf("document.querySelector('input[name=%q][value=%q]').checked && !document.querySelector('[aria-busy]')", key, id))
		want := o.Promise
		if o.Adds {
			want += o.Before
		}
		if got := browser.Get[int](tab, `Number(document.querySelector(".search-count").textContent.match(/\d+/)?.[0] ?? 0)`); got != want {
			t.Errorf("round %d: %+v gives %d products", round, o, got)
		}
	}
	calm(t, tab)
}

func TestSearchThatFindsNothingHasAWayOut(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.Phone)
	tab.Go(s.URL + "fr/products/?q=zzzzqqq&type=omi&type=nosuch")
	found(t, tab, "Aucun produit ne correspond.")
	tab.Shot("search-nothing")
	if got := text(tab, ".exits button"); got != "Retirer tous les filtres, Effacer la recherche" {
		t.Errorf("the ways out are %q", got)
	}
	click(t, tab, ".exits button:last-child")
	wait(t, tab, "location.search === '?type=omi' && document.querySelectorAll('.cards li').length > 0")
	click(t, tab, ".chip")
	wait(t, tab, "!document.querySelector('.search-view')")
	address(t, tab, s, "fr/products/")
	calm(t, tab)
}

func TestFiltersWithoutScript(t *testing.T) {
	b, s := browser.Open(t), browser.Sample(t)
	tab := b.Tab(t, browser.View{NoScript: true})
	tab.Go(s.URL + "fr/products/")
	if browser.Get[bool](tab, "document.querySelector('form.search').checkVisibility()") {
		t.Error("the search box is shown, which does nothing")
	}
	tab.Shot("filters-noscript")
	counts := browser.Get[map[string]string](tab, "Object.fromEntries([...document.querySelectorAll('.filters a[data-facet]')].map((a) => [a.href, a.nextElementSibling.textContent]))")
	if len(counts) < 20 {
		t.Errorf("there are only %d links", len(counts))
	}
	for to, n := range counts {
		if strings.Contains(to, "/sellers/") {
			continue // a showcase is no list
		}
		tab.Go(to)
		if got := strings.Fields(text(tab, ".browse-list .meta"))[0]; got != n {
			t.Errorf("%s has %s products, its link says %s", to, got, n)
		}
	}
}
