package themes

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// What the Content-Security-Policy of every page blocks, so that a browser would
// leave it out without a word: said when the theme is read.
var (
	action     = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	elsewhere  = regexp.MustCompile(`^\s*(?i:[a-z][a-z0-9+.-]*:|//|\\\\)`)
	notAllowed = []string{"applet", "audio", "base", "embed", "frame", "iframe", "object", "video"}
	// loading are the elements, and the attributes of them that load a file.
	loading = map[string][]string{
		"img": {"src", "srcset"}, "script": {"src"}, "source": {"src", "srcset"}, "input": {"src"},
		"image": {"href", "xlink:href"}, "use": {"href", "xlink:href"}, "form": {"action"}, "button": {"formaction"},
	}
	loadingLink = regexp.MustCompile(`(?i)\b(stylesheet|icon|preload|prefetch|modulepreload|manifest|preconnect|dns-prefetch)\b`)
)

// filler stands where an action was: no space, so that a script that is nothing
// but an action is a script with content, and no letter.
const filler = 0

// blocked says what a template has that the policy blocks.
func (f *faults) blocked(s *source) {
	text := action.ReplaceAllFunc([]byte(s.text), func(a []byte) []byte { return bytes.Repeat([]byte{filler}, len(a)) })
	for i := 0; i < len(text); {
		next := bytes.IndexByte(text[i:], '<')
		if next < 0 {
			return
		}
		i += next
		if bytes.HasPrefix(text[i:], []byte("<!--")) {
			end := bytes.Index(text[i:], []byte("-->"))
			if end < 0 {
				return
			}
			i += end
			continue
		}
		t := readTag(text, i)
		f.tag(s, t)
		i = t.end
		if t.name == "script" || t.name == "style" {
			end := bytes.Index(bytes.ToLower(text[i:]), []byte("</"+t.name))
			if end < 0 {
				return
			}
			if t.name == "script" && len(bytes.TrimSpace(text[i:i+end])) > 0 && !t.data() {
				f.at(s, t.at, "the Content-Security-Policy blocks scripts in the page: put it into a file of assets and load it with <script src=\"{{$.Asset \"name.js\"}}\" defer></script>")
			}
			i += end
		}
	}
}

// tag says what is blocked of one tag.
func (f *faults) tag(s *source, t *tag) {
	const policy = "the Content-Security-Policy blocks "
	switch {
	case t.name == "style":
		f.at(s, t.at, policy+"<style>: put its rules into assets/%s", customRules)
	case slices.Contains(notAllowed, t.name):
		f.at(s, t.at, policy+"<%s>: link to what it shows", t.name)
	}
	for _, a := range t.attributes {
		switch loads := loading[t.name]; {
		case a.name == "style":
			f.at(s, a.at, policy+"style=: give the element a class, and its rules to assets/%s", customRules)
		case strings.HasPrefix(a.name, "on") && len(a.name) > 2:
			f.at(s, a.at, policy+"%s=: add the listener in a script of assets", a.name)
		case a.name == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.value)), "javascript:"):
			f.at(s, a.at, policy+"javascript: addresses: use a button and a script of assets")
		case !elsewhere.MatchString(a.value):
		case slices.Contains(loads, a.name), t.name == "link" && a.name == "href" && loadingLink.MatchString(t.value("rel")):
			f.at(s, a.at, policy+"%s: pages load nothing from other hosts: put the file into assets and write {{$.Asset \"name\"}}", shorten(a.value))
		}
	}
}

// tag is an opening tag.
type tag struct {
	name       string // lower case; "" for what is none
	at, end    int    // from "<" to behind ">"
	attributes []attribute
}

type attribute struct {
	name, value string // the name in lower case
	at          int
}

func (t *tag) value(name string) string {
	for _, a := range t.attributes {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// data reports whether a script is no program: JSON for search engines.
func (t *tag) data() bool {
	kind := strings.ToLower(t.value("type"))
	return kind != "" && kind != "module" && !strings.Contains(kind, "javascript") && !strings.Contains(kind, "ecmascript")
}

// readTag reads the tag that begins at an offset.
func readTag(text []byte, at int) *tag {
	t := &tag{at: at, end: at + 1}
	i := at + 1
	until := func(stop string) string {
		from := i
		for i < len(text) && text[i] != filler && !strings.ContainsRune(stop, rune(text[i])) {
			i++
		}
		return string(text[from:i])
	}
	if t.name = strings.ToLower(until(" \t\n/><")); t.name == "" || t.name[0] < 'a' || t.name[0] > 'z' {
		t.name = ""
		return t
	}
	for i < len(text) && text[i] != '>' {
		from := i
		name := strings.ToLower(until(" \t\n/>="))
		if name == "" {
			i++
			continue
		}
		a := attribute{name: name, at: from}
		if i < len(text) && text[i] == '=' {
			i++
			if i < len(text) && (text[i] == '"' || text[i] == '\'') {
				quote := text[i]
				end := bytes.IndexByte(text[i+1:], quote)
				if end < 0 {
					end = len(text) - i - 1
				}
				a.value = string(text[i+1 : i+1+end])
				i = min(i+end+2, len(text))
			} else {
				a.value = until(" \t\n>")
			}
		}
		t.attributes = append(t.attributes, a)
	}
	t.end = min(i+1, len(text))
	return t
}
