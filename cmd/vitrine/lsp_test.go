package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestLSPStory plays an editor's part with the built command: a seller breaks a
// product, is told, takes the fix that is offered, and finds the file clean.
func TestLSPStory(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "vitrine")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root := filepath.Join(dir, "catalog")
	if err := os.CopyFS(root, os.DirFS("../../internal/check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "lsp", "--stdio")
	cmd.Dir, cmd.Env = root, append(os.Environ(), "VITRINE_CACHE="+filepath.Join(dir, "cache"))
	var errors bytes.Buffer
	cmd.Stderr = &errors
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	from := bufio.NewReader(out)
	product := filepath.Join(root, "content/sellers/acme/vault/product.md")
	data, err := os.ReadFile(product)
	if err != nil {
		t.Fatal(err)
	}
	uri := "file://" + product
	document := map[string]any{"uri": uri}

	id := 0
	ask := func(method string, params any) {
		id++
		send(t, in, map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
	}
	tell := func(method string, params any) {
		send(t, in, map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
	}
	ask("initialize", map[string]any{"processId": os.Getpid(), "locale": "fr", "rootUri": nil, "capabilities": map[string]any{}})
	if m := receive(t, from); !strings.Contains(string(m.Result), `"name":"vitrine"`) {
		t.Fatalf("initialize: %s", m.Result)
	}
	tell("initialized", map[string]any{})
	tell("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": uri, "languageId": "markdown", "version": 1, "text": strings.Replace(string(data), "status: published", "status: publishd", 1),
	}})
	m := receive(t, from)
	if m.Method != "textDocument/publishDiagnostics" || !strings.Contains(string(m.Params), "vouliez-vous dire published") {
		t.Fatalf("findings: %s %s", m.Method, m.Params)
	}
	ask("textDocument/codeAction", map[string]any{
		"textDocument": document, "context": map[string]any{},
		"range": map[string]any{"start": map[string]any{"line": 2, "character": 8}, "end": map[string]any{"line": 2, "character": 8}},
	})
	if m := receive(t, from); !strings.Contains(string(m.Result), `"newText":"published"`) {
		t.Fatalf("fixes: %s", m.Result)
	}
	tell("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": uri, "version": 2},
		"contentChanges": []any{map[string]any{"text": "published", "range": map[string]any{
			"start": map[string]any{"line": 2, "character": 8}, "end": map[string]any{"line": 2, "character": 16},
		}}},
	})
	if m := receive(t, from); !strings.Contains(string(m.Params), `"version":2,"diagnostics":[]`) {
		t.Fatalf("findings: %s", m.Params)
	}
	ask("shutdown", nil)
	if m := receive(t, from); string(m.Result) != "null" {
		t.Fatalf("shutdown: %s", m.Result)
	}
	tell("exit", nil)
	if err := cmd.Wait(); err != nil || errors.Len() > 0 {
		t.Errorf("%v; standard error has %q", err, errors.String())
	}

	gone := exec.Command(program, "lsp", "-C", root) // an editor that dies at once
	if err := gone.Run(); gone.ProcessState.ExitCode() != statusFindings {
		t.Errorf("without an editor: %v, want status 1", err)
	}
}

type lspMessage struct {
	Method         string
	Params, Result json.RawMessage
}

func send(t *testing.T, to io.Writer, v any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(to, "Content-Length: %d\r\n\r\n%s", len(data), data); err != nil {
		t.Fatal(err)
	}
}

func receive(t *testing.T, from *bufio.Reader) (m lspMessage) {
	t.Helper()
	length := 0
	for {
		line, err := from.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if line == "\r\n" {
			break
		}
		n, ok := strings.CutPrefix(strings.TrimSpace(line), "Content-Length: ")
		if !ok {
			t.Fatalf("a line that is no header: %q", line)
		}
		length, _ = strconv.Atoi(n)
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(from, data); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return m
}
