package check

import (
	"crypto/sha256"
	"os"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/markdown"
)

// Texts keeps what the texts of entries look like from the check, which parses
// them, until a build shows them: in a file, since together they are larger than
// all else that a build holds. It knows an entry by the digest of its source, so
// that it never gives another text than that which was checked.
//
// It is a help, no more: what it does not have, because nobody checked the text
// in this run or the disk is full, is parsed again. A nil *Texts has nothing.
type Texts struct {
	mu     sync.Mutex
	file   *os.File
	size   int64
	places map[[sha256.Size]byte]textPlace
}

// textPlace is where the texts of an entry stand in the file.
type textPlace struct {
	from    int64
	lengths []int32 // of each language's text, in their order
}

// KeepTexts makes a place for texts. The file that it needs is gone when Close
// was called, or when the program ends.
func KeepTexts() *Texts {
	t := &Texts{}
	f, err := os.CreateTemp("", "vitrine-*")
	if err != nil {
		return t
	}
	_ = os.Remove(f.Name()) // an open file needs no name, save on Windows: see Close
	t.file, t.places = f, make(map[[sha256.Size]byte]textPlace)
	return t
}

// Close gives the file back. From then on the texts are gone.
func (t *Texts) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file != nil {
		_ = t.file.Close()
		_ = os.Remove(t.file.Name())
		t.file, t.places = nil, nil
	}
}

// keep keeps the texts of an entry, which stand behind each other.
func (t *Texts) keep(e *catalog.Entry, all []byte, lengths []int32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file == nil {
		return
	}
	from := t.size
	t.size += int64(len(all))
	if _, err := t.file.WriteAt(all, from); err == nil {
		t.places[e.Digest] = textPlace{from, lengths}
	}
}

// Of returns an entry's text in each language; nil where they were not kept.
func (t *Texts) Of(e *catalog.Entry) []markdown.Text {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	p, kept := t.places[e.Digest]
	file := t.file
	t.mu.Unlock()
	if !kept {
		return nil
	}
	n := 0
	for _, length := range p.lengths {
		n += int(length)
	}
	all := make([]byte, n)
	if _, err := file.ReadAt(all, p.from); err != nil {
		return nil
	}
	texts := make([]markdown.Text, len(p.lengths))
	for i, length := range p.lengths {
		texts[i], all = all[:length:length], all[length:]
	}
	return texts
}
