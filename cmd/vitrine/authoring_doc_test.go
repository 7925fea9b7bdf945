package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAuthoringDocs runs the commands of docs/authoring.md, one after the other
// in a small catalog: they say what the text says that they do. A line … stands for
// any lines.
func TestAuthoringDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/authoring.md")
	if err != nil {
		t.Fatal(err)
	}
	valid := os.DirFS("../../internal/check/testdata/valid")
	dir := t.TempDir()
	if err := os.CopyFS(dir, valid); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	env := func(name string) string {
		return map[string]string{"VITRINE_CACHE": dir + "/.cache"}[name]
	}
	commands := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllSubmatch(text, -1) {
		for _, part := range strings.Split("\n"+string(block[1]), "\n$ ")[1:] {
			line, want, _ := strings.Cut(part, "\n")
			var args []string
			for _, m := range regexp.MustCompile(`"([^"]*)"|(\S+)`).FindAllStringSubmatch(strings.TrimPrefix(line, "vitrine "), -1) {
				args = append(args, m[1]+m[2])
			}
			var out bytes.Buffer
			run(context.Background(), args, &out, &out, env)
			commands++
			got := out.String()
			want = strings.TrimRight(want, "\n") + "\n"
			if before, after, cut := strings.Cut(want, "…\n"); cut && len(got) >= len(before)+len(after) {
				want, got = before+after, got[:len(before)]+got[len(got)-len(after):]
			}
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s does not say what the text says (-want +got):\n%s", line, diff)
			}
		}
	}
	if commands < 7 {
		t.Errorf("only %d commands were found", commands)
	}
}
