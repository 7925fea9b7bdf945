package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublishedSiteIsPlain builds a site as publish.yml does, whatever the system
// makes of new files, and holds it to what web hosts take.
func TestPublishedSiteIsPlain(t *testing.T) {
	for _, program := range []string{"bash", "find", "head"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there", program)
		}
	}
	plain, err := filepath.Abs("../../.ci/publish/plain")
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{T: t, dir: t.TempDir()}
	r.program(r.path("vitrine"))
	if err := os.CopyFS(r.path("catalog"), os.DirFS("../../internal/check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	bash := func(command string) (string, error) {
		cmd := exec.Command("bash", "-e", "-c", command)
		cmd.Dir = r.dir
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := bash("umask 077; ./vitrine -C catalog build --no-cache --out site && " + plain + " site"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, odd := range []string{"ln -s index.html site/link", "ln site/index.html site/hard", "mkfifo site/pipe", "chmod 755 site/index.html", "chmod 600 site/index.html", "chmod 775 site/en"} {
		out, err := bash("rm -rf odd && cp -a site odd && (cd odd && sed 's/site.//g' <<<'" + odd + "' >../do && bash -e ../do) && " + plain + " odd")
		if err == nil || !strings.Contains(out, "not a plain file") {
			t.Errorf("%s: %v, %s", odd, err, out)
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
