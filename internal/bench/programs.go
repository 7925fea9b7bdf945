package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// hugoVersion is the version that vitrine is compared with.
const hugoVersion = "v0.165.0"

// programs are the programs that are measured.
type programs struct {
	vitrine string
	hugo    string // "" where there is none
}

// findPrograms builds vitrine, unless one is given, and looks for Hugo.
func findPrograms(ctx context.Context, dir, vitrine string) (programs, error) {
	p := programs{vitrine: vitrine}
	if vitrine == "" {
		p.vitrine = filepath.Join(dir, "vitrine")
		if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", p.vitrine, "./cmd/vitrine").CombinedOutput(); err != nil {
			return p, fmt.Errorf("cannot build vitrine: %w\n%s", err, out)
		}
	}
	p.hugo = findHugo(ctx)
	if p.hugo == "" {
		say("Hugo %s is not installed: installing it takes minutes, once", hugoVersion)
		install := exec.CommandContext(ctx, "go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
		install.Env = append(os.Environ(), "GOFLAGS=", "CGO_ENABLED=0")
		out, err := install.CombinedOutput()
		if p.hugo = findHugo(ctx); p.hugo == "" {
			say("Hugo could not be installed, so vitrine is measured alone: %v\n%s", err, out)
		}
	}
	return p, ctx.Err()
}

// findHugo looks for Hugo on the PATH and where the go command installs
// programs.
func findHugo(ctx context.Context) string {
	candidates := []string{"hugo"}
	if out, err := exec.CommandContext(ctx, "go", "env", "GOBIN", "GOPATH").Output(); err == nil {
		where := strings.Split(string(out), "\n")
		candidates = append(candidates, filepath.Join(where[0], "hugo"), filepath.Join(where[1], "bin", "hugo"))
	}
	for _, name := range candidates {
		if out, err := exec.CommandContext(ctx, name, "version").Output(); err == nil && strings.Contains(string(out), hugoVersion) {
			if name, err = exec.LookPath(name); err == nil {
				return name
			}
		}
	}
	return ""
}

// measure is what one run of a program took.
type measure struct {
	wall, cpu float64 // seconds
	peak      float64 // MiB of memory
}

// run runs a program and measures it. The system counts a child's memory from
// its parent's on, so that this program must stay smaller than those it measures.
func runMeasured(ctx context.Context, dir, name string, args ...string) (measure, error) {
	settle()
	cmd := exec.CommandContext(ctx, name, args...)
	var output bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &output, &output
	start := time.Now()
	err := cmd.Run()
	m := measure{wall: time.Since(start).Seconds()}
	if err != nil {
		text := output.Bytes()
		return m, fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, text[max(0, len(text)-2000):])
	}
	m.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	m.peak = peak(cmd.ProcessState)
	return m, nil
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
