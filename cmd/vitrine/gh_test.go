package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ghState is a repository on GitHub, as far as the scripts of .ci/intake see it:
// branches, which are folders, pull requests and comments. It is kept in a folder, where each
// call of the test's gh finds it.
type ghState struct {
	Dir      string                       `json:"-"`
	Branches map[string]map[string][]byte // files by branch and path
	Pulls    []ghPull
	Comments []ghComment
	Changes  []string // calls that changed something
}

type ghPull struct {
	Number            int      `json:"number"`
	HeadRefName       string   `json:"headRefName"`
	IsCrossRepository bool     `json:"isCrossRepository"`
	Files             []ghFile `json:"files"`
	Title, Body       string
}

type ghFile struct {
	Path string `json:"path"`
}

type ghComment struct {
	ID    int    `json:"id"`
	Body  string `json:"body"`
	Issue string
	User  struct {
		Type string `json:"type"`
	} `json:"user"`
}

var errGH404 = errors.New("gh: Not Found (HTTP 404)")

// TestAsGH is gh, where another test starts this one for it.
func TestAsGH(t *testing.T) {
	dir := os.Getenv("GH_FAKE")
	if dir == "" {
		t.Skip("for other tests")
	}
	args := os.Args
	for len(args) > 0 && args[0] != "--" {
		args = args[1:]
	}
	s := readGH(dir)
	out, err := s.run(args[1:])
	fmt.Print(string(out))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.write()
	os.Exit(0)
}

func readGH(dir string) *ghState {
	s := &ghState{Dir: dir, Branches: map[string]map[string][]byte{}}
	if data, err := os.ReadFile(filepath.Join(dir, "state.json")); err == nil {
		if err := json.Unmarshal(data, s); err != nil {
			panic(err)
		}
	}
	return s
}

func (s *ghState) write() {
	data, err := json.Marshal(s)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.Dir, "state.json"), data, 0o644)
	}
	if err != nil {
		panic(err)
	}
}

// run is one call: gh pr list, or gh api.
func (s *ghState) run(args []string) ([]byte, error) {
	fields := map[string]string{}
	method, jq, input, raw, silent := "GET", "", "", false, false
	var words []string
	for i := 0; i < len(args); i++ {
		next := func() string { i++; return args[i] }
		switch a := args[i]; a {
		case "--method", "-X":
			method = next()
		case "--jq":
			jq = next()
		case "--input":
			input = next()
		case "-H":
			raw = strings.Contains(next(), ".raw")
		case "--silent":
			silent = true
		case "-f", "-F":
			k, v, _ := strings.Cut(next(), "=")
			if file, ok := strings.CutPrefix(v, "@"); ok && a == "-F" {
				data, err := os.ReadFile(file)
				if err != nil {
					return nil, err
				}
				v = string(data)
			}
			fields[k] = v
		case "--state", "--limit", "--json", "--head":
			fields[a] = next()
		case "--paginate":
		default:
			words = append(words, a)
		}
	}
	var answer any
	var err error
	switch {
	case words[0] == "pr" && words[1] == "list":
		pulls := []ghPull{}
		for _, p := range s.Pulls {
			if head := fields["--head"]; head == "" || head == p.HeadRefName {
				pulls = append(pulls, p)
			}
		}
		answer = pulls
	case words[0] == "api":
		path, _ := strings.CutPrefix(words[1], "repos/orlune/catalog/")
		if method != "GET" {
			s.Changes = append(s.Changes, method+" "+path)
		}
		answer, err = s.api(method, path, fields, input, raw)
	default:
		err = fmt.Errorf("gh: unknown command %q", words)
	}
	if err != nil {
		return []byte(`{"message":"Not Found"}`), err
	}
	data, isRaw := answer.([]byte)
	if !isRaw {
		if data, err = json.Marshal(answer); err != nil {
			return nil, err
		}
	}
	if silent || isRaw || jq == "" {
		if silent {
			data = nil
		}
		return data, nil
	}
	cmd := exec.Command("jq", "-r", jq)
	cmd.Stdin = bytes.NewReader(data)
	return cmd.Output()
}

func (s *ghState) api(method, path string, fields map[string]string, input string, raw bool) (any, error) {
	path, query, _ := strings.Cut(path, "?")
	parts := strings.SplitN(path, "/", 4)
	switch method + " " + strings.Join(parts[:min(2, len(parts))], "/") {
	case "GET git/ref":
		if s.Branches[parts[3]] == nil {
			return nil, errGH404
		}
		return map[string]any{"object": map[string]string{"sha": "main"}}, nil
	case "POST git/refs":
		s.branch(strings.TrimPrefix(fields["ref"], "refs/heads/"), fields["sha"])
		return nil, nil
	case "PATCH git/refs":
		s.branch(parts[3], fields["sha"])
		return nil, nil
	case "POST pulls":
		p := ghPull{Number: 20 + len(s.Pulls), HeadRefName: fields["head"], Title: fields["title"], Body: fields["body"]}
		for name := range s.Branches[p.HeadRefName] {
			p.Files = append(p.Files, ghFile{name})
		}
		s.Pulls = append(s.Pulls, p)
		return p, nil
	}
	if file, ok := strings.CutPrefix(path, "contents/"); ok && method == "GET" {
		data, ok := s.Branches[strings.TrimPrefix(query, "ref=")][file]
		if !ok {
			return nil, errGH404
		}
		if raw {
			return data, nil
		}
		return map[string]string{"sha": blob(data)}, nil
	} else if ok {
		return nil, s.put(file, input)
	}
	if rest, ok := strings.CutPrefix(path, "issues/"); ok {
		return s.comments(method, rest, fields["body"])
	}
	return nil, errGH404
}

func (s *ghState) branch(name, from string) {
	s.Branches[name] = map[string][]byte{}
	for k, v := range s.Branches[from] {
		s.Branches[name][k] = v
	}
}

// put is a commit of one file. The API refuses one that does not know what it
// replaces.
func (s *ghState) put(file, input string) error {
	var in io.Reader = os.Stdin
	if input != "-" {
		f, err := os.Open(input)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	var c struct{ Message, Branch, Content, Sha string }
	if err := json.NewDecoder(in).Decode(&c); err != nil {
		return err
	}
	was, there := s.Branches[c.Branch][file]
	if s.Branches[c.Branch] == nil || there && blob(was) != c.Sha || !there && c.Sha != "" {
		return errors.New("gh: does not match (HTTP 409)")
	}
	data, err := base64.StdEncoding.DecodeString(c.Content)
	s.Branches[c.Branch][file] = data
	return err
}

func (s *ghState) comments(method, rest, body string) (any, error) {
	switch {
	case method == "GET":
		issue, _, _ := strings.Cut(rest, "/")
		return slices.DeleteFunc(append([]ghComment{}, s.Comments...), func(c ghComment) bool { return c.Issue != issue }), nil
	case method == "POST":
		c := ghComment{ID: 100 + len(s.Comments), Body: body, Issue: strings.TrimSuffix(rest, "/comments")}
		c.User.Type = "Bot"
		s.Comments = append(s.Comments, c)
		return c, nil
	}
	for i := range s.Comments {
		if rest == fmt.Sprintf("comments/%d", s.Comments[i].ID) {
			s.Comments[i].Body = body
			return s.Comments[i], nil
		}
	}
	return nil, errGH404
}

// blob is git's hash of a file.
func blob(data []byte) string {
	return fmt.Sprintf("%x", sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(data)), data...)))
}
