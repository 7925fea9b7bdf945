package build

import (
	"encoding/binary"

	"vitrine/internal/stamp"
)

// writing puts together what is kept in a file.
type writing struct{ data []byte }

func (w *writing) digest(d digest) { w.data = append(w.data, d[:]...) }
func (w *writing) number(n int64)  { w.data = binary.AppendUvarint(w.data, uint64(n)) } //nolint:gosec // not negative
func (w *writing) text(s string)   { w.data = stamp.AppendText(w.data, s) }

func (w *writing) flag(on bool) {
	if on {
		w.number(1)
	} else {
		w.number(0)
	}
}

func (w *writing) texts(all []string) {
	w.number(int64(len(all)))
	for _, s := range all {
		w.text(s)
	}
}

// reader takes it apart. Where that fails, ok is false and all that follows is
// zero.
type reader struct {
	data []byte
	ok   bool
}

func (r *reader) digest() (d digest) {
	if len(r.data) < len(d) {
		r.fail()
		return d
	}
	d, r.data = digest(r.data), r.data[len(d):]
	return d
}

func (r *reader) number() int64 {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > 1<<62 {
		r.fail()
		return 0
	}
	r.data = r.data[size:]
	return int64(n)
}

// count reads a number of things of which each takes a byte at least.
func (r *reader) count() int {
	n := r.number()
	if n > int64(len(r.data)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) text() string {
	s, rest, ok := stamp.ReadText(r.data)
	if !ok {
		r.fail()
		return ""
	}
	r.data = rest
	return s
}

func (r *reader) texts() []string {
	n := r.count()
	var all []string
	for range n {
		all = append(all, r.text())
	}
	return all
}

func (r *reader) stamp() stamp.Stamp {
	s, rest, ok := stamp.Read(r.data)
	if !ok {
		r.fail()
		return s
	}
	r.data = rest
	return s
}

func (r *reader) fail() { r.data, r.ok = nil, false }
