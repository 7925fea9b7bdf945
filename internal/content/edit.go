package content

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"vitrine/internal/diag"
)

// Edit is one change of a source file's values. Values are given as string (a
// text as it reads: quotes are put where they are needed), as map[string]any
// and []any of such, or as nil, which is written as nothing behind the colon.
type Edit struct {
	path  []any // keys as strings, items as numbers from 0
	value any
	op    editOp
}

type editOp uint8

const (
	opSet editOp = iota
	opDelete
	opInsert
)

// Set gives the value at a path another one. Keys on the way that are not there
// are added at their canonical place. Of keys and values, and of lists, only
// what differs is written anew.
func Set(value any, path ...any) Edit { return Edit{path, value, opSet} }

// Delete removes a key or an item. Comments on its lines stay. What is not
// there need not be removed.
func Delete(path ...any) Edit { return Edit{path, nil, opDelete} }

// Insert puts an item into a list, before the one that the path ends with; a
// list that is not there is added.
func Insert(value any, path ...any) Edit { return Edit{path, value, opInsert} }

// Rewrite returns the bytes of a source file with its values edited. All other
// bytes are as they were: comments, order, empty lines, quotes, line ends. New
// parts are written as their neighbours are: in brackets or in lines of their
// own. The languages are the catalog's.
//
// An error says that the file cannot be read, that a path leads nowhere, or that
// the file is written in a way that its edited form would not keep.
func Rewrite(file SourceFile, data []byte, languages []string, edits ...Edit) (after []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			after, err = nil, fmt.Errorf("%s: the program failed on this file; this is a fault of vitrine, please report it: %v", file.Path, p)
		}
	}()
	before, err := editable(file, data)
	if err != nil {
		return nil, err
	}
	want := before.Front.clone()
	after = data
	for _, e := range edits {
		if err := want.apply(e); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Path, err)
		}
		if after, err = rewrite(file, after, languages, e); err != nil {
			return nil, err
		}
	}
	now, err := editable(file, after)
	if err != nil || !holds(want, now.Front) || !bytes.Equal(before.Text(), now.Text()) || !before.sameComments(now) {
		return nil, fmt.Errorf("%s: %w", file.Path, errUneditable)
	}
	return after, nil
}

// errUneditable stands for what the editing engine does not do: it leaves such a
// file to its author.
var errUneditable = errors.New("is written in a way that the program does not change by itself: make this change in an editor")

// Unreadable says why a source file cannot be edited before somebody corrects it.
type Unreadable struct {
	Findings []diag.Finding // errors, at least one
}

// Error names the first place.
func (u *Unreadable) Error() string {
	f := u.Findings[0]
	return fmt.Sprintf("%s:%d:%d: %s: correct that first; vitrine check shows it", f.Path, f.Start.Line, f.Start.Column, f.Message)
}

// editable reads a source file, and returns why it cannot be edited.
func editable(file SourceFile, data []byte) (*Document, error) {
	d, _ := parseDocument(file.Path, file.Kind, data, nil)
	if found := slices.DeleteFunc(slices.Clone(d.Findings), func(f diag.Finding) bool { return !isError(f) }); len(found) > 0 {
		return nil, &Unreadable{found}
	}
	if d.Front == nil {
		return nil, fmt.Errorf("%s: %w", file.Path, errUneditable)
	}
	return d, nil
}

// maxSplices is how many places one edit may touch: more than any front matter
// has.
const maxSplices = 2000

// rewrite carries out one edit, a place at a time: after each, the file is read
// again, so that every place is sure.
func rewrite(file SourceFile, data []byte, languages []string, e Edit) ([]byte, error) {
	for range maxSplices {
		d, err := editable(file, data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Path, errUneditable)
		}
		l, top := newLayout(d.Source, d.front(), d.Front)
		if top == nil {
			return nil, fmt.Errorf("%s: %w", file.Path, errUneditable)
		}
		ed := newEditor(l, top, languages)
		s, err := ed.next(d.scope(), e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Path, err)
		}
		if s == nil {
			return data, nil
		}
		data = s.in(data)
		if e.op != opSet {
			return data, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", file.Path, errUneditable)
}

// splice is a piece of a source that is written anew.
type splice struct {
	from, to int // in the text without a byte order mark, with line feeds alone
	text     string
}

// in returns a file's bytes with the piece written anew, with the line ends that
// the lines beside it have.
func (s *splice) in(data []byte) []byte {
	at, to := 0, 0 // in the text, in data
	to = len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	place := func(offset int) int {
		for ; at < offset; at++ {
			if data[to] == '\r' && to+1 < len(data) && data[to+1] == '\n' {
				to++
			}
			to++
		}
		return to
	}
	from := place(s.from)
	end := "\n"
	if i := bytes.LastIndexByte(data[:from], '\n'); i > 0 && data[i-1] == '\r' {
		end = "\r\n"
	} else if i < 0 && bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	return slices.Concat(data[:from], bytes.ReplaceAll([]byte(s.text), []byte("\n"), []byte(end)), data[place(s.to):])
}

// sameComments reports whether two documents have the same comments.
func (d *Document) sameComments(other *Document) bool {
	a, top := newLayout(d.Source, d.front(), d.Front)
	b, now := newLayout(other.Source, other.front(), other.Front)
	return top != nil && now != nil && a.saysAs(b)
}

// noPath says that a path leads nowhere.
func noPath(path []any) error {
	var b bytes.Buffer
	for _, step := range path {
		switch step := step.(type) {
		case string:
			fmt.Fprintf(&b, ".%s", step)
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		}
	}
	return fmt.Errorf("there is no %s to change", diag.Quote(string(bytes.TrimPrefix(b.Bytes(), []byte(".")))))
}
