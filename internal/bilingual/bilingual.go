// Package bilingual compares what a text says in two languages: the facts that
// a translation keeps (numbers, prices, versions, addresses, code) and the
// shape of the text (headings, lists, tables). It also finds passages that are
// not in the language they should be in.
//
// It knows how English and French write numbers, dates and units. Of texts in
// other languages only what no language writes in its own way is compared.
//
// A text is read once (Read, Plain) and then asked for as often as one likes.
// Numbers in words are optional facts: they may stand for a figure in the other
// text, and are never asked for themselves.
package bilingual

// Kind is what sort of fact a difference is about.
type Kind uint8

// The kinds of facts.
const (
	none       Kind = iota
	Number          // 2,000
	Amount          // €12.50
	Percentage      // 99.9%
	Quantity        // 8 GB, 30 days
	Date            // 3 November 2026
	Time            // 7:30
	Version         // 2.3.1, v5
	Name            // a name with digits in it: SHA-256, IPv6
	Phone           // +33 1 99 00 45 30
	URL             // of a link or in the text
	Email           // likewise
	Code            // in a code span
	CodeBlock       // a code block as a whole, or its language
	Image           // the file that an image shows
	Heading         // a heading, or its level
	List            // a list, its items, or whether they are numbered
	Table           // a table, its rows or columns
)

var kindNames = [...]string{
	"", "number", "amount", "percentage", "quantity", "date", "time", "version", "name", "phone",
	"url", "email", "code", "code block", "image", "heading", "list", "table",
}

func (k Kind) String() string { return kindNames[k] }

// Difference is a fact that two texts do not share. Where only one text has it,
// the other side is Missing.
type Difference struct {
	Kind Kind
	A, B Side // in the first and the second text given to Compare
}

// Side is one text's part in a difference.
type Side struct {
	From, To int    // its bytes in the source; where it is missing, From == To is where it is expected
	Text     string // the fact as it is written, without markup; the first line of a list or table; of code, the line that differs
	Missing  bool

	Count   int  // a heading's level, a list's items, a table's rows with its header, a code block's lines
	Columns int  // of a table
	Ordered bool // a list is numbered
}

// Piece is a part of a text: what package markdown tells of a section.
type Piece struct {
	Kind     PieceKind
	From, To int // its bytes in the source

	// Text is what a link or an image leads to, the language that a code block
	// is marked with, or what a run of text means where it is written otherwise.
	Text string

	Count   int  // as in Side
	Columns int  // as in Side
	Ordered bool // as in Side
}

// PieceKind says what a piece is.
type PieceKind uint8

// The kinds of pieces, numbered as in package markdown. Runs, code and links
// belong to the paragraph, cell or title before them.
const (
	Paragraph PieceKind = iota
	Cell
	Title
	Run
	CodeSpan
	Block
	Link
	Picture
	ListOf
	TableOf
)
