package proof

import (
	"bytes"
	"strconv"
	"sync"
	"unicode/utf8"
)

// buffers hold data while its escapes are taken out.
type buffers [2][]byte

var pool = sync.Pool{New: func() any { return new(buffers) }}

// plain takes the escapes out of data: HTML and XML character references, those
// of JSON, and those of URLs, also where one stands in another, such as HTML in
// JSON. What it returns is data itself or in a buffer.
func plain(data []byte, b *buffers) []byte {
	for i := range 4 { // a URL in HTML in JSON, and one more
		out, changed := unescape(b[i%2][:0], data)
		if !changed {
			break
		}
		b[i%2], data = out, out
	}
	return data
}

// unescape decodes each escape once, into a buffer that it returns if there are
// any.
func unescape(out, data []byte) (_ []byte, changed bool) {
	marks := [...]byte{'&', '\\', '%'}
	var next [len(marks)]int // where each mark stands next
	for i, m := range marks {
		next[i] = index(data, 0, m)
	}
	from := 0
	for {
		at := min(next[0], next[1], next[2])
		if at == len(data) {
			break
		}
		text, n := escape(data[at:])
		if n > 0 {
			out = append(append(out, data[from:at]...), text...)
			from = at + n
		} else {
			n = 1
		}
		for i, m := range marks {
			if next[i] < at+n {
				next[i] = index(data, at+n, m)
			}
		}
	}
	if from == 0 {
		return nil, false
	}
	return append(out, data[from:]...), true
}

// index returns where a byte stands at or behind an offset, or the length.
func index(data []byte, from int, b byte) int {
	if i := bytes.IndexByte(data[from:], b); i >= 0 {
		return from + i
	}
	return len(data)
}

var named = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'", "nbsp": "\u00a0"}

// escape returns what the escape at the beginning of data means, and its length;
// 0 where it is none.
func escape(data []byte) (text string, n int) {
	switch data[0] {
	case '&':
		end := bytes.IndexByte(data[:min(len(data), 10)], ';')
		if end < 2 {
			return "", 0
		}
		name := string(data[1:end])
		if name[0] != '#' {
			return named[name], length(named[name] != "", end+1)
		}
		digits, base := name[1:], 10
		if digits != "" && digits[0]|0x20 == 'x' {
			digits, base = digits[1:], 16
		}
		r, err := strconv.ParseUint(digits, base, 21)
		return string(rune(r)), length(err == nil, end+1)
	case '\\':
		if len(data) < 2 {
			return "", 0
		}
		switch c := data[1]; c {
		case 'n', 'r', 't':
			return " ", 2
		case '"', '\\', '/', '\'':
			return string(c), 2
		case 'u', 'x':
			end := 6
			if c == 'x' {
				end = 4
			}
			if len(data) < end {
				return "", 0
			}
			r, err := strconv.ParseUint(string(data[2:end]), 16, 16)
			return string(rune(r)), length(err == nil, end)
		}
	case '%':
		if len(data) < 3 {
			return "", 0
		}
		b, err := strconv.ParseUint(string(data[1:3]), 16, 8)
		return string([]byte{byte(b)}), length(err == nil && (b >= ' ' && b < 0x7f || b >= utf8.RuneSelf), 3)
	}
	return "", 0
}

// length returns n where there is an escape, else 0.
func length(is bool, n int) int {
	if is {
		return n
	}
	return 0
}
