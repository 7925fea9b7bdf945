package lsp

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/creachadair/jrpc2"

	"vitrine/internal/content"
)

// stage is where the conversation is. The zero stage is before initialize.
type stage struct{ atomic.Int32 }

const (
	running = 1 + iota
	shut
	ended
)

// handler answers a request, or takes note of a notification.
type handler func(s *server, ctx context.Context, params string) (any, error)

// handlers are what is understood. Whatever else is asked is answered with
// "method not found" by the library; unknown notifications are passed over.
var handlers = map[string]handler{
	"initialize":                          (*server).initialize,
	"initialized":                         (*server).initialized,
	"shutdown":                            (*server).shutdown,
	"$/cancelRequest":                     (*server).cancelRequest,
	"$/setTrace":                          ignore,
	"textDocument/didOpen":                (*server).didOpen,
	"textDocument/didChange":              (*server).didChange,
	"textDocument/didSave":                (*server).didSave,
	"textDocument/didClose":               (*server).didClose,
	"workspace/didChangeWatchedFiles":     (*server).didChangeWatchedFiles,
	"workspace/didChangeWorkspaceFolders": (*server).didChangeWorkspaceFolders,
	"workspace/didChangeConfiguration":    ignore,
	"textDocument/completion":             onPlace((*server).completion),
	"textDocument/hover":                  onPlace((*server).hover),
	"textDocument/definition":             onPlace((*server).definition),
	"textDocument/prepareRename":          onPlace((*server).prepareRename),
	"textDocument/rename":                 onPlace((*server).rename),
	"workspace/willRenameFiles":           (*server).willRenameFiles,
	"textDocument/codeAction":             (*server).codeAction,
	"textDocument/formatting":             (*server).formatting,
	"textDocument/documentSymbol":         (*server).documentSymbol,
}

func ignore(*server, context.Context, string) (any, error) { return nil, nil }

// Assign finds the handler of a method, for the library.
func (s *server) Assign(_ context.Context, method string) jrpc2.Handler {
	if method == "exit" {
		return func(context.Context, *jrpc2.Request) (any, error) {
			s.state.CompareAndSwap(shut, ended)
			s.once.Do(func() { close(s.exited) })
			return nil, nil
		}
	}
	h := handlers[method]
	if h == nil {
		return nil
	}
	return func(ctx context.Context, r *jrpc2.Request) (result any, err error) {
		defer func() {
			if fault := recover(); fault != nil {
				s.recovered(method, fault)
				result, err = nil, &jrpc2.Error{Code: jrpc2.InternalError, Message: "a fault of vitrine: its log tells more"}
			}
		}()
		switch s.state.Load() {
		case 0:
			if method != "initialize" {
				return nil, &jrpc2.Error{Code: notInitialized, Message: "the first request is initialize"}
			}
		case running:
			if method == "initialize" {
				return nil, &jrpc2.Error{Code: jrpc2.InvalidRequest, Message: "initialize was asked already"}
			}
		default:
			return nil, &jrpc2.Error{Code: jrpc2.InvalidRequest, Message: "the server is shut down"}
		}
		result, err = h(s, ctx, r.ParamString())
		if ctx.Err() != nil {
			return nil, &jrpc2.Error{Code: requestCancelled, Message: "the request was cancelled"}
		}
		if _, coded := errors.AsType[*jrpc2.Error](err); err != nil && !coded {
			err = &jrpc2.Error{Code: requestFailed, Message: err.Error()}
		}
		return result, err
	}
}

// onPlace is a handler for what is asked of a place in an open document of a
// catalog. Of other files, nothing is known.
func onPlace(h func(*server, context.Context, *document, *placeParams, int) (any, error)) handler {
	return func(s *server, ctx context.Context, params string) (any, error) {
		var p placeParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		d := s.document(p.TextDocument.URI)
		if d == nil || d.in == nil {
			return nil, nil
		}
		return h(s, ctx, d, &p, d.text.offset(p.Position, s.encoding))
	}
}

func (s *server) initialize(_ context.Context, params string) (any, error) {
	var p initializeParams
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.client = p.Capabilities
	for _, name := range p.Capabilities.General.PositionEncodings { // in the order of the client's preference
		if e, known := encodings[name]; known {
			s.encoding = e
			break
		}
	}
	if s.opt.Language == "" && content.French(lower(p.Locale)) {
		s.speak("fr")
	}
	folders := p.WorkspaceFolders
	if len(folders) == 0 && p.RootURI != "" {
		folders = []workspaceFolder{{p.RootURI}}
	}
	s.mu.Lock()
	for _, f := range folders {
		if name := pathOf(f.URI); name != "" {
			s.workspace(rootOf(name))
		}
	}
	if len(folders) == 0 {
		s.workspace(rootOf(absolute(s.opt.Root)))
	}
	s.mu.Unlock()
	s.state.Store(running)
	sellers := object{"scheme": "file", "pattern": object{"glob": "**/content/sellers/**", "matches": "folder"}}
	pages := object{"scheme": "file", "pattern": object{"glob": "**/content/pages/*.md", "matches": "file"}}
	return object{
		"serverInfo": object{"name": "vitrine", "version": s.opt.Version},
		"capabilities": object{
			"positionEncoding":           s.encoding.String(),
			"textDocumentSync":           object{"openClose": true, "change": 2, "save": object{}},
			"completionProvider":         object{"triggerCharacters": []string{":", " ", "[", "{", ",", "-", "/", "#", "(", `"`}},
			"hoverProvider":              true,
			"definitionProvider":         true,
			"renameProvider":             object{"prepareProvider": true},
			"codeActionProvider":         object{"codeActionKinds": []string{"quickfix"}},
			"documentFormattingProvider": true,
			"documentSymbolProvider":     true,
			"workspace": object{
				"workspaceFolders": object{"supported": true, "changeNotifications": true},
				"fileOperations":   object{"willRename": object{"filters": []object{sellers, pages}}},
			},
		},
	}, nil
}

// initialized asks the editor to tell of files that change on the disk.
func (s *server) initialized(context.Context, string) (any, error) {
	if !s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return nil, nil
	}
	watchers := []object{{"globPattern": "**/content/**"}, {"globPattern": "**/i18n/**"}}
	s.group.Go(func() { // its answer comes by the reader that waits for this handler
		_, err := s.rpc.Callback(s.ctx, "client/registerCapability", object{"registrations": []object{{
			"id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": object{"watchers": watchers},
		}}})
		if err != nil && s.ctx.Err() == nil {
			s.log(levelWarning, "the editor does not watch files: "+err.Error())
		}
	})
	return nil, nil
}

func (s *server) shutdown(context.Context, string) (any, error) {
	s.state.Store(shut)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.workspaces {
		w.stop()
	}
	return nil, nil
}

func (s *server) cancelRequest(_ context.Context, params string) (any, error) {
	var p struct {
		ID rawID `json:"id"`
	}
	if err := decode(params, &p); err != nil {
		return nil, err
	}
	s.rpc.CancelRequest(string(p.ID))
	return nil, nil
}

// rawID is a request's id as the library knows it: in JSON.
type rawID string

func (id *rawID) UnmarshalJSON(data []byte) error {
	*id = rawID(data)
	return nil
}

func sprint(v any) string { return fmt.Sprint(v) }
