package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHealthScripts runs the steps of the weekly workflow with a gh of the test's
// own: what they do with one issue.
func TestHealthScripts(t *testing.T) {
	for _, program := range []string{"bash", "head"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there", program)
		}
	}
	ci, err := filepath.Abs("../../.ci")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable() // the program is this test's own, in the place of vitrine
	if err != nil {
		t.Fatal(err)
	}
	waiver := "currency: EUR\nwaivers: [{rule: text-too-long, path: content/pages, reason: \"$(id) ::error:: @everybody\", until: 2020-01-01}]"
	for _, test := range []struct{ name, issue, setting, want string }{
		{"nothing to do", "", "currency: EUR", ""},
		{"nothing to do any more", "7", "currency: EUR", "issue close 7 --reason completed --comment Nothing to do: https://runs.example/1 "},
		{"something to do", "", waiver, "issue create --title $(TITLE) `id` "},
		{"something to do still", "7", waiver, "issue edit 7 "},
		{"it cannot be found out", "7", "currency: [EUR", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			catalog := filepath.Join(dir, "catalog")
			if err := os.CopyFS(catalog, os.DirFS("../../internal/check/testdata/valid")); err != nil {
				t.Fatal(err)
			}
			settings := filepath.Join(catalog, "content/catalog.yaml")
			text, err := os.ReadFile(settings)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, settings, strings.Replace(string(text), "currency: EUR", test.setting, 1))
			script := func(name, text string) string {
				name = filepath.Join(dir, "bin", name)
				writeFile(t, name, "#!/usr/bin/env bash\n"+text)
				if err := os.Chmod(name, 0o755); err != nil {
					t.Fatal(err)
				}
				return name
			}
			vitrine := script("vitrine", fmt.Sprintf("exec %q -test.run=^TestAsProgram$ -- \"$@\"\n", self))
			script("gh", `case "$1 $2" in "issue list") printf '%s\n' "$ISSUE" ;; *) printf '%s ' "$@" >>"$GH_LOG"; for a; do [[ ! -f $a ]] || cp "$a" "$GH_LOG.body"; done ;; esac`+"\n")
			env := append(os.Environ(), "PATH="+filepath.Join(dir, "bin")+":"+os.Getenv("PATH"), "HOME="+dir, "VITRINE_CACHE="+dir, "VITRINE_AS_PROGRAM=1", "GH_LOG="+dir+"/gh", "ISSUE="+test.issue,
				"RUN=https://runs.example/1", "TITLE=$(TITLE) `id`", "CLOSED=Nothing to do", "LINKS=", "GITHUB_STEP_SUMMARY="+dir+"/summary", "GITHUB_OUTPUT="+dir+"/output")
			start := func(args ...string) (string, error) {
				cmd := exec.Command(args[0], args[1:]...)
				cmd.Dir, cmd.Env = catalog, env
				out, err := cmd.CombinedOutput()
				return string(out), err
			}
			said, err := start(ci+"/health/look", vitrine, dir+"/report.md")
			if err != nil {
				t.Fatalf("look: %v\n%s", err, said)
			}
			output, err := os.ReadFile(dir + "/output")
			if err != nil {
				t.Fatal(err)
			}
			env = append(env, "STATUS="+strings.TrimPrefix(strings.TrimSpace(string(output)), "status="))
			more, err := start(ci+"/issue", dir+"/report.md")
			if fails := strings.Contains(test.name, "cannot"); (err != nil) != fails {
				t.Errorf("tell: %v\n%s%s", err, said, more)
			}
			did, _ := os.ReadFile(dir + "/gh")
			if !strings.HasPrefix(string(did), test.want) || test.want == "" && len(did) > 0 {
				t.Errorf("gh was asked to %q, want %q\n%s%s", did, test.want, said, more)
			}
			body, _ := os.ReadFile(dir + "/gh.body")
			if created := strings.Contains(test.want, "create"); created && (!strings.Contains(string(body), "<code>waiver-over</code>") || strings.Contains(string(body), "@")) {
				t.Errorf("the issue says\n%s", body)
			}
		})
	}
}
