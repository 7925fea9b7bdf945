package themes

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every word that buyers read or hear comes from i18n/: a template has none of
// its own, in whatever language.
func TestTemplatesHaveNoWordsOfTheirOwn(t *testing.T) {
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	noscript := regexp.MustCompile(`</?noscript>`) // what is in it is read as a text
	letters := regexp.MustCompile(`\pL{2,}`)
	formats := regexp.MustCompile(`\b(Atom|JSON|RSS|Terraform|octl)\b`) // names of formats and programs are the same everywhere
	for _, f := range load(t, "default", nil).files {
		z := html.NewTokenizer(bytes.NewReader(noscript.ReplaceAll(action.ReplaceAll(f.data, nil), nil)))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				if z.Err() != io.EOF {
					t.Errorf("%s: %v", f.name, z.Err())
				}
				break
			}
			token := z.Token()
			if kind == html.TextToken && letters.MatchString(formats.ReplaceAllString(token.Data, "")) {
				t.Errorf("%s says %q itself: put it into i18n/", f.name, strings.TrimSpace(token.Data))
			}
			for _, a := range token.Attr {
				switch a.Key {
				case "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "label":
					if letters.MatchString(a.Val) {
						t.Errorf("%s says %q itself, in %s: put it into i18n/", f.name, a.Val, a.Key)
					}
				}
			}
		}
	}
}
