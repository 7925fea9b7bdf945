package themes

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Fault is something wrong in a file of a theme.
type Fault struct {
	Path         string // below the catalog's root: themes/default/templates/card.html
	Line, Column int    // from 1, columns in characters; 0 where not known
	Message      string // what is wrong, and what to do
	builtIn      bool
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Path)
	for _, n := range []int{f.Line, f.Column} {
		if n == 0 {
			break
		}
		fmt.Fprintf(&b, ":%d", n)
	}
	if f.builtIn {
		b.WriteString(" (built in)")
	}
	return b.String() + ": " + f.Message
}

// faults collects what is wrong in a theme, so that its author sees all of it.
type faults []error

// file adds a fault of a whole file or folder.
func (f *faults) file(path, format string, args ...any) {
	*f = append(*f, &Fault{Path: path, Message: fmt.Sprintf(format, args...)})
}

// at adds a fault at a place of a file, an offset into its text. A place has one
// fault: several pages may meet it.
func (f *faults) at(s *source, offset int, format string, args ...any) {
	fault := s.fault(offset, fmt.Sprintf(format, args...))
	for _, other := range *f {
		if other, ok := errors.AsType[*Fault](other); ok && other.Path == fault.Path && other.Line == fault.Line && other.Column == fault.Column {
			return
		}
	}
	*f = append(*f, fault)
}

func (f faults) err() error { return errors.Join(f...) }

// source is a file of a theme.
type source struct {
	name    string // product.html
	path    string // themes/default/templates/product.html
	builtIn bool   // into the program
	data    []byte // as it was written
	text    string // what the parser reads: of a template, without indentation
}

// key is the name by which the parser knows the file. A file of the catalog
// has the same path as the one that it replaces.
func (s *source) key() string {
	if s.builtIn {
		return builtInPrefix + s.path
	}
	return s.path
}

const builtInPrefix = "(built in) "

// fault makes a fault at an offset into the text.
func (s *source) fault(offset int, message string) *Fault {
	before := s.text[:min(offset, len(s.text))]
	return s.faultIn(1+strings.Count(before, "\n"), len(before)-1-strings.LastIndex(before, "\n"), message)
}

// faultIn makes a fault in a line, at a byte of it as the parser counts: from 0,
// without the line's indentation. A negative one is not known.
func (s *source) faultIn(line, at int, message string) *Fault {
	f := &Fault{Path: s.path, Line: line, Message: message, builtIn: s.builtIn}
	lines := strings.Split(string(s.data), "\n")
	if at < 0 || line < 1 || line > len(lines) {
		return f
	}
	of := lines[line-1]
	if line > 1 && len(s.text) < len(s.data) {
		at += len(of) - len(strings.TrimLeft(of, " \t"))
	}
	f.Column = 1 + utf8.RuneCountInString(of[:min(at, len(of))])
	return f
}
