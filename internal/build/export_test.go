package build

import (
	"crypto/sha256"
	"time"
)

// Trust takes the catalog's files for files that were not written just now, as
// they are where people edit them and programs do not.
func (m *Memory) Trust() {
	m.Look()
	m.tree.Looked = m.tree.Looked.Add(time.Hour)
	if m.id == (digest{}) {
		m.id, m.known = sha256.Sum256(m.tree.Append(nil)), false
	}
}
