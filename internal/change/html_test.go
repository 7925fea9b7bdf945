package change_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page makes the HTML page of a story.
func page(t *testing.T, name string) string {
	t.Helper()
	s := read(t, "testdata/"+name+".txtar")
	c := s.compare(t, "")
	var b bytes.Buffer
	if err := c.HTML(&b, s.options(t)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// element is one of a page's elements, with its attributes.
type element struct {
	name  string
	attrs map[string]string
}

func elementsOf(t *testing.T, document string) (all []element) {
	t.Helper()
	for z := html.NewTokenizer(strings.NewReader(document)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return all
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			token := z.Token()
			e := element{token.Data, map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Key] = a.Val
			}
			all = append(all, e)
		}
	}
}

// frames checks that a page runs and loads nothing, and returns the documents in
// its frames.
func frames(t *testing.T, document string, outer bool) (inside []string) {
	t.Helper()
	all := elementsOf(t, document)
	for _, e := range all {
		for key, v := range e.attrs {
			if strings.HasPrefix(key, "on") || (key == "src" || key == "href" || key == "action" || key == "poster" || key == "srcset") && !strings.HasPrefix(v, "data:image/") {
				t.Errorf("<%s %s=%q>", e.name, key, v)
			}
		}
		switch e.name {
		case "script", "link", "object", "embed", "base", "form":
			if e.name != "form" {
				t.Errorf("the page has <%s>", e.name)
			}
		case "iframe":
			if v, ok := e.attrs["sandbox"]; !ok || v != "" || !outer {
				t.Errorf("a frame without sandbox: %v", e.attrs)
			}
			inside = append(inside, e.attrs["srcdoc"])
		}
	}
	i := slices.IndexFunc(all, func(e element) bool { return e.name == "meta" && e.attrs["http-equiv"] != "" })
	if i < 0 || !strings.HasPrefix(all[i].attrs["content"], "default-src 'none'; style-src 'unsafe-inline'; img-src data:") {
		t.Error("the page has no policy")
	}
	return inside
}

// TestHTML: the page shows entries before and after, in each language, and neither
// it nor what it shows runs or loads anything.
func TestHTML(t *testing.T) {
	for _, test := range []struct {
		story string
		views []string // what the frames have, in their order: English before and after, then French
	}{
		{"text_both", []string{"Keps passwords", "Keeps passwords", "mots de pase", "mots de passe"}},
		{"price_draft", []string{"€10.00", "€1,250.50", "10,00", "1 250,50"}},
		{"rename", []string{"Use it.", "Use it.", "Utilisez-le.", "Utilisez-le."}},
		{"unpublish", []string{"Start it", "Relay does it all.", "Démarrez-le", "Relais fait tout."}},
		{"deletion", []string{"Use it.", "Utilisez-le."}},
		{"draft_published", []string{"Use it.", "Utilisez-le."}},
		{"hostile", []string{"Use it.", "@acme-team", "Utilisez-le.", "$(id)"}},
	} {
		t.Run(test.story, func(t *testing.T) {
			t.Parallel()
			got := frames(t, page(t, test.story), true)
			if len(got) != len(test.views) {
				t.Fatalf("%d frames, want %d", len(got), len(test.views))
			}
			for i, want := range test.views {
				frames(t, got[i], false)
				if !strings.Contains(strings.NewReplacer("\u202f", " ", "\u00a0", " ", "&#39;", "'").Replace(got[i]), want) {
					t.Errorf("frame %d has no %q", i, want)
				}
			}
		})
	}
}
