package preview

import "vitrine/internal/diag"

// words are what the preview's script and its own pages say, in the author's
// language.
type words struct {
	Close   string `json:"close"`
	Edit    string `json:"edit"`
	Side    string `json:"side"`
	All     string `json:"all"`
	Preview string `json:"preview"`
	Failed  string `json:"failed"`

	Tag, Home, Entry, State, Findings, Pages, Page, Hidden string `json:"-"`
}

func newWords(b *diag.Book) words {
	return words{
		Close:   diag.Say("Close").In(b),
		Edit:    diag.Say("Open in the editor").In(b),
		Side:    diag.Say("Languages side by side").In(b),
		All:     diag.Say("All entries").In(b),
		Preview: diag.Say("Preview").In(b),
		Failed:  diag.Say("This page cannot be made").In(b),

		Tag:      diag.Say("en").In(b),
		Home:     diag.Say("To the catalog").In(b),
		Entry:    diag.Say("Entry").In(b),
		State:    diag.Say("State").In(b),
		Findings: diag.Say("Findings").In(b),
		Pages:    diag.Say("Pages").In(b),
		Page:     diag.Say("page").In(b),
		Hidden:   diag.Say("not on the site").In(b),
	}
}
