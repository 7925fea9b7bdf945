package lsp

import (
	"io"

	"github.com/creachadair/jrpc2/channel"
)

// line is a channel that ends when done is closed, though the editor's pipe stays
// open. The library's own way to stop a server must not meet a message that comes
// in at that moment.
type line struct {
	channel.Channel
	got  chan received
	done <-chan struct{}
}

type received struct {
	data []byte
	err  error
}

func newLine(c channel.Channel, done <-chan struct{}) *line {
	l := &line{c, make(chan received), done}
	go func() { // it may wait for the editor until the program ends
		for {
			data, err := c.Recv()
			select {
			case l.got <- received{append([]byte(nil), data...), err}: // the channel uses its bytes again
			case <-done:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return l
}

// Recv returns the next message, or io.EOF after the last one.
func (l *line) Recv() ([]byte, error) {
	select {
	case <-l.done:
		return nil, io.EOF
	default:
	}
	select {
	case r := <-l.got:
		return r.data, r.err
	case <-l.done:
		return nil, io.EOF
	}
}
