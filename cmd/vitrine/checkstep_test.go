package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// runner is a machine on which the check of a pull request runs: with the catalog
// where people push to, and a clone of it in the folder that the workflow names.
type runner struct {
	*testing.T
	dir string
	run string // the command of the workflow
}

func newRunner(t *testing.T) *runner {
	for _, program := range []string{"bash", "git"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there", program)
		}
	}
	r := &runner{T: t, dir: t.TempDir(), run: commandOf(t, "check.yml", "check", "Check the change")}
	r.program(filepath.Join(r.dir, "temp", "vitrine"))
	if err := os.CopyFS(r.path("up"), os.DirFS("../../internal/check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	r.edit("up/content/catalog.yaml", "currency: EUR", "currency: EUR\nstaff: [catalog-admin]")
	r.git("up", "init", "-q", "-b", "main")
	r.commit("up")
	r.git(".", "clone", "-q", "up", "change")
	return r
}

// commandOf returns the command of a workflow's step.
func commandOf(t *testing.T, file, job, step string) string {
	t.Helper()
	data, err := os.ReadFile("../../.github/workflows/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var w struct {
		Jobs map[string]struct {
			Steps []struct{ Name, Run string }
		}
	}
	if err := yaml.Unmarshal(data, &w); err != nil {
		t.Fatal(err)
	}
	for _, s := range w.Jobs[job].Steps {
		if s.Name == step && s.Run != "" {
			return s.Run
		}
	}
	t.Fatalf("%s has no step %s in the job %s", file, step, job)
	return ""
}

// program makes this test's program a command, in the place of vitrine.
func (r *runner) program(name string) {
	self, err := os.Executable()
	if err != nil {
		r.Fatal(err)
	}
	writeFile(r.T, name, fmt.Sprintf("#!/usr/bin/env bash\nVITRINE_AS_PROGRAM=1 exec %q -test.run=^TestAsProgram$ -- \"$@\"\n", self))
	if err := os.Chmod(name, 0o755); err != nil {
		r.Fatal(err)
	}
}

func (r *runner) path(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

func (r *runner) read(name string) string {
	data, err := os.ReadFile(r.path(name))
	if err != nil {
		r.Fatal(err)
	}
	return string(data)
}

func (r *runner) edit(name, before, after string) {
	text := r.read(name)
	if !strings.Contains(text, before) {
		r.Fatalf("%s has no %q", name, before)
	}
	writeFile(r.T, r.path(name), strings.Replace(text, before, after, 1))
}

func (r *runner) git(dir string, args ...string) {
	r.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@acme.example"}, args...)...)
	cmd.Dir = r.path(dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (r *runner) commit(dir string) {
	r.git(dir, "add", "-A")
	r.git(dir, "commit", "-q", "-m", "::error::$(touch pwned) ${{ github.token }}")
}

// said is what a run of the check said.
type said struct {
	status           int
	log, out         string
	summary, ruleIDs string
}

// check runs the workflow's step, as the runner does it.
func (r *runner) check(author string) said {
	r.Helper()
	cmd := exec.Command("bash", "-e", "-c", r.run)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY="+r.path("summary.md"), "RUNNER_TEMP="+r.path("temp"), "BASE=main", "AUTHOR="+author, "VITRINE_LANG=en")
	var out, log strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &log
	err := cmd.Run()
	s := said{log: log.String(), out: out.String(), summary: r.read("summary.md")}
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		s.status = e.ExitCode()
	} else if err != nil {
		r.Fatal(err)
	}
	var findings struct {
		Findings []struct{ Rule string }
	}
	if err := json.Unmarshal([]byte(r.read("temp/ci/findings.json")), &findings); err != nil {
		r.Fatal(err)
	}
	for _, f := range findings.Findings {
		s.ruleIDs += f.Rule + " "
	}
	r.inert(s)
	return s
}

// annotation is a workflow command as vitrine means it.
var annotation = regexp.MustCompile(`^::(error|warning|notice) file=[^:,\r\n]+(,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?)?,title=[a-z-]+::`)

// inert fails where something that a stranger named did something.
func (r *runner) inert(s said) {
	r.Helper()
	for line := range strings.Lines(s.out + s.log) {
		if (strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[")) && !annotation.MatchString(line) {
			r.Errorf("the log has a command: %s", line)
		}
	}
	for _, live := range []string{"${{", "$(touch", "<img", "@everyone", "](http"} {
		if strings.Contains(s.summary, live) {
			r.Errorf("the summary has %q:\n%s", live, s.summary)
		}
	}
	for _, dir := range []string{".", "change", "temp"} {
		if _, err := os.Stat(r.path(dir + "/pwned")); err == nil {
			r.Error("a command of the change ran in", dir)
		}
	}
}

func TestCheckOfAnOrdinaryChange(t *testing.T) {
	r := newRunner(t)
	r.git("change", "checkout", "-q", "-b", "branch")
	r.edit("change/content/sellers/acme/care/product.md", "We look after it.", "We look well after it.")
	r.edit("change/content/sellers/acme/care/product.md", "Nous en prenons soin.", "Nous en prenons grand soin.")
	r.commit("change")
	if s := r.check("acme-team"); s.status != 0 || s.ruleIDs != "" || s.out != "" {
		t.Errorf("%+v", s)
	}
	if page := r.read("temp/ci/site/en/products/acme/care/index.html"); !strings.Contains(page, "We look well after it.") || !strings.Contains(page, "noindex") {
		t.Error("the preview does not show the change")
	}
}

func TestCheckOfAChangeOfWorkflows(t *testing.T) {
	r := newRunner(t)
	writeFile(t, r.path("change/.github/workflows/check.yml"), "on: pull_request_target\n")
	writeFile(t, r.path("change/.github/workflows/mine.yml"), "on: push\n")
	writeFile(t, r.path("change/go.mod"), "module vitrine\n")
	r.commit("change")
	s := r.check("acme-team")
	if s.status != 1 || s.ruleIDs != "staff-only staff-only staff-only " || !strings.Contains(s.out, "::error file=.github/workflows/check.yml,title=staff-only::") {
		t.Errorf("by a seller: %+v", s)
	}
	if s := r.check("catalog-admin"); s.status != 0 {
		t.Errorf("by the staff: %+v", s)
	}
}

func TestCheckOfThousandsOfFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes ten seconds")
	}
	r := newRunner(t)
	for i := range 3000 {
		writeFile(t, r.path(fmt.Sprintf("change/content/sellers/acme/p%04d/product.md", i)), "---\ntype: nonsense\n---\n")
	}
	r.commit("change")
	start := time.Now()
	s := r.check("acme-team")
	t.Log(len(s.out), len(s.log), len(s.summary), time.Since(start))
	if s.status != 1 || len(s.out)+len(s.log) > 64<<10 || len(s.summary) > 1<<20 || strings.Count(s.out, "\n") > 30 {
		t.Errorf("status %d; %d bytes of output, %d of summary", s.status, len(s.out)+len(s.log), len(s.summary))
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	if !strings.Contains(s.log, "the change touches 3000 files") {
		t.Error(s.log)
	}
}

func TestCheckOfHostileNames(t *testing.T) {
	r := newRunner(t)
	const hostile = "::error::$(touch pwned)`touch pwned`;touch pwned #${{ github.token }}"
	r.git("change", "checkout", "-q", "-b", "$(touch${IFS}pwned)")
	writeFile(t, r.path("change/content/sellers/acme/vault/"+hostile+".md"), "text")
	writeFile(t, r.path("change/content/sellers/acme/vault/a\n::error::b"), "text")
	writeFile(t, r.path("change/"+hostile), "text")
	writeFile(t, r.path("change/content/sellers/acme/"+hostile+"/product.md"), "---\ntitle: \"<img src=x> @everyone [x](http://x.example)\"\n\"::error::${{ x }}\": 1\n---\n")
	writeFile(t, r.path("change/.gitattributes"), "* filter=x diff=x text eol=crlf\n")
	writeFile(t, r.path("change/.gitmodules"), "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c touch% pwned\n")
	writeFile(t, r.path("change/.git-hooks/post-checkout"), "#!/bin/sh\ntouch pwned\n")
	r.commit("change")
	for _, author := range []string{"acme-team", "$(touch pwned)", "--lang=xx", "dependabot[bot]"} {
		if s := r.check(author); s.status != 1 || !strings.Contains(s.ruleIDs, "staff-only") {
			t.Errorf("by %s: %+v", author, s)
		}
	}
}

func TestCheckAfterTheBaseMovedOn(t *testing.T) {
	r := newRunner(t)
	r.edit("change/content/sellers/acme/care/product.md", "We look after it.", "We look well after it.")
	r.edit("change/content/sellers/acme/care/product.md", "Nous en prenons soin.", "Nous en prenons grand soin.")
	r.git("change", "checkout", "-q", "-b", "branch")
	r.commit("change")
	// Somebody else's change of another file is nobody's business here.
	r.edit("up/content/sellers/acme/relay/product.md", "Passes messages on.", "Passes your messages on.")
	r.edit("up/content/sellers/acme/relay/product.md", "Transmet les messages.", "Transmet vos messages.")
	r.commit("up")
	r.git("change", "fetch", "-q", "origin")
	if s := r.check("acme-team"); s.status != 0 || !strings.Contains(s.log, "origin/main has moved on since") {
		t.Errorf("another file: %+v", s)
	}
	// One of the same file no longer merges.
	r.edit("up/content/sellers/acme/care/product.md", "We look after it.", "We watch over it.")
	r.edit("up/content/sellers/acme/care/product.md", "Nous en prenons soin.", "Nous veillons dessus.")
	r.commit("up")
	r.git("change", "fetch", "-q", "origin")
	if s := r.check("acme-team"); s.status != 1 || !strings.Contains(s.out, "merge origin/main into the branch, then check again") {
		t.Errorf("the same file: %+v", s)
	}
}
