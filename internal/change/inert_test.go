package change_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements are those that a comment is made of.
const elements = " ul li details summary table tr td th code del ins b br p sub html head body tbody "

// inert looks at a comment as GitHub does: what is not in a code element is the
// program's own, elements are few and closed, and nothing in a code element is
// more than text.
func inert(t *testing.T, md string) {
	t.Helper()
	for _, wrong := range []string{"<img", "<a ", "<script", "<!--", "](", "```"} {
		if strings.Contains(md, wrong) {
			t.Errorf("the comment has %q", wrong)
		}
	}
	if at := regexp.MustCompile(`(?m)^\s*(::|##\[)|##\[`).FindString(md); at != "" {
		t.Errorf("the comment has a workflow command: %q", at)
	}
	var open []string
	outside := ""
	for z := html.NewTokenizer(strings.NewReader(md)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.TextToken:
			if !strings.Contains(strings.Join(open, " ")+" ", "code ") {
				outside += token.Data
			} else if raw := token.Data; strings.Contains(raw, "\n\n") {
				t.Errorf("a text ends its markup: %q", raw)
			}
		case html.StartTagToken:
			if !strings.Contains(elements, " "+token.Data+" ") {
				t.Errorf("the comment has an element %s", token.Data)
			}
			if token.Data != "br" {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %q", token.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%q are not closed", open)
	}
	if at := regexp.MustCompile(`@\w|https?:|www\.|\$\{|\$\(`).FindString(outside); at != "" {
		t.Errorf("outside of code elements, the comment has %q", at)
	}
}
