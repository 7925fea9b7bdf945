package check_test

import (
	"encoding/base64"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/i18n"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

var update = flag.Bool("update", false, "write the findings that are had into the fixtures")

// today is the day that waivers are judged by.
const today = "2026-06-15"

// TestRules runs one fixture a rule, testdata/rules/<rule id>.txtar. A fixture
// changes a small valid catalog, testdata/valid:
//
//	wrong/PATH   a file that breaks the rule
//	right/PATH   optional: the same, mended otherwise than the valid catalog
//	want         the findings, each on one line: place, severity, message, rule
//
// A rule of changes is judged against the valid catalog; the fixture then has
//
//	actor        who makes the change, as a GitHub handle
//	base/PATH    optional: what is otherwise in the catalog that it is judged against
//	moved        optional: paths that the target has changed since
//
// A rule that only the cloud's answer breaks has a table of what the cloud has,
// one thing a line:
//
//	cloud        REGION OMI STATE ACCOUNT ARCHITECTURE private|public CODE,CODE…
//	             REGION knows CODE
//
// A file may be written in another form: PATH.edit (lines OLD => NEW that change
// the valid file; \n stands for a line feed), PATH.base64, PATH.symlink (the
// link's target), PATH.repeat ("N text": a text N times), PATH.delete (nothing).
func TestRules(t *testing.T) {
	seen := make(map[string]bool)
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		seen[id] = true
		t.Run(id, func(t *testing.T) { fixture(t, id, name) })
	}
	for _, r := range check.Rules() {
		if !seen[r.ID] && r.ID != "file-unreadable" { // needs another user: see the tests of package content
			t.Errorf("the rule %s has no fixture testdata/rules/%s.txtar", r.ID, r.ID)
		}
		if r.Title == "" || r.Why == "" || r.Help == "" {
			t.Errorf("the rule %s lacks its Title, Why or Help: vitrine explain %[1]s shows them", r.ID)
		}
		delete(seen, r.ID)
	}
	for id := range seen {
		t.Errorf("testdata/rules/%s.txtar is for a rule that does not exist", id)
	}
}

// TestValid makes sure that the fixtures start from a catalog without findings.
func TestValid(t *testing.T) {
	if got := findings(t, catalogDir(t, nil, "")); len(got) > 0 {
		t.Errorf("testdata/valid has findings:\n%s", lines(got))
	}
}

func fixture(t *testing.T, id, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	judge := judgeOf(archive)
	got := judge(t, catalogDir(t, archive, "wrong/"))
	if !slices.ContainsFunc(got, func(f diag.Finding) bool { return f.Rule.ID == id }) {
		t.Errorf("the wrong files do not break the rule; findings:\n%s", lines(got))
	}
	inFrench(t, got)
	for i := range archive.Files {
		f := &archive.Files[i]
		if f.Name != "want" {
			continue
		}
		if *update {
			f.Data = []byte(lines(got))
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(f.Data), lines(got)); diff != "" {
			t.Errorf("findings (-want +got):\n%s", diff)
		}
	}
	if got := judge(t, catalogDir(t, archive, "right/")); len(got) > 0 {
		t.Errorf("the right files have findings:\n%s", lines(got))
	}
}

// judgeOf returns what judges a fixture's catalogs: the rules, with an actor those
// of changes as well, and with a cloud those of OMIs.
func judgeOf(archive *txtar.Archive) func(t *testing.T, dir string) []diag.Finding {
	for _, f := range archive.Files {
		if f.Name == "cloud" {
			return func(t *testing.T, dir string) []diag.Finding {
				return runWith(t, dir, check.Options{Online: &check.Online{Ask: cloudOf(t, string(f.Data))}}).Findings
			}
		}
	}
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "actor" })
	if i < 0 {
		return findings
	}
	actor := strings.TrimSpace(string(archive.Files[i].Data))
	var moved []string
	if j := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "moved" }); j >= 0 {
		moved = strings.Fields(string(archive.Files[j].Data))
	}
	return func(t *testing.T, dir string) []diag.Finding {
		return changeFindings(t, catalogDir(t, archive, "base/"), dir, actor, slices.Clone(moved)...)
	}
}

// lines writes findings as a fixture has them.
func lines(found []diag.Finding) string {
	var b strings.Builder
	for _, f := range found {
		place := f.Path
		if f.Start.Line > 0 {
			place += fmt.Sprintf(":%d:%d", f.Start.Line, f.Start.Column)
			if f.End.Line == f.Start.Line {
				place += fmt.Sprintf("-%d", f.End.Column)
			}
		}
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", place, f.Severity, f.Message, f.Rule.ID)
	}
	return b.String()
}

func findings(t *testing.T, dir string) []diag.Finding {
	t.Helper()
	return run(t, dir, nil).Findings
}

// changeFindings judges the catalog in dir as a change of the one in base.
func changeFindings(t *testing.T, base, dir, actor string, moved ...string) []diag.Finding {
	t.Helper()
	was, err := content.OpenRoot(base)
	if err != nil {
		t.Fatal(err)
	}
	defer was.Close()
	a, b := tree(t, base), tree(t, dir)
	var touched []string
	for name := range a {
		if a[name] != b[name] {
			touched = append(touched, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			touched = append(touched, name)
		}
	}
	slices.Sort(touched)
	moved = slices.DeleteFunc(moved, func(name string) bool { return !slices.Contains(touched, name) })
	return run(t, dir, &check.Base{Ref: "main", Files: was, Tip: was, Touched: touched, Moved: moved, Actor: actor}).Findings
}

// tree reads all files below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	if err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			files[name] = d.Type().String()
			return nil
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

func run(t *testing.T, dir string, base *check.Base) *check.Result {
	t.Helper()
	return runWith(t, dir, check.Options{Base: base})
}

func runWith(t *testing.T, dir string, opt check.Options) *check.Result {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if opt.Words, err = i18n.Load(nil); err != nil {
		t.Fatal(err)
	}
	opt.Today = today
	r, err := check.Run(t.Context(), root, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// catalogDir makes a folder with the valid catalog and the files of an archive
// whose names begin with a prefix.
func catalogDir(t *testing.T, archive *txtar.Archive, prefix string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/valid")); err != nil {
		t.Fatal(err)
	}
	if archive == nil {
		return dir
	}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, prefix); ok {
			if err := put(filepath.Join(dir, name), f.Data); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

func put(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	text := strings.TrimSpace(string(data))
	plain := strings.TrimSuffix(name, filepath.Ext(name))
	switch filepath.Ext(name) {
	case ".edit":
		return edit(plain, text)
	case ".base64":
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		if err != nil {
			return err
		}
		return os.WriteFile(plain, raw, 0o644)
	case ".symlink":
		return os.Symlink(text, plain)
	case ".repeat":
		n, what, _ := strings.Cut(text, " ")
		count, err := strconv.Atoi(n)
		if err != nil {
			return err
		}
		return os.WriteFile(plain, []byte(strings.Repeat(what, count)), 0o644)
	case ".delete":
		if err := os.RemoveAll(plain); err != nil && !os.IsNotExist(err) {
			return err
		}
		return nil
	}
	return os.WriteFile(name, data, fs.FileMode(0o644))
}

// edit changes a file by lines OLD => NEW. Each OLD must be there.
func edit(name, changes string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	s := string(data)
	for line := range strings.SplitSeq(changes, "\n") {
		before, after, ok := strings.Cut(strings.ReplaceAll(line, `\n`, "\n"), " => ")
		if before = strings.TrimSuffix(before, " =>"); !ok && !strings.HasSuffix(line, " =>") {
			return fmt.Errorf("%s.edit: %q is not OLD => NEW", name, line)
		}
		if !strings.Contains(s, before) {
			return fmt.Errorf("%s has no %q", name, before)
		}
		s = strings.Replace(s, before, after, 1)
	}
	return os.WriteFile(name, []byte(s), 0o644)
}
