// Package change says what a change of the catalog means for buyers: which
// entries, pages, texts, prices, links and files differ, who has to act, and
// whether it is small enough to need no second look.
//
// A Change is a JSON document. It may come from a stranger (Read), so whatever
// it holds is data: what is printed of it is inert.
package change

// Version is the version of the document's form.
const Version = 1

// Change is a change of the catalog. It is the JSON document of vitrine diff.
type Change struct {
	Version   int       `json:"version" doc:"Version of the document's form."`
	Lang      string    `json:"lang" enum:"en,fr" doc:"The language of its sentences."`
	Base      Commit    `json:"base" doc:"What the change began from."`
	Head      Commit    `json:"head" doc:"What it leads to; without a commit, the files of the working tree."`
	Actor     string    `json:"actor,omitempty" doc:"GitHub handle of who makes the change."`
	Verdict   string    `json:"verdict" enum:"ok,warnings,errors" doc:"The worst finding that the change brings."`
	Trivial   bool      `json:"trivial" doc:"It corrects spelling or form, or adds a patch version, in a folder of the actor's own, and nothing else."`
	Why       []string  `json:"why" doc:"What makes it trivial, or what does not: sentences."`
	Labels    []string  `json:"labels" doc:"What kinds of changes it makes, from a fixed list."`
	Next      Next      `json:"next" doc:"Who has to act."`
	Languages []string  `json:"languages" doc:"The catalog's languages."`
	Currency  string    `json:"currency" doc:"The currency of amounts."`
	Counts    Counts    `json:"counts" doc:"How many there are, also of what is not listed."`
	Entries   []Entry   `json:"entries" doc:"Products, showcases, pages and catalog.yaml."`
	Pages     []Page    `json:"pages" doc:"Pages of the site that appear, change or go. Lists, search and feeds that show them follow and are not named unless they appear or go."`
	Outside   []File    `json:"outside" doc:"Files outside of the sellers' folders."`
	Findings  []Finding `json:"findings" doc:"What the rules say, the worst first."`

	// Views renders what changed, before and after, and tells of how many entries it
	// did not. It is nil of a change that was read.
	Views func() (views []View, left int) `json:"-"`
}

// View is how an entry looks in a language, before and after: its card and its
// page, or the notice of what is gone. A side without a document has nothing.
type View struct {
	Entry    int    // its place in Entries
	Language string // a tag
	Was, Now string // HTML documents that load nothing
	Pictures int    // that there was no room for
}

// Commit is a state of the catalog.
type Commit struct {
	Ref    string `json:"ref,omitempty" doc:"How it was named."`
	Commit string `json:"commit,omitempty" doc:"Its hash, abbreviated."`
	Behind bool   `json:"behind,omitempty" doc:"What ref names has moved on since."`
}

// Next is who has to act.
type Next struct {
	Who     string   `json:"who" enum:"author,maintainers,reviewers,staff,nobody"`
	Handles []string `json:"handles" doc:"GitHub handles, as the base has them; the author's is the actor's."`
	Text    string   `json:"text" doc:"What they have to do, a sentence."`
}

// Counts are how many there are.
type Counts struct {
	Files    int `json:"files" doc:"Files that the change touches."`
	Entries  int `json:"entries"`
	Pages    int `json:"pages"`
	Outside  int `json:"outside"`
	Errors   int `json:"errors" doc:"Findings that the change brings."`
	Warnings int `json:"warnings"`
	Before   int `json:"before" doc:"Findings that were there before."`
}

// Entry is an entry that changed.
type Entry struct {
	Kind    string  `json:"kind" enum:"product,seller,page,catalog"`
	Ref     string  `json:"ref" doc:"seller/product, the seller's or the page's name; empty of the catalog."`
	Source  string  `json:"source" doc:"Its file."`
	Name    string  `json:"name" doc:"Its title in the catalog's first language."`
	Change  string  `json:"change" enum:"added,changed,renamed,published,unpublished,republished,deleted,formatting,unreadable" doc:"What happened to it; formatting: it says the same as before."`
	From    string  `json:"from,omitempty" doc:"The ref that it had before."`
	Status  string  `json:"status,omitempty" doc:"Its publication status; of one that was deleted, what it was."`
	Seen    string  `json:"seen" enum:"no,yes,appears,goes" doc:"Whether buyers see it."`
	Fields  []Field `json:"fields" doc:"What it says otherwise, in the order of the schema; the text comes last."`
	Links   []Link  `json:"links" doc:"Addresses of other hosts that it has got or lost."`
	Files   []File  `json:"files" doc:"Files of its folder."`
	Omitted int     `json:"omitted,omitempty" doc:"Fields, links and files that are not listed."`
}

// Field is a value that differs.
type Field struct {
	Path   []string `json:"path" doc:"Keys, and what names the items of lists: offers, standard, rate. body is the text below the front matter."`
	Form   string   `json:"form" enum:"text,word,amount,date,link,file,list,item,other,body" doc:"What it is; item: an item of a list that came or went as a whole."`
	Change string   `json:"change" enum:"added,removed,changed"`
	Was    []string `json:"was,omitempty" doc:"One value, or one a language, or a list's items."`
	Now    []string `json:"now,omitempty"`
	Texts  []Text   `json:"texts,omitempty" doc:"Of texts, instead of was and now: the words that differ, in the languages in which they do."`
}

// Text is how a text differs in a language.
type Text struct {
	Language string `json:"language" doc:"Its tag; empty of a text without languages."`
	Runs     []Run  `json:"runs" doc:"The text, run by run."`
}

// Run is a run of words.
type Run struct {
	Is   string `json:"is" enum:"same,old,new,cut" doc:"cut: words that are the same, or too many, and left out."`
	Text string `json:"text"`
}

// Link is an address of another host.
type Link struct {
	Change string `json:"change" enum:"added,removed"`
	URL    string `json:"url"`
	Host   string `json:"host"`
}

// File is a file that was touched.
type File struct {
	Path   string `json:"path" doc:"Below the catalog's root; ../ is outside of it."`
	Change string `json:"change" enum:"added,removed,changed"`
	Area   string `json:"area" enum:"entry,settings,page,prices,theme,words,workflow,other" doc:"What it belongs to."`
	Was    *Size  `json:"was,omitempty"`
	Now    *Size  `json:"now,omitempty"`
}

// Size is how large a file is.
type Size struct {
	Bytes  int64 `json:"bytes"`
	Width  int   `json:"width,omitempty" doc:"In pixels, of pictures."`
	Height int   `json:"height,omitempty"`
}

// Page is a page of the site.
type Page struct {
	Path   string `json:"path" doc:"Below the site's root."`
	Change string `json:"change" enum:"appears,changes,goes" doc:"Also of a page in whose place a redirect or a notice stands, or stood."`
	Was    string `json:"was,omitempty" enum:"page,list,redirect,notice" doc:"What stood there; notice: a small page that says what is gone."`
	Now    string `json:"now,omitempty" enum:"page,list,redirect,notice"`
}

// Finding is what a rule says.
type Finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity" enum:"error,warning"`
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Help     string `json:"help"`
	Before   bool   `json:"before,omitempty" doc:"It was there before the change."`
}

// What a document lists at most; the counts tell of the rest.
const (
	maxEntries  = 200
	maxPages    = 400
	maxOutside  = 300
	maxFindings = 300
	maxOfEntry  = 150    // fields, links, files of an entry
	maxRuns     = 600000 // bytes of all texts
)
