package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublish runs the steps of publish.yml that make a site, whatever the system
// makes of new files, and holds the site to what web hosts take.
func TestPublish(t *testing.T) {
	for _, program := range []string{"bash", "find", "head"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there", program)
		}
	}
	r := &runner{T: t, dir: t.TempDir()}
	r.program(r.path("temp/vitrine"))
	for to, from := range map[string]string{"catalog": "../../internal/check/testdata/valid", "catalog/.ci": "../../.ci"} {
		if err := os.CopyFS(r.path(to), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	bash := func(command string) (string, error) {
		cmd := exec.Command("bash", "-e", "-c", "umask 077; "+command)
		cmd.Dir, cmd.Env = r.path("catalog"), append(os.Environ(), "RUNNER_TEMP="+r.path("temp"), "GITHUB_STEP_SUMMARY="+r.path("summary.md"))
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	check, build, look := commandOf(t, "publish.yml", "build", "Check"), commandOf(t, "publish.yml", "build", "Build the site"), commandOf(t, "publish.yml", "build", "Look at the site's files")
	for _, step := range []string{check, build, look} {
		if out, err := bash(step); err != nil {
			t.Fatalf("%s: %v\n%s", step, err, out)
		}
	}
	if page := r.read("temp/site/en/index.html"); strings.Contains(page, "change-banner") || strings.Contains(page, "noindex") {
		t.Error("the public site is a preview")
	}
	for _, odd := range []string{"ln -s index.html link", "ln index.html hard", "mkfifo pipe", "chmod 755 index.html", "chmod 600 index.html", "chmod 775 en"} {
		if out, err := bash("cp -a \"$RUNNER_TEMP/site\" \"$RUNNER_TEMP/good\"; cd \"$RUNNER_TEMP/site\"; " + odd); err != nil {
			t.Fatalf("%s: %v\n%s", odd, err, out)
		}
		if out, err := bash(look); err == nil || !strings.Contains(out, "not a plain file") {
			t.Errorf("%s: %v, %s", odd, err, out)
		}
		if out, err := bash("rm -r \"$RUNNER_TEMP/site\"; mv \"$RUNNER_TEMP/good\" \"$RUNNER_TEMP/site\""); err != nil {
			t.Fatal(err, out)
		}
	}
	// What was merged is wrong: both steps fail, and the site of before stays.
	r.edit("catalog/content/sellers/acme/relay/product.md", "[databases]", "[nothing]")
	for _, step := range []string{check, build} {
		if out, err := bash(step); err == nil {
			t.Errorf("%s: a faulty catalog is published\n%s", step, out)
		}
	}
}

// TestStorage runs the upload with an aws of the test's own.
func TestStorage(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not there")
	}
	script, err := filepath.Abs("../../.ci/publish/storage")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	aws := filepath.Join(dir, "bin", "aws")
	writeFile(t, aws, "#!/usr/bin/env bash\nprintf '%s\\n' \"$*\" >>\"$AWS_LOG\"\n")
	if err := os.Chmod(aws, 0o755); err != nil {
		t.Fatal(err)
	}
	upload := func(bucket string) (log, out string, err error) {
		cmd := exec.Command(script, "site")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "PATH="+filepath.Dir(aws)+":"+os.Getenv("PATH"), "AWS_LOG="+dir+"/log", "BUCKET="+bucket)
		said, err := cmd.CombinedOutput()
		did, _ := os.ReadFile(dir + "/log")
		return string(did), string(said), err
	}
	if err := os.Mkdir(dir+"/site", 0o755); err != nil {
		t.Fatal(err)
	}
	if log, out, err := upload("catalog"); err == nil || log != "" || !strings.Contains(out, "there is no site") {
		t.Errorf("an empty folder: %v %s %s", err, log, out)
	}
	writeFile(t, dir+"/site/manifest.json", "{}")
	writeFile(t, dir+"/site/index.html", "<!doctype html>")
	if log, out, err := upload(""); err == nil || log != "" || !strings.Contains(out, "STORAGE_BUCKET is not set") {
		t.Errorf("no bucket: %v %s %s", err, log, out)
	}
	log, out, err := upload("catalog")
	lines := strings.Split(strings.TrimSpace(log), "\n")
	if err != nil || len(lines) != 3 {
		t.Fatalf("%v %q %s", err, lines, out)
	}
	for i, want := range []string{"--include assets/* --cache-control public, max-age=31536000, immutable", "--exclude assets/* --cache-control no-cache", "--delete"} {
		if prefix := "s3 sync site s3://catalog "; !strings.HasPrefix(lines[i], prefix) || !strings.Contains(lines[i], want) || i < 2 && strings.Contains(lines[i], "--delete") {
			t.Errorf("aws was asked to %s, want %s", lines[i], want)
		}
	}
}
