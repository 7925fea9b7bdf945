package change

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// maxMarkdown is how many characters a comment on GitHub may have, with some
// left for whoever posts it: the limit is 65,536.
const maxMarkdown = 60000

// blocks puts blocks of rows together, as many rows as there is room for. A row is
// taken whole or counted, so that no markup is ever cut.
type blocks struct {
	b    strings.Builder
	used int // characters
	most int // of them
	more func(n int) string
}

func (d *blocks) write(s string) {
	d.b.WriteString(s)
	d.used += utf8.RuneCountInString(s)
}

// block writes an opening, rows and an ending, and leaves so many characters for
// what comes behind it. It reports how many rows it wrote.
func (d *blocks) block(open string, rows []string, end string, spare int) int {
	if len(rows) == 0 {
		return 0
	}
	room := d.most - d.used - spare - utf8.RuneCountInString(open) - utf8.RuneCountInString(end) - 200 // for what says how many are left
	shown := 0
	for _, row := range rows {
		if room -= utf8.RuneCountInString(row); room < 0 {
			break
		}
		shown++
	}
	d.write(open)
	for _, row := range rows[:shown] {
		d.write(row)
	}
	if left := len(rows) - shown; left > 0 {
		d.write(d.more(left))
	}
	d.write(end)
	return shown
}

func (d *blocks) flush(w io.Writer) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString(d.b.String())
	return b.Flush()
}
