package stamp

import (
	"encoding/binary"
	"maps"
	"os"
	"slices"
	"time"
)

// The form in which stamps are kept in a file. Its reader takes any bytes.

const stampBytes = 4 + 4*8

// Append writes a stamp behind what is there.
func (s *Stamp) Append(to []byte) []byte {
	to = binary.LittleEndian.AppendUint32(to, uint32(s.Mode))
	for _, n := range []uint64{uint64(s.Size), uint64(s.Modified), uint64(s.Changed), s.Inode} { //nolint:gosec // the same bits
		to = binary.LittleEndian.AppendUint64(to, n)
	}
	return to
}

// Read reads a stamp and returns what follows it; ok is false where there is none.
func Read(from []byte) (s Stamp, rest []byte, ok bool) {
	if len(from) < stampBytes {
		return s, nil, false
	}
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(from[4+8*i:]) }
	s = Stamp{
		Mode: os.FileMode(binary.LittleEndian.Uint32(from)),
		Size: int64(at(0)), Modified: int64(at(1)), Changed: int64(at(2)), Inode: at(3), //nolint:gosec // the same bits
	}
	return s, from[stampBytes:], true
}

// AppendText writes a text behind what is there.
func AppendText(to []byte, s string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(s))), s...)
}

// ReadText reads a text.
func ReadText(from []byte) (s string, rest []byte, ok bool) {
	n, rest, ok := ReadNumber(from)
	if !ok || n > len(rest) {
		return "", nil, false
	}
	return string(rest[:n]), rest[n:], true
}

// ReadNumber reads a number of things that follow: there are not more than bytes.
func ReadNumber(from []byte) (n int, rest []byte, ok bool) {
	v, size := binary.Uvarint(from)
	if size <= 0 || v > uint64(len(from)) {
		return 0, nil, false
	}
	return int(v), from[size:], true //nolint:gosec // no more than bytes
}

// Append writes a tree behind what is there.
func (t *Tree) Append(to []byte) []byte {
	to = binary.LittleEndian.AppendUint64(to, uint64(t.Looked.UnixNano())) //nolint:gosec // the same bits
	to = binary.AppendUvarint(to, uint64(len(t.tops)))
	for _, top := range t.tops {
		to = AppendText(to, top)
	}
	to = binary.AppendUvarint(to, uint64(len(t.Folders)))
	for _, dir := range slices.Sorted(maps.Keys(t.Folders)) {
		f := t.Folders[dir]
		to = f.Stamp.Append(AppendText(to, dir))
		to = binary.AppendUvarint(to, uint64(len(f.In)))
		for i := range f.In {
			to = f.In[i].Stamp.Append(AppendText(to, f.In[i].Name))
		}
	}
	return to
}

// ReadTree reads a tree.
func ReadTree(from []byte) (t *Tree, rest []byte, ok bool) {
	if len(from) < 8 {
		return nil, nil, false
	}
	t = &Tree{Looked: time.Unix(0, int64(binary.LittleEndian.Uint64(from)))} //nolint:gosec // the same bits
	n, from, ok := ReadNumber(from[8:])
	if !ok {
		return nil, nil, false
	}
	for range n {
		var top string
		if top, from, ok = ReadText(from); !ok {
			return nil, nil, false
		}
		t.tops = append(t.tops, top)
	}
	if n, from, ok = ReadNumber(from); !ok {
		return nil, nil, false
	}
	t.Folders = make(map[string]*Folder, n)
	for range n {
		var dir string
		f := new(Folder)
		if dir, from, ok = ReadText(from); !ok {
			return nil, nil, false
		}
		if f.Stamp, from, ok = Read(from); !ok {
			return nil, nil, false
		}
		var in int
		if in, from, ok = ReadNumber(from); !ok {
			return nil, nil, false
		}
		f.In = make([]Named, in)
		for i := range f.In {
			if f.In[i].Name, from, ok = ReadText(from); !ok {
				return nil, nil, false
			}
			if f.In[i].Stamp, from, ok = Read(from); !ok {
				return nil, nil, false
			}
		}
		t.Folders[dir] = f
	}
	return t, from, true
}
