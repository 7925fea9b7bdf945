// Package lsp is a language server for a catalog's source files: the front
// matter and the text of entries, and catalog.yaml. It speaks the Language Server
// Protocol 3.17 over a pipe, and finds what package check finds, in what is being
// typed.
//
// The messages are carried by github.com/creachadair/jrpc2: JSON-RPC 2.0 with the
// protocol's framing, calls in both directions, cancellation, and notifications
// in their order, which the synchronisation of texts depends on. It is maintained
// (a release in October 2026), has one dependency that is not golang.org/x, and
// is BSD-3-Clause. Of the libraries that also know the protocol's structures,
// go.lsp.dev/protocol is of 2022 and knows nothing of position encodings, and
// github.com/tliron/glsp is of 2024 and brings a logger, a WebSocket server and a
// terminal library along. So the few structures that are needed are in protocol.go.
package lsp

import (
	"context"
	"errors"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// Options are the choices of Serve.
type Options struct {
	Language string                                   // "en" or "fr"; "" for that of the editor
	Book     func(language string) (*diag.Book, bool) // the phrases of a language
	Root     string                                   // the catalog to open where the editor names no folder
	Memory   func(root string) *build.Memory          // what is known of a catalog from earlier runs; or nil
	Today    func() catalog.Date                      // nil: the day in UTC
	Version  string                                   // of the program
	Pause    time.Duration                            // after a key, before texts are checked; 0: 120 ms
}

// ErrNoShutdown says that the editor went away without saying so first.
var ErrNoShutdown = errors.New("the editor ended without a shutdown request")

// Serve talks to an editor until it says exit or closes the pipe. Nothing but
// the protocol is written to out.
func Serve(ctx context.Context, in io.Reader, out io.WriteCloser, opt Options) error {
	if opt.Pause == 0 {
		opt.Pause = 120 * time.Millisecond
	}
	if opt.Today == nil {
		opt.Today = func() catalog.Date { return catalog.DateOf(time.Now()) }
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &server{opt: opt, ctx: ctx, language: "en", exited: make(chan struct{}), encoding: utf16Units, documents: make(map[string]*document), workspaces: make(map[string]*workspace)}
	s.speak(opt.Language)
	s.rpc = jrpc2.NewServer(s, &jrpc2.ServerOptions{
		AllowPush: true, DisableBuiltin: true, Concurrency: 8,
		NewContext: func() context.Context { return ctx },
	})
	s.rpc.Start(newLine(channel.Header("")(in, out), ctx.Done()))
	over := make(chan error, 1)
	go func() { over <- s.rpc.Wait() }()
	select {
	case <-s.exited: // the editor need not close its end
	case err := <-over:
		over <- err
	case <-ctx.Done():
	}
	cancel()
	err := <-over
	s.group.Wait()
	if s.state.Load() != ended {
		return errors.Join(err, ErrNoShutdown)
	}
	return nil
}

// server is the state of one conversation.
type server struct {
	opt    Options
	ctx    context.Context // ends with the conversation
	rpc    *jrpc2.Server
	state  stage
	exited chan struct{} // closed by exit
	once   sync.Once
	group  sync.WaitGroup // goroutines of workspaces, and calls of the editor

	client   clientCapabilities
	encoding encoding
	language string
	book     *diag.Book

	mu         sync.Mutex
	documents  map[string]*document  // that are open, by their URI
	workspaces map[string]*workspace // by their root folder
}

// speak chooses the language of what is said.
func (s *server) speak(language string) {
	if book, ok := s.opt.Book(language); ok {
		s.language, s.book = language, book
	}
}

// say puts a text into the language.
func (s *server) say(t diag.Text) string { return diag.Visible(t.In(s.book)) }

// log writes to the editor's log. The texts are for whoever looks into a fault of
// the program.
func (s *server) log(level messageType, text string) {
	_ = s.rpc.Notify(s.ctx, "window/logMessage", logMessage{Type: level, Message: text})
}

// recovered keeps a fault of the program from ending it: it goes to the log.
func (s *server) recovered(doing string, fault any) {
	s.log(levelError, "a fault of vitrine, please report it, while "+doing+": "+sprint(fault)+"\n"+string(debug.Stack()))
}
