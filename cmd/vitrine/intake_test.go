package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// intakeRun is a checkout of the default branch, and the scripts of
// .ci/intake with a gh of the test's own.
type intakeRun struct {
	t       *testing.T
	dir     string
	scripts string
	env     []string
}

func newIntake(t *testing.T) *intakeRun {
	t.Helper()
	for _, program := range []string{"bash", "jq", "git", "base64", "sed"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there", program)
		}
	}
	scripts, err := filepath.Abs("../../.ci/intake")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &intakeRun{t: t, dir: t.TempDir(), scripts: scripts}
	bin, fake := filepath.Join(r.dir, "bin"), filepath.Join(r.dir, "gh")
	for name, text := range map[string]string{
		"vitrine": fmt.Sprintf("VITRINE_AS_PROGRAM=1 exec %q -test.run=^TestAsProgram$ -- \"$@\"\n", self),
		"gh":      fmt.Sprintf("exec %q -test.run=^TestAsGH$ -- \"$@\"\n", self),
	} {
		writeFile(t, filepath.Join(bin, name), "#!/usr/bin/env bash\n"+text)
		if err := os.Chmod(filepath.Join(bin, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(fake, 0o755); err != nil {
		t.Fatal(err)
	}
	r.env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "GH_FAKE="+fake, "GH_REPO=orlune/catalog", "GITHUB_SERVER_URL=https://github.example",
		"GITHUB_EVENT_PATH="+filepath.Join(r.dir, "event.json"), "DEFAULT_BRANCH=main")
	s := readGH(fake)
	s.Branches["main"] = map[string][]byte{"content/catalog.yaml": nil}
	s.write()
	return r
}

// gh changes the repository as it is on GitHub.
func (r *intakeRun) gh(change func(*ghState)) *ghState {
	s := readGH(filepath.Join(r.dir, "gh"))
	if change != nil {
		change(s)
		s.write()
	}
	return s
}

func (r *intakeRun) script(env string, args ...string) (string, error) {
	cmd := exec.Command(filepath.Join(r.scripts, args[0]), args[1:]...)
	cmd.Dir, cmd.Env = filepath.Join(r.dir, "checkout"), append(r.env, env)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// issue runs both jobs for an event.
func (r *intakeRun) issue(number int, author, body string, labels ...string) *ghState {
	r.t.Helper()
	type label struct {
		Name string `json:"name"`
	}
	all := []label{{"listing"}}
	for _, l := range labels {
		all = append(all, label{l})
	}
	event, err := json.Marshal(map[string]any{"issue": map[string]any{
		"number": number, "title": "$(touch gone) ::error::${{ github.token }}", "body": body, "labels": all, "user": map[string]string{"login": author},
	}})
	if err != nil {
		r.t.Fatal(err)
	}
	writeFile(r.t, filepath.Join(r.dir, "event.json"), string(event))
	checkout, made := filepath.Join(r.dir, "checkout"), filepath.Join(r.dir, "made")
	for _, dir := range []string{checkout, made} { // each run has its own
		if err := os.RemoveAll(dir); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := os.CopyFS(checkout, os.DirFS("../../internal/check/testdata/valid")); err != nil {
		r.t.Fatal(err)
	}
	for _, args := range [][]string{{"read", "vitrine", made}, {"write", made}} {
		if out, err := r.script(fmt.Sprintf("NUMBER=%d", number), args...); err != nil || strings.Contains(out, "::") {
			r.t.Fatalf("%s: %v\n%s", args[0], err, out)
		}
	}
	if _, err := os.Stat(filepath.Join(checkout, "gone")); err == nil {
		r.t.Error("a command in the issue was run")
	}
	return r.gh(nil)
}

// story is a file of a story of from-issue.
func story(t *testing.T, script, name string) string {
	t.Helper()
	a, err := txtar.ParseFile("testdata/script/" + script + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	t.Fatalf("%s has no %s", script, name)
	return ""
}

// TestFromIssueWorkflow: an issue becomes a pull request with one reply, which
// both follow the issue until the listing is published.
func TestFromIssueWorkflow(t *testing.T) {
	r := newIntake(t)
	body := story(t, "from_issue", "showcase-issue.md")
	const file, branch = "content/sellers/bris/showcase.md", "listing/issue-7"

	s := r.issue(7, "bris-dev", strings.ReplaceAll(body, "\n", "\r\n"))
	if got := string(s.Branches[branch][file]); got != story(t, "from_issue", "showcase-draft.md") {
		t.Errorf("the branch has\n%s", got)
	}
	if len(s.Pulls) != 1 || s.Pulls[0].Title != "Listing request #7" || !strings.HasPrefix(s.Pulls[0].Body, "Closes #7\n") || s.Pulls[0].HeadRefName != branch {
		t.Fatalf("pull requests: %+v", s.Pulls)
	}
	upload := "https://github.example/orlune/catalog/upload/listing/issue-7/content/sellers/bris)"
	if len(s.Comments) != 1 || !strings.HasPrefix(s.Comments[0].Body, "<!-- vitrine from-issue -->\n") || !strings.Contains(s.Comments[0].Body, upload) || !strings.HasSuffix(s.Comments[0].Body, "\n→ #20\n") {
		t.Fatalf("comments: %+v", s.Comments)
	}

	// Somebody else asks for the same name meanwhile, and a fork has a branch of a
	// request's name.
	r.gh(func(s *ghState) {
		s.Pulls = append(s.Pulls, ghPull{Number: 99, HeadRefName: "listing/issue-5", IsCrossRepository: true, Files: []ghFile{{file}}})
	})
	s = r.issue(8, "mallory", body)
	if s.Branches["listing/issue-8"] != nil || len(s.Pulls) != 2 || len(s.Comments) != 2 || !strings.Contains(s.Comments[1].Body, "issue &#35;7 asks for") {
		t.Errorf("comments: %+v", s.Comments)
	}

	// A reviewer adds the logo on the website, and gives the label.
	r.gh(func(s *ghState) {
		logo, err := os.ReadFile("../../internal/check/testdata/valid/content/sellers/acme/logo.svg")
		if err != nil {
			t.Fatal(err)
		}
		s.Branches[branch]["content/sellers/bris/logo.svg"] = logo
	})
	s = r.issue(7, "bris-dev", body, "publish")
	if got := string(s.Branches[branch][file]); !strings.HasPrefix(got, "---\nstatus: published\n") || s.Branches[branch]["content/sellers/bris/logo.svg"] == nil {
		t.Errorf("the branch has\n%s", got)
	}
	if len(s.Pulls) != 2 || len(s.Comments) != 2 || !strings.Contains(s.Comments[0].Body, "public once it is merged") {
		t.Errorf("pull requests %+v, comments %+v", s.Pulls, s.Comments)
	}

	// Read once more, nothing is committed.
	before := len(s.Changes)
	s = r.issue(7, "bris-dev", body, "publish")
	if got := s.Changes[before:]; len(got) != 1 || !strings.HasPrefix(got[0], "PATCH issues/comments/") {
		t.Errorf("it changed %q", got)
	}

	// The pull request was closed and its branch left behind: a new one begins from
	// the default branch.
	r.gh(func(s *ghState) { s.Pulls = s.Pulls[1:] }) // that of the fork stays
	s = r.issue(7, "bris-dev", body)
	if len(s.Pulls) != 2 || s.Branches[branch]["content/sellers/bris/logo.svg"] != nil || s.Branches[branch][file] == nil {
		t.Errorf("pull requests %+v, files %v", s.Pulls, s.Branches[branch])
	}

	// A text that no form made: a reply, and nothing else.
	s = r.issue(9, "mallory", "Hello.")
	if s.Branches["listing/issue-9"] != nil || len(s.Comments) != 3 || strings.Contains(s.Comments[2].Body, "→") {
		t.Errorf("comments %+v", s.Comments)
	}
}

// TestMadeIsHostile: the job that writes takes one plain file in an entry's
// place.
func TestMadeIsHostile(t *testing.T) {
	for _, test := range []struct {
		name   string
		number string
		make   func(made string) error
	}{
		{"a workflow", "7", put1(".github/workflows/x.yml", "x")},
		{"a file beside the entries", "7", put1("content/catalog.yaml", "x")},
		{"a file in an entry's folder", "7", put1("content/sellers/bris/logo.svg", "x")},
		{"a name with a line end", "7", put1("content/sellers/bris\n/showcase.md", "x")},
		{"a capital", "7", put1("content/sellers/Bris/showcase.md", "x")},
		{"a large file", "7", put1("content/sellers/bris/showcase.md", strings.Repeat("x", 256_001))},
		{"two files", "7", func(made string) error {
			return firstError(put1("content/sellers/bris/showcase.md", "x")(made), put1("content/sellers/acme/showcase.md", "x")(made))
		}},
		{"a link", "7", func(made string) error {
			dir := filepath.Join(made, "files/content/sellers/bris")
			return firstError(os.MkdirAll(dir, 0o755), os.Symlink("/etc/passwd", filepath.Join(dir, "showcase.md")))
		}},
		{"a folder that is a link", "7", func(made string) error {
			return firstError(os.MkdirAll(filepath.Join(made, "files/content/sellers"), 0o755), os.Symlink("/etc", filepath.Join(made, "files/content/sellers/bris")))
		}},
		{"no number", "", put1("content/sellers/bris/showcase.md", "x")},
		{"a command for a number", "$(touch gone)", put1("content/sellers/bris/showcase.md", "x")},
		{"no reply", "7", func(made string) error { return os.Remove(filepath.Join(made, "reply.md")) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newIntake(t)
			made := filepath.Join(r.dir, "made")
			writeFile(t, filepath.Join(made, "reply.md"), "reply")
			if err := firstError(test.make(made), os.MkdirAll(filepath.Join(r.dir, "checkout"), 0o755)); err != nil {
				t.Fatal(err)
			}
			out, err := r.script("NUMBER="+test.number, "write", made)
			if s := r.gh(nil); err == nil || !strings.Contains(out, "::error::what was made is not what is expected") || len(s.Changes) > 0 {
				t.Errorf("%v: it did %q and said %s", err, s.Changes, out)
			}
		})
	}
}

func put1(name, text string) func(string) error {
	return func(made string) error {
		file := filepath.Join(made, "files", filepath.FromSlash(name))
		return firstError(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644))
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
