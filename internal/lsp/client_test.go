package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/phrasebook"
)

// today is the day that the tests' catalogs are judged by.
const today = catalog.Date("2026-06-15")

// editor is a client of the protocol as an editor has it, with a framing of its
// own: the library that the server uses is not asked to judge itself.
type editor struct {
	t    testing.TB
	root string
	to   io.WriteCloser

	mu       sync.Mutex
	news     *sync.Cond
	last     int // id
	answers  map[int]*message
	shown    map[string]publishParams
	logged   []string
	asked    []message // by the server
	versions map[string]int
	texts    map[string]string
	closed   bool
	result   chan error // of Serve
}

type message struct {
	ID     *json.RawMessage `json:"id"`
	Method string           `json:"method"`
	Params json.RawMessage  `json:"params"`
	Result json.RawMessage  `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// fullClient is what a capable editor says of itself.
const fullClient = `{
	"general": {"positionEncodings": ["utf-16"]},
	"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]}, "didChangeWatchedFiles": {"dynamicRegistration": true}},
	"textDocument": {"completion": {"completionItem": {"snippetSupport": true}}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}
}`

// catalogCopy is a small valid catalog in a folder of its own.
func catalogCopy(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start starts a server in the process and an editor that has greeted it.
func start(t testing.TB, root string, opt Options) *editor {
	t.Helper()
	e := connect(t, root, opt)
	e.greet(fullClient, "en-GB")
	return e
}

// connect starts a server that waits to be greeted.
func connect(t testing.TB, root string, opt Options) *editor {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	e := newEditor(t, root, toServer, fromServer)
	opt.Book, opt.Root = phrasebook.In, root
	opt.Today = func() catalog.Date { return today }
	if opt.Pause == 0 {
		opt.Pause = time.Millisecond
	}
	go func() {
		e.result <- Serve(context.Background(), in, out, opt)
		_ = out.Close()
		_ = in.Close()
	}()
	t.Cleanup(func() { _ = toServer.Close(); _ = fromServer.Close() })
	return e
}

func newEditor(t testing.TB, root string, to io.WriteCloser, from io.Reader) *editor {
	e := &editor{
		t: t, root: root, to: to, answers: map[int]*message{}, shown: map[string]publishParams{},
		versions: map[string]int{}, texts: map[string]string{}, result: make(chan error, 1),
	}
	e.news = sync.NewCond(&e.mu)
	go e.read(bufio.NewReader(from))
	return e
}

func (e *editor) greet(capabilities, locale string) json.RawMessage {
	e.t.Helper()
	answer := e.ask("initialize", object{
		"processId": nil, "locale": locale, "rootUri": uriOf(e.root), "capabilities": json.RawMessage(capabilities),
		"workspaceFolders": []object{{"uri": uriOf(e.root), "name": "catalog"}},
	})
	e.tell("initialized", object{})
	return answer
}

func (e *editor) read(from *bufio.Reader) {
	defer func() {
		e.mu.Lock()
		e.closed = true
		e.news.Broadcast()
		e.mu.Unlock()
	}()
	for {
		length := 0
		for {
			line, err := from.ReadString('\n')
			if err != nil {
				return
			}
			if line = strings.TrimRight(line, "\r\n"); line == "" {
				break
			}
			if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				length, _ = strconv.Atoi(n)
			}
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(from, data); err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(data, &m); err != nil {
			e.t.Errorf("the server wrote what is no JSON: %q", data)
			return
		}
		e.take(m)
	}
}

func (e *editor) take(m message) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer e.news.Broadcast()
	switch {
	case m.Method == "textDocument/publishDiagnostics":
		var p publishParams
		_ = json.Unmarshal(m.Params, &p)
		e.shown[p.URI] = p
	case m.Method == "window/logMessage":
		e.logged = append(e.logged, string(m.Params))
	case m.Method != "" && m.ID != nil:
		e.asked = append(e.asked, m)
		go e.send(object{"jsonrpc": "2.0", "id": m.ID, "result": nil})
	case m.ID != nil:
		id, _ := strconv.Atoi(string(*m.ID))
		e.answers[id] = &m
	}
}

func (e *editor) send(v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintf(e.to, "Content-Length: %d\r\n\r\n%s", len(data), data)
}

func (e *editor) tell(method string, params any) {
	e.send(object{"jsonrpc": "2.0", "method": method, "params": params})
}

// begin asks and does not wait.
func (e *editor) begin(method string, params any) (id int) {
	e.mu.Lock()
	e.last++
	id = e.last
	e.mu.Unlock()
	e.send(object{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
	return id
}

// wait waits until the condition holds, with the lock.
func (e *editor) wait(what string, until func() bool) {
	e.t.Helper()
	limit := time.AfterFunc(30*time.Second, func() {
		e.mu.Lock()
		e.closed = true
		e.news.Broadcast()
		e.mu.Unlock()
	})
	defer limit.Stop()
	e.mu.Lock()
	defer e.mu.Unlock()
	for !until() {
		if e.closed {
			e.t.Fatalf("no %s; log: %s", what, strings.Join(e.logged, "\n"))
		}
		e.news.Wait()
	}
}

func (e *editor) answer(id int) *message {
	e.t.Helper()
	e.wait("answer", func() bool { return e.answers[id] != nil })
	return e.answers[id]
}

// ask asks and returns the result.
func (e *editor) ask(method string, params any) json.RawMessage {
	e.t.Helper()
	m := e.answer(e.begin(method, params))
	if m.Error != nil {
		e.t.Fatalf("%s: %d %s", method, m.Error.Code, m.Error.Message)
	}
	return m.Result
}

// refused asks and returns the error's code and message.
func (e *editor) refused(method string, params any) (int, string) {
	e.t.Helper()
	m := e.answer(e.begin(method, params))
	if m.Error == nil {
		e.t.Fatalf("%s was answered: %s", method, m.Result)
	}
	return m.Error.Code, m.Error.Message
}

func (e *editor) uri(path string) string {
	return uriOf(filepath.Join(e.root, filepath.FromSlash(path)))
}

func (e *editor) file(path string) string {
	e.t.Helper()
	data, err := os.ReadFile(filepath.Join(e.root, filepath.FromSlash(path)))
	if err != nil {
		e.t.Fatal(err)
	}
	return string(data)
}

// open opens a file with a text, "" for the file's own.
func (e *editor) open(path, text string) {
	e.t.Helper()
	if text == "" {
		text = e.file(path)
	}
	e.versions[path]++
	e.texts[path] = text
	e.tell("textDocument/didOpen", object{"textDocument": object{"uri": e.uri(path), "languageId": "markdown", "version": e.versions[path], "text": text}})
}

// write replaces the text of an open file.
func (e *editor) write(path, text string) {
	e.versions[path]++
	e.texts[path] = text
	e.tell("textDocument/didChange", object{
		"textDocument":   object{"uri": e.uri(path), "version": e.versions[path]},
		"contentChanges": []object{{"text": text}},
	})
}

// edit replaces the bytes from, to of an open file.
func (e *editor) edit(path string, from, to int, with string) {
	old := text(e.texts[path])
	e.versions[path]++
	e.texts[path] = string(old[:from]) + with + string(old[to:])
	e.tell("textDocument/didChange", object{
		"textDocument":   object{"uri": e.uri(path), "version": e.versions[path]},
		"contentChanges": []object{{"range": old.span(from, to, utf16Units), "text": with}},
	})
}

func (e *editor) close(path string) {
	e.tell("textDocument/didClose", object{"textDocument": object{"uri": e.uri(path)}})
}

// found waits for the findings of the newest text of an open file.
func (e *editor) found(path string) []diagnostic {
	e.t.Helper()
	var p publishParams
	e.wait("findings of "+path, func() bool {
		p = e.shown[e.uri(path)]
		return p.Version != nil && *p.Version == e.versions[path]
	})
	return p.Diagnostics
}

// at is the place of a mark in a text, and the text without it.
func at(marked string) (string, position, int) {
	before, after, ok := strings.Cut(marked, "‸")
	if !ok {
		panic("no ‸ in " + marked)
	}
	t := text(before + after)
	return string(t), t.position(len(before), utf16Units), len(before)
}

// on asks a method of the marked place of an open file, with its text.
func (e *editor) on(method, path, marked string, more object) json.RawMessage {
	e.t.Helper()
	return e.ask(method, e.spot(path, marked, more))
}

func (e *editor) spot(path, marked string, more object) object {
	t, p, _ := at(marked)
	if e.versions[path] == 0 {
		e.open(path, t)
	} else if e.texts[path] != t {
		e.write(path, t)
	}
	params := object{"textDocument": object{"uri": e.uri(path)}, "position": p}
	for k, v := range more {
		params[k] = v
	}
	return params
}
