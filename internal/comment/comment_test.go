package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

const (
	sha   = "0123456789abcdef0123456789abcdef01234567"
	other = "fedcba9876543210fedcba9876543210fedcba98"
	token = "MARK-token"
)

// TestMain is the program in the place of vitrine, where a test starts it so: it
// prints a description if it is JSON, and what it was given beside it.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "diff" {
		data, err := os.ReadFile(os.Args[3])
		var change struct{ Verdict string }
		if err != nil || json.Unmarshal(data, &change) != nil {
			fmt.Fprintln(os.Stderr, "::error::it is no description of a change")
			os.Exit(3)
		}
		fmt.Printf("## Verdict: %s\n\n%s\n", change.Verdict, strings.Join(os.Args[4:], " "))
		for _, v := range os.Environ() {
			if strings.Contains(v, "MARK") {
				fmt.Println(v)
			}
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

type comment struct {
	id                int64
	login, kind, body string
}

// github is a repository with a pull request from a fork, and a run of its check.
type github struct {
	*testing.T
	run      map[string]any
	pull     map[string]any
	files    []string
	archives [][]byte // the run's artifacts, oldest first
	size     int64    // that the API tells, if not 0
	comments []comment
	did      []string // what was written
	moved    bool     // a push comes while the files are listed
}

func newGitHub(t *testing.T) *github {
	repository := map[string]any{"id": 77, "owner": map[string]any{"login": "acme-fork"}}
	return &github{
		T:        t,
		run:      map[string]any{"id": 42, "path": ".github/workflows/check.yml", "event": "pull_request", "conclusion": "success", "head_sha": sha, "head_branch": "$(id)&state=closed `x`", "head_repository": repository, "pull_requests": []any{}},
		pull:     map[string]any{"number": 5, "state": "open", "title": "::error::${{ github.token }}", "head": map[string]any{"sha": sha, "repo": repository}},
		files:    []string{"content/sellers/acme/vault/product.md"},
		archives: [][]byte{archive(t, file{name: "change.json", text: `{"verdict": "ok"}`})},
	}
}

func (g *github) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, "/repos/market/catalog")
	if r.URL.Path == "/blob" { // as GitHub sends one to the storage of artifacts
		number, _ := strconv.Atoi(r.URL.Query().Get("n"))
		_, _ = w.Write(g.archives[number])
		return
	}
	if !ok || r.Header.Get("Authorization") != "Bearer "+token {
		http.NotFound(w, r)
		return
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	answer := func(v any) {
		if err := json.NewEncoder(w).Encode(v); err != nil {
			g.Error(err)
		}
	}
	var message struct{ Body string }
	switch key := r.Method + " " + path; {
	case key == "GET /actions/runs/42":
		answer(g.run)
	case key == "GET /actions/runs/42/artifacts":
		list := []any{}
		for i, a := range g.archives {
			size := g.size
			if size == 0 {
				size = int64(len(a))
			}
			list = append(list, map[string]any{"id": 100 + i, "name": r.URL.Query().Get("name"), "size_in_bytes": size})
		}
		answer(map[string]any{"artifacts": list})
	case strings.HasPrefix(key, "GET /actions/artifacts/"):
		number, _ := strconv.Atoi(strings.Split(path, "/")[3])
		http.Redirect(w, r, fmt.Sprintf("/blob?n=%d", number-100), http.StatusFound)
	case key == "GET /pulls":
		if q := r.URL.Query(); q.Get("head") != "acme-fork:$(id)&state=closed `x`" || q.Get("state") != "open" || q.Get("base") != "main" {
			g.Errorf("asked for pull requests with %v", q)
		}
		answer([]any{map[string]any{"number": 4, "head": map[string]any{"sha": sha, "repo": map[string]any{"id": 78}}}, g.pull})
	case key == "GET /pulls/5":
		g.pull["changed_files"] = len(g.files)
		if g.moved {
			g.pull["head"].(map[string]any)["sha"] = other
		}
		answer(g.pull)
	case key == "GET /pulls/5/files":
		list := []any{}
		for _, name := range g.files[min((page-1)*100, len(g.files)):min(page*100, len(g.files), mostFiles)] {
			to, from, _ := strings.Cut(name, " from ")
			list = append(list, map[string]any{"filename": to, "previous_filename": from})
		}
		answer(list)
	case key == "GET /issues/5/comments":
		list := []any{}
		for _, c := range g.comments[min((page-1)*100, len(g.comments)):min(page*100, len(g.comments))] {
			list = append(list, map[string]any{"id": c.id, "body": c.body, "user": map[string]any{"login": c.login, "type": c.kind}})
		}
		answer(list)
	case key == "POST /issues/5/comments":
		g.read(r, &message)
		g.did = append(g.did, "made")
		g.comments = append(g.comments, comment{9000, bot, "Bot", message.Body})
		answer(map[string]any{"id": 9000})
	case strings.HasPrefix(key, "PATCH /issues/comments/"):
		g.read(r, &message)
		for i := range g.comments {
			if fmt.Sprint(g.comments[i].id) == strings.TrimPrefix(path, "/issues/comments/") {
				g.did = append(g.did, fmt.Sprint("renewed ", g.comments[i].id))
				g.comments[i].body = message.Body
			}
		}
		answer(map[string]any{"id": 9000})
	default:
		http.NotFound(w, r)
	}
}

func (g *github) read(r *http.Request, into any) {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		g.Error(err)
	}
}

// report runs the command, and returns the comment that was written and the log.
func (g *github) report(args ...string) (body, log string, err error) {
	g.Helper()
	server := httptest.NewServer(g)
	defer server.Close()
	self, err := os.Executable()
	if err != nil {
		g.Fatal(err)
	}
	env := map[string]string{"GITHUB_API_URL": server.URL, "GITHUB_SERVER_URL": "https://git.example", "GITHUB_REPOSITORY": "market/catalog", "GITHUB_TOKEN": token, "DEFAULT_BRANCH": "main"}
	g.Setenv("GITHUB_TOKEN", token)
	var said bytes.Buffer
	err = run(g.Context(), append(args, self, "42"), func(key string) string { return env[key] }, &said)
	if len(g.did) > 0 {
		for _, c := range g.comments {
			if c.login == bot {
				body = c.body
			}
		}
	}
	if strings.Contains(body+said.String(), "MARK") {
		g.Errorf("the token is in\n%s\n%s", body, said.String())
	}
	for line := range strings.Lines(said.String()) {
		if strings.HasPrefix(line, "::") {
			g.Errorf("the log has a command: %s", line)
		}
	}
	return body, said.String(), err
}

type file struct {
	name, text string
	mode       fs.FileMode
}

func archive(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.mode != 0 {
			h.SetMode(f.mode)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte(f.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const warning = "> [!WARNING]"

func TestOneCommentIsKept(t *testing.T) {
	g := newGitHub(t)
	g.comments = []comment{{1, "acme-dev", "User", marker + "\n\nAll is well, says I"}}
	for i := range 120 {
		g.comments = append(g.comments, comment{int64(i + 2), "acme-dev", "User", "a word"})
	}
	body, _, err := g.report()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{marker, "## Verdict: ok", "--format markdown --lang en", "The check passed.", "commit 0123456789ab", "(https://git.example/market/catalog/actions/runs/42)"} {
		if !strings.Contains(body, want) {
			t.Errorf("the comment lacks %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, warning) {
		t.Errorf("a seller's change is suspected:\n%s", body)
	}
	g.run["conclusion"] = "failure"
	body, _, err = g.report("--lang", "fr")
	if err != nil || !strings.Contains(body, "--lang fr") || !strings.Contains(body, "Le contrôle a échoué.") {
		t.Errorf("%v\n%s", err, body)
	}
	if _, _, err = g.report("--lang", "fr"); err != nil { // nothing is new
		t.Error(err)
	}
	if got := fmt.Sprint(g.did); got != "[made renewed 9000]" {
		t.Errorf("comments were %s", got)
	}
}

func TestAChangeOfItsOwnCheckIsTold(t *testing.T) {
	many := make([]string, 3001)
	for i := range many {
		many[i] = fmt.Sprintf("content/sellers/acme/p%d/product.md", i)
	}
	for name, files := range map[string][]string{
		"a workflow":        {"content/sellers/acme/showcase.md", ".github/workflows/check.yml"},
		"the program":       {"internal/check/owners.go"},
		"moved away":        {"content/sellers/acme/a.md from .github/workflows/report.yml"},
		"almost a seller's": {"content/sellers.md"},
		"on another page":   append(many[:150:150], "go.mod"),
		"more than listed":  many,
	} {
		t.Run(name, func(t *testing.T) {
			g := newGitHub(t)
			g.files = files
			body, _, err := g.report()
			if err != nil || !strings.HasPrefix(body, marker+"\n\n"+warning) {
				t.Errorf("%v\n%s", err, body)
			}
		})
	}
	g := newGitHub(t)
	g.files = many[:3000]
	if body, _, err := g.report(); err != nil || strings.Contains(body, warning) {
		t.Errorf("3,000 files of a seller: %v\n%s", err, body)
	}
}

func TestNothingIsSaidOfOtherRuns(t *testing.T) {
	for name, change := range map[string]func(*github){
		"another workflow of this name": func(g *github) { g.run["path"] = ".github/workflows/mine.yml" },
		"a push":                        func(g *github) { g.run["event"] = "push" },
		"cancelled":                     func(g *github) { g.run["conclusion"] = "cancelled" },
		"waits for approval":            func(g *github) { g.run["conclusion"] = "action_required" },
		"the fork is gone":              func(g *github) { g.run["head_repository"] = nil },
		"a newer push":                  func(g *github) { g.pull["head"].(map[string]any)["sha"] = other },
		"a push meanwhile":              func(g *github) { g.moved = true },
		"closed meanwhile":              func(g *github) { g.pull["state"] = "closed" },
		"no commit":                     func(g *github) { g.run["head_sha"] = "main" },
	} {
		t.Run(name, func(t *testing.T) {
			g := newGitHub(t)
			change(g)
			if _, log, err := g.report(); err != nil || len(g.did) > 0 || !strings.Contains(log, "nothing to report") {
				t.Errorf("%v, comments were %q, the log says %q", err, g.did, log)
			}
		})
	}
}

func TestHostileArtifacts(t *testing.T) {
	good := `{"verdict": "ok"}`
	lying := archive(t, file{name: "change.json", text: strings.Repeat(" ", mostEntry+1)})
	for i := 0; i+4 <= len(lying); i++ { // the size that it tells of itself is a lie
		if bytes.Equal(lying[i:i+4], []byte{1, 0, 0x80, 0}) {
			copy(lying[i:], []byte{9, 0, 0, 0})
		}
	}
	const unread, ended = "cannot be read, so look at the change by hand", "ended before it could say"
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"two entries", archive(t, file{name: "change.json", text: good}, file{name: "change.json", text: good}), unread},
		{"another one beside it", archive(t, file{name: "change.json", text: good}, file{name: "vitrine", text: "#!/bin/sh"}), unread},
		{"out of the folder", archive(t, file{name: "../change.json", text: good}), unread},
		{"an absolute path", archive(t, file{name: "/change.json", text: good}), unread},
		{"a link", archive(t, file{name: "change.json", text: good, mode: fs.ModeSymlink | 0o777}), unread},
		{"a folder", archive(t, file{name: "change.json/", mode: fs.ModeDir | 0o755}), unread},
		{"a bomb", archive(t, file{name: "change.json", text: strings.Repeat(" ", 64<<20)}), unread},
		{"a bomb that lies", lying, unread},
		{"not JSON", archive(t, file{name: "change.json", text: "::error::${{ github.token }}"}), unread},
		{"no archive", []byte("PK but no archive"), unread},
		{"empty", nil, unread},
		{"nothing", archive(t), unread},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGitHub(t)
			g.archives = [][]byte{test.data}
			body, log, err := g.report()
			if err != nil || !strings.Contains(body, test.want) || strings.Contains(body, "Verdict") {
				t.Errorf("%v\n%s\n%s", err, body, log)
			}
		})
	}
	g := newGitHub(t)
	g.size = mostArtifact + 1
	if body, _, err := g.report(); err != nil || !strings.Contains(body, unread) {
		t.Errorf("told to be huge: %v\n%s", err, body)
	}
	g = newGitHub(t)
	g.archives = [][]byte{bytes.Repeat([]byte("x"), mostArtifact+1)}
	g.size = 1
	if body, _, err := g.report(); err != nil || !strings.Contains(body, unread) {
		t.Errorf("huge, and told to be small: %v\n%s", err, body)
	}
	g = newGitHub(t)
	g.archives = nil
	g.run["conclusion"] = "failure"
	if body, _, err := g.report(); err != nil || !strings.Contains(body, ended) || !strings.Contains(body, "/actions/runs/42") {
		t.Errorf("no artifact: %v\n%s", err, body)
	}
	g = newGitHub(t) // the run was made again
	g.archives = append(g.archives, archive(t, file{name: "change.json", text: `{"verdict": "errors"}`}))
	if body, _, err := g.report(); err != nil || !strings.Contains(body, "Verdict: errors") {
		t.Errorf("two artifacts: %v\n%s", err, body)
	}
}

func TestABombIsNotUnpacked(t *testing.T) {
	bomb := archive(t, file{name: "change.json", text: strings.Repeat(" ", 128<<20)})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := entry(bomb); err == nil {
		t.Error("it is taken")
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 100<<20 {
		t.Errorf("%d MB were allocated", took>>20)
	}
}

func FuzzEntry(f *testing.F) {
	f.Add(archive(f, file{name: "change.json", text: "{}"}))
	f.Add(archive(f, file{name: "change.json", text: "{}", mode: fs.ModeSymlink}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := entry(data); len(text) > mostEntry || err != nil && text != nil {
			t.Errorf("%d bytes, %v", len(text), err)
		}
	})
}
