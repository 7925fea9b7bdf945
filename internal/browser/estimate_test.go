package browser_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"vitrine/internal/browser"
)

// settle opens the calculator and waits for its figures.
func settle(t *testing.T, tab *browser.Tab) {
	t.Helper()
	browser.Get[bool](tab, `(document.querySelector("[data-estimate]").focus(), true)`)
	tab.Press(kb.Enter)
	wait(t, tab, `!document.querySelector(".estimate").hidden && document.querySelector("[data-cost=month]").textContent != "–"`)
}

// figures is what the calculator shows: a month and a year, with single spaces.
const figures = `["month", "year"].map(c => document.querySelector("[data-cost=" + c + "]").textContent.replace(/\s/g, " ")).join(" ")`

// choose gives fields of the calculator their values, as a person does.
func choose(tab *browser.Tab, fields string) {
	browser.Get[bool](tab, fmt.Sprintf(`(() => {
		for (const [name, value] of Object.entries(%s)) {
			const e = document.querySelector(".estimate").elements[name];
			e.value = value;
			e.dispatchEvent(new Event("input", { bubbles: true }));
		}
		return true;
	})()`, fields))
}

// TestABuyerEstimates compares the calculator with the tables that stand on the
// page without it, and with figures computed by hand.
func TestABuyerEstimates(t *testing.T) {
	s := browser.Sample(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	for _, lang := range []string{"en", "fr"} {
		for _, product := range []string{"kelvane/kelvane-postgres", "drakkel/drakkel-cluster", "brisemar/brisemar-backup", "brisemar/brisemar-gateway", "galipote/galipote-press"} {
			tab.Go(s.URL + lang + "/products/" + product + "/")
			if n := len(tab.Requests()); n > 0 {
				for _, r := range tab.Requests() {
					if r.Type == "Fetch" {
						t.Errorf("%s asked for %s before anybody wanted an estimate", product, r.URL)
					}
				}
			}
			settle(t, tab)
			// Every row of every table: the same figures.
			differs := browser.Get[string](tab, `(() => {
				const form = document.querySelector(".estimate");
				const set = (name, value) => { form.elements[name].value = value; form.elements[name].dispatchEvent(new Event("input", { bubbles: true })); };
				const read = name => form.querySelector("[data-cost=" + name + "]").textContent;
				const wrong = [];
				let rows = 0;
				for (const table of document.querySelectorAll(".costs")) {
					set("region", table.caption.textContent.split(/[\s:]/)[0]);
					for (const row of table.tBodies[0].rows) {
						const [type, month, year, yearly] = [row.querySelector("code").textContent, ...[...row.querySelectorAll("td")].map(d => d.textContent)];
						set("vm", type);
						set("pay", "hour");
						if (read("month") !== month || read("year") !== year) wrong.push(type + ": " + read("month") + " " + month + " " + read("year") + " " + year);
						set("pay", "year");
						if (yearly && read("year") !== yearly) wrong.push(type + " yearly: " + read("year") + " " + yearly);
						rows++;
					}
				}
				return rows < 3 ? "too few rows" : wrong.join("; ");
			})()`)
			if differs != "" {
				t.Errorf("%s in %s: calculator and table differ: %s", product, lang, differs)
			}
			calm(t, tab)
		}
	}

	// By hand: 3 × 200 × (4 × 0.041 + 16 × 0.0055 + 0.140) = 235.20
	tab.Go(s.URL + "fr/products/kelvane/kelvane-postgres/")
	settle(t, tab)
	choose(tab, `{ region: "eu-west-2", vm: "tinav6.c4r16p2", vms: 3, hours: 200, pay: "hour" }`)
	same(t, tab, figures, "235,20 € 2 822,40 €")
	// 3 × (200 × 12 × 0.252 + 920) = 4574.40; ÷ 12 = 381.20
	choose(tab, `{ pay: "year" }`)
	same(t, tab, figures, "381,20 € 4 574,40 €")
	wait(t, tab, `document.querySelector(".estimate [role=status]").textContent.replace(/\s/g, " ") == "381,20 € par mois, 4 574,40 € par an"`)
	// What is no number is said, and computes nothing.
	for _, wrong := range []string{`""`, `"0"`, `"1.5"`, `"-3"`, `"1e9"`} {
		choose(tab, `{ vms: `+wrong+` }`)
		same(t, tab, figures, "– –")
		same(t, tab, `String(document.querySelector("#estimate-wrong").hidden) + document.querySelector("#estimate-vms").getAttribute("aria-invalid")`, "falsetrue")
	}
	choose(tab, `{ vms: 1000, hours: 744 }`)
	same(t, tab, `String(document.querySelector("#estimate-wrong").hidden)`, "true")
	calm(t, tab)
}

// TestAnEstimateWithoutScript: the tables are there, the calculator is not.
func TestAnEstimateWithoutScript(t *testing.T) {
	s, axe := browser.Sample(t), browser.LoadAxe(t)
	tab := browser.Open(t).Tab(t, browser.View{})
	for _, view := range []browser.View{{NoScript: true}, {Width: 390, Height: 844, NoScript: true}, {}, browser.Phone, {Width: 320, Height: 640}} {
		for _, lang := range []string{"en", "fr"} {
			tab.Show(view)
			tab.Go(s.URL + lang + "/products/kelvane/kelvane-postgres/")
			if !view.NoScript {
				settle(t, tab)
				same(t, tab, `String(document.documentElement.scrollWidth > innerWidth)`, "false")
				for _, fault := range axe.Faults(tab) {
					t.Errorf("%s, %s: %s", view, lang, fault)
				}
			}
			tab.Shot(fmt.Sprintf("estimate-%s-%d-%t", lang, view.Width, view.NoScript))
		}
	}
}
