package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"vitrine/internal/browser"
)

// same fails where an expression of JavaScript does not give a text.
func same(t *testing.T, tab *browser.Tab, expression, want string) {
	t.Helper()
	if got := browser.Get[string](tab, expression); got != want {
		t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

func TestABuyerCopiesAnOMI(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	tab.Go(s.URL + "fr/products/kelvane/kelvane-postgres/")
	same(t, tab, `String(document.querySelectorAll("head button").length)`, "0")
	// The browser may refuse the clipboard: then the page falls back.
	browser.Get[bool](tab, `(() => {
		window.clip = "";
		Object.defineProperty(navigator, "clipboard", { value: { writeText: async s => { window.clip = s; } } });
		document.querySelector("code[data-copy] + .copy").focus();
		return true;
	})()`)
	tab.Press(kb.Enter)
	wait(t, tab, `clip == document.querySelector("code[data-copy]").textContent && clip.startsWith("ami-")`)
	wait(t, tab, `document.querySelector("body > [role=status]").textContent == "Copié"`)
	same(t, tab, `document.activeElement.className.trim()`, "copy done")

	browser.Get[bool](tab, `(() => {
		navigator.clipboard.writeText = () => Promise.reject();
		document.execCommand = () => false;
		document.querySelectorAll("code[data-copy] + .copy")[1].click();
		return true;
	})()`)
	wait(t, tab, `document.querySelector("body > [role=status]").textContent.includes("clavier")`)
	same(t, tab, `getSelection().toString().trim()`, browser.Get[string](tab, `document.querySelectorAll("code[data-copy]")[1].textContent`))
	calm(t, tab)
}

func TestABuyerLooksAtScreenshots(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	tab.Go(s.URL + "en/products/kelvane/kelvane-postgres/")
	browser.Get[bool](tab, `(document.querySelector("a.shot").focus(), true)`)
	tab.Press(kb.Enter)
	wait(t, tab, `document.querySelector("dialog.viewer[open]") && document.querySelector(".viewer img").complete && document.querySelector(".viewer img").naturalWidth > 0`)
	same(t, tab, `document.querySelector(".viewer figcaption").textContent`, browser.Get[string](tab, `document.querySelector("a.shot img").alt`))
	if !browser.Get[bool](tab, `document.querySelector(".viewer").contains(document.activeElement)`) {
		t.Error("the focus is not in the viewer")
	}
	tab.Press(kb.Escape)
	wait(t, tab, `!document.querySelector("dialog[open]")`)
	same(t, tab, `document.activeElement.className`, "shot")
	calm(t, tab)

	tab.Show(browser.View{NoScript: true})
	tab.Go(s.URL + "en/products/kelvane/kelvane-postgres/")
	if browser.Get[int](tab, `[...document.querySelectorAll("main button, .compare-bar")].filter(e => e.checkVisibility()).length`) != 0 {
		t.Error("there are buttons that do nothing without JavaScript")
	}
}

func TestABuyerComparesProducts(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	tab.Go(s.URL + "en/products/")
	for range 5 { // the fifth is one too many
		browser.Get[bool](tab, `(document.querySelector('.pick[aria-pressed="false"]').click(), true)`)
	}
	if n := browser.Get[int](tab, `document.querySelectorAll('.pick[aria-pressed="true"]').length`); n != 4 {
		t.Errorf("%d products are picked", n)
	}
	wait(t, tab, `document.querySelector("body > [role=status]").textContent.includes("Four")`)
	same(t, tab, `document.querySelector(".compare-bar a").textContent`, "Compare (4)")
	for range 2 {
		browser.Get[bool](tab, `(document.querySelector('.pick[aria-pressed="true"]').click(), true)`)
	}
	tab.Go(s.URL + "en/products/kelvane/kelvane-postgres/") // another page of the tab knows
	same(t, tab, `document.querySelector(".compare-bar a").textContent`, "Compare (2)")
	browser.Get[bool](tab, `(document.querySelector(".actions .pick").click(), true)`)
	to := browser.Get[string](tab, `document.querySelector(".compare-bar a").href`)

	tab.Go(to)
	columns := `document.querySelectorAll(".compare th[scope=col]").length`
	wait(t, tab, columns+" == 3")
	if browser.Get[int](tab, `document.querySelectorAll(".compare tr[data-row]:not(:has(td:nth-child(4)))").length`) != 0 {
		t.Error("a row has not a cell a product")
	}
	if row := browser.Get[string](tab, `document.querySelector('[data-row="pricing"]').textContent`); !strings.Contains(row, "Per VM type") {
		t.Errorf("the pricing modes are %q", row)
	}
	if !browser.Get[bool](tab, `document.querySelector('[data-row="price"]').classList.contains("differs") && document.querySelector(".compare-bar").hidden`) {
		t.Error("the difference of the prices is not marked, or the bar is shown")
	}
	calm(t, tab)

	// The other language shows the same products, and so does going back.
	tab.Go(browser.Get[string](tab, `(() => {
		const a = document.querySelector('.languages a[lang="fr"]');
		a.addEventListener("click", e => e.preventDefault());
		a.click();
		return a.href;
	})()`))
	wait(t, tab, `document.documentElement.lang == "fr" && `+columns+" == 3")
	same(t, tab, `document.querySelector('[data-row="pricing"] th').firstChild.data`, "Mode de tarification")
	browser.Get[bool](tab, `(document.querySelector(".compare th button").click(), true)`)
	wait(t, tab, columns+" == 2")
	wait(t, tab, `document.activeElement.matches(".compare th button")`)
	browser.Get[bool](tab, `(history.back(), true)`)
	wait(t, tab, columns+" == 3")

	tab.Go(s.URL + "en/compare/") // without a word of which, those that were picked
	wait(t, tab, columns+" == 3")
	same(t, tab, `String(new URLSearchParams(location.search).getAll("p").length)`, "3")
	for n := 2; n >= 0; n-- {
		browser.Get[bool](tab, `(document.querySelector(".compare th button").click(), true)`)
		wait(t, tab, fmt.Sprintf("%s == %d", columns, n))
	}
	tab.Go(s.URL + "en/compare/")
	wait(t, tab, `document.querySelector(".without")?.textContent.includes("at least two")`)
	calm(t, tab)
}

func TestAComparisonTakesOnlyProductsThatAreThere(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	tab.Go(s.URL + "en/compare/?p=kelvane/kelvane-postgres&p=../../en/pages/about&p=https://other.example/x&p=kelvane/kelvane-postgres&p=no/such&p=%3Cimg%3E/x")
	wait(t, tab, `document.querySelectorAll(".compare th[scope=col]").length == 1`)
	text := browser.Get[string](tab, `document.querySelector("main").innerText`)
	if !strings.Contains(text, "no/such") || !strings.Contains(text, "at least two") {
		t.Errorf("the page says %q", text)
	}
	for _, r := range tab.Requests() {
		if r.Type == "Fetch" && !strings.HasPrefix(r.URL, s.URL+"en/products/") {
			t.Errorf("the page asked for %s", r.URL)
		}
	}

	tab.Go(s.URL + "en/compare/") // the one that is there was picked
	wait(t, tab, `document.querySelectorAll(".compare th[scope=col]").length == 1 && document.querySelector("main").innerText.includes("at least two")`)
	tab.Show(browser.View{NoScript: true})
	tab.Go(s.URL + "en/compare/?p=kelvane/kelvane-postgres")
	if text := browser.Get[string](tab, `document.querySelector("main").innerText`); !strings.Contains(text, "JavaScript") {
		t.Errorf("without JavaScript the page says %q", text)
	}
}
