package themes

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Asset is a file that pages load: a style sheet, an icon.
type Asset struct {
	Name string // in the theme: style.css
	Path string // on the site: assets/style.1a2b3c4d.css, so that caches may keep it for ever
	Data []byte
}

// styleSheet is what every page loads. The rules of the layers' custom.css are
// put behind it, so that a few of them need neither a copy of the style sheet nor
// a request of their own.
const (
	styleSheet  = "style.css"
	customRules = "custom.css"
)

var assetName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// assets reads the assets of all layers, in the order of their names.
func (f *faults) assets(layers []*layer) []Asset {
	files := make(map[string][]*source) // what a style sheet is made from, else one file
	var custom []*source
	for _, l := range layers {
		for _, s := range f.read(l, "assets", maxAsset) {
			switch {
			case !assetName.MatchString(s.name):
				f.file(s.path, "rename it: an asset's name has letters, digits, dots, hyphens and underscores")
			case path.Ext(s.name) != ".css":
				files[s.name] = []*source{s}
			case len(f.texts([]*source{s})) == 0:
			case s.name == customRules:
				custom = append(custom, s)
			default:
				files[s.name] = []*source{s}
			}
		}
	}
	if len(custom) > 0 {
		files[styleSheet] = append(files[styleSheet], custom...)
	}
	var all []Asset
	known := make(map[string]string)          // name to the name on the site
	for _, css := range []bool{false, true} { // style sheets refer to other files
		for _, name := range slices.Sorted(maps.Keys(files)) {
			parts := files[name]
			if css != (path.Ext(name) == ".css") {
				continue
			}
			var data []byte
			for i, s := range parts {
				if css {
					s.data = f.addresses(s, known)
				}
				if i > 0 {
					data = append(data, '\n')
				}
				data = append(data, s.data...)
			}
			digest := sha256.Sum256(data)
			ext := path.Ext(name)
			a := Asset{name, fmt.Sprintf("assets/%s.%x%s", strings.TrimSuffix(name, ext), digest[:4], ext), data}
			all = append(all, a)
			if !css {
				known[name] = path.Base(a.Path)
			}
		}
	}
	slices.SortFunc(all, func(a, b Asset) int { return strings.Compare(a.Name, b.Name) })
	return all
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssAddress = regexp.MustCompile(`(?i)\burl\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]*))\s*\)`)
	cssImport  = regexp.MustCompile(`(?i)@import\b`)
)

// addresses puts the names that files have on the site into a style sheet:
// url(font.woff2) becomes url("font.1a2b3c4d.woff2").
func (f *faults) addresses(s *source, known map[string]string) []byte {
	// Comments are blanked, so that offsets stay.
	css := cssComment.ReplaceAllFunc(s.data, func(comment []byte) []byte { return bytes.Repeat([]byte(" "), len(comment)) })
	for _, m := range cssImport.FindAllIndex(css, -1) {
		f.at(s, m[0], "@import would be one more request before the page shows: put its rules into %s", customRules)
	}
	var out []byte
	last := 0
	for _, m := range cssAddress.FindAllSubmatchIndex(css, -1) {
		to := ""
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				to = string(css[m[g]:m[g+1]])
			}
		}
		u, err := url.Parse(to)
		switch {
		case strings.HasPrefix(to, "#"):
			continue
		case err == nil && (u.Scheme != "" || u.Host != ""):
			f.at(s, m[0], "the Content-Security-Policy blocks url(%s): put the file into assets and write url(name-of-the-file)", shorten(to))
			continue
		case err != nil || known[u.Path] == "":
			f.at(s, m[0], "the theme has no asset %q%s", shorten(to), mean(to, slices.Sorted(maps.Keys(known))...))
			continue
		}
		u.Path = known[u.Path]
		out = append(append(out, s.data[last:m[0]]...), `url("`+u.String()+`")`...)
		last = m[1]
	}
	return append(out, s.data[last:]...)
}

// shorten keeps an address from filling a message.
func shorten(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Asset returns where an asset stands on the site, or "".
func (t *Theme) Asset(name string) string {
	for _, a := range t.Assets {
		if a.Name == name {
			return a.Path
		}
	}
	return ""
}
