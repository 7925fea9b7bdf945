package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vitrine/internal/browser"
)

// stop is where the keyboard's focus is.
type stop struct {
	Index   int    // among the page's interactive elements, in their order; -1: none of them
	Name    string // for messages
	Visible bool   // it can be seen that it has the focus
	Scrolls bool   // it has the focus only because it scrolls
	Inside  bool   // it lies in the window
	Last    bool   // nothing has the focus
}

// interactive marks the elements that the keyboard must reach, and counts them.
const interactive = `(() => {
	const all = [...document.querySelectorAll("a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex]")]
	window.stops = all.filter(e => e.tabIndex >= 0 && !e.disabled && !e.closest("[inert]") && e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
	// Of radio buttons with one name, one is reached with Tab.
	window.stops = window.stops.filter(e => e.type != "radio" || e.checked)
	return window.stops.length
})()`

// focused tells about the element that has the focus. Visible is a difference
// between how it, a part of it or what it stands in looks with and without.
const focused = `(() => {
	const e = document.activeElement
	if (!e || e == document.body || e == document.documentElement) return {Last: true}
	const ring = (e, p) => { const s = getComputedStyle(e, p); return s.outlineStyle != "none" && parseFloat(s.outlineWidth) >= 2 && s.visibility != "hidden" }
	const parents = []
	for (let p = e; p && parents.length < 4; p = p.parentElement) parents.push(p)
	const r = e.getBoundingClientRect()
	return {
		Index: window.stops.indexOf(e),
		Name: e.outerHTML.slice(0, 100),
		Visible: parents.some(p => p != document.body && p.matches("main, nav, ul, ol, section, header, article") == false && [null, "::before", "::after"].some(x => ring(p, x))),
		Scrolls: e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight,
		Inside: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && r.width > 0 && r.height > 0,
	}
})()`

// The keyboard alone reaches everything, in order, and it can be seen where it
// is.
func TestKeyboard(t *testing.T) {
	s := browser.Sample(t)
	var all []page
	for _, p := range kinds(pages(t, s)) {
		if p.lang != "en" {
			all = append(all, p)
		}
	}
	// With less motion, a page scrolls at once to what gets the focus.
	visit(t, s, all, browser.View{ReducedMotion: true}, func(t *testing.T, tab *browser.Tab, p page, i int) {
		n := browser.Get[int](tab, interactive)
		next := 0
		for presses := 0; next < n && presses < n+20; presses++ {
			tab.Press(kb.Tab)
			at := browser.Get[stop](tab, focused)
			if at.Last {
				break
			}
			if at.Index < 0 && at.Scrolls {
				continue
			}
			if at.Index != next {
				t.Errorf("%s: after %d stops the focus goes to stop %d: %s", p.path, next, at.Index, at.Name)
				return
			}
			next++
			if !at.Visible {
				t.Errorf("%s: it cannot be seen that this has the focus: %s", p.path, at.Name)
			}
			if !at.Inside {
				t.Errorf("%s: this has the focus and is not in the window: %s", p.path, at.Name)
			}
		}
		if next != n {
			t.Errorf("%s: the keyboard reaches %d of %d", p.path, next, n)
		}
	})
}

// The first stop leads past the frame of the page.
func TestSkipLink(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{Width: 390, Height: 844})
	for _, path := range []string{"en/", "fr/products/", "fr/products/kelvane/kelvane-postgres/"} {
		tab.Go(s.URL + path)
		tab.Press(kb.Tab)
		if !browser.Get[bool](tab, `document.activeElement.getAttribute("href") == "#" + document.querySelector("main").id && document.activeElement.getBoundingClientRect().top >= 0`) {
			t.Errorf("%s: the first stop is not a link to the content that is seen", path)
		}
		tab.Press(kb.Enter)
		tab.Press(kb.Tab)
		if !browser.Get[bool](tab, `!!document.activeElement.closest("main")`) {
			t.Errorf("%s: behind the skip link the focus is not in the content", path)
		}
	}
}

// Results that change without a new page are said to those who do not see them.
func TestLiveRegion(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	tab.Go(s.URL + "fr/products/")
	const said = `[...document.querySelectorAll("[role=status], [aria-live=polite]")].map(e => e.textContent.trim()).join(" ")`
	before := browser.Get[string](tab, said)
	tab.Do(chromedp.Focus(chromedp.CSS("#q")))
	tab.Press("postgres")
	if !browser.Get[bool](tab, `new Promise(done => { const end = Date.now() + 10000; const look = () => { const now = `+said+`; now && now != `+quoted(before)+` ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 50) }; look() })`) {
		t.Error("the number of results is not said")
	}
}
