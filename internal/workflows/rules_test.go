package workflows

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/rhysd/actionlint"
	"go.yaml.in/yaml/v4"
)

// workflow is a workflow of GitHub's, as far as its safety depends on it.
type workflow struct {
	On          map[string]any    `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Concurrency struct {
		Group  string `yaml:"group"`
		Cancel bool   `yaml:"cancel-in-progress"`
	} `yaml:"concurrency"`
	Env  map[string]string `yaml:"env"`
	Jobs map[string]*job   `yaml:"jobs"`
}

type job struct {
	If          string            `yaml:"if"`
	Needs       string            `yaml:"needs"`
	Uses        string            `yaml:"uses"`
	RunsOn      string            `yaml:"runs-on"`
	Timeout     int               `yaml:"timeout-minutes"`
	Environment any               `yaml:"environment"`
	Permissions map[string]string `yaml:"permissions"`
	Env         map[string]string `yaml:"env"`
	Container   any               `yaml:"container"`
	Services    any               `yaml:"services"`
	Steps       []step            `yaml:"steps"`
}

type step struct {
	Uses   string            `yaml:"uses"`
	With   map[string]any    `yaml:"with"`
	Run    string            `yaml:"run"`
	Folder string            `yaml:"working-directory"`
	Env    map[string]string `yaml:"env"`
}

// Where a change stands, in whatever words a workflow has for it.
var ofChange = regexp.MustCompile(`head_sha|head_ref|head_branch|head_repository|head_commit|head\.|refs/pull|pull/|gh pr checkout|github\.ref\b.*pull`)

var (
	// An action of GitHub's own by its commit, with its version for people and Dependabot.
	pinned = regexp.MustCompile(`^actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	used   = regexp.MustCompile(`(?m)^[ -]*uses: *(.*?) *$`)
	// What comes with a repository and is run by these.
	builds = regexp.MustCompile(`\b(go|make|npm|npx|node|bash|sh|source|python3?)\b|(^|[ '"])\.{1,2}/|\.ci/`)
)

const baseCommit, headCommit = "${{ github.event.pull_request.base.sha }}", "${{ github.event.pull_request.head.sha }}"

// faults says what is wrong with a workflow, a line each.
func faults(name string, source []byte) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, err := range lint(name, source) {
		say("actionlint: %s", err)
	}
	var w workflow
	if err := yaml.Unmarshal(source, &w); err != nil {
		say("it cannot be read: %v", err)
		return out
	}
	if w.Permissions == nil || len(w.Permissions) > 0 {
		say("all jobs have permissions: write permissions: {} at the top")
	}
	if w.Concurrency.Group == "" {
		say("two runs may be at work at once: it has no concurrency")
	}
	for _, m := range used.FindAllStringSubmatch(string(source), -1) {
		if !pinned.MatchString(m[1]) {
			say("not pinned by commit with a version behind it: %s", m[1])
		}
	}
	for _, event := range []string{"pull_request_target", "issue_comment", "pull_request_review", "pull_request_review_comment"} {
		if _, on := w.On[event]; on {
			say("it runs on %s, with rights and on what strangers send", event)
		}
	}
	filters, change := w.On["pull_request"]
	if change && filters != nil {
		say("a required check must always run: pull_request has a filter")
	}
	if change && !w.Concurrency.Cancel {
		say("a new push leaves the old check running: cancel-in-progress")
	}
	for name, j := range w.Jobs {
		for _, f := range j.faults(&w) {
			say("job %s: %s", name, f)
		}
		for _, f := range j.reach(&w, change) {
			say("job %s: %s", name, f)
		}
	}
	slices.Sort(out)
	return out
}

// lint asks actionlint, without the programs that it can start. Versions from
// 1.7.8 on need a draft of the YAML library that we have the release of.
func lint(name string, source []byte) []string {
	linter, err := actionlint.NewLinter(discard{}, &actionlint.LinterOptions{})
	if err != nil {
		return []string{err.Error()}
	}
	found, err := linter.Lint(name, source, nil)
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, e := range found {
		out = append(out, fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message))
	}
	return out
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// faults says what no job may do.
func (j *job) faults(w *workflow) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if j.Timeout < 1 || j.Timeout > 10 {
		say("it may run for more than ten minutes")
	}
	if j.RunsOn != "ubuntu-24.04" {
		say("it runs on %s", j.RunsOn)
	}
	if j.Permissions == nil {
		say("it does not say what it may do")
	}
	if j.Uses != "" || j.Container != nil || j.Services != nil {
		say("it runs what is not pinned here: a called workflow or an image")
	}
	for _, s := range j.Steps {
		action, _, _ := strings.Cut(s.Uses, "@")
		switch action {
		case "actions/checkout":
			if s.With["persist-credentials"] != false {
				say("a checkout keeps its token")
			}
			if is(s.With["submodules"]) || is(s.With["lfs"]) {
				say("a checkout takes submodules or large files")
			}
			if s.With["repository"] != nil {
				say("a checkout of another repository")
			}
		case "actions/setup-go":
			if s.With["cache"] != false {
				say("a cache that other runs can fill")
			}
		case "actions/cache":
			say("a cache that other runs can fill")
		case "actions/download-artifact":
			if s.With["run-id"] != nil || s.With["github-token"] != nil || s.With["repository"] != nil {
				say("an artifact of another run")
			}
		case "actions/github-script":
			say("a script inside of the workflow")
		}
		if strings.Contains(s.Run, "${{") {
			say("an expression is part of a command: %s", s.Run)
		}
	}
	return out
}

func is(v any) bool { return v != nil && v != false && v != "false" }

// reach says where a job could give something away to a change, or run it.
func (j *job) reach(w *workflow, change bool) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	secret := len(j.secrets(w)) > 0
	writes := false
	for _, right := range j.Permissions {
		writes = writes || right != "read" && right != "none"
	}
	if change {
		if writes || len(j.Permissions) != 1 || j.Permissions["contents"] != "read" {
			say("the check of a change may do more than read")
		}
		if secret || j.Environment != nil {
			say("the check of a change can reach a secret")
		}
		return append(out, j.runs()...)
	}
	// Everything else has rights, secrets, or a place from which the site is made.
	for _, s := range j.Steps {
		if ref := s.With["ref"]; strings.HasPrefix(s.Uses, "actions/checkout@") && ref != nil && ref != "${{ github.event.repository.default_branch }}" {
			say("a job with rights checks out %v", ref)
		}
		if text := fmt.Sprint(s.With, s.Env, s.Run, s.Folder); ofChange.MatchString(text) {
			say("a job with rights looks at a change: %s", text)
		}
	}
	if _, by := w.On["workflow_dispatch"]; by && !j.onDefault(w) {
		say("by hand, it runs on any branch")
	}
	if secret && j.Environment == nil {
		say("secrets outside of an environment")
	}
	if j.Permissions["id-token"] != "" || j.Permissions["pages"] != "" {
		if j.Environment == nil {
			say("it deploys outside of an environment")
		}
		for _, s := range j.Steps {
			if !strings.HasPrefix(s.Uses, "actions/deploy-pages@") {
				say("a job that may deploy does something else: %s%s", s.Uses, s.Run)
			}
		}
	}
	return out
}

// secrets returns what names a secret other than the run's own token.
func (j *job) secrets(w *workflow) (out []string) {
	look := func(texts ...any) {
		if text := fmt.Sprint(texts...); strings.Contains(text, "secrets.") || strings.Contains(text, "secrets[") || strings.Contains(text, "toJSON(secrets)") {
			out = append(out, text)
		}
	}
	look(w.Env, j.Env, j.If)
	for _, s := range j.Steps {
		look(s.With, s.Env, s.Run)
	}
	return out
}

// onDefault reports whether a job, or one that it needs, runs on the default
// branch alone.
func (j *job) onDefault(w *workflow) bool {
	if strings.Contains(j.If, "github.event.repository.default_branch") {
		return true
	}
	needed := w.Jobs[j.Needs]
	return needed != nil && needed != j && needed.onDefault(w)
}

// runs says where the check of a change could run something of the change: its
// folder is for one program to read, which was built from the base before.
func (j *job) runs() (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	base, head := "", ""
	for _, s := range j.Steps {
		folder, _ := s.With["path"].(string)
		switch {
		case strings.HasPrefix(s.Uses, "actions/checkout@"):
			switch s.With["ref"] {
			case baseCommit:
				base = folder
			case headCommit:
				head = folder
			default:
				say("it checks out %v", s.With["ref"])
			}
			if folder == "" || strings.ContainsAny(folder, "./") || base == head {
				say("what it checks out lies in the folder of something else: %q", folder)
			}
		case s.Uses != "":
			if head != "" && !strings.HasPrefix(s.Uses, "actions/upload-artifact@") {
				say("an action runs beside the change: %s", s.Uses)
			}
			if text := fmt.Sprint(s.With); head != "" && regexp.MustCompile(`\b`+head+`/`).MatchString(text) {
				say("an action takes a file of the change: %s", text)
			}
		case builds.MatchString(s.Run):
			if base == "" || s.Folder != base || head != "" {
				say("it runs something that does not come from the base alone: %s", s.Run)
			}
		case s.Folder != "":
			say("a command runs in %s", s.Folder)
		case !regexp.MustCompile(`^"\$RUNNER_TEMP/vitrine" -C ` + head + ` ci( --[a-z-]+(="[a-z/]*\$[A-Z_]+[a-z/]*")?)*$`).MatchString(s.Run):
			say("it runs something else than the program: %s", s.Run)
		}
	}
	if base == "" || head == "" {
		say("it does not have the base and the change in two folders")
	}
	return out
}
