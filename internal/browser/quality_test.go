package browser_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"vitrine/internal/browser"
)

// settings are the ways that pages are looked at.
var settings = []browser.View{
	{Width: 390, Height: 844},
	{Width: 390, Height: 844, Dark: true},
	{Width: 1280},
	{Width: 1280, Dark: true},
}

// Every page, once: at the narrowest width, enlarged to 200 %, and with axe-core
// in one of the settings in turn.
func TestEveryPage(t *testing.T) {
	s, axe := browser.Sample(t), browser.LoadAxe(t)
	all := pages(t, s)
	var faults atomic.Int32
	t.Cleanup(func() {
		browser.Measure(t, "axe-core: violations on every page, each in one setting", fmt.Sprintf("%d on %d pages", faults.Load(), len(all)), "0")
	})
	visit(t, s, all, browser.View{Width: 320, Height: 640}, func(t *testing.T, tab *browser.Tab, p page, i int) {
		whole(t, tab, s, p)
		v := settings[i%len(settings)]
		tab.Show(v)
		for _, fault := range axe.Faults(tab) {
			faults.Add(1)
			t.Errorf("%s, %s: %s", p.path, v, fault)
		}
		tab.Show(browser.View{Width: 320, Height: 640})
	})
}

// whole checks what holds for every page: nothing is missing, asked of another
// host or forbidden by the policy, and nobody has to scroll sideways.
func whole(t *testing.T, tab *browser.Tab, s *browser.Site, p page) {
	t.Helper()
	for _, c := range tab.Complaints() {
		t.Errorf("%s: the browser complains: %s", p.path, c)
	}
	host, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	first := 0
	for _, r := range tab.Requests() {
		if u, err := url.Parse(r.URL); err != nil || u.Host != host.Host {
			t.Errorf("%s asks another host: %s", p.path, r.URL)
		}
		if r.Status != 200 && r.Status != 0 {
			t.Errorf("%s asks for %s, which answers %d", p.path, r.URL, r.Status)
		}
		if r.Type != "Image" && !strings.HasSuffix(r.URL, ".svg") {
			first++
		}
	}
	if first > 3 {
		t.Errorf("%s asks for %d files besides images: %v", p.path, first, tab.Requests())
	}
	for _, e := range browser.Get[[]string](tab, `[...document.querySelectorAll("ul, ol, dl, tbody, h1, h2, h3, section")].filter(e => e.checkVisibility() && (!e.children.length && !e.textContent.trim())).map(e => e.outerHTML.slice(0, 80))`) {
		t.Errorf("%s has nothing in %s", p.path, e)
	}
	for _, width := range []int{320, 640} { // 640 is 1280 at 200 %
		if width != 320 {
			tab.Show(browser.View{Width: width, Height: 640})
		}
		if wide := browser.Get[[]string](tab, tooWide); len(wide) > 0 {
			t.Errorf("%s is too wide at %d px: %s", p.path, width, strings.Join(wide, ", "))
		}
	}
}

// tooWide names the elements that make the page scroll sideways.
const tooWide = `(() => {
	const root = document.documentElement
	if (root.scrollWidth <= root.clientWidth) return []
	const inside = e => { for (; e && e != root; e = e.parentElement) if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(e).overflowX)) return true; return false }
	const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !inside(e.parentElement))
	return ["scroll width " + root.scrollWidth, ...wide.slice(-3).map(e => e.tagName.toLowerCase() + "." + e.className)]
})()`

// Every kind of page in every setting, on paper, and without motion.
func TestKindsOfPages(t *testing.T) {
	s, axe := browser.Sample(t), browser.LoadAxe(t)
	all := kinds(pages(t, s))
	var faults atomic.Int32
	t.Cleanup(func() {
		browser.Measure(t, "axe-core: violations on every kind of page at 390 and 1280 px, light and dark", fmt.Sprintf("%d on %d pages", faults.Load(), len(all)), "0")
	})
	visit(t, s, all, settings[0], func(t *testing.T, tab *browser.Tab, p page, i int) {
		eager := make(map[string]int) // pictures by how many of the views show them at once
		for i, v := range settings {
			tab.Show(v)
			for _, fault := range axe.Faults(tab) {
				faults.Add(1)
				t.Errorf("%s, %s: %s", p.path, v, fault)
			}
			if v.Dark {
				continue
			}
			for _, src := range browser.Get[[]string](tab, `[...document.images].filter(i => i.checkVisibility() && i.getBoundingClientRect().top < innerHeight).map(i => i.loading + " " + i.src)`) {
				eager[src] += 1 << i
			}
		}
		for src, views := range eager {
			if lazy, ok := strings.CutPrefix(src, "lazy "); ok && views == 1<<0+1<<2 {
				t.Errorf("%s: the picture %s is in the first view and loaded late", p.path, lazy)
			}
		}
		for _, src := range browser.Get[[]string](tab, `[...document.images].filter(i => i.loading != "lazy").map(i => "auto " + i.src)`) {
			if eager[src] == 0 {
				t.Errorf("%s: the picture %s is below the first view and not loaded late", p.path, src)
			}
		}
		for _, src := range browser.Get[[]string](tab, `[...document.images].filter(i => !i.getAttribute("width") || !i.getAttribute("height")).map(i => i.src)`) {
			t.Errorf("%s: the picture %s has no size", p.path, src)
		}
		still(t, tab, p)
		printed(t, tab, p)
	})
}

// What a first view costs, as a host sends it.
func TestFirstView(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{Width: 390, Height: 844})
	for _, of := range []struct{ name, path string }{{"home", "fr/"}, {"list of products", "fr/products/"}, {"product", "fr/products/kelvane/kelvane-postgres/"}} {
		tab.Go(s.URL + of.path)
		bytes := make(map[string]int)
		requests, total := 0, 0
		for _, r := range tab.Requests() {
			if r.Type == "Image" || strings.HasSuffix(r.URL, ".svg") {
				continue
			}
			name := strings.TrimPrefix(r.URL, s.URL)
			if strings.HasSuffix(name, "/") {
				name += "index.html"
			}
			data, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			n := len(browser.Gzip(data))
			bytes[r.Type] += n
			requests++
			total += n
		}
		if total > 60_000 {
			t.Errorf("%s weighs %d bytes without images", of.path, total)
		}
		kB := func(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1000) }
		browser.Measure(t, of.name+": first view without images, compressed",
			fmt.Sprintf("%s (HTML %s, CSS %s, JavaScript %s)", kB(total), kB(bytes["Document"]), kB(bytes["Stylesheet"]), kB(bytes["Script"])), "60 kB")
		browser.Measure(t, of.name+": requests of the first view besides images", fmt.Sprint(requests), "3")
	}
}

// still checks that who asks for less motion gets none.
func still(t *testing.T, tab *browser.Tab, p page) {
	t.Helper()
	const moving = `[...document.querySelectorAll("*")].filter(e => ["", "::before", "::after"].some(p => {
		const s = getComputedStyle(e, p || null)
		const long = d => d.split(",").some(t => parseFloat(t) > 0.02)
		return long(s.transitionDuration) || s.animationName != "none" && long(s.animationDuration) || s.scrollBehavior == "smooth"
	})).slice(0, 3).map(e => e.tagName.toLowerCase() + "." + e.className)`
	tab.Show(browser.View{ReducedMotion: true})
	if moves := browser.Get[[]string](tab, moving); len(moves) > 0 {
		t.Errorf("%s moves, though less motion is asked for: %s", p.path, strings.Join(moves, ", "))
	}
}

// printed checks that on paper a page is its content: no navigation, nothing
// folded away.
func printed(t *testing.T, tab *browser.Tab, p page) {
	t.Helper()
	tab.Show(browser.View{Width: 794, Height: 1123, Print: true})
	shown := browser.Get[[]string](tab, `[...document.querySelectorAll("header nav, .skip, button, input, [rel=next]")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))`)
	if len(shown) > 0 {
		t.Errorf("%s prints what no paper needs: %s", p.path, strings.Join(shown, "; "))
	}
	folded := browser.Get[[]string](tab, `[...document.querySelectorAll("details > :not(summary)")].filter(e => e.parentElement.checkVisibility() && !e.checkVisibility({contentVisibilityAuto: true})).map(e => e.outerHTML.slice(0, 80))`)
	if len(folded) > 0 {
		t.Errorf("%s does not print what is folded: %s", p.path, folded[0])
	}
	if wide := browser.Get[[]string](tab, tooWide); len(wide) > 0 {
		t.Errorf("%s does not fit on A4: %s", p.path, strings.Join(wide, ", "))
	}
}

// Without JavaScript nothing is shown that would do nothing.
func TestWithoutScript(t *testing.T) {
	s := browser.Sample(t)
	visit(t, s, kinds(pages(t, s)), browser.View{NoScript: true}, func(t *testing.T, tab *browser.Tab, p page, i int) {
		for _, c := range tab.Complaints() {
			t.Errorf("%s: the browser complains: %s", p.path, c)
		}
		dead := browser.Get[[]string](tab, `[...document.querySelectorAll("button, input, select, dialog, [role=button], [aria-live]")].filter(e => e.checkVisibility() && !e.closest("form[action]") && e.textContent.trim() != "").map(e => e.outerHTML.slice(0, 80))`)
		if len(dead) > 0 {
			t.Errorf("%s shows what needs JavaScript: %s", p.path, strings.Join(dead, "; "))
		}
	})
}

// quoted writes a text as JavaScript.
func quoted(s string) string {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(data)
}
