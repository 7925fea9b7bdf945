package catalog_test

import (
	"testing"

	"vitrine/internal/catalog"
)

func TestVisibleFromTheFirstDayToTheLast(t *testing.T) {
	left := func(since catalog.Date) *catalog.Withdrawal {
		return &catalog.Withdrawal{Since: since, Reason: "other"}
	}
	for _, c := range []struct {
		name    string
		entry   catalog.Entry
		visible string // the days, of those below, on which it is
		gone    catalog.Date
	}{
		{"published", catalog.Entry{Status: catalog.Published}, "1 3 5 7 9", ""},
		{"a draft", catalog.Entry{Status: catalog.Draft, UnpublishOn: "2026-01-03"}, "", ""},
		{"without a status", catalog.Entry{UnpublishOn: "2026-01-03"}, "", ""},
		{"faulty", catalog.Entry{Status: catalog.Unpublished, Withdrawal: left("2026-01-05"), Faulty: true}, "", ""},
		{"from a day on", catalog.Entry{Status: catalog.Published, PublishOn: "2026-01-03"}, "3 5 7 9", ""},
		{"to a day", catalog.Entry{Status: catalog.Published, UnpublishOn: "2026-01-05"}, "1 3", "2026-01-05"},
		{"unpublished", catalog.Entry{Status: catalog.Unpublished, Withdrawal: left("2026-01-05")}, "1 3", "2026-01-05"},
		{"unpublished, from a day on", catalog.Entry{Status: catalog.Unpublished, PublishOn: "2026-01-03", Withdrawal: left("2026-01-05")}, "3", "2026-01-05"},
		{"unpublished before its day", catalog.Entry{Status: catalog.Unpublished, PublishOn: "2026-01-07", Withdrawal: left("2026-01-05")}, "", ""},
		{"unpublished after its last day", catalog.Entry{Status: catalog.Unpublished, UnpublishOn: "2026-01-03", Withdrawal: left("2026-01-05")}, "1", "2026-01-03"},
		{"unpublished before its last day", catalog.Entry{Status: catalog.Unpublished, UnpublishOn: "2026-01-07", Withdrawal: left("2026-01-05")}, "1 3", "2026-01-05"},
		{"unpublished without a word", catalog.Entry{Status: catalog.Unpublished}, "", ""},
	} {
		p := &catalog.Page{Entry: c.entry}
		visible := ""
		for _, day := range []string{"1", "3", "5", "7", "9"} {
			v := catalog.Visibility{At: catalog.Date("2026-01-0" + day)}
			gone := v.GonePage(p)
			if v.Page(p) {
				visible += " " + day
				if gone != nil {
					t.Errorf("%s: visible and gone on the %s", c.name, day)
				}
			}
			if want := c.gone != "" && v.At >= c.gone; (gone != nil) != want {
				t.Errorf("%s: on the %s, gone is %v", c.name, day, gone != nil)
			}
			if gone != nil && gone.Since != c.gone {
				t.Errorf("%s: gone since %s, want %s", c.name, gone.Since, c.gone)
			}
		}
		if len(visible) > 0 {
			visible = visible[1:]
		}
		if visible != c.visible {
			t.Errorf("%s: visible on the days %q, want %q", c.name, visible, c.visible)
		}
	}
}

func TestAProductGoesWithItsSeller(t *testing.T) {
	v := catalog.Visibility{At: "2026-03-01"}
	product := func(seller, own catalog.Entry) *catalog.Product {
		return &catalog.Product{Entry: own, Seller: &catalog.Seller{Entry: seller}}
	}
	gone := func(since catalog.Date, reason string, purge bool) catalog.Entry {
		return catalog.Entry{Status: catalog.Unpublished, Withdrawal: &catalog.Withdrawal{
			Since: since, Reason: reason, Replacement: "acme/vault", Note: catalog.Text{reason}, Purge: purge,
		}}
	}
	published, draft := catalog.Entry{Status: catalog.Published}, catalog.Entry{Status: catalog.Draft}
	for _, c := range []struct {
		name   string
		p      *catalog.Product
		since  catalog.Date // "" where it is not gone
		reason string
		note   bool
		purge  bool
	}{
		{"both public", product(published, published), "", "", false, false},
		{"the seller left", product(gone("2026-02-01", "seller-left", false), published), "2026-02-01", "seller-left", false, false},
		{"the seller left and is purged", product(gone("2026-02-01", "legal", true), published), "2026-02-01", "legal", false, true},
		{"both are gone", product(gone("2026-02-01", "seller-left", false), gone("2026-01-15", "security", false)), "2026-01-15", "security", true, false},
		{"it says so later", product(gone("2026-02-01", "seller-left", true), gone("2026-02-15", "security", false)), "2026-02-01", "security", true, true},
		{"a draft of a seller who left", product(gone("2026-02-01", "seller-left", false), draft), "", "", false, false},
		{"the showcase is a draft", product(draft, gone("2026-02-01", "error", false)), "", "", false, false},
		{"the product alone", product(published, gone("2026-02-01", "error", false)), "2026-02-01", "error", true, false},
		{"published after the seller left", product(gone("2026-02-01", "seller-left", false), catalog.Entry{Status: catalog.Published, PublishOn: "2026-02-10"}), "", "", false, false},
	} {
		g := v.GoneProduct(c.p)
		if g == nil {
			if c.since != "" {
				t.Errorf("%s: it is not gone", c.name)
			}
			continue
		}
		if g.Since != c.since || g.Reason != c.reason || !g.Note.Empty() != c.note || (g.Replacement != "") != c.note || g.Purge != c.purge {
			t.Errorf("%s: %+v", c.name, *g)
		}
		if v.Product(c.p) {
			t.Errorf("%s: gone and visible", c.name)
		}
	}
}

func TestTheLatestVersionOfADay(t *testing.T) {
	images := []catalog.Image{{Region: "r", OMI: "ami-12345678"}}
	p := &catalog.Product{Versions: []catalog.Version{
		{Version: "4", Status: catalog.Draft, Released: "2026-01-01", Images: images},
		{Version: "3", Status: catalog.Published, Released: "2026-03-01", Images: images},
		{Version: "2", Status: catalog.Unpublished, Released: "2026-02-01", Gone: "2026-03-01", Images: images},
		{Version: "1", Status: catalog.Published, Released: "2026-01-01", Images: images},
		{Version: "0", Status: catalog.Unpublished, Released: "2026-01-20", Images: images}, // nobody knows since when
	}}
	for day, want := range map[catalog.Date]string{"2025-12-31": "", "2026-01-31": "1", "2026-02-01": "2", "2026-02-28": "2", "2026-03-01": "3"} {
		got := ""
		if n := p.Latest("r", catalog.Visibility{At: day}); n != nil {
			got = n.Version
		}
		if got != want {
			t.Errorf("on %s the latest version is %q, want %q", day, got, want)
		}
	}
	if n := p.Latest("r", catalog.Visibility{At: "2026-02-28", Drafts: true}); n == nil || n.Version != "3" {
		t.Errorf("a preview's latest version is %v, want the one that is released later", n)
	}
}

// An OMI product is there from the day of its first version.
func TestAProductBeginsWithItsFirstVersion(t *testing.T) {
	seller := &catalog.Seller{Entry: catalog.Entry{Status: catalog.Published}}
	p := &catalog.Product{Entry: catalog.Entry{Status: catalog.Published}, Seller: seller, Type: catalog.OMI, Versions: []catalog.Version{
		{Version: "2", Status: catalog.Published, Released: "2026-02-01"}, {Version: "1", Status: catalog.Unpublished, Released: "2026-01-03"},
	}}
	for day, want := range map[catalog.Date]bool{"2026-01-02": false, "2026-01-03": true, "2026-02-01": true} {
		if got := (catalog.Visibility{At: day}).Product(p); got != want {
			t.Errorf("visible on %s: %v", day, got)
		}
		if !(catalog.Visibility{At: day, Drafts: true}).Product(p) {
			t.Errorf("a preview of %s does not show it", day)
		}
	}
	p.Versions = nil
	if !(catalog.Visibility{At: "2026-01-01"}).Product(p) {
		t.Error("a product without versions is not visible")
	}
}
