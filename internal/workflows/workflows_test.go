package workflows

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const folder = "../../.github/workflows"

func TestWorkflows(t *testing.T) {
	names, err := filepath.Glob(folder + "/*")
	if err != nil || len(names) < 4 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		for _, f := range faults(filepath.Base(name), read(t, name)) {
			t.Errorf("%s: %s", filepath.Base(name), f)
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestFaultsAreFound breaks each workflow in one place, and wants to be told.
func TestFaultsAreFound(t *testing.T) {
	for _, test := range []struct{ file, old, new, want string }{
		{"check.yml", "  pull_request: #", "  pull_request_target: #", "pull_request_target"},
		{"check.yml", "any path: a required check must always run\n", "any path\n    paths: [content/**]\n", "has a filter"},
		{"check.yml", "permissions: {}", "permissions: write-all", "cannot be read"},
		{"check.yml", "permissions: {}", "permissions:\n  contents: write", "all jobs have permissions"},
		{"check.yml", "permissions: {}\n", "", "all jobs have permissions"},
		{"check.yml", "      contents: read", "      contents: write", "may do more than read"},
		{"check.yml", "      contents: read", "      contents: read\n      id-token: write", "may do more than read"},
		{"check.yml", "timeout-minutes: 10", "timeout-minutes: 60", "ten minutes"},
		{"check.yml", "    timeout-minutes: 10\n", "", "ten minutes"},
		{"check.yml", "runs-on: ubuntu-24.04", "runs-on: self-hosted", "runs on self-hosted"},
		{"check.yml", "cancel-in-progress: true", "cancel-in-progress: false", "old check running"},
		{"check.yml", "concurrency:\n  group: check-${{ github.event.pull_request.number }}\n  cancel-in-progress: true\n", "", "no concurrency"},
		{"check.yml", "checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "checkout@v6", "not pinned"},
		{"check.yml", " # v6.4.0", "", "not pinned"},
		{"check.yml", "uses: actions/setup-go@4a3601121dd01d1626a1e23e37211e3254c1c06c # v6.4.0", "uses: ./change/.github/actions/setup", "not pinned"},
		{"check.yml", "persist-credentials: false", "persist-credentials: true", "keeps its token"},
		{"check.yml", "          persist-credentials: false\n", "", "keeps its token"},
		{"check.yml", "submodules: false", "submodules: recursive", "submodules"},
		{"check.yml", "lfs: false", "lfs: true", "large files"},
		{"check.yml", "cache: false", "cache: true", "a cache"},
		{"check.yml", "          cache: false\n", "", "a cache"},
		{"check.yml", "ref: ${{ github.event.pull_request.base.sha }}", "ref: ${{ github.event.pull_request.head.sha }}", "does not have the base"},
		{"check.yml", "ref: ${{ github.event.pull_request.base.sha }}", "ref: ${{ github.head_ref }}", "it checks out"},
		{"check.yml", "          path: change\n", "", "the folder of something else"},
		{"check.yml", "          path: change\n", "          path: base/change\n", "the folder of something else"},
		{"check.yml", "working-directory: base", "working-directory: change", "does not come from the base"},
		{"check.yml", "          path: change\n", "          path: change\n          repository: ${{ github.event.pull_request.head.repo.full_name }}\n", "another repository"},
		{"check.yml", "        run: '\"$RUNNER_TEMP/vitrine\" -C change ci", "        working-directory: change\n        run: '\"$RUNNER_TEMP/vitrine\" -C . ci", "runs in change"},
		{"check.yml", "run: '\"$RUNNER_TEMP/vitrine\" -C change ci", "run: 'change/vitrine ci", "something else than the program"},
		{"check.yml", "run: '\"$RUNNER_TEMP/vitrine\" -C change ci", "run: 'make -C change && \"$RUNNER_TEMP/vitrine\" -C change ci", "does not come from the base"},
		{"check.yml", "--base=\"origin/$BASE\"", "--base=\"origin/${{ github.base_ref }}\"", "an expression is part of a command"},
		{"check.yml", "--base=\"origin/$BASE\"", "--base=\"$(cat change/base)\"", "something else than the program"},
		{"check.yml", "AUTHOR: ${{ github.event.pull_request.user.login }}", "AUTHOR: ${{ secrets.AUTHOR }}", "can reach a secret"},
		{"check.yml", "  check:\n", "  check:\n    environment: outscale\n", "can reach a secret"},
		{"check.yml", "path: ${{ runner.temp }}/ci/change.json", "path: change/change.json", "takes a file of the change"},
		{"check.yml", "${{ runner.temp }}", "${{ runner.tmp }}", "actionlint"},

		{"report.yml", "  workflow_run:\n    workflows: [Check]\n    types: [completed]", "  pull_request_target:", "pull_request_target"},
		{"report.yml", "          ref: ${{ github.event.repository.default_branch }}", "          ref: ${{ github.event.workflow_run.head_sha }}", "a job with rights checks out"},
		{"report.yml", "          ref: ${{ github.event.repository.default_branch }}", "          ref: ${{ github.event.workflow_run.head_branch }}", "a job with rights looks at a change"},
		{"report.yml", "          ref: ${{ github.event.repository.default_branch }}", "          ref: refs/pull/1/merge", "a job with rights checks out"},
		{"report.yml", "RUN: ${{ github.event.workflow_run.id }}", "RUN: ${{ github.event.workflow_run.head_commit.message }}", "a job with rights looks at a change"},
		{"report.yml", "\"$RUN\"'", "${{ github.event.workflow_run.id }}'", "an expression is part of a command"},
		{"report.yml", "run: go build", "run: gh pr checkout 1 && go build", "a job with rights looks at a change"},
		{"report.yml", "GITHUB_TOKEN: ${{ github.token }}", "GITHUB_TOKEN: ${{ secrets.BOT }}", "secrets outside of an environment"},
		{"report.yml", "persist-credentials: false", "persist-credentials: true", "keeps its token"},
		{"report.yml", "          cache: false\n", "", "a cache"},
		{"report.yml", "    permissions:\n      contents: read\n      actions: read\n      pull-requests: write\n", "", "does not say what it may do"},
		{"report.yml", "      - name: Report\n", "      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with: {run-id: \"${{ github.event.workflow_run.id }}\"}\n      - name: Report\n", "an artifact of another run"},

		{"publish.yml", "    if: github.ref == format('refs/heads/{0}', github.event.repository.default_branch)\n", "", "runs on any branch"},
		{"publish.yml", "      pages: write\n      id-token: write\n", "      pages: write\n      id-token: write\n      contents: read\n    container: node:22\n", "an image"},
		{"publish.yml", "      - name: Deploy\n        id: deploy\n", "      - run: echo\n      - name: Deploy\n        id: deploy\n", "does something else"},
		{"publish.yml", "    environment:\n      name: github-pages\n      url: ${{ steps.deploy.outputs.page_url }}\n", "", "outside of an environment"},
		{"publish.yml", "    environment: storage\n", "", "secrets outside of an environment"},
		{"publish.yml", "          name: site\n          path: ${{ runner.temp }}/site\n      - name: Upload", "          name: site\n          run-id: 1\n          path: ${{ runner.temp }}/site\n      - name: Upload", "an artifact of another run"},
		{"publish.yml", "          cache: false\n", "", "a cache"},
		{"publish.yml", "on:\n", "on:\n  pull_request:\n", "the check of a change"},

		{"online.yml", "    if: github.event_name == 'schedule' || github.ref == format('refs/heads/{0}', github.event.repository.default_branch)\n", "", "runs on any branch"},
		{"online.yml", "    environment: outscale\n", "", "secrets outside of an environment"},
		{"online.yml", "run: .ci/online/ask", "run: .ci/online/ask ${{ vars.OSC_REGION }}", "an expression is part of a command"},
		{"online.yml", "timeout-minutes: 10", "timeout-minutes: 30", "ten minutes"},
	} {
		source := string(read(t, filepath.Join(folder, test.file)))
		if !strings.Contains(source, test.old) {
			t.Errorf("%s has no %q", test.file, test.old)
			continue
		}
		found := faults(test.file, []byte(strings.Replace(source, test.old, test.new, 1)))
		if !strings.Contains(strings.Join(found, "\n"), test.want) {
			t.Errorf("%s with %q: %q, want %q", test.file, test.new, found, test.want)
		}
	}
}
