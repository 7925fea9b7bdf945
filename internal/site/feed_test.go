package site_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html/atom"

	"vitrine/internal/catalog"
	"vitrine/internal/site"
)

// Atom as a reader sees it.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Icon    string      `xml:"icon"`
	Authors []string    `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr"`
	HrefLang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

type atomEntry struct {
	ID         string     `xml:"id"`
	Title      string     `xml:"title"`
	Updated    string     `xml:"updated"`
	Published  string     `xml:"published"`
	Summary    string     `xml:"summary"`
	Authors    []string   `xml:"author>name"`
	Links      []atomLink `xml:"link"`
	Categories []struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	} `xml:"category"`
}

func (f files) atom(t *testing.T, name string) (feed atomFeed) {
	t.Helper()
	if err := xml.Unmarshal(f[name], &feed); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, f[name])
	}
	return feed
}

// JSON Feed as a reader sees it.
type jsonFeed struct {
	Version  string `json:"version"`
	Title    string `json:"title"`
	Home     string `json:"home_page_url"`
	URL      string `json:"feed_url"`
	Language string `json:"language"`
	Items    []struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Text      string   `json:"content_text"`
		Published string   `json:"date_published"`
		Tags      []string `json:"tags"`
	} `json:"items"`
}

// TestFeedsKeepTheRules reads every feed as RFC 4287 and jsonfeed.org ask.
func TestFeedsKeepTheRules(t *testing.T) {
	const base = "https://catalog.example/below/"
	f, c := render(t, site.Options{BaseURL: base})
	exists := func(name, to string) {
		t.Helper()
		target, ok := strings.CutPrefix(to, base)
		if strings.HasSuffix(target, "/") {
			target += "index.html"
		}
		if !ok || f[target] == nil {
			t.Errorf("%s names %s, which is not there", name, to)
		}
	}
	feeds, entries := 0, 0
	ids := make(map[string]string) // of events to their titles: one event, one id
	for name := range f {
		if path.Base(name) != "feed.atom" {
			continue
		}
		feeds++
		tag, _, _ := strings.Cut(name, "/")
		a := f.atom(t, name)
		if a.Lang != tag || a.ID == "" || strings.TrimSpace(a.Title) == "" || len(a.Authors) != 1 || a.Authors[0] == "" {
			t.Errorf("%s lacks something: %+v", name, a)
		}
		exists(name, a.Icon)
		links := make(map[atomLink]bool)
		languages := 0
		for _, l := range a.Links {
			exists(name, l.Href)
			if l.Rel == "self" && (l.Href != base+name || l.Href != a.ID) {
				t.Errorf("%s says it is %s", name, l.Href)
			}
			if l.Type == "application/atom+xml" {
				languages++
			}
			l.Href = ""
			if links[l] {
				t.Errorf("%s has two links %+v", name, l)
			}
			links[l] = true
		}
		if languages != len(c.Languages) {
			t.Errorf("%s is linked with %d of %d languages", name, languages, len(c.Languages))
		}
		newest := moments(t, name, a.Updated)
		if len(a.Entries) == 0 && newest.Unix() != 0 || len(a.Entries) > 0 && a.Entries[0].Updated != a.Updated {
			t.Errorf("%s was updated %s, which is not its newest event", name, a.Updated)
		}
		if len(a.Entries) > 50 {
			t.Errorf("%s has %d entries", name, len(a.Entries))
		}

		var j jsonFeed
		jsonName := strings.TrimSuffix(name, "atom") + "json"
		if err := json.Unmarshal(f[jsonName], &j); err != nil {
			t.Fatalf("%s: %v", jsonName, err)
		}
		if j.Version != "https://jsonfeed.org/version/1.1" || j.Title != a.Title || j.URL != base+jsonName || j.Language != tag || j.Items == nil || len(j.Items) != len(a.Entries) {
			t.Errorf("%s lacks something, or is not as the Atom feed is: %.300s", jsonName, f[jsonName])
		}
		exists(jsonName, j.Home)

		seen := make(map[string]bool)
		for i, e := range a.Entries {
			entries++
			when := moments(t, name, e.Updated)
			if when.After(newest) || when.After(catalog.Date(at).Time().Add(24*time.Hour)) || e.Published != e.Updated {
				t.Errorf("%s: %s is out of order or in the future: %s", name, e.Title, e.Updated)
			}
			newest = when
			id, err := url.Parse(e.ID)
			if err != nil || id.Scheme != "tag" || seen[e.ID] || !strings.Contains(e.ID, ":"+tag+"/") {
				t.Errorf("%s: the id %q is none, or is there twice", name, e.ID)
			}
			seen[e.ID] = true
			if ids[e.ID] != "" && ids[e.ID] != e.Title {
				t.Errorf("%q and %q have the id %s", e.Title, ids[e.ID], e.ID)
			}
			ids[e.ID] = e.Title
			if e.Title == "" || e.Summary == "" || len(e.Authors) > 1 || len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
				t.Errorf("%s: an entry lacks something: %+v", name, e)
				continue
			}
			exists(name, e.Links[0].Href)
			if item := j.Items[i]; item.ID != e.ID || item.URL != e.Links[0].Href || item.Title != e.Title || item.Text != e.Summary || item.Published != e.Updated || len(item.Tags) != len(e.Categories) {
				t.Errorf("%s: item %d is not as the entry is: %+v", jsonName, i, item)
			}
		}
	}
	if want := 2 * (1 + len(c.Categories) + len(c.Services)); feeds < want+20 || entries < 200 {
		t.Errorf("only %d feeds with %d entries were looked at", feeds, entries)
	}
}

// moments reads a time as RFC 3339 has it.
func moments(t *testing.T, name, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	if err != nil || !strings.HasSuffix(s, "Z") {
		t.Errorf("%s: %q is no time in UTC: %v", name, s, err)
	}
	return when
}

// Every page names the catalog's feeds, and those of sellers and categories
// their own.
func TestFeedsAreFound(t *testing.T) {
	f, _ := render(t, site.Options{})
	own := 0
	for name, page := range f.indexed(t) {
		tag, rest, _ := strings.Cut(name, "/")
		if rest == "" {
			continue
		}
		want := map[string]bool{"/" + tag + "/feed.atom": true, "/" + tag + "/feed.json": true}
		if parts := strings.Split(rest, "/"); len(parts) > 2 && (parts[0] == "sellers" || parts[0] == "categories") && parts[1] != "page" {
			own++
			beside := "/" + tag + "/" + parts[0] + "/" + parts[1]
			want[beside+"/feed.atom"], want[beside+"/feed.json"] = true, true
		}
		for n := range page.Descendants() {
			if kind := attr(n, "type"); n.DataAtom != atom.Link || attr(n, "rel") != "alternate" || kind == "" || kind == "application/json" {
				continue
			}
			to := attr(n, "href")
			if !want[to] || attr(n, "title") == "" || f[strings.TrimPrefix(to, "/")] == nil {
				t.Errorf("%s names the feed %s", name, to)
			}
			delete(want, to)
		}
		if len(want) > 0 {
			t.Errorf("%s does not name %v", name, want)
		}
	}
	if own < 20 {
		t.Errorf("only %d pages have a feed of their own", own)
	}
}

func TestFeedsCarryAnyText(t *testing.T) {
	for _, title := range []string{`</script><b>&amp; "quotes" 'too'`, "{{.Title}} ]]>", "עברית مرحبا", "\u200b日本語", strings.Repeat("W", 80)} {
		p := product("p", title, catalog.Published)
		p.Published = moment("2026-02-01")
		f := renderCatalog(t, shop(seller("acme", title, p)), "2026-07-15")
		var j jsonFeed
		if err := json.Unmarshal(f["en/feed.json"], &j); err != nil {
			t.Fatal(err)
		}
		want := "New product: " + title + ", by " + title
		if a := f.atom(t, "en/feed.atom").Entries[0]; a.Title != want || a.Authors[0] != title || j.Items[0].Title != want {
			t.Errorf("%q became %q, by %q, and %q", title, a.Title, a.Authors, j.Items[0].Title)
		}
	}
}

// A feed of no events is a feed, and the same one tomorrow.
func TestFeedWithoutEvents(t *testing.T) {
	today, tomorrow := renderCatalog(t, shop(), "2026-07-15"), renderCatalog(t, shop(), "2026-07-16")
	for _, name := range []string{"en/feed.atom", "fr/feed.json", "en/categories/security/feed.atom"} {
		if !bytes.Equal(today[name], tomorrow[name]) || len(today[name]) == 0 {
			t.Errorf("%s differs between two days: %s", name, tomorrow[name])
		}
	}
	if a := today.atom(t, "en/feed.atom"); a.Updated == "" || a.ID == "" {
		t.Errorf("the feed lacks something: %+v", a)
	}
}
