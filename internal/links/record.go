package links

import (
	"slices"
	"strings"
	"time"

	"vitrine/internal/record"
)

// RecordPath is where the record stands below the catalog's root. It is of one
// machine, and no part of the catalog.
const RecordPath = ".vitrine/links.json"

// Record is what asking for links told before, on this machine.
type Record struct {
	Version int               `json:"version"`
	Links   map[string]Result `json:"links"`
}

// ReadRecord reads the record below a catalog's root. Where there is none, or one
// that cannot be read, it is empty; the error then tells why.
func ReadRecord(root string) (*Record, error) {
	r := &Record{}
	known, err := record.Read(root, RecordPath, r)
	if !known {
		r = &Record{}
	}
	if r.Links == nil {
		r.Links = make(map[string]Result)
	}
	r.Version = record.Version
	return r, err
}

// Write writes the record below a catalog's root.
func (r *Record) Write(root string) error { return record.Write(root, RecordPath, r) }

// Due returns the links that were not asked for since a time, those first that
// have waited longest.
func (r *Record) Due(links []string, since time.Time) []string {
	due := slices.DeleteFunc(slices.Clone(links), func(l string) bool { return r.Links[l].Asked.After(since) })
	slices.SortStableFunc(due, func(a, b string) int {
		if c := r.Links[a].Asked.Compare(r.Links[b].Asked); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return due
}

// Add takes results into the record. A link that is in the state that it was in
// keeps the day from which it is.
func (r *Record) Add(results map[string]Result) {
	for link, now := range results {
		if was, ok := r.Links[link]; ok && was.State == now.State {
			now.Since = was.Since
		}
		r.Links[link] = now
	}
}

// Keep drops the links that are not in use any more.
func (r *Record) Keep(links []string) {
	used := make(map[string]bool, len(links))
	for _, l := range links {
		used[l] = true
	}
	for l := range r.Links {
		if !used[l] {
			delete(r.Links, l)
		}
	}
}
