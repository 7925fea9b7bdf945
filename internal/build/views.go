package build

import (
	"encoding/base64"
	"fmt"
	"mime"
	"path"
	"regexp"
	"strings"

	"vitrine/internal/change"
	"vitrine/internal/site"
)

// What a page with entries before and after may hold.
const (
	maxViewed   = 12        // entries
	maxViews    = 8_000_000 // bytes of all of them
	maxPictures = 200_000   // bytes of one view's pictures, as they are on the site
)

// views renders the entries of a change before and after, in each language, and
// tells of how many it did not. What buyers see on no side is shown as a preview
// with drafts shows it.
func (p *pair) views(c *change.Change) (views []change.View, left int) {
	preview := &pair{judged: p.judged, opt: p.opt}
	preview.opt.Drafts = true
	size, shown := 0, 0
	for i, e := range c.Entries {
		if e.Kind == "catalog" || e.Change == "formatting" || e.Change == "unreadable" {
			continue
		}
		sites := p
		if e.Seen == "no" {
			if preview.now == nil && !preview.plan() {
				left++
				continue
			}
			sites = preview
		}
		if shown++; shown > maxViewed || size > maxViews {
			left++
			continue
		}
		from := e.From
		if from == "" {
			from = e.Ref
		}
		for _, l := range c.Languages {
			v := change.View{Entry: i, Language: l}
			var a, b int
			v.Was, a = view(sites.was, l, e.Kind, from)
			v.Now, b = view(sites.now, l, e.Kind, e.Ref)
			v.Pictures = a + b
			if v.Was+v.Now == "" {
				continue
			}
			size += len(v.Was) + len(v.Now)
			views = append(views, v)
		}
	}
	if left += c.Counts.Entries - len(c.Entries); left < 0 {
		left = 0
	}
	return views, left
}

var (
	mainPart    = regexp.MustCompile(`(?s)<main\b.*</main>`)
	sheets      = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
	pictures    = regexp.MustCompile(` src="([^"]+)"`)
	unreachable = strings.NewReplacer(` href="`, ` title="`, ` id="content"`, ``)
)

// view renders an entry's card and page as a document that loads nothing: styles
// and pictures are in it, links lead nowhere. It says how many pictures there was
// no room for. It is "" where the site has no such page.
func view(s *site.Site, language, kind, ref string) (document string, left int) {
	folder := map[string]string{"product": "products", "seller": "sellers", "page": "pages"}[kind]
	data, err := page(s, path.Join(language, folder, ref)+"/")
	if err != nil || data == nil {
		return "", 0
	}
	text := string(data)
	var style strings.Builder
	for _, m := range sheets.FindAllStringSubmatch(text, -1) {
		style.Write(fileOf(s, m[1]))
	}
	body := mainPart.FindString(text)
	if p := s.Catalog().Product(ref); kind == "product" && p != nil {
		if card := s.Card(language, p); card != "" {
			body = `<div class="wrap"><ul class="cards">` + card + `</ul></div>` + body
		}
	}
	room := maxPictures
	body = pictures.ReplaceAllStringFunc(unreachable.Replace(body), func(attribute string) string {
		name := pictures.FindStringSubmatch(attribute)[1]
		data := fileOf(s, name)
		if room -= len(data); data == nil || room < 0 {
			left++
			return ""
		}
		return fmt.Sprintf(` src="data:%s;base64,%s"`, mime.TypeByExtension(path.Ext(name)), base64.StdEncoding.EncodeToString(data))
	})
	return `<!doctype html><html lang="` + language + `"><head><meta charset="utf-8">` +
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">` +
		`<meta name="viewport" content="width=device-width"><style>` + strings.ReplaceAll(style.String(), "</", `<\/`) + `</style></head><body>` + body + `</body></html>`, left
}

// fileOf returns a file of the site by its address on it, or nil.
func fileOf(s *site.Site, address string) (data []byte) {
	name, ok := strings.CutPrefix(address, s.Base())
	if !ok {
		return nil
	}
	u := s.Unit(name)
	if u == nil {
		return nil
	}
	_ = s.Render(u, func(p string, d []byte) error {
		if p == name {
			data = append([]byte{}, d...)
		}
		return nil
	})
	return data
}
