package change_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"vitrine/i18n"
	"vitrine/internal/build"
	"vitrine/internal/change"
	"vitrine/internal/content"
	"vitrine/internal/phrasebook"
)

var update = flag.Bool("update", false, "write into the stories what is said of them")

// today is the day whose public state the stories mean.
const today = "2026-06-15"

// TestStories runs testdata/*.txtar, one change each. A story changes a small
// valid catalog, that of package check, which has staff here:
//
//	options       actor HANDLE, lang LANGUAGE: who makes the change, what it is told in
//	base/PATH     a file that is otherwise in what the change began from
//	head/PATH     a file that the change writes
//	want.md       the comment for reviewers
//	want.json     the document
//
// A file may be written in another form: PATH.edit (lines OLD => NEW that change
// what is there; \n stands for a line feed), PATH.delete, PATH.move (where to),
// PATH.copy (where from), PATH.repeat (a number: so many files, %d in the path).
func TestStories(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 15 {
		t.Fatalf("%d stories, %v", len(names), err)
	}
	schema := compile(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			s := read(t, name)
			c := s.compare(t, "")
			md, doc := s.markdown(t, c), document(t, c)
			if err := schema.Validate(value(t, doc)); err != nil {
				t.Errorf("the document is not what its schema says: %v", err)
			}
			again, err := change.Read(strings.NewReader(doc))
			if err != nil {
				t.Fatalf("its own document is refused: %v", err)
			}
			if got := s.markdown(t, again); got != md {
				t.Errorf("from its document, something else is said:\n%s", cmp.Diff(md, got))
			}
			s.git(t, "checkout", "-q", "main")
			committed := s.compare(t, "change")
			committed.Head = change.Commit{}
			if diff := cmp.Diff(doc, document(t, committed)); diff != "" {
				t.Errorf("of the commit, something else is said:\n%s", diff)
			}
			if n := utf8.RuneCountInString(md); n > 60000 {
				t.Errorf("the comment has %d characters", n)
			}
			inert(t, md)
			s.want(t, "want.md", md)
			s.want(t, "want.json", doc)
			if *update {
				if err := os.WriteFile(name, txtar.Format(s.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// story is a change of the small catalog, in a repository of its own.
type story struct {
	archive     *txtar.Archive
	dir         string
	actor, lang string
	commit      string
}

func read(t *testing.T, name string) *story {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := &story{archive: a, dir: t.TempDir(), lang: "en"}
	for _, f := range a.Files {
		if f.Name == "options" {
			words := strings.Fields(string(f.Data))
			for i := 0; i+1 < len(words); i += 2 {
				switch words[i] {
				case "actor":
					s.actor = words[i+1]
				case "lang":
					s.lang = words[i+1]
				}
			}
		}
	}
	s.begin(t)
	s.write(t, "base/")
	s.git(t, "add", "-A")
	s.git(t, "commit", "-q", "-m", "base")
	s.commit = strings.TrimSpace(s.git(t, "rev-parse", "HEAD"))[:12]
	s.git(t, "checkout", "-q", "-b", "change")
	s.write(t, "head/")
	s.git(t, "add", "-A")
	s.git(t, "commit", "-q", "--allow-empty", "-m", "change")
	return s
}

// begin makes a repository of the small catalog.
func (s *story) begin(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	if err := os.CopyFS(s.dir, os.DirFS("../check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	s.edit(t, "content/catalog.yaml", "currency: EUR => currency: EUR\\nstaff: [catalog-admin]")
	s.git(t, "init", "-q", "-b", "main")
}

func (s *story) git(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@acme.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@acme.example")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}

// write writes the files of a story that begin with a prefix.
func (s *story) write(t *testing.T, prefix string) {
	t.Helper()
	for _, f := range s.archive.Files {
		name, ok := strings.CutPrefix(f.Name, prefix)
		if !ok {
			continue
		}
		text := strings.TrimSpace(string(f.Data))
		ext := filepath.Ext(name)
		plain := strings.TrimSuffix(name, ext)
		at := filepath.Join(s.dir, plain)
		var err error
		switch ext {
		case ".edit":
			s.edit(t, plain, text)
		case ".delete":
			err = os.RemoveAll(at)
		case ".move":
			if err = os.MkdirAll(filepath.Dir(filepath.Join(s.dir, text)), 0o755); err == nil {
				err = os.Rename(at, filepath.Join(s.dir, text))
			}
		case ".copy":
			err = copyTree(filepath.Join(s.dir, text), at)
		case ".repeat":
			n, _ := strconv.Atoi(text)
			for i := range n {
				put(t, filepath.Join(s.dir, strings.ReplaceAll(plain, "%d", strconv.Itoa(i))), []byte("a file\n"))
			}
		default:
			put(t, filepath.Join(s.dir, name), f.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyTree(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.CopyFS(to, os.DirFS(from))
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

func (s *story) edit(t *testing.T, name, edits string) {
	t.Helper()
	at := filepath.Join(s.dir, name)
	data, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for line := range strings.SplitSeq(edits, "\n") {
		was, now, _ := strings.Cut(line, " =>")
		was, now = strings.ReplaceAll(was, `\n`, "\n"), strings.ReplaceAll(strings.TrimPrefix(now, " "), `\n`, "\n")
		if !strings.Contains(text, was) {
			t.Fatalf("%s has no %q", name, was)
		}
		text = strings.Replace(text, was, now, 1)
	}
	put(t, at, []byte(text))
}

// compare makes the change that leads to a commit, or to the files.
func (s *story) compare(t *testing.T, head string) *change.Change {
	t.Helper()
	root, err := content.OpenRoot(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	book, _ := phrasebook.In(s.lang)
	c, _, err := build.Diff(t.Context(), root, build.Options{At: today, Lang: s.lang, Book: book}, "main", head, s.actor)
	if err != nil {
		t.Fatal(err)
	}
	c.Base.Commit = "COMMIT"
	return c
}

func (s *story) options(t *testing.T) change.Options {
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	book, _ := phrasebook.In(s.lang)
	return change.Options{Lang: s.lang, Book: book, Words: words}
}

func (s *story) markdown(t *testing.T, c *change.Change) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Markdown(&b, s.options(t)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func document(t *testing.T, c *change.Change) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.JSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// want compares a text with a file of the story, or writes it there.
func (s *story) want(t *testing.T, name, got string) {
	t.Helper()
	if n := len(got); n > 30_000 { // its beginning and its end are enough to read
		got = strings.ToValidUTF8(got[:3000], "") + "\n[…]\n" + strings.ToValidUTF8(got[n-1000:], "")
	}
	for i := range s.archive.Files {
		f := &s.archive.Files[i]
		if f.Name != name {
			continue
		}
		if *update {
			f.Data = []byte(got)
		} else if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		return
	}
	if !*update {
		t.Errorf("the story has no %s", name)
	}
	s.archive.Files = append(s.archive.Files, txtar.File{Name: name, Data: []byte(got)})
}
