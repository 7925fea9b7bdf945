package outscale

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/internal/cloud"
	"vitrine/internal/fakecloud"
)

// TestContract sends each kind of request to Prism, a mock server that is made
// from the OpenAPI document in the SDK's module: it refuses what the document
// does not allow, and its answers are the document's own examples.
func TestContract(t *testing.T) {
	if testing.Short() {
		t.Skip("Prism takes seconds to start")
	}
	p := startPrism(t)
	c, failure := New(environment(t, "", "OSC_ACCESS_KEY", fakecloud.AccessKey, "OSC_SECRET_KEY", fakecloud.SecretKey, "OSC_REGION", "eu-west-2", "OSC_ENDPOINT_API", p.URL+"/api/v1"))
	if failure != nil {
		t.Fatal(failure)
	}
	c.limit = newLimit(perSecond, time.Millisecond)

	ids := append(omis(maxPage-1), "ami-12345678")
	got := ask(t, c, cloud.Question{Region: "eu-west-2", OMIs: ids, Codes: []string{"0001", "pty-1a2b3c4d"}})
	if got.Failure != nil {
		t.Fatalf("%v\n%s", got.Failure, p.said())
	}
	i := got.Sights["ami-12345678"].Image
	if i == nil || i.State != "available" || i.Account != "123456789012" || i.Architecture != "x86_64" || i.Public || strings.Join(i.Codes, " ") != "0001" {
		t.Errorf("the example's OMI is %+v", i)
	}
	if s := got.Sights["ami-00000000"]; s.Image != nil || s.Request != "0475ca1e-d0c5-441d-712a-da55a4175157" {
		t.Errorf("an OMI that is not in the example: %+v", s)
	}
	if !got.Known["0001"] || got.Known["pty-1a2b3c4d"] {
		t.Errorf("codes: %v", got.Known)
	}
	if p.pages != 2 {
		t.Errorf("%d pages of OMIs were asked for, want 2", p.pages)
	}
	prices, failure, err := c.Prices(t.Context(), "eu-west-2")
	if failure != nil || err != nil || len(prices) != 1 || prices[0] != (Price{"CustomCore:v5-p1", "eu-west-2", "0.04"}) {
		t.Errorf("prices: %v, %v, %v", prices, failure, err)
	}
	if said := p.said(); strings.Contains(said, "Violation") {
		t.Errorf("Prism complains:\n%s", said)
	}

	// The test can fail: Prism refuses what the document does not allow.
	answer, err := http.Post(p.mock+"/ReadImages", "application/json", strings.NewReader(`{"Filters":{"ImageIds":"ami-12345678"},"PerPage":1}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode < 400 {
		t.Errorf("a wrong request is answered with %s", answer.Status)
	}

	// The document's own refusals.
	for status, credentials := range map[string]bool{"400": false, "401": true, "500": false} {
		p.prefer = status
		again := newClient(c.credentials)
		got := ask(t, again, cloud.Question{Region: "eu-west-2", OMIs: omis(1)})
		if got.Failure == nil || got.Failure.Credentials != credentials || len(got.Sights) > 0 {
			t.Errorf("status %s: %+v\n%s", status, got, p.said())
		}
	}
}

// prism is a running mock server, with a proxy before it that checks signatures
// and makes a second page of OMIs.
type prism struct {
	*httptest.Server
	mock   string
	log    string
	prefer string // the status that the mock is to answer with
	pages  int
}

func (p *prism) said() string {
	data, _ := os.ReadFile(p.log)
	return string(data)
}

func (p *prism) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	if path != "/ReadPublicCatalog" && !fakecloud.Verify(r, body) {
		fakecloud.Fail(w, 401, "1", "AccessDenied")
		return
	}
	request, err := http.NewRequestWithContext(r.Context(), r.Method, p.mock+path, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	request.Header = r.Header.Clone()
	if p.prefer != "" {
		request.Header.Set("Prefer", "code="+p.prefer)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	data, _ := io.ReadAll(answer.Body)
	if path == "/ReadImages" && answer.StatusCode == 200 {
		if p.pages++; p.pages == 1 { // a token as the document describes it: base64
			data = append([]byte(`{"NextPageToken":"cGFnZS0y",`), bytes.TrimPrefix(data, []byte("{"))...)
		}
	}
	w.Header().Set("Content-Type", answer.Header.Get("Content-Type"))
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(data)
}

// startPrism starts Prism from the SDK's document. It skips the test where Prism
// cannot be had.
func startPrism(t *testing.T) *prism {
	t.Helper()
	tools := prismTools(t)
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/outscale/osc-sdk-go/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(strings.TrimSpace(string(out)), "api", "openapi.yaml")
	repaired, err := exec.Command("node", filepath.Join(prismDir, "repair.mjs"), tools, document).Output()
	if err != nil || !json.Valid(repaired) {
		t.Fatalf("repair.mjs: %v", err)
	}
	file := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, repaired, 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	p := &prism{mock: fmt.Sprintf("http://127.0.0.1:%d", port), log: filepath.Join(t.TempDir(), "log")}
	log, err := os.Create(p.log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "node", filepath.Join(tools, "node_modules", "@stoplight", "prism-cli", "dist", "index.js"), "mock", "--errors", "-h", "127.0.0.1", "-p", fmt.Sprint(port), file)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			conn.Close()
			return p
		}
		if time.Now().After(deadline) {
			t.Fatalf("Prism does not start:\n%s", lastLines(p.said()))
		}
	}
}

func lastLines(s string) string {
	var lines []string
	for scan := bufio.NewScanner(strings.NewReader(s)); scan.Scan(); {
		lines = append(lines, scan.Text())
	}
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}

// prismDir holds what npm installs Prism from.
const prismDir = "../../.ci/prism"

// prismTools returns the folder where Prism is installed, as .ci/install does it;
// where it is not, it installs it there.
func prismTools(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed: Prism runs on it; .ci/run installs it", program)
		}
	}
	dir := os.Getenv("VITRINE_TOOLS")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip(err)
		}
		dir = filepath.Join(cache, "vitrine-ci")
	}
	dir = filepath.Join(dir, "prism")
	lock, err := os.ReadFile(filepath.Join(prismDir, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	if have, err := os.ReadFile(filepath.Join(dir, "installed.json")); err == nil && bytes.Equal(have, lock) {
		return dir
	}
	out, err := exec.CommandContext(t.Context(), filepath.Join(prismDir, "install"), dir).CombinedOutput()
	if err != nil {
		t.Skipf("Prism cannot be installed: %v\n%s", err, lastLines(string(out)))
	}
	return dir
}
