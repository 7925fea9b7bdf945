package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"vitrine/internal/diag"
	"vitrine/internal/fakecloud"
)

// TestMain makes the program a command of the scripts: a process of its own, as
// people start it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"vitrine": main,
	})
}

// TestScripts runs testdata/script/*.txtar, one story each. Beside testscript's
// own commands there are:
//
//	catalog [DIR]           copies a small valid catalog to DIR
//	status N vitrine ARG…   runs a program that must end with status N
//	edit FILE OLD NEW       replaces a text that must be there; \n is a line feed
//	write FILE TEXT [N]     writes a Go string without its quotes, N times
//	[!] has DIR TEXT…       some file of the tree, or its name, has each text
//	keep NAME DIR           remembers a tree: names, bytes, modes, times
//	same NAME DIR           fails where the tree is not the one remembered
//	repository              makes a git repository of a small valid catalog, on a branch of main
//	commit                  commits everything
//	answer N TEXT ARG…      runs a program at a terminal where TEXT is typed, which must end with status N (terminal_test.go)
//	cloud HOW               starts an API that has the small catalog's OMIs and answers as HOW says, and
//	                        sets OSC_ENDPOINT_API and keys for both Regions (cloud_test.go)
//	asked N                 fails where that API was not asked N times
//	judge N ARG…            runs vitrine check --base main, which must end with status N, and touch
//	                        as many files as git says differ from where the branch left main
func TestScripts(t *testing.T) {
	valid, err := filepath.Abs("../../internal/check/testdata/valid")
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Values["kept"] = make(map[string]string)
			env.Values["cloud"] = new(*fakecloud.API)
			env.Vars = append(env.Vars, "VITRINE_CACHE="+cache, "SOON="+time.Now().AddDate(0, 1, 0).Format(time.DateOnly), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull,
				"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@acme.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@acme.example")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"catalog": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.CopyFS(ts.MkAbs(strings.Join(args, "")), os.DirFS(valid)))
			},
			"repository": func(ts *testscript.TestScript, _ bool, _ []string) {
				ts.Check(os.CopyFS(ts.MkAbs("."), os.DirFS(valid)))
				edit(ts, false, []string{"content/catalog.yaml", "currency: EUR", "currency: EUR\nstaff: [catalog-admin]"})
				ts.Check(ts.Exec("git", "init", "-q", "-b", "main"))
				commit(ts, false, nil)
				ts.Check(ts.Exec("git", "checkout", "-q", "-b", "change"))
			},
			"answer": answer,
			"commit": commit,
			"cloud":  startCloud,
			"asked":  asked,
			"judge":  judge,
			"status": exits,
			"edit":   edit,
			"write":  write,
			"has":    has,
			"keep": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Value("kept").(map[string]string)[args[0]] = tree(ts, args[1])
			},
			"same": func(ts *testscript.TestScript, _ bool, args []string) {
				was := ts.Value("kept").(map[string]string)[args[0]]
				if diff := cmp.Diff(strings.Split(was, "\n"), strings.Split(tree(ts, args[1]), "\n")); diff != "" || was == "" {
					ts.Fatalf("%s changed:\n%s", args[1], diff)
				}
			},
		},
	})
}

// exits runs a command and compares its exit status. Whatever a seller
// writes, nobody is ever shown the program's inside.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		got = e.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d (%v), want %d", got, err, want)
	}
	output := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	for _, inside := range []string{"goroutine ", "panic", "runtime error", ".go:", "vitrine/internal", "yaml: line", "%!"} {
		if strings.Contains(output, inside) {
			ts.Fatalf("the output shows the program's inside: %s", inside)
		}
	}
}

func commit(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(ts.Exec("git", "add", "-A"))
	ts.Check(ts.Exec("git", "commit", "-q", "-m", "a change"))
}

// judge judges a change, and lets git say whether all of it was looked at.
func judge(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec("git", "merge-base", "main", "HEAD"))
	start := strings.TrimSpace(ts.ReadFile("stdout"))
	ts.Check(ts.Exec("git", "diff", "--name-only", "--no-renames", start))
	changed := strings.Count(ts.ReadFile("stdout"), "\n")
	ts.Check(ts.Exec("git", "ls-files", "--others", "--exclude-standard"))
	changed += strings.Count(ts.ReadFile("stdout"), "\n")
	exits(ts, false, append([]string{args[0], "vitrine", "check", "--base", "main"}, args[1:]...))
	want := "the change touches " + diag.Plural(changed, "%d file", "%d files").String() + "\n"
	if said := ts.ReadFile("stderr"); !strings.Contains(said, want) {
		ts.Fatalf("git says: %sthe check says: %s", want, said)
	}
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	before := strings.ReplaceAll(args[1], `\n`, "\n")
	text := ts.ReadFile(name)
	if !strings.Contains(text, before) {
		ts.Fatalf("%s has no %q", args[0], before)
	}
	text = strings.Replace(text, before, strings.ReplaceAll(args[2], `\n`, "\n"), 1)
	ts.Check(os.WriteFile(name, []byte(text), 0o644))
}

func write(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	if len(args) > 2 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		text = strings.Repeat(text, n)
	}
	name := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
	ts.Check(os.WriteFile(name, []byte(text), 0o644))
}

// has looks for texts in the files of a tree and in their names.
func has(ts *testscript.TestScript, neg bool, args []string) {
	for _, text := range args[1:] {
		var in []string
		each(ts, args[0], func(name string, d fs.DirEntry, data []byte) {
			if strings.Contains(string(data), text) || strings.Contains(name, text) {
				in = append(in, name)
			}
		})
		if neg == (len(in) > 0) {
			ts.Fatalf("%q stands in %q", text, in)
		}
	}
}

// tree describes a tree so that two descriptions are equal where nothing was
// touched.
func tree(ts *testscript.TestScript, dir string) string {
	var b strings.Builder
	each(ts, dir, func(name string, d fs.DirEntry, data []byte) {
		info, err := d.Info()
		ts.Check(err)
		if d.IsDir() {
			fmt.Fprintf(&b, "%s %s\n", name, info.Mode())
			return
		}
		changed := info.ModTime().Format(time.RFC3339Nano)
		if name == "manifest.json" { // written anew by each build
			changed = ""
		}
		fmt.Fprintf(&b, "%s %s %d %s %x\n", name, info.Mode(), info.Size(), changed, sha256.Sum256(data))
	})
	return b.String()
}

func each(ts *testscript.TestScript, dir string, visit func(name string, d fs.DirEntry, data []byte)) {
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		var data []byte
		if d.Type().IsRegular() {
			if data, err = os.ReadFile(p); err != nil {
				return err
			}
		}
		visit(filepath.ToSlash(name), d, data)
		return nil
	}))
}
