package site_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/internal/site"
)

// sayings are the phrases of a language's interface that another one does not
// have, by what finds them in the texts of a page.
func sayings(t *testing.T, tag, other string) map[string]*regexp.Regexp {
	t.Helper()
	theirs := interfaceTexts(t, other)
	found := make(map[string]*regexp.Regexp)
	for text := range interfaceTexts(t, tag) {
		if theirs[text] || len(text) < 3 {
			continue
		}
		pattern := regexp.QuoteMeta(text)
		pattern = regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(pattern, `.{1,80}?`)
		if strings.Trim(pattern, ".{}180,? ") == "" {
			continue // nothing but what others fill in
		}
		found[text] = regexp.MustCompile(`^` + pattern + `$`)
	}
	return found
}

// interfaceTexts returns every text of i18n/<tag>.yaml.
func interfaceTexts(t *testing.T, tag string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("../../i18n/" + tag + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Words map[string]any `yaml:"words"`
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]bool)
	for _, word := range file.Words {
		switch w := word.(type) {
		case string:
			texts[plain(w)] = true
		case map[string]any:
			for _, form := range w {
				texts[plain(fmt.Sprint(form))] = true
			}
		}
	}
	return texts
}

// A French page has no English word of the interface, and the reverse: neither
// in what is read nor in what is heard.
func TestPagesAreInOneLanguage(t *testing.T) {
	f, _ := render(t, site.Options{})
	for _, pair := range [][2]string{{"fr", "en"}, {"en", "fr"}} {
		foreign := sayings(t, pair[1], pair[0])
		if len(foreign) < 80 {
			t.Fatalf("only %d phrases are in %s alone", len(foreign), pair[1])
		}
		exact := make(map[string]string, len(foreign))
		var patterns []*regexp.Regexp
		for text, re := range foreign {
			if strings.Contains(text, "{") {
				patterns = append(patterns, re)
			} else {
				exact[text] = text
			}
		}
		seen := make(map[string]bool) // the same texts are on many pages
		for name, page := range f.pages(t) {
			if !strings.HasPrefix(name, pair[0]+"/") {
				continue
			}
			for _, text := range spoken(page, pair[0]) {
				if seen[text] {
					continue
				}
				seen[text] = true
				is := exact[text]
				for _, re := range patterns {
					if is == "" && re.MatchString(text) {
						is = re.String()
					}
				}
				if is != "" {
					t.Errorf("%s says %q, which is %s: %s", name, text, pair[1], is)
				}
			}
		}
		if len(seen) < 500 {
			t.Errorf("only %d texts were found in %s", len(seen), pair[0])
		}
	}
}

// plain returns a text with one plain space wherever it has any.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// spoken returns the texts of a page in its language: what is read, and what
// is heard instead. What entries say in their body is theirs.
func spoken(n *html.Node, tag string) []string {
	var texts []string
	add := func(s string) {
		if s = plain(s); s != "" {
			texts = append(texts, s)
		}
	}
	switch {
	case n.DataAtom == atom.Script, n.DataAtom == atom.Style, n.DataAtom == atom.Code:
		return nil
	case attr(n, "lang") != "" && attr(n, "lang") != tag:
		return nil
	case strings.Contains(" "+attr(n, "class")+" ", " prose ") && n.DataAtom == atom.Div:
		return nil
	case n.Type == html.TextNode:
		add(n.Data)
	}
	for _, key := range []string{"alt", "aria-label", "placeholder", "title"} {
		add(attr(n, key))
	}
	for c := range n.ChildNodes() {
		texts = append(texts, spoken(c, tag)...)
	}
	return texts
}
