package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/fakecloud"
)

// TestOnlineScripts runs the workflow's steps with an API and a gh of the test's
// own: what they do with one issue.
func TestOnlineScripts(t *testing.T) {
	for _, program := range []string{"bash", "sed", "head"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there", program)
		}
	}
	ask, err := filepath.Abs("../../.ci/online/ask")
	if err != nil {
		t.Fatal(err)
	}
	tell := filepath.Join(filepath.Dir(ask), "../issue")
	for _, test := range []struct {
		name, issue string // the number of the issue that is open
		how, want   string // how the API answers, and what gh is asked to do
		fails       bool
	}{
		{"all is well, and was", "", "well", "", false},
		{"all is well again", "7", "well", "issue close 7", false},
		{"something is wrong", "", "empty", "issue create", false},
		{"something is still wrong", "7", "empty", "issue edit 7", false},
		{"it cannot be found out", "7", "401", "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "catalog"), os.DirFS("../../internal/check/testdata/valid")); err != nil {
				t.Fatal(err)
			}
			api := &fakecloud.API{Refuse: refusals[test.how], Types: func(string) bool { return true }}
			if test.how == "well" {
				api.Image = func(id string) string {
					if id == "ami-00000003" {
						return ""
					}
					return fakecloud.Image(id, "available", "012345678901", "x86_64", false, "pty-0a1b2c3d")
				}
			}
			server := httptest.NewServer(api)
			defer server.Close()
			// The program is this test's own, in the place of vitrine.
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			bin := filepath.Join(dir, "bin")
			script := func(name, text string) {
				writeFile(t, filepath.Join(bin, name), "#!/usr/bin/env bash\n"+text)
				if err := os.Chmod(filepath.Join(bin, name), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			script("vitrine", fmt.Sprintf("exec %q -test.run=^TestAsProgram$ -- \"$@\"\n", self))
			script("gh", `case "$1 $2" in "issue list") printf '%s\n' "$ISSUE" ;; *) printf '%s ' "$@" >>"$GH_LOG"; for a; do [[ ! -f $a ]] || cp "$a" "$GH_LOG.body"; done ;; esac`+"\n")
			profile := func(region string) string {
				return fmt.Sprintf(`%q: {"access_key": %q, "secret_key": %q, "region": %[1]q}`, region, fakecloud.AccessKey, fakecloud.SecretKey)
			}
			env := append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+dir, "GH_LOG="+dir+"/gh", "ISSUE="+test.issue, "RUN=https://runs.example/1", "TITLE=OMIs", "CLOSED=All is well",
				"GITHUB_STEP_SUMMARY="+dir+"/summary", "GITHUB_OUTPUT="+dir+"/output", "OSC_ENDPOINT_API="+server.URL, "VITRINE_AS_PROGRAM=1",
				"OSC_CONFIG={"+profile("cloudgouv-eu-west-1")+", "+profile("eu-west-2")+"}", "OSC_ACCESS_KEY=", "OSC_SECRET_KEY=", "OSC_REGION=")
			start := func(args ...string) (string, error) {
				cmd := exec.Command(args[0], args[1:]...)
				cmd.Dir, cmd.Env = filepath.Join(dir, "catalog"), env
				out, err := cmd.CombinedOutput()
				return string(out), err
			}
			said, err := start(ask, filepath.Join(bin, "vitrine"), dir+"/report.md")
			if err != nil {
				t.Fatalf("ask: %v\n%s", err, said)
			}
			output, err := os.ReadFile(dir + "/output")
			if err != nil {
				t.Fatal(err)
			}
			env = append(env, "STATUS="+strings.TrimPrefix(strings.TrimSpace(string(output)), "status="))
			more, err := start(tell, dir+"/report.md")
			said += more
			if (err != nil) != test.fails {
				t.Errorf("tell: %v\n%s", err, said)
			}
			did, _ := os.ReadFile(dir + "/gh")
			if !strings.HasPrefix(string(did), test.want) || test.want == "" && len(did) > 0 {
				t.Errorf("gh was asked to %q, want %q\n%s", did, test.want, said)
			}
			body, _ := os.ReadFile(dir + "/gh.body")
			if strings.Contains(test.want, "create") && (!strings.Contains(string(body), "omi&#45;missing") && !strings.Contains(string(body), "omi-missing") || !strings.Contains(string(body), "https://runs.example/1")) {
				t.Errorf("the issue says\n%s", body)
			}
			summary, _ := os.ReadFile(dir + "/summary")
			for _, text := range []string{said, string(body), string(summary)} {
				if strings.Contains(text, "MARK") {
					t.Errorf("the keys are in\n%s", text)
				}
			}
			if _, err := os.Stat(dir + "/.osc/config.json"); err == nil {
				t.Error("the keys are left behind")
			}
		})
	}
}

// TestAsProgram is the program, where another test starts this one for it.
func TestAsProgram(t *testing.T) {
	if os.Getenv("VITRINE_AS_PROGRAM") == "" {
		t.Skip("for other tests")
	}
	args := os.Args
	for len(args) > 0 && args[0] != "--" {
		args = args[1:]
	}
	os.Exit(run(t.Context(), args[1:], os.Stdout, os.Stderr, os.Getenv))
}
