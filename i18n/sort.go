package i18n

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sorter makes the keys that a language's texts are sorted by, and remembers
// them: a catalog is sorted again at each save while it is looked at, and
// comparing texts afresh would take most of that.
type sorter struct {
	keys     sync.Map   // text to key
	mu       sync.Mutex // of the collator
	collator *collate.Collator
	buffer   collate.Buffer
}

func newSorter(tag language.Tag) *sorter { return &sorter{collator: collate.New(tag, collate.Numeric)} }

// SortKey returns the bytes that a text is sorted by: as the language sorts it,
// é beside e, case last, numbers by their value.
func (l *Language) SortKey(text string) string {
	s := l.sorter
	if k, known := s.keys.Load(text); known {
		return k.(string)
	}
	s.mu.Lock()
	k := string(s.collator.KeyFromString(&s.buffer, text))
	s.buffer.Reset()
	s.mu.Unlock()
	s.keys.Store(text, k)
	return k
}

// Sorter returns a function that compares texts by their keys.
func (l *Language) Sorter() func(a, b string) int {
	return func(a, b string) int { return strings.Compare(l.SortKey(a), l.SortKey(b)) }
}
