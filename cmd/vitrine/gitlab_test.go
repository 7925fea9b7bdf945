package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// gitlabJob is a job of GitLab's, with the keys that it may have.
type gitlabJob struct {
	Rules         []map[string]string
	Interruptible bool
	ResourceGroup string `yaml:"resource_group"`
	Script        []string
	Artifacts     struct {
		When    string
		Expire  string `yaml:"expire_in"`
		Expose  string `yaml:"expose_as"`
		Paths   []string
		Reports map[string]string
	}
}

type gitlabFile struct {
	Workflow struct{ Rules []map[string]string }
	Default  struct {
		Image, Timeout string
		Cache          []any
	}
	Variables map[string]string
	Check     gitlabJob
	Pages     gitlabJob
}

func readGitLab(t *testing.T) (f gitlabFile) {
	t.Helper()
	source, err := os.Open("../../docs/gitlab-ci.yml")
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	d := yaml.NewDecoder(source)
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// play runs a job's lines one after the other in the clone, as GitLab's runner does,
// with a go that builds this test's program.
func (r *runner) play(job gitlabJob, variables ...string) (said string, err error) {
	cmd := exec.Command("bash", "-eo", "pipefail", "-c", strings.Join(job.Script, "\n"))
	cmd.Dir = r.path("change")
	cmd.Env = append(os.Environ(), append(variables, "GITLAB_CI=true", "CI_BUILDS_DIR="+r.path("temp"), "VITRINE_LANG=en", "PROGRAM="+r.path("temp/vitrine"),
		"PATH="+r.path("bin")+":"+os.Getenv("PATH"))...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestGitLab(t *testing.T) {
	f := readGitLab(t)
	if f.Variables["GIT_DEPTH"] != "0" || f.Variables["GIT_SUBMODULE_STRATEGY"] != "none" || f.Default.Cache == nil || len(f.Default.Cache) > 0 {
		t.Errorf("%+v", f)
	}
	if !slices.Equal(f.Pages.Artifacts.Paths, []string{"public"}) { // what GitLab Pages takes
		t.Errorf("pages are %v", f.Pages.Artifacts.Paths)
	}
	r := newRunner(t)
	// The program is built from the target branch: a go that finds anything of the change fails.
	writeFile(t, r.path("bin/go"), `#!/usr/bin/env bash
[[ ! -e of-the-change ]] || { echo "go runs in the change"; exit 9; }
while [[ $1 != -o ]]; do shift; done
cp "$PROGRAM" "$2.new" && mv "$2.new" "$2"
`)
	if err := os.Chmod(r.path("bin/go"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, r.path("change/content/sellers/acme/care/notes.bak"), "no entry")
	writeFile(t, r.path("change/of-the-change"), "")
	r.commit("change")
	said, err := r.play(f.Check, "CI_MERGE_REQUEST_PROJECT_URL="+r.path("up"), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "GITLAB_USER_LOGIN=acme-team")
	if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != 1 || !strings.Contains(said, "[file-unused]") || !strings.Contains(said, "[staff-only]") {
		t.Fatalf("%v\n%s", err, said)
	}
	var issues []struct {
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(r.read("change/"+f.Check.Artifacts.Reports["codequality"])), &issues); err != nil || len(issues) != 2 {
		t.Fatalf("%v %+v", err, issues)
	}
	for _, i := range issues {
		if i.Fingerprint == "" || i.Severity != "major" || i.Location.Lines.Begin < 1 {
			t.Errorf("%+v", i)
		}
	}
	if names, _ := filepath.Glob(r.path("change/" + f.Check.Artifacts.Paths[0] + "*")); len(names) < 3 {
		t.Errorf("the artifact has %v", names)
	}

	r.git("change", "checkout", "-q", "-f", "origin/main")
	if said, err := r.play(f.Pages); err != nil || r.read("change/public/index.html") == "" {
		t.Errorf("%v\n%s", err, said)
	}
	r.edit("change/content/catalog.yaml", "currency: EUR", "currency: [")
	if said, err := r.play(f.Pages); err == nil {
		t.Errorf("a faulty catalog is published\n%s", said)
	}
}
