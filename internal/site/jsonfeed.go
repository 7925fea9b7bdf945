package site

import "encoding/json"

// The objects of JSON Feed 1.1 (jsonfeed.org).
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Home        string       `json:"home_page_url"`
	URL         string       `json:"feed_url"`
	Icon        string       `json:"favicon"`
	Language    string       `json:"language"`
	Authors     []jsonAuthor `json:"authors"`
	Items       []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Text      string       `json:"content_text"`
	Published string       `json:"date_published"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
}

// jsonFeed writes a feed as JSON Feed.
func (s *Site) jsonFeed(w *writer, l *lang, f *feed, items []item) error {
	here := s.absolute(l.Tag + "/")
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: l.Word("feed.title", "name", f.name(l)), Description: f.about(l),
		Home: here + f.path, URL: here + f.path + "feed.json", Icon: s.absolute(s.opt.Theme.Asset("icon.svg")),
		Language: l.Tag, Authors: []jsonAuthor{{l.frame.Site}}, Items: make([]jsonItem, 0, len(items)),
	}
	for i := range items {
		e := &items[i]
		j := jsonItem{ID: e.id, URL: here + e.Path, Title: e.Title, Text: e.Text, Published: stamp(e.When)}
		if e.Seller != "" {
			j.Authors = []jsonAuthor{{e.Seller}}
		}
		for _, t := range e.tags {
			j.Tags = append(j.Tags, t.Name)
		}
		out.Items = append(out.Items, j)
	}
	encoder := json.NewEncoder(&w.buffer)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}
