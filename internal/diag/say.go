package diag

import "fmt"

// Text is something to say to people: an English phrase and what is put into
// it. A phrase is put into another language as a whole, before anything is put
// into it, so findings do not depend on the language of whoever reads them. The
// zero Text says nothing.
type Text struct {
	phrase string
	args   []any // a Text or a Number among them is put into the language too
}

// Say makes a Text of a phrase in the form of package fmt. Without arguments,
// the phrase is taken as it is.
func Say(phrase string, args ...any) Text { return Text{phrase, args} }

// Number is a number with what it counts.
type Number struct {
	n         int
	one, many string // phrases with %d
}

// Plural makes a Number: Plural(2, "%d file", "%d files") is "2 files".
func Plural(n int, one, many string) Number { return Number{n, one, many} }

// Book is a language's phrases, by the English ones.
type Book struct {
	Phrases  map[string]string
	Singular func(n int) bool // whether a count takes the form of one
}

// IsZero reports whether the text says nothing.
func (t Text) IsZero() bool { return t.phrase == "" }

// String is the text in English.
func (t Text) String() string { return t.In(nil) }

// In is the text in a language; nil is English, as is a phrase that the book
// lacks.
func (t Text) In(b *Book) string {
	if len(t.args) == 0 {
		return b.Phrase(t.phrase)
	}
	args := make([]any, len(t.args))
	for i, a := range t.args {
		switch a := a.(type) {
		case Text:
			args[i] = a.In(b)
		case Number:
			args[i] = a.In(b)
		default:
			args[i] = a
		}
	}
	return fmt.Sprintf(b.Phrase(t.phrase), args...)
}

// String is the number in English.
func (n Number) String() string { return n.In(nil) }

// In is the number in a language; nil is English.
func (n Number) In(b *Book) string {
	one := n.n == 1
	if b != nil {
		one = b.Singular(n.n)
	}
	if one {
		return fmt.Sprintf(b.Phrase(n.one), n.n)
	}
	return fmt.Sprintf(b.Phrase(n.many), n.n)
}

// Phrase returns the book's words for an English phrase, or the phrase itself
// where there are none.
func (b *Book) Phrase(english string) string {
	if b != nil {
		if s, ok := b.Phrases[english]; ok {
			return s
		}
	}
	return english
}

// In puts findings into a language: whatever they say is plain text in it then.
func In(b *Book, findings []Finding) []Finding {
	if b == nil {
		return findings
	}
	out := make([]Finding, len(findings))
	for i, f := range findings {
		f.Message, f.Help = Text{phrase: f.Message.In(b)}, Text{phrase: f.Help.In(b)}
		related := make([]Note, len(f.Related))
		for j, n := range f.Related {
			related[j] = Note{n.Span, Text{phrase: n.Message.In(b)}}
		}
		f.Related = related
		out[i] = f
	}
	return out
}
