package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the commands of the guides print into the guides")

// A guide is a page of docs as a reader goes through it, from top to bottom:
//
//	```console              lines that begin with $ are run by bash, and must print what stands
//	$ vitrine check         below them, standard output and error together; a line … stands
//	```                     for any lines. They must succeed, the last one after
//	                        <!-- status: 1 --> in a line above must end so.
//	<!-- file: PATH -->     the next block is what the reader writes to the file
//	<!-- run: COMMAND -->   is run too, but the reader does not see it: what GitHub does meanwhile
//	                        and what was done before; where a block follows at once that is no
//	                        console, that is what it prints
type guide struct {
	*testing.T
	page   string
	lines  []string
	dir    string // where the reader stands
	bin    string // where programs are installed
	env    []string
	status int
}

// marketplace makes a repository as GitHub would hold it, with this
// repository's files as its main branch, and returns its folder.
func marketplace(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"git", "bash"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s, which the guides' commands need", program)
		}
	}
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = top
	names, err := list.Output()
	if err != nil {
		t.Skipf("this is no git repository, so its files are not known: %v", err)
	}
	work, hosted := filepath.Join(t.TempDir(), "work"), filepath.Join(t.TempDir(), "marketplace.git")
	for name := range strings.SplitSeq(strings.TrimRight(string(names), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(top, name))
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, and not committed yet
		}
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(work, name)), 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(work, name), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, script := range []string{
		"git init -q -b main . && git add -f . && git commit -q -m marketplace",
		"git clone -q --bare . " + hosted,
	} {
		c := exec.Command("bash", "-c", script)
		c.Dir, c.Env = work, readerEnv(hosted)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", script, err, out)
		}
	}
	return hosted
}

// readerEnv is the environment of somebody whose git knows the marketplace by
// the address that the guides give.
func readerEnv(hosted string) []string {
	return append(slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, "GITHUB_") || strings.HasPrefix(s, "GIT_") || strings.HasPrefix(s, "CI=")
	}),
		"GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_AUTHOR_NAME=Ardelune", "GIT_AUTHOR_EMAIL=catalog@ardelune.example", "GIT_COMMITTER_NAME=Ardelune", "GIT_COMMITTER_EMAIL=catalog@ardelune.example",
		"GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=url."+hosted+".insteadOf", "GIT_CONFIG_VALUE_0=https://github.com/your-marketplace/catalog",
		"GIT_CONFIG_KEY_1=url."+hosted+".insteadOf", "GIT_CONFIG_VALUE_1=https://github.com/ardelune/catalog", // a fork of it
		"GIT_TERMINAL_PROMPT=0", "NO_COLOR=1", "LC_ALL=C.UTF-8",
	)
}

// follow goes through a guide of docs, which begins in a folder. Programs are
// installed to bin.
func follow(t *testing.T, page, dir, hosted, bin string) {
	t.Helper()
	file := filepath.Join("../../docs", page)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g := &guide{T: t, page: page, lines: strings.Split(string(data), "\n"), dir: dir, bin: bin}
	g.env = append(readerEnv(hosted), "VITRINE_CACHE="+t.TempDir(), "GOBIN="+bin, "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	ran := 0
	for i := 0; i < len(g.lines); i++ {
		line := g.lines[i]
		switch name, arg := directive(line); {
		case name == "file":
			from, to := g.block(i + 1)
			g.write(arg, g.lines[from:to])
			i = to
		case name == "run":
			ran++
			out := g.run(arg)
			if fence := g.line(i + 1); strings.HasPrefix(fence, "```") && fence != "```console" {
				from, to := g.block(i + 1)
				i = g.expect(from, to, out)
			}
		case name == "status":
			if _, err := fmt.Sscan(arg, &g.status); err != nil {
				g.Fatalf("%s:%d: %v", page, i+1, err)
			}
		case name != "":
			g.Fatalf("%s:%d: there is no directive %q", page, i+1, name)
		case line == "```console":
			from, to := g.block(i)
			var n int
			i, n = g.console(from, to)
			ran += n
		}
	}
	if ran == 0 {
		t.Errorf("%s: it has no command", page)
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(g.lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var directiveForm = regexp.MustCompile(`^<!-- ([a-z]+): (.*) -->$`)

func directive(line string) (name, arg string) {
	if m := directiveForm.FindStringSubmatch(line); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

func (g *guide) line(i int) string {
	if i < len(g.lines) {
		return g.lines[i]
	}
	return ""
}

// block returns the lines of the fenced block that begins in a line: those
// between its fences.
func (g *guide) block(i int) (from, to int) {
	fence := regexp.MustCompile("^```+").FindString(g.line(i))
	if fence == "" {
		g.Fatalf("%s:%d: a block must begin here", g.page, i+1)
	}
	for to = i + 1; to < len(g.lines); to++ {
		if g.lines[to] == fence {
			return i + 1, to
		}
	}
	g.Fatalf("%s:%d: the block does not end", g.page, i+1)
	return 0, 0
}

func (g *guide) write(name string, lines []string) {
	name = filepath.Join(g.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o644)); err != nil {
		g.Fatal(err)
	}
}

// console runs the commands of a block and compares what they print. It returns
// the line of the closing fence, and how many commands there were.
func (g *guide) console(from, to int) (end, ran int) {
	status := g.status
	g.status = 0
	for i := from; i < to; {
		command, ok := strings.CutPrefix(g.lines[i], "$ ")
		if !ok {
			g.Fatalf("%s:%d: a console's block begins with a command: $ …", g.page, i+1)
		}
		first := i + 1
		for strings.HasSuffix(command, `\`) && first < to {
			command += "\n" + g.lines[first]
			first++
		}
		next := first
		for next < to && !strings.HasPrefix(g.lines[next], "$ ") {
			next++
		}
		if next == to {
			g.status = status
		}
		before := len(g.lines)
		out := g.run(command)
		next = g.expect(first, next, out)
		to += len(g.lines) - before
		i = next
		ran++
	}
	return to, ran
}

// run runs a command where the reader stands, and returns what it prints.
func (g *guide) run(command string) []string {
	if _, err := exec.LookPath(filepath.Join(g.bin, "vitrine")); err == nil && command == "go install ./cmd/vitrine" {
		return nil // as another guide did, from the same files
	}
	state := filepath.Join(g.TempDir(), "cwd")
	c := exec.CommandContext(g.Context(), "bash", "-c", "set -o pipefail\n"+command+"\nstatus=$?\npwd >\"$STATE\"\nexit $status")
	c.Dir, c.Env = g.dir, append(slices.Clone(g.env), "STATE="+state)
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		g.Fatal(err)
	}
	if status := c.ProcessState.ExitCode(); status != g.status {
		g.Fatalf("%s: status %d, want %d\n$ %s\n%s", g.page, status, g.status, command, out)
	}
	g.status = 0
	if dir, err := os.ReadFile(state); err == nil {
		g.dir = strings.TrimSpace(string(dir))
	}
	text := strings.TrimRight(string(out), "\n")
	if text == "" {
		return nil
	}
	// A commit has another name in each run.
	text = regexp.MustCompile(`\b[0-9a-f]{12}\b`).ReplaceAllString(text, "4f1d7c20b9ae")
	return strings.Split(text, "\n")
}

// expect compares lines of the guide with what was printed, and returns the line
// behind them.
func (g *guide) expect(from, to int, got []string) int {
	if matches(g.lines[from:to], got) {
		return to
	}
	if !*update {
		g.Errorf("%s:%d: it prints:\n%s\nthe guide says:\n%s\n(go test ./cmd/vitrine -run 'Guides|Page' -update writes what is printed)",
			g.page, from+1, strings.Join(got, "\n"), strings.Join(g.lines[from:to], "\n"))
		return to
	}
	g.lines = slices.Concat(g.lines[:from], got, g.lines[to:])
	return from + len(got)
}

// matches compares printed lines with wanted ones, among which a line … stands
// for any number of lines.
func matches(want, got []string) bool {
	for i, w := range want {
		if strings.TrimSpace(w) == "…" {
			for n := range len(got) - i + 1 {
				if matches(want[i+1:], got[i+n:]) {
					return true
				}
			}
			return false
		}
		if i >= len(got) || strings.TrimRight(w, " ") != strings.TrimRight(got[i], " ") {
			return false
		}
	}
	return len(got) == len(want)
}

// TestGuides goes through the guides, command by command, each from an empty
// folder.
func TestGuides(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the program as a reader does")
	}
	pages, err := filepath.Glob("../../docs/guides/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	bin := t.TempDir()
	for _, page := range pages {
		name := filepath.Base(page)
		t.Run(name, func(t *testing.T) { follow(t, "guides/"+name, t.TempDir(), marketplace(t), bin) })
	}
}

// TestAuthoringPage goes through docs/authoring.md in a small catalog.
func TestAuthoringPage(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash, which runs the page's commands")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	follow(t, "authoring.md", dir, "", t.TempDir())
}
