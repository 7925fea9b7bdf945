package browser_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/browser"
	"vitrine/internal/build"
)

// odd serves the catalog of what is rare: markup and template braces in titles,
// texts from right to left, wide characters, words without an end, sixty
// versions, names that sort oddly, a seller with one product and one with none,
// categories with nothing in them.
func odd(t *testing.T) *browser.Site {
	t.Helper()
	return browser.Serve(t, "testdata/odd", build.Options{})
}

func TestOddCatalog(t *testing.T) {
	s, axe := odd(t), browser.LoadAxe(t)
	all := slices.DeleteFunc(pages(t, s), func(p page) bool { return strings.Contains(p.path, "/sort-") }) // odd in lists only
	visit(t, s, all, browser.View{Width: 320, Height: 640}, func(t *testing.T, tab *browser.Tab, p page, i int) {
		whole(t, tab, s, p)
		v := settings[i%len(settings)]
		tab.Show(v)
		for _, fault := range axe.Faults(tab) {
			t.Errorf("%s, %s: %s", p.path, v, fault)
		}
		tab.Shot("odd " + strings.ReplaceAll(p.path, "/", " ") + " " + v.String())
		tab.Show(browser.View{Width: 320, Height: 640})
	})
}

// What sellers write is shown as they wrote it.
func TestOddTextsAreShownAsWritten(t *testing.T) {
	s := odd(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	for _, test := range []struct{ path, selector, want string }{
		{"en/products/odd/script/", "h1", `</script><script>alert(1)</script><!-- & "q"`},
		{"fr/products/odd/braces/", "h1", `{{.}} {{template main}} ${x} %s %d {n} {site}`},
		{"en/products/rtl/right/", "h1", "مخزن البيانات الآمن (الإصدار 2)"},
		{"en/sellers/odd/", "h1", "Œuvre & Fils </script><b>"},
		{"fr/", "h1", "Bric & <Broc>"},
		{"fr/products/odd/braces/", "title", "{{.}} {{template main}} ${x} %s %d {n} {site}"},
		{"fr/categories/everything/", "main", "{{.}} n’est pas un gabarit ici."},
		{"en/products/odd/braces/", "main", "A body with {{.Title}} and {{end}}, ${HOME}, %s and {n}."},
	} {
		tab.Go(s.URL + test.path)
		got := browser.Get[string](tab, "document.querySelector("+quoted(test.selector)+").textContent")
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: %s is %q, want %q in it", test.path, test.selector, got, test.want)
		}
	}
	tab.Go(s.URL + "en/categories/nothing/")
	if n := browser.Get[int](tab, `document.querySelectorAll(".refine").length`); n != 0 {
		t.Error("a category with nothing in it can be combined with filters")
	}
	tab.Go(s.URL + "en/products/rtl/right/")
	// Where the full stop of an Arabic sentence stands: at its left.
	const end = `(() => {
		const text = [...document.querySelectorAll("main p")].find(p => p.textContent.endsWith("الجملة.")).firstChild
		const at = i => { const r = document.createRange(); r.setStart(text, i); r.setEnd(text, i + 1); return r.getBoundingClientRect().left }
		return at(0) > at(text.length - 1)
	})()`
	if !browser.Get[bool](tab, end) {
		t.Error("an Arabic sentence ends at its right")
	}
}

// A catalog of one entry: a seller that sells nothing yet.
func TestCatalogOfOneEntry(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"catalog.yaml", "sellers/empty/showcase.md", "sellers/empty/logo.svg"} {
		data, err := os.ReadFile(filepath.Join("testdata/odd/content", name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "catalog.yaml" {
			data = []byte(strings.Replace(string(data), "navigation: [about]\n", "", 1))
		}
		to := filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, axe := browser.Serve(t, dir, build.Options{}), browser.LoadAxe(t)
	visit(t, s, pages(t, s), browser.View{Width: 320, Height: 640}, func(t *testing.T, tab *browser.Tab, p page, i int) {
		whole(t, tab, s, p)
		for _, fault := range axe.Faults(tab) {
			t.Errorf("%s: %s", p.path, fault)
		}
		tab.Show(browser.View{})
		tab.Shot("one " + strings.ReplaceAll(p.path, "/", " "))
		tab.Show(browser.View{Width: 320, Height: 640})
	})
}
